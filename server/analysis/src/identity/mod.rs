//! Identity over the program's order of execution. Owns the lattice, the flow equations, what a body
//! does, and what a logout flow is; must not know grammars, rules or LSP.

mod deeds;
mod does;
mod flows;
mod links;
mod messages;
mod runs;
mod state;
mod state_set;
mod states;
mod walks;

pub use crate::linking::BodyAt;
pub use deeds::{deeds, deeds_of};
pub use does::Deeds;
pub use flows::{FileFlows, Flow, ToldBy, file_flows, flow_of, roots_above};
pub(crate) use flows::{file_calls, files_with_flows};
pub use links::{FormerLinks, Invocation, LinkedFile, LinkedNode, When, linked};
pub use state::{Identity, PathState, Site, Steps, all_are};
pub use state_set::States;
pub use states::{BodyKey, BodyStates, Part, body_states};
pub use walks::{Chain, NodeAt, Seen, Walk, walk};

use crate::lowering::{BodyId, LoweredFile};
use crate::vocabulary::{ServerScope, Vocabulary};

/// Whether a body runs on a server, where nothing can call Fullstory's client SDK: by its file, by the
/// export or the part of the file that it is or stands in, by a `use server` directive, or by a request and a response that it takes.
pub fn on_server(vocabulary: &Vocabulary, file: &LoweredFile, server: &ServerScope, body: BodyId) -> bool {
    let exports = match server {
        ServerScope::WholeFile => return true,
        ServerScope::Within(span) if span.contains(file.body(body).inner) => return true,
        ServerScope::Exports(exports) => &exports[..],
        ServerScope::Within(_) | ServerScope::None => &[],
    };
    let mut here = Some(body);
    while let Some(id) = here {
        let lowered = file.body(id);
        let exported =
            lowered.parent == Some(BodyId(0)) && lowered.name.as_ref().is_some_and(|name| exports.contains(name));
        if exported || vocabulary.is_server_body(file, lowered) {
            return true;
        }
        here = lowered.parent;
    }
    false
}
