//! Typed fields out of a tree of values that know where they were written: the common reader of `site.toml` (from
//! TOML) and of front matter (from YAML).
//!
//! It reports unknown keys with the nearest known one, wrong types, missing and repeated fields, all in one pass, and
//! always hands out a usable value.

use serde::{Deserialize, Serialize};

/// A value without its place: what `extra` holds and templates see.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub enum Value {
    /// Nothing.
    #[default]
    Null,
    /// `true`, `false`.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Any other number.
    Float(f64),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Value>),
    /// Keys and values, in the order in which they were written.
    Map(Vec<(String, Value)>),
}
