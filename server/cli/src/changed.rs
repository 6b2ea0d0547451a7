//! Which files have changed, by the program `git`. Owns how it is asked; must not know what is done with the answer.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{anyhow, bail};
use farewell_project::absolute;

/// The files (absolute paths) of the repository around a folder that have changed since a commit, or since the
/// branch of now left it: by commits, in the index, on disk, and those that are new. What was deleted is not there.
///
/// # Errors
/// There is no `git`, no repository, or no such commit.
pub(crate) fn files(folder: &Path, reference: &str) -> anyhow::Result<BTreeSet<PathBuf>> {
    let git = Git { folder };
    let Some(up) = git.answer(["rev-parse", "--show-cdup"])? else {
        bail!("--changed: `{}` is in no git repository", folder.display());
    };
    let top = absolute(folder, Path::new(up.trim_end()));
    let git = Git { folder: &top };
    let commit = format!("{reference}^{{commit}}");
    let commit = git.answer(["rev-parse", "--verify", "--quiet", "--end-of-options", &commit])?;
    let mut names = git.wanted(["ls-files", "-z", "--others", "--exclude-standard"])?;
    match commit.as_deref().map(str::trim_end) {
        Some(commit) => {
            // What others did since on the branch that this one left is no change of this one.
            let left = git.answer(["merge-base", commit, "HEAD"])?;
            let since = left.as_deref().map_or(commit, str::trim_end);
            let deleted_left_out = "--diff-filter=d";
            names +=
                &git.wanted(["diff", "--name-only", "-z", "--no-renames", "--no-ext-diff", deleted_left_out, since])?;
        }
        // In a repository without a commit everything is new.
        None if reference == "HEAD" => names += &git.wanted(["ls-files", "-z"])?,
        None => bail!("--changed: there is no commit `{reference}` in {}", top.display()),
    }
    Ok(names.split('\0').filter(|name| !name.is_empty()).map(|name| absolute(&top, Path::new(name))).collect())
}

struct Git<'a> {
    folder: &'a Path,
}

impl Git<'_> {
    /// What git says; `None` where it answers with a failure.
    fn answer<const N: usize>(&self, arguments: [&str; N]) -> anyhow::Result<Option<String>> {
        let output = self.run(&arguments)?;
        Ok(output.status.success().then(|| text(&output.stdout)))
    }

    fn wanted<const N: usize>(&self, arguments: [&str; N]) -> anyhow::Result<String> {
        let output = self.run(&arguments)?;
        if !output.status.success() {
            bail!("--changed: `git {}` failed: {}", arguments.join(" "), text(&output.stderr).trim_end());
        }
        Ok(text(&output.stdout))
    }

    fn run(&self, arguments: &[&str]) -> anyhow::Result<Output> {
        let mut command = Command::new("git");
        // A watcher that the repository's configuration names is a program of its own.
        command.arg("-C").arg(self.folder).args(["-c", "core.fsmonitor=false"]).args(arguments.iter().map(OsStr::new));
        command.output().map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => anyhow!("--changed asks the program `git`, which is not installed"),
            _ => anyhow!("--changed: `git` cannot be run: {error}"),
        })
    }
}

/// Names that are no UTF-8 are of no file that is read.
fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
