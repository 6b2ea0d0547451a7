//! `farewell editor NAME`: the set-up for an editor. Owns where each editor looks for its files; the texts are
//! those of the folder `editors`, which the tests in editors use. A file that is there already and says
//! something else is somebody's: it is left alone, and then nothing at all is written.

use std::env;
use std::fs::{self, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};

use crate::arguments::{Editor, EditorName};

/// A text of the folder `editors`.
macro_rules! text {
    ($path:literal) => {
        include_str!(concat!("../../../../editors/", $path))
    };
}

/// A file of a set-up: where it goes, below its folder, and what it says.
type File = (&'static str, &'static str);

/// What an editor needs.
struct Setup {
    /// What is printed.
    page: &'static str,
    /// What is written, where that takes no line in a file of the user's.
    files: Option<Files>,
}

/// The files that are written.
struct Files {
    /// The environment variable that names the folder of the user's that is meant.
    variable: Option<&'static str>,
    /// That folder, below the user's home, where the variable says nothing.
    at_home: &'static str,
    /// The folder below it.
    folder: &'static str,
    files: &'static [File],
    /// What is to be done then.
    then: &'static str,
}

/// The plugin, as a package that Neovim loads by itself.
const NEOVIM: &[File] = &[
    ("doc/farewell.txt", text!("neovim/doc/farewell.txt")),
    ("lsp/farewell.lua", text!("neovim/lsp/farewell.lua")),
    ("lua/farewell/audit.lua", text!("neovim/lua/farewell/audit.lua")),
    ("lua/farewell/clients.lua", text!("neovim/lua/farewell/clients.lua")),
    ("lua/farewell/commands.lua", text!("neovim/lua/farewell/commands.lua")),
    ("lua/farewell/finding.lua", text!("neovim/lua/farewell/finding.lua")),
    ("lua/farewell/health.lua", text!("neovim/lua/farewell/health.lua")),
    ("lua/farewell/init.lua", text!("neovim/lua/farewell/init.lua")),
    ("lua/farewell/program.lua", text!("neovim/lua/farewell/program.lua")),
    ("lua/farewell/views.lua", text!("neovim/lua/farewell/views.lua")),
    ("plugin/farewell.lua", text!("neovim/plugin/farewell.lua")),
];

/// Prints the set-up for an editor, or writes it.
///
/// # Errors
/// A file of the user's is in the way, nothing can be written for this editor, or writing failed. The files
/// that were written before a failure stay.
pub(crate) fn run(arguments: &Editor) -> anyhow::Result<ExitCode> {
    let setup = setup(arguments.name);
    let mut output = io::stdout().lock();
    if arguments.install {
        let Some(files) = setup.files else {
            bail!(
                "nothing can be written for this editor without changing a file of yours: see what is printed without --install"
            );
        };
        let folder = files.folder()?;
        for path in install(&folder, files.files)? {
            writeln!(output, "wrote {}", path.display())?;
        }
        writeln!(output, "{}", files.then)?;
    } else {
        writeln!(output, "{}", setup.page.trim_end())?;
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn setup(name: EditorName) -> Setup {
    let printed = |page| Setup { page, files: None };
    match name {
        EditorName::Neovim => Setup {
            page: text!("neovim/README.md"),
            files: Some(Files {
                variable: Some("XDG_DATA_HOME"),
                at_home: ".local/share",
                folder: "nvim/site/pack/farewell/start/farewell",
                files: NEOVIM,
                then: "Neovim loads it when it starts; `:checkhealth farewell` tells whether it works, and `:helptags ALL` adds its help.",
            }),
        },
        EditorName::Helix => Setup {
            page: text!("helix/languages.toml"),
            files: Some(Files {
                variable: Some("XDG_CONFIG_HOME"),
                at_home: ".config",
                folder: "helix",
                files: &[("languages.toml", text!("helix/languages.toml"))],
                then: "`hx --health typescript` lists it now.",
            }),
        },
        EditorName::Vim => Setup {
            page: text!("other/vimrc"),
            files: Some(Files {
                variable: None,
                at_home: ".vim",
                folder: "after/plugin",
                files: &[("farewell.vim", text!("other/vimrc"))],
                then: "Vim loads it when it starts, where ALE is installed.",
            }),
        },
        EditorName::Emacs => printed(text!("other/init.el")),
        EditorName::Kakoune => printed(text!("other/kakrc")),
        EditorName::Zed => printed(text!("other/zed.md")),
        EditorName::Sublime => printed(text!("other/sublime.md")),
        EditorName::Jetbrains => printed(text!("other/jetbrains.md")),
        EditorName::Vscode => printed(text!("other/vscode.md")),
    }
}

impl Files {
    /// Where they go.
    fn folder(&self) -> anyhow::Result<PathBuf> {
        // A relative path in these variables is to be ignored (XDG Base Directory Specification).
        let named = self.variable.and_then(env::var_os).map(PathBuf::from).filter(|path| path.is_absolute());
        let base = match named {
            Some(folder) => folder,
            None => env::home_dir().context("there is no home folder")?.join(self.at_home),
        };
        Ok(base.join(self.folder))
    }
}

/// Writes those files that are not there yet, if none of the others is another one than it would be. Returns
/// their paths.
fn install(folder: &Path, files: &[File]) -> anyhow::Result<Vec<PathBuf>> {
    let mut missing = Vec::new();
    for (name, text) in files {
        let path = folder.join(name);
        match fs::read(&path) {
            Ok(there) if there == text.as_bytes() => {}
            Ok(_) => bail!(
                "{} is there already, and is another one: nothing was written. Put what is printed without --install into it, or move it away",
                path.display()
            ),
            Err(error) if error.kind() == ErrorKind::NotFound => missing.push((path, text)),
            Err(error) => return Err(error).with_context(|| format!("{} cannot be read", path.display())),
        }
    }
    for (path, text) in &missing {
        let cannot = || format!("{} cannot be written", path.display());
        fs::create_dir_all(path.parent().unwrap_or(folder)).with_context(cannot)?;
        // Whoever made the file meanwhile keeps it.
        let mut file = OpenOptions::new().write(true).create_new(true).open(path).with_context(cannot)?;
        file.write_all(text.as_bytes()).with_context(cannot)?;
    }
    Ok(missing.into_iter().map(|(path, _)| path).collect())
}
