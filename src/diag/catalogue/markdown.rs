//! Codes of this stage.

super::codes! {}
