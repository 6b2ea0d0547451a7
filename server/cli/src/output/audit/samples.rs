//! Maps made by hand, for the tests of what they look like.

use super::document::{
    Because, Call, Document, Finding, Flow, Kind, KindTotals, Leaves, Place, PlatformTotals, Project, Seen,
    Suppression, Totals, VERSION, Verdict, WayOut,
};
use crate::output::document::{Position, Range, Severity};

fn place(path: &str, line: u32, column: u32) -> Place {
    let end = Position { line, column: column + 4 };
    Place { path: path.to_owned(), range: Range { start: Position { line, column }, end } }
}

fn call(title: &str, path: &str, line: u32) -> Call {
    Call { title: title.to_owned(), place: place(path, line, 7) }
}

fn way(line: u32, verdict: Verdict, code: &str, calls: Vec<Call>) -> WayOut {
    WayOut {
        place: place("app/src/auth.ts", line, 3),
        leaves: if code.is_empty() { Leaves::End } else { Leaves::Page },
        kind: Kind::UserInitiated,
        code: code.to_owned(),
        calls,
        verdict,
        unjudged: (verdict == Verdict::NotJudged).then_some("the person stays"),
        accepted: None,
    }
}

/// A flow of a kind with some ways out, whose texts are full of markup.
pub(super) fn flow(title: &str, kind: Kind, ways_out: Vec<WayOut>) -> Flow {
    Flow {
        title: title.to_owned(),
        kind,
        platform: "web",
        place: place("app/src/<menu>.tsx", 3, 5),
        trigger: Some("<button onClick>".to_owned()),
        verdict: ways_out.iter().map(|way| way.verdict).max(),
        ways_out: ways_out.into_iter().map(|way| WayOut { kind, ..way }).collect(),
        callers: vec![call("Menu & <Bar>", "app/src/<menu>.tsx", 9)],
        covered_by: None,
        findings: Vec::new(),
    }
}

/// A map with a flow that keeps the identity through two calls, and one of each other sort.
pub(crate) fn document() -> Document {
    let service = call("AuthService.logout", "app/src/<menu>.tsx", 4);
    let mut logout = flow(
        "\"Log out\" | <b>",
        Kind::UserInitiated,
        vec![
            way(
                12,
                Verdict::Kept,
                "location.href = '/login?a=1&b=2|3'",
                vec![service.clone(), call("leave", "app/src/auth.ts", 8)],
            ),
            way(14, Verdict::Released, "location.reload()", vec![service]),
            WayOut { accepted: Some("a kiosk".to_owned()), ..way(20, Verdict::TooLate, "", Vec::new()) },
        ],
    );
    logout.ways_out[1].kind = Kind::TokenExpiry;
    logout.findings.push(Finding {
        rule: "missing-anonymize",
        severity: Severity::Warning,
        place: place("app/src/auth.ts", 12, 3),
        message: "`leave` leaves the page here.".to_owned(),
    });
    let mut idle = flow("onIdle", Kind::SessionTimeout, vec![way(30, Verdict::Covered, "location.reload()", vec![])]);
    idle.covered_by = Some(place("app/src/App.tsx", 5, 7));
    let flows = vec![
        logout,
        idle,
        flow("kick", Kind::Forced, vec![way(40, Verdict::Uncertain, "location.reload()", vec![])]),
        flow("become", Kind::Switch, Vec::new()),
        flow("pickTeam", Kind::ContextSwitch, vec![way(50, Verdict::NotJudged, "location.reload()", vec![])]),
    ];
    let totals = |flows, flows_kept, ways_out, safe, kept, uncertain, unjudged| Totals {
        flows,
        flows_kept,
        ways_out,
        safe,
        kept,
        uncertain,
        unjudged,
    };
    Document {
        flows,
        missing_kinds: vec![Kind::TokenExpiry, Kind::AccountDeletion],
        suppressions: vec![Suppression {
            place: place("app/src/auth.ts", 19, 3),
            rules: vec!["anonymize-after-redirect".to_owned()],
            reason: Some("a kiosk".to_owned()),
            whole_file: false,
            in_use: true,
        }],
        projects: vec![Project {
            path: "app".to_owned(),
            identity_is_set: true,
            because: Because::Call,
            call: Some(place("app/src/boot.ts", 2, 3)),
            flows: 5,
        }],
        totals: totals(5, 1, 6, 2, 2, 1, 1),
        by_kind: vec![
            KindTotals { kind: Kind::UserInitiated, totals: totals(1, 1, 3, 1, 2, 0, 0) },
            KindTotals { kind: Kind::SessionTimeout, totals: totals(1, 0, 1, 1, 0, 0, 0) },
            KindTotals { kind: Kind::Forced, totals: totals(1, 0, 1, 0, 0, 1, 0) },
            KindTotals { kind: Kind::Switch, totals: totals(1, 0, 0, 0, 0, 0, 0) },
            KindTotals { kind: Kind::ContextSwitch, totals: totals(1, 0, 1, 0, 0, 0, 1) },
        ],
        by_platform: vec![PlatformTotals { platform: "web", totals: totals(5, 1, 6, 2, 2, 1, 1) }],
        summary: Seen { files_seen: 4, files_parsed: 3, bytes_seen: 900, elapsed_ms: 7 },
        ..empty()
    }
}

/// A map of nothing.
pub(crate) fn empty() -> Document {
    Document {
        version: VERSION,
        flows: Vec::new(),
        missing_kinds: vec![
            Kind::UserInitiated,
            Kind::SessionTimeout,
            Kind::TokenExpiry,
            Kind::Forced,
            Kind::AccountDeletion,
            Kind::Switch,
        ],
        other_findings: Vec::new(),
        suppressions: Vec::new(),
        projects: Vec::new(),
        totals: Totals::default(),
        by_kind: Vec::new(),
        by_platform: Vec::new(),
        summary: Seen { files_seen: 0, files_parsed: 0, bytes_seen: 0, elapsed_ms: 0 },
    }
}
