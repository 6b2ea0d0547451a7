//! What is half-typed, broken, deep or long.

use std::time::Instant;

use super::super::read;
use super::{outline, show};
use crate::lowering::{Step, lower, outline as outlines};
use crate::source::Language;
use crate::syntax::parse;

/// Reads and lowers a text; the answer is whether the parser could read it at all.
fn goes_through(text: &str) -> bool {
    let Some(parsed) = parse(Language::Java, text) else { return false };
    lower(Language::Java, text, &parsed);
    true
}

/// The tree of a text that the guard in front of the parser may refuse: what reads trees must not rest on it.
fn unguarded(text: &str) -> tree_sitter::Tree {
    let mut parser = tree_sitter::Parser::new();
    parser.set_language(&crate::syntax::grammar(Language::Java)).expect("the grammar fits");
    parser.parse(text, None).expect("nothing stops the parser")
}

const REALISTIC: &str = r#"
package com.shop.session;

import com.fullstory.FS;
import static com.shop.Keys.*;

/** Ends what is open. */
@Singleton
public final class SessionManager extends Base<User> implements View.OnClickListener {
    private static final String[] KEYS = { "token", "user" };
    private final Handler handler = new Handler(Looper.getMainLooper());
    enum State { IN, OUT { @Override void go() { leave(); } }; void go() {} }
    record Pair(String a, int b) { Pair { check(a); } }

    public SessionManager(Context context) { super(context); this.context = context; }

    @Override public void onClick(View v) {
        switch (v.getId()) {
            case R.id.logout: logout(true); break;
            default: super.onClick(v);
        }
    }

    public void logout(boolean everywhere) {
        outer:
        for (Account account : manager.getAccountsByType("shop")) {
            if (account == null) continue outer;
            manager.removeAccount(account, null, null);
        }
        new AlertDialog.Builder(context).setTitle("Bye " + user.name() + "!")
            .setPositiveButton(R.string.ok, (dialog, which) -> { dialog.dismiss(); finishLogout(); })
            .setNegativeButton("No", new DialogInterface.OnClickListener() {
                @Override public void onClick(DialogInterface dialog, int which) { dialog.cancel(); }
            }).show();
        try (Cursor cursor = db.query(KEYS)) {
            synchronized (lock) { cursor.close(); }
        } catch (IOException | SecurityException error) {
            Log.e(TAG, """
                could not "close" \t it
                """, error);
        } finally { prefs.edit().clear().apply(); }
        int code = switch (state) { case OUT -> 1; case IN -> { yield everywhere ? 2 : 3; } };
        handler.postDelayed(this::finishLogout, 300L);
        if (!(context instanceof Activity activity)) return;
        activity.startActivity(new Intent(context, LoginActivity.class).addFlags(A | B));
    }

    private void finishLogout() { FS.anonymize(); do { i++; } while (i < 3 && !done); }
}
"#;

#[test]
fn the_realistic_file_reads_whole() {
    let outline = outline(REALISTIC);
    assert!(outline.broken.is_empty());
    let written = show::statements(&outline.items);
    assert!(!written.contains("broken"), "{written}");
    assert!(written.contains("private method finishLogout() { FS.anonymize() do while"), "{written}");
}

#[test]
fn every_prefix_is_read() {
    for end in (0..REALISTIC.len()).filter(|end| REALISTIC.is_char_boundary(*end)) {
        assert!(goes_through(&REALISTIC[..end]));
    }
}

#[test]
fn every_file_with_parts_cut_out_is_read() {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..600 {
        let mut text = REALISTIC.to_owned();
        for _ in 0..=random(3) {
            let start = random(text.len());
            let end = (start + 1 + random(12)).min(text.len());
            text.replace_range(start..end, "");
        }
        assert!(goes_through(&text));
    }
}

#[test]
fn a_half_typed_method_costs_no_other_one() {
    for typed in [
        "session.",
        "logout(",
        "if (user",
        "String x =",
        "for (",
        "switch (a) { case",
        "() ->",
        "new Foo() {",
        "\"text",
    ] {
        let text = format!("class A {{\n  void f() {{\n    {typed}\n  }}\n  void g() {{\n    end();\n  }}\n}}\n");
        let outline = outline(&text);
        // Where a block ends that was only begun, its lines tell.
        assert_eq!(outline.broken.is_empty(), typed.ends_with('{'), "{typed}");
        let written = show::statements(&outline.items);
        assert!(written.contains("broken") || written.contains("method g() { end() }"), "{typed}: {written}");
    }
}

#[test]
fn a_class_without_an_end_keeps_its_members() {
    let written =
        show::statements(&outline("class A extends B {\n  void f() { a(); }\n  void g() { if (x) { b(); }\n").items);
    assert!(written.contains("method f() { a() }"), "{written}");
}

#[test]
fn a_missing_semicolon_does_no_harm() {
    let outline = outline("class A { void f() { a() } }");
    assert!(outline.broken.is_empty());
    assert_eq!(show::statements(&outline.items), "class A { method f() { a() } }");
}

#[test]
fn what_is_deep_is_broken_and_no_more() {
    let deep = [
        ("{", "a();", "}"),
        ("if (a) {", "b();", "}"),
        ("f(", "a", ");"),
        ("x = (", "a", ");"),
        ("x = !", "a", ";"),
        ("x = a ? ", "b", " : c;"),
        ("x = a -> ", "b", ";"),
        ("new A() { void f() { ", "a();", "} };"),
        ("for (;;) ", "a();", ""),
        ("f(() -> { g(", "a", "); });"),
        ("switch (a) { default: ", "b();", "}"),
        ("try { ", "b();", "} finally { }"),
        ("if (a) b(); else ", "c();", ""),
        ("x[", "1", "];"),
    ];
    for (open, middle, close) in deep {
        for times in [400, 5_000] {
            let (open, close) = (open.repeat(times), close.repeat(times));
            goes_through(&format!("class A {{ void f() {{ {open}{middle}{close} }} void g() {{}} }}"));
        }
    }
}

#[test]
fn a_type_with_a_name_without_end_is_none() {
    for use_of in ["new a# ();", "x = a#.class;", "x = a#::b;", "a# x;", "try { } catch (a# e) { }"] {
        let statement = use_of.replace('#', &".b".repeat(20_000));
        let text = format!("class A {{ void f() {{ {statement} }} }}");
        outlines::lower(&text, &read(&text, &unguarded(&text), None));
    }
}

#[test]
fn what_is_long_takes_no_depth_and_linear_time() {
    let length = 50_000;
    let rows = [
        format!("x = \"a\"{};", " + b".repeat(length)),
        format!("x = a{};", " && b".repeat(length)),
        format!("x = a{};", " + b * c".repeat(length / 2)),
        format!("builder{};", ".add(1)".repeat(length)),
        format!("builder{};", ".next".repeat(length)),
        format!("x = a{};", "[0]".repeat(length)),
        "a();".repeat(length),
    ];
    for row in rows {
        let text = format!("class A {{ void f() {{ {row} }} }}");
        let tree = unguarded(&text);
        let started = Instant::now();
        let file = outlines::lower(&text, &read(&text, &tree, None));
        assert!(file.broken.is_empty());
        let mut nodes = file.bodies.iter().flat_map(|body| &body.code().nodes);
        assert!(!nodes.any(|node| node.step == Step::Broken), "{}", &row[..40]);
        assert!(started.elapsed().as_secs() < 60, "{} takes {:?}", &row[..40], started.elapsed());
    }
}
