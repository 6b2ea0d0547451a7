//! One table for each language.

pub(super) mod dart;
pub(super) mod java;
pub(super) mod kotlin;
pub(super) mod objective_c;
pub(super) mod swift;
