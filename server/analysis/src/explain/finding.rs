//! The hover of a finding, from its rule's page. Owns which parts of a page it shows; must not know how
//! pages are written elsewhere.

use super::{Hover, Page};
use crate::rules::{Finding, Rule};

/// The short of a rule's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Summary<'a> {
    /// The paragraph below the title.
    pub what: &'a str,
    /// The first paragraph of `Why it matters`; empty where there is none.
    pub why: &'a str,
    /// The first address among the references.
    pub link: Option<&'a str>,
}

/// The hover of a finding: its rule, why it matters, where to read more. The finding's own message is
/// not repeated: an editor shows it beside this.
pub fn hover_finding(finding: &Finding) -> Hover {
    let rule = finding.rule;
    let summary = summary(rule);
    let mut page = Page::default();
    page.paragraph(&format!("**{}** · {}", rule.name(), finding.severity.name()));
    for text in [summary.what, summary.why] {
        if !text.is_empty() {
            page.paragraph(&one_line(text));
        }
    }
    let help = finding.help.trim();
    if !help.is_empty() {
        page.paragraph(&format!("→ {help}"));
    }
    let explain = format!("`farewell explain {}`", rule.name());
    page.paragraph(&match summary.link {
        Some(link) => format!("[Documentation]({link}) · {explain}"),
        None => explain,
    });
    page.hover(finding.span)
}

/// The short of a rule's page.
pub fn summary(rule: Rule) -> Summary<'static> {
    summary_of(rule.page())
}

fn summary_of(page: &str) -> Summary<'_> {
    let below_title = page.split_once('\n').map_or("", |(_, rest)| rest);
    let what = first_paragraph(below_title);
    let why = section(page, "Why it matters").map_or("", first_paragraph);
    let link = section(page, "References").and_then(first_address);
    Summary { what, why, link }
}

/// The text of a section, up to the next heading.
fn section<'a>(page: &'a str, title: &str) -> Option<&'a str> {
    let heading = format!("\n## {title}\n");
    let start = page.find(&heading)? + heading.len();
    let rest = page.get(start..)?;
    Some(rest.split("\n## ").next().unwrap_or(rest))
}

fn first_paragraph(text: &str) -> &str {
    let text = text.trim_start();
    if text.starts_with('#') {
        return "";
    }
    let end = text.find("\n\n").unwrap_or(text.len());
    text.get(..end).unwrap_or(text).trim_end()
}

fn first_address(text: &str) -> Option<&str> {
    let start = text.find("https://")?;
    let rest = text.get(start..)?;
    let end =
        rest.find(|character: char| character.is_whitespace() || matches!(character, ')' | '>')).unwrap_or(rest.len());
    rest.get(..end)
}

/// A paragraph of a page on one line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::{Summary, hover_finding, summary_of};
    use crate::rules::{Finding, Rule, Severity};
    use crate::source::Span;

    const PAGE: &str = "\
# some-rule

Says what it is,
in one sentence.

## What it does

More.

## Why it matters

Because of *this*.

Not this.

## References

- [Anonymize](https://developer.fullstory.com/anonymize) and <https://example.com/>
";

    #[test]
    fn the_short_of_a_page() {
        assert_eq!(
            summary_of(PAGE),
            Summary {
                what: "Says what it is,\nin one sentence.",
                why: "Because of *this*.",
                link: Some("https://developer.fullstory.com/anonymize"),
            }
        );
        assert_eq!(summary_of("# x\n\n## What it does\n\nA.\n"), Summary { what: "", why: "", link: None });
    }

    #[test]
    fn a_finding_names_its_rule_and_where_to_read_more() {
        let finding = Finding {
            rule: Rule::MissingAnonymize,
            severity: Severity::Warning,
            span: Span::new(3, 9),
            message: "m".to_owned(),
            help: "Call it first.".to_owned(),
            related: Vec::new(),
            tag: None,
            remedies: Vec::new(),
        };
        let hover = hover_finding(&finding);
        assert_eq!(hover.span, finding.span);
        assert!(hover.markdown.starts_with("**missing-anonymize** · warning\n\n"));
        assert!(hover.markdown.contains("→ Call it first."));
        assert!(hover.markdown.ends_with("`farewell explain missing-anonymize`"));
    }
}
