//! The write door, on a real disk: what is refused, what is left alone, and what a kill at any step leaves behind.

#![expect(clippy::disallowed_methods, reason = "tests of the write door look behind it")]
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on should stop")]

mod contents;
mod desk;
mod faults;
mod figures;
mod killed;
mod ownership;
mod places;
mod rearranged;
mod sources;
