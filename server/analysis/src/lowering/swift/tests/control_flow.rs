use super::{one, statements};

#[test]
fn guards_run_their_block_where_the_condition_fails() {
    assert_eq!(
        one("guard let u = user, !busy else { return }"),
        "guard not(and(present(u = user), not(busy))) {return()}"
    );
    assert_eq!(one("guard user != nil else { return a() }"), "guard not(different(user, nil)) {return(a())}");
    assert_eq!(one("guard let user else { throw E.x }"), "guard not(present(user = user)) {throw(E.x)}");
    assert_eq!(one("guard let u = x as? User else { return }"), "guard not(bind(u = x)) {return()}");
    assert_eq!(one("guard case .active(let x) = state else { return }"), "guard not(bind(x = state)) {return()}");
}

#[test]
fn whether_self_still_lives_is_not_asked() {
    assert_eq!(one("guard let self else { return }\nself.a()"), "nothing; this.a()");
    assert_eq!(one("guard let self = self else { return }"), "nothing");
    assert_eq!(one("guard let strong = self else { return }\nstrong.a()"), "let strong = this; nothing; strong.a()");
    assert_eq!(one("guard let self, let u = user else { return }"), "guard not(present(u = user)) {return()}");
    assert_eq!(one("if let self { a() }"), "block{a()}");
    assert_eq!(one("if let strong = self { strong.a() } else { b() }"), "let strong = this; block{strong.a()}");
}

#[test]
fn conditions_of_several_clauses_are_one() {
    assert_eq!(
        one("if let u = a, x == 1, case .b = c { d() } else if e { f() } else { g() }"),
        "if and(and(present(u = a), equal(x, 1)), equal(c, .b)) {d()} else {if e {f()} else {g()}}"
    );
    assert_eq!(one("if case let u? = user { a() }"), "if present(u = user) {a()}");
    assert_eq!(one("if case .some(let u) = user { a() }"), "if present(u = user) {a()}");
    assert_eq!(one("if case let .failure(error) = result { a() }"), "if bind(error = result) {a()}");
    assert_eq!(one("if let (a, b) = f() { c() }"), "if bind(a b = f()) {c()}");
    assert_eq!(one("if case nil = user { a() }"), "if equal(user, nil) {a()}");
}

#[test]
fn the_system_is_new_enough() {
    assert_eq!(one("if #available(iOS 15, *) { a() } else { b() }"), "block{a()}");
    assert_eq!(one("if #available(iOS 15, *), x { a() }"), "if x {a()}");
    assert_eq!(one("guard #available(iOS 15, *) else { return }"), "nothing");
    assert_eq!(one("if #unavailable(iOS 12) { a() }"), "if false {a()}");
}

#[test]
fn conditional_compilation_is_settled() {
    assert_eq!(one("#if canImport(FullStory)\na()\n#else\nb()\n#endif\nc()"), "a(); c()");
    assert_eq!(one("#if os(macOS)\na()\n#elseif os(iOS)\nb()\n#else\nc()\n#endif"), "b()");
    assert_eq!(one("#if DEBUG\na()\n#else\nb()\n#endif\nc()"), "if DEBUG {a()} else {b()}; c()");
    assert_eq!(one("#if !DEBUG && canImport(X)\na()\n#endif"), "if not(DEBUG) {a()}");
    assert_eq!(one("#if DEBUG\na()\n#elseif BETA\nb()\n#endif"), "if DEBUG {a()} else {if BETA {b()}}");
    assert_eq!(one("#if DEBUG\na()"), "a()");
}

#[test]
fn directives_inside_a_chain_pair_with_nothing() {
    let source = "a()\n#if os(iOS)\n.b()\n#endif\n.c()\nd()";
    assert_eq!(statements(source).last().map(String::as_str), Some("d()"));
    assert_eq!(statements(source).len(), 4);
}

#[test]
fn switches_have_their_patterns() {
    assert_eq!(
        one(
            "switch s {\ncase .idle, .busy: a()\ncase .user(let u) where u.ok: fallthrough\ncase let .p(x, _): b()\ndefault: break\n}"
        ),
        "switch s case .idle|.busy {a()} case other(u) where u.ok {fallthrough} case other(x) {b()} case default {break()}"
    );
    assert_eq!(
        one(
            "switch s {\ncase nil: a()\ncase State.b: c()\ncase is Foo: d()\ncase let x as Foo: e()\ncase \"k\": f()\ncase 1...3: g()\ncase let y: h()\n}"
        ),
        "switch s case nil {a()} case State.b {c()} case other() {d()} case other(x) {e()} case \"k\" {f()} case other() {g()} case other(y) {h()}"
    );
    assert_eq!(
        one("switch (a, b) {\ncase (.x, .y(let z)): c()\ncase _: d()\n@unknown default: e()\n}"),
        "switch all(a, b) case other(z) {c()} case default {d()} case default {e()}"
    );
    assert_eq!(one("let x = switch a { case .b: 1\n default: 2 }"), "let x = switch a case .b {1} case default {2}");
}

#[test]
fn handlers_take_all_or_some() {
    assert_eq!(
        one("do { try a() } catch let e as FooError { b() } catch APIError.x { c() } catch { d(error) }"),
        "do {try(a())} catch some e {b()} catch some  {c()} catch error {d(error)}"
    );
    assert_eq!(one("do { try a() } catch let e { b() }"), "do {try(a())} catch e {b()}");
    assert_eq!(one("do { try a() } catch let e where e.x { b() }"), "do {try(a())} catch some e {b()}");
    assert_eq!(one("do { a() }"), "block{a()}");
    assert_eq!(one("defer { a() }\nb()"), "defer {a()}; b()");
}

#[test]
fn loops_have_their_parts() {
    assert_eq!(one("for (i, x) in y.enumerated() { a() }"), "loop i x in y.enumerated() {a()}");
    assert_eq!(one("for x in y where x > 1 { a() }"), "loop x in y {if compare(x, 1) {a()}}");
    assert_eq!(one("for try await x in y { a() }"), "loop await x in try(y) {a()}");
    assert_eq!(one("for case .a(let x) in y { a() }"), "loop  in y {if bind(x = nothing) {a()}}");
    assert_eq!(one("while let x = q.pop(), y { a() }"), "loop  while and(present(x = q.pop()), y) {a()}");
    assert_eq!(one("repeat { a() } while b"), "repeat  while b {a()}");
    assert_eq!(one("outer: for x in y { continue outer }\nb()"), "outer: loop x in y {continue(outer)}; b()");
    assert_eq!(one("outer: do { break outer }"), "outer: block{break(outer)}");
}

#[test]
fn statements_are_told_without_comments() {
    let source = "func f() {\n  a() // why\n  b(); c();\n}";
    let outline = super::outline(source);
    let text = format!("{:?}", super::show::body_of_first_function(&outline));
    assert_eq!(text, r#"["a()", "b()", "c()"]"#);
    let crate::lowering::outline::Form::Function(function) = &outline.items[0].does.form else { panic!() };
    let crate::lowering::outline::FunctionBody::Block(block) = &function.body else { panic!() };
    let texts: Vec<&str> = block.statements.iter().map(|statement| statement.span.text(source)).collect();
    assert_eq!(texts, ["a()", "b();", "c();"]);
    assert_eq!(block.inner.text(source), "\n  a() // why\n  b(); c();\n");
}

#[test]
fn long_ladders_are_flat() {
    let ladder = (0..100).map(|number| format!("if x == {number} {{ a() }} else ")).collect::<String>() + "{ b() }";
    let shown = one(&ladder);
    assert!(shown.starts_with("switch  case holds equal(x, 0) {a()}"), "{shown}");
    assert!(shown.ends_with("case default {b()}"), "{shown}");
}
