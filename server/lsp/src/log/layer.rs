//! The way from the program's events to the log. Owns which events are the program's own, and what of one
//! is its message; must not know where the log goes.

use std::fmt::{Debug, Write};

use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::Interest;
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::layer::{Context, Filter, Layer, SubscriberExt};
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{EnvFilter, fmt, registry};

use super::{LOG, Level};

/// Where the program's own events come from; its libraries log too, and more.
const OWN: &str = "farewell";

/// Sends the log to standard error, which says nothing but errors unless `FAREWELL_LOG` asks for more, and
/// to wherever the settings say. Standard output is the protocol's.
pub(crate) fn install() {
    let filter = EnvFilter::try_from_env("FAREWELL_LOG").unwrap_or_else(|_| EnvFilter::new("error"));
    let to_stderr = fmt::layer().with_writer(std::io::stderr).with_ansi(false).with_filter(filter);
    // A second server in one process has the first one's log.
    let _ = registry().with(to_stderr).with(ToLog.with_filter(Wanted)).try_init();
}

struct ToLog;

impl<S: Subscriber> Layer<S> for ToLog {
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        let mut message = Message::default();
        event.record(&mut message);
        LOG.write(level_of(event.metadata()), event.metadata().target(), message.0);
    }
}

/// What is wanted in the log now.
struct Wanted;

impl<S> Filter<S> for Wanted {
    fn enabled(&self, metadata: &Metadata<'_>, _: &Context<'_, S>) -> bool {
        metadata.target().starts_with(OWN) && LOG.wants(level_of(metadata))
    }

    fn callsite_enabled(&self, metadata: &'static Metadata<'static>) -> Interest {
        // Settings change, so that what is the program's own is asked for each time.
        if metadata.target().starts_with(OWN) && metadata.is_event() {
            Interest::sometimes()
        } else {
            Interest::never()
        }
    }

    fn max_level_hint(&self) -> Option<LevelFilter> {
        Some(LevelFilter::DEBUG)
    }
}

fn level_of(metadata: &Metadata<'_>) -> Level {
    match *metadata.level() {
        tracing::Level::ERROR => Level::Error,
        tracing::Level::WARN => Level::Warning,
        tracing::Level::INFO => Level::Info,
        tracing::Level::DEBUG | tracing::Level::TRACE => Level::Debug,
    }
}

/// An event's message, with its other fields behind it.
#[derive(Default)]
struct Message(String);

impl Visit for Message {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        // A text takes whatever is written to it.
        let _ = match field.name() {
            "message" => write!(self.0, "{value:?}"),
            name => write!(self.0, " {name}={value:?}"),
        };
    }
}
