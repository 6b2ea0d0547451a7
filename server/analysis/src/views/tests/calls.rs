//! Who leads to a way out.

use std::collections::BTreeMap;
use std::sync::Arc;

use salsa::Setter;

use super::{BOOT, RELEASE};
use crate::database::{Database, SourceFile};
use crate::testing::project;
use crate::views::{CallItem, CallItemKey, CallItemKind, ItemCalls, call_item, incoming_calls, outgoing_calls};

const AUTH: &str = "\
import { leave } from './leave';
export async function logout() {
  FS('trackEvent', { name: 'Logout', properties: {} });
  await fetch('/out', { method: 'POST' });
  clear();
  leave();
}
function clear() { localStorage.removeItem('token'); }
";
const LEAVE: &str = "export function leave() { location.href = '/login'; }\n";
const MENU: &str = "\
import { logout } from './auth';
export function Menu() {
  const onLogout = () => { logout(); };
  return <button onClick={onLogout}>Log out</button>;
}
";

/// The project of `MENU`, `AUTH` and `LEAVE`.
fn app() -> (Database, BTreeMap<String, SourceFile>) {
    let (mut db, files) = project(&[("src/auth.ts", AUTH), ("src/leave.ts", LEAVE), ("src/menu.tsx", MENU), BOOT]);
    let files: BTreeMap<String, SourceFile> =
        files.into_iter().map(|file| (file.path(&db).to_string(), file)).collect();
    let module = |name: &str, file: SourceFile| BTreeMap::from([(Arc::from(name), vec![file])]);
    files["src/menu.tsx"].set_modules(&mut db).to(module("./auth", files["src/auth.ts"]));
    files["src/auth.ts"].set_modules(&mut db).to(module("./leave", files["src/leave.ts"]));
    (db, files)
}

fn key(item: &CallItem) -> CallItemKey {
    CallItemKey { title: item.title.clone(), start: item.name.start, is_way_out: item.kind == CallItemKind::WayOut }
}

/// Each other item with the calls, as they are written in `text`.
fn told(calls: Option<Vec<ItemCalls>>, text: &str) -> Vec<String> {
    let calls = calls.unwrap().into_iter().map(|calls| {
        let code: Vec<&str> = calls.calls.iter().map(|span| span.text(text)).collect();
        format!("{} {}: {}", calls.item.path, calls.item.title, code.join(", "))
    });
    calls.collect()
}

fn at(text: &str, code: &str) -> u32 {
    text.find(code).unwrap() as u32
}

#[test]
fn from_a_way_out_up_to_the_button() {
    let (db, files) = app();
    let leave = files["src/leave.ts"];
    let way = call_item(&db, leave, at(LEAVE, "location")).unwrap();
    assert_eq!(
        (&*way.title, way.kind, &*way.detail),
        ("location.href = '/login'", CallItemKind::WayOut, "leaves the page")
    );
    let up = incoming_calls(&db, leave, &key(&way));
    assert_eq!(told(up.clone(), LEAVE), ["src/leave.ts leave: location.href = '/login'"]);
    let helper = up.unwrap().remove(0).item;
    let up = incoming_calls(&db, leave, &key(&helper));
    assert_eq!(told(up.clone(), AUTH), ["src/auth.ts logout: leave"]);
    let logout = up.unwrap().remove(0).item;
    assert_eq!(logout.detail, "Logout by the user · ✗ its one way out keeps the identity");
    let up = incoming_calls(&db, files["src/auth.ts"], &key(&logout));
    assert_eq!(told(up, MENU), ["src/menu.tsx onLogout: logout"]);
}

#[test]
fn from_the_button_down_to_the_way_out() {
    let (db, files) = app();
    let menu = files["src/menu.tsx"];
    let button = call_item(&db, menu, at(MENU, "onLogout")).unwrap();
    assert_eq!((&*button.title, button.kind), ("onLogout", CallItemKind::Function));
    let down = outgoing_calls(&db, menu, &key(&button));
    assert_eq!(told(down.clone(), MENU), ["src/auth.ts logout: logout"]);
    let logout = down.unwrap().remove(0).item;
    let down = outgoing_calls(&db, files["src/auth.ts"], &key(&logout));
    assert_eq!(told(down.clone(), AUTH), ["src/auth.ts clear: clear", "src/leave.ts leave: leave"]);
    let leave = down.unwrap().remove(1).item;
    let down = outgoing_calls(&db, files["src/leave.ts"], &key(&leave));
    assert_eq!(told(down.clone(), LEAVE), ["src/leave.ts location.href = '/login': location.href = '/login'"]);
    let way = down.unwrap().remove(0).item;
    assert_eq!(outgoing_calls(&db, files["src/leave.ts"], &key(&way)), Some(Vec::new()));
}

#[test]
fn an_item_is_found_again_after_an_edit_and_none_that_is_gone() {
    let (mut db, files) = app();
    let auth = files["src/auth.ts"];
    let logout = key(&call_item(&db, auth, at(AUTH, "logout")).unwrap());
    let edited = format!("// A line more.\n{}", AUTH.replace("leave();", &format!("{RELEASE}\n  leave();")));
    auth.set_text(&mut db).to(Arc::from(&*edited));
    assert_eq!(told(incoming_calls(&db, auth, &logout), MENU), ["src/menu.tsx onLogout: logout"]);
    assert_eq!(outgoing_calls(&db, auth, &logout).unwrap().len(), 2);
    auth.set_text(&mut db).to(Arc::from(edited.replace("logout()", "signOut()")));
    assert_eq!(incoming_calls(&db, auth, &logout), None);
    assert_eq!(outgoing_calls(&db, auth, &logout), None);
}

#[test]
fn what_is_no_flow_and_no_way_out_is_no_item() {
    let (db, files) = app();
    let auth = files["src/auth.ts"];
    for code in ["fetch", "clear()", "'Logout'"] {
        assert_eq!(call_item(&db, auth, at(AUTH, code)), None, "{code}");
    }
    let (db, files) = project(&[("src/a.ts", "export function open() { location.href = '/help'; }"), BOOT]);
    assert_eq!(call_item(&db, files[0], 26), None);
}
