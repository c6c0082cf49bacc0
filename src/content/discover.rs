//! content/discover
