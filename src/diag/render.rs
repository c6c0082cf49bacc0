//! Diagnostics as words: for people, for programs (JSON lines) and for GitHub's annotations.
