//! Platforms. Owns the list of platforms and SDK generations; their texts and names are in the tables.

use crate::source::Language;

/// The web SDK's API generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generation {
    /// `FS('setIdentity', …)`: snippet 2.x, `@fullstory/browser` 2.x.
    V2,
    /// `FS.anonymize()`: snippet 1.x, `@fullstory/browser` 1.x.
    V1,
}

/// The language of an iOS file, which decides how the SDK's calls are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Apple {
    /// `FS.anonymize()`.
    Swift,
    /// `[FS anonymize];`.
    ObjectiveC,
}

/// The language of an Android file, which decides how the SDK's calls are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Jvm {
    /// `FS.anonymize()`.
    Kotlin,
    /// `FS.anonymize();`.
    Java,
}

/// Where a file's code runs, as far as Fullstory's API is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Platform {
    /// A browser.
    Web(Generation),
    /// React Native, by `@fullstory/react-native`.
    ReactNative,
    /// iOS, by the `FullStory` framework.
    Ios(Apple),
    /// Android, by `com.fullstory`.
    Android(Jvm),
    /// Flutter, by `fullstory_flutter`.
    Flutter,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Platform; 8] = [
        Platform::Web(Generation::V2),
        Platform::Web(Generation::V1),
        Platform::ReactNative,
        Platform::Ios(Apple::Swift),
        Platform::Ios(Apple::ObjectiveC),
        Platform::Android(Jvm::Kotlin),
        Platform::Android(Jvm::Java),
        Platform::Flutter,
    ];

    /// The platform's name in tables, configuration and output.
    pub const fn name(self) -> &'static str {
        match self {
            Platform::Web(Generation::V2) => "web",
            Platform::Web(Generation::V1) => "web-v1",
            Platform::ReactNative => "react-native",
            Platform::Ios(Apple::Swift) => "ios",
            Platform::Ios(Apple::ObjectiveC) => "ios-objc",
            Platform::Android(Jvm::Kotlin) => "android",
            Platform::Android(Jvm::Java) => "android-java",
            Platform::Flutter => "flutter",
        }
    }

    /// The platform's family in tables, whatever the SDK's generation or the file's language.
    pub const fn family(self) -> &'static str {
        match self {
            Platform::Web(_) => "web",
            Platform::ReactNative => "react-native",
            Platform::Ios(_) => "ios",
            Platform::Android(_) => "android",
            Platform::Flutter => "flutter",
        }
    }

    /// Whether it is a browser.
    pub const fn is_web(self) -> bool {
        matches!(self, Platform::Web(_))
    }

    /// Whether its files are of a language of its own, not of the web's.
    pub const fn is_native(self) -> bool {
        matches!(self, Platform::Ios(_) | Platform::Android(_) | Platform::Flutter)
    }

    /// Whether it is a mobile SDK, whose uid is a string and nothing else.
    pub const fn is_mobile(self) -> bool {
        !self.is_web()
    }

    /// The platform that a language by itself says; `None` for the languages of the web, which run in
    /// React Native too.
    pub const fn of_language(language: Language) -> Option<Self> {
        match language {
            Language::Swift => Some(Platform::Ios(Apple::Swift)),
            Language::ObjectiveC => Some(Platform::Ios(Apple::ObjectiveC)),
            Language::Kotlin => Some(Platform::Android(Jvm::Kotlin)),
            Language::Java => Some(Platform::Android(Jvm::Java)),
            Language::Dart => Some(Platform::Flutter),
            _ => None,
        }
    }

    /// The platform of a name, or `None` where there is none of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.name() == name)
    }
}
