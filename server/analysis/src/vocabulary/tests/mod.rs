//! Tests of the vocabulary over hand-made calls. Owns a small notation that builds what lowering hands
//! over: the callee in the notation of the tables, `this.` for a receiver and `~name` for a parameter.

mod auth;
mod callbacks;
mod conditions;
mod files;
mod flows;
mod fullstory;
mod guesses;
mod native;
mod native_code;
mod navigation;
mod read;
mod texts;

use super::{Effect, FileView, Generation, Platform, StepMeaning, Vocabulary};
use crate::lowering::{
    Argument, Assign, Binding, BindingId, BindingKind, BodyId, Call, Handling, ImportName, LoweredFile, Name, Path,
    Property, Root, Segment, Step, Value,
};
use crate::source::Span;

pub(super) const WEB: Platform = Platform::Web(Generation::V2);
pub(super) const WEB_V1: Platform = Platform::Web(Generation::V1);
pub(super) const REACT_NATIVE: Platform = Platform::ReactNative;

/// Reads the notation. Offsets are those of the text.
pub(super) struct Reader<'t> {
    text: &'t str,
    at: usize,
    pub(super) lowered: LoweredFile,
}

impl<'t> Reader<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, at: 0, lowered: LoweredFile::default() }
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn skip_spaces(&mut self) {
        while self.rest().starts_with([' ', '\n']) {
            self.at += 1;
        }
    }

    fn eat(&mut self, token: &str) -> bool {
        self.skip_spaces();
        let found = self.rest().starts_with(token);
        if found {
            self.at += token.len();
        }
        found
    }

    fn span_from(&self, start: usize) -> Span {
        Span::new(start as u32, self.at as u32)
    }

    /// A call: the callee and its arguments.
    pub(super) fn call(&mut self) -> Call {
        let construct = self.eat("new ");
        let start = self.at;
        let open = last_call(self.text);
        let callee_text = &self.text[start..open];
        let (callee, written) = self.path(callee_text);
        self.at = open + 1;
        let mut arguments = Vec::new();
        while !self.eat(")") {
            self.skip_spaces();
            let start = self.at;
            let spread = self.eat("...");
            let label = self.label();
            let value = self.value();
            arguments.push(Argument { value, span: self.span_from(start), label, spread });
            self.eat(",");
        }
        Call {
            callee,
            written,
            callee_span: Span::new(start as u32, open as u32),
            arguments,
            handling: Handling::Discarded,
            optional: false,
            construct,
            caught: false,
            raced: false,
            types: Vec::new(),
        }
    }

    /// An argument's label: `animated: true`.
    fn label(&mut self) -> Option<Name> {
        let end = self.rest().find(|character: char| !character.is_alphanumeric() && character != '_')?;
        let label = &self.rest()[..end];
        if label.is_empty() || !self.rest()[end..].starts_with(": ") {
            return None;
        }
        self.at += end + 2;
        Some(label.into())
    }

    /// A path in the tables' notation, and its identifiers as written.
    pub(super) fn path(&mut self, text: &str) -> (Path, Vec<Name>) {
        let text = text.trim_end_matches("?.").replace("?.", ".");
        let (module, names) = match text.rfind('#') {
            Some(at) => (Some(&text[..at]), &text[at + 1..]),
            None => (None, text.as_str()),
        };
        let mut path: Option<Path> = None;
        let mut written = Vec::new();
        for part in names.split('.') {
            let end = part.find(['(', '{', '[']).unwrap_or(part.len());
            let (name, mut rest) = part.split_at(end);
            let mut here = match (path, module) {
                (None, Some(module)) => Path::root(Root::Import {
                    module: module.into(),
                    name: match name {
                        "default" => ImportName::Default,
                        "*" => ImportName::Namespace,
                        name => ImportName::Named(name.into()),
                    },
                }),
                (None, None) if name == "this" => Path::root(Root::This(None)),
                (None, None) => match name.strip_prefix('~') {
                    Some(parameter) => Path::root(Root::Local(self.parameter(parameter))),
                    None => Path::root(Root::Global(name.into())),
                },
                (Some(path), _) => path.then(Segment::Member(name.into())),
            };
            match (name, module) {
                ("this", _) => {}
                // A default import is bound to a name of the importer's own.
                ("default", Some(module)) => written.push(module.rsplit('/').next().unwrap().into()),
                _ => written.push(Name::from(name.trim_start_matches('~'))),
            }
            while !rest.is_empty() {
                let close = rest.find([')', '}', ']']).unwrap();
                here = here.then(match &rest[..1] {
                    "(" => Segment::Call,
                    "{" => Segment::Instance,
                    _ => Segment::Computed,
                });
                rest = &rest[close + 1..];
            }
            path = Some(here);
        }
        (path.unwrap(), written)
    }

    fn parameter(&mut self, name: &str) -> BindingId {
        self.lowered.bindings.push(Binding {
            name: name.into(),
            kind: BindingKind::Parameter,
            value: Value::Unknown,
            declared_type: None,
            class: None,
            body: BodyId(1),
            span: Span::default(),
        });
        BindingId(self.lowered.bindings.len() as u32 - 1)
    }

    /// A value; `a | b` is one of several.
    pub(super) fn value(&mut self) -> Value {
        let mut values = vec![self.single()];
        while self.eat("|") {
            values.push(self.single());
        }
        if values.len() == 1 { values.remove(0) } else { Value::Either(values) }
    }

    fn single(&mut self) -> Value {
        self.skip_spaces();
        if self.eat("{") {
            return self.object();
        }
        if self.eat("[") {
            let mut items = Vec::new();
            while !self.eat("]") {
                items.push(self.value());
                self.eat(",");
            }
            return Value::Array(items);
        }
        if self.eat("'") {
            let end = self.rest().find('\'').unwrap();
            let text = &self.rest()[..end];
            self.at += end + 1;
            return Value::Text(text.into());
        }
        if self.eat("`") {
            let end = self.rest().find('`').unwrap();
            let text = self.rest()[..end].split("${").next().unwrap();
            self.at += end + 1;
            return Value::Template(text.into());
        }
        if self.eat("()=>x") {
            return Value::Closure(BodyId(1));
        }
        let end = self.rest().find([',', '}', ']', ' ', ';']).unwrap_or(self.rest().len());
        let mut word = &self.rest()[..end];
        while word.ends_with(')') && word.matches(')').count() > word.matches('(').count() {
            word = &word[..word.len() - 1];
        }
        self.at += word.len();
        match word {
            "null" => Value::Null,
            "undefined" => Value::Undefined,
            "true" => Value::Boolean(true),
            "false" => Value::Boolean(false),
            word if word.parse::<f64>().is_ok() => Value::Number(word.into()),
            word => {
                let (mut path, _) = self.path(word);
                match path.segments.last() {
                    Some(Segment::Call) => {
                        path.segments.pop();
                        Value::Call { callee: path, arguments: Vec::new() }
                    }
                    _ => Value::Path(path),
                }
            }
        }
    }

    fn object(&mut self) -> Value {
        let (mut properties, mut open) = (Vec::new(), false);
        while !self.eat("}") {
            self.skip_spaces();
            let start = self.at;
            if self.eat("...") {
                self.value();
                open = true;
            } else {
                let end = self.rest().find([':', ',', '}', ' ']).unwrap();
                let key = &self.rest()[..end];
                self.at += end;
                let key_span = self.span_from(start);
                let value = match self.eat(":") {
                    true => self.value(),
                    false => Value::Path(Path::root(Root::Global(key.into()))),
                };
                properties.push(Property { key: key.into(), value, key_span, span: self.span_from(start) });
            }
            self.eat(",");
        }
        Value::Object { properties, open }
    }
}

/// Where the last call's arguments open.
fn last_call(text: &str) -> usize {
    let mut depth = 0;
    for (index, character) in text.char_indices().rev() {
        match character {
            ')' => depth += 1,
            '(' => {
                depth -= 1;
                if depth == 0 {
                    return index;
                }
            }
            _ => {}
        }
    }
    panic!("no call in {text}")
}

/// What a call means, on a platform.
pub(super) fn meaning_on(platform: Platform, text: &str) -> StepMeaning {
    let mut reader = Reader::new(text);
    let call = reader.call();
    let view = FileView { path: "src/a.ts", text, lowered: &reader.lowered, platform };
    Vocabulary::builtin().call(&view, &call)
}

/// What a call means in a file of a native platform that imports these modules.
pub(super) fn native_meaning(platform: &str, imports: &[&str], text: &str) -> StepMeaning {
    let mut reader = Reader::new(text);
    let call = reader.call();
    reader.lowered.imports.extend(imports.iter().map(|module| crate::lowering::Import {
        module: (*module).into(),
        name: None,
        local: None,
        name_span: Span::default(),
        span: Span::default(),
        type_only: false,
    }));
    let platform = Platform::of_name(platform).unwrap();
    let view = FileView { path: "app/Auth", text, lowered: &reader.lowered, platform };
    Vocabulary::builtin().call(&view, &call)
}

/// What a call means in a browser.
pub(super) fn meaning(text: &str) -> StepMeaning {
    meaning_on(WEB, text)
}

/// What an assignment `target = value` means in a browser.
pub(super) fn assigned(text: &str) -> StepMeaning {
    assigned_on(WEB, text)
}

/// What an assignment `target = value` means on a platform.
pub(super) fn assigned_on(platform: Platform, text: &str) -> StepMeaning {
    let (target, value) = text.split_once(" = ").unwrap();
    let mut reader = Reader::new(value);
    let value = reader.value();
    let (target, written) = reader.path(target);
    let view = FileView { path: "src/a.ts", text, lowered: &reader.lowered, platform };
    let node = crate::lowering::Node {
        step: Step::Assign(Box::new(Assign { target, written, value })),
        span: Span::default(),
        statement: None,
        next: Default::default(),
        handler: None,
        in_catch: false,
        in_loop: None,
    };
    let body = super::tests::empty_body();
    Vocabulary::builtin().step(&view, &body, &node)
}

/// A class of a parent without a module.
pub(super) fn class_of(parent: Option<&str>) -> crate::lowering::Class {
    crate::lowering::Class {
        name: Some("Own".into()),
        kind: crate::lowering::ClassKind::Class,
        parent: parent.map(|parent| Path::root(Root::Global(parent.into()))),
        interfaces: Vec::new(),
        members: Vec::new(),
        span: Span::default(),
        decorators: Vec::new(),
    }
}

pub(super) fn empty_body() -> crate::lowering::Body {
    use crate::lowering::{Body, BodyKind, BodyUse};
    Body { used_as: BodyUse::Bound, ..Body::without_graph(BodyKind::Function, Span::default()) }
}

/// The effects as short words, in order, with `?` behind them where the step may release out of sight.
pub(super) fn summary(meaning: &StepMeaning) -> String {
    let mut words: Vec<String> = meaning
        .effects
        .iter()
        .map(|effect| match effect {
            Effect::Anonymize(anonymize) => match (&anonymize.fault, &anonymize.deprecated) {
                (Some(super::Fault::Syntax { .. }), _) => "anonymize:syntax".to_owned(),
                (Some(super::Fault::Platform { .. }), _) => "anonymize:platform".to_owned(),
                (None, Some(_)) => "anonymize:deprecated".to_owned(),
                (None, None) => "anonymize".to_owned(),
            },
            Effect::Identify(identify) => match &identify.fault {
                Some(super::Fault::Syntax { fallback: true, .. }) => "identify:fallback".to_owned(),
                Some(super::Fault::Syntax { .. }) => "identify:syntax".to_owned(),
                Some(super::Fault::Platform { .. }) => "identify:platform".to_owned(),
                None => "identify".to_owned(),
            },
            Effect::Track => "track".to_owned(),
            Effect::UserProperty => "user-property".to_owned(),
            Effect::Navigate(super::Reach::InApp) => "navigate".to_owned(),
            Effect::Navigate(super::Reach::Document) => "leave".to_owned(),
            Effect::SignOut(library) => format!("sign-out({library})"),
            Effect::ThirdPartySignOut(vendor) => format!("third-party({vendor})"),
            Effect::ClearAuth => "clear".to_owned(),
            Effect::Lookalike(_) => "lookalike".to_owned(),
            Effect::ResetsOther(tool) => format!("resets({tool})"),
            Effect::Request => "request".to_owned(),
        })
        .collect();
    if meaning.may_release {
        words.push("?".to_owned());
    }
    words.join(" ")
}

/// Checks a table of calls and their summaries on a platform, and tells every row that is wrong at once.
pub(super) fn check_on(platform: Platform, rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let found = summary(&meaning_on(platform, text));
            (found != *wanted).then(|| format!("{text}: wanted `{wanted}`, found `{found}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// Checks a table of calls in a browser.
pub(super) fn check(rows: &[(&str, &str)]) {
    check_on(WEB, rows);
}

/// Checks a table of assignments in a browser.
pub(super) fn check_assigned(rows: &[(&str, &str)]) {
    let wrong: Vec<String> = rows
        .iter()
        .filter_map(|(text, wanted)| {
            let found = summary(&assigned(text));
            (found != *wanted).then(|| format!("{text}: wanted `{wanted}`, found `{found}`"))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
