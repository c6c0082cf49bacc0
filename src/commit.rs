//! The only door through which anything is written to the local disk.
