//! The words that apps, features, fields and actions are called by. None of them is a word of the
//! vocabulary: whatever of it is in a file stands in its template.

use super::random::Random;

const APPS: [&str; 30] = [
    "orchard", "harbour", "lantern", "meadow", "cobalt", "juniper", "falcon", "granite", "willow", "compass", "ember",
    "quarry", "saffron", "thistle", "anchor", "basalt", "cedar", "dune", "fjord", "glacier", "heron", "ivory",
    "jasper", "kestrel", "lagoon", "marble", "nectar", "onyxia", "pebble", "raven",
];

const NOUNS: [&str; 24] = [
    "Invoice",
    "Order",
    "Shipment",
    "Product",
    "Supplier",
    "Ticket",
    "Recipe",
    "Route",
    "Vehicle",
    "Booking",
    "Payment",
    "Report",
    "Course",
    "Lesson",
    "Campaign",
    "Contract",
    "Warehouse",
    "Budget",
    "Meeting",
    "Survey",
    "Parcel",
    "Depot",
    "Quote",
    "Sensor",
];

const QUALIFIERS: [&str; 14] = [
    "",
    "Archived",
    "Draft",
    "Monthly",
    "Regional",
    "Shared",
    "Pending",
    "Featured",
    "Imported",
    "Recurring",
    "Priority",
    "Seasonal",
    "Foreign",
    "Bulk",
];

const FIELDS: [(&str, FieldKind); 30] = [
    ("title", FieldKind::Text),
    ("currency", FieldKind::Text),
    ("region", FieldKind::Text),
    ("note", FieldKind::Text),
    ("reference", FieldKind::Text),
    ("colour", FieldKind::Text),
    ("street", FieldKind::Text),
    ("city", FieldKind::Text),
    ("phone", FieldKind::Text),
    ("website", FieldKind::Text),
    ("dueDate", FieldKind::Text),
    ("startsAt", FieldKind::Text),
    ("endsAt", FieldKind::Text),
    ("category", FieldKind::Text),
    ("barcode", FieldKind::Text),
    ("summary", FieldKind::Text),
    ("amount", FieldKind::Number),
    ("weight", FieldKind::Number),
    ("priority", FieldKind::Number),
    ("quantity", FieldKind::Number),
    ("discount", FieldKind::Number),
    ("rating", FieldKind::Number),
    ("capacity", FieldKind::Number),
    ("taxRate", FieldKind::Number),
    ("distance", FieldKind::Number),
    ("isActive", FieldKind::Flag),
    ("isShared", FieldKind::Flag),
    ("isPaid", FieldKind::Flag),
    ("isUrgent", FieldKind::Flag),
    ("isFragile", FieldKind::Flag),
];

const ACTIONS: [&str; 14] = [
    "approve",
    "archive",
    "duplicate",
    "publish",
    "assign",
    "reopen",
    "pin",
    "rename",
    "merge",
    "share",
    "reject",
    "postpone",
    "translate",
    "inspect",
];

/// What a field holds.
#[derive(Clone, Copy, Debug)]
pub(super) enum FieldKind {
    Text,
    Number,
    Flag,
}

/// What the templates of one feature are filled with.
#[derive(Clone, Debug)]
pub(super) struct Feature {
    /// `DraftInvoice`.
    pub(super) noun: String,
    /// `draft invoice`.
    pub(super) title: String,
    /// `draft_invoice`.
    pub(super) snake: String,
    /// The fields.
    pub(super) fields: Vec<(&'static str, FieldKind)>,
    /// The actions.
    pub(super) actions: Vec<&'static str>,
}

/// The name of the app with a number: `orchard`, and `orchard2` where the names are used up.
pub(super) fn app(number: usize) -> String {
    let name = APPS.get(number % APPS.len()).copied().unwrap_or_default();
    match number / APPS.len() {
        0 => name.to_owned(),
        round => format!("{name}{}", round + 1),
    }
}

impl Feature {
    /// The feature with a number, of an app that has not more than a thousand times a thousand of them.
    pub(super) fn new(number: usize, random: &mut Random) -> Self {
        let noun = NOUNS.get(number % NOUNS.len()).copied().unwrap_or_default();
        let round = number / NOUNS.len();
        let qualifier = QUALIFIERS.get(round % QUALIFIERS.len()).copied().unwrap_or_default();
        let suffix = match round / QUALIFIERS.len() {
            0 => String::new(),
            more => format!("{}", more + 1),
        };
        let words = [qualifier, noun].into_iter().filter(|word| !word.is_empty());
        let lower: Vec<String> = words.map(str::to_lowercase).collect();
        let (fields, actions) = (4 + random.below(6), 3 + random.below(4));
        Self {
            noun: format!("{qualifier}{noun}{suffix}"),
            title: lower.join(" ") + &suffix,
            snake: lower.join("_") + &suffix,
            fields: random.pick(&FIELDS, fields),
            actions: random.pick(&ACTIONS, actions),
        }
    }
}

/// A name with a capital first letter.
pub(super) fn capital(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A name with a small first letter.
pub(super) fn small(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
