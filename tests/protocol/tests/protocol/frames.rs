//! Broken bytes between good messages.

use serde_json::{Value, json};

use crate::client::{Client, frame};

const AT_START: &str = r#"{"textDocument":{"uri":"untitled:none"},"position":{"line":0,"character":0}}"#;

/// Whether the server answers still.
fn is_alive(client: &mut Client) {
    let params = serde_json::from_str(AT_START).unwrap();
    assert_eq!(client.request("textDocument/hover", params), Ok(Value::Null));
}

#[test]
fn the_server_survives_every_malformed_frame() {
    let mut client = Client::start();
    let body = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes();
    let not_utf_8 = b"Content-Length: 2\r\n\r\n\xFF\xFE".to_vec();
    for bad in [
        b"nonsense\r\n\r\n".to_vec(),
        b"Content-Length: many\r\n\r\n".to_vec(),
        b"Content-Length: -5\r\n\r\n".to_vec(),
        b"\r\n\r\n\r\n".to_vec(),
        b"Content-Length: 3\r\n\r\n{\"jsonrpc\":\"2.0\"}".to_vec(),
        b"Content-Length: 99999999999\r\n\r\n{}".to_vec(),
        not_utf_8,
        body("{"),
        body("[]"),
        body("[{\"jsonrpc\":\"2.0\",\"method\":\"x\",\"id\":1}]"),
        body("null"),
        body("\"exit\""),
        body(r#"{"jsonrpc":"1.0","method":"initialized"}"#),
        body(r#"{"jsonrpc":"2.0","method":7}"#),
        body(&format!("{}{}", "[".repeat(5000), "]".repeat(5000))),
        format!("X-Long: {}\r\n\r\n", "x".repeat(100_000)).into_bytes(),
    ] {
        client.write(&bad);
        is_alive(&mut client);
    }
    client.finish();
}

#[test]
fn line_feeds_alone_and_other_headers_are_understood() {
    let mut client = Client::start();
    let id = 4242;
    let body = format!(r#"{{"jsonrpc":"2.0","id":{id},"method":"textDocument/hover","params":{AT_START}}}"#);
    client.write(format!("content-type: application/json\nCONTENT-LENGTH: {}\n\n{body}", body.len()).as_bytes());
    assert_eq!(client.answer(id), Ok(Value::Null));
    client.finish();
}

#[test]
fn a_frame_may_come_in_pieces() {
    let mut client = Client::start();
    let params: Value = serde_json::from_str(AT_START).unwrap();
    let message = frame(&json!({"jsonrpc": "2.0", "id": 77, "method": "textDocument/hover", "params": params}));
    for piece in message.chunks(9) {
        client.write(piece);
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    assert_eq!(client.answer(77), Ok(Value::Null));
    client.finish();
}

#[test]
fn wrong_parameters_are_the_error_of_their_request_alone() {
    let mut client = Client::start();
    for params in [json!({}), json!([1]), json!({"textDocument": 7, "position": "x"}), Value::Null] {
        let error = client.request("textDocument/hover", params).unwrap_err();
        assert_eq!(error["code"], -32602, "{error}");
    }
    client.notify("textDocument/didOpen", json!({"textDocument": {"uri": 7}}));
    client.notify("textDocument/didChange", json!(["x"]));
    is_alive(&mut client);
    client.finish();
}
