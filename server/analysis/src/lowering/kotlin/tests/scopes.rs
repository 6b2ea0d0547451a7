//! What runs where it stands: scope functions, results, labelled returns.

use super::one;

#[test]
fn scope_functions_name_their_receiver() {
    assert_eq!(one("a?.let { it.b() } ?: run { c() }"), "fallback(scope a.let it optional {it.b()}, scope run {c()})");
    assert_eq!(one("a.let { u -> u.b() }"), "scope a.let u {u.b()}");
    assert_eq!(
        one("a.apply { b = 1 }.also { c(it) }"),
        "scope scope a.apply implicit same {b = 1}.also it same {c(it)}"
    );
    assert_eq!(one("with(a) { b(this) }"), "scope a.with implicit {b(receiver)}");
    assert_eq!(one("a.use { b() }"), "scope a.use it {b()}");
    assert_eq!(one("a.takeIf { it.ok }?.b()"), "all(scope a.takeIf it {it.ok})?.b()");
    assert_eq!(one("synchronized(lock) { a() }"), "scope lock.synchronized {a()}");
    assert_eq!(one("a.let { (b, c) -> d(b) }"), "scope a.let {let b c; d(b)}");
}

#[test]
fn loops_of_the_standard_library() {
    assert_eq!(one("xs.forEach { it.a() }"), "scope xs.forEach it repeats {it.a()}");
    assert_eq!(one("xs.forEach { x -> x.a() }"), "scope xs.forEach x repeats {x.a()}");
    assert_eq!(one("repeat(3) { a(it) }"), "scope 3.repeat it repeats {a(it)}");
    assert_eq!(one("xs.forEachIndexed { i, x -> x.a() }"), "scope xs.forEachIndexed repeats {let i x; x.a()}");
    assert_eq!(one("xs.forEach(::a)"), "xs.forEach(ref(a))");
}

#[test]
fn a_name_alone_is_no_scope_function() {
    assert_eq!(one("run(task)"), "run(task)");
    assert_eq!(one("let { a() }"), "let(closure result() {a()})");
    assert_eq!(one("handler.post { a() }"), "handler.post(closure result() {a()})");
    assert_eq!(one("viewModelScope.launch { a() }"), "viewModelScope.launch(closure result() {a()})");
}

#[test]
fn caught_results_are_handlers() {
    assert_eq!(
        one("runCatching { a() }.onSuccess { b() }.onFailure { c(it) }"),
        "do {scope runCatching {a()}; scope onSuccess it {b()}} catch  {scope onFailure it {c(it)}}"
    );
    assert_eq!(
        one("val x = runCatching { a() }.getOrElse { e -> b(e) }.c()"),
        "let x = do {scope runCatching {a()}} catch  {scope getOrElse e {b(e)}}.c()"
    );
    assert_eq!(one("runCatching { a() }.getOrNull()"), "do {scope runCatching {a()}} catch  {nil}");
    assert_eq!(
        one("runCatching { a() }.fold(onFailure = { b() }, onSuccess = { c() })"),
        "do {scope runCatching {a()}; scope fold it {c()}} catch  {scope fold it {b()}}"
    );
}

#[test]
fn results_of_other_calls_go_one_of_two_ways() {
    assert_eq!(
        one("api.out().onSuccess { a() }.onFailure { b() }"),
        "if all(api.out()) {scope onSuccess it {a()}} else {scope onFailure it {b()}}"
    );
    assert_eq!(
        one("api.out().fold({ a() }, { b() })"),
        "if all(api.out()) {scope fold it {a()}} else {scope fold it {b()}}"
    );
    assert_eq!(one("xs.fold(0) { a, b -> a + b }"), "xs.fold(0, closure result(a, b) {all(a, b)})");
}

#[test]
fn a_labelled_return_leaves_its_lambda() {
    let label = |text: &str| {
        let outline = super::outline(&format!("fun f() {{\n{text}\n}}"));
        let shown = format!("{:?}", outline.items);
        let at = shown.find("Return(").expect("a return");
        shown[at..].split(')').next().unwrap_or_default().to_owned()
    };
    assert_eq!(label("a.let { return@let }"), "Return(None, Some(\"let\"");
    assert_eq!(label("a.forEach x@{ return@x }"), "Return(None, Some(\"x\"");
    assert_eq!(label("launch { return@launch }"), "Return(None, None");
    assert_eq!(label("launch { a.let { return@launch } }"), "Return(None, None");
    assert_eq!(label("a.let { return@f }"), "Return(None, None");
    assert_eq!(label("a.let { return }"), "Return(None, None");
}

#[test]
fn this_is_the_receiver_only_inside() {
    assert_eq!(one("a.apply { b { c(this) } }"), "scope a.apply implicit same {b(closure result() {c(receiver)})}");
    assert_eq!(one("a.let { c(this) }"), "scope a.let it {c(this)}");
    assert_eq!(one("a.apply { c(this@Activity) }"), "scope a.apply implicit same {c(this)}");
    assert_eq!(
        one("a.run { b(object : C {\n fun d() { e(this) }\n}) }"),
        "scope a.run implicit {b(Anonymous <C> [method d() {e(this)}])}"
    );
}
