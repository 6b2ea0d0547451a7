//! Byte spans. Owns the one unit that the engine counts in; must not know lines or encodings.

/// A half-open range of byte offsets in one file's text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The first byte.
    pub start: u32,
    /// The byte behind the last one.
    pub end: u32,
}

impl Span {
    /// A span from two byte offsets; `start <= end`.
    pub const fn new(start: u32, end: u32) -> Self {
        Self { start, end }
    }

    /// The empty span at a byte offset.
    pub const fn at(offset: u32) -> Self {
        Self { start: offset, end: offset }
    }

    /// The number of bytes.
    pub const fn len(self) -> u32 {
        self.end - self.start
    }

    /// Whether the span holds no byte.
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether a byte offset lies inside, the end included (an editor's caret stands between bytes).
    pub const fn touches(self, offset: u32) -> bool {
        self.start <= offset && offset <= self.end
    }

    /// Whether another span lies wholly inside.
    pub const fn contains(self, other: Span) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether two spans share a byte, or one is empty and lies inside the other.
    pub const fn intersects(self, other: Span) -> bool {
        self.start <= other.end && other.start <= self.end
    }

    /// The span as counted from the first byte of one that contains it.
    pub(crate) const fn inside(self, around: Span) -> Self {
        Self { start: self.start - around.start, end: self.end - around.start }
    }

    /// The text of the span; empty where the span does not fit the text.
    pub fn text(self, source: &str) -> &str {
        source.get(self.start as usize..self.end as usize).unwrap_or_default()
    }
}

impl From<std::ops::Range<usize>> for Span {
    /// A file has at most four gigabytes: larger ones are refused before they come here.
    fn from(range: std::ops::Range<usize>) -> Self {
        Self { start: range.start as u32, end: range.end as u32 }
    }
}
