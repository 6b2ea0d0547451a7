//! Fuzz targets: each takes bytes that may be anything, and panics where what has to hold does not. Owns what is tried
//! and what it starts from; libFuzzer (`fuzz_targets/`) owns which bytes come next.

pub mod kind;
pub mod seeds;
pub mod targets;
