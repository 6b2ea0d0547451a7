//! What a file exports, and the values of bindings and class members in their final form. Must not know
//! other files.

use std::sync::Arc;

use tree_sitter::Node;

use super::former::Notes;
use super::lowerer::{Constant, Fate, Lowerer};
use super::scope::{ScopeId, Symbol};
use super::statements::exported_value;
use super::syntax::{child_of_kind, first_named, has_token, key_name, named_children, string_text, text, unwrap};
use crate::lowering::again::completed;
use crate::lowering::grammar::Named;
use crate::lowering::{BindingId, Body, BodyId, ClassId, ImportName, LoweredFile, Member, Name, Path, Root, Value};

impl<'t> Lowerer<'t> {
    /// Everything that was lowered, put together, with what the next lowering has to know if it is asked for; and
    /// `None` where what was taken over does not fit after all. `declared` is the number of declared bodies.
    pub(super) fn finish(mut self, declared: Option<usize>) -> Option<(LoweredFile, Notes)> {
        let exports = self.exports();
        self.finish_classes();
        self.label_handlers();
        for index in 0..self.declared.bindings.len() {
            let facts = self.declared.binding_facts.get(index).map(|facts| (facts.type_node, facts.scope));
            let declared_type = facts.and_then(|(node, scope)| self.type_path(node?, scope));
            let constant = self.constants.get_mut(index).map(|slot| std::mem::replace(slot, Constant::Reading));
            let Some(binding) = self.declared.bindings.get_mut(index) else { continue };
            binding.declared_type = declared_type;
            if let Some(Constant::Read(value)) = constant {
                binding.value = value;
            }
        }
        let notes = declared.map(|declared| self.notes(declared)).unwrap_or_default();
        let mut declared = self.declared;
        let bodies = std::mem::take(&mut declared.bodies);
        let bodies = completed(self.again, bodies, &mut declared.bindings, &mut declared.classes)?;
        let directives = bodies.first().map(|body: &Arc<Body>| body.directives.clone()).unwrap_or_default();
        let lowered = LoweredFile {
            bodies,
            imports: declared.imports,
            bindings: declared.bindings,
            classes: declared.classes,
            comments: declared.comments,
            exports,
            broken: declared.broken,
            directives,
        };
        Some((lowered, notes))
    }

    fn finish_classes(&mut self) {
        for index in 0..self.declared.class_facts.len() {
            let id = ClassId(index as u32);
            let Some(facts) = self.declared.class_facts.get(index) else { continue };
            let (node, scope, body) = (facts.node, facts.scope, facts.body);
            let members: Vec<(Name, bool, bool)> =
                facts.members.iter().map(|it| (it.name.clone(), it.is_static, it.is_private)).collect();
            let heritage = heritage(self.source, node);
            let parent = heritage
                .and_then(parent)
                .map(|parent| self.muted(scope, body, None, |lowerer| lowerer.expression(parent, Fate::USED)));
            let implemented = heritage.map(implemented).unwrap_or_default().into_iter();
            let interfaces = implemented.filter_map(|interface| self.type_path(interface, scope)).collect();
            let members = members
                .into_iter()
                .enumerate()
                .map(|(member, (name, is_static, is_private))| {
                    self.read_member(id, member);
                    let value = self.member_constant(id, member).cloned().unwrap_or(Value::Unknown);
                    Member { name, value, is_static, is_private }
                })
                .collect();
            if let Some(class) = self.declared.classes.get_mut(index) {
                class.members = members;
                class.parent = parent.and_then(|parent| parent.path());
                class.interfaces = interfaces;
            }
        }
    }

    fn exports(&mut self) -> Vec<(Name, Value)> {
        let mut exports = Vec::new();
        for (node, scope) in std::mem::take(&mut self.declared.exports) {
            if node.kind_name() == "export_statement" {
                self.export_statement(node, &mut exports);
            } else {
                self.assigned_export(node, scope, &mut exports);
            }
        }
        exports
    }

    fn top<R>(&mut self, read: impl FnOnce(&mut Self) -> R) -> R {
        self.muted(ScopeId(0), BodyId(0), None, read)
    }

    fn export_statement(&mut self, node: Node<'t>, exports: &mut Vec<(Name, Value)>) {
        // Most are of this kind, and are read anew at each keystroke.
        if let Some(declaration) = node.field("declaration") {
            return self.exported_declaration(declaration, is_default(self.source, node, declaration), exports);
        }
        let source = node.field("source").map(|source| string_text(self.source, source));
        let children = named_children(node);
        let clause = children.iter().find(|child| child.kind_name() == "export_clause");
        if let Some(clause) = clause {
            for specifier in named_children(*clause) {
                self.export_specifier(specifier, source.as_ref(), exports);
            }
            return;
        }
        if let Some(module) = source {
            let everything = Value::Path(Path::root(Root::Import { module, name: ImportName::Namespace }));
            let namespace = children.iter().find(|child| child.kind_name() == "namespace_export").copied();
            let name = namespace.and_then(first_named).and_then(|name| key_name(self.source, name));
            exports.push((name.unwrap_or_else(|| "*".into()), everything));
            return;
        }
        if let Some(value) = exported_value(node) {
            let value = match self.declared.body_of.get(&unwrap(value).id()) {
                Some(id) => Value::Closure(*id),
                None => self.top(|lowerer| lowerer.expression(value, Fate::USED)),
            };
            exports.push(("default".into(), value));
        }
    }

    fn export_specifier(&mut self, node: Node<'t>, module: Option<&Name>, exports: &mut Vec<(Name, Value)>) {
        let Some(name) = node.field("name") else { return };
        let exported = node.field("alias").unwrap_or(name);
        let (Some(local), Some(exported)) = (key_name(self.source, name), key_name(self.source, exported)) else {
            return;
        };
        let value = match module {
            Some(module) => {
                let name = if &*local == "default" { ImportName::Default } else { ImportName::Named(local) };
                Value::Path(Path::root(Root::Import { module: module.clone(), name }))
            }
            None => self.top(|lowerer| lowerer.identifier(name).value),
        };
        exports.push((exported, value));
    }

    fn exported_declaration(&mut self, node: Node<'t>, is_default: bool, exports: &mut Vec<(Name, Value)>) {
        if let Some(name) = node.field("name") {
            let exported = if is_default { "default" } else { text(self.source, name) };
            let value = self.named_value(text(self.source, name));
            exports.extend(value.map(|value| (exported.into(), value)));
            return;
        }
        let mut names = Vec::new();
        for declarator in named_children(node) {
            if let Some(pattern) = declarator.field("name") {
                pattern_names(self.source, pattern, 0, &mut names);
            }
        }
        for name in names {
            let value = self.named_value(name);
            exports.extend(value.map(|value| (name.into(), value)));
        }
    }

    fn named_value(&mut self, name: &str) -> Option<Value> {
        let Symbol::Binding(id) = self.declared.resolve(ScopeId(0), name)?.clone() else { return None };
        let id: BindingId = id;
        Some(self.top(|lowerer| lowerer.bound(id).value))
    }

    /// `exports.name = …`, `module.exports = …`, `module.exports.name = …`.
    fn assigned_export(&mut self, node: Node<'t>, scope: ScopeId, exports: &mut Vec<(Name, Value)>) {
        let (Some(left), Some(right)) = (node.field("left"), node.field("right")) else {
            return;
        };
        let value = self.muted(scope, BodyId(0), None, |lowerer| lowerer.expression(right, Fate::USED));
        let written = text(self.source, left);
        let name = written.strip_prefix("module.").unwrap_or(written).strip_prefix("exports").unwrap_or_default();
        match name.strip_prefix('.') {
            Some(name) => exports.push((name.into(), value)),
            None => {
                if let Value::Object { properties, .. } = &value {
                    exports.extend(properties.iter().map(|property| (property.key.clone(), property.value.clone())));
                }
                exports.push(("default".into(), value));
            }
        }
    }
}

/// Whether an export is the file's default one.
fn is_default(source: &str, export: Node, declaration: Node) -> bool {
    let before = source.get(export.start_byte()..declaration.start_byte()).unwrap_or_default();
    before.contains("default") && has_token(export, "default")
}

/// What a class extends and implements. Most say nothing of that: they have a name, and then their first brace.
fn heritage<'t>(source: &str, class: Node<'t>) -> Option<Node<'t>> {
    let head = text(source, class).split('{').next().unwrap_or_default();
    let may_have_one = head.split_ascii_whitespace().nth(2).is_some() || head.contains(['<', '@', '(', '/']);
    may_have_one.then(|| child_of_kind(class, "class_heritage")).flatten()
}

/// The expression that a class extends.
fn parent(heritage: Node<'_>) -> Option<Node<'_>> {
    child_of_kind(heritage, "extends_clause")?.field("value")
}

/// The types that a class implements.
fn implemented(heritage: Node<'_>) -> Vec<Node<'_>> {
    child_of_kind(heritage, "implements_clause").map(named_children).unwrap_or_default()
}

fn pattern_names<'t>(source: &'t str, pattern: Node<'t>, depth: u32, names: &mut Vec<&'t str>) {
    match pattern.kind_name() {
        "identifier" | "shorthand_property_identifier_pattern" => names.push(text(source, pattern)),
        _ if depth > 16 => {}
        "pair_pattern" => {
            if let Some(value) = pattern.field("value") {
                pattern_names(source, value, depth + 1, names);
            }
        }
        "assignment_pattern" | "object_assignment_pattern" => {
            if let Some(left) = pattern.field("left") {
                pattern_names(source, left, depth + 1, names);
            }
        }
        _ => {
            for child in named_children(pattern) {
                pattern_names(source, child, depth + 1, names);
            }
        }
    }
}
