//! A user's own vocabulary in `farewell.toml`. Owns that its tables can be read, where a mistake in them
//! stands in the user's file, and the words to search files for; what a table means is the engine's.

use std::ops::Range;
use std::sync::Arc;

use farewell_analysis::vocabulary::{TableError, Vocabulary};

use crate::configuration::Problem;
use crate::suggest::with_nearest_word;

/// The keys of a table whose values are paths of callees and targets.
const NAMING_KEYS: [&str; 2] = ["paths", "tails"];
/// The key under which the tables stand.
const KEY: &str = "vocabulary";

/// A user's own vocabulary, read.
#[derive(Clone, Debug, Default)]
pub(crate) struct Extension {
    /// The tables as the engine takes them.
    pub(crate) tables: Option<Arc<str>>,
    /// Words of which one is in a file that may hold a flow.
    pub(crate) prefilter_words: Vec<String>,
    /// Words of which one is in a file that may identify or anonymize.
    pub(crate) identity_words: Vec<String>,
}

impl Extension {
    /// Reads the tables. `namespace` is the web SDK's global name, where it is set; `text` is the whole file.
    pub(crate) fn of(table: Option<&toml::Table>, namespace: Option<&str>, text: &str) -> Result<Self, Problem> {
        if table.is_none() && namespace.is_none() {
            return Ok(Self::default());
        }
        let tables = table.map(toml::to_string).transpose();
        let tables =
            tables.map_err(|error| (place_of(&[], text), format!("the vocabulary cannot be read: {error}")))?;
        let written = tables.as_deref().unwrap_or_default();
        let vocabulary = Vocabulary::extended(written, namespace).map_err(|error| problem(error, written, text))?;
        // A wrapper of the user's own may identify, whatever it is called.
        let mut own = Vec::new();
        collect(table.unwrap_or(&toml::Table::new()), &mut own);
        let with_own = |words: Vec<&str>| words.into_iter().map(str::to_owned).chain(own.iter().cloned()).collect();
        Ok(Self {
            prefilter_words: with_own(vocabulary.prefilter_words()),
            identity_words: with_own(vocabulary.identity_words()),
            tables: tables.map(Arc::from),
        })
    }
}

/// The last identifiers of the paths that a table names: `forgetUser` of `@acme/tracking#forgetUser`.
fn collect(table: &toml::Table, words: &mut Vec<String>) {
    for (key, value) in table {
        collect_value(NAMING_KEYS.contains(&key.as_str()), value, words);
    }
}

fn collect_value(is_naming: bool, value: &toml::Value, words: &mut Vec<String>) {
    match value {
        toml::Value::String(path) if is_naming => {
            let mut identifiers = path.rsplit(|c: char| !c.is_alphanumeric() && c != '_' && c != '$');
            words.extend(identifiers.find(|identifier| !identifier.is_empty()).map(str::to_owned));
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect_value(is_naming, value, words)),
        toml::Value::Table(table) => collect(table, words),
        _ => {}
    }
}

fn problem(error: TableError, written: &str, text: &str) -> Problem {
    // A message quotes what is wrong first; its span may be as wide as the whole entry.
    let quoted = error.message.split('`').nth(1).unwrap_or_default();
    let spanned = error.span.and_then(|span| written.get(span)).unwrap_or_default();
    let spanned = spanned.lines().next().unwrap_or_default().trim_matches(|c: char| c.is_whitespace() || c == '"');
    (place_of(&[quoted, spanned], text), with_nearest_word(error.message))
}

/// Where one of the wrong words of the tables stands in the user's file. The engine reads the tables
/// alone, written anew, so that only the words lead back; the first one behind the tables' start is taken.
fn place_of(wrong: &[&str], text: &str) -> Range<usize> {
    let start = text.find(KEY).unwrap_or_default();
    let tables = text.get(start..).unwrap_or_default();
    let mut found =
        wrong.iter().filter(|word| !word.is_empty()).filter_map(|word| Some((tables.find(word)?, word.len())));
    found.next().map_or(start..start + KEY.len(), |(offset, length)| start + offset..start + offset + length)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::Configuration;

    #[test]
    fn names_of_the_users_own_are_searched_for() {
        let text =
            "namespace = 'Story'\n[[vocabulary.call]]\npaths = ['@acme/tracking#forgetUser']\nanonymize = true\n";
        let configuration = Configuration::parse(Path::new("farewell.toml"), text).unwrap();
        let words = &configuration.extension.identity_words;
        for word in ["forgetUser", "story("] {
            assert!(words.iter().any(|it| it == word), "{word}");
        }
        assert!(configuration.settings.vocabulary.unwrap().starts_with("[[call]]\n"));
    }

    #[test]
    fn a_mistake_is_told_at_its_place_in_the_users_file() {
        let cases = [
            ("[[vocabulary.call]]\npaths = ['a.b']\nnavgate = 'in-app'\n", (3, 1), "navigate"),
            ("platform = 'web'\n\n[[vocabulary.call]]\ntails = []\npaths = ['a.b',\n  'a..b']\n", (6, 4), "a..b"),
            ("[vocabulary]\ncal = []\n", (2, 1), "call"),
        ];
        for (text, place, named) in cases {
            let problem = Configuration::parse(Path::new("farewell.toml"), text).unwrap_err();
            assert!(problem.message.contains(named), "{problem}");
            assert_eq!((problem.line, problem.column), place, "{problem}");
        }
    }
}
