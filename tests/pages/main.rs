//! Every kind of page is there and shows what it is for.

#[path = "../support/mod.rs"]
mod support;

mod dialogues;
mod kinds;
mod links;
mod offline;
mod outside;
mod poison;
mod policy;
mod shared;
mod themes;

/// The head of a PNG of 640 × 360.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\x02\x80\0\0\x01\x68\x08\x06\0\0\0";
