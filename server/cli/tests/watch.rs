//! `farewell check --watch`, as whoever runs it sees it: without a terminal.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use common::{tree, write};

const BOOT: &str = "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n";
const LOGOUT: &str =
    "export function logout() {\n  localStorage.removeItem('token');\n  location.href = '/login';\n}\n";
const WATCHING: &str = "Watching for changes; Ctrl-C ends it.";

struct Watch {
    child: Child,
    output: Receiver<String>,
    errors: Receiver<String>,
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        // What was written a moment before may have been read in part, and is looked at again.
        std::thread::sleep(Duration::from_millis(50));
        let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
        command.current_dir(folder).args(["check", "--watch", "--format", "compact"]).args(arguments);
        command.env_remove("FAREWELL_LOG").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let output = lines(child.stdout.take().unwrap());
        let errors = lines(child.stderr.take().unwrap());
        Self { child, output, errors }
    }

    /// What is reported until it waits again, and what is told on standard error before.
    fn next(&self) -> (Vec<String>, Vec<String>) {
        let mut told = Vec::new();
        loop {
            let line = self.errors.recv_timeout(Duration::from_secs(60)).unwrap();
            if line == WATCHING {
                break;
            }
            told.push(line);
        }
        // What was printed before is on its way.
        let mut output = Vec::new();
        while let Ok(line) = self.output.recv_timeout(Duration::from_millis(300)) {
            output.push(line);
        }
        (output, told)
    }

    fn places(&self) -> Vec<String> {
        let (output, told) = self.next();
        assert_eq!(told, [] as [&str; 0]);
        output.iter().map(|line| line.split(": ").next().unwrap().to_owned()).collect()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn lines(from: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || BufReader::new(from).lines().map_while(Result::ok).try_for_each(|it| sender.send(it)));
    receiver
}

#[test]
fn what_changes_is_checked_again() {
    let folder = tree(&[("src/boot.js", BOOT), ("src/auth.js", LOGOUT), ("src/math.js", "export const one = 1;\n")]);
    let watch = Watch::start(folder.path(), &[]);
    assert_eq!(watch.places(), ["src/auth.js:3:3"]);
    // A text.
    write(folder.path(), "src/auth.js", &format!("\n{LOGOUT}"));
    assert_eq!(watch.places(), ["src/auth.js:4:3"]);
    // Saved as an editor does, by a file that takes the old one's place.
    write(folder.path(), "src/auth.js~", LOGOUT);
    fs::rename(folder.path().join("src/auth.js~"), folder.path().join("src/auth.js")).unwrap();
    assert_eq!(watch.places(), ["src/auth.js:3:3"]);
    // A file of which nothing was known, in a folder that is new.
    write(folder.path(), "src/new/late.js", &format!("\n\n{LOGOUT}"));
    assert_eq!(watch.places().last().unwrap(), "src/new/late.js:5:3");
    write(folder.path(), "src/new/late.js", LOGOUT);
    assert_eq!(watch.places(), ["src/auth.js:3:3", "src/new/late.js:3:3"]);
    fs::remove_dir_all(folder.path().join("src/new")).unwrap();
    assert_eq!(watch.places(), ["src/auth.js:3:3"]);
    // What makes the finding one is in another file.
    write(folder.path(), "src/boot.js", "export {};\n");
    assert_eq!(watch.places(), [] as [&str; 0]);
    write(folder.path(), "src/boot.js", BOOT);
    assert_eq!(watch.places(), ["src/auth.js:3:3"]);
}

#[test]
fn a_mistake_in_the_configuration_ends_no_watch() {
    let folder = tree(&[("src/boot.js", BOOT), ("src/auth.js", LOGOUT)]);
    let watch = Watch::start(folder.path(), &["--color", "auto"]);
    let (output, _) = watch.next();
    assert!(output[0].starts_with("src/auth.js:3:3: warning"), "{output:?}");
    write(folder.path(), "farewell.toml", "[rules]\nmising-anonymize = 'off'\n");
    let told = watch.errors.recv_timeout(Duration::from_secs(60)).unwrap();
    assert!(told.starts_with("error: farewell.toml:2:1: unknown rule `mising-anonymize`"), "{told}");
    write(folder.path(), "farewell.toml", "[rules]\nmissing-anonymize = 'error'\n");
    let (output, _) = watch.next();
    assert!(output[0].starts_with("src/auth.js:3:3: error"), "{output:?}");
}

#[test]
fn only_what_was_asked_for_is_reported() {
    let folder = tree(&[("package.json", "{}"), ("src/boot.js", BOOT), ("src/auth.js", LOGOUT), ("b.js", LOGOUT)]);
    let watch = Watch::start(folder.path(), &["b.js"]);
    assert_eq!(watch.places(), ["b.js:3:3"]);
    write(folder.path(), "src/auth.js", &format!("\n{LOGOUT}"));
    assert_eq!(watch.places(), ["b.js:3:3"]);
    write(folder.path(), "src/boot.js", "export {};\n");
    assert_eq!(watch.places(), [] as [&str; 0]);
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_quietly() {
    use std::os::unix::process::ExitStatusExt;
    let folder = tree(&[("src/boot.js", BOOT), ("src/auth.js", LOGOUT)]);
    let mut watch = Watch::start(folder.path(), &[]);
    watch.next();
    let pid = watch.child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(watch.child.wait().unwrap().signal(), Some(2));
    assert!(watch.errors.recv_timeout(Duration::from_secs(5)).is_err());
    assert!(watch.output.recv_timeout(Duration::from_secs(5)).is_err());
}
