//! Requests, one file each. A request gets a snapshot and cannot change the state; must not wait.

pub(crate) mod code_action;
pub(crate) mod fix_all;
pub(crate) mod hover;
pub(crate) mod initialize;
