//! The generated workspace is what the benchmarks take it for.

use std::collections::{BTreeMap, BTreeSet};

use farewell_analysis::vocabulary::Vocabulary;
use farewell_analysis::{Database, Scratch, fixes_of, report};
use farewell_bench::workspace::{Generated, Planted, generate};
use farewell_project::{Prefilter, ScanOptions, Workspace};

fn texts(generated: &Generated) -> BTreeMap<&str, &str> {
    generated.sources.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn a_seed_and_a_count_give_the_same_bytes() {
    let (first, second) = (generate(300, 7), generate(300, 7));
    assert_eq!(first.sources, second.sources);
    assert_eq!(first.manifests, second.manifests);
    assert_eq!(first.planted, second.planted);
    assert_ne!(first.sources, generate(300, 8).sources);
}

#[test]
fn there_are_as_many_files_as_were_asked_for() {
    for count in [1, 24, 25, 199, 200, 3_199, 3_200, 10_000] {
        let generated = generate(count, 1);
        assert_eq!(generated.sources.len(), count);
        assert_eq!(texts(&generated).len(), count, "two files have one path");
    }
}

#[test]
fn every_mark_is_filled_in() {
    let generated = generate(2_000, 3);
    for (path, text) in generated.sources.iter().chain(&generated.manifests) {
        for mark in [
            "oun__", "pp__", "snake__", "title__", "ield__", "ction__", "type__", "value__", "@each", "@end", "//~",
            "=====",
        ] {
            assert!(!path.contains(mark) && !text.contains(mark), "{mark} is left in {path}");
        }
    }
}

#[test]
fn every_file_holds_a_word_of_the_vocabulary() {
    let prefilter = Prefilter::new(Vocabulary::builtin().searched_words());
    let generated = generate(2_000, 3);
    let without: Vec<&str> = generated
        .sources
        .iter()
        .filter(|(_, text)| !prefilter.is_match(text.as_bytes()))
        .map(|(path, _)| path.as_str())
        .collect();
    assert_eq!(without, Vec::<&str>::new());
}

#[test]
fn every_planted_fault_is_at_its_call() {
    let generated = generate(10_000, 1);
    let texts = texts(&generated);
    let mut rules = BTreeSet::new();
    let mut kinds = BTreeSet::new();
    for planted in &generated.planted {
        let line = texts[planted.path.as_str()].lines().nth(planted.line as usize - 1).unwrap();
        let calls: &[&str] = match planted.rule.as_str() {
            "missing-anonymize" => &["signOut(", "endSession(", "handleLogout(", "handleSessionRevoked("],
            "anonymize-after-redirect" | "duplicate-anonymize" => &["reset()"],
            "wrong-anonymize-syntax" => &["('setIdentity', {", "identify(\"anonymous\")", "identify('anonymous')"],
            other => panic!("{other} is planted nowhere"),
        };
        assert!(calls.iter().any(|call| line.contains(call)), "{}:{}: {line}", planted.path, planted.line);
        rules.insert(planted.rule.as_str());
        kinds.insert(planted.path.rsplit('.').next());
    }
    assert_eq!(rules.len(), 4);
    assert_eq!(kinds.len(), 8, "{kinds:?}");
    assert!(generated.planted.len() > 100, "{}", generated.planted.len());
}

/// The findings in a workspace of so many files, looked at in parts of so many, and the faults that are planted in it.
#[allow(clippy::unwrap_used, reason = "a test that cannot write its files fails")]
fn check(files: usize, part: usize) -> (Vec<Planted>, Vec<Planted>) {
    let generated = generate(files, 1);
    let folder = tempfile::tempdir().unwrap();
    generated.write(folder.path()).unwrap();
    let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default()).unwrap();
    let parts = workspace.into_parts(part);
    assert!(part >= files || parts.len() > 3, "{} parts", parts.len());
    let (mut found, mut seen) = (Vec::new(), 0);
    for part in parts {
        let mut db = Database::default();
        let loaded = part.load(&mut db);
        seen += loaded.files_seen;
        for (_, file) in loaded.all() {
            for finding in &report(&db, file).findings {
                let text = file.text(&db).get(..finding.span.start as usize).unwrap_or_default();
                let line = text.bytes().filter(|byte| *byte == b'\n').count() as u32 + 1;
                found.push(Planted { path: file.path(&db).to_string(), line, rule: finding.rule.name().to_owned() });
            }
        }
    }
    assert_eq!(seen, files);
    found.sort();
    (found, generated.planted)
}

#[test]
#[allow(clippy::unwrap_used, reason = "a test that cannot write its files fails")]
fn a_proof_does_not_rest_on_what_was_proved_before() {
    // Three apps that call their types alike and have nothing to do with each other.
    const APPS: [&str; 3] = ["apps/glacier/", "apps/meadow/", "apps/quarry/"];
    let mut generated = generate(10_000, 1);
    let of_one = |(path, _): &(String, String)| APPS.iter().any(|app| path.starts_with(app));
    generated.sources.retain(of_one);
    generated.manifests.retain(of_one);
    let folder = tempfile::tempdir().unwrap();
    generated.write(folder.path()).unwrap();
    let workspace = Workspace::discover(&[folder.path().to_path_buf()], &ScanOptions::default()).unwrap();
    let mut db = Database::default();
    let loaded = workspace.load(&mut db);
    let (mut kept, mut proved) = (Scratch::default(), 0);
    for (_, file) in loaded.all() {
        for finding in &report(&db, file).findings {
            let fixes = fixes_of(&db, file, finding, &mut kept);
            if file.path(&db).starts_with(APPS[2]) {
                assert_eq!(fixes, fixes_of(&db, file, finding, &mut Scratch::default()), "{}", file.path(&db));
                proved += 1;
            }
        }
    }
    assert!(proved > 3, "{proved}");
}

#[test]
fn exactly_the_planted_faults_are_found() {
    let (found, planted) = check(200, 200);
    assert!(planted.len() > 4);
    assert_eq!(found, planted);
}

#[test]
fn exactly_the_planted_faults_are_found_in_every_form() {
    let (found, planted) = check(1_200, 1_200);
    assert_eq!(found, planted);
    let (found, _) = check(1_200, 100);
    assert_eq!(found, planted);
}
