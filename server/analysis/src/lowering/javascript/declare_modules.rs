//! The first walk's imports and exports, `require` and `import(…)`. Must not know other files.

use tree_sitter::Node;

use super::declare::{Context, Walk};
use super::scope::{ScopeId, Symbol};
use super::syntax::{first_named, has_modifier, has_token, key_name, named_children, span, string_text, text, unwrap};
use crate::lowering::grammar::Named;
use crate::lowering::{Import, ImportName, Name, Path, Root};

impl<'t> Walk<'t> {
    pub(super) fn import(&mut self, node: Node<'t>, scope: ScopeId) {
        let children = named_children(node);
        let clause = children.iter().copied().find(|child| child.kind_name() == "import_clause");
        let require = children.iter().copied().find(|child| child.kind_name() == "import_require_clause");
        let source = node.field("source").or_else(|| require?.field("source"));
        let Some(source) = source else { return };
        let module = string_text(self.source, source);
        let type_only =
            ["type", "typeof"].iter().any(|word| has_modifier(self.source, node, clause.or(Some(source)), word));
        let statement = Statement { node, module, type_only };
        if let Some(local) = require.and_then(first_named) {
            self.out.required.insert(statement.module.clone());
            self.bind_import(&statement, ImportName::Default, local, local, false, scope);
            return;
        }
        let Some(clause) = clause else {
            self.add_import(&statement, None, None, node, false);
            return;
        };
        for part in named_children(clause) {
            match part.kind_name() {
                "identifier" => self.bind_import(&statement, ImportName::Default, part, part, false, scope),
                "namespace_import" => {
                    if let Some(local) = first_named(part) {
                        self.bind_import(&statement, ImportName::Namespace, local, part, false, scope);
                    }
                }
                "named_imports" => {
                    for specifier in named_children(part) {
                        self.specifier(&statement, specifier, scope);
                    }
                }
                _ => {}
            }
        }
    }

    fn specifier(&mut self, statement: &Statement<'t>, specifier: Node<'t>, scope: ScopeId) {
        let Some(name) = specifier.field("name") else { return };
        let local = specifier.field("alias").unwrap_or(name);
        let Some(imported) = key_name(self.source, name) else { return };
        let imported = if &*imported == "default" { ImportName::Default } else { ImportName::Named(imported) };
        self.bind_import(
            statement,
            imported,
            local,
            specifier,
            has_modifier(self.source, specifier, Some(name), "type"),
            scope,
        );
    }

    fn bind_import(
        &mut self,
        statement: &Statement<'t>,
        name: ImportName,
        local: Node<'t>,
        place: Node<'t>,
        type_only: bool,
        scope: ScopeId,
    ) {
        let path = Path::root(Root::Import { module: statement.module.clone(), name: name.clone() });
        let written = text(self.source, local);
        self.out.add_value(scope, written, Symbol::Import(path.clone()));
        self.out.add_type(scope, written, Symbol::Import(path));
        self.add_import(statement, Some(name), Some(written.into()), place, type_only);
    }

    fn add_import(
        &mut self,
        statement: &Statement<'t>,
        name: Option<ImportName>,
        local: Option<Name>,
        place: Node<'t>,
        type_only: bool,
    ) {
        self.out.imports.push(Import {
            module: statement.module.clone(),
            name,
            local,
            name_span: span(place),
            span: span(statement.node),
            type_only: type_only || statement.type_only,
        });
    }

    /// Keeps an export for later; one with a source is an import too.
    pub(super) fn export(&mut self, node: Node<'t>, scope: ScopeId) {
        self.out.exports.push((node, scope));
        let Some(source) = node.field("source") else { return };
        let module = string_text(self.source, source);
        let statement = Statement { node, module, type_only: has_token(node, "type") };
        let clause = named_children(node).into_iter().find(|child| child.kind_name() == "export_clause");
        let Some(clause) = clause else {
            self.add_import(&statement, Some(ImportName::Namespace), None, node, false);
            return;
        };
        for specifier in named_children(clause) {
            let name = specifier.field("name").and_then(|name| key_name(self.source, name));
            let name = name.map(|name| if &*name == "default" { ImportName::Default } else { ImportName::Named(name) });
            self.add_import(&statement, name, None, specifier, has_token(specifier, "type"));
        }
    }

    /// Takes note of `require('x')` and `import('x')`, and of writes through `Object.assign(x, …)`.
    pub(super) fn call(&mut self, node: Node<'t>, context: Context) {
        let Some((module, name)) = self.module_call(node, context.scope) else {
            self.object_assign(node, context);
            return;
        };
        if name == ImportName::Default {
            self.out.required.insert(module.clone());
        }
        if self.module_values.contains(&node.id()) {
            return;
        }
        let statement = Statement { node, module, type_only: false };
        self.add_import(&statement, Some(name), None, node, false);
    }

    fn object_assign(&mut self, node: Node<'t>, context: Context) {
        if !text(self.source, node).starts_with("Object.assign") {
            return;
        }
        let callee = node.field("function");
        if callee.is_none_or(|callee| text(self.source, callee) != "Object.assign") {
            return;
        }
        let target = node.field("arguments").and_then(first_named).map(unwrap);
        if let Some(target) = target.filter(|target| target.kind_name() == "identifier") {
            self.writes.push((context.scope, span(target), true));
        }
    }

    /// A variable's value may be a module: `const { a } = require('x')`, `const ns = await import('x')`.
    pub(super) fn required_value(&mut self, name: Node<'t>, value: Node<'t>, scope: ScopeId) {
        let mut call = unwrap(value);
        if call.kind_name() == "await_expression"
            && let Some(inner) = first_named(call)
        {
            call = unwrap(inner);
        }
        let Some((module, imported)) = self.module_call(call, scope) else { return };
        self.module_values.insert(call.id());
        let statement = Statement { node: self.declaration_of(call), module, type_only: false };
        if name.kind_name() == "identifier" {
            let local = text(self.source, name).into();
            self.add_import(&statement, Some(imported), Some(local), name, false);
            return;
        }
        for child in named_children(name) {
            let (key, local) = match child.kind_name() {
                "pair_pattern" => (child.field("key"), child.field("value")),
                _ => (Some(child), Some(child)),
            };
            let Some(key) = key.and_then(|key| key_name(self.source, key)) else { continue };
            let imported = if &*key == "default" { ImportName::Default } else { ImportName::Named(key) };
            let local = local.map(|local| text(self.source, local).into());
            self.add_import(&statement, Some(imported), local, child, false);
        }
    }

    /// The declaration statement that is being visited, else the call itself.
    fn declaration_of(&self, call: Node<'t>) -> Node<'t> {
        let declaration = self.ancestors.last().copied();
        declaration
            .filter(|it| matches!(it.kind_name(), "lexical_declaration" | "variable_declaration"))
            .unwrap_or(call)
    }

    /// The module that a call gives, and as what.
    fn module_call(&self, node: Node<'t>, scope: ScopeId) -> Option<(Name, ImportName)> {
        // The text is asked first: it costs less than the tree.
        let may_be = |name| text(self.source, node).starts_with(name);
        if node.kind_name() != "call_expression" || !may_be("require") && !may_be("import") {
            return None;
        }
        let callee = node.field("function")?;
        let name = match callee.kind_name() {
            "import" => ImportName::Namespace,
            "identifier" if text(self.source, callee) == "require" => {
                if self.out.resolve(scope, "require").is_some() {
                    return None;
                }
                ImportName::Default
            }
            _ => return None,
        };
        let argument = unwrap(first_named(node.field("arguments")?)?);
        (argument.kind_name() == "string").then(|| (string_text(self.source, argument), name))
    }
}

struct Statement<'t> {
    node: Node<'t>,
    module: Name,
    type_only: bool,
}
