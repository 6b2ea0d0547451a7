//! Fingerprints: what makes a finding the same one after lines have moved. Owns what goes into one; must not
//! know what compares them.

use std::collections::HashMap;
use std::sync::Arc;

use farewell_analysis::rules::Finding;
use farewell_analysis::source::Span;

/// The version of what goes into a fingerprint: it changes when fingerprints of the same finding do.
pub(crate) const NAME: &str = "farewell/v1";

/// The fingerprints of one file's findings, in their order: 16 hexadecimal digits, different ones for each.
///
/// Into one go the rule, the file's path, the code of the line that the finding is at, the code of the first
/// step that leads there (a flow's name), and how many findings before it in the file are alike in all of these.
/// White space at both ends of a line is left out. `text_of` is the text of a file by the engine's path.
pub(crate) fn of_file(path: &str, findings: &[&Finding], text_of: impl Fn(&str) -> Option<Arc<str>>) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    let own_text = text_of(path).unwrap_or_default();
    let fingerprint = |finding: &&Finding| {
        let start = finding.related.first();
        let start_text = start.and_then(|step| text_of(&step.path)).unwrap_or_default();
        let start_code = start.map(|step| first_line(step.span.text(&start_text))).unwrap_or_default();
        let alike = hash(&[finding.rule.name(), path, line_at(&own_text, finding.span), start_code]);
        let before = seen.entry(alike).or_default();
        let ordinal = before.to_string();
        *before += 1;
        format!("{:016x}", hash(&[&format!("{alike:016x}"), &ordinal]))
    };
    findings.iter().map(fingerprint).collect()
}

fn line_at(text: &str, span: Span) -> &str {
    let start = text.floor_char_boundary(span.start as usize);
    let line_start = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    first_line(&text[line_start..])
}

fn first_line(text: &str) -> &str {
    text.lines().next().unwrap_or_default().trim()
}

/// FNV-1a, 64 bits: the same on every machine and in every version, which the hashes of a standard library are not.
fn hash(parts: &[&str]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    // A byte that no text holds ends each part.
    let bytes = parts.iter().flat_map(|part| part.bytes().chain([0xFF]));
    bytes.fold(OFFSET, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}

#[cfg(test)]
mod tests {
    use farewell_analysis::rules::Finding;
    use farewell_analysis::source::Span;

    use super::{hash, of_file};
    use crate::output::samples;

    /// The fingerprints of findings at each place of some code in a text.
    fn at_each(text: &str, code: &str) -> Vec<String> {
        let finding = |(start, _): (usize, &str)| Finding {
            span: Span::from(start..start + code.len()),
            ..samples::hint().finding
        };
        let findings: Vec<Finding> = text.match_indices(code).map(finding).collect();
        of_file("a.ts", &findings.iter().collect::<Vec<_>>(), |_| Some(text.into()))
    }

    #[test]
    fn lines_that_move_keep_theirs() {
        let before = at_each("one();\nleave();\n", "leave");
        assert_eq!(at_each("// new\n\n  one();\n    leave();\r\n", "leave"), before);
        assert_ne!(at_each("one();\nleave(now);\n", "leave"), before);
        assert_eq!(before[0].len(), 16);
    }

    #[test]
    fn equal_lines_are_told_apart_by_their_order() {
        let all = at_each("leave();\nother();\nleave();\n", "leave");
        assert_ne!(all[0], all[1]);
        assert_eq!(at_each("leave();\nleave();\n", "leave"), all);
    }

    #[test]
    fn the_hash_is_the_known_one() {
        // The value of the reference for `a` alone is af63dc4c8601ec8c; the byte behind it is one more round.
        assert_eq!(hash(&["a"]), (0xaf63_dc4c_8601_ec8c_u64 ^ 0xFF).wrapping_mul(0x0000_0100_0000_01b3));
        assert_ne!(hash(&["ab", "c"]), hash(&["a", "bc"]));
    }
}
