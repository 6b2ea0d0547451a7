//! What is offered while somebody types, in LSP's types.

use farewell_analysis::views::{Completion, SnippetPart};
use ropey::Rope;
use tower_lsp_server::ls_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, InsertTextMode, TextEdit,
};

use super::range;
use crate::session::Session;

/// Sorts behind every name.
const LAST: &str = "~~farewell";

/// An offer, the `place`th of its list: as a snippet where the client takes one, else as text.
pub(crate) fn completion(offer: Completion, place: usize, text: &Rope, session: &Session) -> CompletionItem {
    let client = &session.client;
    let adjusts = client.adjusts_indentation;
    let (format, code) = if client.snippets {
        (InsertTextFormat::SNIPPET, snippet(&offer.code))
    } else {
        (InsertTextFormat::PLAIN_TEXT, plain(&offer.code))
    };
    // Clients indent the lines of a snippet, and those of a text only if they say so.
    let code = if client.snippets || adjusts { code } else { code.replace('\n', &format!("\n{}", offer.indentation)) };
    let edit = |span, new_text| TextEdit::new(range(span, text, session.encoding), new_text);
    let imports: Vec<TextEdit> = offer.imports.into_iter().map(|import| edit(import.span, import.text)).collect();
    CompletionItem {
        label: offer.label,
        kind: Some(if offer.is_flow { CompletionItemKind::SNIPPET } else { CompletionItemKind::FUNCTION }),
        detail: Some(offer.detail),
        documentation: (!offer.documentation.is_empty()).then_some(Documentation::String(offer.documentation)),
        sort_text: Some(format!("{LAST}{place}")),
        filter_text: Some(offer.filter),
        insert_text_format: Some(format),
        insert_text_mode: adjusts.then_some(InsertTextMode::ADJUST_INDENTATION),
        text_edit: Some(CompletionTextEdit::Edit(edit(offer.span, code))),
        additional_text_edits: (!imports.is_empty()).then_some(imports),
        ..CompletionItem::default()
    }
}

/// Code in the syntax of snippets; the caret comes to its end at last.
fn snippet(code: &[SnippetPart]) -> String {
    let part = |part: &SnippetPart| match part {
        SnippetPart::Text(text) => escaped(text, &['\\', '$']),
        SnippetPart::Stop(number, text) => format!("${{{number}:{}}}", escaped(text, &['\\', '$', '}'])),
    };
    code.iter().map(part).chain(["$0".to_owned()]).collect()
}

fn escaped(text: &str, special: &[char]) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        if special.contains(&letter) {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    escaped
}

fn plain(code: &[SnippetPart]) -> String {
    let text = |part: &SnippetPart| match part {
        SnippetPart::Text(text) | SnippetPart::Stop(_, text) => text.clone(),
    };
    code.iter().map(text).collect()
}

#[cfg(test)]
mod tests {
    use farewell_analysis::views::SnippetPart::{Stop, Text};

    use super::{plain, snippet};

    #[test]
    fn what_a_snippet_would_take_for_its_own_is_escaped() {
        let code = [Text("$fs({ a: '\\n' }, ".to_owned()), Stop(1, "f({ $x })".to_owned()), Text(")".to_owned())];
        assert_eq!(snippet(&code), r"\$fs({ a: '\\n' }, ${1:f({ \$x \})})$0");
        assert_eq!(plain(&code), r"$fs({ a: '\n' }, f({ $x }))");
    }
}
