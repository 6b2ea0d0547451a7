//! See `farewell_fuzz::targets::configuration`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| farewell_fuzz::targets::configuration::run(bytes));
