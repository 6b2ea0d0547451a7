//! Output: findings in each format and as a diff, and the logout map. Every format of `check` is printed from the one
//! document of the JSON contract, so that a report that is read back is printed as it would have been at first.

pub(crate) mod agent;
pub(crate) mod audit;
mod compact;
#[cfg(test)]
pub(crate) mod contract;
pub(crate) mod convert;
pub(crate) mod diff;
pub(crate) mod document;
mod excerpt;
mod github;
mod gitlab;
mod json;
mod junit;
#[cfg(test)]
pub(crate) mod samples;
mod sarif;
pub(crate) mod text;

use std::io::{self, Write};

use crate::arguments::Format;

pub(crate) use convert::findings;
pub(crate) use document::{Document, Totals};

/// Prints a document in a format; `style` is for text alone.
///
/// # Errors
/// The output cannot be written.
pub(crate) fn print(
    output: &mut impl Write,
    format: Format,
    document: &Document,
    style: &text::Style,
) -> io::Result<()> {
    match format {
        Format::Text => text::print(output, document, style),
        Format::Compact => compact::print(output, document),
        Format::Json => json::print(output, document),
        Format::Jsonl => json::print_lines(output, document),
        Format::Sarif => sarif::print(output, document),
        Format::Github => github::print(output, document),
        Format::Gitlab => gitlab::print(output, document),
        Format::Junit => junit::print(output, document),
        Format::Agent => agent::print(output, document),
    }
}
