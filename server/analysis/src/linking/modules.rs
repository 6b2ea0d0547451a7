//! The modules that a file names. Must not know what files they are: whoever reads the disk tells that.

use std::sync::Arc;

use crate::database::{Db, SourceFile, lowered};
use crate::lowering::{Root, Value};

/// The modules that a script file imports or exports from, as it writes them; sorted, each once. A query
/// of its own, so that an edit which changes no import changes nothing for those who resolve them. Empty
/// for other languages, whose names are found without modules.
#[salsa::tracked(returns(ref))]
pub fn import_modules(db: &dyn Db, file: SourceFile) -> Vec<Arc<str>> {
    if !file.language(db).is_script() {
        return Vec::new();
    }
    let lowered = lowered(db, file);
    let exported = lowered.exports.iter().filter_map(|(_, value)| match value {
        Value::Path(path) => match &path.root {
            Root::Import { module, .. } => Some(module),
            _ => None,
        },
        _ => None,
    });
    let mut modules: Vec<Arc<str>> =
        lowered.imports.iter().map(|import| &import.module).chain(exported).cloned().collect();
    modules.sort_unstable();
    modules.dedup();
    modules
}
