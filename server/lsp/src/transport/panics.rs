//! The layer that survives panics. Owns how a panic becomes the error of the one request in whose
//! handler it happened; must not know what the request means.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use tokio::sync::Notify;
use tower::Service;
use tower_lsp_server::jsonrpc::{Error, Request, Response};
use tracing::error;

/// A service that answers a request whose handler panics with an internal error and lives on.
#[derive(Debug)]
pub(crate) struct CatchPanics<S> {
    inner: S,
    initialized: Arc<Notify>,
}

impl<S> CatchPanics<S> {
    /// Wraps a service. `initialized` is notified when `initialize` was answered, well or badly.
    pub(crate) fn new(inner: S, initialized: Arc<Notify>) -> Self {
        Self { inner, initialized }
    }
}

impl<S> Service<Request> for CatchPanics<S>
where
    S: Service<Request, Response = Option<Response>>,
    S::Error: Send + 'static,
    S::Future: Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let id = request.id().cloned();
        let what = description(&request);
        let initialized = (request.method() == "initialize").then(|| Arc::clone(&self.initialized));
        let answer = move |payload: Box<dyn Any + Send>| {
            error!("{what} panicked: {}", panic_message(payload.as_ref()));
            id.map(|id| Response::from_error(id, Error::internal_error()))
        };
        match catch_unwind(AssertUnwindSafe(|| self.inner.call(request))) {
            Ok(future) => Box::pin(async move {
                let result = AssertUnwindSafe(future).catch_unwind().await;
                if let Some(initialized) = initialized {
                    initialized.notify_one();
                }
                result.unwrap_or_else(|payload| Ok(answer(payload)))
            }),
            Err(payload) => Box::pin(std::future::ready(Ok(answer(payload)))),
        }
    }
}

/// What a panic said.
pub(crate) fn panic_message(payload: &(dyn Any + Send)) -> &str {
    if let Some(text) = payload.downcast_ref::<&str>() {
        return text;
    }
    payload.downcast_ref::<String>().map_or("without a message", String::as_str)
}

/// The request's method and the file that it is about, for the log.
pub(super) fn description(request: &Request) -> String {
    let file = request.params().and_then(|params| params.pointer("/textDocument/uri")).and_then(Value::as_str);
    match file {
        Some(file) => format!("{} of {file}", request.method()),
        None => request.method().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::task::{Context, Poll};

    use futures::future::BoxFuture;
    use tower::Service;
    use tower_lsp_server::jsonrpc::{ErrorCode, Request, Response};

    use super::CatchPanics;

    struct Panics {
        at_once: bool,
    }

    impl Service<Request> for Panics {
        type Response = Option<Response>;
        type Error = std::convert::Infallible;
        type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Request) -> Self::Future {
            assert!(!self.at_once, "at once");
            Box::pin(async { panic!("later: {}", 1) })
        }
    }

    #[tokio::test]
    async fn a_panic_is_the_error_of_its_request() {
        for at_once in [true, false] {
            let mut service = CatchPanics::new(Panics { at_once }, Arc::default());
            let answer = service.call(Request::build("textDocument/hover").id(7).finish()).await.unwrap().unwrap();
            assert_eq!(answer.error().unwrap().code, ErrorCode::InternalError);
            assert_eq!(service.call(Request::build("x").finish()).await, Ok(None));
        }
    }
}
