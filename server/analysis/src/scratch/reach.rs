//! The files around a file: those that its verdicts rest on, and those whose verdicts rest on it. Must not know what is
//! done with them.

use std::collections::BTreeSet;

use crate::database::{Db, SourceFile, lowered};
use crate::identity::{file_calls, file_flows};
use crate::linking::name_index;
use crate::lowering::{ImportName, Name, Path, Root, Value};

/// How many files a verdict may rest on: what lies further away counts as unknown.
const FILES: usize = 64;

/// A file, those that its verdicts and those of what calls it rest on, and those that declare what all these name.
pub(super) fn around(db: &dyn Db, file: SourceFile) -> BTreeSet<SourceFile> {
    let connected = connected(db, file);
    let mut all: BTreeSet<SourceFile> = connected.iter().copied().collect();
    for here in connected {
        for other in named_in(db, here) {
            if all.len() < 2 * FILES {
                all.insert(other);
            }
        }
    }
    all
}

/// The other files whose findings may change with a file: those that its calls come from, and those that the
/// calls of all these lead into.
pub(super) fn affected(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let above = reached(vec![file], |here| callers_of(db, here));
    let mut all = BTreeSet::new();
    for from in above {
        all.extend(reached(vec![from], |here| callees_of(db, here)));
    }
    all.remove(&file);
    all.into_iter().collect()
}

/// A file and those that are called from it or call it, near ones first: what calls it, what these call, and what else
/// calls the flows among that, since a flow is judged by all its callers. Who else calls what is no flow has no say.
fn connected(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let above = reached(vec![file], |here| callers_of(db, here));
    reached(above, |here| flow_callers_of(db, here).into_iter().chain(callees_of(db, here)).collect())
}

/// Some files and what is reached from them, near ones first.
fn reached(from: Vec<SourceFile>, next: impl Fn(SourceFile) -> Vec<SourceFile>) -> Vec<SourceFile> {
    let mut found = from;
    let mut seen: BTreeSet<SourceFile> = found.iter().copied().collect();
    let mut place = 0;
    while let Some(here) = found.get(place).copied() {
        place += 1;
        found.extend(next(here).into_iter().filter(|other| seen.len() < FILES && seen.insert(*other)));
    }
    found
}

fn callers_of(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    file_flows(db, file).callers.values().flatten().map(|caller| caller.file).collect()
}

/// Who calls the flows of a file, and the parts of them.
fn flow_callers_of(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    let flows = file_flows(db, file);
    let of_flows = flows.callers.iter().filter(|(body, _)| flows.flow_around(**body).is_some());
    of_flows.flat_map(|(_, callers)| callers).map(|caller| caller.file).collect()
}

fn callees_of(db: &dyn Db, file: SourceFile) -> Vec<SourceFile> {
    file_calls(db, file).iter().flat_map(|calls| &calls.calls).map(|callee| callee.file).collect()
}

/// The files that a file's imports and types name.
fn named_in(db: &dyn Db, file: SourceFile) -> BTreeSet<SourceFile> {
    let mut files: BTreeSet<SourceFile> = file.modules(db).values().flatten().copied().collect();
    if file.language(db).is_script() {
        return files;
    }
    let index = name_index(db, file.project(db), file.language(db));
    let declared = lowered(db, file);
    let mut add = |name: &Name| files.extend(index.classes(name).iter().map(|class| class.file));
    let mut add_path = |path: &Path| match &path.root {
        Root::Global(name) | Root::Import { name: ImportName::Named(name), .. } => add(name),
        _ => {}
    };
    for class in &declared.classes {
        class.parent.iter().chain(&class.interfaces).for_each(&mut add_path);
        for member in &class.members {
            if let Value::Path(path) = &member.value {
                add_path(path);
            }
        }
    }
    declared.bindings.iter().filter_map(|binding| binding.declared_type.as_ref()).for_each(add_path);
    files
}

#[cfg(test)]
mod tests {
    use super::{affected, connected};
    use crate::database::{Database, SourceFile};
    use crate::testing::project;

    const FILES: [(&str, &str); 5] = [
        ("Menu.swift", "final class Menu { func logoutTapped() { SessionManager.shared.logout() } }\n"),
        ("Other.swift", "final class Other { func bye() { SessionManager.shared.logout() } }\n"),
        ("Page.swift", "final class Page { func show() { Tracker.track(\"page\") } }\n"),
        (
            "SessionManager.swift",
            "final class SessionManager {\n    static let shared = SessionManager()\n    func logout() {\n        \
             Tracker.track(\"bye\")\n        try? Auth.auth().signOut()\n    }\n}\n",
        ),
        ("Tracker.swift", "enum Tracker { static func track(_ name: String) { FS.event(name) } }\n"),
    ];

    /// The names of the files that are found around one.
    fn names(file: &str, find: impl Fn(&Database, SourceFile) -> Vec<SourceFile>) -> Vec<String> {
        let (db, files) = project(&FILES);
        let asked = files.iter().find(|it| &**it.path(&db) == file).unwrap();
        let found = find(&db, *asked).into_iter();
        let mut names: Vec<String> = found.map(|it| it.path(&db).trim_end_matches(".swift").to_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn who_calls_what_is_no_flow_has_no_say() {
        let connected = |file: &str| names(file, |db, file| connected(db, file));
        assert_eq!(connected("Menu.swift"), ["Menu", "Other", "SessionManager", "Tracker"]);
        assert_eq!(connected("SessionManager.swift"), ["Menu", "Other", "SessionManager", "Tracker"]);
        assert_eq!(connected("Page.swift"), ["Page", "Tracker"]);
        assert_eq!(connected("Tracker.swift"), ["Menu", "Other", "Page", "SessionManager", "Tracker"]);
    }

    #[test]
    fn findings_change_with_what_is_called_and_with_callers() {
        let affected = |file: &str| names(file, |db, file| affected(db, file));
        assert_eq!(affected("Menu.swift"), ["SessionManager", "Tracker"]);
        assert_eq!(affected("SessionManager.swift"), ["Menu", "Other", "Tracker"]);
        assert_eq!(affected("Tracker.swift"), ["Menu", "Other", "Page", "SessionManager"]);
    }
}
