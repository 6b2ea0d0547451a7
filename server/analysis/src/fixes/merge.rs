//! Many fixes at once. Owns which of them go together; must not know what they do.

use super::{Edit, Fix};

/// What many fixes come to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged<'fix> {
    /// Their edits, sorted by file and place, none overlapping another.
    pub edits: Vec<Edit>,
    /// The fixes that they make.
    pub fixes: Vec<&'fix Fix>,
}

/// The edits of those fixes that may be applied unasked. A fix whose edits meet those of an earlier one
/// is left out as a whole, to be offered again afterwards; an edit that two fixes share (an import, one
/// statement for two findings) is made once.
pub fn merge<'fix>(fixes: impl IntoIterator<Item = &'fix Fix>) -> Merged<'fix> {
    let automatic = fixes.into_iter().filter(|fix| fix.is_automatic() && !fix.edits.is_empty());
    let mut wanted: Vec<&Fix> = automatic.collect();
    wanted.sort_by(|left, right| place(left).cmp(&place(right)));
    let mut merged = Merged::default();
    for fix in wanted {
        let fresh: Vec<&Edit> = fix.edits.iter().filter(|edit| !merged.edits.contains(edit)).collect();
        let meets = |edit: &&Edit| merged.edits.iter().any(|made| made.path == edit.path && meet(made, edit));
        if fresh.iter().any(meets) {
            continue;
        }
        merged.edits.extend(fresh.into_iter().cloned());
        merged.fixes.push(fix);
    }
    merged.edits.sort_by(|left, right| {
        (&left.path, left.span.start, left.span.end).cmp(&(&right.path, right.span.start, right.span.end))
    });
    merged
}

fn place(fix: &Fix) -> Option<(&str, u32)> {
    fix.edits.first().map(|edit| (&*edit.path, edit.span.start))
}

/// Whether two edits share a byte, or an insertion stands at or inside the other one.
fn meet(left: &Edit, right: &Edit) -> bool {
    if left.span.is_empty() || right.span.is_empty() {
        return left.span.intersects(right.span);
    }
    left.span.start < right.span.end && right.span.start < left.span.end
}

#[cfg(test)]
mod tests {
    use super::{Merged, merge};
    use crate::fixes::{Edit, Fix};
    use crate::rules::Safety;
    use crate::source::Span;

    fn fix(edits: &[(u32, u32, &str)], safety: Safety, preferred: bool) -> Fix {
        let edit = |(start, end, text): &(u32, u32, &str)| Edit {
            path: "a.ts".into(),
            span: Span::new(*start, *end),
            text: (*text).to_owned(),
        };
        Fix { title: String::new(), preferred, safety, edits: edits.iter().map(edit).collect() }
    }

    #[test]
    fn a_fix_that_meets_an_earlier_one_is_left_out_as_a_whole() {
        let first = fix(&[(0, 0, "import"), (10, 10, "a")], Safety::Safe, true);
        let second = fix(&[(0, 0, "import"), (20, 25, "b")], Safety::Safe, true);
        let third = fix(&[(24, 30, "c"), (40, 41, "d")], Safety::Safe, true);
        let fixes = [third, second, first];
        let merged = merge(&fixes);
        assert_eq!(merged.fixes.len(), 2);
        let texts: Vec<_> = merged.edits.iter().map(|edit| (edit.span.start, edit.text.as_str())).collect();
        assert_eq!(texts, vec![(0, "import"), (10, "a"), (20, "b")]);
    }

    #[test]
    fn only_preferred_and_safe_fixes_are_merged() {
        let unsafe_one = fix(&[(0, 1, "x")], Safety::Suggestion, true);
        let other = fix(&[(5, 6, "y")], Safety::Safe, false);
        assert_eq!(merge(&[unsafe_one, other]), Merged::default());
    }

    #[test]
    fn replacements_that_only_touch_go_together() {
        let left = fix(&[(0, 5, "x")], Safety::Safe, true);
        let right = fix(&[(5, 9, "y")], Safety::Safe, true);
        assert_eq!(merge(&[left, right]).fixes.len(), 2);
    }
}
