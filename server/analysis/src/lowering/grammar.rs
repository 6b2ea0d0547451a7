//! Names of the grammars as numbers. Owns the tables from kinds and fields to their names: asking a tree
//! for them by name walks and checks C strings, which was a third of lowering's time.

use std::cell::Cell;
use std::num::NonZeroU16;
use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tree_sitter::{Language, Node};

/// Nodes that are asked by the grammar's names.
pub(super) trait Named<'t> {
    /// The node's kind.
    fn kind_name(&self) -> &'static str;

    /// The child in a field. Names are literals, so that each is looked up once.
    fn field(&self, name: &'static str) -> Option<Node<'t>>;

    /// The children in a field, in order.
    fn fields(&self, name: &'static str) -> Vec<Node<'t>>;
}

/// How many grammars there are.
const GRAMMARS: usize = 7;

/// The grammars whose trees are lowered. Those of markup only find the scripts in it.
static SOURCES: [fn() -> Language; GRAMMARS] = [
    || tree_sitter_typescript::LANGUAGE_TYPESCRIPT.into(),
    || tree_sitter_typescript::LANGUAGE_TSX.into(),
    || tree_sitter_swift::LANGUAGE.into(),
    || tree_sitter_objc::LANGUAGE.into(),
    || tree_sitter_kotlin_sg::LANGUAGE.into(),
    || tree_sitter_java::LANGUAGE.into(),
    || tree_sitter_dart::LANGUAGE.into(),
];

static NAMES: [OnceLock<Names>; GRAMMARS] = [const { OnceLock::new() }; GRAMMARS];

thread_local! {
    /// The names of the grammar that was asked last: one file asks the same one many times.
    static LAST: Cell<Option<&'static Names>> = const { Cell::new(None) };
}

/// How many fields' numbers are remembered.
const REMEMBERED: usize = 128;

/// A field that was looked up: its name's place, its grammar, its number.
type Remembered = (*const u8, usize, Option<u16>);

thread_local! {
    /// Fields that were looked up, each at a place that its name's address says.
    static FIELDS: [Cell<Remembered>; REMEMBERED] =
        const { [const { Cell::new((std::ptr::null(), 0, None)) }; REMEMBERED] };
}

/// A set of kinds, looked up by number.
pub(super) struct KindSet {
    names: &'static [&'static str],
    numbers: [OnceLock<Vec<bool>>; GRAMMARS],
}

impl KindSet {
    /// A set of the kinds of these names.
    pub(super) const fn new(names: &'static [&'static str]) -> Self {
        Self { names, numbers: [const { OnceLock::new() }; GRAMMARS] }
    }

    /// For each kind of a node's grammar, by its number, whether it is in the set.
    pub(super) fn numbers(&'static self, node: Node<'_>) -> &'static [bool] {
        let Some(names) = Names::of(&node) else { return &[] };
        let Some(numbers) = self.numbers.get(names.index) else { return &[] };
        numbers.get_or_init(|| names.kinds.iter().map(|kind| self.names.contains(&&**kind)).collect())
    }
}

impl<'t> Named<'t> for Node<'t> {
    fn kind_name(&self) -> &'static str {
        let kind = Names::of(self).and_then(|names| names.kinds.get(usize::from(self.kind_id())));
        kind.map_or("ERROR", |kind| kind)
    }

    fn field(&self, name: &'static str) -> Option<Node<'t>> {
        self.child_by_field_id(Names::of(self)?.field_id(name)?)
    }

    fn fields(&self, name: &'static str) -> Vec<Node<'t>> {
        let id = Names::of(self).and_then(|names| names.field_id(name)).and_then(NonZeroU16::new);
        let Some(id) = id else { return Vec::new() };
        self.children_by_field_id(id, &mut self.walk()).collect()
    }
}

/// The names of one grammar.
struct Names {
    index: usize,
    language: Language,
    kinds: Vec<Box<str>>,
    fields: FxHashMap<Box<str>, u16>,
}

impl Names {
    fn new(index: usize, language: Language) -> Self {
        let ids = |count: usize| 0..=u16::try_from(count).unwrap_or(u16::MAX);
        let kinds = ids(language.node_kind_count()).map(|id| language.node_kind_for_id(id).unwrap_or("ERROR").into());
        let fields = ids(language.field_count()).filter_map(|id| Some((language.field_name_for_id(id)?.into(), id)));
        Self { index, kinds: kinds.collect(), fields: fields.collect(), language }
    }

    /// A field's number. A literal stays where it is, so its address tells it from all others.
    fn field_id(&self, name: &'static str) -> Option<u16> {
        let address = name.as_ptr();
        FIELDS.with(|fields| {
            let place = fields.get((address as usize / 4) % REMEMBERED)?;
            let (known, grammar, id) = place.get();
            if std::ptr::eq(known, address) && grammar == self.index + name.len() * GRAMMARS {
                return id;
            }
            let id = self.fields.get(name).copied();
            place.set((address, self.index + name.len() * GRAMMARS, id));
            id
        })
    }

    fn of(node: &Node<'_>) -> Option<&'static Names> {
        let language = node.language();
        if let Some(last) = LAST.get()
            && last.language == *language
        {
            return Some(last);
        }
        let index = SOURCES.iter().position(|source| source() == *language)?;
        let names = NAMES.get(index)?.get_or_init(|| Self::new(index, language.to_owned()));
        LAST.set(Some(names));
        Some(names)
    }
}

#[cfg(test)]
mod tests {
    use super::Named;
    use crate::source::Language;
    use crate::syntax::{grammar, parse};

    #[test]
    fn the_tables_say_what_the_tree_says() {
        let text = "class A { m(x = 1) { return x ? f(x) : `a${x}`; } } ;;; ) oops";
        for language in Language::ALL.into_iter().filter(|language| !language.is_embedding()) {
            let tree = parse(language, text).unwrap().tree;
            let grammar = grammar(language);
            let ids = 1..=grammar.field_count() as u16;
            let names: Vec<&'static str> = ids
                .filter_map(|id| grammar.field_name_for_id(id))
                .map(|name| &*Box::leak(Box::<str>::from(name)))
                .collect();
            let mut work = vec![tree.root_node()];
            while let Some(node) = work.pop() {
                assert_eq!(node.kind_name(), node.kind());
                for name in names.iter().copied() {
                    assert_eq!(node.field(name), node.child_by_field_name(name), "{} {name}", node.kind());
                    let children: Vec<_> = node.children_by_field_name(name, &mut node.walk()).collect();
                    assert_eq!(node.fields(name), children, "{} {name}", node.kind());
                }
                let mut cursor = node.walk();
                work.extend(node.children(&mut cursor));
            }
        }
    }
}
