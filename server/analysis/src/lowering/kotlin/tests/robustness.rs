//! What is half-typed, broken, deep or long.

use std::time::Instant;

use super::{outline, show};
use crate::lowering::{Step, lower};
use crate::source::Language;
use crate::syntax::parse;

const REALISTIC: &str = r#"
package com.shop.session

import com.fullstory.FS
import kotlinx.coroutines.flow.*

/** Ends what is open. */
@HiltViewModel
class SessionViewModel @Inject constructor(
    private val auth: AuthRepository,
    @ApplicationContext private val context: Context,
) : BaseViewModel<State>(State.Idle), Closeable by Closer() {
    private val prefs by lazy { context.getSharedPreferences("session", 0) }
    val isSignedIn: Boolean
        get() = auth.token?.isNotBlank() == true
    enum class Reason { USER, EXPIRED { override fun text() = "expired" }; open fun text(): String? = null }
    sealed interface Event { data object LoggedOut : Event; data class Failed(val error: Throwable) : Event }

    init {
        viewModelScope.launch { auth.events.collect { event -> if (event is Event.LoggedOut) logout(Reason.EXPIRED) } }
    }

    fun logout(reason: Reason = Reason.USER) = viewModelScope.launch(Dispatchers.IO) {
        val user = auth.user ?: return@launch
        runCatching { auth.signOut(user.id) }
            .onSuccess { FS.event("logout", mapOf("reason" to reason.name)) }
            .onFailure { Timber.e(it, "could not sign out ${user.name}: ${it.message ?: "?"}") }
        prefs.edit().apply { remove("token"); clear() }.apply()
        user.session?.let { it.close() } ?: run { Log.w(TAG, """no "session" $reason""") }
        outer@ for ((key, value) in caches) {
            if (key in kept) continue@outer
            when (val cache = value) { is Disk -> cache.wipe(); null -> break@outer; else -> Unit }
        }
        val next = try { router.next() } catch (e: IOException) { null } finally { FS.anonymize() }
        withContext(Dispatchers.Main) {
            (context as? Activity)?.finishAffinity()
            context.startActivity(Intent(context, LoginActivity::class.java).apply { flags = A or B })
        }
    }

    @Composable
    fun Button(onClick: () -> Unit, content: @Composable RowScope.() -> Unit) {
        Row(Modifier.clickable { onClick() }) { Text(text = if (isSignedIn) "Log out" else "Log in") }
        LaunchedEffect(Unit) { snapshotFlow { state.value!! }.filter { !it.ok }.collect(::handle) }
    }

    companion object { private const val TAG = "Session" }
}
"#;

/// Reads and lowers a text, whatever it is.
fn all_of_it(text: &str) {
    if let Some(parsed) = parse(Language::Kotlin, text) {
        lower(Language::Kotlin, text, &parsed);
    }
}

#[test]
fn the_realistic_file_reads_whole() {
    let outline = outline(REALISTIC);
    assert!(outline.broken.is_empty(), "{:?}", outline.broken.iter().map(|it| it.text(REALISTIC)).collect::<Vec<_>>());
    let written = show::statements(&outline.items).join("; ");
    assert!(!written.contains("BROKEN"), "{written}");
    assert!(written.contains("scope user.session.let it optional"), "{written}");
}

#[test]
fn every_prefix_is_read() {
    for end in (0..REALISTIC.len()).filter(|end| REALISTIC.is_char_boundary(*end)) {
        let prefix = &REALISTIC[..end];
        if end % 8 == 0 {
            all_of_it(prefix);
        } else if let Some(parsed) = parse(Language::Kotlin, prefix) {
            super::super::read(prefix, &parsed.tree, None);
        }
    }
}

#[test]
fn every_file_with_parts_cut_out_is_read() {
    let mut seed: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for _ in 0..300 {
        let mut text = REALISTIC.to_owned();
        for _ in 0..=random(3) {
            let start = random(text.len());
            let end = (start + 1 + random(12)).min(text.len());
            if text.is_char_boundary(start) && text.is_char_boundary(end) {
                text.replace_range(start..end, "");
            }
        }
        all_of_it(&text);
    }
}

#[test]
fn a_half_typed_function_costs_no_other_one() {
    for typed in ["session.", "logout(", "val x =", "user?.", "a ?: ", "\"text ${", "launch {", "return@"] {
        let text = format!("fun f() {{\n    {typed}\n}}\n\nfun g() {{\n    end()\n}}\n");
        let Some(parsed) = parse(Language::Kotlin, &text) else { panic!("{typed}") };
        let file = lower(Language::Kotlin, &text, &parsed);
        let whole = file.bodies.iter().any(|body| body.name.as_deref() == Some("g") && !body.broken);
        let is_told = !file.broken.is_empty()
            || file
                .bodies
                .iter()
                .any(|body| body.broken || body.code().nodes.iter().any(|node| matches!(node.step, Step::Broken)));
        assert!(whole || is_told, "{typed}");
    }
}

#[test]
fn what_is_deep_is_cut_off() {
    let deep = [
        ("(", "a", ")"),
        ("{", "a()", "}"),
        ("if (a) {", "b()", "}"),
        ("if (a) b() else ", "c()", ""),
        ("f(", "a", ")"),
        ("!", "a", ""),
        ("a?.let { ", "b()", "}"),
        ("runCatching { ", "b()", "}.onFailure { c() }"),
        ("a.b(c).d { ", "e()", "}"),
        ("when (a) { b -> ", "c()", "}"),
        ("try { ", "b()", "} finally { }"),
        ("for (a in b) ", "c()", ""),
        ("f(object : A {\n fun g() { ", "a()", "} })"),
        ("class A {\n fun f() { ", "a()", "}\n}"),
        ("\"${", "a", "}\""),
        ("a[", "1", "]"),
        ("l@ ", "a()", ""),
        ("a = ", "b", ""),
        ("return ", "b", ""),
        ("a.b ?: ", "c", ""),
    ];
    for (open, middle, close) in deep {
        all_of_it(&format!("fun f() {{ {}{middle}{} }}", open.repeat(5_000), close.repeat(5_000)));
    }
}

#[test]
fn what_is_long_takes_no_depth_and_linear_time() {
    let length = 50_000;
    let rows = [
        format!("x = \"a\"{}", " + b".repeat(length)),
        format!("x = a{}", " && b".repeat(length)),
        format!("x = a{}", " ?: b".repeat(length)),
        format!("x = a{}", " or b".repeat(length)),
        format!("builder{}", ".add(1)".repeat(length)),
        format!("builder{}", "?.next".repeat(length)),
        format!("builder{}", ".let { it }".repeat(length / 10)),
        format!("x = a{}", "[0]".repeat(length)),
        format!("x = a{}", "!!".repeat(length)),
        format!("x{} = 1", ".a".repeat(length)),
        format!("{}c()", "if (a) b() else ".repeat(length / 50)),
        "a();".repeat(length),
        format!("f({})", "a,".repeat(length)),
    ];
    for row in rows {
        let text = format!("fun f() {{ {row} }}");
        let Some(parsed) = parse(Language::Kotlin, &text) else { continue };
        let started = Instant::now();
        lower(Language::Kotlin, &text, &parsed);
        assert!(started.elapsed().as_secs() < 20, "{}", &row[..40]);
    }
}
