use super::{Closed, declares};
use crate::source::Language;
use crate::syntax::{errors, parse};

/// What a text is closed to. `None` where it is left alone.
fn closed(language: Language, text: &str) -> Option<String> {
    Closed::of(language, text).map(|closed| closed.text)
}

fn script(text: &str) -> Option<String> {
    closed(Language::TypeScript, text)
}

#[test]
fn a_function_ends_where_the_next_one_begins() {
    let half = "async function leave() {\n  await stop();\n\nexport class Other {\n  stay() {}\n}\n";
    let whole = "async function leave() {\n  await stop();}\nexport class Other {\n  stay() {}\n}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
    assert_eq!(errors(&parse(Language::TypeScript, half).unwrap().tree), 0);
}

#[test]
fn a_block_ends_where_its_surroundings_do() {
    let half = "class One {\n  leave() {\n    if (done) {\n    stop();\n  }\n\n  stay() {}\n}\n";
    let whole = "class One {\n  leave() {\n    if (done) {\n    stop();\n }}\n\n  stay() {}\n}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
    let half = "class One {\n  leave() {\n    if (done) {\n      stop();\n\n  }\n\n  stay() {}\n}\n";
    let whole = "class One {\n  leave() {\n    if (done) {\n      stop();}\n  }\n\n  stay() {}\n}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
}

#[test]
fn a_method_ends_where_the_next_one_begins() {
    let half = "class One {\n  leave() {\n    stop();\n\n  stay(): Promise<void> {\n    stop();\n  }\n}\n";
    let whole = "class One {\n  leave() {\n    stop();}\n  stay(): Promise<void> {\n    stop();\n  }\n}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
    let half = "class One {\n  void leave() {\n\n  Future<void> stay() async {\n  }\n}\n";
    let whole = "class One {\n  void leave() {}\n  Future<void> stay() async {\n  }\n}\n";
    assert_eq!(closed(Language::Dart, half).as_deref(), Some(whole));
}

#[test]
fn a_statement_that_stands_too_far_left_ends_nothing() {
    let half = "function leave() {\nif (done) {\n  stop();\n\nfoo(() => {\n});\n}\n\nfunction stay() {}\n";
    let whole = "function leave() {\nif (done) {\n  stop();\n\nfoo(() => {\n});\n}}\nfunction stay() {}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
}

#[test]
fn lines_that_begin_a_declaration_are_told_from_others() {
    for (language, line) in [
        (Language::TypeScript, "export const stay = () => {"),
        (Language::TypeScript, "get stay(): boolean {"),
        (Language::TypeScript, "@Injectable()"),
        (Language::Swift, "override func stay() {"),
        (Language::Kotlin, "private suspend fun stay() {"),
        (Language::Java, "String stay(int count) throws IOException {"),
        (Language::Dart, "Widget build(BuildContext context) {"),
        (Language::ObjectiveC, "- (void)stay {"),
    ] {
        assert!(declares(language, line), "{line}");
    }
    for (language, line) in [
        (Language::TypeScript, "stay();"),
        (Language::TypeScript, "else if (stay) {"),
        (Language::TypeScript, "watch(() => {"),
        (Language::TypeScript, "watch(function () {"),
        (Language::TypeScript, "case 1:"),
        (Language::Swift, "@unknown default:"),
        (Language::Swift, "stay(count) {"),
        (Language::Java, "watch(count -> {"),
        (Language::Dart, "onPressed: () {"),
        (Language::ObjectiveC, "[self stay];"),
    ] {
        assert!(!declares(language, line), "{line}");
    }
}

#[test]
fn all_that_is_open_is_closed() {
    let half = "function leave() {\n  watch(() => {\n    stop();\n\n\n\nfunction stay() {}\n";
    let whole = "function leave() {\n  watch(() => {\n    stop();})}\nfunction stay() {}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
}

#[test]
fn a_call_that_the_last_line_leaves_open_is_left_out() {
    for (half, whole) in [
        ("  post('/log\n\n", "  post      }\n"),
        ("  post('\n", "  post }\n"),
        ("  a = 'é\n", "  a = }  \n"),
        ("  a = 'é;\n", "  a =    }\n"),
        ("  f('ééé\n\n", "  f        }\n"),
        ("  post.\n\n", "  post }\n"),
        ("  post?.\n", "  post }\n"),
        ("  a = b;\n  post({ a: [\n", "  a = b;\n  post      }\n"),
    ] {
        let text = |inside: &str| format!("function leave() {{\n{inside}function stay() {{}}\n");
        assert_eq!(script(&text(half)), Some(text(whole)));
    }
}

#[test]
fn nothing_is_put_where_there_is_no_room() {
    assert_eq!(script("function leave() {\n  watch(() => {\n    stop();\nfunction stay() {}\n"), None);
}

#[test]
fn what_is_closed_is_left_alone() {
    for text in [
        "function leave() {\n}\n\nfunction stay() {}\n",
        // Nothing behind it tells where it ends.
        "function leave() {\n  stop();\n",
        // A bracket too many.
        "function leave() {\n}\n}\n\nfunction stay() {\n",
        // Brackets in strings, comments, templates and patterns.
        "const a = '{';\nconst b = \"{\"; // {\n/* { */\nconst c = `{${f({})}`;\nconst d = /[{/]{/;\nf();\n",
        // A whole file in one call, not indented.
        "(function () {\nvar a = 1;\nfunction b() {\n  a = 2;\n}\n})();\n",
        "switch (a) {\ncase 1:\n  b();\n  break;\ndefault:\n  c();\n}\n",
    ] {
        assert_eq!(script(text), None, "{text}");
    }
}

#[test]
fn other_code_may_be_indented_as_it_likes() {
    let half = "if (a) {\nb();\n}\nfunction leave() {\n\nfunction stay() {\n  c();\n}\n";
    let whole = "if (a) {\nb();\n}\nfunction leave() {}\nfunction stay() {\n  c();\n}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
}

#[test]
fn comments_stay_with_what_they_tell_of() {
    let half = "function leave() {\n  stop(); // now\n\n/** Stays. */\nfunction stay() {}\n";
    let whole = "function leave() {\n  stop(); // now\n}/** Stays. */\nfunction stay() {}\n";
    assert_eq!(script(half).as_deref(), Some(whole));
    assert_eq!(script("function leave() { // now\nfunction stay() {}\n"), None);
}

#[test]
fn lines_may_end_with_carriage_returns() {
    let half = "function leave() {\r\n  stop();\r\n\r\nfunction stay() {}\r\n";
    let whole = "function leave() {\r\n  stop();\r\n}\nfunction stay() {}\r\n";
    assert_eq!(script(half).as_deref(), Some(whole));
}

#[test]
fn statements_that_lines_end_stay_apart() {
    let half = "class One {\n    func leave() {\n        stop()\n    func stay() {}\n}\n";
    let whole = "class One {\n    func leave() {\n        stop()\n  };func stay() {}\n}\n";
    assert_eq!(closed(Language::Swift, half).as_deref(), Some(whole));
    assert_eq!(errors(&parse(Language::Swift, half).unwrap().tree), 0);
    let half = "class One {\n    fun leave() {\n        stop()\n\n    fun stay() {}\n}\n";
    let whole = "class One {\n    fun leave() {\n        stop()}\n    fun stay() {}\n}\n";
    assert_eq!(closed(Language::Kotlin, half).as_deref(), Some(whole));
}

#[test]
fn strings_are_told_from_code_in_every_language() {
    for (language, text) in [
        (Language::Swift, "let a = \"\"\"\n  {\n\"\"\"\nlet b = \"\\(f(\"{\"))\"\nfunc c() {\n}\nlet d = \"it's {\"\n"),
        (Language::Kotlin, "val a = \"\"\"{\"\"\"\nval b = '{'\nfun c() {\n}\nval d = \"${f(\"{\")}\"\n"),
        (Language::Java, "char a = '{';\nString b = \"{\\\"{\";\nvoid c() {\n}\n"),
        (Language::Dart, "var a = '{';\nvar b = '''\n{\n''';\nvoid c() {\n}\n"),
        (Language::ObjectiveC, "NSString *a = @\"{\";\n- (void)c {\n}\n"),
    ] {
        assert_eq!(closed(language, text), None, "{language:?}");
    }
}

#[test]
fn what_leaves_too_much_open_is_left_alone() {
    for unit in ["(", "{\n", "  {\n}\n", "/a", "`${", "'\n", "function a() {\n"] {
        assert_eq!(script(&unit.repeat(100_000)), None, "{unit}");
    }
}

#[test]
fn what_does_not_end_is_left_alone() {
    for text in ["function a() {\n\nfunction b() {}\n`", "function a() {\n\nfunction b() {}\n/*", "`${", "/", "'", ""] {
        assert_eq!(script(text), None, "{text}");
    }
}

#[test]
fn a_word_of_the_language_is_no_member_yet() {
    let half =
        |end: &str| format!("class One {{\n  void leave() {{\n    await cache{end}\n\n  void stay() {{\n  }}\n}}\n");
    let is_left_out = |language: Language, end: &str| {
        let text = closed(language, &half(end)).unwrap();
        !text.contains(end) && text.contains("await cache")
    };
    assert!(is_left_out(Language::Dart, ".in"));
    assert!(is_left_out(Language::Dart, "?.is"));
    assert!(is_left_out(Language::Java, ".do"));
    assert!(!is_left_out(Language::Dart, ".inv"));
    assert!(!is_left_out(Language::Dart, " in"));
    assert!(!is_left_out(Language::Java, ".class"));
    assert!(!is_left_out(Language::Dart, ".new"));
    assert!(!is_left_out(Language::TypeScript, ".in"));
    // A letter of several bytes before the word.
    assert!(!is_left_out(Language::Dart, ".éin"));
}
