//! How the resolver is set up. Owns which extensions, conditions and fields it tries; the names are in
//! `manifest/packages.toml`.

use oxc_resolver::{ResolveOptions, TsconfigDiscovery};

use crate::manifest::tables;

/// The extensions that an import may leave out, the first first.
const EXTENSIONS: [&str; 11] =
    [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs", ".vue", ".svelte", ".astro"];
/// What an import may say for a file that a build turns into it.
const WRITTEN_FOR: [(&str, &[&str]); 4] = [
    (".js", &[".ts", ".tsx", ".js", ".jsx"]),
    (".jsx", &[".tsx", ".jsx"]),
    (".mjs", &[".mts", ".mjs"]),
    (".cjs", &[".cts", ".cjs"]),
];

/// The options of a resolver that asks for code, and of one that asks for code or types.
pub(super) fn options() -> (ResolveOptions, ResolveOptions) {
    let tables = &tables().resolution;
    let text = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Vec<String>>();
    let code = ResolveOptions {
        tsconfig: Some(TsconfigDiscovery::Auto),
        condition_names: tables.conditions.clone(),
        main_fields: tables.entries.clone(),
        extensions: extensions(),
        extension_alias: WRITTEN_FOR.iter().map(|(written, meant)| ((*written).to_owned(), text(meant))).collect(),
        builtin_modules: true,
        // Installed packages are no part of the workspace, and its own ones are found by their manifests,
        // whether they are linked into `node_modules` or not.
        modules: Vec::new(),
        node_path: false,
        ..ResolveOptions::default()
    };
    let both = |first: &[String], then: &[String]| first.iter().chain(then).cloned().collect::<Vec<String>>();
    let types = ResolveOptions {
        condition_names: both(&tables.type_conditions, &tables.conditions),
        main_fields: both(&tables.type_entries, &tables.entries),
        ..code.clone()
    };
    (code, types)
}

/// The extensions to try: plain files first, and then those of one platform alone.
fn extensions() -> Vec<String> {
    let plain = EXTENSIONS.iter().map(|extension| (*extension).to_owned());
    let suffixes = tables().resolution.variant.iter();
    let own = suffixes.flat_map(|row| EXTENSIONS.iter().map(|extension| format!(".{}{extension}", row.suffix)));
    plain.chain(own).collect()
}
