//! What is around the place that is read. Owns which function a labelled `return` leaves, whom `it` and
//! `this` mean; must not know the grammar.

use super::Reader;
use crate::lowering::Name;

/// A function, lambda or class around a place.
pub(super) enum Frame {
    /// A declared function: `return@name` leaves it.
    Function(Name),
    /// A lambda that becomes a body of its own.
    Lambda {
        /// The labels that leave it: its own, else the name of what it is passed to.
        label: Option<Name>,
        /// Whether `it` may be its parameter.
        takes_it: bool,
        /// Whether `it` is used in it.
        uses_it: bool,
    },
    /// A lambda that runs where it stands.
    Scope {
        /// The label that leaves it.
        label: Option<Name>,
        /// Whether `it` is its receiver.
        takes_it: bool,
        /// Whether `this` is its receiver.
        is_receiver: bool,
    },
    /// A class: `this` is its instance.
    Class,
}

/// Where a `return` goes.
pub(super) enum Target {
    /// It leaves the body around it.
    Body,
    /// It leaves a lambda that runs where it stands.
    Scope(Name),
}

impl Reader<'_> {
    /// Reads something inside a frame, and gives the frame back with what was found out.
    pub(super) fn inside<T>(&mut self, frame: Frame, read: impl FnOnce(&mut Self) -> T) -> (T, Option<Frame>) {
        self.frames.push(frame);
        let value = read(self);
        (value, self.frames.pop())
    }

    /// Where `return@label` goes.
    pub(super) fn return_target(&self, label: Name) -> Target {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Scope { label: Some(own), .. } if *own == label => return Target::Scope(label),
                Frame::Lambda { label: Some(own), .. } | Frame::Function(own) if *own == label => return Target::Body,
                Frame::Lambda { .. } | Frame::Function(_) => return Target::Scope(label),
                Frame::Scope { .. } | Frame::Class => {}
            }
        }
        Target::Scope(label)
    }

    /// Takes note of a use of `it`.
    pub(super) fn use_it(&mut self) {
        for frame in self.frames.iter_mut().rev() {
            match frame {
                Frame::Lambda { takes_it: true, uses_it, .. } => {
                    *uses_it = true;
                    return;
                }
                Frame::Scope { takes_it: true, .. } | Frame::Function(_) | Frame::Class => return,
                Frame::Lambda { .. } | Frame::Scope { .. } => {}
            }
        }
    }

    /// Whether `this`, or `this@label`, is a scope function's receiver.
    pub(super) fn this_is_receiver(&self, wanted: Option<&Name>) -> bool {
        for frame in self.frames.iter().rev() {
            match frame {
                Frame::Scope { is_receiver: true, label, .. } => {
                    if wanted.is_none() || wanted == label.as_ref() {
                        return true;
                    }
                }
                Frame::Function(_) | Frame::Class => return false,
                Frame::Lambda { .. } | Frame::Scope { .. } => {}
            }
        }
        false
    }
}
