//! The logout map for people and programs: text, Markdown, JSON, HTML. Owns what is said of it and how it
//! is drawn; must not know how it is found.

mod convert;
mod document;
pub(crate) mod html;
pub(crate) mod json;
mod links;
pub(crate) mod markdown;
#[cfg(test)]
mod samples;
pub(crate) mod text;
mod tree;
mod words;

pub(crate) use convert::{document, paths};
pub(crate) use document::{Document, Seen};
pub(crate) use links::FileLinks;
