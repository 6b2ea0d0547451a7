//! Explanations: hover texts. Owns what a person reads about a call or a flow; must not know LSP.

use crate::source::Span;

/// A hover text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// What it is about, in bytes.
    pub span: Span,
    /// The text, in Markdown.
    pub markdown: String,
}
