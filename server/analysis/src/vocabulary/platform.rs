//! Platforms. Owns the list of platforms and SDK generations; their texts and names are in the tables.

/// The web SDK's API generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Generation {
    /// `FS('setIdentity', …)`: snippet 2.x, `@fullstory/browser` 2.x.
    V2,
    /// `FS.anonymize()`: snippet 1.x, `@fullstory/browser` 1.x.
    V1,
}

/// Where a file's code runs, as far as Fullstory's API is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Platform {
    /// A browser.
    Web(Generation),
    /// React Native, by `@fullstory/react-native`.
    ReactNative,
}

impl Platform {
    /// Every platform.
    pub const ALL: [Platform; 3] =
        [Platform::Web(Generation::V2), Platform::Web(Generation::V1), Platform::ReactNative];

    /// The platform's name in tables, configuration and output.
    pub const fn name(self) -> &'static str {
        match self {
            Platform::Web(Generation::V2) => "web",
            Platform::Web(Generation::V1) => "web-v1",
            Platform::ReactNative => "react-native",
        }
    }

    /// The platform's family in tables, whatever the SDK's generation.
    pub const fn family(self) -> &'static str {
        match self {
            Platform::Web(_) => "web",
            Platform::ReactNative => "react-native",
        }
    }

    /// Whether it is a browser.
    pub const fn is_web(self) -> bool {
        matches!(self, Platform::Web(_))
    }

    /// The platform of a name, or `None` where there is none of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|platform| platform.name() == name)
    }
}
