//! The text in the place of a markup file that a script's grammar reads. Owns the bytes that make a
//! function of each handler and a block of each script that stands apart; must not know the markup.

use super::{Handler, HandlerForm, Regions};

/// What makes a function of statements, up to their first byte.
const STATEMENTS: &[u8] = b"()=>{";
/// What makes an expression of a function, up to its first byte.
const FUNCTION: &[u8] = b"(";

/// Takes out the handlers around which there is no room for what makes a function of them.
pub(super) fn settle(text: &str, regions: &mut Regions) {
    let bytes = text.as_bytes();
    let is_free = |place: usize| bytes.get(place).is_some_and(|byte| takes_a_sign(*byte));
    let mut behind = 0;
    regions.handlers.retain(|handler| {
        let (start, end) = (handler.code.start as usize, handler.code.end as usize);
        let Some(first) = start.checked_sub(opening(handler).len()) else { return false };
        // One more byte is left for what separates it from the handler before.
        let has_room = (behind..first).any(is_free) && (first..start).all(is_free) && is_free(end);
        if has_room {
            behind = end + 1;
        }
        has_room
    });
}

pub(super) fn masked(text: &str, regions: &Regions) -> String {
    let source = text.as_bytes();
    let keep = |byte: &u8| if matches!(byte, b'\n' | b'\r') { *byte } else { b' ' };
    let mut bytes: Vec<u8> = source.iter().map(keep).collect();
    for script in &regions.scripts {
        let (start, end) = (script.code.start as usize, script.code.end as usize);
        copy(&mut bytes, start, source.get(start..end).unwrap_or_default());
        if script.is_apart() {
            // The last byte of the start tag, or of the fence, and the first one of the end.
            copy(&mut bytes, start.saturating_sub(1), b"{");
            copy(&mut bytes, end, b"}");
        } else {
            copy(&mut bytes, end, separator(source.get(start..end).unwrap_or_default()));
        }
    }
    for handler in &regions.handlers {
        let (start, end) = (handler.code.start as usize, handler.code.end as usize);
        let code = source.get(start..end).unwrap_or_default();
        copy(&mut bytes, start, code);
        if handler.quote.is_some() {
            references(&mut bytes, start, code);
        }
        let opening = opening(handler);
        copy(&mut bytes, start.saturating_sub(opening.len()), opening);
        copy(&mut bytes, end, if opening == STATEMENTS { b"}" } else { b")" });
        // What comes next must not be taken for an argument of this.
        let free = source.get(end + 1..).unwrap_or_default().iter().position(|byte| takes_a_sign(*byte));
        if let Some(free) = free {
            copy(&mut bytes, end + 1 + free, b";");
        }
    }
    // Only whole scripts and handlers are copied, and they end at bounds of characters.
    String::from_utf8(bytes).unwrap_or_default()
}

/// Whether a sign may be written in the place of a byte: in that of a part of a character, a place that is told could
/// begin or end inside of it.
fn takes_a_sign(byte: u8) -> bool {
    byte.is_ascii() && !matches!(byte, b'\n' | b'\r')
}

/// What keeps a script apart from what comes behind it. A semicolon on a line of its own would be taken for
/// the end of the script's last statement.
fn separator(code: &[u8]) -> &'static [u8] {
    let behind = code.iter().rev().take_while(|byte| byte.is_ascii_whitespace());
    let is_line = behind.into_iter().any(|byte| matches!(byte, b'\n' | b'\r'));
    if is_line || code.trim_ascii_end().ends_with(b";") { b"{}" } else { b";" }
}

/// What stands in front of a handler's code.
pub(super) fn opening(handler: &Handler) -> &'static [u8] {
    match handler.form {
        HandlerForm::Statements | HandlerForm::Reference => STATEMENTS,
        HandlerForm::Function => FUNCTION,
    }
}

fn copy(bytes: &mut [u8], at: usize, what: &[u8]) {
    if let Some(place) = bytes.get_mut(at..at + what.len()) {
        place.copy_from_slice(what);
    }
}

/// Character references that code may hold, and what each stands for.
const REFERENCES: [(&[u8], u8); 7] = [
    (b"&amp;", b'&'),
    (b"&quot;", b'"'),
    (b"&#34;", b'"'),
    (b"&#39;", b'\''),
    (b"&apos;", b'\''),
    (b"&lt;", b'<'),
    (b"&gt;", b'>'),
];

/// Puts what a character reference stands for in its place. An opening quote goes to the reference's end
/// and a closing one to its start, so that no white space comes into a string; so do `&&` and `=>` stay one.
fn references(bytes: &mut [u8], start: usize, code: &[u8]) {
    let mut at = 0;
    let mut is_second = false;
    while let Some(found) = code.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == b'&')) {
        at += found;
        let rest = code.get(at..).unwrap_or_default();
        let Some((reference, meant)) = REFERENCES.iter().find(|(reference, _)| rest.starts_with(reference)) else {
            at += 1;
            continue;
        };
        let joins = matches!(meant, b'"' | b'\'' | b'&');
        let mut written = vec![b' '; reference.len()];
        // `=&gt;` joins what stands before it, `&lt;=` what comes behind it.
        let at_start = if joins { is_second } else { *meant == b'>' };
        let place = if at_start { 0 } else { reference.len() - 1 };
        if let Some(byte) = written.get_mut(place) {
            *byte = *meant;
        }
        if joins {
            is_second = !is_second;
        }
        copy(bytes, start + at, &written);
        at += reference.len();
    }
}
