//! text/measure
