//! `wrong-platform-api`: the form of another platform or SDK generation than the file's.

use super::judged::Judged;
use super::{Finding, Remedy, RemedyAction, Rule, Safety};
use crate::database::lowered;
use crate::lowering::{Call, Import, Root};
use crate::source::Span;
use crate::vocabulary::{Effect, Fault};

pub(super) fn check(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    let before = findings.len();
    imports(judged, findings);
    let import_is_wrong = findings.len() > before;
    for (at, effect) in judged.own_effects() {
        let right = match effect {
            Effect::Anonymize(_) => &judged.texts().anonymize,
            Effect::Identify(_) => &judged.texts().identify,
            Effect::Track => &judged.texts().event,
            Effect::UserProperty => &judged.texts().user_properties,
            _ => continue,
        };
        let Some(call) = judged.call(at) else { continue };
        let Some(Fault::Platform { message, .. }) = judged.vocabulary.call_fault(&judged.view(), call) else {
            continue;
        };
        if declares_callee(judged, call) {
            continue;
        }
        // A wrong import is told once, at the import.
        if import_is_wrong && call.callee.segments.len() == 1 {
            continue;
        }
        let mut finding = judged.finding(
            Rule::WrongPlatformApi,
            Rule::WrongPlatformApi.default_severity(),
            judged.node(at).span,
            message.to_string(),
            format!("On {} write `{}`.", judged.texts().display_name, judged.written(right)),
        );
        finding.remedies.push(Remedy {
            title: format!("Replace with {}'s form", judged.texts().display_name),
            safety: Safety::Safe,
            actions: vec![RemedyAction::ReplaceWithPlatformForm { body: at.0.body, node: at.1 }],
        });
        findings.push(finding);
    }
}

/// Whether the project declares what is called under a name that needs no import: `FullStory` may be its
/// own class.
fn declares_callee(judged: &Judged<'_>, call: &Call) -> bool {
    let Root::Global(name) = &call.callee.root else { return false };
    if !judged.platform().is_native() {
        return false;
    }
    let project = judged.file.project(judged.db);
    let classes = project.files(judged.db).iter().flat_map(|file| &lowered(judged.db, *file).classes);
    classes.filter_map(|class| class.name.as_ref()).any(|own| own == name)
}

fn imports(judged: &Judged<'_>, findings: &mut Vec<Finding>) {
    for import in &judged.lowered.imports {
        let Some(Fault::Platform { message, .. }) = judged.vocabulary.import_fault(&judged.view(), import) else {
            continue;
        };
        let mut finding = judged.finding(
            Rule::WrongPlatformApi,
            Rule::WrongPlatformApi.default_severity(),
            import.name_span,
            message.to_string(),
            format!("Write `{}`.", judged.import_line()),
        );
        finding.remedies.push(Remedy {
            title: "Import what the package exports".to_owned(),
            safety: Safety::Safe,
            actions: default_import(judged, import).into_iter().collect(),
        });
        findings.push(finding);
    }
}

/// Turns a named import into a default one: `{ FullStory }` into `FullStory`, `{ FullStory, FSPage }`
/// into `FullStory, { FSPage }`.
fn default_import(judged: &Judged<'_>, import: &Import) -> Option<RemedyAction> {
    let local = import.local.as_ref()?;
    let text = judged.text(import.span);
    let (open, close) = (text.find('{')?, text.find('}')?);
    let own = judged.text(import.name_span).trim();
    let others: Vec<&str> =
        text.get(open + 1..close)?.split(',').map(str::trim).filter(|name| !name.is_empty() && *name != own).collect();
    let start = import.span.start;
    let span = Span::new(start + open as u32, start + close as u32 + 1);
    let text = if others.is_empty() { local.to_string() } else { format!("{local}, {{ {} }}", others.join(", ")) };
    Some(RemedyAction::Replace { span, text })
}
