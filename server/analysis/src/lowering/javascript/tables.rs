//! Names of the grammar as numbers. Owns the tables from kinds and fields to their names: asking the tree
//! for them by name walks and checks C strings, which was a third of lowering's time.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap;
use tree_sitter::{Language, Node};

/// Nodes that are asked by the grammar's names.
pub(super) trait Named<'t> {
    /// The node's kind.
    fn kind_name(&self) -> &'static str;

    /// The child in a field.
    fn field(&self, name: &str) -> Option<Node<'t>>;

    /// Whether the node's kind is one of a set.
    fn is_in(&self, set: &KindSet) -> bool;
}

/// A set of kinds, looked up by number.
pub(super) struct KindSet {
    names: &'static [&'static str],
    typescript: OnceLock<Vec<bool>>,
    tsx: OnceLock<Vec<bool>>,
}

impl KindSet {
    /// A set of the kinds of these names.
    pub(super) const fn new(names: &'static [&'static str]) -> Self {
        Self { names, typescript: OnceLock::new(), tsx: OnceLock::new() }
    }
}

impl<'t> Named<'t> for Node<'t> {
    fn kind_name(&self) -> &'static str {
        Names::of(self).kinds.get(usize::from(self.kind_id())).map_or("ERROR", |kind| kind)
    }

    fn field(&self, name: &str) -> Option<Node<'t>> {
        self.child_by_field_id(*Names::of(self).fields.get(name)?)
    }

    fn is_in(&self, set: &KindSet) -> bool {
        let names = Names::of(self);
        let numbers = if std::ptr::eq(names, &*TYPESCRIPT) { &set.typescript } else { &set.tsx };
        let numbers = numbers.get_or_init(|| names.kinds.iter().map(|kind| set.names.contains(&&**kind)).collect());
        numbers.get(usize::from(self.kind_id())).copied().unwrap_or(false)
    }
}

/// The names of one grammar.
struct Names {
    language: Language,
    kinds: Vec<Box<str>>,
    fields: FxHashMap<Box<str>, u16>,
}

static TYPESCRIPT: LazyLock<Names> = LazyLock::new(|| Names::new(tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into()));
static TSX: LazyLock<Names> = LazyLock::new(|| Names::new(tree_sitter_typescript::LANGUAGE_TSX.into()));

impl Names {
    fn new(language: Language) -> Self {
        let ids = |count: usize| 0..=u16::try_from(count).unwrap_or(u16::MAX);
        let kinds = ids(language.node_kind_count()).map(|id| language.node_kind_for_id(id).unwrap_or("ERROR").into());
        let fields = ids(language.field_count()).filter_map(|id| Some((language.field_name_for_id(id)?.into(), id)));
        Self { kinds: kinds.collect(), fields: fields.collect(), language }
    }

    fn of(node: &Node<'_>) -> &'static Names {
        if *node.language() == TYPESCRIPT.language { &TYPESCRIPT } else { &TSX }
    }
}

#[cfg(test)]
mod tests {
    use super::{Named, TSX, TYPESCRIPT};
    use crate::source::Language;
    use crate::syntax::parse;

    #[test]
    fn the_tables_say_what_the_tree_says() {
        for language in [Language::TypeScript, Language::Tsx] {
            let text = "class A { m(x = 1) { return x ? f(x) : `a${x}`; } } ;;; ) oops";
            let tree = parse(language, text, None, &|| false).unwrap();
            let mut work = vec![tree.root_node()];
            while let Some(node) = work.pop() {
                assert_eq!(node.kind_name(), node.kind());
                for name in TYPESCRIPT.fields.keys().chain(TSX.fields.keys()).map(|name| &**name) {
                    assert_eq!(node.field(name), node.child_by_field_name(name), "{} {name}", node.kind());
                }
                let mut cursor = node.walk();
                work.extend(node.children(&mut cursor));
            }
        }
    }
}
