//! Functions, classes, properties and imports.

use super::{items, one, outline};
use crate::lowering::ImportName;

#[test]
fn imports_bind_their_last_name() {
    let outline = outline("package a\n\nimport com.fullstory.FS\nimport a.b.*\nimport a.C as D\n");
    let told: Vec<_> = outline.imports.iter().map(|it| (&*it.module, it.name.clone(), it.local.as_deref())).collect();
    assert_eq!(told[0], ("com.fullstory", Some(ImportName::Named("FS".into())), Some("FS")));
    assert_eq!(told[1], ("a.b", None, None));
    assert_eq!(told[2], ("a", Some(ImportName::Named("C".into())), Some("D")));
    let text = "package a\n\nimport com.fullstory.FS\nimport a.b.*\nimport a.C as D\n";
    assert_eq!(outline.imports[0].span.text(text), "import com.fullstory.FS");
    assert_eq!(outline.imports[0].name_span.text(text), "FS");
}

#[test]
fn functions() {
    assert_eq!(items("fun logout() = nav.toLogin()"), "function logout() nav.toLogin()");
    assert_eq!(
        items("private suspend fun <T> f(a: T, b: String? = \"x\", vararg c: Int): A.B { d() }"),
        "function f private(a:T, b:String=\"x\", c:Int) -> A.B {d()}"
    );
    assert_eq!(
        items("@Composable\nfun Screen(onOut: () -> Unit) { A() }"),
        "function Screen markup @Composable(onOut) {A()}"
    );
    assert_eq!(items("interface A {\n  fun b(): Int\n}"), "Interface A<> [method b() -> Int none]");
    let extension = outline("fun Activity.logout() { finish() }");
    assert!(format!("{:?}", extension.items).contains("extends: Some(TypeName { parts: [\"Activity\"]"));
}

#[test]
fn classes_with_their_heads() {
    assert_eq!(
        items(
            "@HiltViewModel\nclass A @Inject constructor(private val auth: Auth, b: Int = 1) : ViewModel(b), C by d {\n  init { e() }\n}"
        ),
        "@HiltViewModel Class A<ViewModel C> [init {e()}]"
    );
    let outline = outline("class A(private val auth: Auth, b: Int)");
    let shown = format!("{:?}", outline.items);
    assert!(shown.contains("member: Some(\"auth\")") && shown.contains("member: None"), "{shown}");
    assert_eq!(
        items("class A {\n  constructor(a: Int) : this() { b() }\n}"),
        "Class A<> [constructor(a:Int) {this(); b()}]"
    );
}

#[test]
fn objects_companions_and_nested_classes() {
    assert_eq!(items("object Session { fun end() {} }"), "Object Session<> [method end() {}]");
    assert_eq!(
        items("class A {\n  companion object {\n    const val B = \"c\"\n    fun d() = A()\n  }\n  inner class E\n}"),
        "Class A<> [Object <> [B = \"c\" | method d() A()] | Class E<> []]"
    );
    assert_eq!(
        items("sealed class R {\n  data class Ok(val a: Int) : R()\n  data object No : R()\n}"),
        "Class R<> [Class Ok<R> [] | Object No<R> []]"
    );
    assert_eq!(
        items("enum class E(val x: Int) {\n  A(1),\n  B(2) {\n    override fun f() { g() }\n  };\n  fun f() {}\n}"),
        "Class E<> [case A | case B | Anonymous <> [method f() {g()}] | method f() {}]"
    );
}

#[test]
fn properties() {
    assert_eq!(
        items(
            "class A {\n  private val a by lazy { b() }\n  val c: VM by viewModels()\n  val d by viewModels<VM>()\n  lateinit var e: F\n}"
        ),
        "Class A<> [private lazy a = b() | c:VM = all(viewModels()) | d:VM = all(viewModels<VM>()) | var e:F]"
    );
    assert_eq!(
        items(
            "class A {\n  val isIn: Boolean\n    get() = b != null\n  var c: Int = 0\n    private set\n  var d = 1\n    set(value) { field = value }\n}"
        ),
        "Class A<> [isIn:Boolean getter isIn() -> Boolean different(b, nil) | var c:Int = 0 | var d = 1 setter d(value) {field = value}]"
    );
    assert_eq!(items("val Context.x: Int get() = 1"), "let x:Int; getter x() -> Int 1");
    assert_eq!(one("val (a, _) = b()"), "let a = b()");
    assert_eq!(one("val a by remember { b() }"), "let a = all(remember(closure result() {b()}))");
}

#[test]
fn what_could_not_be_read_costs_only_itself() {
    let shown = items("class A {\n  fun a() { b( }\n  fun c() { d() }\n}\n");
    assert!(shown.contains("c() {d()}"), "{shown}");
    let shown = items("fun a() { b() }\nfun broken( {\nfun c() { d() }\n");
    assert!(shown.contains("a() {b()}"), "{shown}");
}
