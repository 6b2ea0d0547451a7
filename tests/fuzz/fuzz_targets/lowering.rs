//! See `farewell_fuzz::targets::lowering`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| farewell_fuzz::targets::lowering::run(bytes));
