//! Lowering, by what it makes of small programs.

mod support;

mod again;
mod again_native;
mod bodies;
mod branches;
mod markup;
mod names;
mod native;
mod others;
mod promises;
mod robustness;
