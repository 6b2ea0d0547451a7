//! Lowering, by what it makes of small programs.

mod support;

mod branches;
