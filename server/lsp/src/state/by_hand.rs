//! A state without a thread, for who drives it step by step: what is queued happens when it is told to.

use std::sync::mpsc::{Receiver, channel};

use tower_lsp_server::ls_types::{InitializeParams, InitializeResult};
use tower_lsp_server::{Client, LanguageServer, LspService, jsonrpc};

use super::writer::{Event, idle, queue};
use super::{Documents, Publisher, State};
use crate::transport::Sent;

/// How many rounds what is queued may bring about.
const MOST_ROUNDS: usize = 100;

/// The state, and what is queued for it.
pub(super) struct ByHand {
    pub(super) state: State,
    receiver: Receiver<Event>,
}

impl ByHand {
    /// A state before anything has happened.
    pub(super) fn new(runtime: tokio::runtime::Handle) -> Self {
        let (events, receiver) = queue();
        let (documents, publisher, sent) = (Documents::default(), Publisher::default(), Sent::default());
        let state = idle(client(), documents, publisher, sent, runtime, events).unwrap();
        Self { state, receiver }
    }

    /// Lets everything happen that is queued or due, until nothing is.
    pub(super) fn settle(&mut self) {
        for _ in 0..MOST_ROUNDS {
            while let Ok(event) = self.receiver.try_recv() {
                (event.run)(&mut self.state);
            }
            if self.state.diagnose_at.take().is_none() {
                return;
            }
            if let Some(search) = self.state.round().run(&mut Vec::new()) {
                search();
            }
        }
        panic!("it goes on and on");
    }
}

/// A client that nobody is.
pub(super) fn client() -> Client {
    let (client, taken) = channel();
    let _service = LspService::new(|its| {
        client.send(its).unwrap();
        Nothing
    });
    taken.recv().unwrap()
}

struct Nothing;

impl LanguageServer for Nothing {
    async fn initialize(&self, _: InitializeParams) -> jsonrpc::Result<InitializeResult> {
        Ok(InitializeResult::default())
    }

    async fn shutdown(&self) -> jsonrpc::Result<()> {
        Ok(())
    }
}
