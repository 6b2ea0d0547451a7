//! Imports. Owns which name each binds; must not know what is imported.

use std::sync::Arc;

use tree_sitter::Node;

use crate::lowering::grammar::Named;
use crate::lowering::tree::{child_of_kind, has_child, name, named_children, span, text};
use crate::lowering::{Import, ImportName};

/// The imports of a file, those in front of something unreadable too.
pub(super) fn imports(source: &str, root: Node) -> Vec<Import> {
    let mut imports = Vec::new();
    for child in named_children(root) {
        match child.kind_name() {
            "import_declaration" => imports.extend(import(source, child)),
            "ERROR" => {
                let inside = named_children(child).into_iter().filter(|node| node.kind_name() == "import_declaration");
                imports.extend(inside.filter_map(|node| import(source, node)));
            }
            _ => {}
        }
    }
    imports
}

/// `import com.fullstory.FS;` takes `FS` from `com.fullstory`, a static import a member from its class;
/// `import java.util.*;` binds no name.
fn import(source: &str, node: Node) -> Option<Import> {
    let path = child_of_kind(node, "scoped_identifier").or_else(|| child_of_kind(node, "identifier"))?;
    let whole = span(node);
    let (scope, last) = (path.field("scope"), path.field("name"));
    let (module, last) = match (has_child(node, "asterisk"), scope, last) {
        (false, Some(scope), Some(last)) => (scope, Some(last)),
        _ => (path, None),
    };
    let local = last.map(|last| name(source, last));
    Some(Import {
        module: Arc::from(without_space(text(source, module))),
        name: local.clone().map(ImportName::Named),
        local,
        name_span: last.map_or(whole, span),
        span: whole,
        type_only: false,
    })
}

fn without_space(path: &str) -> String {
    path.split_whitespace().collect()
}
