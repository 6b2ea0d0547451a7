//! What a call is called on, and what is imported for it.

use super::harness::{Case, anonymize_before, native, v1, web};

#[test]
fn the_files_own_callable() {
    let cases = [
        (
            "import { FullStory as Rec } from '@fullstory/browser';\nleave();\n",
            "Rec('setIdentity', { anonymous: true });\n",
        ),
        (
            "window.FS?.('trackEvent', { name: 'a', properties: {} });\nleave();\n",
            "window.FS?.('setIdentity', { anonymous: true });\n",
        ),
        ("if (window.FS) ready();\nleave();\n", "window.FS('setIdentity', { anonymous: true });\n"),
        ("leave();\n", "FS('setIdentity', { anonymous: true });\n"),
    ];
    for (text, call) in cases {
        let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
        assert_eq!(after, text.replace("leave();", &format!("{call}leave();")));
    }
}

#[test]
fn a_hooks_value_only_where_it_is_in_scope() {
    let text = "\
function useLogout() {
  const fs = useFullstory();
  fs('trackEvent', { name: 'FS', properties: {} });
  return () => {
    leave();
  };
}
function other() {
  go();
}
";
    let after = web(text)
        .after(|places| [anonymize_before(places.step("leave()")), anonymize_before(places.step("go()"))].concat());
    let after = after.unwrap();
    assert!(after.contains("    fs('setIdentity', { anonymous: true });\n    leave();"), "{after}");
    assert!(after.contains("  FS('setIdentity', { anonymous: true });\n  go();"), "{after}");
}

#[test]
fn the_configured_namespace() {
    let case = Case { namespace: Some("Rec"), ..web("leave();\n") };
    let after = case.after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(after.unwrap(), "Rec('setIdentity', { anonymous: true });\nleave();\n");
}

#[test]
fn react_native_imports_its_sdk() {
    let text =
        "import { View } from 'react-native'\nimport a from './a' // own\n\nexport const f = () => {\n  leave()\n}\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "\
import { View } from 'react-native'
import FullStory from '@fullstory/react-native'
import a from './a' // own

export const f = () => {
  FullStory.anonymize()
  leave()
}
"
    );
}

#[test]
fn an_import_goes_last_where_there_are_no_packages() {
    let text = "import a from '@/a';\nimport b from './b';\nleave();\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert!(after.starts_with("import a from '@/a';\nimport b from './b';\nimport FullStory from"), "{after}");
}

#[test]
fn an_import_at_the_top_stands_behind_directives_and_the_files_comment() {
    let text = "#!/usr/bin/env node\n/* Copyright */\n\n'use strict';\n\n// Leaves.\nleave();\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "\
#!/usr/bin/env node
/* Copyright */

'use strict';

import FullStory from '@fullstory/react-native';

FullStory.anonymize();
// Leaves.
leave();
"
    );
}

#[test]
fn an_import_at_the_top_leaves_documentation_where_it_is() {
    let call = "import FullStory from '@fullstory/react-native';\n";
    for (head, code) in [
        ("// src/out.ts\n", "export const f = () => {\n  leave();\n};\n"),
        ("", "/** Leaves. */\nexport const f = () => {\n  leave();\n};\n"),
        ("", "// eslint-disable-next-line\nexport const f = () => {\n  leave();\n};\n"),
    ] {
        let text = format!("{head}{code}");
        let after = native(&text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
        let code = code.replace("  leave", "  FullStory.anonymize();\n  leave");
        assert_eq!(after, format!("{head}{call}\n{code}"));
    }
}

#[test]
fn common_js_requires() {
    let text = "'use strict';\nconst a = require('./a');\n\nfunction f() {\n  leave();\n}\n";
    let after = native(text).after(|places| anonymize_before(places.step("leave()")));
    assert_eq!(
        after.unwrap(),
        "'use strict';\nconst a = require('./a');\nconst FullStory = require('@fullstory/react-native').default;\n\nfunction f() {\n  FullStory.anonymize();\n  leave();\n}\n"
    );
}

#[test]
fn the_web_package_is_imported_only_where_it_is_declared_and_no_global_is_seen() {
    let case = Case { declares_package: true, ..web("import a from \"a\";\nleave();\n") };
    assert_eq!(
        case.after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import a from \"a\";\nimport { FullStory } from \"@fullstory/browser\";\nFullStory(\"setIdentity\", { anonymous: true });\nleave();\n"
    );
    let script = Case { declares_package: true, ..web("leave();\n") };
    assert_eq!(
        script.after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "FS('setIdentity', { anonymous: true });\nleave();\n"
    );
    let text = "import { init } from '@fullstory/browser';\nleave();\n";
    assert_eq!(
        web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import { init, FullStory } from '@fullstory/browser';\nFullStory('setIdentity', { anonymous: true });\nleave();\n"
    );
}

#[test]
fn methods_imported_by_name() {
    let text = "import { identify } from '@fullstory/browser';\nleave();\n";
    assert_eq!(
        v1(text).after(|places| anonymize_before(places.step("leave()"))).unwrap(),
        "import { identify, anonymize } from '@fullstory/browser';\nanonymize();\nleave();\n"
    );
}

#[test]
fn a_name_that_is_something_else_here_is_not_the_global() {
    let text = "import FS from 'fs';\nleave();\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert_eq!(after, "import FS from 'fs';\nwindow.FS('setIdentity', { anonymous: true });\nleave();\n");
    let text = "import config from './config';\nuse(config.FS);\nleave();\n";
    let after = web(text).after(|places| anonymize_before(places.step("leave()"))).unwrap();
    assert!(after.contains("\nFS('setIdentity', { anonymous: true });\nleave();"), "{after}");
}

#[test]
fn a_member_only_where_this_is_the_same() {
    let text = "\
class A {
  track() {
    this.FS('setIdentity', { uid: user.id });
  }
  logout() {
    leave();
    later(() => go());
  }
}
class B {
  logout() {
    stay();
  }
}
";
    let after = web(text)
        .after(|places| ["leave()", "go()", "stay()"].map(|code| anonymize_before(places.step(code))).concat())
        .unwrap();
    assert!(after.contains("    this.FS('setIdentity', { anonymous: true });\n    leave();"), "{after}");
    assert!(after.contains("      this.FS('setIdentity', { anonymous: true });\n      return go();"), "{after}");
    assert!(after.contains("    FS('setIdentity', { anonymous: true });\n    stay();"), "{after}");
}
