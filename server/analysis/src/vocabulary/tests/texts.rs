//! The platforms' texts.

use crate::vocabulary::{Platform, Vocabulary};

#[test]
fn every_platform_has_its_texts() {
    let vocabulary = Vocabulary::builtin();
    for platform in Platform::ALL {
        let texts = vocabulary.texts(platform);
        assert_eq!(texts.name, platform.name());
        assert!(
            texts.anonymize.contains("{callable}")
                && texts.identify.contains("{uid}")
                && texts.event.contains("{name}")
        );
        assert!(texts.anonymize_url.starts_with("https://developer.fullstory.com/"));
        assert!(!texts.order.is_empty() && !texts.mistakes.is_empty());
        let (minute, second) = if platform.is_mobile() { (12, 5) } else { (30, 10) };
        assert_eq!((texts.calls_a_minute, texts.calls_a_second), (minute, second));
    }
}

/// Sentences of faults never leave a placeholder behind.
#[test]
fn every_message_that_code_names_is_there() {
    let vocabulary = Vocabulary::builtin();
    for (name, message) in &vocabulary.table.fullstory.message {
        assert!(message.ends_with('.') || message.ends_with('`'), "{name}: {message}");
    }
    let code = [include_str!("../fullstory.rs"), include_str!("../identity_options.rs"), include_str!("../verdict.rs")]
        .concat();
    for name in vocabulary.table.fullstory.message.keys() {
        let stands_for = name.strip_suffix(crate::vocabulary::fullstory::ON_NATIVE).unwrap_or(name);
        let named = [&**name, stands_for].iter().any(|name| code.contains(&format!("\"{name}\"")));
        assert!(named, "{name} is named nowhere");
    }
}
