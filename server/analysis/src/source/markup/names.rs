//! Names that HTML itself knows. Must not know any framework.

/// Elements that have no content.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Whether an element of this name has no content.
pub(super) fn is_void(name: &str) -> bool {
    VOID.contains(&name)
}

/// Whether two names of elements are one: capital letters count in none of HTML's own names.
pub(super) fn same(name: &str, known: &str) -> bool {
    name.eq_ignore_ascii_case(known)
}
