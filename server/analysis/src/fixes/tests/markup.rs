//! Edits inside markup: the script that an import goes to, the quotes of an attribute, what cannot be done.

use super::harness::{Case, anonymize_before, markup};
use crate::rules::RemedyAction;
use crate::source::Language;

fn before(case: &Case<'_>, code: &str) -> Option<String> {
    case.after(|places| anonymize_before(places.step(code)))
}

#[test]
fn an_import_goes_to_the_script_of_its_use() {
    let text = "<script lang=\"ts\">\nimport { a } from 'a'\n</script>\n<script setup lang=\"ts\">\nimport { b } from './b'\n\nleave()\n</script>\n";
    let after = before(&markup(Language::Vue, text), "leave()").unwrap();
    let expected = text
        .replace("./b'\n", "./b'\nimport { FullStory } from '@fullstory/browser'\n")
        .replace("leave()", "FullStory('setIdentity', { anonymous: true })\nleave()");
    assert_eq!(after, expected);
}

#[test]
fn an_import_is_indented_as_its_script_is() {
    let text = "<script>\n  const a = 1;\n\n  function f() {\n    leave();\n  }\n</script>\n\n<p>x</p>\n";
    let after = before(&markup(Language::Svelte, text), "leave()").unwrap();
    let expected = text
        .replace("<script>\n", "<script>\n  import { FullStory } from '@fullstory/browser';\n\n")
        .replace("    leave", "    FullStory('setIdentity', { anonymous: true });\n    leave");
    assert_eq!(after, expected);
    let text = "<script>\r\n\timport { goto } from '$app/navigation';\r\n\tgoto('/');\r\n</script>\r\n";
    let after = before(&markup(Language::Svelte, text), "goto('/')").unwrap();
    assert!(
        after.contains("navigation';\r\n\timport { FullStory } from '@fullstory/browser';\r\n\tFullStory("),
        "{after}"
    );
}

#[test]
fn a_handler_takes_its_import_from_the_components_script() {
    let text = "<button @click=\"leave()\">x</button>\n";
    let component =
        format!("<template>\n{text}</template>\n<script setup>\nimport {{ leave }} from './a'\n</script>\n");
    let after = before(&markup(Language::Vue, &component), "leave()").unwrap();
    assert!(after.contains("@click=\"FullStory('setIdentity', { anonymous: true }); leave()\""), "{after}");
    assert!(
        after.contains("import { leave } from './a'\nimport { FullStory } from '@fullstory/browser'\n</script>"),
        "{after}"
    );
}

#[test]
fn a_component_of_options_shows_its_handlers_no_import_and_no_global() {
    let component = "<template><b @click=\"leave()\">x</b></template>\n<script>\nimport FS from './fs'\nexport default {}\n</script>\n";
    assert_eq!(before(&markup(Language::Vue, component), "leave()"), None);
}

#[test]
fn a_page_and_a_component_without_a_script_use_the_global() {
    let text = "<b onclick='leave(\"a\")'>x</b>\n";
    let after = before(&markup(Language::Html, text), "leave(\"a\")").unwrap();
    assert_eq!(after, "<b onclick='FS(\"setIdentity\", { anonymous: true }); leave(\"a\")'>x</b>\n");
    let after = before(&markup(Language::Svelte, "<b onclick={() => leave()}>x</b>\n"), "leave()").unwrap();
    assert!(after.contains("FS('setIdentity', { anonymous: true });"), "{after}");
    let classic = "<script>\n  leave();\n</script>\n";
    let after = before(&markup(Language::Html, classic), "leave()").unwrap();
    assert_eq!(after, "<script>\n  FS('setIdentity', { anonymous: true });\n  leave();\n</script>\n");
}

#[test]
fn a_module_of_a_page_imports_for_itself_alone() {
    let text = "<script type=\"module\">\n  import { FullStory } from '@fullstory/browser';\n  go();\n</script>\n\
                <script type=\"module\">\n  leave();\n</script>\n<b onclick=\"other()\">x</b>\n";
    let after = before(&markup(Language::Html, text), "leave()").unwrap();
    assert_eq!(after.matches("import { FullStory }").count(), 2, "{after}");
    let after = before(&markup(Language::Html, text), "go()").unwrap();
    assert_eq!(after.matches("import { FullStory }").count(), 1, "{after}");
    let after = before(&markup(Language::Html, text), "other()").unwrap();
    assert!(after.contains("onclick=\"FS('setIdentity', { anonymous: true }); other()\""), "{after}");
}

#[test]
fn what_would_end_an_attribute_is_not_written() {
    for text in ["<b onclick=leave()>x</b>", "<p><b onclick=leave();>x</b>"] {
        assert_eq!(before(&markup(Language::Html, text), "leave()"), None, "{text}");
    }
    // The name of what is called takes no statement beside it.
    let named = "<script>\nimport { away } from './a'\n</script>\n<b on:click={away.leave}>x</b>";
    assert_eq!(before(&markup(Language::Svelte, named), "away.leave"), None);
}

#[test]
fn the_end_of_the_top_level_is_its_scripts() {
    let text = "<script setup>\nleave()\n</script>\n\n<template>\n  <b @click=\"other()\">x</b>\n</template>\n";
    let at_end =
        |places: &super::harness::Places<'_>| vec![RemedyAction::AnonymizeAtEnd { body: places.step("leave()").0 }];
    let after = markup(Language::Vue, text).after(at_end).unwrap();
    assert!(after.contains("leave()\nFullStory('setIdentity', { anonymous: true })\n</script>"), "{after}");
}
