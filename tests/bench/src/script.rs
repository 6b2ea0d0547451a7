//! What a person types: a logout function, in each language. Owns the text and where it goes; must not know
//! who takes the keystrokes.

use farewell_analysis::source::Language;

/// What is typed into a text of a language, and at which line and column, both from 0.
pub fn script(language: Language, text: &str) -> (usize, usize, &'static str) {
    let count = text.lines().count();
    let before_last = |wanted: &str| {
        let lines: Vec<&str> = text.lines().collect();
        lines.iter().rposition(|line| line.trim_end() == wanted).unwrap_or(count)
    };
    match language {
        Language::Swift => (
            before_last("}"),
            0,
            "\n    func signOutNow() {\n        try? Auth.auth().signOut()\n        UserDefaults.standard.removeObject(forKey: \"token\")\n        router.showLogin()\n    }\n",
        ),
        Language::ObjectiveC => (
            before_last("@end"),
            0,
            "\n- (void)signOutNow {\n    [[FIRAuth auth] signOut:nil];\n    [self.router showLogin];\n}\n",
        ),
        Language::Kotlin => (
            before_last("}"),
            0,
            "\n    fun signOutNow() {\n        FirebaseAuth.getInstance().signOut()\n        tokens.clear()\n        router.showLogin()\n    }\n",
        ),
        Language::Java => (
            before_last("}"),
            0,
            "\n    public void signOutNow() {\n        FirebaseAuth.getInstance().signOut();\n        tokens.clear();\n        router.showLogin();\n    }\n",
        ),
        Language::Dart => (
            before_last("}"),
            0,
            "\n  Future<void> signOutNow() async {\n    await FirebaseAuth.instance.signOut();\n    await tokens.clear();\n    router.go('/login');\n  }\n",
        ),
        Language::Vue | Language::Svelte | Language::Astro | Language::Html => (before_last("</script>"), 0, SCRIPT),
        Language::JavaScript | Language::TypeScript | Language::Tsx => (count, 0, SCRIPT),
    }
}

const SCRIPT: &str = "\nasync function signOutNow() {\n  await api.post('/logout');\n  localStorage.removeItem('token');\n  window.location.assign('/login');\n}\n";
