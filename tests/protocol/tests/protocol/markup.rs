//! Scripts inside markup: places are those of the whole file, whatever stands before the script.

use serde_json::{Value, json};

use crate::client::{Client, rules};

const URI: &str = "file:///farewell-tests/Menu.vue";

/// A component with long characters and line breaks of both sorts before its script, and a way out in the
/// script and in a handler.
const COMPONENT: &str = "<template>\r\n  <p title=\"\u{1F600}\">é漢\u{1F600} {{ user.name }}</p>\r\n  <!-- \u{1F600} --><b @click=\"clear(); $router.push('/login')\">Log out</b>\r\n</template>\r\n\r\n\
<script setup lang=\"ts\">\r\nFS('setIdentity', { uid: '1' })\r\nfunction clear() { localStorage.removeItem('token') }\r\nfunction logout() {\r\n  clear()\r\n  /* \u{1F600} */ location.href = '/login'\r\n}\r\n</script>\r\n";

fn starts(diagnostics: &[Value]) -> Vec<Value> {
    diagnostics.iter().map(|diagnostic| diagnostic["range"]["start"].clone()).collect()
}

#[test]
fn places_are_the_whole_files() {
    let mut client = Client::start();
    client.open(URI, 1, COMPONENT);
    let diagnostics = client.diagnostics_of(URI, 1);
    assert_eq!(rules(&diagnostics), ["missing-anonymize", "missing-anonymize"]);
    let handler = json!({"line": 2, "character": 33});
    let script = json!({"line": 10, "character": 11});
    assert_eq!(starts(&diagnostics), [handler, script.clone()]);
    // Mends the code only if it goes exactly there.
    let mend = json!([{"range": {"start": script, "end": script}, "text": "FS('setIdentity', { anonymous: true }); "}]);
    client.change(URI, 2, mend);
    let left = client.diagnostics_of(URI, 2);
    assert!(
        !rules(&left).is_empty() && left.iter().all(|it| it["range"]["start"]["line"] != 10 || it["severity"] == 4)
    );
    client.finish();
}

#[test]
fn a_component_that_is_being_typed_keeps_what_is_known_of_it() {
    let mut client = Client::start();
    client.open(URI, 1, COMPONENT);
    let before = client.diagnostics_of(URI, 1);
    let place = json!({"line": 9, "character": 9});
    client.change(URI, 2, json!([{"range": {"start": place, "end": place}, "text": "; other("}]));
    let typing = client.diagnostics_of(URI, 2);
    assert_eq!(rules(&typing), rules(&before));
    let place = json!({"line": 9, "character": 17});
    client.change(URI, 3, json!([{"range": {"start": place, "end": place}, "text": ")"}]));
    assert_eq!(rules(&client.diagnostics_of(URI, 3)), rules(&before));
    client.finish();
}

#[test]
fn each_language_is_known_by_its_name() {
    let mut client = Client::start();
    let script = "<script>\nFS('setIdentity', { uid: '1' });\nfunction logout() {\n  localStorage.clear();\n  location.href = '/login';\n}\n</script>\n";
    for language in ["vue", "svelte", "astro", "html"] {
        let uri = format!("untitled:{language}");
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": script});
        client.notify("textDocument/didOpen", json!({"textDocument": item}));
        assert_eq!(rules(&client.diagnostics_of(&uri, 1)), ["missing-anonymize"], "{language}");
    }
    client.finish();
}
