//! Code to HTML with classes: (language, code) → HTML, each distinct block once.
