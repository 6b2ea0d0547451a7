//! What the fuzzers start from: the fixtures, as inputs of each target.

use farewell_fixtures::fixture;

use crate::kind::Kind;

/// The longest fixture that is a seed, in bytes.
const LONGEST: usize = 3_000;
/// Edits that a text's seed ends with: a piece here and there, a deletion, a closing and opening again.
const EDITS: [u8; 24] =
    [0, 0xF0, 0, 0x40, 0, 0x40, 7, 0x70, 0, 0x80, 0, 0x41, 9, 40, 0xBE, 0, 0xC0, 0, 0xC0, 3, b'f', b'(', b')', 0];

const FRAMES: [&str; 6] = [
    "Content-Length: 59\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{}}",
    "Content-Length: 52\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"initialized\",\"params\":{}}Content-Length: 44\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":2,\"method\":\"shutdown\"}Content-Length: 33\r\n\r\n{\"jsonrpc\":\"2.0\",\"method\":\"exit\"}",
    "Content-Type: application/vscode-jsonrpc; charset=utf-8\r\nContent-Length: 2\r\n\r\n{}content-length:3\n\n[1]",
    "Content-Length: 9999999999\r\n\r\n{\"a\":1}CContent-Length: 2\r\n\r\n{}",
    "Content-Length: x\r\n\r\nContent-Length: 3\r\n\r\n{\"a\":1}\r\n\r\n",
    "Content-Length: 38\r\n\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":null}",
];

const CONFIGURATIONS: [&str; 5] = [
    "platform = \"web-v1\"\nassume-fullstory = true\nnamespace = \"Story\"\nexclude = [\"legacy\", \"**/*.generated.ts\"]\n\n[rules]\nmissing-logout-event = \"off\"\nunguarded-await = \"warning\"\n",
    "[[vocabulary.call]]\npaths = [\"@acme/tracking#forget\"]\nanonymize = true\n\n[[vocabulary.call]]\ntails = [\"sessionStore.destroy\"]\nclear-auth = true\nplatforms = [\"web\"]\n",
    "[[vocabulary.call]]\npaths = [\"@acme/router#leave\"]\nnavigate = \"document\"\nwhen = [{ argument = 0, is = \"x\" }]\n\n[[vocabulary.flow]]\nkind = \"user-initiated\"\nphrases = [\"check out\", \"leave|quit the? shop\"]\n",
    "[[vocabulary.call]]\npaths = [\"a#b\"]\nidentify = 0\n[[vocabulary.call]]\ntails = [\"c\"]\nsign-out = \"x\"\nthird-party = \"y\"\nresets = \"z\"\nrequest = true\nmay-release = true\nnever-throws = true\n",
    "platfrom = 3\n[rules]\nmissing-anonymise = \"loud\"\n",
];

/// The targets' names.
pub const TARGETS: [&str; 5] = ["lowering", "fixes", "edits", "frames", "configuration"];

/// The seeds of a target by its name; none where there is no such target.
pub fn of(target: &str) -> Vec<Vec<u8>> {
    let texts = |behind: &dyn Fn(Kind, &str) -> Vec<u8>| {
        let all = fixture::all().into_iter().filter(|fixture| fixture.text.len() <= LONGEST);
        all.map(|fixture| behind(Kind::of(&fixture), &fixture.text)).collect()
    };
    match target {
        "lowering" | "fixes" => texts(&|kind, text| [&[kind.byte()], text.as_bytes()].concat()),
        "edits" => texts(&|kind, text| {
            // The text's share of what follows, rounded up so that the text is whole.
            let share = (text.len() * 256).div_ceil(text.len() + EDITS.len()).min(255) as u8;
            [&[kind.byte(), share], text.as_bytes(), &EDITS].concat()
        }),
        "frames" => FRAMES.map(|seed| seed.as_bytes().to_vec()).to_vec(),
        "configuration" => CONFIGURATIONS.map(|seed| seed.as_bytes().to_vec()).to_vec(),
        _ => Vec::new(),
    }
}
