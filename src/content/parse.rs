//! content/parse
