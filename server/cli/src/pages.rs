//! The rules' pages, in parts. Must not know where a part is shown.

use farewell_analysis::rules::Rule;
use farewell_analysis::source::Language;
use farewell_analysis::vocabulary::Platform;

const FENCE: &str = "```";

/// A rule in a sentence: the first one of its page.
pub(crate) fn summary(rule: Rule) -> String {
    first_sentence(rule.page())
}

/// A page whose headings stand one level lower, to be a part of a longer one.
pub(crate) fn demoted(page: &str) -> String {
    let mut in_code = false;
    let lines = page.lines().map(|line| {
        in_code ^= line.starts_with(FENCE);
        if line.starts_with('#') && !in_code { format!("#{line}\n") } else { format!("{line}\n") }
    });
    lines.collect()
}

/// A page with the code of one platform: of its own, else of its family, else of all where it has neither.
pub(crate) fn for_platform(page: &str, platform: Platform) -> String {
    let is_own = |other: Platform| other == platform;
    let is_akin = |other: Platform| other.family() == platform.family();
    let has = |is_kept: &dyn Fn(Platform) -> bool| page.lines().filter_map(platform_of_fence).any(is_kept);
    let is_kept: &dyn Fn(Platform) -> bool = match (has(&is_own), has(&is_akin)) {
        (true, _) => &is_own,
        (false, true) => &is_akin,
        (false, false) => &|_| true,
    };
    let (mut kept, mut in_code, mut is_skipped) = (String::new(), false, false);
    for line in page.lines() {
        let is_fence = line.starts_with(FENCE);
        if is_fence && !in_code {
            is_skipped = platform_of_fence(line).is_some_and(|other| !is_kept(other));
        }
        let is_blank_after_nothing = line.is_empty() && (kept.is_empty() || kept.ends_with("\n\n"));
        if !is_skipped && (in_code || !is_blank_after_nothing) {
            kept += line;
            kept.push('\n');
        }
        if is_fence {
            is_skipped &= !in_code;
            in_code = !in_code;
        }
    }
    kept
}

/// A rule's name without what output writes around it.
pub(crate) fn bare_rule_name(named: &str) -> &str {
    let inner = named.rsplit_once('[').map_or(named, |(_, inner)| inner);
    let inner = inner.trim_end_matches([']', ':']);
    inner.rsplit_once('/').map_or(inner, |(_, name)| name).trim()
}

/// A call or an import as code says it, by the name that it calls.
pub(crate) fn written(template: &str, callable: &str) -> String {
    let filled = template.replace("{callable}", callable).replace("{uid}", "user.id");
    filled.replace("{name}", "Logout").replace("{properties}", "properties").replace("{q}", "'")
}

/// The platform of the code behind an opening fence: that which it names, else that of its language.
fn platform_of_fence(line: &str) -> Option<Platform> {
    let mut words = line.strip_prefix(FENCE)?.split_whitespace();
    let language = words.next()?;
    let named = words.find_map(|word| word.strip_prefix("platform="));
    if let Some(platform) = named.and_then(Platform::of_name) {
        return Some(platform);
    }
    // A fence is named by a language or by the suffix of its files.
    let language =
        Language::of_language_id(language).or_else(|| Language::of_path(format!("code.{language}").as_ref()))?;
    Some(Platform::of_language(language).unwrap_or(Platform::ALL[0]))
}

fn first_sentence(page: &str) -> String {
    let lines = page.lines().skip_while(|line| line.trim().is_empty() || line.starts_with('#'));
    let paragraph: Vec<&str> = lines.take_while(|line| !line.trim().is_empty()).map(str::trim).collect();
    let paragraph = paragraph.join(" ");
    paragraph.split_once(". ").map_or(paragraph.clone(), |(sentence, _)| format!("{sentence}."))
}

#[cfg(test)]
mod tests {
    use farewell_analysis::rules::Rule;
    use farewell_analysis::vocabulary::Platform;

    use super::{bare_rule_name, demoted, first_sentence, for_platform};

    const PAGE: &str = "# a-rule\n\n## Example\n\n```ts\n# web\n```\n\n```ts platform=react-native\nnative\n```\n\n```swift\nswift\n```\n\n## Fix\n";

    fn of(name: &str) -> String {
        for_platform(PAGE, Platform::of_name(name).unwrap())
    }

    #[test]
    fn a_page_has_the_code_of_one_platform() {
        assert_eq!(of("web"), "# a-rule\n\n## Example\n\n```ts\n# web\n```\n\n## Fix\n");
        assert_eq!(
            of("react-native"),
            "# a-rule\n\n## Example\n\n```ts platform=react-native\nnative\n```\n\n## Fix\n"
        );
        assert_eq!(of("ios-objc"), "# a-rule\n\n## Example\n\n```swift\nswift\n```\n\n## Fix\n");
        assert_eq!(of("flutter"), PAGE);
    }

    #[test]
    fn every_page_keeps_its_sections() {
        let sections = |page: &str| page.lines().filter(|line| line.starts_with("## ")).count();
        for rule in Rule::ALL {
            for platform in Platform::ALL {
                assert_eq!(sections(&for_platform(rule.page(), platform)), sections(rule.page()), "{}", rule.name());
            }
        }
    }

    #[test]
    fn headings_are_demoted_and_code_is_not() {
        assert!(demoted(PAGE).starts_with("## a-rule\n\n### Example\n\n```ts\n# web\n"));
    }

    #[test]
    fn the_first_sentence_is_found_over_line_breaks() {
        let page = "# a-rule\n\n## What it does\n\nReports a thing\nthat is wrong. And more.\n\nOther.";
        assert_eq!(first_sentence(page), "Reports a thing that is wrong.");
        assert_eq!(first_sentence("# a-rule"), "");
    }

    #[test]
    fn a_rule_is_known_as_output_names_it() {
        for named in ["a-rule", "warning[a-rule]", "warning[a-rule]:", "farewell/a-rule", " a-rule"] {
            assert_eq!(bare_rule_name(named), "a-rule", "{named}");
        }
    }
}
