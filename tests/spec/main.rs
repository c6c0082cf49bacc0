//! The specification of Hiketsu's Markdown: the Markdown files in this folder say it and are its tests (`files.rs`);
//! every example of CommonMark and of GitHub Flavored Markdown comes out as it is printed there (`outside.rs`); the
//! author's reference in `content/` shows what the specification says (`reference.rs`).

#[path = "../support/mod.rs"]
mod support;

mod files;
mod outside;
mod reference;
mod standard;
