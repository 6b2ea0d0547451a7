//! `break`, `continue` and `return` through whatever stands around them, and the copies of `finally` blocks.
//! Owns the stack of loops, labels and `finally` blocks; must not know any grammar.

use super::builder::{Frontier, GraphBuilder};
use super::{Body, Step};
use crate::source::Span;
use smallvec::smallvec;

/// How deep `finally` blocks inside `finally` blocks are copied; further in, all ways share one copy.
const COPY_DEPTH: u32 = 3;

/// Something that a jump leaves or aims at.
#[derive(Debug)]
enum Frame {
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

/// What stands around the place that is lowered, the outermost first.
#[derive(Debug, Default)]
pub(super) struct Frames {
    stack: Vec<Frame>,
    /// How many `finally` blocks are being copied inside one another.
    copies: u32,
}

impl Frames {
    /// The frame that a `break` leaves.
    pub(super) fn break_target(&self, label: Option<&str>) -> Option<usize> {
        self.find(|target| match label {
            Some(label) => target.labels.iter().any(|own| own == label),
            None => target.takes_break,
        })
    }

    /// The loop that a `continue` goes on with.
    pub(super) fn continue_target(&self, label: Option<&str>) -> Option<usize> {
        self.find(|target| {
            target.takes_continue && label.is_none_or(|label| target.labels.iter().any(|own| own == label))
        })
    }

    fn find(&self, fits: impl Fn(&Target) -> bool) -> Option<usize> {
        self.stack.iter().rposition(|frame| match frame {
            Frame::Target(target) => fits(target),
            Frame::Finally(_) => false,
        })
    }

    /// Opens a frame that jumps may aim at.
    pub(super) fn open(&mut self, labels: Vec<String>, takes_break: bool, takes_continue: bool) {
        self.stack.push(Frame::Target(Target { labels, takes_break, takes_continue, ..Target::default() }));
    }

    /// Closes the innermost frame.
    pub(super) fn close(&mut self) -> Target {
        match self.stack.pop() {
            Some(Frame::Target(target)) => target,
            _ => Target::default(),
        }
    }

    /// The nodes that go on with the innermost loop.
    pub(super) fn take_continues(&mut self) -> Frontier {
        match self.stack.last_mut() {
            Some(Frame::Target(target)) => std::mem::take(&mut target.continues),
            _ => Frontier::new(),
        }
    }

    fn close_finally(&mut self) -> Vec<(Jump, Frontier)> {
        match self.stack.pop() {
            Some(Frame::Finally(jumps)) => jumps,
            _ => Vec::new(),
        }
    }

    /// Sends control to a jump's target, or to the `finally` in between.
    fn jump(&mut self, graph: &mut GraphBuilder, jump: Jump) {
        let from = graph.take();
        let floor = match jump {
            Jump::Return => 0,
            Jump::Break(frame) | Jump::Continue(frame) => frame,
        };
        for frame in self.stack.iter_mut().skip(floor).rev() {
            let Frame::Finally(pending) = frame else { continue };
            match pending.iter_mut().find(|(known, _)| *known == jump) {
                Some((_, nodes)) => nodes.extend(from),
                None => pending.push((jump, from)),
            }
            return;
        }
        match (jump, self.stack.get_mut(floor)) {
            (Jump::Break(_), Some(Frame::Target(target))) => target.breaks.extend(from),
            (Jump::Continue(_), Some(Frame::Target(target))) => target.continues.extend(from),
            _ => {
                graph.resume(from);
                graph.link_to(Body::EXIT);
            }
        }
    }
}

/// A language's lowering, as far as jumps and `finally` blocks are concerned.
pub(super) trait Unwinds: Sized {
    /// The graph that is built, and what stands around the place.
    fn unwinding(&mut self) -> (&mut GraphBuilder, &mut Frames);

    /// Sends control to a jump's target, or to the `finally` in between.
    fn jump(&mut self, jump: Jump) {
        let (graph, frames) = self.unwinding();
        frames.jump(graph, jump);
    }

    /// Lowers what is tried, and `finally` once for each way through it: the normal one, the exception's,
    /// each jump's. `span` is the bytes of the `finally`.
    fn with_finally(&mut self, span: Span, tried: impl FnOnce(&mut Self), mut finally: impl FnMut(&mut Self)) {
        let (graph, frames) = self.unwinding();
        let outer = graph.handler;
        let unwinding = graph.detached(Step::Nothing, span);
        graph.handler = Some(unwinding);
        frames.stack.push(Frame::Finally(Vec::new()));
        tried(self);
        let (graph, frames) = self.unwinding();
        graph.handler = outer;
        let jumps = frames.close_finally();
        if frames.copies >= COPY_DEPTH {
            // One copy for every way through it.
            graph.join(smallvec![unwinding]);
            for (_, from) in &jumps {
                graph.join(from.clone());
            }
            finally(self);
            let (graph, frames) = self.unwinding();
            let behind = graph.frontier();
            graph.emit(Step::Throw, span);
            for (jump, _) in jumps {
                graph.resume(behind.clone());
                frames.jump(graph, jump);
            }
            graph.resume(behind);
            return;
        }
        frames.copies += 1;
        let behind_try = graph.take();
        let mut behind = Frontier::new();
        if !behind_try.is_empty() {
            graph.resume(behind_try);
            finally(self);
            behind = self.unwinding().0.take();
        }
        self.unwinding().0.resume(smallvec![unwinding]);
        finally(self);
        let (graph, _) = self.unwinding();
        graph.emit(Step::Throw, span);
        graph.take();
        for (jump, from) in jumps {
            self.unwinding().0.resume(from);
            finally(self);
            self.jump(jump);
        }
        let (graph, frames) = self.unwinding();
        frames.copies -= 1;
        graph.resume(behind);
    }
}
