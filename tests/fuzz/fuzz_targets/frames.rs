//! See `farewell_fuzz::targets::frames`.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| farewell_fuzz::targets::frames::run(bytes));
