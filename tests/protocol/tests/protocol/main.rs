//! An editor's sessions with the built program.

// A test that meets what it does not expect panics, wherever in its helpers that is.
#![allow(clippy::unwrap_used)]

mod actions;
mod bad_input;
mod client;
mod commands;
mod completion;
mod documents;
mod encodings;
mod faults;
mod folders;
mod frames;
mod half_typed;
mod hostile;
mod lifecycle;
mod markup;
mod pull;
mod samples;
mod saturation;
mod session;
mod settings;
mod status;
mod text;
mod undoing;
mod views;
mod workspace;
