use super::{items, outline};

#[test]
fn types_have_their_members() {
    assert_eq!(
        items(
            "@MainActor\nfinal class A<T>: NSObject, P where T: Q {\n  static let shared = A()\n  @Published private(set) var user: User?\n  private let a = 1, b: Int = 2\n  lazy var c: C = { C() }()\n}"
        ),
        "@MainActor Class A<NSObject P> [static shared = A() | @Published var user:User | private a = 1 | private b:Int = 2 | lazy var c:C = closure result() {C()}()]"
    );
    assert_eq!(
        items("enum E: String { case a, b = \"x\"; case c(Int, name: String)\n func m() {} }"),
        "Class E<String> [case a | case b | case c | method m() {}]"
    );
    assert_eq!(items("actor A { struct B {} }"), "Class A<> [Class B<> []]");
    assert_eq!(items("extension A.B: P { func f() {} }"), "Extension B<P> [method f() {}]");
    assert_eq!(
        items("protocol P: AnyObject { func f() throws -> Int\n var x: Int { get set } }"),
        "Interface P<AnyObject> [method f() -> Int none | var x:Int]"
    );
}

#[test]
fn functions_have_their_heads() {
    assert_eq!(
        items(
            "class A { @objc private func logout(_ sender: Any?, completion done: @escaping () -> Void = {}) async throws -> Bool { false } }"
        ),
        "Class A<> [method logout async private result @objc(sender:Any, done=closure() {}) -> Bool {false}]"
    );
    assert_eq!(
        items("class A { init(a: Int = 3) { super.init() }\n convenience init?() { return nil }\n deinit { x() } }"),
        "Class A<> [constructor init(a:Int=3) {super.init()} | constructor init() {return(nil)} | method deinit() {x()}]"
    );
    assert_eq!(items("func f() -> Void { a() }"), "function f() -> Void {a()}");
    assert_eq!(items("func f() -> Int { a()\n b() }"), "function f() -> Int {a(); b()}");
    assert_eq!(items("func f() -> some View { Text(\"a\") }"), "function f markup result() -> View {Text(\"a\")}");
    assert_eq!(items("class A { override class func c() {} }"), "Class A<> [method c static() {}]");
}

#[test]
fn properties_have_their_accessors() {
    assert_eq!(
        items(
            "struct A { var x: Int { 1 }\n var y: String? { get { a } set { a = newValue } }\n var z = 1 { willSet(v) { b(v) }\n didSet { c() } } }"
        ),
        "Class A<> [var x:Int getter x result() -> Int {1} | var y:String getter y result() -> String {a} setter y(newValue) {a = newValue} \
         | var z = 1 setter z(v) {b(v)} setter z(oldValue) {c()}]"
    );
    assert_eq!(
        items("struct V: View { var body: some View { VStack { Text(\"a\") } } }"),
        "Class V<View> [var body:View getter body markup result() -> View {VStack(closure result() {Text(\"a\")})}]"
    );
    assert_eq!(
        items("class A { subscript(i: Int) -> Int { get { a[i] } set { a[i] = newValue } } }"),
        "Class A<> [var subscript:Int getter subscript result(i:Int) -> Int {a[i]} setter subscript(i:Int, newValue) {a[i] = newValue}]"
    );
}

#[test]
fn imports_bind_no_name() {
    let outline = outline(
        "import UIKit\n@testable import struct Foundation.Date\n#if canImport(FullStory)\nimport FullStory\n#endif\n",
    );
    let modules: Vec<&str> = outline.imports.iter().map(|import| &*import.module).collect();
    assert_eq!(modules, ["UIKit", "Foundation", "FullStory"]);
    assert!(outline.imports.iter().all(|import| import.name.is_none() && import.local.is_none()));
}

#[test]
fn members_of_other_systems_are_left_out() {
    assert_eq!(
        items(
            "class A {\n#if os(macOS)\n func f() {}\n#else\n func g() {}\n#endif\n#if DEBUG\n func h() {}\n#endif\n}"
        ),
        "Class A<> [method g() {} | method h() {}]"
    );
}

#[test]
fn a_preview_is_never_run() {
    assert_eq!(items("#Preview { Foo() }"), "all()");
    assert_eq!(items("#Preview(\"a\") { Foo() }"), "all(\"a\")");
}

#[test]
fn an_attribute_in_a_strange_place_does_no_harm() {
    let outline = outline("struct A { func f() { b(()) } }\n@available(iOS 17, *)\n#Preview { A() }");
    assert_eq!(outline.broken, []);
}
