//! The first walk over the tree. Owns finding every scope, declaration, body, class and comment, before
//! any step is lowered; must not know graphs or values.

use rustc_hash::{FxHashMap, FxHashSet};
use tree_sitter::{Node, TreeCursor};

use super::declare_bodies::directives;
use super::former::Taking;
use super::plain::{EXPRESSIONS, is_bare_type, is_plain};
use super::scope::{BodyFacts, Declarations, ScopeId, Symbol};
use super::syntax::{is_class, is_function, is_loose_ampersand, span, text};
use super::take_over::FormerPiece;
use super::usage::{Positions, Usage};
use crate::lowering::grammar::{KindSet, Named};
use crate::lowering::tree::comment;
use crate::lowering::{BindingId, Body, BodyId, BodyKind, BodyUse, ClassId};
use crate::source::{Regions, Span};

/// How deep the walk goes. It takes no stack, but scopes are searched upwards.
const WALK_DEPTH_LIMIT: usize = 2_000;
/// How many functions may stand in one another before the rest counts as unreadable.
const FUNCTION_DEPTH_LIMIT: u32 = 150;

/// What surrounds a node.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    pub(super) scope: ScopeId,
    /// Where `var` declares.
    pub(super) variables: ScopeId,
    pub(super) body: BodyId,
    pub(super) this_class: Option<ClassId>,
    /// The class whose body this is, directly.
    pub(super) class: Option<ClassId>,
    /// Whether it is inside a `declare`.
    pub(super) ambient: bool,
    pub(super) functions: u32,
}

/// Walks over a tree and collects what it declares. What may be taken over is not walked over.
pub(super) fn declare<'t>(
    source: &'t str,
    root: Node<'t>,
    regions: &'t Regions,
    taking: Option<&'t Taking<'t>>,
) -> Declarations<'t> {
    let mut walk = Walk {
        source,
        regions,
        out: taking.map(|taking| Declarations::with_room_of(&taking.former.lowered)).unwrap_or_default(),
        ancestors: Vec::new(),
        positions: Positions::default(),
        declaring: DECLARING.numbers(root),
        closed: CLOSED.numbers(root),
        expressions: EXPRESSIONS.numbers(root),
        writes: Vec::new(),
        class_names: FxHashMap::default(),
        module_values: FxHashSet::default(),
        class_bodies: FxHashMap::default(),
        taking,
        is_closed: false,
    };
    let whole = Span::new(0, source.len() as u32);
    let scope = walk.out.add_scope(None, whole);
    walk.out.scope_of.insert(root.id(), scope);
    walk.add_body(root, BodyKind::TopLevel, None, scope, None, Usage::none(BodyUse::Other), whole);
    if let Some(body) = walk.out.bodies.first_mut() {
        body.directives = directives(source, root);
    }
    let context = Context {
        scope,
        variables: scope,
        body: BodyId(0),
        this_class: None,
        class: None,
        ambient: false,
        functions: 0,
    };
    walk.run(root, context);
    walk.settle_writes();
    walk.add_markup();
    walk.out.skip_empty_scopes();
    walk.out
}

/// The kinds of nodes that declare, open a scope or are taken note of; all others are passed over.
static DECLARING: KindSet = KindSet::new(&[
    "abstract_class_declaration",
    "ambient_declaration",
    "arrow_function",
    "assignment_expression",
    "augmented_assignment_expression",
    "call_expression",
    "catch_clause",
    "class",
    "class_body",
    "class_declaration",
    "class_static_block",
    "comment",
    "enum_declaration",
    "export_statement",
    "for_in_statement",
    "for_statement",
    "function_declaration",
    "function_expression",
    "function_signature",
    "generator_function",
    "generator_function_declaration",
    "html_comment",
    "import_statement",
    "interface_declaration",
    "labeled_statement",
    "internal_module",
    "method_definition",
    "module",
    "object",
    "public_field_definition",
    "statement_block",
    "switch_body",
    "type_alias_declaration",
    "unary_expression",
    "update_expression",
    "variable_declarator",
]);

/// The kinds of nodes inside which nothing is declared and nothing runs: types and literals.
static CLOSED: KindSet = KindSet::new(&[
    "accessibility_modifier",
    "comment",
    "import_clause",
    "predefined_type",
    "regex",
    "string",
    "type_annotation",
    "type_arguments",
    "type_parameters",
]);

pub(super) struct Walk<'t> {
    pub(super) source: &'t str,
    pub(super) regions: &'t Regions,
    pub(super) out: Declarations<'t>,
    /// The nodes above the visited one, the root first.
    pub(super) ancestors: Vec<Node<'t>>,
    /// Where arguments stand in their lists.
    pub(super) positions: Positions,
    /// Whether a kind is one of [`DECLARING`], by its number.
    declaring: &'static [bool],
    /// Whether a kind is one of [`CLOSED`], by its number.
    closed: &'static [bool],
    /// Whether a kind is one of [`EXPRESSIONS`], by its number.
    expressions: &'static [bool],
    /// Assignments to names, or to a name's members.
    pub(super) writes: Vec<(ScopeId, Span, bool)>,
    /// Variables that hold a class or object literal, by its node's identity.
    pub(super) class_names: FxHashMap<usize, (BindingId, &'t str)>,
    /// Calls that give a module to a variable.
    pub(super) module_values: FxHashSet<usize>,
    /// The bodies of classes of the outermost level that are not visited yet, by their nodes' identities, each with
    /// what is taken over into it.
    pub(super) class_bodies: FxHashMap<usize, Option<FormerPiece<'t>>>,
    /// What may be taken over from a former lowering.
    pub(super) taking: Option<&'t Taking<'t>>,
    /// Whether nothing inside of the visited node is to be visited.
    pub(super) is_closed: bool,
}

impl<'t> Walk<'t> {
    fn run(&mut self, root: Node<'t>, context: Context) {
        let mut cursor: TreeCursor<'t> = root.walk();
        // For each node above: its children's context, and whether one of them may be an omission.
        let mut levels: Vec<(Context, bool)> = Vec::new();
        let mut here = root;
        let mut context = self.enter(here, context, true);
        loop {
            let is_closed = std::mem::take(&mut self.is_closed)
                || is_one_of(self.closed, here) && !here.has_error()
                || is_one_of(self.expressions, here) && is_plain(self.source, here);
            if !is_closed && levels.len() < WALK_DEPTH_LIMIT && cursor.goto_first_child() {
                levels.push((context, here.has_error()));
                self.ancestors.push(here);
            } else {
                while !cursor.goto_next_sibling() {
                    if !cursor.goto_parent() {
                        return;
                    }
                    levels.pop();
                    self.ancestors.pop();
                }
            }
            let Some((above, may_omit)) = levels.last().copied() else { return };
            here = cursor.node();
            context = self.enter(here, above, may_omit);
        }
    }

    /// Takes note of a node. The answer is what surrounds its children.
    fn enter(&mut self, node: Node<'t>, context: Context, may_be_omitted: bool) -> Context {
        if may_be_omitted && (node.is_error() || node.is_missing()) {
            self.broken(node, context);
        }
        if !is_one_of(self.declaring, node) || !node.is_named() {
            return context;
        }
        if is_function(node) {
            return self.function(node, context);
        }
        if is_class(node) {
            return self.class(node, context);
        }
        let parent = self.ancestors.last().copied();
        match node.kind_name() {
            "comment" | "html_comment" => self.out.comments.push(comment(self.source, node)),
            "import_statement" => self.import(node, context.scope),
            "export_statement" => self.export(node, context.scope),
            "object" => self.literal(node, context),
            "class_body" => self.class_body(node, context),
            "statement_block" if parent.is_some_and(opens_scope) => {}
            "statement_block" if parent.is_some_and(is_program) && self.is_apart(node) => {
                return self.script_apart(node, context);
            }
            "labeled_statement" if parent.is_some_and(is_program) && self.is_reactive(node) => {
                return self.reactive(node, context);
            }
            "statement_block" | "for_statement" | "switch_body" => return self.block(node, context),
            "for_in_statement" => return self.for_in(node, context),
            "catch_clause" => return self.catch(node, context),
            "variable_declarator" => self.declarator(node, context),
            "ambient_declaration" => return Context { ambient: true, ..context },
            "function_signature" if context.ambient => self.ambient_name(node, context.scope),
            "interface_declaration" | "type_alias_declaration" => {
                self.type_declaration(node, context);
                self.is_closed = is_bare_type(self.source, node);
            }
            "enum_declaration" => self.enumeration(node, context),
            "internal_module" | "module" => return self.namespace(node, context),
            "assignment_expression" | "augmented_assignment_expression" | "update_expression" | "unary_expression" => {
                self.writing(node, context);
            }
            "call_expression" => self.call(node, context),
            "public_field_definition" => return self.field(node, context),
            "class_static_block" => return self.static_block(node, context),
            _ => {}
        }
        context
    }

    fn broken(&mut self, node: Node<'t>, context: Context) {
        // Zero-width omissions that change nothing: `!` in TSX's tagged templates, semicolons.
        if node.is_missing() && matches!(node.kind_name(), "!" | ";" | "_automatic_semicolon") {
            return;
        }
        let is_in_text = self.ancestors.last().is_some_and(|parent| parent.kind_name() == "jsx_element");
        if is_in_text && is_loose_ampersand(self.source, node) {
            return;
        }
        self.out.broken.push(span(node));
        if let Some(body) = self.out.bodies.get_mut(context.body.0 as usize) {
            body.broken = true;
        }
    }

    pub(super) fn block(&mut self, node: Node<'t>, context: Context) -> Context {
        let scope = match self.out.scope_of.get(&node.id()) {
            Some(scope) => *scope,
            None => self.out.add_scope(Some(context.scope), span(node)),
        };
        self.out.scope_of.insert(node.id(), scope);
        Context { scope, ..context }
    }

    pub(super) fn ambient_name(&mut self, node: Node<'t>, scope: ScopeId) {
        if let Some(name) = node.field("name") {
            let name = text(self.source, name);
            self.out.add_value(scope, name, Symbol::Ambient);
        }
    }

    fn function(&mut self, node: Node<'t>, context: Context) -> Context {
        if context.ambient || context.functions >= FUNCTION_DEPTH_LIMIT {
            return context;
        }
        self.declare_function(node, context)
    }

    /// Adds a body whose graph is built later.
    #[allow(clippy::too_many_arguments)]
    pub(super) fn add_body(
        &mut self,
        node: Node<'t>,
        kind: BodyKind,
        parent: Option<BodyId>,
        scope: ScopeId,
        this_class: Option<ClassId>,
        usage: Usage<'t>,
        inner: Span,
    ) -> BodyId {
        let id = BodyId(self.out.bodies.len() as u32);
        if let Some((call, position, key)) = usage.argument {
            self.out.argument_bodies.entry(call.id()).or_default().push((id, position, key));
        }
        let (name, name_span) = match usage.name {
            Some((name, name_span)) => (Some(name), name_span),
            None => (None, first_token(node)),
        };
        let whole = if kind == BodyKind::TopLevel { inner } else { span(node) };
        self.out.bodies.push(Body {
            name,
            name_span,
            label: usage.label,
            parent,
            used_as: usage.used_as,
            inner,
            ..Body::without_graph(kind, whole)
        });
        self.out.body_facts.push(BodyFacts { node, scope, this_class });
        self.out.body_of.insert(node.id(), id);
        id
    }
}

fn is_program(node: Node) -> bool {
    node.kind_name() == "program"
}

/// Whether a node's kind is one of a set, by its number.
fn is_one_of(numbers: &[bool], node: Node) -> bool {
    numbers.get(usize::from(node.kind_id())).copied().unwrap_or(false)
}

/// Whether the scope of a block that is this node's child is the node's own.
fn opens_scope(node: Node) -> bool {
    is_function(node) || matches!(node.kind_name(), "class_static_block" | "catch_clause")
}

/// The bytes of a node's first token.
fn first_token(node: Node) -> Span {
    let mut cursor = node.walk();
    while cursor.goto_first_child() {}
    let first = span(cursor.node());
    if first.is_empty() { span(node) } else { first }
}
