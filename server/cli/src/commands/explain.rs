//! `farewell explain RULE`: the rule's page, and how a platform writes the calls.

use std::io::{self, Write};
use std::process::ExitCode;

use anyhow::bail;
use farewell_analysis::rules::Rule;
use farewell_analysis::vocabulary::{Platform, Vocabulary};
use farewell_project::nearest;

use crate::pages::{bare_rule_name, for_platform, written};

/// Prints the page of a rule. It may be named as any output names it: `warning[missing-anonymize]`.
///
/// # Errors
/// An unknown rule, with the nearest one; or standard output cannot be written.
pub(crate) fn run(named: &str, platform: Option<Platform>) -> anyhow::Result<ExitCode> {
    let name = bare_rule_name(named);
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

/// How a platform writes the calls, as a section of a page.
fn calls(platform: Platform) -> String {
    let texts = Vocabulary::builtin().texts(platform);
    let written = |template: &str| written(template, &texts.callable);
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
    use super::calls;
    use farewell_analysis::vocabulary::Platform;

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
