//! Lines. Owns the table from byte offsets to lines as LSP breaks them (`\n`, `\r\n`, `\r`); must not
//! know UTF-16.

/// A place for people: both numbers from 1, the column in Unicode scalar values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in Unicode scalar values.
    pub column: u32,
}

/// Where each line of a text starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineIndex {
    starts: Vec<u32>,
}

impl LineIndex {
    /// Reads a text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (index, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(index + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(index as u32 + 1);
            }
        }
        Self { starts }
    }

    /// The line of a byte offset, from 0.
    pub fn line(&self, offset: u32) -> usize {
        self.starts.partition_point(|start| *start <= offset).saturating_sub(1)
    }

    /// The byte offset at which a line (from 0) starts, or `None` behind the last line.
    pub fn start(&self, line: usize) -> Option<u32> {
        self.starts.get(line).copied()
    }

    /// How many lines there are; an empty text has one.
    pub fn count(&self) -> usize {
        self.starts.len()
    }

    /// Line and column of a byte offset in `text`, which must be the text that the index was made from.
    pub fn line_column(&self, text: &str, offset: u32) -> LineColumn {
        let line = self.line(offset);
        let start = self.starts[line] as usize;
        let end = (offset as usize).min(text.len());
        let column = text.get(start..end).map_or(0, |before| before.chars().count());
        LineColumn { line: line as u32 + 1, column: column as u32 + 1 }
    }
}

#[cfg(test)]
mod tests {
    use super::{LineColumn, LineIndex};

    #[test]
    fn every_line_break_of_lsp_counts_and_no_other() {
        let text = "a\nb\r\nc\rd\u{2028}e";
        assert_eq!(LineIndex::new(text).count(), 4);
    }

    #[test]
    fn columns_count_scalar_values() {
        let text = "x\n\u{1F600}é = 1";
        let index = LineIndex::new(text);
        let offset = text.find('=').unwrap() as u32;
        assert_eq!(index.line_column(text, offset), LineColumn { line: 2, column: 4 });
    }
}
