//! The layer that leaves no request without an answer. Owns that one which nobody serves is an error to its
//! client, which waits for it: the protocol library passes over those whose names begin with `$/`, and over
//! notifications that come with an id. Must not know what a request means.

use std::task::{Context, Poll};

use futures::FutureExt;
use futures::future::BoxFuture;
use tower::Service;
use tower_lsp_server::jsonrpc::{Error, Request, Response};

/// A service that answers every request.
#[derive(Debug)]
pub(crate) struct AnswerAll<S> {
    inner: S,
}

impl<S> AnswerAll<S> {
    /// Wraps a service.
    pub(crate) fn new(inner: S) -> Self {
        Self { inner }
    }
}

impl<S> Service<Request> for AnswerAll<S>
where
    S: Service<Request, Response = Option<Response>>,
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
        let answer = self.inner.call(request);
        let or_error = |answer: Option<Response>| {
            answer.or_else(|| id.map(|id| Response::from_error(id, Error::method_not_found())))
        };
        answer.map(|result| result.map(or_error)).boxed()
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;
    use std::future::{Ready, ready};
    use std::task::{Context, Poll};

    use tower::Service;
    use tower_lsp_server::jsonrpc::{ErrorCode, Request, Response};

    use super::AnswerAll;

    struct Silent;

    impl Service<Request> for Silent {
        type Response = Option<Response>;
        type Error = Infallible;
        type Future = Ready<Result<Self::Response, Self::Error>>;

        fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
            Poll::Ready(Ok(()))
        }

        fn call(&mut self, _: Request) -> Self::Future {
            ready(Ok(None))
        }
    }

    #[tokio::test]
    async fn a_request_is_answered_and_a_notification_is_not() {
        let mut service = AnswerAll::new(Silent);
        let answer = service.call(Request::build("$/x").id(7).finish()).await.unwrap().unwrap();
        assert_eq!(answer.error().unwrap().code, ErrorCode::MethodNotFound);
        assert_eq!(service.call(Request::build("$/x").finish()).await, Ok(None));
    }
}
