//! Where a comment about a whole file stands: at its top, behind what has to come first. Owns what that is in
//! each kind of file; must not know rules.

use super::place::{Place, Signs};
use crate::fixes::file::FileText;
use crate::fixes::imports;
use crate::fixes::native::{self, Grammar};
use crate::fixes::style::line_end;

/// Words by which a comment is known that has to stay the file's first.
const HEADERS: [&str; 5] = ["copyright", "license", "licence", "spdx-", "swift-tools-version"];

/// The places that can speak for a file, the best one first.
pub(super) fn of_file(file: &FileText<'_>) -> Vec<Place> {
    if !file.language.is_embedding() {
        return vec![at(file, behind_header(file, top_of_code(file)), Signs::Code)];
    }
    // Nothing may stand before the part of a component that runs on the server.
    if let Some(server) = file.regions.server_script() {
        return vec![at(file, file.next_line(server.code.start as usize), Signs::Code)];
    }
    let markup = at(file, top_of_markup(file), Signs::Markup);
    let script = file.regions.scripts.first().map(|script| script.code.start as usize);
    let script =
        script.filter(|start| file.ends_line(*start)).map(|start| at(file, file.next_line(start), Signs::Code));
    std::iter::once(markup).chain(script).collect()
}

fn at(file: &FileText<'_>, at: usize, signs: Signs) -> Place {
    let line_end = line_end(file.text);
    let starts_line = file.line_start(at) == at;
    let (lead, indentation) = if starts_line { ("", file.indentation(at)) } else { (line_end, "") };
    // What follows a tag on its line goes to the next one.
    Place { at, signs, lead: format!("{lead}{indentation}"), tail: line_end.to_owned() }
}

fn top_of_code(file: &FileText<'_>) -> usize {
    match Grammar::of(file.language) {
        Some(grammar) => native::top_of_file(file, grammar),
        None => imports::top_of_file(file),
    }
}

/// A byte offset, or the line behind the header that starts there with no blank line behind it.
fn behind_header(file: &FileText<'_>, offset: usize) -> usize {
    let mut last = offset;
    let mut is_header = false;
    for comment in &file.lowered.comments {
        let (start, text) = (comment.span.start as usize, comment.span.text(file.text));
        if start < last {
            continue;
        }
        let words = text.to_ascii_lowercase();
        let names_it = HEADERS.iter().any(|word| words.contains(word));
        let is_documentation = text.starts_with("///") || text.starts_with("/**");
        if !file.between(last, start).trim().is_empty() || (is_documentation && !names_it) {
            break;
        }
        is_header |= names_it;
        last = file.next_line(comment.span.end as usize);
    }
    if is_header { last } else { offset }
}

/// Behind the declarations and the comments that head a page or a component.
fn top_of_markup(file: &FileText<'_>) -> usize {
    let mut offset = 0;
    let mut behind = 0;
    loop {
        let rest = file.between(offset, file.text.len());
        let blank = rest.len() - rest.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).len();
        let rest = &rest[blank..];
        let is_doctype = rest.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("<!doctype"));
        let end = match rest {
            _ if is_doctype => rest.find('>').map(|end| end + 1),
            _ if rest.starts_with("<?") => rest.find("?>").map(|end| end + 2),
            // What an old browser takes for a condition is no comment to it.
            _ if rest.starts_with("<!--[if") => None,
            _ if rest.starts_with("<!--") => rest.find("-->").map(|end| end + 3),
            _ => None,
        };
        let Some(end) = end else { return behind };
        offset += blank + end;
        behind = if file.ends_line(offset) { file.next_line(offset) } else { offset };
    }
}
