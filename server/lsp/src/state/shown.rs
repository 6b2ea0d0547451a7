//! The flows of each open document as they were when it could be read last. Owns what is shown of them while
//! somebody types: a lens that came and went with every half-typed line would make the text jump. Must not know
//! how flows are shown. Requests write it and nothing rests on it, so that it is no part of the state.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use farewell_analysis::views::{FlowView, flows};
use farewell_analysis::{SourceFile, reading};
use ropey::Rope;

use super::held::follow;
use super::{DocumentKey, Snapshot};
use crate::document::{Document, Replaced, difference};

/// What was shown last. A clone shares it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shown {
    documents: Arc<Mutex<BTreeMap<DocumentKey, Last>>>,
}

/// A document's flows when it could be read last, where their code is in a text that was shown since.
#[derive(Clone, Debug)]
struct Last {
    text: Rope,
    /// How many errors the document had when it could be read: code that the grammar does not know may have some always.
    errors: usize,
    flows: Vec<FlowView>,
}

impl Shown {
    /// Forgets a document.
    pub(crate) fn forget(&self, key: &DocumentKey) {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }

    fn last(&self, key: &DocumentKey) -> Option<Last> {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner).get(key).cloned()
    }

    fn set(&self, key: &DocumentKey, last: Last) {
        self.documents.lock().unwrap_or_else(PoisonError::into_inner).insert(key.clone(), last);
    }
}

impl Snapshot {
    /// The flows of an open document; while the last edits have broken it, those that it had before, where their
    /// code is now.
    pub(crate) fn flows(&self, key: &DocumentKey, document: &Document, file: SourceFile) -> Vec<FlowView> {
        let errors = reading(&self.db, file).errors.len();
        let (errors, flows) = if let Some(last) = self.shown.last(key)
            && errors > last.errors
        {
            // Step by step: over many edits at once it could not be told what became of the code.
            let errors = last.errors;
            (errors, moved(last, &document.text, file.path(&self.db)))
        } else {
            (errors, flows(&self.db, file))
        };
        self.shown.set(key, Last { text: document.text.clone(), errors, flows: flows.clone() });
        flows
    }
}

/// The flows of an earlier text in a later one; those whose name was changed are gone.
fn moved(last: Last, text: &Rope, path: &str) -> Vec<FlowView> {
    let (old, new) = (last.text.to_string(), text.to_string());
    let (start, end, inserted) = difference(&old, &new);
    let edit = Replaced { start, end, new_len: inserted.len() };
    let mut kept = Vec::new();
    // Where a flow stands in the list, if it is still there.
    let mut places: Vec<Option<usize>> = Vec::new();
    for mut flow in last.flows {
        let name = flow.name.text(&old);
        let is_there = follow(&mut flow.span, edit) & follow(&mut flow.name, edit)
            && flow.name.text(&new) == name
            && flow.span.contains(flow.name);
        if !is_there {
            places.push(None);
            continue;
        }
        flow.places.retain_mut(|place| &*place.path != path || follow(&mut place.span, edit));
        flow.outer = flow.outer.and_then(|outer| places.get(outer).copied().flatten());
        places.push(Some(kept.len()));
        kept.push(flow);
    }
    kept
}
