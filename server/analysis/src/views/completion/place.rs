//! Where something is typed: among statements, among members, nowhere that code could stand. Owns the kinds of
//! syntax nodes that tell, of each language; must not know what is typed.

use tree_sitter::{Node, Tree};

use super::word::Word;
use crate::source::Language;
use crate::syntax;
use crate::vocabulary::TypedPlace;

/// The kinds of nodes that tell where something stands, in a language.
struct Kinds {
    /// Files.
    files: &'static [&'static str],
    /// What lines of a file start with behind which its own code begins.
    heads: &'static [&'static str],
    /// Lists of statements, and what takes one statement without braces.
    statements: &'static [&'static str],
    /// What holds an expression that may be a call of its own.
    expressions: &'static [&'static str],
    /// Lists of members.
    members: &'static [&'static str],
    /// Code in texts.
    /// Whether a name by itself is a statement, so that what is half typed is read as it is meant.
    reads_names: bool,
    /// What is read in the place of what is half typed: a statement, and a member where that is none that the
    /// grammar would read there.
    stand_ins: &'static [&'static str],
    /// Whether a file's own statements are run.
    runs_files: bool,
}

const SCRIPT: Kinds = Kinds {
    files: &["program"],
    heads: &["import "],
    statements: &[
        "statement_block",
        "switch_case",
        "switch_default",
        "if_statement",
        "else_clause",
        "class_static_block",
    ],
    expressions: &["arrow_function", "await_expression", "return_statement", "unary_expression"],
    members: &["class_body"],
    reads_names: true,
    stand_ins: &["x();"],
    runs_files: true,
};

const SWIFT: Kinds = Kinds {
    files: &["source_file"],
    heads: &["import ", "@testable import "],
    statements: &[
        "statements",
        "function_body",
        "lambda_literal",
        "if_statement",
        "guard_statement",
        "switch_entry",
        "catch_block",
        "do_statement",
        "computed_property",
        "computed_getter",
        "for_statement",
        "while_statement",
    ],
    expressions: &["await_expression", "try_expression", "control_transfer_statement"],
    members: &["class_body", "enum_class_body"],
    reads_names: true,
    stand_ins: &["x();"],
    runs_files: false,
};

const OBJECTIVE_C: Kinds = Kinds {
    files: &["translation_unit"],
    heads: &["#import ", "@import ", "#include "],
    statements: &["compound_statement", "case_statement", "else_clause", "if_statement"],
    expressions: &["return_statement"],
    members: &["implementation_definition", "class_implementation"],
    reads_names: false,
    stand_ins: &["x();", "- (void)x {}"],
    runs_files: false,
};

const KOTLIN: Kinds = Kinds {
    files: &["source_file"],
    heads: &["package ", "import "],
    statements: &["statements", "control_structure_body", "lambda_literal"],
    expressions: &["function_body", "when_entry"],
    members: &["class_body", "enum_class_body"],
    reads_names: true,
    stand_ins: &["x();"],
    runs_files: false,
};

const JAVA: Kinds = Kinds {
    files: &["program"],
    heads: &["package ", "import "],
    statements: &["block", "constructor_body", "switch_block_statement_group", "if_statement"],
    expressions: &["lambda_expression", "switch_rule", "return_statement"],
    members: &["class_body", "enum_body_declarations"],
    reads_names: false,
    stand_ins: &["x();"],
    runs_files: false,
};

const DART: Kinds = Kinds {
    files: &["source_file", "program"],
    heads: &["library ", "import ", "export ", "part "],
    statements: &["block", "switch_statement_case", "switch_statement_default", "if_statement"],
    expressions: &["function_body", "function_expression_body", "await_expression", "return_statement"],
    members: &["class_body", "extension_body", "enum_body"],
    reads_names: false,
    stand_ins: &["x();"],
    runs_files: false,
};

fn kinds(language: Language) -> &'static Kinds {
    match language {
        Language::Swift => &SWIFT,
        Language::ObjectiveC => &OBJECTIVE_C,
        Language::Kotlin => &KOTLIN,
        Language::Java => &JAVA,
        Language::Dart => &DART,
        _ => &SCRIPT,
    }
}

/// What a text ends with whose statement goes on.
const OPEN_ENDS: [char; 11] = ['(', '[', ',', '=', '.', '&', '|', '?', '+', '-', '*'];

/// Where a word stands; `None` where what is offered could not stand: in a text or comment, as the name of
/// something, among arguments.
///
/// `from` is where the code around the word starts: the file, or a handler in markup.
pub(super) fn place_of(
    language: Language,
    text: &str,
    tree: &Tree,
    word: &Word<'_>,
    from: usize,
) -> Option<TypedPlace> {
    let kinds = kinds(language);
    // A text that is still open is none to the grammar.
    let line = text.get(from..word.start)?.rsplit(['\n', '\r']).next().unwrap_or_default();
    if ['"', '\'', '`'].iter().any(|quote| is_open(line, *quote)) || line.contains("//") && !line.contains("://") {
        return None;
    }
    // What is half typed may make two statements of one.
    let (before, behind) = (text.get(..word.start)?.trim_end(), text.get(word.end..)?.trim_start());
    let goes_on = before.ends_with(OPEN_ENDS) || behind.starts_with(['.', '?']);
    if goes_on || before.ends_with('{') && behind.starts_with("case ") {
        return None;
    }
    if kinds.reads_names && !word.typed.is_empty() {
        return stands_in(kinds, text, tree, word.start, word.end - 1);
    }
    kinds.stand_ins.iter().find_map(|stand_in| {
        let (before, behind) = (text.get(..word.start)?, text.get(word.end..)?);
        let as_meant = [before, stand_in, behind].concat();
        let tree = syntax::parse(language, &as_meant)?.tree;
        stands_in(kinds, &as_meant, &tree, word.start, word.start)
    })
}

/// Whether a text starts in a line that does not end in it.
fn is_open(line: &str, quote: char) -> bool {
    let mut is_open = false;
    let mut letters = line.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => {
                letters.next();
            }
            _ if letter == quote => is_open = !is_open,
            _ => {}
        }
    }
    is_open
}

fn stands_in(kinds: &Kinds, text: &str, tree: &Tree, start: usize, last: usize) -> Option<TypedPlace> {
    let mut node = tree.root_node().descendant_for_byte_range(start, last)?;
    let mut holder: Option<Node<'_>> = None;
    // What starts with the word is the word's own statement; what starts before it is where that stands.
    loop {
        if is_no_code(node.kind()) {
            return None;
        }
        if holder.is_none() && (node.start_byte() < start || node.parent().is_none()) {
            holder = Some(node);
        }
        match node.parent() {
            Some(parent) => node = parent,
            None => break,
        }
    }
    let mut holder = holder?;
    let is_error = holder.kind() == "ERROR";
    if is_error {
        // What cannot be read tells where it stands by what is around it, and by what is before it in the text.
        let before = text.get(..start)?.trim_end_matches([' ', '\t']);
        if !before.is_empty() && !before.ends_with(['\n', '\r', '{', '}', ';']) {
            return None;
        }
        while holder.kind() == "ERROR" {
            match holder.parent() {
                Some(parent) => holder = parent,
                None => return kinds.reads_names.then_some(TypedPlace::Statement),
            }
        }
    }
    let is = |list: &[&str]| list.contains(&holder.kind());
    if is(kinds.files) && is_error && !kinds.reads_names {
        return None;
    }
    if is(kinds.files) {
        let behind = text.get(start..)?.lines().skip(1);
        if behind.into_iter().any(|line| kinds.heads.iter().any(|head| line.starts_with(head))) {
            return None;
        }
        return Some(if kinds.runs_files { TypedPlace::Statement } else { TypedPlace::Top });
    }
    if is(kinds.members) {
        return Some(TypedPlace::Member);
    }
    if is(kinds.statements) {
        return Some(TypedPlace::Statement);
    }
    is(kinds.expressions).then_some(TypedPlace::Expression)
}

fn is_no_code(kind: &str) -> bool {
    ["string", "comment", "regex", "jsx_text", "char_literal", "character_literal"]
        .iter()
        .any(|word| kind.contains(word))
}
