//! The cases of `cases`: each file holds one language's. A case is a line `=== action`, the text before with
//! its marks, a line `--->`, and the text after; nothing where no edit can be written.

use super::super::harness::{DART, JAVA, KOTLIN, OBJECTIVE_C, SWIFT};
use super::{anonymize, at_end, behind, branch, event, moved, platform_form, remove, with_anonymize};
use crate::vocabulary::Platform;

#[test]
fn swift() {
    check(SWIFT, include_str!("cases/swift.txt"));
}

#[test]
fn objective_c() {
    check(OBJECTIVE_C, include_str!("cases/objective_c.txt"));
}

#[test]
fn kotlin() {
    check(KOTLIN, include_str!("cases/kotlin.txt"));
}

#[test]
fn java() {
    check(JAVA, include_str!("cases/java.txt"));
}

#[test]
fn dart() {
    check(DART, include_str!("cases/dart.txt"));
}

/// Holds a platform's cases to what they say; as they are, with Windows' line breaks, and with tabs.
fn check(platform: Platform, cases: &str) {
    let unit = if platform == DART { "  " } else { "    " };
    for case in cases.split("=== ").skip(1) {
        let (action, texts) = case.split_once('\n').expect("a case has a text");
        let (before, after) = texts.split_once("--->\n").expect("a case has an outcome");
        let as_it_is = |text: &str| text.to_owned();
        let with_breaks = |text: &str| text.replace('\n', "\r\n");
        let with_tabs = |text: &str| text.lines().map(|line| tabbed(line, unit) + "\n").collect();
        let is_whole = |line: &str| (line.len() - line.trim_start_matches(' ').len()).is_multiple_of(unit.len());
        let is_indented =
            |text: &str| text.lines().all(is_whole) && text.lines().filter(|line| line.starts_with(unit)).count() > 1;
        let mut ways: Vec<&dyn Fn(&str) -> String> = vec![&as_it_is, &with_breaks];
        if is_indented(before) && is_indented(after) {
            ways.push(&with_tabs);
        }
        for way in ways {
            let found = act(platform, action, &way(before));
            let expected = (!after.is_empty()).then(|| way(after));
            assert_eq!(found, expected, "{action}:\n{before}gives\n{}", found.as_deref().unwrap_or("nothing"));
        }
    }
}

fn act(platform: Platform, action: &str, before: &str) -> Option<String> {
    match action {
        "anonymize" => anonymize(platform, before),
        "at end" => at_end(platform, before),
        "event" => event(platform, before),
        "remove" => remove(platform, before),
        "with anonymize" => with_anonymize(platform, before),
        "platform form" => platform_form(platform, before),
        "branch" => branch(platform, before),
        "moved" => moved(platform, before),
        "behind" => behind(platform, before),
        _ => panic!("no action is {action}"),
    }
}

/// A line with a tab for each level of indentation.
fn tabbed(line: &str, unit: &str) -> String {
    let mut rest = line;
    let mut tabs = String::new();
    while let Some(inner) = rest.strip_prefix(unit) {
        tabs.push('\t');
        rest = inner;
    }
    tabs + rest
}
