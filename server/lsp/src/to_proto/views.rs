//! What an editor shows beside diagnostics, in LSP's types.

use std::collections::HashMap;
use std::sync::Arc;

use farewell_analysis::source::Span;
use farewell_analysis::views::{FlowStep, FlowSymbol, FlowView, IdentityChange, Place};
use ropey::Rope;
use tower_lsp_server::ls_types::{
    self as lsp, CodeLens, Command, DocumentHighlight, DocumentHighlightKind, DocumentSymbol, DocumentSymbolResponse,
    InlayHint, InlayHintLabel, InlayHintTooltip, Location, SymbolInformation, SymbolKind,
};

use super::range;
use crate::document::Document;
use crate::encoding::Encoding;
use crate::state::{Located, Snapshot};

/// The texts of files, each made ready once: many places of an answer lie in few files.
pub(crate) struct Texts<'a> {
    snapshot: &'a Snapshot,
    files: HashMap<Arc<str>, Option<Located<'a>>>,
}

impl<'a> Texts<'a> {
    /// None yet.
    pub(crate) fn new(snapshot: &'a Snapshot) -> Self {
        Self { snapshot, files: HashMap::new() }
    }

    /// A place in a file; `None` where the file is not known any more.
    pub(crate) fn location(&mut self, place: &Place) -> Option<Location> {
        let snapshot = self.snapshot;
        let located = self.files.entry(Arc::clone(&place.path)).or_insert_with(|| snapshot.locate(&place.path));
        let located = located.as_ref()?;
        Some(Location::new(located.uri.clone(), range(place.span, &located.text, snapshot.session.encoding)))
    }
}

/// The lens over a flow of an open document, which runs the client's command of the given name, if any; `None`
/// where there is nothing to say of the flow.
pub(crate) fn code_lens(
    texts: &mut Texts<'_>,
    document: &Document,
    flow: &FlowView,
    command: &str,
) -> Option<CodeLens> {
    let title = flow.verdict.clone()?;
    let range = range(flow.name, &document.text, texts.snapshot.session.encoding);
    let command = command.to_owned();
    let arguments = (!command.is_empty()).then(|| {
        let places: Vec<Location> = flow.places.iter().filter_map(|place| texts.location(place)).collect();
        vec![serde_json::json!(document.uri), serde_json::json!(range.start), serde_json::json!(places)]
    });
    Some(CodeLens { range, command: Some(Command { title, command, arguments }), data: None })
}

/// The symbols of a document's flows, inside of each other where the client shows that.
pub(crate) fn document_symbols(snapshot: &Snapshot, document: &Document, flows: &[FlowView]) -> DocumentSymbolResponse {
    let range = |span: Span| range(span, &document.text, snapshot.session.encoding);
    if !snapshot.session.client.nested_symbols {
        let flat = |flow: &FlowView| {
            let location = Location::new(document.uri.clone(), range(flow.name));
            information(flow.title.clone(), flow.is_member, location, flow.kind.heading())
        };
        return DocumentSymbolResponse::Flat(flows.iter().map(flat).collect());
    }
    let nested = |flow: &FlowView| {
        // The field is deprecated, and has to be named all the same.
        #[allow(deprecated)]
        DocumentSymbol {
            name: flow.title.clone(),
            detail: Some(detail(flow)),
            kind: symbol_kind(flow.is_member),
            tags: None,
            deprecated: None,
            range: range(flow.span),
            selection_range: range(flow.name),
            children: None,
        }
    };
    let mut symbols: Vec<Option<DocumentSymbol>> = flows.iter().map(|flow| Some(nested(flow))).collect();
    // A flow stands behind the one that it is written in: from the end, each is whole when it is put away.
    for (index, flow) in flows.iter().enumerate().rev() {
        let Some(outer) = flow.outer.filter(|outer| *outer < index) else { continue };
        let inner = symbols.get_mut(index).and_then(Option::take);
        if let (Some(inner), Some(Some(outer))) = (inner, symbols.get_mut(outer)) {
            outer.children.get_or_insert_default().insert(0, inner);
        }
    }
    DocumentSymbolResponse::Nested(symbols.into_iter().flatten().collect())
}

/// The symbol of a flow of the workspace; `None` where its file is not known any more.
pub(crate) fn flow_symbol(texts: &mut Texts<'_>, flow: FlowSymbol) -> Option<SymbolInformation> {
    let location = texts.location(&Place { path: flow.path, span: flow.name })?;
    Some(information(flow.title, flow.is_member, location, flow.kind.heading()))
}

/// A step of a flow: what changes the identity is written, where the flow is left is read.
pub(crate) fn highlight((span, step): (Span, FlowStep), text: &Rope, encoding: Encoding) -> DocumentHighlight {
    let kind = match step {
        FlowStep::Release | FlowStep::Identify => DocumentHighlightKind::WRITE,
        FlowStep::WayOut => DocumentHighlightKind::READ,
        FlowStep::Event => DocumentHighlightKind::TEXT,
    };
    DocumentHighlight { range: range(span, text, encoding), kind: Some(kind) }
}

/// What a step that ends at a byte offset does to the identity.
pub(crate) fn inlay_hint((end, change): (u32, IdentityChange), text: &Rope, encoding: Encoding) -> InlayHint {
    let (label, tooltip) = match change {
        IdentityChange::Released => ("identity: released", "From here on Fullstory records an anonymous user."),
        IdentityChange::Set => ("identity: set", "From here on Fullstory records the user who is named here."),
    };
    InlayHint {
        position: range(Span::at(end), text, encoding).start,
        label: InlayHintLabel::String(label.to_owned()),
        kind: None,
        text_edits: None,
        tooltip: Some(InlayHintTooltip::String(tooltip.to_owned())),
        padding_left: Some(true),
        padding_right: None,
        data: None,
    }
}

fn detail(flow: &FlowView) -> String {
    match &flow.verdict {
        Some(verdict) => format!("{} · {verdict}", flow.kind.heading()),
        None => flow.kind.heading().to_owned(),
    }
}

fn information(name: String, is_member: bool, location: lsp::Location, container: &str) -> SymbolInformation {
    // The field is deprecated, and has to be named all the same.
    #[allow(deprecated)]
    SymbolInformation {
        name,
        kind: symbol_kind(is_member),
        tags: None,
        deprecated: None,
        location,
        container_name: Some(container.to_owned()),
    }
}

fn symbol_kind(is_member: bool) -> SymbolKind {
    if is_member { SymbolKind::METHOD } else { SymbolKind::FUNCTION }
}
