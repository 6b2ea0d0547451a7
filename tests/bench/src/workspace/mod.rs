//! A generated monorepo of any size that looks like real code, with faults at known places. Owns which
//! apps there are and how many files each has; what the files say is in `../workspace/*.txt`.

mod archive;
mod fill;
mod names;
pub(crate) mod random;

use std::fs;
use std::io;
use std::path::Path;

use archive::{Role, Template, templates};
use fill::fill;
use names::{Feature, app};
use random::Random;
use serde::Serialize;

/// A generated workspace.
#[derive(Debug, Default)]
pub struct Generated {
    /// Source files: paths with forward slashes, and texts.
    pub sources: Vec<(String, String)>,
    /// Manifests and their like.
    pub manifests: Vec<(String, String)>,
    /// The planted faults, sorted by place.
    pub planted: Vec<Planted>,
}

/// A planted fault.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Planted {
    /// The file's path, with forward slashes.
    pub path: String,
    /// The line, from 1.
    pub line: u32,
    /// The rule.
    pub rule: String,
}

/// How many files an app has in a large workspace.
const MOST_FILES: usize = 400;

/// How many files an app needs at least.
const FEWEST_FILES: usize = 25;

/// How many features there are to each one that has a way out of its own.
const FEATURES_TO_A_VARIANT: usize = 3;

macro_rules! archives {
    ($([$($name:literal),*],)*) => {
        [$(&[$(include_str!(concat!("../../workspace/", $name, ".txt"))),*]),*]
    };
}

/// The kinds of apps, each by its archives.
const KINDS: [&[&str]; 8] = archives![
    ["web", "react", "react-own"],
    ["native"],
    ["web", "vue"],
    ["ios"],
    ["web", "svelte"],
    ["android"],
    ["web", "react", "listener"],
    ["flutter"],
];

const ROOT: [(&str, &str); 4] = [
    ("package.json", "{\n  \"name\": \"works\",\n  \"private\": true,\n  \"workspaces\": [\"apps/*\"]\n}\n"),
    (
        "tsconfig.base.json",
        "{\n  \"compilerOptions\": { \"strict\": true, \"jsx\": \"react-jsx\", \"moduleResolution\": \"bundler\" }\n}\n",
    ),
    (".gitignore", "node_modules/\ndist/\nbuild/\n"),
    ("README.md", "# Works\n\nApps of many kinds. How to log out of each is in its own folder.\n"),
];

/// Makes a workspace of exactly so many source files. One seed gives the same bytes for ever.
pub fn generate(files: usize, seed: u64) -> Generated {
    let mut generated = Generated::default();
    generated.manifests.extend(ROOT.map(|(path, text)| (path.to_owned(), text.to_owned())));
    let kinds = KINDS.map(templates);
    let apps = if files < KINDS.len() * MOST_FILES {
        (files / FEWEST_FILES).clamp(1, KINDS.len())
    } else {
        files.div_ceil(MOST_FILES)
    };
    for number in 0..apps {
        let share = files / apps + usize::from(number < files % apps);
        let Some(kind) = kinds.get(number % KINDS.len()) else { continue };
        add_app(&mut generated, kind, number, share, seed);
    }
    generated.planted.sort();
    generated
}

impl Generated {
    /// Writes the files below a folder, which is made where there is none.
    ///
    /// # Errors
    /// A folder or a file cannot be written.
    pub fn write(&self, folder: &Path) -> io::Result<()> {
        for (path, text) in self.manifests.iter().chain(&self.sources) {
            let path = folder.join(path);
            if let Some(parent) = path.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(path, text)?;
        }
        Ok(())
    }
}

fn add_app(generated: &mut Generated, kind: &[Template], number: usize, share: usize, seed: u64) {
    let mut random = Random::new(seed, number as u64);
    let name = app(number);
    let of = |role: Role| kind.iter().filter(move |template| template.role == role).copied();
    let variants: Vec<Template> = of(Role::Variant).collect();
    let variants = random.pick(&variants, variants.len());
    let end = generated.sources.len() + share;
    let mut feature = Feature::new(0, &mut random);
    for template in of(Role::Manifest) {
        let filled = fill(template, &name, &feature);
        generated.manifests.push((format!("apps/{name}/{}", filled.path), filled.text));
    }
    let mut wanted: Vec<Template> = of(Role::Core).collect();
    for group in 0.. {
        if group % FEATURES_TO_A_VARIANT == 0 && !variants.is_empty() {
            wanted.extend(variants.get(group / FEATURES_TO_A_VARIANT % variants.len()));
        }
        wanted.extend(of(Role::Feature));
        for template in wanted.drain(..) {
            if generated.sources.len() == end {
                return;
            }
            generated.add_source(template, &name, &feature);
        }
        feature = Feature::new(group + 1, &mut random);
    }
}

impl Generated {
    fn add_source(&mut self, template: Template, app: &str, feature: &Feature) {
        let filled = fill(template, app, feature);
        let path = format!("apps/{app}/{}", filled.path);
        let planted = |(line, rule)| Planted { path: path.clone(), line, rule };
        self.planted.extend(filled.faults.into_iter().map(planted));
        self.sources.push((path, filled.text));
    }
}
