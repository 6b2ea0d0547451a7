//! The names of the macros and directives that are masked. Must not know how.

/// Macros that stand alone, and say nothing of what runs. One in parentheses behind them goes with them.
pub(super) const ANNOTATIONS: &[&str] = &[
    "NS_ASSUME_NONNULL_BEGIN",
    "NS_ASSUME_NONNULL_END",
    "CF_ASSUME_NONNULL_BEGIN",
    "CF_ASSUME_NONNULL_END",
    "NS_HEADER_AUDIT_BEGIN",
    "NS_HEADER_AUDIT_END",
    "NS_DESIGNATED_INITIALIZER",
    "NS_UNAVAILABLE",
    "NS_REQUIRES_SUPER",
    "NS_REQUIRES_NIL_TERMINATION",
    "NS_REFINED_FOR_SWIFT",
    "NS_NOESCAPE",
    "NS_ROOT_CLASS",
    "NS_STRING_ENUM",
    "NS_EXTENSIBLE_STRING_ENUM",
    "NS_TYPED_ENUM",
    "NS_TYPED_EXTENSIBLE_ENUM",
    "NS_AUTOMATED_REFCOUNT_UNAVAILABLE",
    "NS_VALID_UNTIL_END_OF_SCOPE",
    "NS_FORMAT_FUNCTION",
    "NS_FORMAT_ARGUMENT",
    "NS_CLASS_AVAILABLE",
    "NS_ENUM_AVAILABLE",
    "NS_DEPRECATED",
    "NS_AVAILABLE",
    "NS_EXTENSION_UNAVAILABLE",
    "CF_FORMAT_FUNCTION",
    "CF_EXTERN_C_BEGIN",
    "CF_EXTERN_C_END",
    "UI_APPEARANCE_SELECTOR",
    "DEPRECATED_ATTRIBUTE",
    "DEPRECATED_MSG_ATTRIBUTE",
    "UNAVAILABLE_ATTRIBUTE",
    "FOUNDATION_EXPORT",
    "FOUNDATION_EXTERN",
    "OBJC_EXPORT",
    "OBJC_EXTERN",
    "UIKIT_EXTERN",
    "IBOutlet",
    "IBInspectable",
    "IB_DESIGNABLE",
    "__attribute__",
    "__attribute",
    "__deprecated",
    "__deprecated_msg",
    "__unused",
    "__used",
];

/// How further macros of that sort begin.
pub(super) const ANNOTATION_PREFIXES: &[&str] = &[
    "NS_SWIFT_",
    "NS_RETURNS_",
    "NS_RELEASES_",
    "NS_AVAILABLE_",
    "NS_DEPRECATED_",
    "NS_CLASS_AVAILABLE_",
    "NS_CLASS_DEPRECATED_",
    "NS_ENUM_AVAILABLE_",
    "NS_ENUM_DEPRECATED_",
    "NS_EXTENSION_UNAVAILABLE_",
    "CF_SWIFT_",
    "CF_RETURNS_",
    "API_AVAILABLE",
    "API_UNAVAILABLE",
    "API_DEPRECATED",
    "__IOS_",
    "__OSX_",
    "__TVOS_",
    "__WATCHOS_",
];

/// How a project's own words for such macros end.
pub(super) const ANNOTATION_SUFFIXES: &[&str] = &["_API_AVAILABLE", "_API_UNAVAILABLE", "_API_DEPRECATED"];

/// How a project's own words for `extern` and `inline` end.
pub(super) const LINKAGE_SUFFIXES: &[&str] = &["_EXTERN", "_EXPORT", "_INLINE"];

/// Macros that declare an enumeration: their first argument is its type, their second one its name.
pub(super) const ENUMERATIONS: &[&str] =
    &["NS_ENUM", "NS_OPTIONS", "NS_CLOSED_ENUM", "NS_ERROR_ENUM", "CF_ENUM", "CF_OPTIONS", "CF_CLOSED_ENUM"];

/// Macros behind an `@` that only rename what they are given.
pub(super) const CAPTURES: &[&str] = &["weakify", "strongify", "unsafeify"];

/// Macros that stand for the head of a method, and how many of their arguments are no part of it.
pub(super) const METHODS: &[(&str, usize)] =
    &[("RCT_EXPORT_METHOD", 0), ("RCT_REMAP_METHOD", 1), ("RCT_EXPORT_BLOCKING_SYNCHRONOUS_METHOD", 0)];

/// Macros that stand for a whole declaration, with their semicolon.
pub(super) const DECLARATIONS: &[&str] =
    &["RCT_EXPORT_MODULE", "RCT_EXPORT_VIEW_PROPERTY", "RCT_REMAP_VIEW_PROPERTY", "RCT_EXTERN_METHOD"];

/// Directives that are no code. A name for a text stays, as it is a constant.
pub(super) const DIRECTIVES: &[&str] = &["define", "undef", "pragma", "error", "warning", "line"];
