//! What a person would call a body. Owns the words; must not know what a body does.

use crate::database::{Db, lowered};
use crate::identity::{BodyAt, file_flows};
use crate::lowering::{Body, BodyId, BodyKind, BodyUse};

/// What a person would call a body: its name, with its class, or its label, or where it stands.
pub(crate) fn title(db: &dyn Db, at: BodyAt) -> String {
    let lowered = lowered(db, at.file);
    let flows = file_flows(db, at.file);
    let body = lowered.body(flows.whole(at.body));
    let flow = flows.flow_around(at.body).map(|flow| (&*flow.title, lowered.body(flow.at.body)));
    let (name, body) = match flow {
        Some((title, body)) => (title, body),
        None => match named(lowered, body) {
            Some(named) => (named.name.as_deref().unwrap_or_default(), named),
            None => return top_level(at, db),
        },
    };
    let class = body.class.and_then(|class| lowered.class(class).name.as_deref());
    match class.filter(|class| body.name.as_deref() == Some(name) && *class != name) {
        Some(class) => format!("{class}.{name}"),
        None => name.to_owned(),
    }
}

/// A body, or the nearest one around it, that has a name.
fn named<'a>(lowered: &'a crate::lowering::LoweredFile, body: &'a Body) -> Option<&'a Body> {
    let outer = |body: &&'a Body| body.parent.map(|parent: BodyId| lowered.body(parent));
    std::iter::successors(Some(body), outer).find(|body| body.name.is_some() && body.kind != BodyKind::TopLevel)
}

fn top_level(at: BodyAt, db: &dyn Db) -> String {
    at.file.path(db).rsplit('/').next().unwrap_or_default().to_owned()
}

/// What runs a body, where it says so itself; `None` where its title says the same. A component's name is no
/// label of its methods.
pub(super) fn trigger(db: &dyn Db, at: BodyAt, title: &str) -> Option<String> {
    let lowered = lowered(db, at.file);
    let body = lowered.body(at.body);
    let class = body.class.and_then(|class| lowered.class(class).name.as_deref());
    let trigger = match &body.used_as {
        BodyUse::Attribute { element, attribute } => format!("<{element} {attribute}>"),
        BodyUse::Argument { written, .. } if !written.is_empty() => {
            format!("{}(…)", written.iter().map(|name| &**name).collect::<Vec<_>>().join("."))
        }
        _ => {
            return body
                .label
                .as_deref()
                .filter(|label| *label != title && Some(*label) != class)
                .map(|label| format!("“{label}”"));
        }
    };
    (trigger != title).then_some(trigger)
}

/// A span's code on one line.
pub(crate) fn one_line(code: &str) -> String {
    code.split_whitespace().collect::<Vec<_>>().join(" ")
}
