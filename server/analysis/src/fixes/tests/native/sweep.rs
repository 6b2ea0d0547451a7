//! Every action at every step of every text: what comes out must parse, and be of the file's own line ends.

use super::super::harness::{Case, DART, JAVA, KOTLIN, OBJECTIVE_C, Places, SWIFT, on};
use crate::lowering::{BodyId, NodeId};
use crate::rules::RemedyAction;
use crate::vocabulary::Platform;

const SWIFT_TEXTS: &[&str] = &[
    "import UIKit\nclass A {\n    func a() async -> Bool {\n        guard let u = user else { return b() }\n        if c() { d() } else if e { f() } else { g() }\n        defer { h() }\n        do { try i() } catch { j() }\n        return k()\n    }\n    func l() -> Int { m() }\n    var n: Int { o() }\n    lazy var p = q()\n}\n",
    "import FullStory\nfunc a() {\n    switch b() {\n    case .x: c()\n    case .y where d():\n        e()\n    default: break\n    }\n    f ? g() : h()\n    i && j()\n    let k = l ?? m()\n    for n in o() { p() }\n    while q() { r() }\n    repeat { s() } while t\n    FS.anonymize()\n}\n",
    "#if canImport(FullStory)\nimport FullStory\n#endif\nimport SwiftUI\nstruct A: View {\n    var body: some View {\n        VStack {\n            Button(\"b\") { c() }\n            Button(action: { d(); e() }) { Text(\"f\") }\n            Text(\"g\").onAppear { h() }.onTapGesture {\n                // i\n                j() // k\n            }\n        }\n    }\n}\n",
    "func a() {\r\n\tTask { await b() }\r\n\tDispatchQueue.main.async { [weak self] in self?.c() }\r\n\twindow?.rootViewController = D()\r\n\titems.map { $0.e() }.forEach { f in f.g() }\r\n\th { i() } other: { j() }\r\n\tFS.identify(user?.id ?? \"guest\")\r\n}\r\n",
];

const OBJECTIVE_C_TEXTS: &[&str] = &[
    "#import \"A.h\"\n\n@implementation A\n- (void)logout {\n    if (a) [self b]; else if (c) [self d]; else { [self e]; }\n    dispatch_async(dispatch_get_main_queue(), ^{ [self f]; });\n    [UIView g:^{\n        [self h]; // i\n    } completion:^(BOOL j) { [self k]; }];\n    switch (l) { case 1: [self m]; break; default: [self n]; }\n    @try { [self o]; } @catch (NSException *p) { [self q]; } @finally { [self r]; }\n    for (id s in t) [self u];\n    while (v) { [self w]; }\n    do { x(); } while (y);\n    return [self z];\n}\n@end\n",
    "@import UIKit;\n@implementation A\n+ (BOOL)a { return [self b]; }\nstatic void c(void) {\n#if D\n    e();\n#else\n    f();\n#endif\n    @autoreleasepool { g(); }\n    @synchronized (h) { i(); }\n    j ? k() : l();\n    m && n();\n    self.window.rootViewController = [O new];\n    [FS identify:p.q ?: @\"guest\" userVars:@{@\"r\": @1}];\n    [FS anonymize];\n}\n- (void)s {}\n@end\n",
];

const KOTLIN_TEXTS: &[&str] = &[
    "package a.b\n\nimport c.d\n\nclass E : F() {\n    fun g() = h.i()\n    fun j(): Boolean = k()\n    val l get() = m()\n    init { n() }\n    suspend fun o() {\n        scope.launch { p() }\n        user?.let { q(it) } ?: r()\n        val s = try { t() } catch (u: V) { w() } finally { x() }\n        items.forEach { y -> y.z() }\n    }\n    companion object {\n        fun a2() { b2() }\n    }\n}\n",
    "import com.fullstory.FS as Fs\nfun a() {\n    when (b()) {\n        1 -> c()\n        is D -> { e() }\n        else -> f()\n    }\n    if (g()) h() else i()\n    if (j)\n        k() // l\n    else\n        m()\n    for (n in o()) p()\n    while (q()) r()\n    do { s() } while (t())\n    u && v()\n    w ?: return x()\n    return y()\n}\n",
    "class A {\r\n\t@Composable\r\n\tfun B() {\r\n\t\tLaunchedEffect(c) { d() }\r\n\t\tButton(onClick = { e() }) { Text(\"f\") }\r\n\t\tbutton.setOnClickListener { g(); h() }\r\n\t\tFS.identify(user?.id ?: \"guest\")\r\n\t\tFS.anonymize()\r\n\t}\r\n}\r\n",
    "fun a() = when (b) { 1 -> c() else -> d() }\nfun e() { val f = if (g) h() else i(); j = k() }\nval l = object : M { override fun n() { o() } }\nfun p() = runCatching { q() }.onSuccess { r() }.onFailure { s() }\n",
];

const JAVA_TEXTS: &[&str] = &[
    "package a;\n\nimport b.C;\n\npublic class D extends E {\n    private final Runnable f = () -> g();\n    static { h(); }\n    D() { super(i()); j(); }\n    public void k() {\n        if (l) m(); else if (n()) o(); else { p(); }\n        new Thread(() -> { q(); }).start();\n        button.setOnClickListener(r -> s());\n        button.setOnClickListener(new View.OnClickListener() { @Override public void onClick(View t) { u(); } });\n    }\n}\n",
    "class A { void b() {\n    switch (c()) { case 1: d(); break; default: e(); }\n    switch (f) {\n        case 1 -> g();\n        case 2 -> { h(); }\n        default -> throw new I();\n    }\n    var j = switch (k) { case 1 -> l(); default -> m(); };\n    try (var n = o()) { p(); } catch (Q r) { s(); } finally { t(); }\n    for (int u = v(); w(); x()) y();\n    for (Z a2 : b2()) c2();\n    while (d2()) e2();\n    do f2(); while (g2());\n} }\n",
    "import com.fullstory.FS;\nclass A {\n\tint a() { return b(); }\n\tvoid c() {\n\t\td = e ? f() : g();\n\t\tif (h() && i()) { return; }\n\t\tsynchronized (this) { j(); }\n\t\tk: while (true) { l(); }\n\t\tFS.identify(user != null ? user.getId() : \"guest\", vars);\n\t\tFS.anonymize();\n\t\tm.thenApply(n -> o(n)).thenAccept(p -> q());\n\t}\n}\n",
];

const DART_TEXTS: &[&str] = &[
    "import 'package:flutter/material.dart';\n\nclass A extends B {\n  final c = () => d();\n  void e() => f();\n  Future<void> g() async => await h();\n  Future<int> i() => j();\n  A() : super(k()) { l(); }\n  Widget build(BuildContext context) {\n    return Column(children: [TextButton(onPressed: () => m(), child: Text('n')), if (o) P(onTap: () { q(); })]);\n  }\n  int get r => s();\n}\n",
    "import 'package:fullstory_flutter/fs.dart';\nFuture<void> a() async {\n  if (b()) c(); else if (d) e(); else { f(); }\n  await FS.anonymize();\n  unawaited(FS.anonymize());\n  switch (g()) { case 1: h(); break; default: i(); }\n  final j = switch (k) { 1 => l(), _ => m() };\n  try { n(); } on O catch (p) { q(); } finally { r(); }\n  for (final s in t()) u();\n  while (v()) w();\n  do { x(); } while (y());\n  return z();\n}\n",
    "void a() {\r\n  b()..c()..d();\r\n  e ?? f();\r\n  g ? h() : i();\r\n  j && k();\r\n  l().then((_) => m()).catchError((n) { o(); });\r\n  p(() => q());\r\n  FS.identify(user?.id ?? \"guest\", {'a': 1});\r\n}\r\n",
];

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
        vec![RemedyAction::CallBefore { body, node, callee: "self.clear".to_owned() }],
        vec![RemedyAction::ReplaceWithAnonymize { body, node }],
        vec![RemedyAction::ReplaceWithPlatformForm { body, node }],
        vec![RemedyAction::BranchOnUser { body, node }],
        vec![RemedyAction::Remove { body, node }],
    ]
}

fn sweep(platform: Platform, texts: &[&str], at_least: usize) {
    let mut written = 0;
    for text in texts {
        let case: Case<'_> = on(platform, text);
        let mut wanted = Vec::new();
        let collect = |places: &Places<'_>| {
            // Every third pair is enough: they are many, and much alike.
            let steps = places.steps().into_iter().filter(|(_, node, other)| (node.0 + 2 * other.0) % 3 == 0);
            wanted = steps.flat_map(|(body, node, other)| actions(body, node, other)).collect();
            Vec::new()
        };
        assert_eq!(case.after(collect), None);
        for actions in wanted {
            let Some(after) = case.after(|_| actions.clone()) else {
                continue;
            };
            written += 1;
            assert_ne!(after, *text, "{actions:?} changes nothing");
            let has_other_break = text.contains("\r\n") && after.replace("\r\n", "").contains('\n');
            assert!(!has_other_break, "{actions:?} mixes line ends:\n{after:?}");
            let trailing = |text: &str| text.lines().filter(|line| line.ends_with([' ', '\t'])).count();
            assert!(trailing(&after) <= trailing(text), "{actions:?} leaves white space:\n{after}");
        }
    }
    assert!(written > at_least, "only {written} edits were written");
}

#[test]
fn swift() {
    sweep(SWIFT, SWIFT_TEXTS, 200);
}

#[test]
fn objective_c() {
    sweep(OBJECTIVE_C, OBJECTIVE_C_TEXTS, 200);
}

#[test]
fn kotlin() {
    sweep(KOTLIN, KOTLIN_TEXTS, 200);
}

#[test]
fn java() {
    sweep(JAVA, JAVA_TEXTS, 200);
}

#[test]
fn dart() {
    sweep(DART, DART_TEXTS, 200);
}
