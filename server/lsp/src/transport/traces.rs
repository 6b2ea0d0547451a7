//! How long messages took. Owns what is told of one where the client wants to hear it; must not know what it
//! means.

use std::time::Instant;

use tower_lsp_server::jsonrpc::{Request, Response};

use super::panics::description;
use crate::log::LOG;

/// Looks at a message, and tells what was done with it.
pub(crate) fn traced(request: &Request) -> impl FnOnce(Option<Response>) -> Option<Response> + Send + use<> {
    let told = LOG.traces().then(|| (request.method().to_owned(), description(request), Instant::now()));
    |answer| {
        if let Some((method, what, came)) = told {
            let how = match &answer {
                Some(response) if response.is_ok() => "answered",
                Some(_) => "answered with an error",
                None => "taken",
            };
            let took = came.elapsed().as_secs_f64() * 1000.0;
            LOG.trace(|| format!("{method}: {how} after {took:.1} ms"), || what);
        }
        answer
    }
}
