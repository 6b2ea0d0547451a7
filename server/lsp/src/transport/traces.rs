//! The layer that tells how long messages took. Owns what is told of one where the client wants to hear
//! it; must not know what it means.

use std::task::{Context, Poll};
use std::time::Instant;

use futures::future::{BoxFuture, FutureExt};
use tower::Service;
use tower_lsp_server::jsonrpc::{Request, Response};

use super::panics::description;
use crate::log::LOG;

/// A service that tells what was done with each message.
#[derive(Debug)]
pub(crate) struct TraceMessages<S> {
    inner: S,
}

impl<S> TraceMessages<S> {
    /// Wraps a service.
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S> Service<Request> for TraceMessages<S>
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
        if !LOG.traces() {
            return self.inner.call(request).boxed();
        }
        let (method, what) = (request.method().to_owned(), description(&request));
        let came = Instant::now();
        let answer = self.inner.call(request);
        async move {
            let result = answer.await;
            let how = match &result {
                Ok(Some(response)) if response.is_ok() => "answered",
                Ok(Some(_)) => "answered with an error",
                Ok(None) | Err(_) => "taken",
            };
            let took = came.elapsed().as_secs_f64() * 1000.0;
            LOG.trace(|| format!("{method}: {how} after {took:.1} ms"), || what);
            result
        }
        .boxed()
    }
}
