//! Names for URLs and files: slugs made from titles, and the key under which two names collide.
