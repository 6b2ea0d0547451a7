//! Every view at many places of real apps: what is offered parses when it is taken, and nothing lies outside of
//! its file.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use salsa::Setter;

use super::completion::{open_as, plain};
use crate::database::lowered;
use crate::fixes::{Edit, apply};
use crate::source::{Language, Span};
use crate::testing::project;
use crate::views::{CallItemKey, CallItemKind, call_item, completions, flow_steps, flows, identity_changes};
use crate::views::{incoming_calls, outgoing_calls};

/// The sources of an app with their paths in it.
fn sources(folder: &Path) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut work: Vec<PathBuf> = vec![folder.to_path_buf()];
    while let Some(here) = work.pop() {
        if here.is_dir() {
            work.extend(fs::read_dir(here).unwrap().map(|entry| entry.unwrap().path()));
        } else if Language::of_path(&here).is_some() {
            let path = here.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            found.push((path, fs::read_to_string(&here).unwrap()));
        }
    }
    found.sort();
    found
}

fn apps() -> Vec<(&'static str, Vec<(String, String)>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/apps");
    let apps = [
        ("android-shop", "android"),
        ("flutter-bank", "flutter"),
        ("ios-bank", "ios"),
        ("rn-bank", "react-native"),
        ("svelte-notes", "web"),
        ("vue-shop", "web"),
        ("web-shop", "web"),
    ];
    apps.iter().map(|(app, platform)| (*platform, sources(&folder.join(app)))).collect()
}

#[test]
fn every_view_lies_in_its_file() {
    let mut steps = 0;
    for (_, sources) in apps() {
        let texts: Vec<(&str, &str)> = sources.iter().map(|(path, text)| (&**path, &**text)).collect();
        let (db, files) = project(&texts);
        let fits = |path: &str, span: Span| {
            let file = files.iter().find(|file| &**file.path(&db) == path).unwrap();
            file.text(&db).get(span.start as usize..span.end as usize).is_some()
        };
        for file in &files {
            let (path, text) = (file.path(&db), file.text(&db));
            for flow in flows(&db, *file) {
                assert!(fits(path, flow.span) && flow.span.contains(flow.name), "{path}: {flow:?}");
                assert!(!flow.title.is_empty(), "{path}: {flow:?}");
                assert!(flow.places.iter().all(|place| fits(&place.path, place.span)), "{path}: {flow:?}");
            }
            let changes = identity_changes(&db, *file, Span::new(0, text.len() as u32));
            assert!(changes.iter().all(|(end, _)| fits(path, Span::at(*end))), "{path}");
            for offset in (0..=text.len() as u32).step_by(3) {
                let shown = flow_steps(&db, *file, offset);
                steps += shown.len();
                assert!(shown.iter().all(|(span, _)| fits(path, *span)), "{path}:{offset}");
                let Some(item) = call_item(&db, *file, offset) else { continue };
                let is_way_out = item.kind == CallItemKind::WayOut;
                let key = CallItemKey { title: item.title.clone(), start: item.name.start, is_way_out };
                let around = incoming_calls(&db, *file, &key).unwrap();
                assert!(around.iter().all(|calls| calls.calls.iter().all(|span| fits(&calls.item.path, *span))));
                let below = outgoing_calls(&db, *file, &key).unwrap();
                assert!(below.iter().all(|calls| calls.calls.iter().all(|span| fits(path, *span))), "{path}:{offset}");
            }
        }
    }
    assert!(steps > 1_000, "only {steps} steps were shown");
}

#[test]
fn whatever_is_offered_parses_when_it_is_taken() {
    let (mut taken, mut bad) = (0, Vec::new());
    for (platform, sources) in apps() {
        for (path, text) in sources {
            let (mut db, file) = open_as(&path, platform, &text);
            let errors = lowered(&db, file).broken.len();
            let starts = text.match_indices('\n').map(|(at, _)| at + 1).filter(|at| text.is_char_boundary(*at));
            for (number, start) in starts.enumerate() {
                let typed = ["anon", "logo", "FS"][number % 3];
                let changed = format!("{}  {typed}\n{}", &text[..start], &text[start..]);
                file.set_text(&mut db).to(Arc::from(&*changed));
                for offer in completions(&db, file, (start + 2 + typed.len()) as u32) {
                    let mut edits = offer.imports.clone();
                    edits.push(Edit { path: Arc::from(&*path), span: offer.span, text: plain(&offer.code) });
                    let result = apply(&changed, &edits);
                    file.set_text(&mut db).to(Arc::from(&*result));
                    if lowered(&db, file).broken.len() > errors {
                        let place = start.saturating_sub(60)..(start + 120).min(result.len());
                        let around = result.get(place).unwrap_or_default();
                        bad.push(format!("{path}:{}: {}\n{around}\n", number + 2, offer.label));
                    }
                    file.set_text(&mut db).to(Arc::from(&*changed));
                    taken += 1;
                }
            }
        }
    }
    assert!(bad.is_empty(), "{} of {taken}:\n{}", bad.len(), bad.join("\n"));
    assert!(taken > 1_000, "only {taken} were taken");
}
