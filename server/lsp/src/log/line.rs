//! Lines of the log. Owns what one says before its message; must not know where it goes.

use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};

use super::Level;

/// A line of the log file: when it was (UTC), how grave, where in the program, what.
pub(super) fn of(level: Level, target: &str, message: &str) -> String {
    let mut line = String::new();
    // A text takes whatever is written to it.
    let _ = SystemTime.format_time(&mut Writer::new(&mut line));
    let level = match level {
        Level::Off => "OFF",
        Level::Error => "ERROR",
        Level::Warning => "WARN",
        Level::Info => "INFO",
        Level::Debug => "DEBUG",
    };
    // One line of the file is one line of the log.
    format!("{line} {level} {target}: {}\n", message.replace('\n', "\\n"))
}

#[cfg(test)]
mod tests {
    use super::of;
    use crate::log::Level;

    #[test]
    fn a_line_says_when_how_grave_where_and_what() {
        let line = of(Level::Error, "farewell_lsp::state", "a\nb");
        let (time, rest) = line.split_once(' ').unwrap();
        assert!(time.starts_with("20") && time.ends_with('Z'), "{time}");
        assert_eq!(rest, "ERROR farewell_lsp::state: a\\nb\n");
    }
}
