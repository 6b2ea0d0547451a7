//! Half-typed and hostile code: nothing panics, nothing runs away.

use farewell_analysis::source::Language;

use crate::support::{lower, lower_as, paths};

const SAMPLE: &str = r#"
import React, { useCallback as cb } from 'react';
export enum Kind { Out = 'logout', In }
@Component({ selector: 'app' })
export class Menu<T> extends Base implements X {
  static #count = 0; static { init(); }
  private readonly router = inject(Router);
  @Input() name: string = load();
  constructor(private auth: Auth, b = make()) { super(); }
  get user() { return this.auth?.user ?? null; }
  logout = async ({ all = false, ...rest }: Options = {}) => {
    try { await this.auth.signOut(); } catch ({ message }) { log(`x ${message}`); } finally { this.done(); }
    for (const [key, value] of Object.entries(rest)) { if (!key) continue; else break; }
    switch (all) { case true: a(); default: b(); }
    outer: do { while (x--) { continue outer; } } while (i++ < 3);
    return fetch('/logout').then(r => r.json(), fail).catch(this.fail.bind(this)).finally(() => { location.href = '/'; });
  };
}
export default function App({ onOut }) {
  const out = cb(() => dispatch({ type: 'out', ...more, [key]: 1 }), []);
  const { a: { b: [c = d()] }, e } = props, f = <T,>(x: T) => x as unknown as U;
  ({ a: window.x, ...y } = z); delete window.q; x ||= y && (z ?? w);
  function* saga() { const r = yield call(api.out, 1); yield* other(); }
  return <><button className="a" onClick={() => out()} {...rest}>Log &amp; out <b>now</b></button>{list.map(i => <Row key={i}/>)}</>;
}
namespace N { export const x = 1; } declare global { interface Window { FS: any } }
new Promise((resolve, reject) => setTimeout(resolve, 10)); tag`a ${b()} c`;
"#;

#[test]
fn every_truncation_lowers() {
    for end in (0..=SAMPLE.len()).filter(|end| SAMPLE.is_char_boundary(*end)) {
        lower(&SAMPLE[..end]);
        if end % 8 == 0 {
            lower_as(Language::TypeScript, &SAMPLE[..end]);
        }
    }
}

#[test]
fn every_missing_piece_lowers() {
    for start in (0..SAMPLE.len()).step_by(3) {
        let end = (start + 7).min(SAMPLE.len());
        lower(&format!("{}{}", &SAMPLE[..start], &SAMPLE[end..]));
    }
}

#[test]
fn the_sample_itself_is_whole() {
    let file = lower(SAMPLE);
    assert_eq!(file.broken, []);
    assert!(file.bodies.iter().all(|body| !body.code().nodes.is_empty()));
    let broken = file
        .bodies
        .iter()
        .flat_map(|body| &body.code().nodes)
        .filter(|node| node.step == farewell_analysis::lowering::Step::Broken);
    assert_eq!(broken.count(), 0);
}

#[test]
fn deep_nests_do_not_overflow_the_stack() {
    let nests: [(&str, &str, &str); 14] = [
        ("(", "x", ")"),
        ("[", "x", "]"),
        ("f(", "x", ")"),
        ("!", "x", ""),
        ("x = ", "y", ""),
        ("() => ", "x", ""),
        ("{", "x", "}"),
        ("if (a) ", "x;", ""),
        ("while (a) {", "x;", "}"),
        ("try {", "x;", "} finally { y(); }"),
        ("<a>", "x", "</a>"),
        ("a ? b : ", "x", ""),
        ("class { a = ", "1", "}"),
        ("function f() {", "x;", "}"),
    ];
    for (open, middle, close) in nests {
        let text = format!("v = {}{middle}{}", open.repeat(10_000), close.repeat(10_000));
        lower(&text);
        let text = format!("{}{middle}{}", open.repeat(10_000), close.repeat(10_000));
        lower(&text);
    }
}

/// While a type is typed it may name what it is the type of.
#[test]
fn types_that_rest_on_themselves_do_not_run_away() {
    for text in [
        "function f(a: a.B) { a.c(); }",
        "function f(a: typeof a.b) { a.c(); }",
        "function f(a: ReturnType<typeof a.b>) { a.c(); }",
        "function f(a: b.T, b: a.T) { a.x(); b.y(); }",
        "function f({ a }: a.B, [b]: typeof b.c) { a.x(); b.y(); }",
        "let a: typeof b.c; let b: typeof a.d; a.x(); b.y();",
        "const { a }: a.b = c; a.x.y();",
        "class A { b: typeof this.b; c: typeof this.d; d: typeof this.c; f() { this.b.x(); this.c.y(); } }",
        "class A extends A.B { b: A.B.C; f() { this.b.x(); super.x(); } }",
        "class A implements a.B { constructor(private a: a.B) {} f() { this.a.x(); } } const a: A.B = new A();",
        "namespace a { export const b: a.c = 1; export const c: a.b = 2; } a.b.x(); a.c.x();",
        "enum a { b = a.b, c = a.d, d = a.c } a.b();",
        "const a: { b: typeof a } = { b: a }; a.b.b.c();",
        "for (const a: a.b of a) { a.c(); }",
        "try { f(); } catch (a: a.b) { a.c(); }",
        "import a = a.b; import c = require(c); a.x(); c.x();",
    ] {
        lower(text);
        lower_as(Language::TypeScript, text);
    }
    // Each names the next: what is too deep is not known, and no more.
    let parameters: Vec<String> = (0..5_000).map(|number| format!("a{number}: a{}.T", number + 1)).collect();
    lower_as(Language::TypeScript, &format!("function f({}) {{ a0.x(); }}", parameters.join(", ")));
}

#[test]
fn long_chains_are_lowered_whole() {
    let chain = format!("a{};", ".b()".repeat(5_000));
    assert_eq!(lower(&chain).bodies[0].code().nodes.len(), 5_002);
    let sum = format!("f({}1);", "g() + ".repeat(1_000));
    assert_eq!(lower(&sum).bodies[0].code().nodes.len(), 1_003);
    let chain = format!("{} else z();", vec!["if (a) b();"; 800].join(" else "));
    assert_eq!(lower(&chain).bodies[0].code().nodes.len(), 2 + 800 * 3 + 1);
    let chain = format!("if ({}a) b();", "a && ".repeat(800));
    assert_eq!(paths(&chain).len(), 802);
    let constants: String = (1..3_000).map(|i| format!("const a{i} = a{};", i - 1)).collect();
    let file = lower(&format!("const a0 = 'x'; {constants} f(a2999);"));
    assert_eq!(file.bindings[2_999].value.as_text(), Some("x"));
    // The other way round each constant needs one that is not read yet.
    let reversed: String = (0..3_000).map(|i| format!("const a{i} = {{ b: a{} }}.b;", i + 1)).collect();
    lower(&format!("{reversed} const a3000 = 'x';"));
    let members: String = (0..3_000).map(|i| format!("a{i} = this.a{};", i + 1)).collect();
    lower(&format!("class A {{ {members} }}"));
    let doubled: String = (1..200).map(|i| format!("const a{i} = [a{0}, a{0}];", i - 1)).collect();
    lower(&format!("const a0 = 'x'; {doubled}"));
}

#[test]
fn texts_that_double_do_not_fill_the_memory() {
    let sums: String = (1..200).map(|i| format!("const a{i} = a{0} + a{0};", i - 1)).collect();
    let templates: String = (1..200).map(|i| format!("const b{i} = `${{b{0}}}${{b{0}}}`;", i - 1)).collect();
    let file = lower(&format!("const a0 = 'x'; {sums} const b0 = 'y'; {templates} f(a3, a199);"));
    let texts: Vec<usize> = file.bindings.iter().filter_map(|it| it.value.as_text()).map(str::len).collect();
    assert!(texts.contains(&8), "{texts:?}");
    assert!(texts.iter().all(|length| *length <= 4096), "{texts:?}");
    let copies: String = (0..2_000).map(|i| format!("const c{i} = long + '{i}';")).collect();
    lower(&format!("const long = '{}'; {copies}", "x".repeat(500_000)));
}

#[test]
fn time_grows_with_the_text() {
    let unit = SAMPLE.replace("import React, { useCallback as cb } from 'react';", "").replace("export default", "");
    let wide = format!("f({});", "() => { a(); },".repeat(5_000));
    let object = format!("x = {{ {} }};", "a: () => b(), ".repeat(5_000));
    let nested = format!("{}{}", "f(g(".repeat(50), "))".repeat(50)).repeat(100);
    for text in [unit.repeat(40), wide, object, nested] {
        let started = std::time::Instant::now();
        lower(&text);
        assert!(started.elapsed().as_secs() < 20, "{} bytes took {:?}", text.len(), started.elapsed());
    }
}

#[test]
fn a_bare_ampersand_in_jsx_breaks_nothing() {
    let file = lower("x = <b onClick={() => f()}>Save & log out {g()}</b>;");
    assert_eq!(file.broken, []);
    assert_eq!(file.bodies[1].label.as_deref(), Some("Save & log out"));
    assert_eq!(paths("<b>Save & log out {g()}</b>;"), ["g exit"]);
}
