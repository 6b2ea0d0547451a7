//! Filling a template in. Owns the marks: `__Noun__` and its like, `@each field` and `@each action` up to
//! `@end`, and `//~ RULE` at the end of a line that holds a planted fault.

use super::archive::Template;
use super::names::{Feature, FieldKind, capital, small};

const MARK: &str = "//~ ";

/// A filled template.
#[derive(Debug)]
pub(super) struct Filled {
    pub(super) path: String,
    pub(super) text: String,
    /// The planted faults: each line, from 1, with its rule.
    pub(super) faults: Vec<(u32, String)>,
}

/// Fills a template in for an app and one of its features.
pub(super) fn fill(template: Template, app: &str, feature: &Feature) -> Filled {
    let values = Values::new(app, feature, template.path);
    let mut filled = Filled { path: values.put(template.path), text: String::new(), faults: Vec::new() };
    let mut lines = template.text.lines();
    while let Some(line) = lines.next() {
        let Some(each) = line.strip_prefix("@each ") else {
            filled.push(&values.put(line));
            continue;
        };
        let block: Vec<&str> = lines.by_ref().take_while(|line| *line != "@end").collect();
        for pairs in values.each(each) {
            for line in &block {
                filled.push(&values.put(&put(line, &pairs)));
            }
        }
    }
    filled
}

impl Filled {
    fn push(&mut self, line: &str) {
        let (code, rule) = line.split_once(MARK).map_or((line, None), |(code, rule)| (code.trim_end(), Some(rule)));
        self.text.push_str(code);
        self.text.push('\n');
        if let Some(rule) = rule {
            self.faults.push((self.text.lines().count() as u32, rule.to_owned()));
        }
    }
}

type Pairs = Vec<(&'static str, String)>;

struct Values<'feature> {
    pairs: Pairs,
    feature: &'feature Feature,
    path: &'static str,
}

impl<'feature> Values<'feature> {
    fn new(app: &str, feature: &'feature Feature, path: &'static str) -> Self {
        let pairs = vec![
            ("__App__", capital(app)),
            ("__app__", app.to_owned()),
            ("__Noun__", feature.noun.clone()),
            ("__noun__", small(&feature.noun)),
            ("__snake__", feature.snake.clone()),
            ("__title__", feature.title.clone()),
        ];
        Self { pairs, feature, path }
    }

    fn put(&self, text: &str) -> String {
        put(text, &self.pairs)
    }

    fn each(&self, what: &str) -> Vec<Pairs> {
        if what == "action" {
            let pairs =
                |action: &&'static str| vec![("__action__", (*action).to_owned()), ("__Action__", capital(action))];
            return self.feature.actions.iter().map(pairs).collect();
        }
        let pairs = |(name, kind): &(&'static str, FieldKind)| {
            let (its_type, value) = typed(self.path, *kind);
            vec![
                ("__field__", (*name).to_owned()),
                ("__Field__", capital(name)),
                ("__type__", its_type.to_owned()),
                ("__value__", value.to_owned()),
            ]
        };
        self.feature.fields.iter().map(pairs).collect()
    }
}

fn put(text: &str, pairs: &Pairs) -> String {
    let mut text = text.to_owned();
    for (mark, value) in pairs {
        if text.contains(mark) {
            text = text.replace(mark, value);
        }
    }
    text
}

/// A field's type and a value of it, as the language of a path writes them.
fn typed(path: &str, kind: FieldKind) -> (&'static str, &'static str) {
    let extension = path.rsplit('.').next().unwrap_or_default();
    match (kind, extension) {
        (FieldKind::Text, "dart") => ("String", "''"),
        (FieldKind::Text, "swift" | "kt") => ("String", "\"\""),
        (FieldKind::Text, _) => ("string", "''"),
        (FieldKind::Number, "dart") => ("int", "0"),
        (FieldKind::Number, "swift" | "kt") => ("Int", "0"),
        (FieldKind::Number, _) => ("number", "0"),
        (FieldKind::Flag, "dart") => ("bool", "false"),
        (FieldKind::Flag, "swift") => ("Bool", "false"),
        (FieldKind::Flag, "kt") => ("Boolean", "false"),
        (FieldKind::Flag, _) => ("boolean", "false"),
    }
}
