//! Reading the files of a workspace for the first time. Owns which of them are worth a parse for what occurs in them; must
//! not know what the engine makes of them.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use farewell_analysis::source::FileRole;
use farewell_analysis::vocabulary::Generation;

use crate::error::SkipReason;
use crate::prefilter::{Prefilter, SUPPRESSION};
use crate::read::{into_text, is_minified, read_bytes};
use crate::snippet;
use crate::walk::{is_declaration, is_page};
use crate::workspace::{Purpose, Workspace};

/// How many bytes of files that are not worth a parse are kept until it is known what flows lead into them: to open a
/// small file takes longer than to search it.
pub(crate) const MOST_UNREAD: usize = 16 * 1024 * 1024;

static SUPPRESSIONS: LazyLock<Prefilter> = LazyLock::new(|| Prefilter::new([SUPPRESSION]));

/// One file's reading.
pub(crate) struct Read<'workspace> {
    pub(crate) path: &'workspace Path,
    pub(crate) wanted: Purpose,
    pub(crate) bytes: u64,
    pub(crate) snippet: Option<Generation>,
    pub(crate) text: Result<Option<String>, SkipReason>,
    /// Its bytes, where it is not worth a parse by itself and flows may lead into it.
    pub(crate) unread: Option<Vec<u8>>,
}

impl Workspace {
    /// Reads a file. `room` is how many bytes may be kept of files that are not worth a parse.
    pub(crate) fn read<'workspace>(
        &self,
        path: &'workspace Path,
        wanted: Purpose,
        filter: &Prefilter,
        room: &AtomicUsize,
    ) -> Read<'workspace> {
        let mut read = Read { path, wanted, bytes: 0, snippet: None, text: Ok(None), unread: None };
        let bytes = match read_bytes(path, self.options.max_size) {
            Ok(bytes) => bytes,
            Err(reason) => {
                if let SkipReason::TooLarge { size, .. } = reason {
                    read.bytes = size;
                }
                read.text = if is_page(path) || wanted == Purpose::ForContext { Ok(None) } else { Err(reason) };
                return read;
            }
        };
        read.bytes = bytes.len() as u64;
        read.snippet = snippet::embedded(&bytes);
        if is_minified(path, &bytes) {
            // Of all those in which nothing would be found there is nothing to tell.
            if wanted != Purpose::ForContext && filter.is_match(&bytes) {
                read.text = Err(SkipReason::Minified);
            }
            return read;
        }
        let is_worth_it =
            is_code(path) && filter.is_match(&bytes) && (wanted == Purpose::ByName || self.is_judged(path, &bytes));
        // A file that is skipped is told of even where the search finds nothing in it.
        let is_odd = wanted != Purpose::ForContext && !is_page(path) && std::str::from_utf8(&bytes).is_err();
        if is_worth_it || is_odd || bytes.contains(&0) {
            read.text = into_text(bytes).map(|text| is_worth_it.then_some(text));
        } else if is_code(path) {
            let takes = |room: usize| room.checked_sub(bytes.len());
            let is_kept = room.fetch_update(Ordering::Relaxed, Ordering::Relaxed, takes).is_ok();
            read.unread = is_kept.then_some(bytes);
        }
        if is_page(path) || (wanted == Purpose::ForContext && read.text.is_err()) {
            read.text = Ok(None);
        }
        read
    }

    /// Whether a file is loaded for what occurs in its bytes.
    pub(crate) fn is_worth_it(&self, path: &Path, bytes: &[u8]) -> bool {
        is_code(path) && self.prefilter().is_match(bytes) && !is_minified(path, bytes) && self.is_judged(path, bytes)
    }

    /// No rule looks at a test, save for what it suppresses.
    fn is_judged(&self, path: &Path, bytes: &[u8]) -> bool {
        self.role(path, "") != FileRole::Test || SUPPRESSIONS.is_match(bytes)
    }
}

fn is_code(path: &Path) -> bool {
    !is_page(path) && !is_declaration(path)
}
