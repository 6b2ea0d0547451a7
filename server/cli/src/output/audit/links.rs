//! Where a place's link leads. Owns relative paths from the page and the user's template; must not know
//! the page's markup.

use std::path::{Path, PathBuf};

use farewell_project::{absolute, relative, with_forward_slashes};

use super::document::Place;

/// How places become links.
pub(crate) struct FileLinks {
    working_directory: PathBuf,
    page_folder: PathBuf,
    root: PathBuf,
    template: Option<String>,
}

impl FileLinks {
    /// Links of a page that stands in a folder, to files whose paths are relative to the working directory.
    /// All paths are absolute.
    pub(crate) fn new(working_directory: &Path, page_folder: &Path, root: &Path, template: Option<&str>) -> Self {
        Self {
            working_directory: working_directory.to_path_buf(),
            page_folder: page_folder.to_path_buf(),
            root: root.to_path_buf(),
            template: template.map(str::to_owned),
        }
    }

    /// A path as seen from the page.
    pub(crate) fn relative(&self, path: &str) -> String {
        with_forward_slashes(&relative(&self.page_folder, &self.on_disk(path)))
    }

    /// The address of a place, percent-encoded where a path needs it.
    pub(crate) fn of(&self, place: &Place) -> String {
        let line = place.range.start.line.to_string();
        let Some(template) = &self.template else {
            // A first part with a colon would be read as a scheme.
            let path = percent_encoded(&self.relative(&place.path));
            let first = path.split('/').next().unwrap_or_default();
            let dot = if first.contains(':') { "./" } else { "" };
            return format!("{dot}{path}#L{line}");
        };
        let on_disk = self.on_disk(&place.path);
        let path = percent_encoded(&with_forward_slashes(&on_disk));
        // `vscode://file/{path}` brings the root's slash along.
        let template = if path.starts_with('/') { template.replace("/{path}", "{path}") } else { template.clone() };
        let inner = percent_encoded(&with_forward_slashes(&relative(&self.root, &on_disk)));
        let column = place.range.start.column.to_string();
        filled(&template, &[("{path}", &path), ("{relative}", &inner), ("{line}", &line), ("{column}", &column)])
    }

    fn on_disk(&self, path: &str) -> PathBuf {
        absolute(&self.working_directory, Path::new(path))
    }
}

/// A template with its holes filled in one pass: what is filled in holds no holes.
fn filled(template: &str, holes: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(at) = rest.find('{') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match holes.iter().find(|(hole, _)| rest.starts_with(hole)) {
            Some((hole, value)) => {
                out.push_str(value);
                rest = &rest[hole.len()..];
            }
            None => {
                out.push('{');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// A path in an address: every byte that means something there, or is no plain letter, is encoded.
fn percent_encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/:@!$&'*+,;=".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::FileLinks;
    use crate::output::audit::document::Place;
    use crate::output::document::{Position, Range};

    fn link(path: &str, template: Option<&str>) -> String {
        let links = FileLinks::new(Path::new("/w/app"), Path::new("/w/app/docs"), Path::new("/w"), template);
        let start = Position { line: 3, column: 5 };
        links.of(&Place { path: path.to_owned(), range: Range { start, end: start } })
    }

    #[test]
    fn a_link_leads_from_the_page_to_the_line() {
        assert_eq!(link("src/a b#1.ts", None), "../src/a%20b%231.ts#L3");
        assert_eq!(link("docs/c:d.ts", None), "./c:d.ts#L3");
        assert_eq!(link("../other/[id].tsx", None), "../../other/%5Bid%5D.tsx#L3");
    }

    #[test]
    fn a_template_is_filled() {
        let vscode = "vscode://file/{path}:{line}:{column}";
        assert_eq!(link("src/a.ts", Some(vscode)), "vscode://file/w/app/src/a.ts:3:5");
        assert_eq!(link("src/{line}.ts", Some("x:{path}")), "x:/w/app/src/%7Bline%7D.ts");
        assert_eq!(link("src/a.ts", Some("https://h/{relative}#L{line}{x}")), "https://h/app/src/a.ts#L3{x}");
    }
}
