//! Files of any length in every language, in the proportions of a large service file. Owns how a sample's
//! parts are put together; must not know what they say.

use farewell_analysis::source::Language;

/// What stands between the parts of a sample: its head, what is repeated, a logout, and its end.
const SEAM: &str = "=====\n";

/// How many repeated parts come before each logout.
const PARTS_TO_A_LOGOUT: usize = 5;

/// A language's sample.
#[derive(Clone, Copy, Debug)]
pub struct Sample {
    /// The language.
    pub language: Language,
    /// The file's name.
    pub path: &'static str,
    parts: &'static str,
}

macro_rules! samples {
    ($($language:ident $path:literal,)*) => {
        [$(Sample {
            language: Language::$language,
            path: concat!("src/", $path),
            parts: include_str!(concat!("../samples/", $path)),
        },)*]
    };
}

/// A sample of every language; JavaScript and TSX are read as TypeScript is.
pub const SAMPLES: [Sample; 10] = samples! {
    TypeScript "service.ts",
    Swift "service.swift",
    ObjectiveC "service.m",
    Kotlin "service.kt",
    Java "service.java",
    Dart "service.dart",
    Vue "service.vue",
    Svelte "service.svelte",
    Astro "service.astro",
    Html "service.html",
};

impl Sample {
    /// The sample of a language, where there is one.
    pub fn of(language: Language) -> Option<Self> {
        SAMPLES.into_iter().find(|sample| sample.language == language)
    }

    /// A file of at least so many lines.
    pub fn text(self, lines: usize) -> String {
        let mut parts = self.parts.split(SEAM);
        let mut next = || parts.next().unwrap_or_default();
        let (head, unit, logout, end) = (next(), next(), next(), next());
        let mut text = head.to_owned();
        let mut count = head.lines().count();
        let mut number = 0;
        while count < lines {
            number += 1;
            let mut part = unit.replace("NUMBER", &number.to_string());
            if number % PARTS_TO_A_LOGOUT == 0 {
                part.push_str(&logout.replace("NUMBER", &number.to_string()));
            }
            count += part.lines().count();
            text.push_str(&part);
        }
        text.push_str(end);
        text
    }
}
