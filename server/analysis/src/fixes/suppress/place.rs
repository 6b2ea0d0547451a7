//! Where a comment about one line may stand, and in which signs. Owns what is text and what is code around a
//! place; must not know rules. What it finds is tried: a place that the parser takes for text is no place.

use tree_sitter::Node;

use super::{Ignore, IgnoreScope};
use crate::fixes::Edit;
use crate::fixes::comments::is_instruction;
use crate::fixes::file::FileText;
use crate::fixes::style::line_end;
use crate::rules::Finding;
use crate::source::{COMMENT_SIGNS, HandlerForm, Language, Span, is_between_tags};

/// A place for a comment.
pub(super) struct Place {
    /// The byte offset.
    pub(super) at: usize,
    /// The signs around the comment.
    pub(super) signs: Signs,
    /// What stands before it.
    pub(super) lead: String,
    /// What stands behind it.
    pub(super) tail: String,
}

/// The signs of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Signs {
    /// `// …`
    Code,
    /// `{/* … */}`, between the tags of JSX.
    Jsx,
    /// `<!-- … -->`
    Markup,
}

impl Signs {
    const fn opening(self) -> &'static str {
        match self {
            Signs::Code => "// ",
            Signs::Jsx => "{/* ",
            Signs::Markup => "<!-- ",
        }
    }

    const fn closing(self) -> &'static str {
        match self {
            Signs::Code => "",
            Signs::Jsx => " */}",
            Signs::Markup => " -->",
        }
    }
}

impl Place {
    /// The comment, written here without its reason.
    pub(super) fn written(self, file: &FileText<'_>, scope: IgnoreScope, rule: &str) -> Ignore {
        let before = format!("{}{}{} {rule}: ", self.lead, self.signs.opening(), scope.word());
        let text = format!("{before}{}{}", self.signs.closing(), self.tail);
        let title = format!("Ignore {rule} {}, for a reason that you write", scope.place());
        let edit = Edit { path: file.path.clone(), span: Span::at(self.at as u32), text };
        Ignore { scope, title, edit, reason_at: Some(before.len()) }
    }
}

/// The places that can speak for the line on which a finding starts: the line before it, then its end.
pub(super) fn of_line(file: &FileText<'_>, finding: &Finding) -> Vec<Place> {
    let own = file.line_start(finding.span.start as usize);
    let end = own + file.between(own, file.line_end(own)).trim_end().len();
    // A line of a macro of C goes on behind a backslash, and a comment would end it.
    if file.between(own, end).ends_with('\\') || line_above(file, own).is_some_and(|it| it.1.ends_with('\\')) {
        return Vec::new();
    }
    let above = above_instructions(file, own);
    let before = signs_at(file, above).map(|signs| Place {
        at: above,
        signs,
        lead: file.indentation(above).to_owned(),
        tail: line_end(file.text).to_owned(),
    });
    let behind = signs_at(file, end).map(|signs| Place {
        at: end,
        signs,
        // White space between two tags of JSX on one line would be shown.
        lead: if signs == Signs::Jsx { "" } else { " " }.to_owned(),
        tail: String::new(),
    });
    before.into_iter().chain(behind).collect()
}

/// The start of a line, or of the first of the comments right above it that are instructions for it: whatever
/// they are for must stay the next line.
fn above_instructions(file: &FileText<'_>, line: usize) -> usize {
    let mut start = line;
    while let Some((above, text)) = line_above(file, start) {
        if !COMMENT_SIGNS.iter().any(|sign| text.starts_with(sign)) || !is_instruction(text) {
            break;
        }
        start = above;
    }
    start
}

/// The start and the text of the line above one, by its start.
fn line_above<'a>(file: &FileText<'a>, line: usize) -> Option<(usize, &'a str)> {
    let before = file.text.get(..line)?;
    let before = before.strip_suffix("\r\n").or(before.strip_suffix(['\n', '\r']))?;
    let start = file.line_start(before.len());
    Some((start, file.between(start, before.len()).trim()))
}

/// The signs that a comment at a byte offset wants; `None` where there cannot be one.
pub(super) fn signs_at(file: &FileText<'_>, offset: usize) -> Option<Signs> {
    if !file.language.is_embedding() || file.script(offset).is_some() {
        return signs_in_code(file, offset);
    }
    match file.handler(offset) {
        // Not every template takes a comment among its statements; a function in braces is plain code.
        Some(handler) if handler.form == HandlerForm::Function && handler.quote.is_none() => {
            let is_inside = (handler.code.start as usize) < offset && offset < handler.code.end as usize;
            is_inside.then_some(Signs::Code)
        }
        Some(_) => None,
        None => may_hold_markup(file, offset).then_some(Signs::Markup),
    }
}

fn signs_in_code(file: &FileText<'_>, offset: usize) -> Option<Signs> {
    let Some(around) = around(file, offset) else { return Some(Signs::Code) };
    let parts = |node: Node<'_>| {
        let (before, behind) = (file.between(node.start_byte(), offset), file.between(offset, node.end_byte()));
        (before.trim().is_empty(), behind.trim().is_empty())
    };
    match around.kind() {
        // A text that goes on behind the comment would lose the space between its lines.
        "jsx_text" => (parts(around) != (false, false)).then_some(Signs::Jsx),
        "jsx_element" | "jsx_fragment" => {
            let tag = |node: Option<Node<'_>>| node.map(|node| (node.start_byte(), node.end_byte()));
            let first = tag(around.child(0)).is_some_and(|(_, end)| end <= offset);
            let last = around.child_count().checked_sub(1).and_then(|last| around.child(last));
            (first && tag(last).is_some_and(|(start, _)| offset <= start)).then_some(Signs::Jsx)
        }
        _ => Some(Signs::Code),
    }
}

/// The innermost syntax node that begins before a byte offset and ends behind it.
fn around<'a>(file: &FileText<'a>, offset: usize) -> Option<Node<'a>> {
    let mut node = file.tree.root_node().descendant_for_byte_range(offset, offset)?;
    while node.start_byte() >= offset || node.end_byte() <= offset {
        node = node.parent()?;
    }
    Some(node)
}

/// Whether a comment of markup at a byte offset is one, changes nothing that is shown, and stands in no
/// expression of the template.
fn may_hold_markup(file: &FileText<'_>, offset: usize) -> bool {
    if !is_between_tags(file.language, file.text, offset) {
        return false;
    }
    let before = file.between(0, offset);
    let (opened, closed) = (before.rfind("<pre"), before.rfind("</pre"));
    if opened > closed {
        return false;
    }
    file.language == Language::Html || open_braces(file, offset) == 0
}

/// How many braces of the template are open at a byte offset.
fn open_braces(file: &FileText<'_>, offset: usize) -> i64 {
    let scripts = file.regions.scripts.iter().map(|script| script.code);
    let mut outside: Vec<Span> = scripts.chain(file.regions.comments.iter().copied()).collect();
    outside.sort_unstable();
    let is_counted = |at: usize| {
        let before = outside.partition_point(|span| span.start as usize <= at).checked_sub(1);
        before.and_then(|before| outside.get(before)).is_none_or(|span| span.end as usize <= at)
    };
    let braces = file.between(0, offset).match_indices(['{', '}']).filter(|(at, _)| is_counted(*at));
    braces.map(|(_, brace)| if brace == "{" { 1 } else { -1 }).sum()
}
