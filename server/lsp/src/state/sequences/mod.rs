//! Edits in any order leave what a fresh look at the same text finds. Owns how a sequence is made and how two looks
//! are compared; must not know what is found, or where the sequences come from.
//!
//! While a text cannot be read well the user is told what was found before, so looks are compared wherever
//! all texts can be read.

#[cfg(test)]
mod drawn;
mod editor;
mod edits;
#[cfg(feature = "fuzzing")]
mod read;
#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::sync::OnceLock;

use self::editor::Editor;
use self::edits::Step;
#[cfg(feature = "fuzzing")]
pub(crate) use self::read::steps;
use crate::encoding::Encoding;

/// Texts that are edited together.
pub(crate) struct Sample {
    #[cfg(test)]
    name: String,
    /// Where they lie; what else is there is on the disk.
    pub(crate) root: PathBuf,
    /// Paths below the root, and texts.
    pub(crate) texts: Vec<(String, String)>,
}

#[cfg(feature = "fuzzing")]
impl Sample {
    /// Texts below a root.
    pub(crate) fn new(root: PathBuf, texts: Vec<(String, String)>) -> Self {
        Self {
            #[cfg(test)]
            name: String::new(),
            root,
            texts,
        }
    }
}

/// Makes the edits and compares; returns how often something was told and compared.
///
/// # Errors
/// After which step two looks differ, and in what.
pub(crate) fn run(sample: &Sample, encoding: Encoding, steps: &[Step]) -> Result<usize, String> {
    let mut editor = Editor::open(&sample.root, encoding, &sample.texts);
    let at_first = editor.told();
    let mut compared = 0;
    for (place, step) in steps.iter().enumerate() {
        editor.edit(step);
        if !step.rests {
            continue;
        }
        editor.settle();
        if !step.is_compared || !editor.is_whole() {
            continue;
        }
        let texts = editor.texts();
        let kept = editor.told();
        // The first look at the sample was a fresh one.
        let is_sample = texts == sample.texts;
        let fresh = if is_sample { at_first.clone() } else { Editor::open(&sample.root, encoding, &texts).told() };
        compared += usize::from(!fresh.is_empty());
        if kept != fresh {
            return Err(format!("after step {place} (from 0) these are told:\n{kept}\nand afresh:\n{fresh}"));
        }
    }
    Ok(compared)
}

/// The runtime that states want; nothing of these tests runs on it.
fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(1).build().unwrap())
}
