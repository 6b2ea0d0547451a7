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
    use crate::output::contract::{errors, one_line, schema_of};

    const SCHEMA: &str = "audit-v1.json";

    fn printed() -> Value {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::document()).unwrap();
        one_line(&bytes)
    }

    #[test]
    fn the_schema_file_of_the_map_is_the_one_of_the_types() {
        schema_of::<Document>(SCHEMA);
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
        let schema = schema_of::<Document>(SCHEMA);
        let mut document = printed();
        assert_eq!(errors(&schema, &document), Vec::<String>::new());
        document["flows"][0]["verdict"] = json!("fine");
        assert!(!errors(&schema, &document).is_empty());
    }
}
