//! Explanations: hover texts. Owns what a person reads about a call, a flow, a redirect and a finding;
//! must not know LSP.

mod call;
mod finding;
mod flow;
mod sum;

#[cfg(test)]
mod tests;

use crate::source::Span;

pub use call::{CallFacts, CallKind, hover_call};
pub use finding::{Summary, hover_finding, summary};
pub use flow::{FlowFacts, RedirectFacts, Release, WayOut, hover_flow, hover_redirect};
pub(crate) use sum::flow_sum;

/// A hover text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub span: Span,
    /// The text, in Markdown.
    pub markdown: String,
}

/// Markdown that is built paragraph by paragraph.
#[derive(Default)]
struct Page(String);

impl Page {
    /// A paragraph, with an empty line before it.
    fn paragraph(&mut self, text: &str) {
        if !self.0.is_empty() {
            self.0.push_str("\n\n");
        }
        self.0.push_str(text);
    }

    /// A list behind what stands there; nothing for an empty one.
    fn list(&mut self, items: impl IntoIterator<Item = String>) {
        let items: Vec<String> = items.into_iter().map(|item| format!("- {item}")).collect();
        if !items.is_empty() {
            self.paragraph(&items.join("\n"));
        }
    }

    /// A list under its name; nothing for an empty one.
    fn section(&mut self, name: &str, items: impl IntoIterator<Item = String>) {
        let mut items = items.into_iter().peekable();
        if items.peek().is_some() {
            self.paragraph(&format!("**{name}**"));
            self.list(items);
        }
    }

    fn hover(self, span: Span) -> Hover {
        Hover { span, markdown: self.0 }
    }
}
