//! The thread on which diagnostics are computed. Always the same one: what it computed last is still warm when
//! the next keystroke asks for it again, and memory is given back where it was taken, when nobody waits. Must not
//! know what a round does.

use std::collections::VecDeque;
use std::sync::mpsc::{Sender, channel};

use farewell_analysis::Computed;
use rayon::ThreadPoolBuilder;
use tokio::runtime::Handle;
use tracing::error;

use super::diagnostics::Round;
use super::failure::catch;
use crate::STACK_SIZE;

/// The way to the thread, which is started when it is asked for first. It ends with the state.
#[derive(Debug, Default)]
pub(super) struct Rounds(Option<Sender<Round>>);

impl Rounds {
    /// Runs a round behind those that were asked for before. A write stops them, and whoever waits holds a snapshot
    /// for which the write waits: so nothing runs here that a write does not stop. To look on the disk goes elsewhere.
    pub(super) fn run(&mut self, runtime: &Handle, round: Round) {
        let sender = self.0.get_or_insert_with(|| start(runtime.clone()));
        if sender.send(round).is_err() {
            error!("the thread that computes diagnostics is gone");
            self.0 = None;
        }
    }
}

/// Of how many rounds the results are held: the next write lets go of those which this round replaced.
const HELD: usize = 2;

/// Holds what a round computed, and lets go of what no write has any more.
fn hold(held: &mut VecDeque<Vec<Computed>>, computed: Vec<Computed>) {
    if computed.is_empty() {
        return;
    }
    held.push_back(computed);
    held.drain(..held.len().saturating_sub(HELD));
}

/// Has this thread do by itself what it would else share with others. Where a key was hit there is little to do, and
/// others that are woken for that take a processor from whoever sends what was found.
fn work_alone() {
    let alone = ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    if let Err(error) = alone {
        error!("the thread that computes diagnostics shares its work: {error}");
    }
}

fn start(runtime: Handle) -> Sender<Round> {
    let (sender, receiver) = channel::<Round>();
    let run = move || {
        work_alone();
        let mut held = VecDeque::new();
        for round in receiver {
            let mut computed = Vec::new();
            if let Ok(Some(search)) = catch(&"the open documents", || round.run(&mut computed)) {
                runtime.spawn_blocking(search);
            }
            hold(&mut held, computed);
        }
    };
    let started = std::thread::Builder::new().name("diagnostics".into()).stack_size(STACK_SIZE).spawn(run);
    if let Err(error) = started {
        error!("diagnostics cannot be computed: {error}");
    }
    sender
}
