//! The list of rules. Owns their names, default severities and pages; what each checks is in its file.

use super::Severity;

/// A rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rule {
    /// A way out keeps the identity.
    MissingAnonymize,
    /// The identity is released after the page or screen was left.
    AnonymizeAfterRedirect,
    /// A call means to anonymize and does not.
    WrongAnonymizeSyntax,
    /// The form of another platform or SDK generation.
    WrongPlatformApi,
    /// An `…Async` anonymize that nobody waits for before the page goes away.
    UnawaitedAnonymize,
    /// An awaited `…Async` anonymize that can stop the logout.
    UnguardedAwait,
    /// Identity is released twice.
    DuplicateAnonymize,
    /// An event of the user who has left already.
    EventAfterAnonymize,
    /// No event was tracked before the identity was released.
    MissingLogoutEvent,
    /// An error, and no logout, releases the identity.
    AnonymizeInErrorHandler,
    /// Showing a screen releases the identity.
    AnonymizeOnScreenLoad,
    /// The identity is released again and again.
    AnonymizeInLoop,
    /// The same user is identified again at once.
    ReidentifyAfterAnonymize,
    /// Another person is identified while the last one still is.
    SwitchWithoutAnonymize,
    /// A v1 form where the v2 API is there.
    DeprecatedAnonymize,
    /// A suppression that suppresses nothing, or gives no reason.
    UnusedSuppression,
}

impl Rule {
    /// Every rule, in the order of the documentation.
    pub const ALL: [Rule; 16] = [
        Rule::MissingAnonymize,
        Rule::AnonymizeAfterRedirect,
        Rule::WrongAnonymizeSyntax,
        Rule::WrongPlatformApi,
        Rule::UnawaitedAnonymize,
        Rule::UnguardedAwait,
        Rule::DuplicateAnonymize,
        Rule::EventAfterAnonymize,
        Rule::MissingLogoutEvent,
        Rule::AnonymizeInErrorHandler,
        Rule::AnonymizeOnScreenLoad,
        Rule::AnonymizeInLoop,
        Rule::ReidentifyAfterAnonymize,
        Rule::SwitchWithoutAnonymize,
        Rule::DeprecatedAnonymize,
        Rule::UnusedSuppression,
    ];

    /// The rule's name in output, configuration and suppressions.
    pub const fn name(self) -> &'static str {
        match self {
            Rule::MissingAnonymize => "missing-anonymize",
            Rule::AnonymizeAfterRedirect => "anonymize-after-redirect",
            Rule::WrongAnonymizeSyntax => "wrong-anonymize-syntax",
            Rule::WrongPlatformApi => "wrong-platform-api",
            Rule::UnawaitedAnonymize => "unawaited-anonymize",
            Rule::UnguardedAwait => "unguarded-await",
            Rule::DuplicateAnonymize => "duplicate-anonymize",
            Rule::EventAfterAnonymize => "event-after-anonymize",
            Rule::MissingLogoutEvent => "missing-logout-event",
            Rule::AnonymizeInErrorHandler => "anonymize-in-error-handler",
            Rule::AnonymizeOnScreenLoad => "anonymize-on-screen-load",
            Rule::AnonymizeInLoop => "anonymize-in-loop",
            Rule::ReidentifyAfterAnonymize => "reidentify-after-anonymize",
            Rule::SwitchWithoutAnonymize => "switch-without-anonymize",
            Rule::DeprecatedAnonymize => "deprecated-anonymize",
            Rule::UnusedSuppression => "unused-suppression",
        }
    }

    /// The rule of a name, or `None` where there is none of that name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rule| rule.name() == name)
    }

    /// How grave the rule's findings are unless the rule itself or the configuration says otherwise.
    pub const fn default_severity(self) -> Severity {
        match self {
            Rule::WrongAnonymizeSyntax | Rule::WrongPlatformApi | Rule::AnonymizeAfterRedirect => Severity::Error,
            Rule::UnguardedAwait => Severity::Information,
            Rule::MissingLogoutEvent | Rule::DeprecatedAnonymize => Severity::Hint,
            _ => Severity::Warning,
        }
    }

    /// Where the rule's page is read by people: its file in the project's repository.
    pub fn address(self) -> String {
        const PAGES: &str = "https://github.com/farewell-lint/farewell/blob/main/server/analysis/src/rules/";
        format!("{PAGES}{}.md", self.name().replace('-', "_"))
    }

    /// The rule's page, in Markdown: the one source of hover texts, `farewell explain` and the documentation.
    pub const fn page(self) -> &'static str {
        match self {
            Rule::MissingAnonymize => include_str!("missing_anonymize.md"),
            Rule::AnonymizeAfterRedirect => include_str!("anonymize_after_redirect.md"),
            Rule::WrongAnonymizeSyntax => include_str!("wrong_anonymize_syntax.md"),
            Rule::WrongPlatformApi => include_str!("wrong_platform_api.md"),
            Rule::UnawaitedAnonymize => include_str!("unawaited_anonymize.md"),
            Rule::UnguardedAwait => include_str!("unguarded_await.md"),
            Rule::DuplicateAnonymize => include_str!("duplicate_anonymize.md"),
            Rule::EventAfterAnonymize => include_str!("event_after_anonymize.md"),
            Rule::MissingLogoutEvent => include_str!("missing_logout_event.md"),
            Rule::AnonymizeInErrorHandler => include_str!("anonymize_in_error_handler.md"),
            Rule::AnonymizeOnScreenLoad => include_str!("anonymize_on_screen_load.md"),
            Rule::AnonymizeInLoop => include_str!("anonymize_in_loop.md"),
            Rule::ReidentifyAfterAnonymize => include_str!("reidentify_after_anonymize.md"),
            Rule::SwitchWithoutAnonymize => include_str!("switch_without_anonymize.md"),
            Rule::DeprecatedAnonymize => include_str!("deprecated_anonymize.md"),
            Rule::UnusedSuppression => include_str!("unused_suppression.md"),
        }
    }
}
