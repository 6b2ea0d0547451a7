//! What an edit did not touch and is taken over, against what is made of the whole text: lowering, meanings, links
//! and findings.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use farewell_analysis::database::meanings;
use farewell_analysis::identity::linked;
use farewell_analysis::lowering::{self, Former, LoweredFile};
use farewell_analysis::source::{FileRole, Language};
use farewell_analysis::syntax::SyntaxTree;
use farewell_analysis::{Database, Manifest, Project, Settings, SourceFile, report};
use salsa::Setter;

/// What is put in somewhere: pieces of code that change what other code means, halves of such, and plain text.
const PIECES: [&str; 40] = [
    "x",
    " ",
    "\n",
    ";",
    "{",
    "}",
    "(",
    ")",
    "'",
    "`",
    "/*",
    "//",
    "\u{1F600}",
    "é",
    "\r\n",
    "const logout = 1;\n",
    "let router;\n",
    "import { router } from './router';\n",
    "export default logout;\n",
    "function logout() { api.post('/logout'); }\n",
    "async ",
    "await ",
    "var router = 1;\n",
    "}\n",
    "return () => logout();\n",
    "const go = () => { window.location.href = '/'; };\n",
    "class Auth { logout() { this.reset(); } }\n",
    "api.post('/x').then(() => logout()).catch(fail);\n",
    "logout = null;\n",
    "auth.user = null;\n",
    "module.exports.logout = logout;\n",
    "const { a, b: [c] } = useAuth();\n",
    "type Auth = typeof api;\n",
    "<button onClick={logout}>Log out</button>",
    "declare const router: any;\n",
    "import '@fullstory/browser';\n",
    "if (isReady) { router.push(options); }\n",
    "const options = { path: '/login' };\n",
    "useEffect(logout);\nwindow.onunload = logout;\n",
    "async function leave() {\n  await end();\n  if (done) {\n    go('/login');\n",
];

/// Every so many texts what is found is compared: that costs most.
const EACH: usize = 3;

pub(super) struct Random(u64);

impl Random {
    pub(super) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound.max(1)
    }
}

/// A document as an editor keeps it.
pub(super) struct Kept {
    language: Language,
    pub(super) text: String,
    tree: Option<SyntaxTree>,
    former: Option<Former>,
    pub(super) lowered: Arc<LoweredFile>,
    opened: Option<Opened>,
    /// How many of its texts were looked at.
    texts: usize,
}

/// A file in a database of its own.
struct Opened {
    db: Database,
    file: SourceFile,
}

impl Opened {
    fn new(language: Language, text: &Arc<str>, tree: &SyntaxTree) -> Self {
        let mut db = Database::default();
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&db, Manifest::default(), settings, Vec::new(), None);
        let tree = Some(tree.clone());
        let (path, text) = (Arc::from("src/a"), Arc::clone(text));
        let file = SourceFile::new(&db, path, language, FileRole::Product, text, tree, project);
        project.set_files(&mut db).to(vec![file]);
        Self { db, file }
    }

    /// Asks what is found in the next text.
    fn edit(&mut self, text: &Arc<str>, tree: &SyntaxTree) {
        self.file.set_text(&mut self.db).to(Arc::clone(text));
        self.file.set_tree(&mut self.db).to(Some(tree.clone()));
        report(&self.db, self.file);
    }

    /// Compares that, and what it rests on, with what another database makes of the text.
    fn check(&self, language: Language, text: &Arc<str>, tree: &SyntaxTree) {
        let fresh = Self::new(language, text, tree);
        assert_eq!(report(&self.db, self.file).findings, report(&fresh.db, fresh.file).findings, "{text}");
        let (kept, made) = (meanings(&self.db, self.file), meanings(&fresh.db, fresh.file));
        assert!(kept == made, "{text}\n--- kept:\n{kept:#?}\n--- made:\n{made:#?}");
        let (kept, made) = (linked(&self.db, self.file), linked(&fresh.db, fresh.file));
        assert!(kept == made, "{text}\n--- kept:\n{kept:#?}\n--- made:\n{made:#?}");
    }
}

impl Kept {
    pub(super) fn new(language: Language, text: &str) -> Self {
        let mut kept = Self {
            language,
            text: text.to_owned(),
            tree: None,
            former: None,
            lowered: Arc::default(),
            opened: None,
            texts: 0,
        };
        kept.check();
        kept
    }

    /// Lowers the text both ways, of one tree.
    fn check(&mut self) {
        let text: Arc<str> = self.text.as_str().into();
        let tree = match &self.tree {
            Some(last) => last.edited(&text),
            None => SyntaxTree::new(self.language, &text),
        };
        let Some(parsed) = tree.parsed() else { return };
        let (lowered, former) = lowering::lower_again(self.language, &text, &parsed, self.former.as_ref());
        let fresh = lowering::lower(self.language, &text, &parsed);
        if *lowered != fresh {
            let (taken, fresh) = (format!("{lowered:#?}"), format!("{fresh:#?}"));
            let other = taken.lines().zip(fresh.lines()).position(|(one, other)| one != other).unwrap_or_default();
            let around = |all: &str| all.lines().skip(other.saturating_sub(12)).take(24).collect::<Vec<_>>().join("\n");
            panic!(
                "{:?}:\n{}\n--- taken over:\n{}\n--- afresh:\n{}",
                self.language,
                self.text,
                around(&taken),
                around(&fresh)
            );
        }
        let opened = self.opened.get_or_insert_with(|| Opened::new(self.language, &text, &tree));
        opened.edit(&text, &tree);
        self.texts += 1;
        if self.texts.is_multiple_of(EACH) {
            opened.check(self.language, &text, &tree);
        }
        self.lowered = lowered;
        self.former = Some(former);
        self.tree = Some(tree);
    }

    /// Types a text key by key, and takes it back so.
    pub(super) fn type_and_delete(&mut self, place: usize, typed: &str) {
        for (offset, key) in typed.char_indices() {
            self.replace(place + offset, place + offset, key.encode_utf8(&mut [0; 4]));
        }
        for (offset, key) in typed.char_indices().rev() {
            self.replace(place + offset, place + offset + key.len_utf8(), "");
        }
    }

    pub(super) fn replace(&mut self, start: usize, end: usize, with: &str) {
        let floor = |mut at: usize| {
            while !self.text.is_char_boundary(at) {
                at -= 1;
            }
            at
        };
        let (start, end) = (floor(start.min(self.text.len())), floor(end.min(self.text.len())));
        self.text.replace_range(start..end.max(start), with);
        self.check();
    }
}

fn files(folder: &Path, of_scripts: bool, into: &mut Vec<(Language, PathBuf)>) {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let mut entries: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, of_scripts, into);
        } else if let Some(language) = Language::of_path(&path)
            && language.is_script() == of_scripts
        {
            into.push((language, path));
        }
    }
}

/// The files of the tests, of scripts or of native languages.
fn corpus(of_scripts: bool) -> Vec<(Language, String)> {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests");
    let mut all = Vec::new();
    for folder in ["fixtures", "apps", "bench/samples"] {
        files(&tests.join(folder), of_scripts, &mut all);
    }
    let read = |(language, path): (Language, PathBuf)| Some((language, std::fs::read_to_string(path).ok()?));
    all.into_iter().filter_map(read).collect()
}

/// `FAREWELL_AGAIN_EDITS` edits of each file (8 where it is not set), others for each `FAREWELL_AGAIN_SEED`.
pub(super) fn random_edits_of(of_scripts: bool, pieces: &[&str]) {
    let corpus = corpus(of_scripts);
    assert!(corpus.len() > 100, "the fixtures are gone");
    let set = |name: &str| std::env::var(name).ok().and_then(|it| it.parse().ok());
    let rounds = set("FAREWELL_AGAIN_EDITS").unwrap_or(8);
    let seed = set("FAREWELL_AGAIN_SEED").unwrap_or(0);
    for (number, (language, text)) in corpus.iter().enumerate() {
        let mut random = Random(number as u64 + seed);
        let mut kept = Kept::new(*language, text);
        for _ in 0..rounds {
            let at = random.below(kept.text.len() + 1);
            match random.below(8) {
                0 => {
                    let length = random.below(30);
                    kept.replace(at, at + length, "");
                }
                // A piece of the text itself stands there too.
                1 => {
                    let from = random.below(kept.text.len() + 1);
                    let length = random.below(200);
                    let piece: String = kept.text.chars().skip(from).take(length).collect();
                    kept.replace(at, at, &piece);
                }
                // The next edit may mend what this one broke.
                2 => {
                    let before = kept.text.clone();
                    kept.replace(at, at, pieces[random.below(pieces.len())]);
                    kept.text = before;
                    kept.check();
                }
                // Between two lines, where it breaks least.
                3..=5 => {
                    let line = kept.text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
                    kept.replace(line, line, pieces[random.below(pieces.len())]);
                }
                // Half of a piece, as somebody types it.
                6 => {
                    let line = kept.text.get(..at).and_then(|head| head.rfind('\n')).map_or(0, |at| at + 1);
                    let piece = pieces[random.below(pieces.len())];
                    let half: String = piece.chars().take(random.below(piece.len())).collect();
                    kept.replace(line, line, &half);
                }
                _ => kept.replace(at, at, pieces[random.below(pieces.len())]),
            }
        }
    }
}

#[test]
fn random_edits() {
    random_edits_of(true, &PIECES);
}

/// Which bodies of two lowerings are the very same.
pub(super) fn shared(one: &LoweredFile, other: &LoweredFile) -> Vec<bool> {
    one.bodies.iter().zip(&other.bodies).map(|(one, other)| Arc::ptr_eq(one, other)).collect()
}

#[test]
fn what_only_begins_as_exports_is_none() {
    let text = "function one() {\n  module.exports = logout;\n}\nfunction two() {}\n";
    let mut kept = Kept::new(Language::TypeScript, text);
    assert_eq!(kept.lowered.exports.len(), 1);
    let behind = text.find(" = logout").unwrap();
    kept.replace(behind, behind, "t");
    kept.replace(text.len() - 1, text.len() - 1, " ");
    assert_eq!(kept.lowered.exports, []);
}

#[test]
fn untouched_functions_are_shared() {
    let text = "function one() { two().then(() => go('/login')); }\nclass Two { out() { one(); } }\nfunction last() {\n  one();\n}\n";
    let mut kept = Kept::new(Language::TypeScript, text);
    let before = Arc::clone(&kept.lowered);
    let place = text.rfind("one").unwrap();
    kept.replace(place, place + 3, "await end");
    let shared = shared(&before, &kept.lowered);
    // The file's top level, `one` and its callback, `out`, `last`, the promise chain.
    assert_eq!(shared, [false, true, true, true, false, true]);
}

#[test]
fn untouched_classes_are_shared() {
    let text = "class Two extends Base {\n  private one = make();\n  constructor(private api: Api) { super(); }\n  end() { this.one.end().then(() => go('/login')); }\n}\nfunction last() {\n  one();\n}\n";
    let mut kept = Kept::new(Language::TypeScript, text);
    let place = text.rfind("one").unwrap();
    for (old, new) in [("one", "await end"), ("await end", "one"), ("one", "two")] {
        let before = Arc::clone(&kept.lowered);
        kept.replace(place, place + old.len(), new);
        let shared = shared(&before, &kept.lowered);
        // The file's top level, the field, the constructor, `end` and its callback, `last`, the promise chain.
        assert_eq!(shared, [false, true, true, true, true, false, true]);
    }
}

/// Half-typed code may leave a name of its own at the file's outermost level.
#[test]
fn names_of_their_own_keep_functions_apart_from_the_file() {
    let text = "function one() { const token = a(); b(token); }\nclass Two { out(token) { b(token); } }\nfunction three() { b(token); }\nclass Four { out() { b(token); } }\nclass Five { out() { const a = token.b; { let token; } } }\nclass Six { out() { for (let token = 0; token < 3;) { go(token); } } }\n";
    let mut kept = Kept::new(Language::TypeScript, text);
    for (place, new) in [(text.len(), "let token = 1;\n"), (text.len() + 12, "2")] {
        let before = Arc::clone(&kept.lowered);
        kept.replace(place, place, new);
        let shared = shared(&before, &kept.lowered);
        assert_eq!(shared, [false, true, true, false, false, false, true]);
    }
}

/// Each edit changes what a function or a class means in which nothing was edited.
#[test]
fn what_stands_elsewhere_decides() {
    let cases = [
        ("import r from './r';\nlet a: typeof r = get();\nfunction f() { a.push('/'); }\n", ": typeof r", ""),
        ("import r from './r';\nlet a = get();\nfunction f() { a.push('/'); }\n", "a = get", "a: typeof r = get"),
        ("const home = '/a';\nfunction f() { go(home); }\n", "'/a'", "'/b'"),
        ("const home = base;\nconst base = '/a';\nfunction f() { go(home); }\n", "'/a'", "'/b'"),
        ("\nfunction f() { router.push('/'); }\n", "\n", "import { router } from './r';\n"),
        ("class A { private r: One; f() { this.r.go(); } }\n", "One", "Two"),
        ("class A { home = '/a'; f() { go(this.home); }\n g() { } }\n", "g() { ", "g() { this.home = x;"),
        ("const o = { a: '/a' };\nfunction f() { go(o.a); }\nfunction g() {  }\n", "{  }", "{ o.a = 1; }"),
        ("function g() {}\nfunction f() { g(); }\n", "function g", "function h"),
        ("function g() {}\nfunction f() { g(); }\nfunction h() {  }\n", "{  }", "{ g = 1; }"),
        ("function go() {}\nconst A = () => <b onClick={go}>Out</b>;\n", "Out", "In"),
        ("const go = () => { return <b onClick={go}>Out</b>; };\nfunction f() {  }\n", "{  }", "{ g(); }"),
        ("const p = x => p;\nfunction f() { require('a').b(); }\nfunction g() { a.b(); }\n", "p = x", "a = x"),
        ("interface T {}\nlet a: T;\nfunction f() { a.b(); }\n", "interface", "class"),
        ("enum E { A = '/a' }\nfunction f() { go(E.A); }\n", "'/a'", "'/b'"),
        ("function f() { api.get().then(() => g()); }\nfunction g() { }\n", "{ }", "{ const one = () => 1; }"),
        ("const home = '/a';\nclass A { to = home; f() { go(this.to); } }\n", "'/a'", "'/b'"),
        ("const home = '/a';\nclass A { to = home; }\nconst to = new A().to;\n", "'/a'", "'/b'"),
        ("const home = base;\nconst base = '/a';\nclass A { to = home; }\n", "'/a'", "'/b'"),
        ("import { R } from './r';\nclass A { private r: R; f() { this.r.go(); } }\n", "'./r'", "'./s'"),
        ("class A { f() { this.g(); } g() {} }\nconst B = () => <b onClick={x}>Out</b>;\n", "{x}", "{new A().f}"),
        ("class A { f = () => {}; }\nconst a = new A();\na.f();\n", "a.f();", "a.f = null;"),
        ("class A { f() { n = 1; } }\nlet n = 2;\nfunction g() { go(n); }\n", "go(n)", "go(n, 1)"),
        ("class A { f() { this.n = 1; } n = '/a'; }\nclass B { n = '/b'; g() { go(this.n); } }\n", "'/b'", "'/c'"),
        ("class A { static n = '/a'; static { f(); } }\nfunction f() { go(A.n); }\n", "go(A.n)", "go(A.n, 1)"),
        ("class A { [x()]() {} @d y = 1; }\nfunction f() { }\n", "{ }", "{ g(); }"),
        ("class A extends B { f() { super.f(); } }\nfunction f() { }\n", "extends B", "extends C"),
        ("class A { f() { const f = 1; } }\nclass B { f() { import('./x').then(m => m.y()); } }\n", "f = 1", "f = 2"),
        ("export default class { f() { g(); } }\nfunction g() { }\n", "{ }", "{ h(); }"),
        ("function f() { { let a = 1; var b = a; go(b); } }\nconst a = '/a';\n", "'/a'", "'/b'"),
        ("function f() { for (const a of b) { go(a); } go(a); }\nconst a = '/a';\n", "'/a'", "'/b'"),
        ("function f() { switch (a) { case 1: { let a; go(a); } } }\nconst a = '/a';\n", "'/a'", "'/b'"),
        // What a constant holds stands elsewhere, and moves or does not.
        ("function f() { go(a); }\nfunction g() { }\nconst a = { b: '/a' };\n", "{ }", "{ h(); }"),
        ("const a = { b: '/a' };\nfunction g() { }\nfunction f() { go(a); }\n", "{ }", "{ h(); }"),
        ("declare class D { f(): void; }\nclass A { d = new D(); }\nfunction g() { }\n", "{ }", "{ h(); }"),
    ];
    for (text, old, new) in cases {
        for language in [Language::TypeScript, Language::Tsx] {
            let mut kept = Kept::new(language, text);
            let place = text.find(old).unwrap();
            kept.replace(place, place + old.len(), new);
            kept.replace(place, place + new.len(), old);
        }
    }
}

/// A function is typed key by key, before, between and behind others.
#[test]
fn typed_functions() {
    let typed = "export async function leave(user) {\n  await api.post('/logout').then(() => reset());\n  const next = '/login';\n  if (user) { router.push(next); }\n}\n";
    let text = "import { api } from './api';\nconst home = '/';\nfunction reset() {\n  cache.clear();\n}\nexport class Session {\n  private router: Router;\n  end() { return this.router.push(home).catch(e => log(e)); }\n}\nexport const out = async () => {\n  const done = () => reset();\n  await api.post(home); done();\n};\n";
    let places: Vec<usize> = ["import", "const", "function", "  private", "}\nexport const", "export const"]
        .iter()
        .filter_map(|it| text.find(it))
        .chain([text.len()])
        .collect();
    for place in places {
        Kept::new(Language::TypeScript, text).type_and_delete(place, typed);
    }
}
