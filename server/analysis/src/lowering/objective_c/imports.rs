//! Imports: `#import`, `#include` and `@import`. They bind no name. Must not know what any module offers.

use std::sync::Arc;

use tree_sitter::Node;

use super::Reader;
use super::items::is_conditional;
use super::tree::{named_children, span};
use crate::lowering::grammar::Named;
use crate::lowering::{Import, Name};
use crate::source::Span;

/// How deep imports are looked for in `#if` inside `#if`.
const DEPTH_LIMIT: u32 = 8;

impl Reader<'_> {
    /// The file's imports, in order, those of every branch of an `#if` too.
    pub(super) fn imports(&self, root: Node) -> Vec<Import> {
        let mut imports = Vec::new();
        self.imports_in(root, 0, &mut imports);
        imports
    }

    fn imports_in(&self, node: Node, depth: u32, imports: &mut Vec<Import>) {
        for child in named_children(node) {
            match child.kind_name() {
                "preproc_include" => imports.extend(self.included(child)),
                "module_import" => imports.push(import(self.module_path(child), span(child))),
                "ERROR" if depth < DEPTH_LIMIT => self.imports_in(child, depth + 1, imports),
                kind if is_conditional(kind) && depth < DEPTH_LIMIT => self.imports_in(child, depth + 1, imports),
                _ => {}
            }
        }
    }

    /// `#import <FullStory/FullStory.h>`: the module as written between the brackets or quotes. The
    /// directive's bytes end with its path: the grammar counts the line break in.
    fn included(&self, node: Node) -> Option<Import> {
        let path = node.field("path")?;
        let written = self.text(path).trim_start_matches(['<', '"']).trim_end_matches(['>', '"']);
        Some(import(Arc::from(written), Span::new(span(node).start, span(path).end)))
    }

    /// `@import FullStory.Sub;`: the parts with their dots.
    fn module_path(&self, node: Node) -> Name {
        node.fields("path").into_iter().map(|part| self.text(part)).collect::<String>().into()
    }
}

fn import(module: Name, span: Span) -> Import {
    Import { module, name: None, local: None, name_span: span, span, type_only: false }
}
