//! Judging files: a file's report, and its proved fixes. Owns what is asked
//! of the queries from outside; must not know how any stage works.

use std::sync::Arc;

use crate::database::{Db, SourceFile, context, lowered, vocabulary};
use crate::fixes::{self, FileText, Fix, Ignore, IgnoreScope, Judged, KnownStyle};
use crate::identity::{file_flows, linked};
use crate::lowering::{Binding, LoweredFile, Name};
use crate::rules::{self, Finding};
use crate::scratch::Scratch;

/// What a file's analysis found. Equal results of two revisions are one: nothing behind them runs again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileReport {
    /// The findings, sorted by place and rule. Suppressed ones are left out.
    pub findings: Vec<Finding>,
    /// How many logout flows the file holds.
    pub flows: usize,
    /// Why the file was not analysed, where it was not.
    pub skipped: Option<&'static str>,
}

/// Analyses a file.
#[salsa::tracked(returns(clone))]
pub fn report(db: &dyn Db, file: SourceFile) -> Arc<FileReport> {
    if **lowered(db, file) == LoweredFile::unread() && !file.text(db).is_empty() {
        let skipped = Some("the parser gave up on it: it holds NUL bytes or is no source code");
        return Arc::new(FileReport { skipped, ..FileReport::default() });
    }
    let findings = rules::findings(db, file);
    Arc::new(FileReport { findings, flows: file_flows(db, file).flows.len(), skipped: None })
}

/// The fixes of one of a file's findings, each proved: applied in memory, parsed again, judged again.
/// The preferred one comes first. This costs an analysis of the file for each remedy. `scratch` is what the
/// proofs are made in: what one of them has computed of other files serves the next, in this revision.
pub fn fixes_of(db: &dyn Db, file: SourceFile, finding: &Finding, scratch: &mut Scratch) -> Vec<Fix> {
    let fixes = with_proofs(db, file, scratch, |text, before, judge| {
        let mut fixes: Vec<Fix> = Vec::new();
        for remedy in &finding.remedies {
            let Some(edits) = fixes::write(text, remedy) else { continue };
            if !fixes::prove(text.text, &edits, before, finding, judge) {
                continue;
            }
            if fixes.iter().any(|fix| fix.edits == edits) {
                continue;
            }
            let (title, preferred) = (remedy.title.clone(), fixes.is_empty());
            fixes.push(Fix { title, preferred, safety: remedy.safety, edits });
        }
        fixes
    });
    fixes.unwrap_or_default()
}

/// The comments that suppress one of a file's findings once a reason is written into them, for its line and
/// for the file, each proved in the same way. This costs an analysis of the file for each, seldom more.
pub fn ignores_of(db: &dyn Db, file: SourceFile, finding: &Finding, scratch: &mut Scratch) -> Vec<Ignore> {
    let ignores = with_proofs(db, file, scratch, |text, before, judge| {
        let of = |scope| fixes::ignore(text, scope, before, finding, judge);
        IgnoreScope::ALL.into_iter().filter_map(of).collect()
    });
    ignores.unwrap_or_default()
}

/// Runs what writes edits of a file: on the file, the judgement of it, and the judge of another text of it.
fn with_proofs<T>(
    db: &dyn Db,
    file: SourceFile,
    scratch: &mut Scratch,
    run: impl FnOnce(&FileText<'_>, &Judged, &mut dyn FnMut(&str) -> Option<Judged>) -> T,
) -> Option<T> {
    scratch.turn_to(db, file);
    let parsed = scratch.parsed()?;
    let project = file.project(db);
    let links = linked(db, file);
    let text = FileText {
        path: file.path(db),
        language: file.language(db),
        text: file.text(db),
        tree: &parsed.tree,
        regions: &parsed.regions,
        lowered: lowered(db, file),
        platform: context(db, file).platform,
        namespace: project.settings(db).namespace.as_deref(),
        declares_package: project.manifest(db).declares_package,
        declared_elsewhere: &|name| declared_elsewhere(db, file, name),
        vocabulary: vocabulary(db, project),
        style: &KnownStyle::default(),
        meaning: &|body, node| links.node(body, node).map(|link| link.meaning.clone()).unwrap_or_default(),
    };
    let before = Judged {
        findings: report(db, file).findings.clone(),
        parse_errors: parsed.errors(),
        elsewhere: scratch.elsewhere(),
    };
    Some(run(&text, &before, &mut |changed: &str| scratch.judge(changed)))
}

/// Whether another file of a file's project, of the same platform, declares a name at its top level.
pub(crate) fn declared_elsewhere(db: &dyn Db, file: SourceFile, name: &str) -> bool {
    let platform = context(db, file).platform.family();
    let others = file.project(db).files(db).iter().filter(|other| **other != file);
    let mut named = others.filter(|other| declares(db, **other, Name::from(name)));
    named.any(|other| context(db, *other).platform.family() == platform)
}

/// Whether a file declares a name at its top level. Files that stay as they are need not be asked again.
#[salsa::tracked(returns(copy))]
fn declares(db: &dyn Db, file: SourceFile, name: Name) -> bool {
    if !file.text(db).contains(&*name) {
        return false;
    }
    let lowered = lowered(db, file);
    let is_top_level =
        |binding: &&Binding| lowered.bodies.get(binding.body.0 as usize).is_some_and(|body| body.parent.is_none());
    lowered.bindings.iter().filter(is_top_level).any(|binding| binding.name == name)
        || lowered.classes.iter().any(|class| class.name.as_ref() == Some(&name))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use salsa::Setter;

    use super::{fixes_of, report};
    use crate::database::{Database, Manifest, Project, Settings, SourceFile};
    use crate::scratch::Scratch;
    use crate::source::{FileRole, Language};
    use crate::vocabulary::Platform;

    /// How many fixes the first finding of a Swift file has beside another file.
    fn fixes_beside(other: &str) -> usize {
        let text = "import FirebaseAuth\n\nfunc logout() {\n    try? Auth.auth().signOut()\n    window.rootViewController = LoginViewController()\n}\n";
        let mut db = Database::default();
        let platform = Platform::of_language(Language::Swift);
        let manifest = Manifest { platform, declares_sdk: true, ..Manifest::default() };
        let settings = Settings { assume_fullstory: true, ..Settings::default() };
        let project = Project::new(&db, manifest, settings, Vec::new(), None);
        let file = |db: &Database, path: &str, text: &str| {
            SourceFile::new(db, Arc::from(path), Language::Swift, FileRole::Product, Arc::from(text), None, project)
        };
        let files = vec![file(&db, "Logout.swift", text), file(&db, "Other.swift", other)];
        project.set_files(&mut db).to(files.clone());
        let found = report(&db, files[0]).findings.clone();
        fixes_of(&db, files[0], &found[0], &mut Scratch::default()).len()
    }

    #[test]
    fn no_import_is_added_over_a_name_that_another_file_declares() {
        assert!(fixes_beside("final class Files {}\n") > 0);
        assert_eq!(fixes_beside("final class FS {}\n"), 0);
        // Inside of something else the name is that thing's own.
        assert!(fixes_beside("final class Files {\n    func list() { let FS = 1; print(FS) }\n}\n") > 0);
    }
}
