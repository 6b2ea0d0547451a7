//! What a person types: a logout function, in each language. Owns the text and where it goes; must not know
//! who takes the keystrokes.

use farewell_analysis::source::Language;

/// Where in a text is typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum At {
    /// Between two functions in its middle.
    #[default]
    Middle,
    /// Behind all that stands in it.
    End,
}

/// What is typed into a text of a language, and at which line and column, both from 0.
pub fn script(language: Language, text: &str, at: At) -> (usize, usize, &'static str) {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let Script { typed, ends_function, ends_text } = Script::of(language);
    let end = ends_text.and_then(|wanted| lines.iter().rposition(|line| *line == wanted)).unwrap_or(lines.len());
    let behind = lines.iter().take(end).skip(end / 2).position(|line| *line == ends_function);
    let line = behind.filter(|_| at == At::Middle).map_or(end, |behind| end / 2 + behind + 1);
    (line, 0, typed)
}

/// A logout function of a language.
struct Script {
    typed: &'static str,
    /// The line with which a function ends beside which it may stand.
    ends_function: &'static str,
    /// The last line behind which it may not stand.
    ends_text: Option<&'static str>,
}

impl Script {
    fn of(language: Language) -> Self {
        let (typed, ends_function, ends_text) = match language {
            Language::Swift => (SWIFT, "    }", Some("}")),
            Language::ObjectiveC => (OBJECTIVE_C, "}", Some("@end")),
            Language::Kotlin => (KOTLIN, "    }", Some("}")),
            Language::Java => (JAVA, "    }", Some("}")),
            Language::Dart => (DART, "  }", Some("}")),
            Language::Vue | Language::Svelte | Language::Astro | Language::Html => (SCRIPT, "}", Some("</script>")),
            Language::JavaScript | Language::TypeScript | Language::Tsx => (SCRIPT, "}", None),
        };
        Self { typed, ends_function, ends_text }
    }
}

const SCRIPT: &str = "\nasync function signOutNow() {\n  await api.post('/logout');\n  localStorage.removeItem('token');\n  window.location.assign('/login');\n}\n";

const SWIFT: &str = "\n    func signOutNow() {\n        try? Auth.auth().signOut()\n        UserDefaults.standard.removeObject(forKey: \"token\")\n        router.showLogin()\n    }\n";

const OBJECTIVE_C: &str =
    "\n- (void)signOutNow {\n    [[FIRAuth auth] signOut:nil];\n    [self.router showLogin];\n}\n";

const KOTLIN: &str = "\n    fun signOutNow() {\n        FirebaseAuth.getInstance().signOut()\n        tokens.clear()\n        router.showLogin()\n    }\n";

const JAVA: &str = "\n    public void signOutNow() {\n        FirebaseAuth.getInstance().signOut();\n        tokens.clear();\n        router.showLogin();\n    }\n";

const DART: &str = "\n  Future<void> signOutNow() async {\n    await FirebaseAuth.instance.signOut();\n    await tokens.clear();\n    router.go('/login');\n  }\n";
