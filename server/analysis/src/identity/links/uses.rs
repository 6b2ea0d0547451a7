//! When bodies run that are handed over by a name or behind a wrapper (`useFocusEffect(useCallback(…))`,
//! `addEventListener('scroll', onScroll)`), or assigned to a property that is a handler. Must not know links.

use rustc_hash::FxHashMap;

use super::Linker;
use crate::lowering::{Body, BodyId, Name, Step, Value};
use crate::vocabulary::Runs;

/// What a body does with the functions of its file that it names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    hands_over: Vec<(Vec<BodyId>, Runs)>,
    assigns: Vec<(Vec<BodyId>, Runs)>,
}

/// When bodies run by the names of what they are assigned to.
pub(super) type Attributes<'l> = FxHashMap<&'l Name, Runs>;

impl Uses {
    /// Tells the bodies of a file when they run, where nothing else does. What is handed over comes first.
    pub(super) fn tell(all: &[impl AsRef<Self>], runs: &mut [Runs]) {
        let handed_over = all.iter().flat_map(|uses| &uses.as_ref().hands_over);
        let assigned = all.iter().flat_map(|uses| &uses.as_ref().assigns);
        for (bodies, when) in handed_over.chain(assigned) {
            for body in bodies {
                if let Some(own) = runs.get_mut(body.0 as usize)
                    && matches!(own, Runs::Unknown | Runs::Wrapped)
                {
                    *own = *when;
                }
            }
        }
    }
}

impl<'l> Linker<'l> {
    pub(super) fn uses(&self, body: &'l Body, known: &mut Attributes<'l>) -> Uses {
        let mut uses = Uses::default();
        for node in &body.code().nodes {
            match &node.step {
                Step::Call(call) => {
                    for (position, argument) in call.arguments.iter().enumerate() {
                        if !matches!(argument.value, Value::Path(_) | Value::Call { .. }) {
                            continue;
                        }
                        let bodies = self.bodies_in(&argument.value);
                        if bodies.is_empty() {
                            continue;
                        }
                        let when = self.vocabulary.runs_argument(
                            &self.view,
                            &call.callee,
                            &call.written,
                            &call.arguments,
                            position as u32,
                            None,
                        );
                        if matches!(
                            when,
                            Runs::OnMount | Runs::Repeatedly | Runs::OnError | Runs::OnAuthChange | Runs::OnEvent
                        ) {
                            uses.hands_over.push((bodies, when));
                        }
                    }
                }
                Step::Assign(assign) => {
                    let Some(last) = assign.written.last() else { continue };
                    let attribute = || self.vocabulary.runs_attribute(&self.view, "", last);
                    match *known.entry(last).or_insert_with(attribute) {
                        Runs::Unknown => {}
                        when => uses.assigns.push((self.bodies_in(&assign.value), when)),
                    }
                }
                _ => {}
            }
        }
        uses
    }
}
