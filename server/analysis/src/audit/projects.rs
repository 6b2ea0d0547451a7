//! What the map says of projects, and which suppressions there are. Owns why identity counts as set; must
//! not know flows.

use std::collections::BTreeMap;

use super::{AuditedFlow, AuditedProject, AuditedSuppression, IdentityFact};
use crate::database::{Db, Project, SourceFile, file_facts, lowered, meanings, project_facts};
use crate::judge::report;
use crate::lowering::Name;
use crate::rules::Rule;
use crate::source::{LineIndex, Span, suppressions as read_suppressions};
use crate::vocabulary::Effect;

/// The projects of some files, sorted by folder; projects of one folder under different settings are one
/// if they say the same. `everywhere` holds the files of the flows.
pub(super) fn audited(
    db: &dyn Db,
    files: &[SourceFile],
    everywhere: &[SourceFile],
    flows: &[AuditedFlow],
) -> Vec<AuditedProject> {
    let by_path: BTreeMap<&str, Project> = everywhere.iter().map(|file| (&**file.path(db), file.project(db))).collect();
    let mut projects: Vec<Project> = Vec::new();
    for file in files {
        if !projects.contains(&file.project(db)) {
            projects.push(file.project(db));
        }
    }
    let mut all: Vec<AuditedProject> = Vec::new();
    for project in projects {
        let own = flows.iter().filter(|flow| by_path.get(&*flow.path) == Some(&project)).count();
        let folder = project.manifest(db).folder.clone();
        let identity = identity(db, project);
        match all.iter_mut().find(|known| known.folder == folder && known.identity == identity) {
            Some(known) => known.flows += own,
            None => all.push(AuditedProject { folder, identity, flows: own }),
        }
    }
    all.sort_by(|left, right| left.folder.cmp(&right.folder));
    all
}

fn identity(db: &dyn Db, project: Project) -> IdentityFact {
    let facts = project_facts(db, project);
    if !facts.identity_is_set {
        return if facts.sdk_is_there { IdentityFact::OnlySdk } else { IdentityFact::Nothing };
    }
    let mut setting = project.files(db).iter().filter(|file| file_facts(db, **file).sets_identity);
    match setting.find_map(|file| Some((file, first_call(db, *file)?))) {
        Some((file, span)) => IdentityFact::Call { path: file.path(db).clone(), span },
        None => IdentityFact::Assumed,
    }
}

/// The first call of a file that identifies, or else anonymizes.
fn first_call(db: &dyn Db, file: SourceFile) -> Option<Span> {
    let lowered = lowered(db, file);
    let meanings = meanings(db, file);
    let about = lowered.bodies().flat_map(|(id, body)| {
        meanings.nodes(id).filter_map(|(node, meaning)| {
            let identifies = meaning.effects.iter().any(|effect| matches!(effect, Effect::Identify(_)));
            let anonymizes = meaning.effects.iter().any(|effect| matches!(effect, Effect::Anonymize(_)));
            (identifies || anonymizes).then(|| (!identifies, body.node(*node).span))
        })
    });
    about.min().map(|(_, span)| span)
}

/// The suppression comments of some files, sorted by path and place.
pub(super) fn suppressions(db: &dyn Db, files: &[SourceFile]) -> Vec<AuditedSuppression> {
    let mut all = Vec::new();
    for file in files {
        let text = file.text(db);
        let comments = lowered(db, *file).comments.iter().map(|comment| comment.span);
        let found = read_suppressions(text, &LineIndex::new(text), comments);
        if found.is_empty() {
            continue;
        }
        let report = report(db, *file);
        all.extend(found.into_iter().map(|it| {
            AuditedSuppression {
                path: file.path(db).clone(),
                span: it.span,
                in_use: it.reason.is_some()
                    && !report
                        .findings
                        .iter()
                        .any(|finding| finding.rule == Rule::UnusedSuppression && finding.span == it.span),
                rules: it.rules.into_iter().map(|(name, _)| Name::from(name)).collect(),
                reason: it.reason,
                whole_file: it.line.is_none(),
            }
        }));
    }
    all
}
