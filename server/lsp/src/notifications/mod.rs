//! Notifications, one file each. A notification changes the state, on the one thread that may; must not
//! wait for the client or for long computations.

pub(crate) mod cancel_progress;
pub(crate) mod did_change;
pub(crate) mod did_change_configuration;
pub(crate) mod did_change_watched_files;
pub(crate) mod did_change_workspace_folders;
pub(crate) mod did_close;
pub(crate) mod did_create_files;
pub(crate) mod did_delete_files;
pub(crate) mod did_open;
pub(crate) mod did_rename_files;
pub(crate) mod did_save;
pub(crate) mod initialized;
pub(crate) mod set_trace;
