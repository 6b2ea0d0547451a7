//! Every action at every step of every text: what comes out must parse, and be of the file's own line ends.

use super::harness::{Case, Places, RN, V1, WEB, web};
use crate::lowering::{BodyId, NodeId};
use crate::rules::RemedyAction;

const TEXTS: &[&str] = &[
    "async function a() {\n  if (x) await b();\n  else c();\n  return d() ? e() : f();\n}\n",
    "const a = async () => await b(() => c().then(() => d()).catch((e) => f(e)))\nconst g = () => ({ h: i() })\n",
    "switch (a()) {\n  case b(): c(); break;\n  default:\n    d()\n}\nlabel: for (const x of y()) { if (z()) continue label; w() }\n",
    "class A extends B {\n\t@dec() x = c();\n\tstatic { d(); }\n\tget e() { return f(); }\n\tconstructor(private g: H = i()) { super(j()); }\n\tk = async () => { await l(); };\n}\n",
    "export default function A() {\n  useEffect(() => { b(); return () => c(); }, []);\n  return <B onClick={() => d()} e={f()}>{g() && <H />}{/* i */}</B>;\n}\n",
    "do a(); while (b());\nwhile (c()) d();\nfor (e(); f(); g()) h();\nfor (const i in j()) k();\n",
    "try { a() } catch { b() } finally { c() }\ntry {\n  d();\n} catch (e) {\n  f();\n} finally {\n  g();\n}\n",
    "a()\n;(b || c)()\n;[1].forEach(d)\n`${e()}`.f()\n",
    "var a = b(), c = d();\r\nif (e) {\r\n\tf(); // g 😀\r\n\t/* h */ i();\r\n}\r\nelse j();\r\n",
    "const a = function* () { yield b(); const c = yield* d(); return c; };\n(async () => { for await (const e of f()) g(e); })();\n",
    "a && b() || c(); d ?? e(); f ? g() : h(); i = j() || k(); l(), m();\nvoid n();\n",
    "if (a) b(); else if (c()) d(); else e();\nif (f) // g\n  h(); // i\nelse\n  // j\n  k();\n",
    "'use client'\nimport a, { b } from 'a'\nimport 'c'\nexport const d = () => { a(); b() }\nexport { e } from 'e'\n",
    "const a = require('./a');\nmodule.exports = { b() { c(); }, d: () => e(), async f() { await g() } };\n",
    "new Promise((resolve) => setTimeout(resolve, a())).then(b);\nPromise.all([a(), b(), c()]).then(() => d());\nawait Promise.race([e()]);\n",
    "function a(this: B, c = d()): void { return e(); }\nenum F { G = 1 }\nnamespace H { i(); }\ndeclare const FS: any;\n",
    "FS('setIdentity', { anonymous: true }); FS('setIdentity', { uid: u?.id ?? 'guest' });\nif (window.FS) { window.FS('trackEvent', { name: 'a' }); }\nasync function f() { await FS('setIdentityAsync', { anonymous: true }); b(); }\n",
    "import { FullStory } from '@fullstory/browser';\nFullStory.identify(u ? u.id : 'anonymous', { a: `b\n  c` }); FullStory.event('x');\nconst f = async () => FullStory('setIdentityAsync', { anonymous: true });\n",
];

fn case(text: &str, platform: usize) -> Case<'_> {
    Case { platform: [WEB, V1, RN][platform], declares_package: platform == 0, ..web(text) }
}

fn actions(body: BodyId, node: NodeId, other: NodeId) -> Vec<Vec<RemedyAction>> {
    if node != other {
        return vec![
            vec![RemedyAction::MoveBefore { body, node, before: (body, other) }],
            vec![RemedyAction::AnonymizeBefore { body, node: other }, RemedyAction::Remove { body, node }],
            vec![RemedyAction::AnonymizeBefore { body, node }, RemedyAction::AnonymizeBefore { body, node: other }],
        ];
    }
    vec![
        vec![RemedyAction::AnonymizeBefore { body, node }],
        vec![RemedyAction::AnonymizeAtEnd { body }],
        vec![
            RemedyAction::EventBefore { body, node, event: "It's \\ out".to_owned() },
            RemedyAction::AnonymizeBefore { body, node },
        ],
        vec![RemedyAction::CallBefore { body, node, callee: "this.clear".to_owned() }],
        vec![RemedyAction::ReplaceWithAnonymize { body, node }],
        vec![RemedyAction::ReplaceWithPlatformForm { body, node }],
        vec![RemedyAction::BranchOnUser { body, node }],
        vec![RemedyAction::AwaitWithTimeout { body, node }],
        vec![RemedyAction::Remove { body, node }],
    ]
}

#[test]
fn whatever_is_written_parses_and_keeps_the_line_ends() {
    let mut written = 0;
    for text in TEXTS {
        for platform in 0..3 {
            let mut wanted = Vec::new();
            let collect = |places: &Places<'_>| {
                wanted =
                    places.steps().into_iter().flat_map(|(body, node, other)| actions(body, node, other)).collect();
                Vec::new()
            };
            assert_eq!(case(text, platform).after(collect), None);
            for actions in wanted {
                let Some(after) = case(text, platform).after(|_| actions.clone()) else {
                    continue;
                };
                written += 1;
                assert_ne!(after, *text, "{actions:?} changes nothing");
                let has_other_break = text.contains("\r\n") && after.replace("\r\n", "").contains('\n');
                assert!(!has_other_break, "{actions:?} mixes line ends:\n{after:?}");
                let trailing = |text: &str| text.lines().filter(|line| line.ends_with([' ', '\t'])).count();
                assert!(
                    actions.len() > 1 || trailing(&after) <= trailing(text),
                    "{actions:?} leaves white space:\n{after}"
                );
            }
        }
    }
    assert!(written > 1_500, "only {written} edits were written");
}
