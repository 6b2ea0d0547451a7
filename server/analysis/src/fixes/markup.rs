//! What markup lets an edit do: where a script can import, what a handler's code may name, and which quotes
//! do not end its attribute. Owns those answers; must not know what is written.

use tree_sitter::Node;

use super::Edit;
use super::file::{FileText, named_children};
use crate::lowering::{Body, Step};
use crate::rules::{Remedy, RemedyAction};
use crate::source::{Handler, HandlerForm, Regions, Script, ScriptKind, Span};

impl<'a> FileText<'a> {
    /// Whether the file's code stands in markup.
    pub(super) fn is_markup(&self) -> bool {
        *self.regions != Regions::default()
    }

    /// The handler whose attribute holds a byte offset.
    pub(super) fn handler(&self, offset: usize) -> Option<&'a Handler> {
        self.regions.handler_at(u32::try_from(offset).ok()?)
    }

    /// The script that holds a byte offset.
    pub(super) fn script(&self, offset: usize) -> Option<&'a Script> {
        self.regions.script_at(u32::try_from(offset).ok()?)
    }

    /// Whether a statement of the top level is the markup's own: a handler, or what separates two of them.
    pub(super) fn is_of_markup(&self, statement: Node<'_>) -> bool {
        self.is_markup() && (statement.kind() == "empty_statement" || !self.is_in_script(statement))
    }

    /// Whether a block was made of a handler's code.
    pub(super) fn is_handlers_block(&self, block: Node<'_>) -> bool {
        let handler = self.handler(block.start_byte());
        handler.is_some_and(|handler| {
            handler.form != HandlerForm::Function && block.start_byte() + 1 == handler.code.start as usize
        })
    }

    fn is_in_script(&self, node: Node<'_>) -> bool {
        let start = node.start_byte() as u32;
        self.regions.scripts.iter().any(|script| script.code.start <= start && start < script.code.end)
    }

    /// The script in which an import for a use at a byte offset is written; `None` where there is none.
    pub(super) fn import_home(&self, offset: usize) -> Option<&'a Script> {
        match self.handler(offset) {
            Some(_) => {
                let is_shown = |kind: &ScriptKind| matches!(kind, ScriptKind::Instance);
                self.regions.scripts.iter().find(|script| is_shown(&script.kind))
            }
            None => self.script(offset).filter(|script| script.may_import()),
        }
    }

    /// Whether what is imported at one byte offset can be named at another.
    pub(super) fn sees(&self, import: usize, offset: usize) -> bool {
        let Some(script) = self.script(import) else { return true };
        !script.is_apart() || script.code.touches(u32::try_from(offset).unwrap_or_default())
    }

    /// Whether an expression that starts with this name can be written at a byte offset: a handler of a
    /// sheltered component sees only what its setup declares.
    pub(super) fn may_name(&self, root: &str, offset: usize) -> bool {
        if !self.handler(offset).is_some_and(|handler| handler.is_sheltered) {
            return true;
        }
        let has_setup = self.regions.scripts.iter().any(|script| script.kind == ScriptKind::Instance);
        let is_declared = self.lowered.imports.iter().any(|import| import.local.as_deref() == Some(root))
            || self.lowered.bindings.iter().any(|binding| &*binding.name == root && binding.body.0 == 0);
        has_setup && is_declared
    }

    /// The statements of a script.
    pub(super) fn statements_of(&self, script: &Script) -> Vec<Node<'a>> {
        let inside = |node: &Node<'_>| script.code.contains(Span::from(node.byte_range()));
        let top = named_children(self.tree.root_node());
        let start = script.code.start as usize;
        let block = top.iter().find(|node| script.is_apart() && node.start_byte() + 1 == start);
        let statements = block.map_or(top.clone(), |block| named_children(*block));
        statements.into_iter().filter(|node| inside(node) && node.kind() != "empty_statement").collect()
    }

    /// The last statement of the script in which a top level does its last step.
    pub(super) fn last_statement(&self, body: &Body) -> Option<Node<'a>> {
        let is_call = |step: &Step| matches!(step, Step::Call(_) | Step::Assign(_));
        let last = body.code().nodes.iter().filter(|node| is_call(&node.step)).map(|node| node.span.start).max()?;
        self.statements_of(self.script(last as usize)?).pop()
    }

    /// The quote of strings in the code that a remedy changes, where an attribute has the say.
    pub(super) fn quote_within(&self, remedy: &Remedy) -> Option<char> {
        let places = remedy.actions.iter().filter_map(|action| self.place_of(action));
        let quote = places.filter_map(|place| self.handler(place)?.quote).next()?;
        Some(if quote == '"' { '\'' } else { '"' })
    }

    fn place_of(&self, action: &RemedyAction) -> Option<usize> {
        let body = match action {
            RemedyAction::AnonymizeAtEnd { body } => return Some(self.lowered.body(*body).inner.start as usize),
            RemedyAction::AnonymizeBefore { body, node }
            | RemedyAction::EventBefore { body, node, .. }
            | RemedyAction::CallBefore { body, node, .. }
            | RemedyAction::MoveBefore { body, node, .. }
            | RemedyAction::MoveBehind { body, node, .. }
            | RemedyAction::ReplaceWithAnonymize { body, node }
            | RemedyAction::ReplaceWithPlatformForm { body, node }
            | RemedyAction::BranchOnUser { body, node }
            | RemedyAction::AwaitWithTimeout { body, node }
            | RemedyAction::Remove { body, node } => self.lowered.body(*body).code().nodes.get(node.0 as usize)?,
            RemedyAction::Replace { .. } | RemedyAction::RemoveComment { .. } => return None,
        };
        Some(body.span.start as usize)
    }

    /// Whether edits change code alone, and leave every attribute whole.
    pub(super) fn keep_markup(&self, edits: &[Edit]) -> bool {
        !self.is_markup() || edits.iter().all(|edit| self.keeps_markup(edit))
    }

    fn keeps_markup(&self, edit: &Edit) -> bool {
        let holds = |span: &Span| span.contains(edit.span);
        if let Some(handler) = self.regions.handlers.iter().find(|handler| holds(&handler.code)) {
            let ends_value = |quote: char| edit.text.contains(|it| it == quote || quote == ' ' && it == '>');
            return handler.form != HandlerForm::Reference && !handler.quote.is_some_and(ends_value);
        }
        self.regions.scripts.iter().any(|script| holds(&script.code))
            || self.regions.comments.iter().any(|comment| comment.intersects(edit.span))
    }
}
