//! The search index, read back by a reader of its own: every word is found, at its place, and nothing else is.

#[path = "../support/mod.rs"]
mod support;

mod index;
mod reader;
mod recall;
mod text;
