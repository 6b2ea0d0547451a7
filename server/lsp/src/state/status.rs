//! How the server is. Owns what is told of it and when; must not know how that is shown.

use std::time::Duration;

use super::State;
use crate::to_proto;

/// How the server is, as the client is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Status {
    /// Whether it works.
    pub(crate) health: Health,
    /// What is wrong, where something is.
    pub(crate) message: Option<String>,
    /// What the last scan found.
    pub(crate) scanned: Scanned,
    /// How many flows there are; `None` until they were counted.
    pub(crate) flows: Option<usize>,
}

/// Whether the server works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Health {
    /// It does.
    Ok,
    /// It does, but not as it was meant to.
    Warning,
    /// It does not.
    Error,
}

/// What a scan found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Scanned {
    /// How many projects.
    pub(crate) projects: usize,
    /// How many source files, those included in which nothing of the vocabulary occurs.
    pub(crate) files: usize,
    /// How many bytes they hold.
    pub(crate) bytes: u64,
    /// How long it took.
    pub(crate) took: Duration,
}

impl Scanned {
    /// How long it took, in milliseconds.
    pub(crate) fn milliseconds(&self) -> u64 {
        u64::try_from(self.took.as_millis()).unwrap_or(u64::MAX)
    }
}

impl State {
    /// Whether the client wants to know how the server is. None is told unasked.
    pub(super) fn tells_status(&self) -> bool {
        self.session.preferences.status_notification
    }

    /// Tells the client how the server is, where that is not what it was told last.
    pub(super) fn tell_status(&mut self) {
        if !self.tells_status() || self.is_over || self.is_scanning() {
            return;
        }
        let status = self.status();
        if self.status_told.as_ref() == Some(&status) {
            return;
        }
        self.status_told = Some(status.clone());
        self.converse(async move |client| {
            client.send_notification::<to_proto::StatusNotification>(to_proto::status(&status)).await;
        });
    }

    /// How the server is.
    pub(super) fn status(&self) -> Status {
        let failure = self.scan.failure.iter().map(|(_, failure)| failure.clone());
        let problems: Vec<String> =
            failure.chain(self.scan.problems.iter().cloned()).chain(self.wrong_settings()).collect();
        let health = match (&self.scan.failure, problems.is_empty()) {
            (Some((health, _)), _) => *health,
            (None, false) => Health::Warning,
            (None, true) => Health::Ok,
        };
        Status {
            health,
            message: (!problems.is_empty()).then(|| problems.join("\n")),
            scanned: self.scan.scanned.clone(),
            flows: self.flows,
        }
    }
}
