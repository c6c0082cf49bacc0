//! content/front_matter
