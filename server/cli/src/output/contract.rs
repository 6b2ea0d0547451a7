//! What the tests of both JSON contracts ask: that the schema in the repository is the one of the types. Must
//! not know what either document says.

use schemars::JsonSchema;
use serde_json::Value;

/// The schema file of a contract, by its name, as it is written. It must be the one of `Document`.
/// `FAREWELL_WRITE_SCHEMA=1 cargo test -p farewell schema` writes the file anew.
pub(crate) fn schema_of<Document: JsonSchema>(name: &str) -> Value {
    let path = format!("{}/schema/{name}", env!("CARGO_MANIFEST_DIR"));
    let schema = serde_json::to_value(schemars::schema_for!(Document)).unwrap();
    if std::env::var_os("FAREWELL_WRITE_SCHEMA").is_some() {
        std::fs::write(&path, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
    }
    // The order of keys says nothing, and depends on how the parser was built.
    let written: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
    assert_eq!(written, schema, "the contract's types and its schema have drifted apart");
    written
}

/// A document that was printed: one line.
pub(crate) fn one_line(bytes: &[u8]) -> Value {
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1);
    serde_json::from_slice(bytes).unwrap()
}

/// What is wrong with a document by a schema.
pub(crate) fn errors(schema: &Value, document: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(schema).unwrap();
    validator.iter_errors(document).map(|error| error.to_string()).collect()
}
