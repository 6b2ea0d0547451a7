//! CocoaPods, Swift packages and Xcode's projects. Owns what is told from their text; the folders of one
//! app are one project, whichever of these each has.

use farewell_analysis::vocabulary::{Apple, Platform};

use super::{Build, ManifestFile, tables};

/// Reads a `Podfile`, a podspec, a `Package.swift` or an Xcode project.
pub(super) fn read(text: &str) -> Result<Option<ManifestFile>, String> {
    let mut code = text.lines().filter(|line| !line.trim_start().starts_with(['#']) && !is_comment(line));
    let declares_sdk = code.any(|line| tables().apple.iter().any(|sign| line.contains(sign.as_str())));
    Ok(Some(ManifestFile {
        platform: declares_sdk.then_some(Platform::Ios(Apple::Swift)),
        declares_sdk,
        declares_package: declares_sdk,
        part_of: Some(Build::Xcode),
        takes_parts_of: Some(Build::Xcode),
        ..ManifestFile::default()
    }))
}

fn is_comment(line: &str) -> bool {
    line.trim_start().starts_with("//")
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn the_sdk_is_told_from_the_text() {
        let declares = |text: &str| read(text).unwrap().unwrap().declares_sdk;
        assert!(declares("target 'App' do\n  pod 'FullStory', :http => 'https://ios-releases.fullstory.com/x'\nend\n"));
        assert!(declares(
            ".package(url: \"https://github.com/fullstorydev/fullstory-swift-package-ios\", from: \"1.0.0\")"
        ));
        assert!(declares("repositoryURL = \"https://github.com/fullstorydev/fullstory-swift-package-ios\";"));
        assert!(declares("s.dependency 'FullStory', '~> 1.0'"));
        assert!(!declares("  # pod 'FullStory'\n  pod 'Alamofire'\n"));
        assert!(!declares("let package = Package(name: \"Core\")"));
    }
}
