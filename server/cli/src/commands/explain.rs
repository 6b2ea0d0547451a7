//! `farewell explain RULE`: the rule's page, and how a platform writes the calls.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use farewell_analysis::rules::Rule;
use farewell_analysis::vocabulary::{Platform, Vocabulary};
use farewell_project::nearest;

use crate::pages::for_platform;

/// Prints the page of a rule. It may be named as any output names it: `warning[missing-anonymize]`.
///
/// # Errors
/// An unknown rule, with the nearest one; or standard output cannot be written.
pub(crate) fn run(named: &str, platform: Option<Platform>) -> anyhow::Result<ExitCode> {
    let name = bare(named);
    let Some(rule) = Rule::of_name(name) else {
        match nearest(name, &Rule::ALL.map(Rule::name)) {
            Some(near) => bail!("there is no rule `{name}`; did you mean `{near}`?"),
            None => bail!("there is no rule `{name}`; `farewell rules` lists them"),
        }
    };
    let mut output = io::stdout().lock();
    match platform {
        Some(platform) => {
            writeln!(output, "{}\n", for_platform(rule.page(), platform).trim_end())?;
            write!(output, "{}", calls(platform))?;
        }
        None => writeln!(output, "{}", rule.page().trim_end())?,
    }
    output.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// A rule's name without what output writes around it.
fn bare(named: &str) -> &str {
    let inner = named.rsplit_once('[').map_or(named, |(_, inner)| inner);
    let inner = inner.trim_end_matches([']', ':']);
    inner.rsplit_once('/').map_or(inner, |(_, name)| name).trim()
}

/// How a platform writes the calls, as a section of a page.
fn calls(platform: Platform) -> String {
    let texts = Vocabulary::builtin().texts(platform);
    let written = |template: &str| {
        let filled = template.replace("{callable}", &texts.callable).replace("{uid}", "user.id");
        filled.replace("{name}", "Logout").replace("{properties}", "properties").replace("{q}", "'")
    };
    let mut section = format!("## On {}\n\n", texts.display_name);
    for (what, template, address) in [
        ("Release the identity", &texts.anonymize, &texts.anonymize_url),
        ("Set the identity", &texts.identify, &texts.identify_url),
        ("Track an event", &texts.event, &texts.event_url),
    ] {
        section += &format!("- {what}: `{}` (<{address}>)\n", written(template));
    }
    if let Some(import) = &texts.import_line {
        section += &format!("- Import: `{}`\n", written(import));
    }
    section
}

#[cfg(test)]
mod tests {
    use super::{bare, calls};
    use farewell_analysis::vocabulary::Platform;

    #[test]
    fn a_rule_is_known_as_output_names_it() {
        for named in ["a-rule", "warning[a-rule]", "warning[a-rule]:", "farewell/a-rule", " a-rule"] {
            assert_eq!(bare(named), "a-rule", "{named}");
        }
    }

    #[test]
    fn every_platform_tells_its_calls_in_full() {
        for platform in Platform::ALL {
            let section = calls(platform);
            assert!(section.contains("Release the identity: `"), "{section}");
            assert!(
                !section.contains("{callable}") && !section.contains("{uid}") && !section.contains("{q}"),
                "{section}"
            );
        }
    }
}
