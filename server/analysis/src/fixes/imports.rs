//! Adding an import. Owns where it goes and how this file writes it; must not know why it is needed.

use tree_sitter::Node;

use super::comments::is_instruction;
use super::file::{FileText, named_children, walk};
use super::plan::Plan;
use crate::source::{Script, Span};
use crate::vocabulary::{ImportShape, PlatformForm};

/// What has to be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum ImportNeed {
    /// The platform's package, as its form says.
    Package {
        /// Where it is used: markup has several scripts.
        offset: usize,
    },
    /// One more name in an import statement that is there.
    Name {
        /// The statement's bytes.
        beside: Span,
        /// The name.
        name: String,
    },
}

/// Writes an import into a plan; the same one twice is one.
pub(super) fn add(plan: &mut Plan<'_>, form: &PlatformForm, need: &ImportNeed) -> Option<()> {
    match need {
        ImportNeed::Package { offset } => {
            let home = plan.file.import_home(*offset);
            if plan.file.is_markup() && home.is_none() {
                return None;
            }
            package(plan, form, home);
            Some(())
        }
        ImportNeed::Name { beside, name } => beside_others(plan, *beside, name),
    }
}

fn beside_others(plan: &mut Plan<'_>, beside: Span, name: &str) -> Option<()> {
    let file = plan.file;
    let mut last: Option<Node<'_>> = None;
    walk(file.tree.root_node(), &mut |node| {
        let inside = beside.start as usize <= node.start_byte() && node.end_byte() <= beside.end as usize;
        if inside
            && matches!(node.kind(), "import_specifier" | "shorthand_property_identifier_pattern" | "pair_pattern")
        {
            last = Some(node);
        }
        node.end_byte() > beside.start as usize && node.start_byte() < beside.end as usize
    });
    let last = last?;
    let at = last.end_byte();
    if file.starts_line(last.start_byte()) {
        let indentation = file.indentation(last.start_byte());
        plan.replace(at, at, format!(",{}{indentation}{name}", plan.style.line_end));
    } else {
        plan.replace(at, at, format!(", {name}"));
    }
    Some(())
}

fn package(plan: &mut Plan<'_>, form: &PlatformForm, home: Option<&Script>) {
    let file = plan.file;
    let line_end = plan.style.line_end;
    let top = home.map_or_else(|| named_children(file.tree.root_node()), |script| file.statements_of(script));
    let imports = || top.iter().rev().filter(|statement| statement.kind() == "import_statement");
    // Packages stand together before the project's own modules, where a file keeps them apart.
    let last_import = imports().find(|statement| takes_a_package(&file, **statement)).or(imports().next());
    let last_require = top
        .iter()
        .take_while(|statement| is_prologue(&file, **statement))
        .filter(|statement| requires(&file, **statement))
        .last();
    let common = last_import.is_none() && last_require.is_some();
    let statement = if common { require(plan, form) } else { import(plan, form) };
    if let Some(last) = last_import.or(last_require) {
        let end = file.behind_trailing_comment(last.end_byte());
        if file.ends_line(end) {
            let at = file.next_line(end);
            let indentation = file.indentation(last.start_byte());
            let text = if at == file.line_end(end) {
                format!("{line_end}{indentation}{statement}")
            } else {
                format!("{indentation}{statement}{line_end}")
            };
            plan.replace(at, at, text);
        } else {
            plan.replace(last.end_byte(), last.end_byte(), format!(" {statement}"));
        }
        return;
    }
    if let Some(script) = home {
        top_of_script(plan, script, top.first().copied(), &statement);
        return;
    }
    let at = top_of_file(&file);
    let follows = file.between(at, file.line_end(at)).trim();
    let gap = if follows.is_empty() { "" } else { line_end };
    plan.replace(at, at, format!("{statement}{line_end}{gap}"));
}

/// Puts an import at the start of a script that has none.
fn top_of_script(plan: &mut Plan<'_>, script: &Script, first: Option<Node<'_>>, statement: &str) {
    let (file, line_end) = (plan.file, plan.style.line_end);
    let start = script.code.start as usize;
    let starts_line = file.ends_line(start) && first.is_none_or(|first| file.starts_line(first.start_byte()));
    if !starts_line {
        plan.replace(start, start, format!("{statement} "));
        return;
    }
    let indentation = first.map_or("", |first| file.indentation(first.start_byte()));
    let at = file.next_line(start);
    let gap = if file.between(at, file.line_end(at)).trim().is_empty() { "" } else { line_end };
    plan.replace(at, at, format!("{indentation}{statement}{line_end}{gap}"));
}

/// Whether an import takes a package, and no module of the project by its path or an alias of a folder.
fn takes_a_package(file: &FileText<'_>, statement: Node<'_>) -> bool {
    let module = statement.child_by_field_name("source").map_or("", |source| file.of(source));
    let module = module.trim_matches(['\'', '"']);
    let is_scoped = module.strip_prefix('@').is_some_and(|rest| !rest.starts_with('/'));
    is_scoped || module.starts_with(|first: char| first.is_ascii_alphanumeric())
}

fn import(plan: &Plan<'_>, form: &PlatformForm) -> String {
    let (module, end) = (plan.style.quoted(&form.module), plan.style.terminator());
    let binding = &form.binding;
    match form.import {
        ImportShape::Line => form.lines.first().cloned().unwrap_or_default(),
        ImportShape::Named => format!("import {{ {binding} }} from {module}{end}"),
        ImportShape::Default => format!("import {binding} from {module}{end}"),
        ImportShape::Namespace => format!("import * as {binding} from {module}{end}"),
    }
}

fn require(plan: &Plan<'_>, form: &PlatformForm) -> String {
    let (module, end) = (plan.style.quoted(&form.module), plan.style.terminator());
    let binding = &form.binding;
    match form.import {
        ImportShape::Line => form.lines.first().cloned().unwrap_or_default(),
        ImportShape::Named => format!("const {{ {binding} }} = require({module}){end}"),
        ImportShape::Default => format!("const {binding} = require({module}).default{end}"),
        ImportShape::Namespace => format!("const {binding} = require({module}){end}"),
    }
}

/// Whether a statement of the top level is a directive or declares what other modules give.
fn is_prologue(file: &FileText<'_>, statement: Node<'_>) -> bool {
    is_directive(statement) || requires(file, statement)
}

fn is_directive(statement: Node<'_>) -> bool {
    statement.kind() == "expression_statement"
        && statement.named_child(0).is_some_and(|expression| expression.kind() == "string")
}

fn requires(file: &FileText<'_>, statement: Node<'_>) -> bool {
    let is_declaration = matches!(statement.kind(), "lexical_declaration" | "variable_declaration");
    is_declaration && file.of(statement).contains("require(")
}

/// The start of the line behind a `#!` line, the comments that head the file, and its directives. A block
/// of comments right above the code is the code's, unless it is the file's first and no documentation.
pub(super) fn top_of_file(file: &FileText<'_>) -> usize {
    let root = file.tree.root_node();
    let mut cursor = root.walk();
    let (mut at, mut block_start) = (0, 0);
    let mut block_is_documentation = false;
    for child in root.named_children(&mut cursor) {
        let next = file.next_line(child.end_byte());
        if child.kind() == "comment" {
            let text = file.of(child);
            block_is_documentation |= text.starts_with("/**") || is_instruction(text);
            let follows = file.between(next, file.line_end(next)).trim();
            match follows {
                "" => (at, block_start, block_is_documentation) = (next, file.next_line(next), false),
                _ if follows.starts_with("//") || follows.starts_with("/*") => {}
                _ if block_start == 0 && !block_is_documentation => at = next,
                _ => break,
            }
        } else if child.kind() == "hash_bang_line" || is_directive(child) {
            (at, block_start, block_is_documentation) = (next, next, false);
        } else {
            break;
        }
    }
    let blank = file.between(at, file.line_end(at)).trim().is_empty() && at > 0 && at < file.text.len();
    if blank { file.next_line(at) } else { at }
}
