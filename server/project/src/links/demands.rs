//! Files of scripts that calls of flows lead into. Owns which of them are worth loading.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use farewell_analysis::source::Language;
use farewell_analysis::{Database, SourceFile};
use rayon::prelude::*;

use super::engine::Questions;
use super::names::{Request, Search};
use super::words::Words;
use super::{DemandedFile, LoadedFiles, MOST_DEMANDED, Refused, Wanted, each, quietly};
use crate::prefilter::Prefilter;
use crate::read::{into_text, read_bytes};
use crate::workspace::Workspace;

/// The name of an export that need not be written anywhere.
const DEFAULT: &str = "default";
/// What a file says that exports what another one does, under any name.
static PASSES_ON: LazyLock<Prefilter> = LazyLock::new(|| Prefilter::new(["export *", "export*", "module.exports"]));

impl LoadedFiles {
    /// The files that some of the loaded ones demand, that are not loaded, and that are not known to hold
    /// nothing of what is demanded.
    pub(super) fn targets<Asked: Questions>(
        &self,
        asked: &Asked,
        db: &Database,
        workspace: &Workspace,
        files: &[(&Path, SourceFile)],
    ) -> BTreeMap<PathBuf, BTreeSet<Option<Arc<str>>>> {
        let demands = each(db, files, |db, path, file| {
            if !file.language(db).is_script() {
                return None;
            }
            let mut open = self.variants(db, workspace, path, file);
            for demand in quietly(|| asked.demands(db, file))? {
                let targets = workspace.resolve(path, &demand.module);
                let unread = targets.iter().filter(|path| self.get(path).is_none());
                open.extend(unread.map(|path| (path.clone(), demand.name.clone())));
            }
            Some(open)
        });
        let mut targets: BTreeMap<PathBuf, BTreeSet<Option<Arc<str>>>> = BTreeMap::new();
        for demand in demands.into_iter().flatten().filter(|demand| !self.shared.refused.contains(demand)) {
            targets.entry(demand.0).or_default().insert(demand.1);
        }
        targets
    }

    /// The platform variants of linked modules that are not loaded: one that does nothing has a say.
    fn variants(
        &self,
        db: &Database,
        workspace: &Workspace,
        path: &Path,
        file: SourceFile,
    ) -> Vec<(PathBuf, Option<Arc<str>>)> {
        let resolved = file.modules(db).iter().map(|(module, linked)| (workspace.resolve(path, module), linked.len()));
        let lacking = resolved.filter(|(targets, linked)| targets.len() > *linked);
        let unread = lacking.flat_map(|(targets, _)| targets.to_vec()).filter(|path| self.get(path).is_none());
        unread.map(|path| (path, None)).collect()
    }

    /// Reads files that are demanded, and takes those that hold what is.
    pub(super) fn read_targets(
        &self,
        workspace: &Workspace,
        targets: BTreeMap<PathBuf, BTreeSet<Option<Arc<str>>>>,
        requests: &[Request],
        wanted: &mut Wanted,
    ) {
        // What is beyond the bound counts as refused, or it would be demanded for ever.
        let room = MOST_DEMANDED.saturating_sub(self.shared.demanded.len());
        let refusals = |(path, names): (PathBuf, BTreeSet<Option<Arc<str>>>)| {
            names.into_iter().map(move |name| (path.clone(), name)).collect::<Vec<Refused>>()
        };
        let mut targets: Vec<_> = targets.into_iter().collect();
        let beyond = targets.split_off(room.min(targets.len()));
        wanted.refused.extend(beyond.into_iter().flat_map(refusals));
        let callers = Search::of_callers(requests);
        let read: Vec<_> = targets
            .into_par_iter()
            .map(|(path, names)| {
                let mut is_caller = false;
                let file = workspace.demanded_file(&path, self.text(&path), |bytes| {
                    is_caller = self.is_sought(workspace, &path, bytes)
                        || callers.as_ref().is_some_and(|callers| callers.answered(workspace, &path, bytes).is_some());
                    holds(bytes, &names)
                });
                match file {
                    Some(file) => Ok(DemandedFile { linked_only: file.linked_only && !is_caller, ..file }),
                    None => Err(refusals((path, names))),
                }
            })
            .collect();
        for file in read {
            match file {
                Ok(file) => wanted.files.push(file),
                Err(refused) => wanted.refused.extend(refused),
            }
        }
    }
}

impl Workspace {
    /// Reads a file that is demanded, if its bytes are what is looked for; `known` are its bytes where they have been
    /// read.
    pub(super) fn demanded_file(
        &self,
        path: &Path,
        known: Option<&[u8]>,
        is_wanted: impl FnOnce(&[u8]) -> bool,
    ) -> Option<DemandedFile> {
        let language = Language::of_path(path)?;
        let bytes = match known {
            Some(bytes) => Cow::Borrowed(bytes),
            None => Cow::Owned(read_bytes(path, self.max_size()).ok()?),
        };
        if !is_wanted(&bytes) {
            return None;
        }
        let linked_only = !self.is_worth_it(path, &bytes);
        let text = into_text(bytes.into_owned()).ok()?;
        Some(DemandedFile {
            path: path.to_path_buf(),
            language,
            text,
            linked_only,
            is_reported: self.is_asked_for(path),
        })
    }
}

/// Whether a file may export one of some names.
fn holds(bytes: &[u8], names: &BTreeSet<Option<Arc<str>>>) -> bool {
    if names.iter().any(|name| name.as_deref().is_none_or(|name| name == DEFAULT)) {
        return true;
    }
    let named: Vec<&str> = names.iter().flatten().map(|name| &**name).collect();
    Words::new(&named).occurrences(bytes).next().is_some() || PASSES_ON.is_match(bytes)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::holds;

    #[test]
    fn a_file_is_worth_it_that_names_an_export_or_passes_all_on() {
        let names = BTreeSet::from([Some("leave".into())]);
        assert!(holds(b"export const leave = () => {};", &names));
        assert!(holds(b"export * from './auth';", &names));
        assert!(holds(b"export*from'./auth'", &names));
        assert!(holds(b"module.exports = require('./auth');", &names));
        assert!(!holds(b"export const leaves = 1;", &names));
        assert!(holds(b"export default 1;", &BTreeSet::from([Some("default".into())])));
        assert!(holds(b"", &BTreeSet::from([None])));
    }
}
