//! No request stays without an answer. Owns that one which nobody serves is an error to its client, which waits
//! for it: the protocol library passes over those whose names begin with `$/`, and over notifications that come
//! with an id. Must not know what a request means.

use tower_lsp_server::jsonrpc::{Error, Request, Response};

/// Looks at a request, and answers it where nobody does.
pub(crate) fn or_error(request: &Request) -> impl FnOnce(Option<Response>) -> Option<Response> + Send + use<> {
    let id = request.id().cloned();
    |answer| answer.or_else(|| id.map(|id| Response::from_error(id, Error::method_not_found())))
}

#[cfg(test)]
mod tests {
    use tower_lsp_server::jsonrpc::{ErrorCode, Request};

    use super::or_error;

    #[test]
    fn a_request_is_answered_and_a_notification_is_not() {
        let answer = or_error(&Request::build("$/x").id(7).finish())(None).unwrap();
        assert_eq!(answer.error().unwrap().code, ErrorCode::MethodNotFound);
        assert_eq!(or_error(&Request::build("$/x").finish())(None), None);
    }
}
