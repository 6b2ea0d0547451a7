//! The way out of what the server says by itself. Owns how to tell that it has gone out: answers take
//! another way, and one must not overtake what belongs before it. Must not know what is said.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use futures::Stream;
use futures::task::AtomicWaker;
use tokio::sync::oneshot;
use tower_lsp_server::jsonrpc::Request;
use tower_lsp_server::{ClientSocket, Loopback};

/// Tells when all that was said has gone out. A clone tells the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sent {
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    waiting: Mutex<Vec<oneshot::Sender<()>>>,
    waker: AtomicWaker,
}

impl Sent {
    /// Waits until whatever was said before this call is on its way to the client.
    pub(crate) async fn all(&self) {
        let (tell, told) = oneshot::channel();
        self.lock().push(tell);
        self.shared.waker.wake();
        // Where the way out is gone nothing goes out any more.
        let _ = told.await;
    }

    /// The list is whole after a panic: each change of it is one call.
    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<oneshot::Sender<()>>> {
        self.shared.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The server's socket, watched.
#[derive(Debug)]
pub(crate) struct WatchedSocket<L> {
    inner: L,
    sent: Sent,
}

impl<L> WatchedSocket<L> {
    /// Watches a socket.
    pub(crate) fn new(inner: L, sent: Sent) -> Self {
        Self { inner, sent }
    }
}

impl Loopback for WatchedSocket<ClientSocket> {
    type RequestStream = Watched<<ClientSocket as Loopback>::RequestStream>;
    type ResponseSink = <ClientSocket as Loopback>::ResponseSink;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        let (inner, responses) = self.inner.split();
        (Watched { inner, sent: self.sent }, responses)
    }
}

/// The stream of what is said. When it has nothing more to give, all that was said before has gone out.
#[derive(Debug)]
pub(crate) struct Watched<S> {
    inner: S,
    sent: Sent,
}

impl<S: Stream<Item = Request> + Unpin> Stream for Watched<S> {
    type Item = Request;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Request>> {
        self.sent.shared.waker.register(context.waker());
        // Who begins to wait from here on may have said something that is not looked for below.
        let waiting = std::mem::take(&mut *self.sent.lock());
        let next = Pin::new(&mut self.inner).poll_next(context);
        if let Poll::Ready(Some(_)) = next {
            self.sent.lock().extend(waiting);
        } else {
            waiting.into_iter().for_each(|tell| {
                // Nobody listens where the request was cancelled.
                let _ = tell.send(());
            });
        }
        next
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use futures::StreamExt;
    use futures::channel::mpsc::unbounded;
    use tower_lsp_server::jsonrpc::Request;

    use super::{Sent, Watched};

    #[tokio::test]
    async fn all_is_sent_when_what_was_said_before_was_taken() {
        let (say, inner) = unbounded();
        let sent = Sent::default();
        let mut watched = Watched { inner, sent: sent.clone() };
        say.unbounded_send(Request::build("a").finish()).unwrap();
        say.unbounded_send(Request::build("b").finish()).unwrap();
        let all = tokio::spawn(async move { sent.all().await });
        tokio::task::yield_now().await;
        assert_eq!(watched.next().await.unwrap().method(), "a");
        assert!(!all.is_finished());
        assert_eq!(watched.next().await.unwrap().method(), "b");
        assert!(!all.is_finished());
        // The one who takes waits for more.
        let taker = tokio::spawn(async move { watched.next().await });
        tokio::time::timeout(Duration::from_secs(10), all).await.unwrap().unwrap();
        drop(say);
        assert_eq!(taker.await.unwrap(), None);
    }
}
