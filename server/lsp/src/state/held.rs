//! What half-typed code does not take away. Owns which earlier findings stay while a document cannot be
//! read, and where they are after edits; must not know how findings come about.

use farewell_analysis::Reading;
use farewell_analysis::rules::Finding;
use farewell_analysis::source::Span;

use crate::document::Replaced;

/// What was found in a document, and how well it could be read when it was read best.
#[derive(Clone, Debug, Default)]
pub(crate) struct Held {
    /// What the client was told last, moved by the edits since.
    findings: Vec<Finding>,
    /// How many bodies the document had.
    bodies: usize,
    /// How many errors it had: code that the grammar does not know may have some always.
    errors: usize,
}

impl Held {
    /// Whether the last edits broke the document.
    pub(crate) fn reads_worse(&self, reading: &Reading) -> bool {
        self.bodies > 0 && reading.errors.len() > self.errors
    }

    /// Takes in what is found now. What stands in code that the last edits broke is left as it was; where
    /// they broke most of the document, everything is. While the document is broken, or the one in focus
    /// is, nothing new is told: a half-typed helper may seem to do nothing.
    pub(crate) fn next(self, found: &[Finding], reading: &Reading, focus_is_broken: bool) -> Self {
        let is_worse = self.reads_worse(reading);
        if self.bodies == 0 || !(is_worse || focus_is_broken) {
            return Self { findings: found.to_vec(), bodies: reading.bodies, errors: reading.errors.len() };
        }
        // A tree that lost a third of its functions tells nothing of those that it kept.
        if is_worse && reading.bodies * 10 < self.bodies * 7 {
            return self;
        }
        let still = |held: Finding| {
            if is_worse && reading.is_broken_at(held.span) {
                return Some(held);
            }
            found.iter().find(|finding| finding.rule == held.rule && finding.span == held.span).cloned()
        };
        Self { findings: self.findings.into_iter().filter_map(still).collect(), ..self }
    }

    /// Moves the findings with an edit of the document at `path` (the engine's). Those whose code was
    /// replaced go away.
    pub(crate) fn edited(&mut self, path: &str, edit: Replaced) {
        self.findings.retain_mut(|finding| {
            finding.related.retain_mut(|related| &*related.path != path || follow(&mut related.span, edit));
            follow(&mut finding.span, edit)
        });
    }

    /// The findings themselves.
    pub(crate) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// What to tell.
    pub(crate) fn findings(&self) -> &[Finding] {
        &self.findings
    }
}

/// Moves a span with an edit. Says whether anything of it is left.
pub(super) fn follow(span: &mut Span, edit: Replaced) -> bool {
    let (start, end) = (span.start as usize, span.end as usize);
    if edit.start < edit.end && edit.start <= start && end <= edit.end {
        return false;
    }
    let behind = |offset: usize| offset - edit.end + edit.start + edit.new_len;
    let new_start = match start {
        _ if edit.end <= start => behind(start),
        _ if edit.start < start => edit.start + edit.new_len,
        _ => start,
    };
    let new_end = match end {
        _ if edit.end < end => behind(end),
        // What is typed at its end stands behind it.
        _ => end.min(edit.start.max(start)),
    };
    let (Ok(start), Ok(end)) = (u32::try_from(new_start), u32::try_from(new_end.max(new_start))) else {
        return false;
    };
    *span = Span::new(start, end);
    true
}

#[cfg(test)]
mod tests {
    use farewell_analysis::source::Span;

    use super::follow;
    use crate::document::Replaced;

    fn followed(start: usize, end: usize, new_len: usize) -> Option<(u32, u32)> {
        let mut span = Span::new(10, 20);
        follow(&mut span, Replaced { start, end, new_len }).then_some((span.start, span.end))
    }

    #[test]
    fn a_span_moves_with_what_is_before_it() {
        assert_eq!(followed(0, 0, 3), Some((13, 23)));
        assert_eq!(followed(10, 10, 3), Some((13, 23)));
        assert_eq!(followed(0, 10, 3), Some((3, 13)));
        assert_eq!(followed(20, 20, 3), Some((10, 20)));
        assert_eq!(followed(21, 30, 3), Some((10, 20)));
    }

    #[test]
    fn a_span_grows_and_shrinks_with_what_is_in_it() {
        assert_eq!(followed(15, 15, 3), Some((10, 23)));
        assert_eq!(followed(12, 18, 0), Some((10, 14)));
        assert_eq!(followed(5, 15, 1), Some((6, 11)));
        assert_eq!(followed(15, 25, 1), Some((10, 15)));
    }

    #[test]
    fn a_span_goes_with_its_code() {
        assert_eq!(followed(10, 20, 5), None);
        assert_eq!(followed(0, 99, 0), None);
    }
}
