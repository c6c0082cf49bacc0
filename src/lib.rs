//! Hiketsu turns a folder of Markdown lessons into a static site that is read in order.
//!
//! The stages, in the order in which they run; each is a pure function but for the first and the last:
//!
//! 1. [`world`] reads: the site's folder, the embedded theme and the clock → [`world::Snapshot`].
//! 2. [`config`] checks `site.toml` → [`config::Config`]; [`theme`] lays the site's files over the standard theme.
//! 3. [`content`] finds the texts and understands each on its own: front matter, and by [`markdown`] and [`highlight`]
//!    its HTML with holes for what depends on other files → [`content::Text`].
//! 4. [`site`] relates them: order, parts, terms, routes, links → [`site::SiteModel`], the waist of the house.
//! 5. [`lint`] judges what is right as it stands and most likely not meant so; [`search`] makes the index from which a
//!    browser finds every word of the site; [`report`] tells the author how far the site has come,
//!    [`refactor`] plans changes that reach over many files, [`schema`] tells editors what can be written,
//!    [`external`] asks the web for what links lead to.
//! 6. [`view`] says what each page shows, and with it all that a template can see.
//! 7. [`render`] makes pages of views by Tera, and feeds and the sitemap by code.
//! 8. [`build`] is all of this as one function, with memos, → [`output::OutputTree`] and every [`diag::Diagnostic`].
//! 9. [`commit`] writes the tree, or [`serve`] serves it from memory, or [`lsp`] tells an editor about it; [`cli`] is what a user types and reads.
//!
//! Below them lie [`fields`] and [`decode`] (from bytes to typed values), [`diag`] (faults and their words), and the
//! ground: [`text`], [`lexicon`], [`path`], [`slug`], [`memo`], [`par`], [`time`].
//!
//! What an author wrote wrongly is never an `Err` and never a panic: it is a [`diag::Fault`] beside a usable value.

pub mod build;
pub mod cli;
pub mod commit;
pub mod config;
pub mod content;
pub mod decode;
pub mod diag;
pub mod external;
pub mod fields;
pub mod highlight;
pub mod lexicon;
pub mod lint;
pub mod lsp;
pub mod markdown;
pub mod memo;
pub mod output;
pub mod par;
pub mod path;
pub mod refactor;
pub mod render;
pub mod report;
pub mod schema;
pub mod search;
pub mod serve;
pub mod site;
pub mod slug;
pub mod text;
pub mod theme;
pub mod time;
pub mod view;
pub mod world;
