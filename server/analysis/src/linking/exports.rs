//! What a file exports under a name, through barrels. Owns the search through re-exports; must not know how
//! modules are found.

use super::walk::{Place, Target, Walk};
use crate::database::SourceFile;
use crate::lowering::{BindingKind, BodyId, ImportName, Root, Value};

/// What an import of a file gives.
pub(super) fn exported(walk: &Walk<'_>, file: SourceFile, name: &ImportName, steps: u32) -> Vec<Target> {
    match name {
        ImportName::Named(name) => named(walk, file, name, steps),
        ImportName::Namespace => vec![Target::Module(file)],
        ImportName::Default => {
            let found = named(walk, file, "default", steps);
            // A file without a default export is its exports where a module system is bridged.
            if found.is_empty() && !declares_default(walk, file) { vec![Target::Module(file)] } else { found }
        }
    }
}

/// What a file exports under a name.
pub(super) fn named(walk: &Walk<'_>, file: SourceFile, name: &str, steps: u32) -> Vec<Target> {
    let Some(steps) = walk.step(steps) else { return Vec::new() };
    let declared = walk.declared(file);
    let place = Place { file, class: None };
    let own = declared.exports.iter().filter(|(exported, _)| &**exported == name);
    let found: Vec<Target> = own.flat_map(|(_, value)| walk.value(place, value, steps)).collect();
    if !found.is_empty() {
        return found;
    }
    for (exported, value) in &declared.exports {
        let Value::Path(path) = value else { continue };
        let Root::Import { module, .. } = &path.root else { continue };
        if &**exported != "*" || name == "default" {
            continue;
        }
        let files = file.modules(walk.db).get(module).into_iter().flatten();
        let found: Vec<Target> = files.flat_map(|target| named(walk, *target, name, steps)).collect();
        if !found.is_empty() {
            return found;
        }
    }
    // A type is declared and exported without a value.
    let is_contract = |binding: &&crate::lowering::Binding| {
        &*binding.name == name && binding.kind == BindingKind::Other && binding.body == BodyId(0)
    };
    let contract = declared.bindings.iter().find(is_contract);
    contract.map(|binding| Target::Contract(file, binding.name.clone())).into_iter().collect()
}

fn declares_default(walk: &Walk<'_>, file: SourceFile) -> bool {
    walk.declared(file).exports.iter().any(|(exported, _)| &**exported == "default")
}
