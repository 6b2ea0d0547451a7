//! See `farewell_fuzz::targets::fixes`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| farewell_fuzz::targets::fixes::run(bytes));
