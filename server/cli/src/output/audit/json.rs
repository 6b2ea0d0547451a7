//! The map as JSON. Owns nothing but the writing: the shape is in [`super::document`].

use std::io::{self, Write};

use super::Document;

/// Prints the document on one line.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    serde_json::to_writer(&mut *output, document)?;
    writeln!(output)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::samples;
    use super::{Document, print};

    const SCHEMA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/audit-v1.json");

    fn printed() -> Value {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::document()).unwrap();
        assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 1);
        serde_json::from_slice(&bytes).unwrap()
    }

    /// `FAREWELL_WRITE_SCHEMA=1 cargo test -p farewell schema` writes the file anew.
    #[test]
    fn the_schema_file_of_the_map_is_the_one_of_the_types() {
        let schema = serde_json::to_value(schemars::schema_for!(Document)).unwrap();
        if std::env::var_os("FAREWELL_WRITE_SCHEMA").is_some() {
            std::fs::write(SCHEMA, serde_json::to_string_pretty(&schema).unwrap() + "\n").unwrap();
        }
        // The order of keys means nothing, and is another one with some features of other crates.
        let written: Value = serde_json::from_str(&std::fs::read_to_string(SCHEMA).unwrap()).unwrap();
        assert_eq!(written, schema, "the contract's types and its schema have drifted apart");
    }

    #[test]
    fn the_map_keeps_the_contract() {
        let document = printed();
        let flow = &document["flows"][0];
        assert_eq!(document["version"], 1);
        assert_eq!((&flow["kind"], &flow["verdict"]), (&json!("user-initiated"), &json!("kept")));
        assert_eq!(flow["path"], "app/src/<menu>.tsx");
        let range = json!({"start": {"line": 3, "column": 5}, "end": {"line": 3, "column": 9}});
        assert_eq!(flow["range"], range);
        assert_eq!(flow["ways_out"][0]["calls"][0]["title"], "AuthService.logout");
        assert_eq!(flow["ways_out"][0]["leaves"], "page");
        assert_eq!(document["missing_kinds"], json!(["token-expiry", "account-deletion"]));
    }

    #[test]
    fn the_map_is_valid_by_the_schema() {
        let schema: Value = serde_json::from_str(&std::fs::read_to_string(SCHEMA).unwrap()).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let mut document = printed();
        let errors: Vec<String> = validator.iter_errors(&document).map(|error| error.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        document["flows"][0]["verdict"] = json!("fine");
        assert!(!validator.is_valid(&document));
    }
}
