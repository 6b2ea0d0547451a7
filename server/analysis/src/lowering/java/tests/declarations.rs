//! Classes and their members, imports and comments.

use super::{file, outline};
use crate::lowering::ImportName;
use crate::lowering::outline::{Form, MemberForm};

#[test]
fn a_class_with_its_parents_and_members() {
    let text = "
        @AndroidEntryPoint public class Home extends BaseActivity<Vm> implements View.OnClickListener, Foo {
            private static final String TAG = \"Home\";
            @Inject SessionManager session;
            protected int a, b[] = { 1, 2 };
            static { load(); }
            { ready(); }
            Home(String name) { super(name); start(); }
            Home() { this(\"x\"); }
            @Override public void onClick(View v) { logout(); }
            static Intent intentOf(Context context) { return null; }
            abstract int count();
        }";
    assert_eq!(
        file(text),
        "@AndroidEntryPoint class Home : BaseActivity, View.OnClickListener, Foo { \
         static private field TAG:String = \"Home\"; mutable field session:SessionManager = ; \
         private mutable field a:int = ; private mutable field b = list(1, 2); \
         init static { load() }; init { ready() }; \
         constructor (name:String) { super(name) start() }; constructor () { this(\"x\") }; \
         @Override method onClick(v:View) { logout() }; \
         static method intentOf(context:Context) -> Intent { return(null) }; method count() -> int }"
    );
}

#[test]
fn interfaces_have_bodies_only_where_they_are_written() {
    let text = "interface Session extends A, B { int MAX = 3; void end(); default void endAll() { end(); }
        static Session of() { return null; } private void x() {} class Fake implements Session { public void end() {} } }
        @interface Scope { String value() default \"app\"; }";
    assert_eq!(
        file(text),
        "interface Session : A, B { static field MAX:int = 3; method end(); method endAll() { end() }; \
         static method of() -> Session { return(null) }; private method x() {  }; \
         class Fake : Session { method end() {  } } } interface Scope { method value() -> String }"
    );
}

#[test]
fn an_enumeration_s_constants_that_run_something_are_fields() {
    let text = "enum Kind implements Exit { A, B(1, \"b\"), C(() -> end()), D { void go() { leave(); } };
        Kind(Object... x) {} void go() {} }";
    assert_eq!(
        file(text),
        "class Kind : Exit { case A; case B; static field C:Kind = new Kind(closure() = end()); \
         static field D:Kind = anonymous : Kind { method go() { leave() } }; \
         constructor (x) {  }; method go() {  } }"
    );
}

#[test]
fn a_record_s_components_are_its_parameters_and_members() {
    let text = "record User(String uid, int age) implements Person { User { check(uid); } static User guest() { return null; } }";
    assert_eq!(
        file(text),
        "class User(uid:String, age:int) : Person { static method guest() -> User { return(null) }; \
         constructor (uid:String, age:int) { check(uid) } }"
    );
}

#[test]
fn classes_inside_methods_and_classes() {
    let text = "class A { class B { void b() {} } static class C extends B {} void f() { class D { void d() { b(); } } new D().d(); } }";
    assert_eq!(
        file(text),
        "class A { class B { method b() {  } }; class C : B {  }; \
         method f() { class D { method d() { b() } } new D().d() } }"
    );
}

#[test]
fn imports_bind_their_last_name() {
    let text = "package com.shop;\nimport com.fullstory.FS;\nimport static com.shop.Session.end;\nimport java.util.*;\nimport static com.shop.Keys.*;\nclass A {}";
    let outline = outline(text);
    let imports: Vec<_> = outline
        .imports
        .iter()
        .map(|it| (&*it.module, it.name.clone(), it.local.as_deref(), it.name_span.text(text)))
        .collect();
    assert_eq!(
        imports,
        vec![
            ("com.fullstory", Some(ImportName::Named("FS".into())), Some("FS"), "FS"),
            ("com.shop.Session", Some(ImportName::Named("end".into())), Some("end"), "end"),
            ("java.util", None, None, "import java.util.*;"),
            ("com.shop.Keys", None, None, "import static com.shop.Keys.*;"),
        ]
    );
    assert_eq!(outline.imports[0].span.text(text), "import com.fullstory.FS;");
}

#[test]
fn spans_are_those_that_an_edit_needs() {
    let text =
        "class A {\n    // why\n    @Override public void f() { // here\n        a();\n        if (b) c();\n    }\n}\n";
    let outline = outline(text);
    assert_eq!(outline.comments.iter().map(|it| &*it.text).collect::<Vec<_>>(), vec!["why", "here"]);
    let Form::Class(class) = &outline.items[0].does.form else { panic!("no class") };
    let [MemberForm::Function(method)] = class.members.as_slice() else { panic!("no method") };
    assert_eq!(method.name_span.text(text), "f");
    assert!(method.span.text(text).starts_with("@Override") && method.span.text(text).ends_with('}'));
    assert_eq!(method.inner.text(text), " // here\n        a();\n        if (b) c();\n    ");
    let crate::lowering::outline::FunctionBody::Block(block) = &method.body else { panic!("no block") };
    assert_eq!(block.statements[0].span.text(text), "a();");
    let Form::If(branch) = &block.statements[1].does.form else { panic!("no branch") };
    assert_eq!(branch.condition.span.text(text), "b");
    assert!(branch.then.braceless);
    assert_eq!(branch.then.statements[0].span.text(text), "c();");
}
