//! `break`, `continue` and `return` through whatever stands around them. Owns the stack of loops, labels
//! and `finally` blocks; must not know expressions.

use super::lowerer::Lowerer;
use crate::lowering::Body;
use crate::lowering::builder::Frontier;

/// Something that a jump leaves or aims at.
#[derive(Debug)]
pub(super) enum Frame {
    /// A loop, a `switch` or a labelled statement.
    Target(Target),
    /// A `try` with a `finally`: jumps out of it, with the nodes that they start from.
    Finally(Vec<(Jump, Frontier)>),
}

/// Where a `break` or `continue` may aim.
#[derive(Debug, Default)]
pub(super) struct Target {
    pub(super) labels: Vec<String>,
    /// Whether a `break` without a label stops here.
    pub(super) takes_break: bool,
    pub(super) takes_continue: bool,
    pub(super) breaks: Frontier,
    pub(super) continues: Frontier,
}

/// A jump, its target by the frame's place on the stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Jump {
    Return,
    Break(usize),
    Continue(usize),
}

impl Lowerer<'_> {
    /// The frame that a `break` leaves.
    pub(super) fn break_target(&self, label: Option<&str>) -> Option<usize> {
        self.frame(|target| match label {
            Some(label) => target.labels.iter().any(|own| own == label),
            None => target.takes_break,
        })
    }

    /// The loop that a `continue` goes on with.
    pub(super) fn continue_target(&self, label: Option<&str>) -> Option<usize> {
        self.frame(|target| {
            target.takes_continue && label.is_none_or(|label| target.labels.iter().any(|own| own == label))
        })
    }

    fn frame(&self, fits: impl Fn(&Target) -> bool) -> Option<usize> {
        self.flow.frames.iter().rposition(|frame| match frame {
            Frame::Target(target) => fits(target),
            Frame::Finally(_) => false,
        })
    }

    /// Sends control to a jump's target, or to the `finally` in between.
    pub(super) fn jump(&mut self, jump: Jump) {
        let from = self.flow.graph.take();
        let floor = match jump {
            Jump::Return => 0,
            Jump::Break(frame) | Jump::Continue(frame) => frame,
        };
        for frame in self.flow.frames.iter_mut().skip(floor).rev() {
            let Frame::Finally(pending) = frame else { continue };
            match pending.iter_mut().find(|(known, _)| *known == jump) {
                Some((_, nodes)) => nodes.extend(from),
                None => pending.push((jump, from)),
            }
            return;
        }
        match (jump, self.flow.frames.get_mut(floor)) {
            (Jump::Break(_), Some(Frame::Target(target))) => target.breaks.extend(from),
            (Jump::Continue(_), Some(Frame::Target(target))) => target.continues.extend(from),
            _ => {
                self.flow.graph.resume(from);
                self.flow.graph.link_to(Body::EXIT);
            }
        }
    }

    /// Opens a frame that jumps may aim at, with the labels that stand before it.
    pub(super) fn open_target(&mut self, takes_break: bool, takes_continue: bool) {
        let labels = std::mem::take(&mut self.flow.labels).into_iter().map(str::to_owned).collect();
        let target = Target { labels, takes_break, takes_continue, ..Target::default() };
        self.flow.frames.push(Frame::Target(target));
    }

    /// Closes the innermost frame.
    pub(super) fn close_target(&mut self) -> Target {
        match self.flow.frames.pop() {
            Some(Frame::Target(target)) => target,
            _ => Target::default(),
        }
    }

    /// The nodes that go on with the innermost loop.
    pub(super) fn take_continues(&mut self) -> Frontier {
        match self.flow.frames.last_mut() {
            Some(Frame::Target(target)) => std::mem::take(&mut target.continues),
            _ => Frontier::new(),
        }
    }
}
