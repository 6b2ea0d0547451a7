//! What an input is read as: its first byte names a file's language and its project's platform.

use farewell_analysis::source::Language;
use farewell_analysis::vocabulary::{Apple, Generation, Jvm, Platform};
use farewell_fixtures::fixture::{Fixture, Setup};

/// A file of one language in a project of one platform.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    /// The file's path in its project.
    pub path: &'static str,
    /// The project's platform.
    pub platform: Platform,
}

/// Every kind; their places are in the inputs that were kept, so that new ones come last.
pub const ALL: [Kind; 14] = [
    Kind { path: "src/logout.ts", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/logout.tsx", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/logout.js", platform: Platform::Web(Generation::V1) },
    Kind { path: "src/logout.native.tsx", platform: Platform::ReactNative },
    Kind { path: "src/Logout.vue", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/Logout.svelte", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/logout.astro", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/logout.html", platform: Platform::Web(Generation::V2) },
    Kind { path: "src/Logout.swift", platform: Platform::Ios(Apple::Swift) },
    Kind { path: "src/Logout.m", platform: Platform::Ios(Apple::ObjectiveC) },
    Kind { path: "src/Logout.kt", platform: Platform::Android(Jvm::Kotlin) },
    Kind { path: "src/Logout.java", platform: Platform::Android(Jvm::Java) },
    Kind { path: "src/logout.dart", platform: Platform::Flutter },
    Kind { path: "src/logout.ts", platform: Platform::Web(Generation::V1) },
];

impl Kind {
    /// The kind that an input's first byte names, and the rest of it.
    pub fn read(bytes: &[u8]) -> (Self, &[u8]) {
        match bytes.split_first() {
            Some((first, rest)) => (ALL[usize::from(*first) % ALL.len()], rest),
            None => (ALL[0], bytes),
        }
    }

    /// What an input of this kind begins with.
    pub fn byte(self) -> u8 {
        ALL.iter().position(|kind| *kind == self).unwrap_or_default() as u8
    }

    /// The kind of a fixture.
    pub fn of(fixture: &Fixture) -> Self {
        let language = |path: &str| Language::of_path(path.as_ref());
        let own = (language(&fixture.setup.path), fixture.setup.platform);
        let akin = |kind: &&Kind| language(kind.path) == own.0;
        let exact = ALL.iter().filter(akin).find(|kind| kind.platform == own.1);
        *exact.or_else(|| ALL.iter().find(akin)).unwrap_or(&ALL[0])
    }

    /// What the engine is told of the file, in a project that identifies users.
    pub fn setup(self) -> Setup {
        Setup::new(self.path, self.platform)
    }
}

/// A text of some bytes. What is no UTF-8 is not read by the program either; here it is replaced, so that bytes that
/// were changed at random still are a text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}
