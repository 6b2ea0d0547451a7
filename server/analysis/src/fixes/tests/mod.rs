//! Source and remedy in, source out.

mod callable;
mod expressions;
mod harness;
mod insert;
mod markup;
mod mend;
mod native;
mod relocate;
mod remove;
mod sweep;
