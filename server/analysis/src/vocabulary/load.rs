//! Loading. Owns how the built-in tables and a user's become one vocabulary, and what is said of a table
//! that cannot be read; must not know files.

use std::fmt;
use std::ops::Range;
use std::sync::{LazyLock, OnceLock};

use aho_corasick::AhoCorasick;

use super::Vocabulary;
use super::fullstory_table::CallableEntry;
use super::index::Index;
use super::pattern::Pattern;
use super::tables::{CallEntry, Table};
use super::tail::Tail;
use super::words::Phrases;

/// A table of the program's own, as the build has written it in JSON; its text.
macro_rules! builtin_table {
    ($name:literal) => {
        include_str!(concat!(env!("OUT_DIR"), "/", $name, ".json"))
    };
}
pub(super) use builtin_table;

/// The tables, in the order in which their entries go before others.
const BUILTIN: [(&str, &str); 14] = [
    ("fullstory", builtin_table!("fullstory")),
    ("navigation", builtin_table!("navigation")),
    ("auth", builtin_table!("auth")),
    ("tools", builtin_table!("tools")),
    ("builtins", builtin_table!("builtins")),
    ("words", builtin_table!("words")),
    ("callbacks", builtin_table!("callbacks")),
    ("conditions", builtin_table!("conditions")),
    ("files", builtin_table!("files")),
    ("native", builtin_table!("native")),
    ("ios", builtin_table!("ios")),
    ("android", builtin_table!("android")),
    ("flutter", builtin_table!("flutter")),
    ("platforms", builtin_table!("platforms")),
];
/// How alike a key is to a right one that is near enough to be a slip of the pen.
const LIKE_A_SLIP: f64 = 0.8;

/// A vocabulary table that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableError {
    /// What is wrong, with the nearest right key where a key is unknown.
    pub message: String,
    /// Where, in bytes of the table's text.
    pub span: Option<Range<usize>>,
}

impl fmt::Display for TableError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.message)
    }
}

impl std::error::Error for TableError {}

static BUILTIN_VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let mut joined = Table::default();
    for (name, text) in BUILTIN {
        match serde_json::from_str::<Table>(text) {
            Ok(table) => join(&mut joined, table.with_own_platforms()),
            // The tables are part of the program, and a test reads them all.
            Err(error) => panic!("the built-in table {name}: {error}"),
        }
    }
    compile(joined)
});

impl Vocabulary {
    /// The built-in tables, read once.
    pub fn builtin() -> &'static Vocabulary {
        &BUILTIN_VOCABULARY
    }

    /// The built-in tables and a user's, in the same TOML format; the user's entries go first. `namespace`
    /// is the global name of the web SDK, where it is not `FS`. The error's span is in bytes of `tables`.
    pub fn extended(tables: &str, namespace: Option<&str>) -> Result<Vocabulary, TableError> {
        let mut joined = read(tables)?;
        if joined.call.iter().any(|entry| entry.paths.is_empty() && entry.tails.is_empty()) {
            let message = "an entry of `call` names no callee: write `paths`, or `tails`".to_owned();
            return Err(TableError { message, span: None });
        }
        let own_names: Vec<Box<str>> = joined.call.iter().flat_map(names_of).collect();
        joined.names.prefilter.extend(own_names.iter().cloned());
        joined.names.identity.extend(own_names);
        join(&mut joined, Vocabulary::builtin().table.clone());
        if let Some(namespace) = namespace {
            let entry = CallableEntry { paths: vec![Pattern::global(namespace)], sdk: None };
            joined.fullstory.callable.insert(0, entry);
            let lower = namespace.to_ascii_lowercase();
            for word in [format!("{lower}("), format!("{lower}.identify"), format!("{lower}.anonymize")] {
                joined.names.identity.insert(word.into());
            }
        }
        Ok(compile(joined))
    }
}

fn read(text: &str) -> Result<Table, TableError> {
    let read: Result<Table, _> = toml::from_str(text);
    let table = read.map_err(|error| TableError { message: explained(error.message()), span: error.span() })?;
    Ok(table.with_own_platforms())
}

/// A parser's message in a user's words, with the nearest right key where one is unknown.
fn explained(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some(wrong) = quoted.next().filter(|_| message.starts_with("unknown field")) else {
        return plain_words(message);
    };
    let known: Vec<&str> = quoted.collect();
    let likeness = |key: &str| strsim::jaro_winkler(wrong, key);
    let near = known.iter().filter(|key| likeness(key) > LIKE_A_SLIP);
    match near.max_by(|left, right| likeness(left).total_cmp(&likeness(right))) {
        Some(near) => format!("unknown key `{wrong}`; did you mean `{near}`?"),
        None => format!("unknown key `{wrong}`; there are {}", known.join(", ")),
    }
}

/// A message of the TOML parser in TOML's words, not in those of Rust's data.
pub fn plain_words(message: &str) -> String {
    message.replace("expected a sequence", "expected a list").replace("expected a map", "expected a table")
}

/// Puts another table behind what is there.
fn join(first: &mut Table, second: Table) {
    first.call.extend(second.call);
    first.assign.extend(second.assign);
    first.callback.extend(second.callback);
    first.attribute.extend(second.attribute);
    first.lifecycle.extend(second.lifecycle);
    first.element.extend(second.element);
    first.flow.extend(second.flow);
    first.reason.extend(second.reason);
    first.names.extend(second.names);
    first.fullstory.callable.extend(second.fullstory.callable);
    first.fullstory.module.extend(second.fullstory.module);
    first.fullstory.operation.extend(second.fullstory.operation);
    first.fullstory.method.extend(second.fullstory.method);
    first.fullstory.import_fault.extend(second.fullstory.import_fault);
    first.fullstory.snippet.extend(second.fullstory.snippet);
    for (name, message) in second.fullstory.message {
        first.fullstory.message.entry(name).or_insert(message);
    }
    first.server.files.extend(second.server.files);
    first.server.native_files.extend(second.server.native_files);
    first.server.modules.extend(second.server.modules);
    first.server.mixed_modules.extend(second.server.mixed_modules);
    first.server.mixed_exports.extend(second.server.mixed_exports);
    first.server.exports.extend(second.server.exports);
    first.server.handler_parameters.extend(second.server.handler_parameters);
    first.platform.extend(second.platform);
}

fn compile(table: Table) -> Vocabulary {
    let mut flows = Phrases::default();
    for entry in &table.flow {
        for phrase in &entry.phrases {
            flows.add(phrase, entry.kind);
        }
    }
    let mut reasons = Phrases::default();
    for entry in &table.reason {
        for phrase in &entry.phrases {
            reasons.add(phrase, entry.kind);
        }
    }
    let mut releases = Phrases::default();
    for word in &table.names.release_words {
        releases.add(word, ());
    }
    let identity: Vec<&str> = table.names.identity.iter().map(|word| &**word).collect();
    let identity_search = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .build(&identity)
        .unwrap_or_else(|error| panic!("the words of identity: {error}"));
    let callback_methods = table.callback.iter().flat_map(|entry| entry.methods.iter().cloned()).collect();
    let callables = table.fullstory.callable.iter().flat_map(|entry| &entry.paths);
    let callable_names = callables.filter_map(|path| path.global_root().map(Into::into)).collect();
    Vocabulary {
        identity_search,
        calls: Index::of(&table.call),
        assigns: Index::of(&table.assign),
        callbacks: Index::of(&table.callback),
        callback_methods,
        callable_names,
        flows,
        reasons,
        releases,
        prefilter: OnceLock::new(),
        table,
    }
}

/// The names under which a user's entry stands in a file, in lower case.
fn names_of(entry: &CallEntry) -> Vec<Box<str>> {
    let concerns_identity = entry.sign_out.is_some() || entry.anonymize || entry.identify.is_some();
    let paths = entry.paths.iter().filter_map(Pattern::key).filter(|key| *key != "default");
    let names = paths.chain(entry.tails.iter().map(Tail::key)).filter(|_| concerns_identity);
    names.map(|name| name.to_ascii_lowercase().into()).collect()
}

#[cfg(test)]
mod tests {
    use super::{BUILTIN, Vocabulary, read};

    #[test]
    fn every_builtin_table_can_be_read() {
        for (name, _) in BUILTIN {
            // As it is written, so that what is wrong with it is shown there.
            let path = format!("{}/src/vocabulary/tables/{name}.toml", env!("CARGO_MANIFEST_DIR"));
            let text = std::fs::read_to_string(&path).unwrap();
            if let Err(error) = read(&text) {
                panic!("{path}: {error} at {:?}: {:?}", error.span, error.span.clone().and_then(|span| text.get(span)));
            }
        }
    }

    #[test]
    fn a_wrong_key_is_told_with_the_nearest_right_one() {
        let text = "[[call]]\npaths = ['a.b']\nnavgate = 'in-app'\n";
        let error = Vocabulary::extended(text, None).err().unwrap();
        assert_eq!(error.message, "unknown key `navgate`; did you mean `navigate`?");
        assert_eq!(error.span.and_then(|span| text.get(span)), Some("navgate"));
        let error = Vocabulary::extended("[words]\nx = 1\n", None).err().unwrap();
        assert!(error.message.starts_with("unknown key `words`; there are call, assign, "), "{error}");
        let error = Vocabulary::extended("call = 3\n", None).err().unwrap();
        assert!(error.message.ends_with("expected a list"), "{error}");
    }

    #[test]
    fn an_entry_that_names_no_callee_is_told() {
        let error = Vocabulary::extended("[[call]]\nanonymize = true\n", None).err().unwrap();
        assert!(error.message.contains("names no callee"), "{error}");
    }

    #[test]
    fn a_wrong_path_is_told_with_its_place() {
        let text = "[[call]]\npaths = ['a..b']\n";
        let error = Vocabulary::extended(text, None).err().unwrap();
        assert!(error.message.contains("`a..b` is no path"), "{}", error.message);
        assert!(error.span.is_some());
    }
}
