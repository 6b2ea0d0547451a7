//! A text and edits of it, in any order: what is told behind them is what a fresh look at the same text tells.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{LazyLock, Mutex, PoisonError};

use farewell_analysis::vocabulary::{Generation, Platform};
use farewell_lsp::fuzzing;

use crate::kind::{Kind, text};

/// The longest text that is edited: others only take longer.
const MOST_BYTES: usize = 1_500;

/// Tries an input: the kind, where its text ends as its share of what follows, the text, the edits.
pub fn run(bytes: &[u8]) {
    let (kind, rest) = Kind::read(bytes);
    let Some((share, rest)) = rest.split_first() else {
        return;
    };
    let end = (rest.len() * usize::from(*share) / 256).min(MOST_BYTES);
    let (before, edits) = rest.split_at(end);
    // An editor tells of no text with NUL bytes that a file on the disk may have.
    let text = text(before).replace('\0', " ");
    fuzzing::edits(&root_of(kind.platform), vec![(kind.path.to_owned(), text)], edits);
}

/// The folder of a project of a platform; there is one for each, as long as the program runs.
fn root_of(platform: Platform) -> PathBuf {
    static ROOTS: LazyLock<Mutex<BTreeMap<Platform, tempfile::TempDir>>> = LazyLock::new(Mutex::default);
    let mut roots = ROOTS.lock().unwrap_or_else(PoisonError::into_inner);
    let root = roots.entry(platform).or_insert_with(|| match project_of(platform) {
        Ok(root) => root,
        Err(error) => panic!("no project can be written: {error}"),
    });
    root.path().to_path_buf()
}

fn project_of(platform: Platform) -> std::io::Result<tempfile::TempDir> {
    let root = tempfile::tempdir()?;
    let write = |name: &str, text: &str| std::fs::write(Path::new(root.path()).join(name), text);
    let package = match platform {
        Platform::ReactNative => r#""react-native": "0.80.0", "@fullstory/react-native": "1.0.0""#,
        Platform::Web(Generation::V1) => r#""@fullstory/browser": "^1.7.0""#,
        _ => r#""@fullstory/browser": "^2.0.0""#,
    };
    write("package.json", &format!("{{\"dependencies\": {{{package}}}}}"))?;
    write("farewell.toml", "assume-fullstory = true\n")?;
    std::fs::create_dir(root.path().join(".git"))?;
    Ok(root)
}
