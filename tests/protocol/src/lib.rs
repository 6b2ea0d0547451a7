//! Tests that drive the built program over stdio as an editor would; see `tests/protocol`. The program is
//! `target/debug/farewell`, or what the environment variable `FAREWELL_BIN` names: build it first.
