//! `call_syntax`: how a platform writes Fullstory's calls. The words are the vocabulary's.

use farewell_analysis::database::context;
use farewell_analysis::vocabulary::{Platform, PlatformTexts, Vocabulary, platform_form};

use super::answers::scan;
use super::arguments::{CallSyntax, platform_named};
use super::folder::Folder;
use crate::pages::written;
use crate::sources::printable;

/// The calls of a platform; of every one where none is named.
///
/// # Errors
/// No such platform; the file lies outside of the folder or tells no language; a broken configuration.
pub(super) fn calls(folder: &Folder, asked: &CallSyntax) -> anyhow::Result<String> {
    match (&asked.platform, &asked.path) {
        (Some(platform), _) => Ok(page(platform_named(platform)?)),
        (None, Some(path)) => {
            let platform = platform_of(folder, path)?;
            Ok(format!("{} runs on `{}`.\n\n{}", printable(path), platform.name(), page(platform)))
        }
        (None, None) => Ok(every_platform()),
    }
}

fn platform_of(folder: &Folder, path: &str) -> anyhow::Result<Platform> {
    let path = folder.inside(path)?;
    let text = std::fs::read_to_string(&path).unwrap_or_default();
    let scan = scan(&path, Some(&text), Default::default())?;
    let file = scan.loaded.files.get(&path);
    let file = file.ok_or_else(|| anyhow::anyhow!("{}: farewell.toml excludes it", path.display()))?;
    Ok(context(&scan.db, *file).platform)
}

fn page(platform: Platform) -> String {
    let texts = Vocabulary::builtin().texts(platform);
    let call = |template: &str| statement(template, &texts.callable, texts);
    let mut page = format!("# Fullstory on {}\n\n", texts.display_name);
    page += &format!("- Release the identity, on every way out: `{}`\n", call(&texts.anonymize));
    page += &format!("- Set the identity, when the user signs in: `{}`\n", call(&texts.identify));
    page += &format!("- Set properties of the user: `{}`\n", call(&texts.user_properties));
    page += &format!("- Track an event, before the identity is released: `{}`\n", call(&texts.event));
    if let Some(asynchronous) = &texts.anonymize_async {
        page += &format!("- Release it and wait, in `try` with a time-out: `await {}`\n", call(asynchronous));
    }
    page += &import(platform, texts);
    page += &format!("\n{}\n", texts.does);
    page += &section("Order", &texts.order);
    page += &section("Common mistakes", &texts.mistakes);
    page += &format!(
        "\nAt most {} calls a minute and {} a second.\nDocumentation: <{}>, <{}>, <{}>\n",
        texts.calls_a_minute, texts.calls_a_second, texts.anonymize_url, texts.identify_url, texts.event_url
    );
    page
}

/// How the callable comes into a file, and by which name the calls are made then.
fn import(platform: Platform, texts: &PlatformTexts) -> String {
    let (Some(import), Some(form)) = (&texts.import_line, platform_form(platform)) else {
        return String::new();
    };
    let import = written(import, &texts.callable);
    if form.binding == texts.callable {
        return format!("- Import: `{import}`\n");
    }
    format!(
        "- `{}` is the global of the snippet. With the package instead: `{import}`, and call `{}`\n",
        texts.callable,
        statement(&texts.anonymize, &form.binding, texts)
    )
}

fn statement(template: &str, callable: &str, texts: &PlatformTexts) -> String {
    written(template, callable) + &texts.statement_end
}

fn section(heading: &str, sentences: &[String]) -> String {
    let lines: String = sentences.iter().map(|sentence| format!("- {sentence}\n")).collect();
    if lines.is_empty() { lines } else { format!("\n## {heading}\n\n{lines}") }
}

fn every_platform() -> String {
    let line = |platform: Platform| {
        let texts = Vocabulary::builtin().texts(platform);
        let call = |template: &str| statement(template, &texts.callable, texts);
        let (anonymize, identify) = (call(&texts.anonymize), call(&texts.identify));
        format!("- `{}` ({}): `{anonymize}`, `{identify}`\n", platform.name(), texts.display_name)
    };
    let lines: String = Platform::ALL.into_iter().map(line).collect();
    format!(
        "How each platform releases the identity, and sets it:\n\n{lines}\nName a platform, or the path of a file, for \
         the import, the other calls and the order of steps.\n"
    )
}

#[cfg(test)]
mod tests {
    use farewell_analysis::vocabulary::Platform;

    use super::{every_platform, page};

    #[test]
    fn nothing_is_left_to_fill_in() {
        for text in Platform::ALL.map(page).into_iter().chain([every_platform()]) {
            for hole in ["{callable}", "{uid}", "{q}", "{name}", "``"] {
                assert!(!text.contains(hole), "{text}");
            }
        }
    }

    #[test]
    fn the_package_of_the_web_binds_another_name() {
        let web = page(Platform::of_name("web").unwrap());
        assert!(
            web.contains("`import { FullStory } from '@fullstory/browser'`, and call `FullStory('setIdentity'"),
            "{web}"
        );
        let ios = page(Platform::of_name("ios-objc").unwrap());
        assert!(
            ios.contains("`[FS anonymize];`") && ios.contains("- Import: `#import <FullStory/FullStory.h>`"),
            "{ios}"
        );
    }
}
