//! Scripts inside markup: what runs, what it is called, and what its names stand for.

use farewell_analysis::lowering::{BodyKind, LoweredFile, Step};
use farewell_analysis::source::Language;

use crate::support::{lower_as, path_text, use_text};

/// `name label use: calls` of each body but the top level.
fn bodies(language: Language, text: &str) -> Vec<String> {
    let file = lower_as(language, text);
    assert_eq!(file.broken, [], "{text}");
    let describe = |body: &farewell_analysis::lowering::Body| {
        let name = body.name.as_deref().unwrap_or("-");
        let label = body.label.as_deref().map(|label| format!(" '{label}'")).unwrap_or_default();
        let calls = calls(&file, body);
        format!("{name}{label} {}: {}", use_text(&file, &body.used_as), calls.join(" "))
    };
    file.bodies().skip(1).map(|(_, body)| describe(body)).collect()
}

fn calls(file: &LoweredFile, body: &farewell_analysis::lowering::Body) -> Vec<String> {
    let steps = body.code().nodes.iter().filter_map(|node| match &node.step {
        Step::Call(call) => Some(path_text(file, &call.callee)),
        _ => None,
    });
    steps.collect()
}

#[test]
fn a_handler_is_a_body_with_the_elements_text() {
    let text = "<template><b @click=\"logout(); go('/')\">Log out</b><b @click=\"() => leave()\">Leave</b></template>\n\
                <script setup>\nimport { go } from './nav'\nfunction logout() {}\n</script>";
    let expected = [
        "- 'Log out' attribute b.onclick: local:logout ./nav#go",
        "- 'Leave' attribute b.onclick: leave",
        "logout bound: ",
    ];
    assert_eq!(bodies(Language::Vue, text), expected);
}

#[test]
fn a_name_as_a_handler_labels_the_function_or_is_a_call() {
    let text = "<script>\nimport { signOut } from './auth'\nfunction close() {}\n</script>\n\
                <b on:click={close}>Log out</b> <b onclick={signOut}>Sign out</b> <b onclick={auth?.leave}>Leave</b>";
    let expected = [
        "close 'Log out' bound: ",
        "- 'Log out' attribute b.onclick: ",
        "- 'Sign out' attribute b.onclick: ./auth#signOut",
        "- 'Leave' attribute b.onclick: auth.leave",
    ];
    assert_eq!(bodies(Language::Svelte, text), expected);
}

#[test]
fn a_handlers_place_is_the_attributes_value() {
    let text = "<p>é\u{1F600}</p>\r\n<b onclick=\"out()\">x</b>";
    let file = lower_as(Language::Html, text);
    let body = &file.bodies[1];
    assert_eq!(body.span.text(text), "out()");
    assert_eq!(body.name_span.text(text), "onclick");
    let call = body.code().nodes.iter().find(|node| matches!(node.step, Step::Call(_))).unwrap();
    assert_eq!(call.span.text(text), "out()");
}

#[test]
fn options_of_a_component_are_its_members() {
    let text = "<template><b @click=\"logout\">Log out</b><b @click=\"clear(); $router.push('/')\">x</b></template>\n\
                <script>\nexport default {\n  computed: { user() { return this.load() } },\n\
                  watch: { user(now) { this.logout() }, '$route.path': { handler() { this.clear() } } },\n\
                  created() { this.logout() },\n  methods: { logout() { this.clear() }, clear: () => {}, load() {} },\n\
                }\n</script>";
    let expected = [
        "- 'Log out' attribute b.onclick: ",
        "- 'x' attribute b.onclick: this:?.clear $router.push",
        "user bound: this:?.load",
        "user reaction user: this:?.logout",
        "handler reaction $route.path: this:?.clear",
        "created bound: this:?.logout",
        "logout 'Log out' bound: this:?.clear",
        "clear bound: ",
        "load bound: ",
    ];
    assert_eq!(bodies(Language::Vue, text), expected);
}

#[test]
fn what_setup_returns_is_a_member_too() {
    let text = "<template><b @click=\"logout\">Log out</b><b @click=\"store.leave()\">x</b></template>\n\
                <script lang=\"ts\">\nexport default defineComponent({\n  setup() {\n    const store = useStore();\n\
                    const logout = () => store.leave();\n    return { logout, store };\n  },\n\
                  methods: { out() { this.logout(); } },\n});\n</script>";
    let found = bodies(Language::Vue, text);
    assert_eq!(found[1], "- 'x' attribute b.onclick: useStore().leave");
    assert!(found.contains(&"logout 'Log out' bound: useStore().leave".to_owned()), "{found:?}");
    assert!(found.contains(&"out bound: local:logout".to_owned()), "{found:?}");
}

#[test]
fn frontmatter_is_a_body_apart_from_the_clients_scripts() {
    let text = "---\nimport { go } from './server';\nif (!user) return go('/a');\nconst a = 1;\nfunction f() {}\n---\n\
                <b onclick=\"go()\">x</b>\n<script>\nimport { go } from './client';\nconst a = 2;\nf(); go(a);\n</script>";
    let file = lower_as(Language::Astro, text);
    let top = calls(&file, &file.bodies[0]);
    assert_eq!(top, ["f", "./client#go"]);
    let server = &file.bodies[1];
    assert_eq!((server.kind, server.span.start), (BodyKind::Closure, 2));
    assert_eq!(calls(&file, server), ["./server#go"]);
    assert_eq!(bodies(Language::Astro, text)[2], "- 'x' attribute b.onclick: go");
}

#[test]
fn modules_of_a_page_keep_their_names_and_classic_scripts_share_them() {
    let text = "<script>function a() {}</script><script>a(); b();</script>\n\
                <script type=\"module\">import b from './b'; b(); var c = () => {};</script><script>c();</script>";
    let file = lower_as(Language::Html, text);
    assert_eq!(calls(&file, &file.bodies[0]), ["local:a", "b", "./b#default", "c"]);
    let is_own = file.bodies[0].code().nodes.iter().any(|node| {
        matches!(&node.step, Step::Call(call) if matches!(&call.callee.root, farewell_analysis::lowering::Root::Global(name) if &**name == "c"))
    });
    assert!(is_own);
}

#[test]
fn reactive_statements_are_bodies() {
    let text = "<script>\nlet user;\n$: if (!user) clear();\n$: double = 2 * user;\nother: f();\n</script>";
    let expected = ["- reaction to anything: clear", "- reaction to anything: "];
    assert_eq!(bodies(Language::Svelte, text), expected);
}

#[test]
fn what_cannot_be_read_costs_nothing_else() {
    let text = "<b onclick=\"out(\">x</b><b onclick=\"{{ a }}\">x</b><b onclick=\"go()\">y</b>\n<script>\nfunction f() { g() }\n</script>";
    let file = lower_as(Language::Html, text);
    assert_eq!(file.broken.len(), 2);
    assert_eq!(file.bodies.len(), 3);
    assert!(file.bodies.iter().all(|body| !body.broken));
}

/// A file of each language with most of what a script and a handler can be.
const SAMPLES: [(Language, &str); 4] = [
    (
        Language::Vue,
        "<template>\n  <b v-if=\"a < b\" @click.prevent=\"out(); $router.push(`/é${x}`)\" :on-x=\"y\">{{ $t('log.out') }}</b>\n\
         <i @click=\"() => { out({ a: [1] }) }\" @input='x(\"\u{1F600}\")'/></template>\n<script>\nexport default {\n  data() { return {} },\n\
         methods: { out() { this.x() }, x: () => {} },\n  watch: { user: { handler(u) { if (!u) f() } } } }\n</script>\n\
         <script setup lang=\"ts\">\nconst a = ref<string>('')\n</script>\n<style>a { b: c }</style>\n",
    ),
    (
        Language::Svelte,
        "<script module>\n  export const a = 1;\n</script>\n<script lang=\"ts\">\n  let b: X = { c: \"</b>\" };\n  $: if (!b) f();\n</script>\n\
         {#if a < b && { c: 1 }.c}<b on:click|once={out} class=\"x {y ? \"z\" : 'é'}\">Log & out {x}</b>{:else}\n\
         <i onclick={async () => { await out(`${a}`); }} {...rest} {@attach f} />{/if}\n{@html `<script>`}\n",
    ),
    (
        Language::Astro,
        "---\nimport A from './a.astro';\nif (!x) return Astro.redirect('/');\nconst s = '---';\n---\n<A {...x} a=`b${c}` d={{ e }}>\n\
         {list.map((it) => <b onclick=\"out('é')\">{it}</b>)}{/* <b> */}</A>\n<script>\n  import x from 'x';\n  x();\n</script>\n",
    ),
    (
        Language::Html,
        "<!doctype html><!-- é --><title>a<b</title>\n<b onclick=\"out(&quot;x&quot;) &amp;&amp; go()\" ondrag=x()>Log out</b>\n\
         <script type=module>import a from 'a'; a('</b>');</script>\n<script>function out() { return { a: /[<\"]/ } }</script>\n",
    ),
];

#[test]
fn every_part_of_a_file_is_read() {
    for (language, text) in SAMPLES {
        assert_eq!(lower_as(language, text).broken, [], "{language:?}");
        for (end, _) in text.char_indices() {
            lower_as(language, &text[..end]);
            lower_as(language, &text[end..]);
        }
        for (start, end) in (0..text.len()).step_by(7).map(|start| (start, start + 23)) {
            let (Some(before), Some(behind)) = (text.get(..start), text.get(end..)) else { continue };
            lower_as(language, &format!("{before}{behind}"));
        }
    }
}

/// Rows of what opens something, as long as the parser takes them.
#[test]
fn hostile_markup_is_read_in_time() {
    let rows = [
        ("{{{", 200_000),
        ("<a>", 60_000),
        ("<a @click=\"b()\">", 20_000),
        ("<b onclick={() => {", 20_000),
        ("<script>", 60_000),
        ("<script>a(</script>", 2_000),
        ("<b onclick=\"((((", 5_000),
        ("<!--", 60_000),
        ("{#if a}", 60_000),
    ];
    let clock = std::time::Instant::now();
    for language in [Language::Vue, Language::Svelte, Language::Astro, Language::Html] {
        for (piece, times) in rows {
            let text = piece.repeat(times);
            if let Some(tree) = farewell_analysis::syntax::parse(language, &text) {
                farewell_analysis::lowering::lower(language, &text, &tree);
            }
        }
        let data = format!("<script>const data = \"{}\"</script><b onclick=\"a()\">x</b>", "x".repeat(3_000_000));
        assert_eq!(lower_as(language, &data).broken, []);
    }
    assert!(clock.elapsed().as_secs() < 120, "{:?}", clock.elapsed());
}
