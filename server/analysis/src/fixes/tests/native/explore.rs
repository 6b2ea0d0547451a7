use super::super::harness::*;
use super::*;
#[test]
fn explore() {
    let Ok(path) = std::env::var("FX") else { return };
    let text = std::fs::read_to_string(path).unwrap();
    for case in text.split("\n=== ").skip(1) {
        let (head, body) = case.split_once('\n').unwrap();
        let (lang, act) = head.split_once(' ').unwrap();
        let p = match lang {
            "swift" => SWIFT,
            "objc" => OBJECTIVE_C,
            "kotlin" => KOTLIN,
            "java" => JAVA,
            _ => DART,
        };
        let body = format!("{body}\n");
        let r = std::panic::catch_unwind(|| match act {
            "before" => anonymize(p, &body),
            "end" => at_end(p, &body),
            "event" => event(p, &body),
            "remove" => remove(p, &body),
            "anon" => with_anonymize(p, &body),
            "form" => platform_form(p, &body),
            "branch" => branch(p, &body),
            "move" => moved(p, &body),
            _ => behind(p, &body),
        });
        println!("=== {head}\n{body}--->");
        match r {
            Ok(Some(t)) => println!("{t}"),
            Ok(None) => println!("NONE\n"),
            Err(_) => println!("PANIC\n"),
        }
    }
}
