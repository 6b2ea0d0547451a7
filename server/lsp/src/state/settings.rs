//! The settings. Owns from where they come, which of them hold in which folder, and what a change of them
//! brings about; must not know what each is called.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tracing::warn;

use super::State;
use crate::log::LOG;
use crate::preferences::Preferences;
use crate::session::Session;
use crate::to_proto;

/// How long the client may take to say what is set.
const TIMEOUT: Duration = Duration::from_secs(30);

/// From where settings come. Later ones win over earlier ones.
#[derive(Clone, Debug, Default)]
pub(super) struct Settings {
    /// What the client said at `initialize`.
    initial: Value,
    /// What it sent later by itself.
    sent: Value,
    /// What it answered when it was asked: for all, and for each folder.
    asked: Value,
    asked_in: Vec<(PathBuf, Value)>,
    /// Counts the questions: an answer to an earlier one does not count any more.
    question: u64,
    /// What the user was told to be wrong.
    told: BTreeSet<String>,
}

impl State {
    /// The client's settings at `initialize`. What is wrong with them is told when it listens.
    pub(crate) fn begin_settings(&mut self, initial: Value) {
        self.settings.initial = initial;
    }

    /// The client listens.
    pub(crate) fn start_settings(&mut self) {
        self.settings_changed();
        self.ask_for_settings();
    }

    /// The client sent settings by itself.
    pub(crate) fn settings_sent(&mut self, settings: Value) {
        self.settings.sent = settings;
        self.settings_changed();
    }

    /// Asks the client for the settings of each folder, and for those that hold elsewhere, where it can be
    /// asked.
    pub(crate) fn ask_for_settings(&mut self) {
        if !self.session.client.configuration {
            return;
        }
        self.settings.question += 1;
        let question = self.settings.question;
        let roots = self.roots.clone();
        let items = to_proto::configuration_items(&roots);
        let events = self.events.clone();
        self.converse(async move |client| match tokio::time::timeout(TIMEOUT, client.configuration(items)).await {
            Ok(Ok(values)) => {
                events.tell("the client's settings", move |state| state.settings_answered(question, roots, values));
            }
            Ok(Err(error)) => warn!("the client does not say what is set: {error}"),
            Err(_) => warn!("the client did not answer what is set"),
        });
    }

    fn settings_answered(&mut self, question: u64, roots: Vec<PathBuf>, values: Vec<Value>) {
        if question != self.settings.question {
            return;
        }
        let mut values = values.into_iter();
        self.settings.asked = values.next().unwrap_or_default();
        self.settings.asked_in = roots.into_iter().zip(values).filter(|(_, value)| !value.is_null()).collect();
        self.settings_changed();
    }

    /// Takes the settings over, as far as they changed.
    fn settings_changed(&mut self) {
        let mut problems = BTreeSet::new();
        let mut read = |asked: &Value| {
            let mut preferences = Preferences::default();
            for settings in [&self.settings.initial, &self.settings.sent, asked] {
                problems.extend(preferences.set(settings));
            }
            preferences
        };
        let preferences = read(&self.settings.asked);
        let in_folders = self.settings.asked_in.iter().map(|(folder, asked)| (folder.clone(), read(asked)));
        let in_folders: Vec<_> = in_folders.filter(|(_, its)| *its != preferences).collect();
        if let Err(problem) = LOG.set(preferences.log_level, preferences.log_file.as_deref()) {
            problems.insert(problem);
        }
        self.tell_wrong_settings(problems);
        self.take_settings(preferences, in_folders);
        self.tell_status();
    }

    fn take_settings(&mut self, preferences: Preferences, in_folders: Vec<(PathBuf, Preferences)>) {
        let before = Arc::clone(&self.session);
        if before.preferences == preferences && before.in_folders == in_folders {
            return;
        }
        if preferences.trace != before.preferences.trace {
            LOG.set_trace(preferences.trace.unwrap_or_default());
        }
        self.session = Arc::new(Session { preferences, in_folders, ..(*before).clone() });
        self.views_changed();
        self.judge_anew();
        self.reread_documents();
        if self.session.scan_options() != before.scan_options() {
            self.scan();
        }
    }

    /// What is wrong with the settings, a sentence each.
    pub(super) fn wrong_settings(&self) -> impl Iterator<Item = String> {
        self.settings.told.iter().cloned()
    }

    /// Tells the user what is wrong with the settings, once and all together.
    fn tell_wrong_settings(&mut self, problems: BTreeSet<String>) {
        let news: Vec<&str> = problems.difference(&self.settings.told).map(String::as_str).collect();
        if !news.is_empty() {
            news.iter().for_each(|problem| warn!("{problem}"));
            self.show_warning(format!("Farewell's settings: {}", news.join("; ")));
        }
        self.settings.told = problems;
    }
}
