//! What is code in each of the markup languages, and what is not.

use super::{HandlerForm, Regions, ScriptKind, regions};
use crate::source::Language;

fn scripts(language: Language, text: &str) -> Vec<(ScriptKind, String)> {
    let found = regions(language, text);
    found.scripts.iter().map(|script| (script.kind, script.code.text(text).trim().to_owned())).collect()
}

/// Each handler as `element attribute form: code (label)`.
fn handlers(language: Language, text: &str) -> Vec<String> {
    let show = |handler: &super::Handler| {
        let label = handler.label.as_deref().map(|label| format!(" ({label})")).unwrap_or_default();
        let form = match handler.form {
            HandlerForm::Statements => "do",
            HandlerForm::Function => "function",
            HandlerForm::Reference => "name",
        };
        format!("{} {} {form}: {}{label}", handler.element, handler.attribute, handler.code.text(text))
    };
    regions(language, text).handlers.iter().map(show).collect()
}

fn masked(language: Language, text: &str) -> String {
    let masked = regions(language, text).masked(text);
    assert_eq!(masked.len(), text.len());
    let breaks = |text: &str| text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').collect::<Vec<_>>();
    assert_eq!(breaks(&masked), breaks(text));
    masked
}

#[test]
fn scripts_of_a_component_of_vue() {
    let text = "<template lang=\"pug\">\na(@click=\"x\") < b\n</template>\n<docs>\n<script>no()</script>\n</docs>\n\
                <script lang=\"ts\">\nexport default {}\n</script>\n<script setup>\na < b\n</script>\n\
                <script src=\"./a.js\"></script>\n<script lang=\"coffee\">a -> b</script>\n";
    let found = scripts(Language::Vue, text);
    assert_eq!(found, [(ScriptKind::Component, "export default {}".into()), (ScriptKind::Instance, "a < b".into())]);
    assert_eq!(handlers(Language::Vue, text), [""; 0]);
}

#[test]
fn scripts_of_a_page_share_their_names_unless_they_are_modules() {
    let text = "<!-- <script>no()</script> -->\n<script>one()</script>\n<script type=module>two()</script>\n\
                <script type=\"application/json\">{}</script>\n<SCRIPT type=\"text/template\"><a onclick=\"b()\"></SCRIPT>\n\
                <script type=\"importmap\">{}</script><script>three('</scr' + 'ipt>')</script>";
    let found = scripts(Language::Html, text);
    let kinds: Vec<_> = found.iter().map(|(kind, _)| *kind).collect();
    assert_eq!(kinds, [ScriptKind::Classic, ScriptKind::Module, ScriptKind::Classic]);
    assert_eq!(handlers(Language::Html, text), [""; 0]);
}

#[test]
fn frontmatter_of_astro_is_apart() {
    let text = "---\nimport A from '../A.astro';\nconst dashes = '---';\n---\n<A /><script>client()</script>\n\
                <script is:inline define:vars={{ a }}>inline(a)</script>";
    let found = scripts(Language::Astro, text);
    assert_eq!(found.len(), 3);
    assert!(found[0].1.ends_with("dashes = '---';"));
    assert_eq!(found[1..], [(ScriptKind::Module, "client()".into()), (ScriptKind::Classic, "inline(a)".into())]);
}

#[test]
fn a_script_that_is_being_typed_reaches_to_the_end() {
    let text = "<script setup>\nconst a = 1\n</scr";
    let found = regions(Language::Vue, text);
    assert_eq!(found.scripts[0].code.text(text), "\nconst a = 1\n</scr");
    assert!(!found.scripts[0].closed);
}

#[test]
fn handlers_of_vue() {
    let text = "<template><b @click.prevent=\"logout\">{{ $t('auth.logout') }}</b>\n\
                <b v-on:click=\"logout(); go('/')\" @keyup.enter='a(\"x\")'>Log <i>out</i> &amp; go</b>\n\
                <c @click=\"() => { x }\" title=\"Sign out\" :on-exit=\"leave\" />\n\
                <Menu.Item @click=\"q\"><u @click=\"r\">other</u> mine {{ a < b }}</Menu.Item></template>";
    let expected = [
        "b onclick name: logout (auth.logout)",
        "b onclick do: logout(); go('/') (Log out & go)",
        "b onkeyup.enter do: a(\"x\") (Log out & go)",
        "c onclick function: () => { x } (Sign out)",
        "c onexit name: leave (Sign out)",
        "Menu.Item onclick name: q (mine)",
        "u onclick name: r (other)",
    ];
    assert_eq!(handlers(Language::Vue, text), expected);
}

#[test]
fn handlers_of_svelte() {
    let text = "{#if a < b}<b on:click|preventDefault={logout} class=\"x {y ? \"p>\" : 'q'}\">Log out</b>{/if}\n\
                <b onclick={async () => { await f({ a: 1 }); }} {...rest}>{$_('x.y')}</b>\n\
                <c on:click=\"{() => out()}\" on:message onclick=\"plain()\">a & b</c> <d onLogout={once(leave)}/>";
    let expected = [
        "b onclick name: logout (Log out)",
        "b onclick function: async () => { await f({ a: 1 }); } (x.y)",
        "c onclick function: () => out() (a & b)",
        "c onclick do: plain() (a & b)",
        "d onLogout do: once(leave)",
    ];
    assert_eq!(handlers(Language::Svelte, text), expected);
}

#[test]
fn handlers_of_astro_and_html() {
    let astro =
        "{user && <b onclick=\"out()\">Log out {user.name}</b>}{/* <b onclick=\"no()\"> */}<X onClick={() => a()} />";
    assert_eq!(handlers(Language::Astro, astro), ["b onclick do: out() (Log out {user.name})"]);
    let html = "<a href=\"javascript:logout()\" onclick=logout();>Log&nbsp;out</a><input type=submit value='Sign out' \
                onclick='a(\"b\")'><b @click=\"open = false\" onclick=\"<%= x %>\">x</b>";
    let expected = [
        "a href do: logout() (Log out)",
        "a onclick do: logout(); (Log out)",
        "input onclick do: a(\"b\") (Sign out)",
        "b onclick do: open = false (x)",
    ];
    assert_eq!(handlers(Language::Html, html), expected);
}

#[test]
fn the_mask_keeps_every_place() {
    let text =
        "<template><b é=\"ü\" @click=\"go('/é')\">ö</b></template>\r\n<script>\r\nconst a = '\u{1F600}'\r\n</script>";
    let mask = masked(Language::Vue, text);
    assert_eq!(mask.find("go("), text.find("go("));
    assert_eq!(mask.find("const a"), text.find("const a"));
    assert!(mask.contains("()=>{go('/é')};"));
    assert!(!mask.contains('ö') && mask.contains('\u{1F600}'));
}

#[test]
fn no_sign_of_the_mask_stands_inside_of_a_character() {
    for text in
        ["<b @click=\"f()\"é/>", "<b @click=\"f()\"é>x</b>\n", "<b @aé\u{1F600}=\"f()\">", "<b @éé=\"f()\" @é=\"g()\">"]
    {
        let mask = masked(Language::Vue, text);
        for (place, sign) in mask.char_indices().filter(|(_, sign)| *sign != ' ') {
            let is_whole = text.is_char_boundary(place) && text.is_char_boundary(place + sign.len_utf8());
            assert!(is_whole, "{text}: {mask}");
        }
    }
    assert!(masked(Language::Vue, "<b @click=\"f()\"é/>").contains("()=>{f()}  ;"));
}

#[test]
fn the_mask_makes_functions_and_blocks() {
    let text = "<b @click=\"async () => a()\" @input=\"b\"\n@k=\"c\">x</b>";
    assert_eq!(masked(Language::Html, text), "          (async () => a());   ()=>{b}\n;           ");
    assert_eq!(masked(Language::Html, "<script type=module>a()</script>"), "                   {a()}        ");
    assert_eq!(masked(Language::Astro, "---\na()\n---\n<b>"), "  {\na()\n}  \n   ");
}

#[test]
fn character_references_are_read_in_code() {
    let text = "<b onclick=\"a &amp;&amp; b(&quot;x y&quot;) &amp;&amp; c(&#39;z&#39;, d =&gt; d &lt;= 1)\">";
    let mask = masked(Language::Html, text);
    let code: String = mask.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(code, "()=>{a && b( \"x y\" ) && c( 'z' , d => d <= 1)};");
}

#[test]
fn half_typed_markup_does_not_swallow_the_script() {
    let cases = [
        (Language::Vue, "<template>\n <b @click=\"log\n</template>\n<script setup lang=\"ts\">\na()\n</script>"),
        (Language::Vue, "<template>\n <b>{{ log\n</template>\n<script setup lang=\"ts\">\na()\n</script>"),
        (Language::Svelte, "<b on:click={log\n>x</b>\n<script lang=\"ts\">\na()\n</script>"),
        (Language::Svelte, "{#if log\n<b>x</b>\n<script lang=\"ts\">\na()\n</script>"),
        (Language::Svelte, "<b \n<script lang=\"ts\">\na()\n</script>"),
        (Language::Html, "<b onclick='log(\n<script>\na()\n</script>"),
    ];
    for (language, text) in cases {
        let found = scripts(language, text);
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].1, "a()", "{text}");
    }
}

#[test]
fn code_that_is_not_whole_is_told() {
    let found = regions(Language::Vue, "<template><b @click=\"logout(\" @a.b=\"c()\"/></template>");
    assert_eq!((found.handlers.len(), found.unreadable.len()), (1, 1));
}

/// Every prefix of a text, and texts that make a careless reader run for hours.
#[test]
fn any_text_is_read_in_time() {
    let text = "---\nfoo\n---\n<!-- c --><template><b @click=\"a('é')\" {...x} y={z}>{{ t }}{#if a}\n</b></template>\n<script>\nx({})\n</script>";
    let hostile = [
        "{",
        "{{{",
        "<a>",
        "<a b='",
        "<a onclick=\"",
        "</a",
        "<!",
        "<script>",
        "{/*",
        "`${",
        "&amp;",
        "---",
        "<a b={",
        "<b>\n",
    ];
    let languages = [Language::Vue, Language::Svelte, Language::Astro, Language::Html];
    for language in languages {
        for (end, _) in text.char_indices() {
            let part = &text[..end];
            assert_eq!(regions(language, part).masked(part).len(), part.len());
        }
        for piece in hostile {
            let text = piece.repeat(60_000);
            let found: Regions = regions(language, &text);
            assert_eq!(found.masked(&text).len(), text.len());
        }
    }
}

#[test]
fn scripts_say_whether_they_may_hold_jsx() {
    let may = |text: &str| regions(Language::Vue, text).may_hold_jsx();
    assert!(may("<script>a</script>"));
    assert!(may("<script lang=\"ts\">a</script><script setup lang=\"tsx\">b</script>"));
    assert!(!may("<script lang=\"ts\">a</script>"));
    assert!(!may("<script>a</script><script setup lang=\"ts\">b</script>"));
}
