//! Frames: `Content-Length` headers and bodies. Owns the bounds on their size and how to find the next
//! good frame behind a bad one; must not know JSON.

use std::io;

use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncReadExt};

/// How many bytes the headers of one frame may have.
const HEADER_LIMIT: usize = 8 * 1024;
/// How many bytes the body of one frame may have.
const BODY_LIMIT: u64 = 64 * 1024 * 1024;
/// The one header that counts, in lower case.
const CONTENT_LENGTH: &[u8] = b"content-length:";

/// Why a frame was skipped, for the log.
pub(crate) type Refusal = String;

/// Reads frames from a stream of bytes.
pub(crate) struct FrameReader<R> {
    input: R,
    /// The length of the next body, where its header was met while a refused body was skipped.
    found: Option<u64>,
}

impl<R: AsyncBufRead + Unpin> FrameReader<R> {
    /// Starts at the beginning of `input`.
    pub(crate) fn new(input: R) -> Self {
        Self { input, found: None }
    }

    /// The next frame's body, or why it was skipped; `None` at the end of the input. A frame that the
    /// input ends in is no frame. Lines may end in `\r\n` or `\n`.
    pub(crate) async fn next(&mut self) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
        let mut length = self.found.take().map(Ok);
        let mut header_size = 0;
        loop {
            let Some(line) = self.line().await? else {
                return Ok(None);
            };
            header_size += line.size;
            if line.text.is_empty() {
                if header_size <= 2 && length.is_none() {
                    header_size = 0;
                    continue;
                }
                break;
            }
            length = content_length(&line.text).or(length);
        }
        let length = match length {
            Some(Ok(length)) => length,
            Some(Err(refusal)) => return Ok(Some(Err(refusal))),
            None => return Ok(Some(Err("a frame without Content-Length".to_owned()))),
        };
        if header_size > HEADER_LIMIT {
            self.skip(length).await?;
            return Ok(Some(Err(format!("headers of {header_size} bytes"))));
        }
        if length > BODY_LIMIT {
            self.skip(length).await?;
            return Ok(Some(Err(format!("a body of {length} bytes"))));
        }
        self.body(length).await
    }

    /// A line without its end, cut to its last bytes where it is too long: what counts in a garbled
    /// stream is the header at its end. `None` at the end of the input.
    async fn line(&mut self) -> io::Result<Option<Line>> {
        let mut text = Vec::new();
        let mut size = 0;
        loop {
            let available = self.input.fill_buf().await?;
            if available.is_empty() {
                return Ok(None);
            }
            let end = available.iter().position(|byte| *byte == b'\n');
            let taken = end.map_or(available.len(), |end| end + 1);
            text.extend_from_slice(available.get(..taken).unwrap_or_default());
            self.input.consume(taken);
            size += taken;
            if end.is_some() {
                break;
            }
            let surplus = text.len().saturating_sub(HEADER_LIMIT);
            text.drain(..surplus);
        }
        text.pop();
        if text.last() == Some(&b'\r') {
            text.pop();
        }
        Ok(Some(Line { text, size }))
    }

    async fn body(&mut self, length: u64) -> io::Result<Option<Result<Vec<u8>, Refusal>>> {
        let mut body = Vec::new();
        (&mut self.input).take(length).read_to_end(&mut body).await?;
        if (body.len() as u64) < length {
            return Ok(None);
        }
        Ok(Some(Ok(body)))
    }

    /// Passes over a refused body: as many bytes as it has, or fewer if another frame's header stands in
    /// them. A header's line cannot stand in JSON, whose strings hold no line breaks.
    async fn skip(&mut self, length: u64) -> io::Result<()> {
        let mut left = length;
        let mut matched = 0;
        let mut digits = String::new();
        while left > 0 {
            let available = self.input.fill_buf().await?;
            let Some(byte) = available.first().copied() else {
                return Ok(());
            };
            self.input.consume(1);
            left -= 1;
            if matched < CONTENT_LENGTH.len() {
                matched = match CONTENT_LENGTH.get(matched) {
                    Some(wanted) if *wanted == byte.to_ascii_lowercase() => matched + 1,
                    _ => usize::from(byte.eq_ignore_ascii_case(&b'c')),
                };
                continue;
            }
            match byte {
                b'0'..=b'9' if digits.len() < 20 => digits.push(char::from(byte)),
                b' ' | b'\t' | b'\r' => {}
                b'\n' if !digits.is_empty() => {
                    self.found = digits.parse().ok();
                    return Ok(());
                }
                _ => {
                    matched = 0;
                    digits.clear();
                }
            }
        }
        Ok(())
    }
}

struct Line {
    text: Vec<u8>,
    /// The number of bytes that were read for it.
    size: usize,
}

/// What a header line says about the body's length; `None` for another header. The header may stand
/// behind the rest of a garbled body.
fn content_length(line: &[u8]) -> Option<Result<u64, Refusal>> {
    let lower = line.to_ascii_lowercase();
    let start = lower.windows(CONTENT_LENGTH.len()).rposition(|window| window == CONTENT_LENGTH)?;
    let value = String::from_utf8_lossy(line.get(start + CONTENT_LENGTH.len()..).unwrap_or_default());
    let value = value.trim();
    Some(value.parse().map_err(|_| format!("a Content-Length that is no number: {value:?}")))
}

#[cfg(test)]
mod tests {
    use tokio::io::BufReader;

    use super::{FrameReader, HEADER_LIMIT};

    /// Every frame of a stream: the body's text, or `None` for a refused one.
    async fn frames(stream: &[u8]) -> Vec<Option<String>> {
        // A tiny buffer, so that every header and body is split over several reads.
        let mut reader = FrameReader::new(BufReader::with_capacity(3, stream));
        let mut frames = Vec::new();
        while let Some(frame) = reader.next().await.unwrap() {
            frames.push(frame.ok().map(|body| String::from_utf8_lossy(&body).into_owned()));
        }
        frames
    }

    fn good(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[tokio::test]
    async fn good_frames_with_either_line_end_and_other_headers() {
        let stream =
            b"Content-Length: 2\r\n\r\n{}content-length:3\nContent-Type: x\n\n[1]\r\nContent-Length: 1\r\n\r\n7";
        assert_eq!(frames(stream).await, [good("{}"), good("[1]"), good("7")]);
    }

    #[tokio::test]
    async fn a_bad_header_costs_one_frame() {
        let stream = b"Hello: world\r\n\r\nContent-Length: x\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}";
        assert_eq!(frames(stream).await, [None, None, good("{}")]);
    }

    #[tokio::test]
    async fn a_length_that_is_too_short_or_too_long_costs_its_frames() {
        let short = b"Content-Length: 3\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}";
        assert_eq!(frames(short).await, [good("{\"a"), good("{}")]);
        let long = b"Content-Length: 9\r\n\r\n{\"a\":1}Content-Length: 2\r\n\r\n{}Content-Length: 2\r\n\r\n[]";
        assert_eq!(frames(long).await.last(), Some(&good("[]")));
    }

    #[tokio::test]
    async fn a_giant_length_is_refused_and_the_next_frame_found() {
        let stream = b"Content-Length: 9999999999\r\n\r\n{\"a\":1}CContent-Length: 2\r\n\r\n{}";
        assert_eq!(frames(stream).await, [None, good("{}")]);
    }

    #[tokio::test]
    async fn long_headers_are_refused() {
        let long = "x".repeat(HEADER_LIMIT);
        let stream = format!("X: {long}\r\nContent-Length: 2\r\n\r\n{{}}Content-Length: 2\r\n\r\n[]");
        assert_eq!(frames(stream.as_bytes()).await, [None, good("[]")]);
    }

    #[tokio::test]
    async fn the_end_of_the_input_in_a_frame_ends_quietly() {
        assert!(frames(b"Content-Length: 20\r\n\r\n{}").await.is_empty());
        assert!(frames(b"Content-Len").await.is_empty());
        assert!(frames(b"").await.is_empty());
    }
}
