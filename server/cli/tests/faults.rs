//! What goes wrong around the program: disks that are full, files that vanish, doors that are shut, a signal in the
//! middle. A file of the user's is what it was or what it should be, and what went wrong is told.

#![cfg(unix)]
// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

mod common;

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use common::{copy, run, tree, write};

const BOOT: &str = "FS('setIdentity', { uid: user.id });\n";
const LOGOUT: &str =
    "export function logout() {\n  localStorage.removeItem('access_token');\n  location.href = '/login';\n}\n";
const MENDED: &str = "export function logout() {\n  localStorage.removeItem('access_token');\n  FS('setIdentity', { anonymous: true });\n  location.href = '/login';\n}\n";
/// A user whom every system has, and who owns nothing.
const NOBODY: u32 = 65534;

fn shop(logouts: usize) -> tempfile::TempDir {
    let folder = tree(&[("package.json", "{}"), ("src/boot.ts", BOOT)]);
    for number in 0..logouts {
        write(folder.path(), &format!("src/auth{number:03}.ts"), LOGOUT);
    }
    folder
}

fn output_of(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    (
        status.code().unwrap_or(-1),
        String::from_utf8_lossy(&stdout).into_owned(),
        String::from_utf8_lossy(&stderr).into_owned(),
    )
}

/// The program by way of a shell that does something first; `$@` is the program with its arguments.
fn by_shell(folder: &Path, script: &str, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new("sh");
    command.args(["-c", script, "sh", env!("CARGO_BIN_EXE_farewell")]).args(arguments).current_dir(folder);
    output_of(&mut command)
}

/// Every file below a folder with its text.
fn files(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut found = BTreeMap::new();
    let mut left = vec![folder.to_path_buf()];
    while let Some(folder) = left.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                left.push(path);
            } else {
                let text = fs::read_to_string(&path).unwrap();
                found.insert(path, text);
            }
        }
    }
    found
}

#[test]
fn a_full_disk_leaves_the_file_as_it_was() {
    let folder = shop(2);
    let before = files(folder.path());
    // Every write into a file fails, as on a disk that is full.
    let full = "ulimit -f 0; trap '' XFSZ; exec \"$@\"";
    let (code, _, errors) = by_shell(folder.path(), full, &["check", "--fix"]);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("error: src/auth000.ts: the fixes could not be written: "), "{errors}");
    assert!(errors.contains("error: src/auth001.ts: the fixes could not be written: "), "{errors}");
    assert_eq!(files(folder.path()), before);
    let (code, ..) = run(folder.path(), &["check", "--fix", "--select", "missing-anonymize"]);
    assert_eq!((code, fs::read_to_string(folder.path().join("src/auth000.ts")).unwrap()), (0, MENDED.to_owned()));
}

#[test]
fn a_full_file_system_leaves_the_file_as_it_was() {
    let folder = tree(&[]);
    let mounted = folder.path().join("mounted");
    fs::create_dir(&mounted).unwrap();
    // Pages of four kilobytes: the sources take two, and what is left holds no third one.
    let script = format!(
        "set -e; mount -t tmpfs -o size=12k tmpfs '{0}'; cd '{0}'; echo '{{}}' > package.json; \
         printf '%s' \"$BOOT\" > boot.ts; printf '%s' \"$LOGOUT\" > auth.ts; set +e; \"$@\"; echo \"code $?\"; \
         ls -A; cat auth.ts",
        mounted.display()
    );
    let mut command = Command::new("unshare");
    command.args(["--mount", "sh", "-c", &script, "sh", env!("CARGO_BIN_EXE_farewell"), "check", "--fix"]);
    command.env("BOOT", BOOT).env("LOGOUT", LOGOUT);
    let (_, output, errors) = output_of(&mut command);
    if !output.contains("code ") {
        eprintln!("NOT TESTED: no file system can be mounted here: {errors}");
        return;
    }
    assert!(errors.contains("error: auth.ts: the fixes could not be written: No space left on device"), "{errors}");
    assert!(output.contains("code 2\nauth.ts\nboot.ts\npackage.json\n") && output.ends_with(LOGOUT), "{output}");
}

#[test]
fn a_report_is_written_whole_or_not_at_all() {
    let folder = shop(1);
    let report = folder.path().join("report.json");
    fs::write(&report, "the last one").unwrap();
    let full = "ulimit -f 0; trap '' XFSZ; exec \"$@\"";
    let arguments = ["check", "--format", "json", "--output", "report.json"];
    let (code, _, errors) = by_shell(folder.path(), full, &arguments);
    assert!(code == 2 && errors.contains("report.json: cannot be written"), "{code} {errors}");
    let (code, _, errors) = by_shell(folder.path(), full, &["baseline", "update", "--baseline", "report.json"]);
    assert!(code == 2, "{code} {errors}");
    assert_eq!(fs::read_to_string(&report).unwrap(), "the last one");
    assert_eq!(run(folder.path(), &arguments).0, 1);
    assert!(fs::read_to_string(&report).unwrap().starts_with('{'));
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_is_an_error() {
    let folder = shop(1);
    for arguments in [&["check"][..], &["audit"], &["rules"], &["check", "--format", "json"]] {
        let (code, _, errors) = by_shell(folder.path(), "exec \"$@\" > /dev/full", arguments);
        assert_eq!((code, errors.starts_with("error: ")), (2, true), "{arguments:?}: {errors}");
    }
}

#[test]
fn a_signal_in_the_middle_leaves_no_half_file() {
    const FILES: usize = 60;
    let folder = shop(FILES);
    let mended = tree(&[]);
    copy(folder.path(), mended.path());
    run(mended.path(), &["check", "--fix"]);
    let wanted = fs::read_to_string(mended.path().join("src/auth000.ts")).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_farewell"));
    child.args(["check", "--fix"]).current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = child.spawn().unwrap();
    let text = |number: usize| fs::read_to_string(folder.path().join(format!("src/auth{number:03}.ts"))).unwrap();
    let began = Instant::now();
    while text(0) == LOGOUT && began.elapsed() < Duration::from_secs(60) {
        std::thread::sleep(Duration::from_millis(1));
    }
    Command::new("kill").args(["-TERM", &child.id().to_string()]).status().unwrap();
    child.wait().unwrap();
    let is_whole = |text: &String| *text == LOGOUT || *text == wanted;
    assert!((0..FILES).all(|number| is_whole(&text(number))));
    assert_eq!(text(0), wanted);
    // What was being written beside a file may be left, under a name that nothing reads.
    let beside = fs::read_dir(folder.path().join("src")).unwrap().map(|entry| entry.unwrap().file_name());
    let beside: Vec<_> = beside.filter(|name| name.to_string_lossy().starts_with(".farewell-")).collect();
    assert!(beside.len() <= 1, "{beside:?}");
    // The next run does the rest.
    run(folder.path(), &["check", "--fix"]);
    assert!((0..FILES).all(|number| text(number) == wanted));
}

#[test]
fn an_editor_that_holds_the_file_open_reads_what_it_opened() {
    let folder = shop(1);
    let path = folder.path().join("src/auth000.ts");
    let mut held = File::options().read(true).write(true).open(&path).unwrap();
    assert_eq!(run(folder.path(), &["check", "--fix", "--select", "missing-anonymize"]).0, 0);
    let mut text = String::new();
    held.read_to_string(&mut text).unwrap();
    assert_eq!((text.as_str(), fs::read_to_string(&path).unwrap().as_str()), (LOGOUT, MENDED));
}

/// Files come and go, and folders are files for a moment, while the program walks and reads them.
#[test]
fn files_that_vanish_while_they_are_read_end_nothing() {
    let folder = shop(40);
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let at = |number: usize| folder.path().join(format!("src/auth{number:03}.ts"));
            let nested = folder.path().join("src/nested");
            for number in (0..40).cycle() {
                if is_over.load(Ordering::Relaxed) {
                    return;
                }
                let _ = fs::remove_file(at(number));
                let _ = fs::remove_file(&nested);
                let _ = fs::create_dir(&nested);
                let _ = fs::write(nested.join("auth.ts"), LOGOUT);
                let _ = fs::remove_dir_all(&nested);
                let _ = fs::write(&nested, LOGOUT);
                let _ = fs::write(at(number), LOGOUT);
            }
        });
        for arguments in [&["check", "--format", "json"][..], &["check", "--format", "json", "src"], &["audit"]] {
            for _ in 0..2 {
                let (code, output, errors) = run(folder.path(), arguments);
                assert!((0..=1).contains(&code), "{code}: {errors}");
                assert!(!errors.contains("fault of Farewell") && !errors.contains("panicked"), "{errors}");
                if arguments.contains(&"json") {
                    serde_json::from_str::<serde_json::Value>(&output).unwrap();
                }
            }
        }
        is_over.store(true, Ordering::Relaxed);
    });
}

#[test]
fn what_may_not_be_read_or_written_is_told_and_the_rest_goes_on() {
    let folder = shop(3);
    let at = |name: &str| folder.path().join(name);
    write(folder.path(), "shut/auth.ts", LOGOUT);
    let set = |name: &str, mode: u32| fs::set_permissions(at(name), fs::Permissions::from_mode(mode)).unwrap();
    set(".", 0o755);
    set("src/auth000.ts", 0o000);
    set("shut", 0o000);
    let program = program_for_anybody(folder.path());
    let as_nobody = |arguments: &[&str]| {
        let mut command = Command::new(&program);
        command.args(arguments).current_dir(folder.path());
        if is_root() {
            command.uid(NOBODY).gid(NOBODY);
        }
        output_of(&mut command)
    };
    let (code, output, errors) = as_nobody(&["check", "--format", "compact"]);
    assert_eq!(code, 1, "{errors}");
    assert!(errors.contains("skipped src/auth000.ts: not readable: Permission denied"), "{errors}");
    assert!(output.contains("src/auth001.ts:3:3"), "{output}");
    assert!(errors.contains("shut"), "{errors}");
    // Nothing can be put beside a file in a folder that is not to be written.
    set("src", 0o555);
    let (code, _, errors) = as_nobody(&["check", "--fix"]);
    set("src", 0o755);
    set("shut", 0o755);
    set("src/auth000.ts", 0o644);
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("error: src/auth001.ts: the fixes could not be written: "), "{errors}");
    assert_eq!(fs::read_to_string(at("src/auth001.ts")).unwrap(), LOGOUT);
}

/// The program where a user who may look into no folder of ours can run it.
fn program_for_anybody(folder: &Path) -> PathBuf {
    let (built, here) = (Path::new(env!("CARGO_BIN_EXE_farewell")), folder.join(".program"));
    if fs::hard_link(built, &here).is_err() {
        fs::copy(built, &here).unwrap();
    }
    here
}

fn is_root() -> bool {
    let (_, id, _) = output_of(Command::new("id").arg("-u"));
    id.trim() == "0"
}
