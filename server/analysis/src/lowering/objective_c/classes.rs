//! Classes: implementations joined with what the file's interfaces say of them, categories, protocols, and
//! interfaces whose implementation is elsewhere. Must not know what is inside a method.

use rustc_hash::{FxHashMap, FxHashSet};
use tree_sitter::Node;

use super::Reader;
use super::items::{is_alternative, is_conditional};
use super::tree::{DEPTH_LIMIT, all_children, named_children, span};
use super::types::declared;
use crate::lowering::Name;
use crate::lowering::grammar::Named;
use crate::lowering::outline::{ClassForm, ClassKind, Expression, Field, Form, MemberForm, Statement, TypeName};
use crate::source::Span;

/// What the interfaces of a file declare, by their class's name.
#[derive(Default)]
pub(super) struct Interfaces {
    declared: FxHashMap<Name, Declared>,
    /// The file's C functions.
    functions: FxHashSet<Name>,
}

impl Interfaces {
    /// Whether the file has a C function of this name.
    pub(super) fn has_function(&self, name: &Name) -> bool {
        self.functions.contains(name)
    }
}

impl Reader<'_> {
    /// What reading a function rests on in the rest of the file: which names are those of functions, and whether
    /// labels are gone to at all.
    pub(super) fn rests_on(&self) -> Vec<Name> {
        let mut names: Vec<Name> = self.interfaces.functions.iter().cloned().collect();
        names.sort_unstable();
        names.extend(self.has_goto.then(|| "goto".into()));
        names
    }
}

/// What the interface, the extensions and the categories of one class declare.
#[derive(Default)]
struct Declared {
    parents: Vec<TypeName>,
    fields: Vec<Field>,
    /// Whether the class is implemented in the same file.
    implemented: bool,
}

/// The head of a class: `@interface Name : Parent <Protocol>`, `@implementation Name (Category)`.
struct Head<'t> {
    name: Node<'t>,
    is_category: bool,
    parents: Vec<TypeName>,
}

impl Reader<'_> {
    /// What the file's interfaces declare.
    pub(super) fn interfaces_of(&mut self, root: Node) -> Interfaces {
        let mut interfaces = Interfaces::default();
        self.gather(root, 0, &mut interfaces);
        self.class = None;
        interfaces
    }

    fn gather(&mut self, node: Node, depth: u32, interfaces: &mut Interfaces) {
        let children = all_children(node);
        for (at, child) in children.iter().copied().enumerate() {
            match child.kind_name() {
                "class_interface" => {
                    let Some(head) = self.head(child) else { continue };
                    let name = self.name(head.name);
                    self.class = Some(name.clone());
                    let declared = interfaces.declared.entry(name).or_default();
                    declared.parents.extend(head.parents);
                    declared.fields.extend(self.fields_of(child));
                }
                "class_implementation" => {
                    if depth < DEPTH_LIMIT {
                        self.gather(child, depth + 1, interfaces);
                    }
                    let head = self.head(child).filter(|head| !head.is_category);
                    let Some(head) = head else { continue };
                    interfaces.declared.entry(self.name(head.name)).or_default().implemented = true;
                }
                "function_definition" => {
                    let name = child.field("declarator").and_then(declared).map(|name| self.name(name));
                    interfaces.functions.extend(name);
                }
                // The head of a class that the parser found no end of.
                "@implementation" => {
                    let name = children.get(at + 1).copied().filter(|name| name.kind_name() == "identifier");
                    let Some(name) = name else { continue };
                    interfaces.declared.entry(self.name(name)).or_default().implemented = true;
                }
                "ERROR" | "implementation_definition" if depth < DEPTH_LIMIT => {
                    self.gather(child, depth + 1, interfaces)
                }
                kind if (is_conditional(kind) || is_alternative(kind)) && depth < DEPTH_LIMIT => {
                    self.gather(child, depth + 1, interfaces);
                }
                _ => {}
            }
        }
    }

    /// `@implementation`: the class, or the category of one. The functions and constants inside it are the
    /// file's, and stand before it.
    pub(super) fn implementation(&mut self, node: Node, items: &mut Vec<Statement>) {
        let Some(head) = self.head(node) else { return };
        self.class_from(head, &named_children(node), span(node), items);
    }

    /// A class whose end the parser did not find, from its `@implementation` on.
    pub(super) fn unfinished(&mut self, nodes: &[Node], items: &mut Vec<Statement>) {
        let (Some(start), Some(name), Some(end)) = (nodes.first(), nodes.get(1), nodes.last()) else { return };
        if name.kind_name() != "identifier" {
            return;
        }
        let head = Head { name: *name, is_category: false, parents: Vec::new() };
        let bytes = Span::new(span(*start).start, span(*end).end);
        self.class_from(head, nodes.get(2..).unwrap_or_default(), bytes, items);
    }

    fn class_from(&mut self, head: Head, parts: &[Node], bytes: Span, items: &mut Vec<Statement>) {
        let name = self.name(head.name);
        let outer = self.class.replace(name.clone());
        let mut members = Vec::new();
        self.members_among(parts, 0, &mut members, items);
        self.class = outer;
        let mut class = class_form(ClassKind::Class, name, head.name, bytes);
        class.parents = head.parents;
        if head.is_category {
            class.kind = ClassKind::Extension;
        } else if let Some(declared) = self.interfaces.declared.get_mut(&class_name(&class)) {
            class.parents.append(&mut declared.parents);
            class.members = declared.fields.drain(..).map(MemberForm::Field).collect();
        }
        class.members.append(&mut members);
        let does = Expression { span: bytes, form: Form::Class(Box::new(class)) };
        items.push(Statement { span: bytes, does });
    }

    /// An interface whose implementation is in another file: what it declares belongs to that class.
    pub(super) fn lone_interface(&mut self, node: Node) -> Option<ClassForm> {
        let head = self.head(node)?;
        let name = self.name(head.name);
        if self.interfaces.declared.get(&name).is_some_and(|declared| declared.implemented) {
            return None;
        }
        let outer = self.class.replace(name.clone());
        let mut class = class_form(ClassKind::Extension, name, head.name, span(node));
        class.parents = head.parents;
        class.members = self.fields_of(node).into_iter().map(MemberForm::Field).collect();
        class.members.extend(self.declared_methods(node));
        self.class = outer;
        Some(class)
    }

    /// `@protocol … @end`.
    pub(super) fn protocol(&mut self, node: Node) -> Option<ClassForm> {
        let name = named_children(node).into_iter().find(|child| child.kind_name() == "identifier")?;
        let outer = self.class.replace(self.name(name));
        let mut class = class_form(ClassKind::Interface, self.name(name), name, span(node));
        class.members = self.fields_of(node).into_iter().map(MemberForm::Field).collect();
        class.members.extend(self.declared_methods(node));
        self.class = outer;
        Some(class)
    }

    /// Reads a class's head: its parent first, then the protocols that it adopts.
    fn head<'t>(&self, node: Node<'t>) -> Option<Head<'t>> {
        let name = named_children(node).into_iter().find(|child| child.kind_name() == "identifier")?;
        let superclass = node.field("superclass");
        let mut parents: Vec<TypeName> = Vec::new();
        let mut is_category = false;
        for child in all_children(node) {
            match child.kind_name() {
                "(" => is_category = true,
                "parameterized_arguments" if superclass.is_none_or(|it| it.end_byte() <= child.start_byte()) => {
                    parents.extend(named_children(child).into_iter().filter_map(|protocol| self.type_name(protocol)));
                }
                _ if Some(child) == superclass => {
                    parents.push(TypeName { parts: vec![self.name(child)], span: span(child) });
                }
                _ => {}
            }
        }
        Some(Head { name, is_category, parents })
    }
}

fn class_form(kind: ClassKind, name: Name, name_node: Node, bytes: Span) -> ClassForm {
    ClassForm {
        kind,
        name: Some(name),
        name_span: span(name_node),
        parents: Vec::new(),
        parent_arguments: Vec::new(),
        parameters: Vec::new(),
        members: Vec::new(),
        annotations: Vec::new(),
        span: bytes,
    }
}

fn class_name(class: &ClassForm) -> Name {
    class.name.clone().unwrap_or_default()
}
