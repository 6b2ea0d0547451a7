//! Files of scripts that calls of flows lead into. Owns which of them are worth loading.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use farewell_analysis::source::Language;
use farewell_analysis::{Database, SourceFile};
use rayon::prelude::*;

use super::engine::Questions;
use super::words::Words;
use super::{DemandedFile, LoadedFiles, Wanted, each, quietly};
use crate::prefilter::Prefilter;
use crate::read::{into_text, read_bytes};
use crate::workspace::Workspace;

/// The name of an export that need not be written anywhere.
const DEFAULT: &str = "default";
/// What a file says that exports what another one does, under any name.
static PASSES_ON: LazyLock<Prefilter> = LazyLock::new(|| Prefilter::new(["export *", "export*", "module.exports"]));

impl LoadedFiles {
    /// The files that are demanded by some of the loaded ones and not loaded.
    pub(super) fn demanded<Asked: Questions>(
        &self,
        asked: &Asked,
        db: &Database,
        workspace: &Workspace,
        files: &[(&Path, SourceFile)],
    ) -> Wanted {
        let demands = each(db, files, |db, path, file| {
            let is_script = file.language(db).is_script();
            let demands = is_script.then(|| quietly(|| asked.demands(db, file)))??;
            let targets = |module: &str| workspace.resolve(path, module);
            let wanted = demands
                .into_iter()
                .flat_map(|it| targets(&it.module).to_vec().into_iter().map(move |path| (path, it.name.clone())));
            Some(wanted.filter(|(path, _)| self.get(path).is_none()).collect::<Vec<_>>())
        });
        let mut names: BTreeMap<PathBuf, BTreeSet<Option<Arc<str>>>> = BTreeMap::new();
        for demand in demands.into_iter().flatten().filter(|demand| !self.shared.refused.contains(demand)) {
            names.entry(demand.0).or_default().insert(demand.1);
        }
        let names: Vec<_> = names.into_iter().collect();
        let read: Vec<_> = names
            .into_par_iter()
            .map(|(path, names)| {
                let mut is_caller = false;
                let file = workspace.demanded_file(&path, |bytes| {
                    is_caller = self.is_sought(workspace, &path, bytes);
                    holds(bytes, &names)
                });
                let file = file.map(|file| DemandedFile { linked_only: file.linked_only && !is_caller, ..file });
                file.ok_or_else(|| names.into_iter().map(|name| (path.clone(), name)).collect::<Vec<_>>())
            })
            .collect();
        let mut wanted = Wanted::default();
        for file in read {
            match file {
                Ok(file) => wanted.files.push(file),
                Err(refused) => wanted.refused.extend(refused),
            }
        }
        wanted
    }
}

impl Workspace {
    /// Reads a file that is demanded, if its bytes are what is looked for.
    pub(super) fn demanded_file(&self, path: &Path, is_wanted: impl FnOnce(&[u8]) -> bool) -> Option<DemandedFile> {
        let language = Language::of_path(path)?;
        let bytes = read_bytes(path, self.max_size()).ok()?;
        if !is_wanted(&bytes) {
            return None;
        }
        let linked_only = !self.prefilters().0.is_match(&bytes);
        let text = into_text(bytes).ok()?;
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
