//! The JSON contract, as one document or as lines.

use std::io::{self, Write};

use serde::Serialize;

use super::document::{Document, Totals};

/// Prints the document on one line.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(output: &mut impl Write, document: &Document) -> io::Result<()> {
    serde_json::to_writer(&mut *output, document)?;
    writeln!(output)
}

/// Prints each finding of the document on a line of its own, and the document without them on the last one.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print_lines(output: &mut impl Write, document: &Document) -> io::Result<()> {
    for finding in &document.findings {
        serde_json::to_writer(&mut *output, finding)?;
        writeln!(output)?;
    }
    serde_json::to_writer(&mut *output, &LastLine { version: document.version, summary: &document.summary })?;
    writeln!(output)
}

/// What `--format jsonl` prints behind the findings.
#[derive(Serialize)]
struct LastLine<'document> {
    version: u32,
    summary: &'document Totals,
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::samples;
    use super::{Document, print};
    use crate::output::contract::{errors, one_line, schema_of};

    const SCHEMA: &str = "findings-v1.json";

    fn printed() -> Value {
        let mut bytes = Vec::new();
        print(&mut bytes, &samples::document()).unwrap();
        one_line(&bytes)
    }

    #[test]
    fn the_schema_file_is_the_one_of_the_types() {
        schema_of::<Document>(SCHEMA);
    }

    #[test]
    fn the_document_keeps_the_contract() {
        let document = printed();
        let finding = &document["findings"][1];
        let range = |line: u32, from: u32, to: u32| json!({"start": {"line": line, "column": from}, "end": {"line": line, "column": to}});
        assert_eq!(document["version"], 1);
        assert_eq!(finding["rule"], "anonymize-after-redirect");
        assert_eq!(finding["severity"], "error");
        assert_eq!(finding["path"], "app/src/auth.ts");
        assert_eq!(finding["range"], range(6, 3, 41));
        assert_eq!(finding["fingerprint"], "00000000000000a1");
        let line = |number: u32, text: &str| json!([{"line": number, "column": 1, "text": text}]);
        assert_eq!(finding["lines"], line(6, "  FS('setIdentity', { anonymous: true });"));
        // The emoji before it is four bytes, two UTF-16 code units, and one column.
        let related = json!({
            "path": "app/src/auth.ts", "range": range(5, 11, 35), "message": "leaves the page here",
            "lines": line(5, "  /* \u{1F600} */ location.href = '/login';"),
        });
        assert_eq!(finding["related"][1], related);
        assert_eq!(finding["related"][0]["path"], "app/src/store.ts");
        assert_eq!(finding["fixes"][0]["preferred"], true);
        assert_eq!(finding["fixes"][1]["safety"], "suggestion");
        assert_eq!(finding["fixes"][0]["edits"][0]["range"], range(5, 11, 11));
        let summary = json!({
            "files_seen": 3, "files_parsed": 2, "bytes_seen": 400, "flows": 1, "elapsed_ms": 7,
            "fixed": 0, "in_baseline": 0,
        });
        assert_eq!(document["summary"], summary);
    }

    #[test]
    fn the_document_is_valid_by_the_schema() {
        let schema = schema_of::<Document>(SCHEMA);
        let mut document = printed();
        assert_eq!(errors(&schema, &document), Vec::<String>::new());
        document["findings"][0]["severity"] = json!("fatal");
        assert!(!errors(&schema, &document).is_empty());
    }

    #[test]
    fn what_is_read_back_is_what_was_printed() {
        let document: Document = serde_json::from_value(printed()).unwrap();
        let mut bytes = Vec::new();
        print(&mut bytes, &document).unwrap();
        assert_eq!(one_line(&bytes), printed());
        let unknown = printed().to_string().replace("missing-logout-event", "missing-logout-evnt");
        let error = serde_json::from_str::<Document>(&unknown).unwrap_err().to_string();
        assert!(error.contains("did you mean `missing-logout-event`?"), "{error}");
    }
}
