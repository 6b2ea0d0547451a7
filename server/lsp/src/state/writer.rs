//! The one writer: a thread that takes events in the order in which they were sent. Owns the queue and
//! what happens between two events; must not know what an event does.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use farewell_analysis::Database;
use farewell_project::{Loaded, ProjectError, ScanOptions, Workspace};
use tower_lsp_server::Client;
use tracing::error;

use super::documents::Documents;
use super::failure::catch;
use super::pulls::Pulls;
use super::refresh::Refresh;
use super::rounds::Rounds;
use super::scan::Scans;
use super::settings::Settings;
use super::{FileTable, JobControl, Publisher, Shown, Snapshot, State};
use crate::session::Session;
use crate::transport::Sent;

/// How long the diagnostics of an edit wait for the next one, where edits come faster than they are answered. Any
/// other is answered at once: nothing is gained by waiting for one that does not come.
const SETTLE: Duration = Duration::from_millis(2);

/// The queue to the writer. Sending never waits.
#[derive(Clone, Debug)]
pub(crate) struct Events {
    sender: Sender<Event>,
}

pub(super) struct Event {
    /// For the log.
    name: &'static str,
    pub(super) run: Box<dyn FnOnce(&mut State) + Send>,
}

impl Events {
    /// Hands over what changes the state. Whatever was sent before runs before.
    pub(crate) fn tell(&self, name: &'static str, run: impl FnOnce(&mut State) + Send + 'static) {
        if self.sender.send(Event { name, run: Box::new(run) }).is_err() {
            error!("{name} came when the server had ended");
        }
    }

    /// Runs a request's computation on a blocking thread, over a snapshot that holds every change sent
    /// before.
    pub(crate) fn ask(
        &self,
        name: &'static str,
        control: Arc<JobControl>,
        compute: impl FnOnce(Snapshot) + Send + 'static,
    ) {
        self.tell(name, move |state| {
            let snapshot = state.snapshot();
            if control.start(&snapshot) {
                state.runtime.spawn_blocking(move || compute(snapshot));
            }
        });
    }
}

/// Starts the writer's thread. It ends when every [`Events`] is gone, or with the program.
pub(crate) fn start(
    client: Client,
    documents: Documents,
    publisher: Publisher,
    sent: Sent,
    runtime: tokio::runtime::Handle,
) -> Events {
    let (events, receiver) = queue();
    match idle(client, documents, publisher, sent, runtime, events.clone()) {
        Ok(state) => {
            std::thread::spawn(move || take_events(state, &receiver));
        }
        Err(error) => error!("the server cannot start: {error}"),
    }
    events
}

pub(super) fn queue() -> (Events, Receiver<Event>) {
    let (sender, receiver) = channel();
    (Events { sender }, receiver)
}

/// The state before anything has happened.
pub(super) fn idle(
    client: Client,
    documents: Documents,
    publisher: Publisher,
    sent: Sent,
    runtime: tokio::runtime::Handle,
    events: Events,
) -> Result<State, ProjectError> {
    // Without paths there is nothing that could fail.
    let workspace = Arc::new(Workspace::discover(&[], &ScanOptions::default())?);
    Ok(State {
        session: Arc::new(Session::default()),
        db: Database::default(),
        documents,
        files: Arc::new(FileTable::default()),
        workspace,
        loaded: Loaded::default(),
        roots: Vec::new(),
        stale: BTreeSet::new(),
        deleted: BTreeSet::new(),
        in_focus: None,
        revision: 0,
        is_over: false,
        diagnose_at: None,
        is_diagnosing: false,
        settled_at: None,
        found: BTreeMap::new(),
        held: Arc::default(),
        proofs: Arc::default(),
        opened: BTreeMap::new(),
        unsaved: BTreeSet::new(),
        due: BTreeSet::new(),
        pulls: Pulls::default(),
        refresh: Refresh::default(),
        scan: Scans::default(),
        flows: None,
        status_told: None,
        settings: Settings::default(),
        shown: Shown::default(),
        publisher,
        client,
        sent,
        rounds: Rounds::default(),
        events,
        runtime,
    })
}

fn take_events(mut state: State, receiver: &Receiver<Event>) {
    loop {
        let event = match state.diagnose_at {
            Some(time) => receiver.recv_timeout(time.saturating_duration_since(Instant::now())),
            None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match event {
            // A panic is logged; the next event finds the state as the last one left it.
            Ok(event) => {
                let _ = catch(&event.name, || (event.run)(&mut state));
            }
            Err(RecvTimeoutError::Timeout) => {
                state.diagnose_at = None;
                let _ = catch(&"the open documents", || state.diagnose());
            }
            Err(RecvTimeoutError::Disconnected) => return,
        }
    }
}

impl State {
    /// The view of this moment.
    pub(crate) fn snapshot(&mut self) -> Snapshot {
        self.bring_up_to_date();
        Snapshot {
            db: self.db.clone(),
            session: Arc::clone(&self.session),
            documents: self.documents.all().into_iter().collect(),
            files: Arc::clone(&self.files),
            workspace: Arc::clone(&self.workspace),
            roots: self.roots.clone().into(),
            scanned: self.scan.scanned.clone(),
            held: Arc::clone(&self.held),
            proofs: Arc::clone(&self.proofs),
            in_focus: self.in_focus.clone(),
            kept: self.documents.keys().into_iter().filter(|key| !self.is_judged_next(key)).collect(),
            shown: self.shown.clone(),
        }
    }

    /// Computes the open documents' diagnostics anew when the edits have come to rest.
    pub(super) fn diagnose_soon(&mut self) {
        if self.is_over {
            return;
        }
        let comes_early = std::mem::replace(&mut self.is_diagnosing, true);
        self.diagnose_at = Some(Instant::now() + if comes_early { SETTLE } else { Duration::ZERO });
    }

    /// The client asked to shut down.
    pub(crate) fn shut_down(&mut self) {
        self.is_over = true;
        self.diagnose_at = None;
        // What is computed now is told to nobody.
        self.revision += 1;
        self.pulls.end();
        self.end_waiting();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::mpsc::{Receiver, channel};
    use std::time::Duration;

    use farewell_analysis::source::Language;
    use salsa::Database;

    use super::{Events, catch, start};
    use crate::document::Document;
    use crate::state::by_hand::client;
    use crate::state::{DocumentKey, Documents, Failure, JobControl, Publisher};
    use crate::transport::Sent;

    fn events() -> Events {
        let runtime = tokio::runtime::Handle::current();
        start(client(), Documents::default(), Publisher::default(), Sent::default(), runtime)
    }

    fn key() -> DocumentKey {
        DocumentKey::Other("untitled:a.ts".into())
    }

    fn edit(events: &Events, version: i32, text: &'static str) {
        events.tell("edit", move |state| {
            let document = Document::new("untitled:a.ts".parse().unwrap(), version, Language::TypeScript, text);
            state.set_document(key(), document);
        });
    }

    /// A computation that has no end of its own. Returns how it ends, and when it has begun.
    fn endless(events: &Events, control: &Arc<JobControl>) -> Receiver<Result<(), Failure>> {
        let (tell, told) = channel();
        let (begin, begun) = channel();
        events.ask("endless", Arc::clone(control), move |snapshot| {
            begin.send(()).unwrap();
            let result = catch(&"a test", || {
                loop {
                    snapshot.db.unwind_if_revision_cancelled();
                    std::thread::yield_now();
                }
            });
            drop(snapshot);
            tell.send(result).unwrap();
        });
        begun.recv_timeout(Duration::from_secs(10)).unwrap();
        told
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_newer_revision_ends_what_is_computed_over_an_older_one() {
        let events = events();
        edit(&events, 1, "let a;");
        let told = endless(&events, &Arc::default());
        edit(&events, 2, "let b;");
        assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(Err(Failure::Superseded)));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn nothing_goes_on_that_nobody_waits_for() {
        let events = events();
        let control = Arc::default();
        let told = endless(&events, &control);
        control.cancel();
        assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(Err(Failure::Cancelled)));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_snapshot_holds_every_edit_sent_before_and_none_sent_after() {
        let events = events();
        let (tell, told) = channel();
        for version in 1..50 {
            edit(&events, version, "let a;");
            let tell = tell.clone();
            events.ask("version", Arc::default(), move |snapshot| {
                let seen = snapshot.documents.get(&key()).unwrap().version;
                tell.send((version, seen)).unwrap();
            });
        }
        drop(tell);
        let seen: Vec<(i32, i32)> = told.iter().collect();
        assert_eq!(seen.len(), 49);
        assert!(seen.iter().all(|(sent, seen)| sent == seen), "{seen:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_panic_of_one_event_does_not_end_the_writer() {
        let events = events();
        events.tell("panic", |_| panic!("a test"));
        let (tell, told) = channel();
        events.tell("next", move |_| tell.send(()).unwrap());
        assert_eq!(told.recv_timeout(Duration::from_secs(10)), Ok(()));
    }
}
