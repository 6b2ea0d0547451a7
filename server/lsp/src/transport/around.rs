//! The layer that does something about each answer. Owns the protocol library's plumbing; must not know what is
//! done.

use std::fmt;
use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::BoxFuture;
use tower::Service;
use tower_lsp_server::jsonrpc::{Request, Response};

/// A service that looks at each request before another one takes it, and at its answer before it goes out.
pub(crate) struct Around<S, F> {
    inner: S,
    look: F,
}

impl<S, F> Around<S, F> {
    /// Wraps a service. `look` sees a request, and gives what sees its answer.
    pub(crate) fn new(inner: S, look: F) -> Self {
        Self { inner, look }
    }
}

impl<S, F, A> Service<Request> for Around<S, F>
where
    S: Service<Request, Response = Option<Response>>,
    S::Error: Send + 'static,
    S::Future: Send + 'static,
    F: Fn(&Request) -> A,
    A: FnOnce(Option<Response>) -> Option<Response> + Send + 'static,
{
    type Response = Option<Response>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Self::Response, Self::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request) -> Self::Future {
        let answered = (self.look)(&request);
        self.inner.call(request).map(|result| result.map(answered)).boxed()
    }
}

impl<S, F> fmt::Debug for Around<S, F> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Around").finish_non_exhaustive()
    }
}
