//! A body and its links, each by itself. Owns that what rests on some bodies is not computed again for an edit of
//! another one in the same file; must not know what rests on them.

use std::sync::Arc;

use super::{LinkedBody, linked};
use crate::database::{Db, lowered};
use crate::identity::BodyKey;
use crate::linking::BodyAt;
use crate::lowering::{Body, BodyKind};
use crate::source::Span;

/// A body, for its steps: what rests on it is not computed again where these stand elsewhere in the text. It must be
/// one of its file's.
pub(in crate::identity) fn body_of(db: &dyn Db, at: BodyAt) -> &Body {
    if at.file.settled(db) {
        return lowered(db, at.file).body(at.body);
    }
    &body_alone(db, BodyKey::new(db, at)).0
}

/// A body's links.
pub(in crate::identity) fn links_of(db: &dyn Db, at: BodyAt) -> &LinkedBody {
    if at.file.settled(db)
        && let Some(links) = linked(db, at.file).bodies.get(at.body.0 as usize)
    {
        return links;
    }
    links_alone(db, BodyKey::new(db, at))
}

/// A body that is the same as another one where it is the same code: who follows its steps does not ask where in the
/// text they stand.
struct Alone(Arc<Body>);

impl PartialEq for Alone {
    fn eq(&self, other: &Self) -> bool {
        self.0.kind == other.0.kind && self.0.made.is_of(other.0.made) || self.0 == other.0
    }
}

impl Eq for Alone {}

/// Who asks what has changed may ask for a body that is no more: it does nothing.
#[salsa::tracked(returns(ref))]
fn body_alone<'db>(db: &'db dyn Db, key: BodyKey<'db>) -> Alone {
    let at = key.at(db);
    let body = lowered(db, at.file).bodies.get(at.body.0 as usize);
    Alone(body.cloned().unwrap_or_else(|| Arc::new(Body::empty(BodyKind::Closure, Span::default()))))
}

#[salsa::tracked(returns(ref))]
fn links_alone<'db>(db: &'db dyn Db, key: BodyKey<'db>) -> Arc<LinkedBody> {
    let at = key.at(db);
    linked(db, at.file).bodies.get(at.body.0 as usize).cloned().unwrap_or_default()
}
