//! Helpers: lowering a text, and telling its paths as words.

use farewell_analysis::lowering::{
    self, Body, BodyId, BodyUse, Handling, LoweredFile, NodeId, Path, Root, Segment, Step, Timing, Value,
};
use farewell_analysis::source::Language;
use farewell_analysis::syntax;

/// Lowers a text as TSX.
pub(crate) fn lower(text: &str) -> LoweredFile {
    lower_as(Language::Tsx, text)
}

pub(crate) fn lower_as(language: Language, text: &str) -> LoweredFile {
    let tree = syntax::parse(language, text).unwrap_or_else(|| panic!("does not parse: {text}"));
    lowering::lower(language, text, &tree)
}

/// The body of this name, or the top level for an empty one.
pub(crate) fn named<'f>(file: &'f LoweredFile, name: &str) -> (BodyId, &'f Body) {
    if name.is_empty() {
        return (BodyId(0), file.body(BodyId(0)));
    }
    file.bodies()
        .find(|(_, body)| body.name.as_deref() == Some(name))
        .unwrap_or_else(|| panic!("no body is named {name}"))
}

/// The ways through the top level, without exceptions: the steps of each as words.
pub(crate) fn paths(text: &str) -> Vec<String> {
    let file = lower(text);
    sorted(ways(&file, BodyId(0), false))
}

/// The ways through the body of a name.
pub(crate) fn paths_of(name: &str, text: &str) -> Vec<String> {
    let file = lower(text);
    sorted(ways(&file, named(&file, name).0, false))
}

/// The ways through the body of a name in another language.
pub(crate) fn paths_in(language: Language, name: &str, text: &str) -> Vec<String> {
    let file = lower_as(language, text);
    sorted(ways(&file, named(&file, name).0, false))
}

/// The ways through the body of a name in another language, exceptions included.
pub(crate) fn throwing_paths_in(language: Language, name: &str, text: &str) -> Vec<String> {
    let file = lower_as(language, text);
    sorted(ways(&file, named(&file, name).0, true))
}

/// The ways through the body of a name, those on which a call or an await throws included.
pub(crate) fn throwing_paths_of(name: &str, text: &str) -> Vec<String> {
    let file = lower(text);
    sorted(ways(&file, named(&file, name).0, true))
}

fn sorted(ways: Vec<Vec<String>>) -> Vec<String> {
    let mut paths: Vec<String> = ways.into_iter().map(|words| words.join(" ")).collect();
    paths.sort();
    paths.dedup();
    paths
}

fn ways(file: &LoweredFile, body: BodyId, exceptions: bool) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    let mut walk = Walk { file, body: file.body(body), exceptions, found: &mut found };
    walk.go(Body::ENTRY, &mut Vec::new(), Vec::new());
    found
}

struct Walk<'f, 'o> {
    file: &'f LoweredFile,
    body: &'f Body,
    exceptions: bool,
    found: &'o mut Vec<Vec<String>>,
}

impl Walk<'_, '_> {
    fn go(&mut self, id: NodeId, seen: &mut Vec<NodeId>, words: Vec<String>) {
        if id == Body::EXIT {
            self.end(words, "exit");
            return;
        }
        if seen.contains(&id) {
            return;
        }
        seen.push(id);
        let node = self.body.node(id);
        let alternatives: Vec<Vec<String>> = match &node.step {
            Step::Run { body, timing } => ways(self.file, *body, self.exceptions)
                .into_iter()
                .map(|mut inner| {
                    if inner.last().is_some_and(|word| word == "exit") {
                        inner.pop();
                    }
                    let open = match timing {
                        Timing::Now => "[",
                        Timing::Started => "started[",
                        Timing::Afterwards => "later[",
                    };
                    vec![format!("{open}{}]", inner.join(" "))]
                })
                .collect(),
            step => vec![word(step).into_iter().collect()],
        };
        for alternative in alternatives {
            let ends_badly = alternative.first().is_some_and(|word| word.ends_with("throw]"));
            let mut words = words.clone();
            words.extend(alternative);
            let may_throw = matches!(node.step, Step::Call(_) | Step::Await) && self.exceptions;
            if matches!(node.step, Step::Throw) || may_throw || ends_badly {
                match node.handler {
                    Some(handler) => self.go(handler, seen, marked(&words, may_throw)),
                    None => self.end(marked(&words, may_throw), "throw"),
                }
            }
            if ends_badly {
                continue;
            }
            for next in &node.next {
                self.go(*next, seen, words.clone());
            }
        }
        seen.pop();
    }

    fn end(&mut self, mut words: Vec<String>, how: &str) {
        if words.last().is_none_or(|word| word != how) {
            words.push(how.to_owned());
        }
        self.found.push(words);
    }
}

/// The words of a way whose last step threw.
fn marked(words: &[String], threw: bool) -> Vec<String> {
    let mut words = words.to_vec();
    if let Some(last) = words.last_mut().filter(|_| threw) {
        last.push('!');
    }
    words
}

fn word(step: &Step) -> Option<String> {
    Some(match step {
        Step::Nothing | Step::Run { .. } | Step::Return(_) => return None,
        Step::Call(call) => call.written.join("."),
        Step::Assign(assign) => format!("{}=", assign.written.join(".")),
        Step::Assume { condition, holds } => format!("{}{}", if *holds { '+' } else { '-' }, condition.text),
        Step::Await => "await".into(),
        Step::Yield => "yield".into(),
        Step::Throw => "throw".into(),
        Step::Broken => "broken".into(),
    })
}

/// A path as one word: `next/navigation#useRouter()` and its kin.
pub(crate) fn path_text(file: &LoweredFile, path: &Path) -> String {
    let mut text = match &path.root {
        Root::Global(name) => name.to_string(),
        Root::Import { module, name } => {
            let name = match name {
                lowering::ImportName::Named(name) => name.to_string(),
                lowering::ImportName::Default => "default".into(),
                lowering::ImportName::Namespace => "*".into(),
            };
            format!("{module}#{name}")
        }
        Root::Local(id) => format!("local:{}", file.binding(*id).name),
        Root::This(Some(class)) => format!("this:{}", file.class(*class).name.as_deref().unwrap_or("?")),
        Root::This(None) => "this".into(),
        Root::Super => "super".into(),
        Root::Unknown => "?".into(),
    };
    for segment in &path.segments {
        match segment {
            Segment::Member(name) => {
                text.push('.');
                text.push_str(name);
            }
            Segment::Call => text.push_str("()"),
            Segment::Instance => text.push('@'),
            Segment::Awaited => text.push('~'),
            Segment::Computed => text.push_str("[]"),
        }
    }
    text
}

/// A value as one word.
pub(crate) fn value_text(file: &LoweredFile, value: &Value) -> String {
    let list = |values: &[Value]| values.iter().map(|value| value_text(file, value)).collect::<Vec<_>>().join(", ");
    match value {
        Value::Undefined => "undefined".into(),
        Value::Null => "null".into(),
        Value::Boolean(value) => value.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => format!("'{text}'"),
        Value::Template(text) => format!("`{text}…`"),
        Value::Object { properties, open } => {
            let mut parts: Vec<String> =
                properties.iter().map(|it| format!("{}: {}", it.key, value_text(file, &it.value))).collect();
            parts.extend(open.then(|| "…".to_owned()));
            format!("{{{}}}", parts.join(", "))
        }
        Value::Array(values) => format!("[{}]", list(values)),
        Value::Path(path) => path_text(file, path),
        Value::Call { callee, arguments } => format!("{}({})", path_text(file, callee), list(arguments)),
        Value::Closure(id) => format!("closure:{}", file.body(*id).name.as_deref().unwrap_or("?")),
        Value::Either(values) => format!("either({})", list(values)),
        Value::Element { name } => format!("<{name}>"),
        Value::Unknown => "unknown".into(),
    }
}

/// Every call of the file that has this name as written: its callee, its arguments and what is done with it.
pub(crate) fn calls(text: &str, written: &str) -> Vec<String> {
    calls_of(&lower(text), written)
}

/// The same of a lowered file.
pub(crate) fn calls_of(file: &LoweredFile, written: &str) -> Vec<String> {
    let mut found = Vec::new();
    for (_, body) in file.bodies() {
        for (_, node) in body.nodes() {
            let Step::Call(call) = &node.step else { continue };
            if call.written.join(".") != written {
                continue;
            }
            let arguments: Vec<String> = call.arguments.iter().map(|it| value_text(file, &it.value)).collect();
            let mut line = format!("{}({})", path_text(file, &call.callee), arguments.join(", "));
            if call.handling != Handling::Discarded && call.handling != Handling::Used {
                line.push_str(&format!(" {:?}", call.handling).to_lowercase());
            }
            for (flag, word) in
                [(call.optional, "optional"), (call.construct, "new"), (call.caught, "caught"), (call.raced, "raced")]
            {
                if flag {
                    line.push(' ');
                    line.push_str(word);
                }
            }
            found.push(line);
        }
    }
    found
}

/// What is done with a body, as words.
pub(crate) fn use_text(file: &LoweredFile, used_as: &BodyUse) -> String {
    match used_as {
        BodyUse::Bound => "bound".into(),
        BodyUse::Argument { callee, position, key, .. } => {
            let key = key.as_deref().map(|key| format!(" {key}")).unwrap_or_default();
            format!("argument {} {position}{key}", path_text(file, callee))
        }
        BodyUse::Attribute { element, attribute } => format!("attribute {element}.{attribute}"),
        BodyUse::InPlace { on_error: false } => "in place".into(),
        BodyUse::InPlace { on_error: true } => "in place on error".into(),
        BodyUse::Reaction { to } => format!("reaction {}", to.as_deref().unwrap_or("to anything")),
        BodyUse::Returned => "returned".into(),
        BodyUse::Other => "other".into(),
    }
}
