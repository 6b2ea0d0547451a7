//! The logout map for people and programs: text, Markdown, JSON, HTML. Owns what is said of it and how it
//! is drawn; must not know how it is found.

mod convert;
mod document;
pub(crate) mod html;
pub(crate) mod json;
mod links;
pub(crate) mod markdown;
#[cfg(test)]
pub(crate) mod samples;
pub(crate) mod text;
mod tree;
pub(crate) mod words;

pub(crate) use convert::{document, paths};
pub(crate) use document::{Document, Flow, Seen};
pub(crate) use links::FileLinks;
