//! What is said of flows and ways out, in every format that people read. Owns the words and the marks;
//! must not know colours or markup.

use farewell_analysis::vocabulary::FlowKind;

use super::document::{Because, Document, Flow, Kind, Leaves, Place, Project, Suppression, Totals, Verdict, WayOut};

/// Groups of verdicts that look alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tone {
    /// The next person is not recorded as this one.
    Safe,
    /// The next person is.
    Kept,
    /// It cannot be told.
    Uncertain,
    /// It was not judged, or there is nothing to judge.
    Unjudged,
}

impl Tone {
    /// Every tone, in the order of a legend.
    pub(crate) const ALL: [Tone; 4] = [Tone::Safe, Tone::Kept, Tone::Uncertain, Tone::Unjudged];

    /// The mark that stands before it.
    pub(crate) const fn mark(self) -> &'static str {
        match self {
            Tone::Safe => "✓",
            Tone::Kept => "✗",
            Tone::Uncertain => "?",
            Tone::Unjudged => "–",
        }
    }

    /// What it says.
    pub(crate) const fn words(self) -> &'static str {
        match self {
            Tone::Safe => "released",
            Tone::Kept => "kept",
            Tone::Uncertain => "cannot be told",
            Tone::Unjudged => "not judged",
        }
    }

    /// How many of some ways out have it.
    pub(crate) const fn count(self, totals: &Totals) -> usize {
        match self {
            Tone::Safe => totals.safe,
            Tone::Kept => totals.kept,
            Tone::Uncertain => totals.uncertain,
            Tone::Unjudged => totals.unjudged,
        }
    }
}

/// The group of a verdict.
pub(crate) const fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Released | Verdict::NobodySignedIn | Verdict::Covered => Tone::Safe,
        Verdict::Kept | Verdict::TooLate | Verdict::Attempted => Tone::Kept,
        Verdict::Uncertain => Tone::Uncertain,
        Verdict::NotJudged => Tone::Unjudged,
    }
}

/// The group of a flow, by its worst way out.
pub(crate) fn flow_tone(flow: &Flow) -> Tone {
    flow.verdict.map_or(Tone::Unjudged, tone)
}

/// What becomes of the identity on a way out.
pub(crate) fn verdict(way: &WayOut, flow: &Flow) -> String {
    let words = match way.verdict {
        Verdict::Released => "released".to_owned(),
        Verdict::NobodySignedIn => "nobody is signed in".to_owned(),
        Verdict::Covered => match &flow.covered_by {
            Some(place) => format!("covered by {}", short(place)),
            None => "covered".to_owned(),
        },
        Verdict::Kept => "kept".to_owned(),
        Verdict::TooLate => "released too late".to_owned(),
        Verdict::Attempted => "kept: the call that means to release it does not".to_owned(),
        Verdict::Uncertain => "cannot be told".to_owned(),
        Verdict::NotJudged => format!("not judged: {}", way.unjudged.unwrap_or("nothing is known")),
    };
    match &way.accepted {
        Some(reason) => format!("{words} (accepted: {reason})"),
        None => words,
    }
}

/// What happens at a way out, and of which kind it is where that is not the flow's.
pub(crate) fn leaves(way: &WayOut, flow: &Flow) -> String {
    let words = match way.leaves {
        Leaves::Page => "leaves the page",
        Leaves::Screen => "leaves the screen",
        Leaves::End => "ends",
    };
    if way.kind == flow.kind { words.to_owned() } else { format!("{words} ({})", lower(heading(way.kind))) }
}

/// A kind as a heading.
pub(crate) fn heading(kind: Kind) -> &'static str {
    FlowKind::from(kind).heading()
}

/// What a flow's ways out come to.
pub(crate) fn sum_of(flow: &Flow) -> String {
    let count = |wanted: Tone| flow.ways_out.iter().filter(|way| tone(way.verdict) == wanted).count();
    let all = flow.ways_out.len();
    let ways = counted(all, "way out", "ways out");
    match (all, count(Tone::Kept), count(Tone::Uncertain), count(Tone::Unjudged)) {
        (0, ..) => "no way out was found in it".to_owned(),
        (1, 1, ..) => "keeps the identity on its one way out".to_owned(),
        (_, kept, ..) if kept > 0 => format!("keeps the identity on {kept} of {ways}"),
        (_, _, unknown, _) if unknown > 0 => format!("cannot be told on {unknown} of {ways}"),
        (_, _, _, unjudged) if unjudged > 0 => format!("{ways}, not judged"),
        (1, ..) => "released on its one way out".to_owned(),
        _ => format!("released on all {ways}"),
    }
}

/// The whole map in a sentence.
pub(crate) fn sum(document: &Document) -> String {
    let totals = &document.totals;
    if totals.flows == 0 {
        return format!("No flow was found in {}.", files(document));
    }
    let of = match share(totals) {
        Some(share) => {
            let judged = totals.safe + totals.kept + totals.uncertain;
            format!("; the identity is released on {} of {judged} that were judged ({share} %)", totals.safe)
        }
        None => "; none of them was judged".to_owned(),
    };
    let ways = counted(totals.ways_out, "way out", "ways out");
    format!("{} with {ways} in {}{of}.", counted(totals.flows, "flow", "flows"), files(document))
}

/// How many files were looked at.
pub(crate) fn files(document: &Document) -> String {
    counted(document.summary.files_seen, "file", "files")
}

/// The released share in percent, rounded down, as 100 is to say all; `None` where nothing was judged.
pub(crate) fn share(totals: &Totals) -> Option<usize> {
    (totals.safe * 100).checked_div(totals.safe + totals.kept + totals.uncertain)
}

/// Which kinds were not found, in a sentence; `None` where all were.
pub(crate) fn missing(document: &Document) -> Option<String> {
    let names: Vec<String> = document.missing_kinds.iter().map(|kind| lower(heading(*kind))).collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("No {one} was found.")),
        [first @ .., last] => Some(format!("No {} and no {last} was found.", first.join(", no "))),
    }
}

/// Whether a project identifies users, in words.
pub(crate) fn identity(project: &Project) -> &'static str {
    match project.because {
        Because::Call => "identity is set",
        Because::Assumed => "identity is set, by the configuration",
        Because::OnlySdk => "an SDK is there, and nothing identifies a user",
        Because::Nothing => "no trace of Fullstory",
    }
}

/// What a suppression comes to.
pub(crate) fn suppression(suppression: &Suppression) -> String {
    let reason = suppression.reason.as_deref().unwrap_or("no reason, so it suppresses nothing");
    let scope = if suppression.whole_file { " (whole file)" } else { "" };
    let unused = if suppression.reason.is_some() && !suppression.in_use { " (suppresses nothing)" } else { "" };
    format!("{}{scope}: {reason}{unused}", suppression.rules.join(", "))
}

/// `src/auth.ts:3`.
pub(crate) fn short(place: &Place) -> String {
    format!("{}:{}", place.path, place.range.start.line)
}

/// `src/auth.ts:3:5`.
pub(crate) fn long(place: &Place) -> String {
    format!("{}:{}", short(place), place.range.start.column)
}

/// A number with its noun.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A text of at most `most` characters, cut with an ellipsis.
pub(crate) fn cut(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A heading inside a sentence.
fn lower(heading: &str) -> String {
    let mut characters = heading.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}
