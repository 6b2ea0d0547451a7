//! What no editor should send: each gets an error or a line in the log, and the next request is served as if
//! nothing had been. Positions are tried in every encoding, with wide characters before the place.

use serde_json::{Value, json};

use crate::client::{Client, frame, rules};
use crate::samples::{LOGOUT, WAY_OUT};

const URI: &str = "file:///farewell-tests/bad.ts";
/// Two, one and one UTF-16 code units, of four, two and three bytes.
const WIDE: &str = "\u{1F600}é漢";
const ENCODINGS: [&str; 3] = ["utf-8", "utf-16", "utf-32"];

/// The width of a text in an encoding.
fn width(encoding: &str, text: &str) -> usize {
    match encoding {
        "utf-8" => text.len(),
        "utf-16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    }
}

/// [`LOGOUT`] with wide characters on the line of the way out, before it.
fn sample() -> String {
    LOGOUT.replace(WAY_OUT, &format!("/* {WIDE} */ {WAY_OUT}"))
}

/// A session in each encoding with the sample open.
fn in_every_encoding(mut run: impl FnMut(&mut Client, &str)) {
    for encoding in ENCODINGS {
        let general = json!({"positionEncodings": [encoding]});
        let (mut client, answer) = Client::start_with(json!({"capabilities": {"general": general}}));
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        client.open(URI, 1, &sample());
        assert_served(&mut client, encoding, 1);
        run(&mut client, encoding);
        client.finish();
    }
}

/// The sample's finding stands where it should, and a request about that place is answered.
fn assert_served(client: &mut Client, encoding: &str, version: i64) {
    let diagnostics = client.diagnostics_of(URI, version);
    assert_eq!(rules(&diagnostics), ["missing-anonymize"]);
    let start = json!({"line": 8, "character": width(encoding, &format!("  /* {WIDE} */ "))});
    assert_eq!(diagnostics[0]["range"]["start"], start, "{encoding}");
    let actions = client.code_actions(URI, &diagnostics[0]["range"], json!({"diagnostics": diagnostics}));
    assert!(!actions.is_empty(), "{encoding}");
}

/// Makes the text the sample again, by the whole.
fn restore(client: &mut Client, encoding: &str, version: i64) {
    client.replace(URI, version, &sample());
    assert_served(client, encoding, version);
}

fn at(line: u64, character: u64) -> Value {
    json!({"line": line, "character": character})
}

fn edit(from: Value, to: Value, text: &str) -> Value {
    json!([{"range": {"start": from, "end": to}, "text": text}])
}

#[test]
fn bytes_that_are_no_message() {
    let in_frame = |body: &[u8]| [format!("Content-Length: {}\r\n\r\n", body.len()).as_bytes(), body].concat();
    in_every_encoding(|client, encoding| {
        let text = r#"{"jsonrpc":"2.0","method":"textDocument/didClose","params":{"textDocument":{"uri":""#;
        let bad = [
            in_frame(b"{\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"textDocument/hover\""),
            in_frame(&[text.as_bytes(), b"\xFF\xFE\"}}}"].concat()),
            in_frame(&[text.as_bytes(), b"\xED\xA0\x80\"}}}"].concat()),
            in_frame(b"\0\0\0"),
            in_frame(b""),
            in_frame("\"\u{1F600}\"".as_bytes()),
            b"Content-Length: 18446744073709551616\r\n\r\n".to_vec(),
            b"Content-Length: 4294967295\r\n\r\n{}".to_vec(),
            b"Content-Length: 1e3\r\n\r\n".to_vec(),
            b"Content-Length: 0x10\r\n\r\n".to_vec(),
            b"Content-Length\r\n\r\n".to_vec(),
            format!("Content-Length: 3\r\n\r\n{}", "\u{1F600}").into_bytes(),
        ];
        for (number, bytes) in bad.iter().enumerate() {
            client.write(bytes);
            restore(client, encoding, number as i64 + 2);
        }
    });
}

#[test]
fn messages_of_the_wrong_kind() {
    let mut client = Client::start();
    client.open(URI, 1, &sample());
    assert_served(&mut client, "utf-16", 1);
    for method in ["$/unknown", "farewell/unknown", "textDocument/nothing", ""] {
        let error = client.request(method, json!({})).unwrap_err();
        assert_eq!(error["code"], -32601, "{method}");
        client.notify(method, json!({}));
    }
    client.notify("$/cancelRequest", json!({"id": "never"}));
    client.notify("$/cancelRequest", json!({"id": {"no": "id"}}));
    client.notify("$/cancelRequest", Value::Null);
    client.notify("$/setTrace", json!({"value": "loud"}));
    client.notify("$/progress", json!({"token": 7, "value": {}}));
    // A notification that waits for an answer, answers to what was never asked, and a request that says it is a notification.
    assert_eq!(client.request("$/setTrace", json!({"value": "off"})).unwrap_err()["code"], -32601);
    client.write(&frame(&json!({"jsonrpc": "2.0", "id": 999, "result": null})));
    client.write(&frame(&json!({"jsonrpc": "2.0", "id": null, "error": {"code": 1, "message": "x"}})));
    client.notify("textDocument/hover", json!({"textDocument": {"uri": URI}, "position": at(0, 0)}));
    client.notify("initialized", json!({}));
    client.notify("initialize", json!({"capabilities": {}}));
    restore(&mut client, "utf-16", 2);
    client.finish();
}

#[test]
fn parameters_that_are_missing_or_of_the_wrong_type() {
    let mut client = Client::start();
    client.open(URI, 1, &sample());
    assert_served(&mut client, "utf-16", 1);
    let wrong = [
        Value::Null,
        json!({}),
        json!([]),
        json!([1, "two"]),
        json!({"textDocument": URI}),
        json!({"textDocument": {"uri": 7}, "position": at(0, 0)}),
        json!({"textDocument": {"uri": URI}, "position": {"line": -1, "character": 0}}),
        json!({"textDocument": {"uri": URI}, "position": {"line": 0.5, "character": 0}}),
        json!({"textDocument": {"uri": URI}, "position": {"line": 4_294_967_296_u64, "character": 0}}),
        json!({"textDocument": {"uri": URI}, "range": at(0, 0), "context": []}),
    ];
    for params in &wrong {
        for method in ["textDocument/hover", "textDocument/codeAction"] {
            let error = client.request(method, params.clone()).unwrap_err();
            assert_eq!(error["code"], -32602, "{method} {params}: {error}");
        }
        for method in ["didOpen", "didChange"] {
            client.notify(&format!("textDocument/{method}"), params.clone());
        }
        if params["textDocument"]["uri"] != URI {
            client.notify("textDocument/didSave", params.clone());
            client.notify("textDocument/didClose", params.clone());
        }
        for method in ["didChangeWatchedFiles", "didChangeWorkspaceFolders", "didRenameFiles"] {
            client.notify(&format!("workspace/{method}"), params.clone());
        }
    }
    restore(&mut client, "utf-16", 2);
    client.finish();
}

#[test]
fn addresses_that_are_none() {
    let mut client = Client::start();
    client.open(URI, 1, &sample());
    assert_served(&mut client, "utf-16", 1);
    let addresses = [
        "",
        " ",
        "no address",
        "http://[",
        "file://",
        "file:",
        "file:///%ZZ/\0.ts",
        "://",
        "file:///a\u{1F600}.ts",
        "%",
    ];
    for uri in addresses {
        client.open(uri, 1, "const a = 1;\n");
        client.change(uri, 2, edit(at(0, 0), at(0, 0), "x"));
        match client.hover(uri, &at(0, 0)) {
            Ok(hover) => assert_eq!(hover, Value::Null, "{uri:?}"),
            Err(error) => assert_eq!(error["code"], -32602, "{uri:?}: {error}"),
        }
        client.close(uri);
    }
    client.replace(URI, 2, &sample());
    // Of those that are addresses after all, something was told and taken back.
    while client.published(URI) != Some(2) {}
    client.change(URI, 3, edit(at(0, 0), at(0, 0), ""));
    while client.published(URI) != Some(3) {}
    client.read_publications();
    client.finish();
}

#[test]
fn documents_in_the_wrong_order() {
    in_every_encoding(|client, encoding| {
        let other = "file:///farewell-tests/never.ts";
        client.change(other, 1, json!([{"text": sample()}]));
        client.close(other);
        client.notify("textDocument/didSave", json!({"textDocument": {"uri": other}}));
        assert_eq!(client.hover(other, &at(0, 0)), Ok(Value::Null));
        // Opened twice, closed twice, changed when closed.
        client.open(URI, 7, "const a = 1;\n");
        client.open(URI, 3, &sample());
        let (_, mut diagnostics) = client.diagnostics(URI);
        if diagnostics.is_empty() {
            diagnostics = client.diagnostics(URI).1;
        }
        assert_eq!(rules(&diagnostics), ["missing-anonymize"], "{encoding}");
        client.close(URI);
        assert_eq!(client.diagnostics(URI), (None, Vec::new()));
        client.close(URI);
        client.change(URI, 4, edit(at(0, 0), at(0, 0), "\u{1F600}"));
        client.replace(URI, 5, "const b = 1;\n");
        assert_eq!(client.hover(URI, &at(0, 0)), Ok(Value::Null));
        client.assert_quiet();
        client.open(URI, 1, &sample());
        assert_served(client, encoding, 1);
        // Versions that run backwards are followed.
        for version in [9, 2, -5, 0] {
            client.change(URI, version, edit(at(99, 0), at(99, 0), "\n"));
            let (found, diagnostics) = client.diagnostics(URI);
            assert_eq!((found, rules(&diagnostics)), (Some(version), vec!["missing-anonymize"]), "{encoding}");
        }
    });
}

/// Ranges outside of the text, backwards, and inside of a character.
#[test]
fn ranges_that_are_none() {
    in_every_encoding(|client, encoding| {
        let far = u64::from(u32::MAX);
        let before = width(encoding, "  /* ") as u64;
        for (from, to) in [
            (at(0, far), at(0, 0)),
            (at(far, far), at(far, 0)),
            (at(99, 0), at(0, 0)),
            (at(8, before + 1), at(8, before + 1)),
            (at(8, before + 3), at(8, before + 2)),
        ] {
            client.hover(URI, &from).unwrap();
            client.code_actions(URI, &json!({"start": from, "end": to}), json!({"diagnostics": []}));
        }
        // An insertion inside of the character stands before it, in units of UTF-32 behind it.
        let expected = match encoding {
            "utf-32" => sample().replace('\u{1F600}', "\u{1F600}!"),
            _ => sample().replace('\u{1F600}', "!\u{1F600}"),
        };
        client.change(URI, 2, edit(at(8, before + 1), at(8, before + 1), "!"));
        assert_is(client, 2, &expected, encoding);
        // Half of a character goes as nothing of it; what lies behind the text is its end.
        client.change(URI, 3, edit(at(far, far), at(99, 9), "// \u{1F600}"));
        assert_is(client, 3, &format!("{expected}// \u{1F600}"), encoding);
        client.change(URI, 4, edit(at(0, 0), at(far, far), &sample()));
        assert_served(client, encoding, 4);
    });
}

/// Edits at and between the two characters of a line break, which join and part them.
#[test]
fn edits_in_the_middle_of_a_line_break() {
    in_every_encoding(|client, encoding| {
        let windows = sample().replace('\n', "\r\n");
        client.replace(URI, 2, &windows);
        assert_is(client, 2, &windows, encoding);
        let line = "export function login(user: { id: string }) {";
        let end = width(encoding, line) as u64;
        // Behind the carriage return there is no place: the edit stands before it.
        client.change(URI, 3, edit(at(0, end + 1), at(0, end + 1), " //"));
        let commented = windows.replacen("{\r\n", "{ //\r\n", 1);
        assert_is(client, 3, &commented, encoding);
        // A line feed that gets a carriage return before it, and one that loses it.
        client.change(URI, 4, edit(at(0, end), at(1, 0), "\n"));
        let bare = windows.replacen("{\r\n", "{\n", 1);
        assert_is(client, 4, &bare, encoding);
        client.change(URI, 5, edit(at(0, end), at(0, end), "\r"));
        assert_is(client, 5, &windows, encoding);
        client.change(URI, 6, edit(at(0, end), at(0, end), "\r"));
        let parted = windows.replacen("{\r\n", "{\r\r\n", 1);
        assert_is(client, 6, &parted, encoding);
        client.change(URI, 7, edit(at(1, 0), at(2, 0), ""));
        assert_is(client, 7, &windows.replacen("{\r\n", "{\r", 1), encoding);
    });
}

/// The document's text is the expected one: what is found in it is what another session finds in that text.
fn assert_is(client: &mut Client, version: i64, expected: &str, encoding: &str) {
    let found = client.diagnostics_of(URI, version);
    let general = json!({"positionEncodings": [encoding]});
    let (mut other, _) = Client::start_with(json!({"capabilities": {"general": general}}));
    other.open(URI, version, expected);
    assert_eq!(found, other.diagnostics_of(URI, version), "{encoding}: {expected:?}");
    assert_eq!(found.len(), 1, "{encoding}: {expected:?}");
    other.finish();
}

#[test]
fn texts_that_no_parser_should_see() {
    in_every_encoding(|client, encoding| {
        client.replace(URI, 2, &sample().replace("token", "to\0ken"));
        assert_eq!(client.diagnostics_of(URI, 2), [] as [Value; 0]);
        assert_eq!(client.hover(URI, &at(8, 20)), Ok(Value::Null));
        let actions =
            client.code_actions(URI, &json!({"start": at(0, 0), "end": at(99, 0)}), json!({"diagnostics": []}));
        assert!(actions.is_empty());
        restore(client, encoding, 3);
    });
}

/// By default such a text is not analysed; where the user wants it, it is none the worse.
#[test]
fn a_line_of_twenty_megabytes() {
    let line = WIDE.repeat(20 * 1024 * 1024 / WIDE.len());
    for limit in [1_000_000, 64_000_000] {
        let settings = json!({"maxFileSize": limit});
        let (mut client, _) = Client::start_with(json!({"capabilities": {}, "initializationOptions": settings}));
        client.open(URI, 1, &format!("{}\n// {line}", sample()));
        client.diagnostics_of(URI, 1);
        let far = at(11, u64::from(u32::MAX));
        client.hover(URI, &far).unwrap();
        client.change(URI, 2, edit(far.clone(), far.clone(), "\u{1F600}"));
        client.diagnostics_of(URI, 2);
        client.change(URI, 3, edit(at(9, 1), far, ""));
        assert_served(&mut client, "utf-16", 3);
        client.finish();
    }
}
