//! What is kept of a file that is edited, while the files change that it names: against what a fresh database tells.

use std::collections::BTreeMap;
use std::sync::Arc;

use farewell_analysis::identity::{LinkedFile, linked};
use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::syntax::SyntaxTree;
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, report};
use salsa::{Durability, Setter};

const PAGE: &str = "\
import { release } from './tracker';
export function stay() {
  stay();
}
export function logout() {
  release();
  window.location.href = '/login';
}
";

const TRACKERS: [&str; 5] = [
    "export function release() {\n  FS('setIdentity', { anonymous: true });\n}\n",
    "export function release() {}\n",
    "export async function release() {\n  await wait();\n  FS('setIdentity', { anonymous: true });\n}\n",
    "export { stay as release } from './page';\n",
    "export const other = 1;\n",
];

/// What a third file declares.
const RIVAL: &str = "class Tracker {\n  void release() { stop(); }\n}\n";

/// A page that somebody edits, and a file that it imports.
struct Pair {
    language: Language,
    db: Database,
    page: SourceFile,
    tree: SyntaxTree,
    tracker: SourceFile,
}

impl Pair {
    fn new(language: Language, page: &str, tracker: &str) -> Self {
        let mut db = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&db, Manifest::default(), settings, Vec::new(), None);
        let page: Arc<str> = Arc::from(page);
        let tree = SyntaxTree::new(language, &page);
        let file = |path: &str, text: Arc<str>, tree| {
            let builder = SourceFile::builder(Arc::from(path), language, FileRole::Product, text, tree, project);
            builder.durability(Durability::HIGH).new(&db)
        };
        let (page, tracker) =
            (file("src/page.dart", page, Some(tree.clone())), file("src/tracker.dart", Arc::from(tracker), None));
        let rival = file("src/rival.dart", Arc::from(if language == Language::Dart { RIVAL } else { "" }), None);
        project.set_files(&mut db).to(vec![page, tracker, rival]);
        page.set_modules(&mut db).to(BTreeMap::from([(Arc::from("./tracker"), vec![tracker])]));
        tracker.set_modules(&mut db).to(BTreeMap::from([(Arc::from("./page"), vec![page])]));
        Self { language, db, page, tree, tracker }
    }

    fn edit(&mut self, page: &str) {
        let page: Arc<str> = Arc::from(page);
        self.tree = self.tree.edited(&page);
        self.page.set_text(&mut self.db).to(page);
        self.page.set_tree(&mut self.db).to(Some(self.tree.clone()));
    }

    fn change_tracker(&mut self, tracker: &str) {
        self.tracker.set_text(&mut self.db).to(Arc::from(tracker));
    }

    fn links(&self) -> &LinkedFile {
        linked(&self.db, self.page)
    }

    fn assert_is_as_fresh(&self) {
        let (page, tracker) = (self.page.text(&self.db), self.tracker.text(&self.db));
        let fresh = Self::new(self.language, page, tracker);
        assert!(self.links() == fresh.links(), "{page}{tracker}\n{:#?}\n{:#?}", self.links(), fresh.links());
        let findings = |pair: &Self| report(&pair.db, pair.page).findings.clone();
        assert_eq!(findings(self), findings(&fresh), "{page}{tracker}");
    }
}

#[test]
fn other_files_are_asked_again() {
    change_both(Language::TypeScript, PAGE, &TRACKERS);
}

/// A file of the page's language, and what its neighbour is in turn.
const NATIVE: [(Language, &str, [&str; 6]); 4] = [
    (
        Language::Kotlin,
        "class Page(private val tracker: Tracker) {\n    fun stay() {\n  stay();\n    }\n    fun logout() {\n        tracker.release()\n        release()\n        finish()\n    }\n}\n",
        [
            "class Tracker {\n    fun release() { FS.anonymize() }\n}\n",
            "class Tracker {\n    fun release() { }\n}\nfun release() { FS.anonymize() }\n",
            "interface Tracker {\n    fun release()\n}\nclass Own : Tracker {\n    override fun release() { FS.anonymize() }\n}\n",
            "fun Tracker.release() { FS.anonymize() }\n",
            "class Other\n",
            "class Tracker {\n    fun release() { finish() }\n}\n",
        ],
    ),
    (
        Language::Swift,
        "class Page {\n    let tracker: Tracker\n    func stay() {\n  stay();\n    }\n    func logout() {\n        tracker.release()\n        release()\n        dismiss()\n    }\n}\n",
        [
            "class Tracker {\n    func release() { FS.anonymize() }\n}\n",
            "class Tracker {\n}\nfunc release() { FS.anonymize() }\n",
            "protocol Tracker {\n    func release()\n}\nclass Own: Tracker {\n    func release() { FS.anonymize() }\n}\n",
            "extension Tracker {\n    func release() { FS.anonymize() }\n}\n",
            "class Other {}\n",
            "class Tracker {\n    func release() { dismiss() }\n}\n",
        ],
    ),
    (
        Language::Java,
        "class Page {\n    Tracker tracker;\n    void stay() {\n  stay();\n    }\n    void logout() {\n        tracker.release();\n        finish();\n    }\n}\n",
        [
            "class Tracker {\n    void release() { FS.anonymize(); }\n}\n",
            "class Tracker {\n    void release() { }\n}\n",
            "interface Tracker {\n    void release();\n}\nclass Own implements Tracker {\n    public void release() { FS.anonymize(); }\n}\n",
            "class Tracker extends Page {\n}\n",
            "class Other {}\n",
            "class Tracker {\n    void release() { finish(); }\n}\n",
        ],
    ),
    (
        Language::Dart,
        "import 'tracker.dart';\n\nclass Page {\n  final Tracker tracker;\n  void stay() {\n  stay();\n  }\n  void logout() {\n    tracker.release();\n    release();\n    exit(0);\n  }\n}\n",
        [
            "class Tracker {\n  void release() { FS.anonymize(); }\n}\n",
            "class Tracker {\n  void release() { }\n}\nvoid release() { FS.anonymize(); }\n",
            "abstract class Tracker {\n  void release();\n}\nclass Own implements Tracker {\n  void release() { FS.anonymize(); }\n}\n",
            "extension Ends on Tracker {\n  void release() { FS.anonymize(); }\n}\n",
            "class Other {}\n",
            "class Tracker {\n  void release() { exit(0); }\n}\n",
        ],
    ),
];

#[test]
fn other_native_files_are_asked_again() {
    for (language, page, trackers) in NATIVE {
        change_both(language, page, &trackers);
    }
}

fn change_both(language: Language, page: &str, trackers: &[&str]) {
    let pages = [
        page.to_owned(),
        format!("{page}// One.\n"),
        page.replace("  stay();", "  go();"),
        page.replace("import 'tracker.dart'", "import 'rival.dart'"),
        format!("\n{page}"),
    ];
    let mut pair = Pair::new(language, page, trackers[0]);
    for (round, tracker) in trackers.iter().cycle().take(12).enumerate() {
        for page in &pages {
            // Both before the other one, and at once.
            pair.edit(page);
            if round % 2 == 0 {
                pair.assert_is_as_fresh();
            }
            pair.change_tracker(tracker);
            pair.assert_is_as_fresh();
        }
    }
}

#[test]
fn settings_are_asked_again() {
    const OWN: &str = "export function logout() {\n  Acme('setIdentity', { anonymous: true });\n  window.location.href = '/login';\n}\n";
    let mut pair = Pair::new(Language::TypeScript, OWN, TRACKERS[0]);
    let before = pair.links().clone();
    let project = pair.page.project(&pair.db);
    let settings = Settings { namespace: Some("Acme".into()), ..project.settings(&pair.db).clone() };
    project.set_settings(&mut pair.db).to(settings);
    assert!(*pair.links() != before);
}

#[test]
fn what_is_no_project_file_is_nobody() {
    let mut pair = Pair::new(Language::TypeScript, PAGE, TRACKERS[0]);
    pair.assert_is_as_fresh();
    pair.page.set_modules(&mut pair.db).to(BTreeMap::new());
    pair.edit(&format!("{PAGE}\n"));
    let links = pair.links().clone();
    pair.page.set_modules(&mut pair.db).to(BTreeMap::from([(Arc::from("./tracker"), vec![pair.tracker])]));
    pair.edit(PAGE);
    assert!(*pair.links() != links);
    pair.assert_is_as_fresh();
}
