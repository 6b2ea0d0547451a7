//! What an editor shows of small projects.

mod calls;
mod completion;
mod flows;
mod steps;
mod sweep;

/// A file that identifies users.
const BOOT: (&str, &str) = ("src/boot.ts", "export function boot(user) {\n  FS('setIdentity', { uid: user.id });\n}\n");
/// A statement that releases the identity.
const RELEASE: &str = "FS('setIdentity', { anonymous: true });";
