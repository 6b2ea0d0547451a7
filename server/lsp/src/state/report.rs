//! Reports: the diagnostics of one document at one moment, as the client gets them. Owns when two of them
//! are the same; must not know how they come about or who asks for them.

use std::hash::Hasher;
use std::sync::{Arc, OnceLock};

use tower_lsp_server::ls_types::Diagnostic;

use crate::document::Document;

/// A document's diagnostics.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// The version of the text that they are about; `None` for a file that is not open.
    pub(crate) version: Option<i32>,
    /// The diagnostics, sorted by place and rule.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// How often the document was opened before.
    opening: u32,
    id: OnceLock<Arc<str>>,
}

impl Report {
    /// A report.
    pub(crate) fn new(version: Option<i32>, diagnostics: Vec<Diagnostic>) -> Self {
        Self { version, diagnostics, opening: 0, id: OnceLock::new() }
    }

    /// The report of an open document.
    pub(crate) fn of_document(document: &Document, diagnostics: Vec<Diagnostic>) -> Self {
        Self { opening: document.opening, ..Self::new(Some(document.version), diagnostics) }
    }

    /// What tells this content from any other: two reports of the same diagnostics have the same id, in
    /// another session too. A new version of the text alone is no other content. But what an editor showed of a
    /// document may be gone when that was opened anew, and the id that it has of it not (`:edit` in Neovim 0.12): then
    /// there is another one, unless there is nothing to show.
    pub(crate) fn id(&self) -> &Arc<str> {
        self.id.get_or_init(|| {
            // Two hashes, since one of 64 bits is not beyond a collision in a large workspace's lifetime.
            let content = serde_json::to_vec(&self.diagnostics).unwrap_or_default();
            let hash = |salt: u8| {
                let mut hasher = std::hash::DefaultHasher::new();
                hasher.write_u8(salt);
                hasher.write(&content);
                if self.opening > 0 && !self.diagnostics.is_empty() {
                    hasher.write_u32(self.opening);
                }
                hasher.finish()
            };
            format!("{:016x}{:016x}", hash(0), hash(1)).into()
        })
    }

    /// Whether the client that holds a report of this id needs nothing new.
    pub(crate) fn is(&self, id: Option<&str>) -> bool {
        id == Some(&**self.id())
    }

    /// The id of the report without diagnostics.
    pub(crate) fn nothing() -> Arc<str> {
        Arc::clone(Self::default().id())
    }
}

#[cfg(test)]
mod tests {
    use farewell_analysis::source::Language;
    use tower_lsp_server::ls_types::Diagnostic;

    use super::Report;
    use crate::document::Document;

    #[test]
    fn what_is_opened_anew_has_another_id() {
        let report = |opening: u32, diagnostics: &[Diagnostic]| {
            let mut document = Document::new("untitled:a".parse().unwrap(), 1, Language::TypeScript, "");
            document.opening = opening;
            Report::of_document(&document, diagnostics.to_vec())
        };
        let found = [Diagnostic::default()];
        assert_eq!(report(0, &found).id(), Report::new(None, found.to_vec()).id());
        assert_ne!(report(1, &found).id(), report(0, &found).id());
        assert_ne!(report(2, &found).id(), report(1, &found).id());
        assert_eq!(report(3, &[]).id(), &Report::nothing());
    }

    #[test]
    fn the_id_is_that_of_the_content() {
        let diagnostic = |message: &str| Diagnostic { message: message.to_owned(), ..Diagnostic::default() };
        let one = Report::new(Some(1), vec![diagnostic("a")]);
        let same = Report::new(Some(2), vec![diagnostic("a")]);
        let other = Report::new(Some(1), vec![diagnostic("b")]);
        assert_eq!(one.id(), same.id());
        assert_ne!(one.id(), other.id());
        assert!(one.is(Some(&**same.id())) && !one.is(None) && !one.is(Some("")));
        assert_eq!(Report::new(Some(7), Vec::new()).id(), &Report::nothing());
    }
}
