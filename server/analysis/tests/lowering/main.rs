//! Lowering, by what it makes of small programs.

mod support;

mod bodies;
mod branches;
mod markup;
mod names;
mod promises;
mod robustness;
