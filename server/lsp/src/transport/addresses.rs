//! The layer that mends addresses. Owns what makes a client's spelling of an address one that the
//! protocol library reads: it refuses a whole message for one bracket in a file's name, and several
//! editors do not escape brackets. Must not know what an address leads to.

use std::task::{Context, Poll};

use serde_json::Value;
use tower::Service;
use tower_lsp_server::jsonrpc::Request;

/// The names under which addresses stand in messages.
const NAMES: [&str; 4] = ["uri", "rootUri", "oldUri", "newUri"];
/// What may stand in an address beside letters and digits.
const ALLOWED: &[u8] = b"-._~:/?#@!$&'()*+,;=";

/// A service whose requests hold escaped addresses alone.
#[derive(Debug)]
pub(crate) struct MendAddresses<S> {
    inner: S,
}

impl<S> MendAddresses<S> {
    /// Wraps a service.
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S: Service<Request>> Service<Request> for MendAddresses<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let (method, id, params) = request.into_parts();
        let mut mended = Request::build(method);
        if let Some(id) = id {
            mended = mended.id(id);
        }
        if let Some(mut params) = params {
            mend(&mut params);
            mended = mended.params(params);
        }
        self.inner.call(mended.finish())
    }
}

fn mend(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                match field {
                    Value::String(address) if NAMES.contains(&name.as_str()) => *address = escaped(address),
                    _ => mend(field),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(mend),
        _ => {}
    }
}

/// An address in which whatever may not stand in one is escaped. What is escaped already stays so.
fn escaped(address: &str) -> String {
    let bytes = address.as_bytes();
    let mut result = String::with_capacity(address.len());
    for (index, byte) in bytes.iter().copied().enumerate() {
        let is_escape = byte == b'%'
            && bytes.get(index + 1..index + 3).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit));
        if is_escape || byte.is_ascii_alphanumeric() || ALLOWED.contains(&byte) {
            result.push(char::from(byte));
        } else {
            result.push_str(&format!("%{byte:02X}"));
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{escaped, mend};

    #[test]
    fn what_may_not_stand_in_an_address_is_escaped_once() {
        for (address, wanted) in [
            ("file:///a/[slug]/b c.ts", "file:///a/%5Bslug%5D/b%20c.ts"),
            ("file:///a/%5Bslug%5d.ts", "file:///a/%5Bslug%5d.ts"),
            ("file:///100%/é|.ts", "file:///100%25/%C3%A9%7C.ts"),
            ("file:///c%3A/x.ts#L1", "file:///c%3A/x.ts#L1"),
            ("untitled:Untitled-1", "untitled:Untitled-1"),
        ] {
            assert_eq!(escaped(address), wanted);
            assert_eq!(escaped(wanted), wanted);
            assert!(wanted.parse::<tower_lsp_server::ls_types::Uri>().is_ok(), "{wanted}");
        }
    }

    #[test]
    fn addresses_are_found_wherever_they_stand_and_texts_left_alone() {
        let mut message = json!({
            "textDocument": {"uri": "file:///a b", "text": "[uri]"},
            "workspaceFolders": [{"uri": "file:///[x]", "name": "[x]"}]
        });
        mend(&mut message);
        let wanted = json!({
            "textDocument": {"uri": "file:///a%20b", "text": "[uri]"},
            "workspaceFolders": [{"uri": "file:///%5Bx%5D", "name": "[x]"}]
        });
        assert_eq!(message, wanted);
    }
}
