//! The built program's set-ups for editors: what is printed, what is written, and what is left alone.

// A test may end where what it builds on fails, in its helpers too.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const NEOVIM: &str = ".local/share/nvim/site/pack/farewell/start/farewell";

fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_farewell"));
    command.arg("editor").args(arguments).env("HOME", home).env("USERPROFILE", home);
    command.env_remove("XDG_CONFIG_HOME").env_remove("XDG_DATA_HOME").env_remove("FAREWELL_LOG");
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

#[test]
fn every_editor_has_a_set_up_to_print() {
    let home = tempfile::tempdir().unwrap();
    for name in ["neovim", "helix", "vim", "emacs", "kakoune", "zed", "sublime", "jetbrains", "vscode"] {
        let (code, output, errors) = run(home.path(), &[name]);
        assert_eq!((code, errors.as_str()), (0, ""), "{name}");
        assert!(output.contains("farewell"), "{name}: {output}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0, "printing writes nothing");
}

#[test]
fn the_whole_plugin_is_written() {
    let home = tempfile::tempdir().unwrap();
    let (code, output, errors) = run(home.path(), &["neovim", "--install"]);
    assert_eq!((code, errors.as_str()), (0, ""));
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../editors/neovim");
    let mut count = 0;
    for folder in ["doc", "lsp", "lua/farewell", "plugin"] {
        for entry in fs::read_dir(source.join(folder)).unwrap() {
            let entry = entry.unwrap();
            let written = home.path().join(NEOVIM).join(folder).join(entry.file_name());
            assert_eq!(fs::read(&written).ok(), fs::read(entry.path()).ok(), "{}", written.display());
            count += 1;
        }
    }
    assert_eq!(output.matches("wrote ").count(), count);
    // What is there already is not written again.
    let (code, output, _) = run(home.path(), &["neovim", "--install"]);
    assert_eq!((code, output.matches("wrote ").count()), (0, 0));
}

#[test]
fn a_file_of_the_users_is_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let theirs = home.path().join(".config/helix/languages.toml");
    fs::create_dir_all(theirs.parent().unwrap()).unwrap();
    fs::write(&theirs, "# mine\n").unwrap();
    let (code, output, errors) = run(home.path(), &["helix", "--install"]);
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(errors.contains("nothing was written"), "{errors}");
    assert_eq!(fs::read_to_string(&theirs).unwrap(), "# mine\n");

    // One file that was changed keeps the others from being written, too.
    let changed = home.path().join(NEOVIM).join("plugin/farewell.lua");
    fs::create_dir_all(changed.parent().unwrap()).unwrap();
    fs::write(&changed, "-- mine\n").unwrap();
    assert_eq!(run(home.path(), &["neovim", "--install"]).0, 2);
    assert!(!home.path().join(NEOVIM).join("lua").exists());
    assert_eq!(fs::read_to_string(&changed).unwrap(), "-- mine\n");
}

#[test]
fn where_nothing_can_be_written_that_is_said() {
    let home = tempfile::tempdir().unwrap();
    let (code, output, errors) = run(home.path(), &["emacs", "--install"]);
    assert_eq!((code, output.as_str()), (2, ""));
    assert!(errors.contains("without --install"), "{errors}");
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}
