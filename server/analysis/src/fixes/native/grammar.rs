//! What the writer has to know of a language's grammar and style, as one table for each language. Owns the
//! shape of those tables; the tables are in `languages`.

use tree_sitter::Node;

use super::languages::{dart, java, kotlin, objective_c, swift};
use crate::source::Language;

/// A language's table.
pub(in crate::fixes) struct Grammar {
    /// What a child is to its parent; the first row that fits counts. Where none fits, the child is a part of
    /// an expression or statement.
    pub(super) rows: &'static [Row],
    /// Lists of statements whose braces are their parent's.
    pub(super) bare_lists: &'static [&'static str],
    /// Nodes that a list of statements holds and that are none, but belong to the one behind them: labels.
    pub(super) labels: &'static [&'static str],
    /// Statements that are nothing but an expression, where the grammar gives them a node.
    pub(super) expression_statement: Option<&'static str>,
    /// Statements behind which nothing runs: `return`, `throw`.
    pub(super) leaving: &'static [&'static str],
    /// Expressions around a call that do nothing but wait for it, or let it throw.
    pub(super) waiting: &'static [&'static str],
    /// Calls whose one argument they only wait for, or do not: `unawaited(…)`.
    pub(super) waiting_calls: &'static [&'static str],
    /// Methods of a future that only deal with its failure.
    pub(super) swallowing: &'static [&'static str],
    /// Nodes that are functions, methods, closures or accessors.
    pub(super) functions: &'static [&'static str],
    /// Those of them that are closures.
    pub(super) closures: &'static [&'static str],
    /// Links of a chain that give what they hang on, whatever their closure does.
    pub(super) passing: &'static [&'static str],
    /// Literals of which one element can go.
    pub(super) collections: &'static [&'static str],
    /// Those of the functions that read a property.
    pub(super) getters: &'static [&'static str],
    /// The function that runs a closure at the end of its block, where the grammar takes that for a call.
    pub(super) deferring: Option<&'static str>,
    /// The kinds of a call's trailing part and of a member, where a chain's link with a closure can be told by them.
    pub(super) link: Option<(&'static str, &'static str)>,
    /// A line of conditional compilation, where it stands beside what it is about.
    pub(super) directive: Option<&'static str>,
    /// Conditional compilation that holds what it is about.
    pub(super) conditionals: &'static [&'static str],
    /// Calls of any sort.
    pub(super) calls: &'static [&'static str],
    /// Assignments.
    pub(super) assignments: &'static [&'static str],
    /// What changes something by itself: assignments, `++`, `new`.
    pub(super) acting: &'static [&'static str],
    /// What starts a file and stands before its imports.
    pub(super) heads: &'static [&'static str],
    /// Where a function's declared result stands.
    pub(super) result: ResultAt,
    /// Results that are nothing.
    pub(super) void: &'static [&'static str],
    /// Functions of the language's own library that use what a closure gives them.
    pub(super) value_calls: &'static [&'static str],
    /// Endings of the labels of arguments that do.
    pub(super) value_labels: &'static [&'static str],
    /// The types of variables that do: `Supplier`.
    pub(super) value_types: &'static [&'static str],
    /// How the language is written.
    pub(super) manner: Manner,
}

/// How a language is written where a file does not say.
pub(super) struct Manner {
    /// Whether statements end with a semicolon.
    pub(super) semicolons: bool,
    /// One level of indentation.
    pub(super) unit: &'static str,
    /// Whether strings may stand in single quotes.
    pub(super) single_quotes: bool,
    /// What stands before a string's quote.
    pub(super) text_prefix: &'static str,
    /// Whether conditions stand in parentheses.
    pub(super) parentheses: bool,
    /// Whether a function's or closure's only statement is its result without a `return`.
    pub(super) implicit_results: bool,
    /// How a fresh constant is declared: `let`, `val`; empty where a condition can bind one.
    pub(super) constant: &'static str,
    /// Whether a condition binds what it asks for: `if let`.
    pub(super) binds_in_conditions: bool,
    /// The value of absence.
    pub(super) absent: &'static str,
    /// A statement that does nothing, for where one has to stand.
    pub(super) nothing: &'static str,
}

/// One row: what a child is to its parent.
pub(super) struct Row {
    /// The parent's kind.
    pub(super) parent: &'static str,
    /// Which of its children.
    pub(super) child: Child,
    /// What they are.
    pub(super) role: Role,
}

/// Which children of a node.
#[derive(Clone, Copy)]
pub(super) enum Child {
    /// All of them.
    Any,
    /// Those of a field.
    Field(&'static str),
    /// Those behind the first token of a kind.
    Behind(&'static str),
    /// Those of a kind.
    Kind(&'static str),
}

/// What a node is to its parent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A statement beside others, between braces or at the top level.
    Statement,
    /// A statement beside others, behind a case's label.
    CaseStatement,
    /// A branch's or loop's only statement, without braces.
    Braceless,
    /// What a case gives, without braces; where the value of the whole is used, that value.
    CaseResult,
    /// A function's expression.
    Expression,
    /// An operand that is evaluated only sometimes; whether it is the last of them.
    Sometimes(bool),
    /// The operand that is evaluated where the other one is absent.
    Otherwise,
    /// No statement can stand before it, nor around it.
    Nowhere,
}

/// Where a function's declared result stands.
#[derive(Clone, Copy)]
pub(super) enum ResultAt {
    /// Behind a token among the function's children, up to its body.
    Behind(&'static str),
    /// In a field of the function's signature.
    Field(&'static str),
    /// It does not matter: no function of the language has an expression for a body.
    Nowhere,
}

impl Grammar {
    /// A language's table; `None` where another writer writes it.
    pub(in crate::fixes) fn of(language: Language) -> Option<&'static Self> {
        match language {
            Language::Swift => Some(&swift::GRAMMAR),
            Language::ObjectiveC => Some(&objective_c::GRAMMAR),
            Language::Kotlin => Some(&kotlin::GRAMMAR),
            Language::Java => Some(&java::GRAMMAR),
            Language::Dart => Some(&dart::GRAMMAR),
            _ => None,
        }
    }

    /// What a node is to its parent.
    pub(super) fn role(&self, parent: Node<'_>, child: Node<'_>) -> Option<Role> {
        let rows = self.rows.iter().filter(|row| row.parent == parent.kind());
        rows.into_iter().find(|row| is_child(parent, child, row.child)).map(|row| row.role)
    }

    /// Whether a node is a function of any sort.
    pub(super) fn is_function(&self, node: Node<'_>) -> bool {
        self.functions.contains(&node.kind())
    }
}

fn is_child(parent: Node<'_>, child: Node<'_>, which: Child) -> bool {
    match which {
        Child::Any => true,
        Child::Kind(kind) => child.kind() == kind,
        Child::Field(name) => {
            let mut cursor = parent.walk();
            parent.children_by_field_name(name, &mut cursor).any(|found| found.id() == child.id())
        }
        Child::Behind(token) => token_of(parent, token).is_some_and(|token| token.end_byte() <= child.start_byte()),
    }
}

/// A node's first child that is a token of a kind.
pub(super) fn token_of<'t>(parent: Node<'t>, token: &str) -> Option<Node<'t>> {
    let mut cursor = parent.walk();
    parent.children(&mut cursor).find(|child| child.kind() == token)
}
