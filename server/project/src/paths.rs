//! Paths as text. Owns how a path is made absolute, relative and slashed; looks at the disk only to
//! tell whether a path with `..` still leads where it did.

use std::cmp::Ordering;
use std::path::{Component, Path, PathBuf, is_separator};

/// A path made absolute against `base`, without `.` and `..`. Symbolic links are kept, so that a file
/// keeps the name by which it was asked for.
pub fn absolute(base: &Path, path: &Path) -> PathBuf {
    let joined = base.join(path);
    let cleaned = without_dots(&joined);
    // `link/..` is not the folder that holds the link: where the cleaned path leads nowhere, ask the disk.
    if joined.exists() && !cleaned.exists() { joined.canonicalize().unwrap_or(cleaned) } else { cleaned }
}

/// A path relative to a folder, with `..` where it lies outside; the path itself where the two have
/// nothing in common.
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    if let Ok(inside) = to.strip_prefix(from)
        && !inside.as_os_str().is_empty()
    {
        return inside.to_path_buf();
    }
    let base: Vec<Component<'_>> = from.components().collect();
    let target: Vec<Component<'_>> = to.components().collect();
    let shared = base.iter().zip(&target).take_while(|(left, right)| left == right).count();
    if shared == 0 {
        return to.to_path_buf();
    }
    let mut result = PathBuf::new();
    for _ in shared..base.len() {
        result.push("..");
    }
    result.extend(&target[shared..]);
    if result.as_os_str().is_empty() { PathBuf::from(".") } else { result }
}

/// A path's text with forward slashes. Bytes that are no UTF-8 become replacement characters.
pub fn with_forward_slashes(path: &Path) -> String {
    let text = path.to_string_lossy();
    if std::path::MAIN_SEPARATOR == '/' { text.into_owned() } else { text.replace(std::path::MAIN_SEPARATOR, "/") }
}

/// The order of two paths (absolute, without dots) that the standard library gives them too, which takes each of them
/// apart for that: folder by folder, so that what is below a folder stands together.
pub(crate) fn in_order(left: &Path, right: &Path) -> Ordering {
    let (left, right) = (left.as_os_str().as_encoded_bytes(), right.as_os_str().as_encoded_bytes());
    let Some(place) = left.iter().zip(right).position(|(left, right)| left != right) else {
        return left.len().cmp(&right.len());
    };
    // The end of a name comes before all that may follow in it.
    let rank = |bytes: &[u8]| bytes.get(place).filter(|byte| !is_separator(char::from(**byte))).copied();
    rank(left).cmp(&rank(right))
}

fn without_dots(path: &Path) -> PathBuf {
    let mut result = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir => {
                result.pop();
            }
            other => result.push(other),
        }
    }
    result
}

#[cfg(test)]
mod tests {
    use std::path::{Path, PathBuf};

    use super::{absolute, in_order, relative};

    #[test]
    fn dots_go_away() {
        assert_eq!(absolute(Path::new("/a/b"), Path::new("../c/./d")), PathBuf::from("/a/c/d"));
        assert_eq!(absolute(Path::new("/a/b"), Path::new("/c")), PathBuf::from("/c"));
        assert_eq!(absolute(Path::new("/a"), Path::new("../../..")), PathBuf::from("/"));
    }

    #[test]
    fn the_order_is_that_of_the_names_on_the_way() {
        let paths = ["/a", "/a/b", "/a/b/c", "/a/b-c", "/a/b.c/d", "/a/bc", "/a/é", "/a b", "/ab/c"].map(Path::new);
        for left in paths {
            for right in paths {
                assert_eq!(in_order(left, right), left.cmp(right), "{} and {}", left.display(), right.display());
            }
        }
    }

    #[test]
    fn relative_paths_go_up_and_down() {
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/b/c/d")), PathBuf::from("c/d"));
        assert_eq!(relative(Path::new("/a/b"), Path::new("/a/c")), PathBuf::from("../c"));
        assert_eq!(relative(Path::new("/a"), Path::new("/a")), PathBuf::from("."));
    }
}
