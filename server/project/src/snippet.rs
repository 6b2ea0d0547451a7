//! Fullstory's embedded snippet. Owns how a page or a script that embeds it is recognised; the signs are
//! in `manifest/packages.toml`.

use farewell_analysis::vocabulary::Generation;

use crate::manifest::tables;

/// What a text says of an embedded snippet: its generation, or `None` where it embeds none.
///
/// Source of the signs: the snippets 1.3.0, 2.0.0 and 2.1.0 in the npm package `@fullstory/snippet`, and the
/// older one that pages of 2017 to 2019 still embed.
pub(crate) fn embedded(bytes: &[u8]) -> Option<Generation> {
    let tables = tables();
    if !tables.snippet_search.is_match(bytes) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let is_old = tables.snippet_v1.iter().any(|sign| text.contains(sign.as_str()));
    let is_new = tables.snippet_v2.iter().any(|sign| text.contains(sign.as_str()));
    Some(if is_old && !is_new { Generation::V1 } else { Generation::V2 })
}

#[cfg(test)]
mod tests {
    use farewell_analysis::vocabulary::Generation;

    use super::embedded;

    #[test]
    fn generations_are_told_apart() {
        let old = b"<script>window['_fs_org'] = 'X'; g._v=\"1.3.0\";</script>";
        let older = b"<script>window['_fs_org'] = 'X'; o.src='https://'+_fs_host+'/s/fs.js';</script>";
        let new = b"<script>window['_fs_host']='fullstory.com'; window['_fs_org']='X'; e._v=\"2.0.0\";</script>";
        assert_eq!(embedded(old), Some(Generation::V1));
        assert_eq!(embedded(older), Some(Generation::V1));
        assert_eq!(embedded(new), Some(Generation::V2));
        assert_eq!(embedded(b"<script src='https://edge.fullstory.com/s/fs.js'></script>"), Some(Generation::V2));
        assert_eq!(embedded(b"<html>See https://www.fullstory.com</html>"), None);
    }
}
