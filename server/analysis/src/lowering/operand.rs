//! Values with the paths under which they are known. Owns the bounds of both; must not know any grammar.

use super::{Path, Root, Segment, Value};

/// How many steps a path may have. A longer one starts anew at something unknown.
pub(super) const PATH_LIMIT: usize = 32;
/// How many parts a value may have that is copied to where its name stands.
const COPY_LIMIT: usize = 48;

/// A value, and the path under which it is known.
#[derive(Clone, Debug)]
pub(super) struct Operand {
    pub(super) value: Value,
    pub(super) place: Path,
}

impl Operand {
    pub(super) fn of_path(path: Path) -> Self {
        Self { value: Value::Path(path.clone()), place: path }
    }

    pub(super) fn of_value(value: Value) -> Self {
        let place = value.path().unwrap_or_else(|| Path::root(Root::Unknown));
        Self { value, place }
    }
}

/// Adds a step to a path, within bounds.
pub(super) fn extended(path: Path, segment: Segment) -> Path {
    if path.segments.len() >= PATH_LIMIT {
        return Path::root(Root::Unknown).then(segment);
    }
    path.then(segment)
}

/// Whether a value is small enough to be copied.
pub(super) fn is_small(value: &Value) -> bool {
    parts(value, COPY_LIMIT) < COPY_LIMIT
}

/// How many parts a call's argument may have that is kept with the call's value too.
const ARGUMENT_LIMIT: usize = 200;

/// A copy of a value if it is not large, else [`Value::Unknown`].
pub(super) fn copied(value: &Value) -> Value {
    if parts(value, ARGUMENT_LIMIT) < ARGUMENT_LIMIT { value.clone() } else { Value::Unknown }
}

fn parts(value: &Value, limit: usize) -> usize {
    let nested: Box<dyn Iterator<Item = &Value> + '_> = match value {
        Value::Object { properties, .. } => Box::new(properties.iter().map(|property| &property.value)),
        Value::Array(values) | Value::Either(values) => Box::new(values.iter()),
        Value::Call { arguments, .. } => Box::new(arguments.iter()),
        _ => return 1,
    };
    let mut count = 1;
    for part in nested {
        count += parts(part, limit.saturating_sub(count));
        if count >= limit {
            break;
        }
    }
    count
}
