//! `explain_rule`: a rule's page, with the code of one platform where it is named.

use super::arguments::{ExplainRule, platform_named, rule_named};
use crate::pages::for_platform;

/// The page.
///
/// # Errors
/// No such rule or platform.
pub(super) fn rule(asked: &ExplainRule) -> anyhow::Result<String> {
    let page = rule_named(&asked.rule)?.page();
    let platform = asked.platform.as_deref().map(platform_named).transpose()?;
    Ok(platform.map_or_else(|| page.to_owned(), |platform| for_platform(page, platform)))
}
