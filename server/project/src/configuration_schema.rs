//! The JSON schema of `farewell.toml`, which editors complete and check by. Owns that the file in `schema/` is the one
//! of the types, and that the schema and the parser agree.

use std::path::Path;

use farewell_analysis::explain::summary;
use farewell_analysis::rules::{Rule, Severity};
use farewell_analysis::vocabulary::{FlowKind, Platform};
use schemars::{Schema, SchemaGenerator, json_schema};
use serde_json::{Map, Value, json};

use super::{Configuration, File, KEYS, OFF};

/// Every key may be left out, whatever its own schema says.
pub(super) fn may_be_left_out(schema: &mut Schema) {
    schema.remove("required");
}

pub(super) fn platform(_: &mut SchemaGenerator) -> Schema {
    let names: Vec<&str> = Platform::ALL.into_iter().filter(|it| !it.is_native()).map(Platform::name).collect();
    json_schema!({"enum": names})
}

pub(super) fn namespace(_: &mut SchemaGenerator) -> Schema {
    json_schema!({"type": "string", "pattern": "^[\\p{L}_$][\\p{L}\\p{N}_$]*$"})
}

pub(super) fn rules(_: &mut SchemaGenerator) -> Schema {
    let severities: Vec<&str> = std::iter::once(OFF).chain(Severity::ALL.map(Severity::name)).collect();
    let rule = |rule: Rule| {
        let what: Vec<&str> = summary(rule).what.split_whitespace().collect();
        let default = rule.default_severity().name();
        let schema = json!({"description": what.join(" "), "enum": severities, "default": default});
        (rule.name().to_owned(), schema)
    };
    let rules: Map<String, Value> = Rule::ALL.into_iter().map(rule).collect();
    json_schema!({"type": "object", "properties": rules, "additionalProperties": false})
}

/// The tables that the documentation names. The others of the built-in format are accepted as they are.
pub(super) fn vocabulary(_: &mut SchemaGenerator) -> Schema {
    let names = json!({"type": "array", "items": {"type": "string"}});
    let (flag, word, position) =
        (json!({"type": "boolean"}), json!({"type": "string"}), json!({"type": "integer", "minimum": 0}));
    let call = json!({
        "type": "object",
        "properties": {
            "paths": names, "tails": names, "construct": flag, "platforms": names, "anonymize": flag,
            "identify": position, "navigate": {"enum": ["document", "in-app"]}, "clear-auth": flag, "sign-out": word,
            "third-party": word, "resets": word, "request": flag, "may-release": flag, "never-throws": flag,
            "lookalike": word, "calls": position,
            "when": {"type": "array"}, "unless": {"type": "array"},
            "navigate-when": {"type": "array"}, "navigate-unless": {"type": "array"},
        },
        "additionalProperties": false,
    });
    let kinds: Vec<&str> = FlowKind::ALL.into_iter().map(FlowKind::name).collect();
    let flow = json!({
        "type": "object",
        "properties": {"kind": {"enum": kinds}, "phrases": names},
        "required": ["kind", "phrases"],
        "additionalProperties": false,
    });
    json_schema!({
        "type": "object",
        "properties": {
            "call": {"type": "array", "items": call},
            "flow": {"type": "array", "items": flow},
        },
    })
}

fn of_types() -> Value {
    serde_json::to_value(schemars::schema_for!(File)).unwrap()
}

/// Whether the schema and the parser each accept a text.
fn judged(text: &str) -> (bool, bool) {
    let value: toml::Table = toml::from_str(text).unwrap();
    let by_schema = jsonschema::validator_for(&of_types()).unwrap().is_valid(&serde_json::to_value(value).unwrap());
    (by_schema, Configuration::parse(Path::new("farewell.toml"), text).is_ok())
}

/// `FAREWELL_WRITE_SCHEMA=1 cargo test -p farewell-project schema` writes the file anew.
#[test]
fn the_schema_file_is_the_one_of_the_types() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/farewell-toml-v1.json");
    let schema = of_types();
    if std::env::var_os("FAREWELL_WRITE_SCHEMA").is_some() {
        std::fs::write(path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
    }
    let written: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(written, schema, "the types of farewell.toml and its schema have drifted apart");
    let mut keys: Vec<&str> = schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
    keys.sort_unstable();
    let mut known = KEYS.to_vec();
    known.sort_unstable();
    assert_eq!(keys, known);
    assert_eq!(schema["additionalProperties"], false);
}

#[test]
fn schema_and_parser_agree() {
    let right = [
        "",
        "platform = 'web-v1'\nassume-fullstory = true\nnamespace = '$Story'\nexclude = ['a', '**/b.ts']",
        "[rules]\nmissing-anonymize = 'off'\nunguarded-await = 'error'",
        "[[vocabulary.call]]\npaths = ['@acme/tracking#forget']\nanonymize = true",
        "[[vocabulary.call]]\ntails = ['a.leave']\nnavigate = 'in-app'\nclear-auth = true\nidentify = 0\nrequest = true\n\
         sign-out = 'X'\nthird-party = 'Y'\nresets = 'Z'\nmay-release = true\nnever-throws = true",
        "[[vocabulary.flow]]\nkind = 'session-timeout'\nphrases = ['check out']",
    ];
    for text in right {
        assert_eq!(judged(text), (true, true), "{text}");
    }
    let wrong = [
        "platfrom = 'web'",
        "platform = 'ios'",
        "assume-fullstory = 'yes'",
        "namespace = 'not a name'",
        "exclude = 'src'",
        "[rules]\nmising-anonymize = 'off'",
        "[rules]\nmissing-anonymize = 'warn'",
        "[rules]\nmissing-anonymize = 1",
        "[[vocabulary.call]]\npaths = ['a#b']\nanonymise = true",
        "[[vocabulary.call]]\npaths = ['a#b']\nnavigate = 'elsewhere'",
        "[[vocabulary.flow]]\nkind = 'never'\nphrases = ['x']",
    ];
    for text in wrong {
        assert_eq!(judged(text), (false, false), "{text}");
    }
}
