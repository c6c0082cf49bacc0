//! Hiketsu turns a folder of Markdown lessons into a site that is read in order.

pub mod build;
pub mod cli;
pub mod commit;
pub mod config;
pub mod content;
pub mod decode;
pub mod diag;
pub mod fields;
pub mod highlight;
pub mod markdown;
pub mod memo;
pub mod output;
pub mod par;
pub mod path;
pub mod render;
pub mod serve;
pub mod site;
pub mod slug;
pub mod text;
pub mod theme;
pub mod time;
pub mod view;
pub mod world;
