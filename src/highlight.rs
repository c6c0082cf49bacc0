//! Code to HTML with classes: (language, code) → HTML, each distinct block once.
//!
//! Of the hundreds of scopes that grammars tell apart, some twenty short classes are left ([`CLASSES`]), so that a block
//! does not grow tenfold. No element reaches over the end of a line. It measures no time: what it refuses, it refuses
//! on every machine.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use crate::diag::nearest;
use crate::memo::{Hash, KeyBuilder};

/// Blocks with a longer line, in bytes, are not highlighted: some grammars need time that grows with its square.
pub const MAX_LINE: usize = 5_000;

/// Longer blocks, in bytes, are not highlighted.
pub const MAX_BLOCK: usize = 200_000;

/// The classes, for stylesheets: class, meaning.
pub const CLASSES: &[(&str, &str)] = &[
    ("a", "name of an attribute"),
    ("b", "true, false, null and other constants"),
    ("c", "comment"),
    ("d", "annotation, decorator"),
    ("e", "escape in a string, placeholder"),
    ("f", "name of a function"),
    ("g", "name of a tag"),
    ("i", "name of a module"),
    ("k", "keyword"),
    ("m", "macro, preprocessor"),
    ("n", "number"),
    ("o", "operator"),
    ("p", "parameter"),
    ("r", "regular expression"),
    ("s", "string"),
    ("t", "name of a type"),
    ("v", "self, this and other variables of the language; shell variables"),
    ("y", "key of a mapping, property"),
    ("x", "invalid"),
    ("w", "storage: let, fn, class, const, public"),
    ("mh", "heading in Markdown"),
    ("mb", "bold in Markdown"),
    ("mi", "italic in Markdown"),
    ("ml", "link in Markdown"),
    ("di", "inserted line of a diff"),
    ("dd", "deleted line of a diff"),
    ("dh", "header or range of a diff"),
];

/// Scope to class; the longest that fits counts. An empty class is plain text, whatever it stands in.
const SCOPES: &[(&str, &str)] = &[
    ("comment", "c"),
    ("string", "s"),
    ("string.regexp", "r"),
    ("string.unquoted", ""),
    ("string.other.link", "ml"),
    ("constant.character", "e"),
    ("constant.other.placeholder", "e"),
    ("constant.numeric", "n"),
    ("constant.language", "b"),
    ("constant.other", "b"),
    ("constant.other.color", "n"),
    ("support.constant", "b"),
    ("entity.name.constant", "b"),
    ("keyword", "k"),
    ("keyword.operator", "o"),
    ("keyword.operator.word", "k"),
    ("keyword.operator.logical.python", "k"),
    ("keyword.other.unit", "n"),
    ("storage", "w"),
    ("storage.type.numeric", "n"),
    ("entity.name.function", "f"),
    ("entity.other.inherited-class", "t"),
    ("variable.function", "f"),
    ("support.function", "f"),
    ("support.macro", "m"),
    ("entity.name.macro", "m"),
    ("meta.preprocessor", "m"),
    ("entity.name", "t"),
    ("entity.name.class", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.type.property-name", "y"),
    ("support.type.vendor-prefix", "y"),
    ("entity.name.namespace", "i"),
    ("entity.name.module", "i"),
    ("support.module", "i"),
    ("support.namespace", "i"),
    ("entity.name.label", "i"),
    ("entity.name.tag", "g"),
    ("entity.name.tag.yaml", "y"),
    ("entity.name.tag.toml", "y"),
    ("entity.other.attribute-name", "a"),
    ("meta.annotation", "d"),
    ("variable.annotation", "d"),
    ("meta.attribute.rust", "d"),
    ("variable.parameter", "p"),
    ("variable.language", "v"),
    ("variable.other.readwrite.shell", "v"),
    ("variable.other.constant", "b"),
    ("variable", ""),
    ("meta.mapping.key", "y"),
    ("meta.structure.dictionary.key", "y"),
    ("meta.interpolation", ""),
    ("meta.template.expression", ""),
    ("punctuation.section", ""),
    ("punctuation.separator", ""),
    ("punctuation.terminator", ""),
    ("punctuation.accessor", ""),
    ("entity.name.section", "mh"),
    ("markup.heading", "mh"),
    ("markup.bold", "mb"),
    ("markup.italic", "mi"),
    ("markup.underline.link", "ml"),
    ("markup.raw", "s"),
    ("markup.quote", "c"),
    ("markup.inserted", "di"),
    ("markup.deleted", "dd"),
    ("meta.diff.header", "dh"),
    ("meta.diff.range", "dh"),
    ("meta.diff.index", "dh"),
    ("invalid", "x"),
];

/// Why a block is left plain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Plain {
    /// No grammar has this name.
    Unknown {
        /// The nearest that has one.
        nearest: Option<String>,
    },
    /// A line or the block is beyond the limit.
    TooLong,
}

/// Whether `language` asks for no highlighting.
pub fn is_plain(language: &str) -> bool {
    matches!(language.to_ascii_lowercase().as_str(), "" | "text" | "txt" | "plain" | "plaintext" | "none" | "output")
}

/// Highlights code. It is shared by all threads, and remembers every block.
#[derive(Debug)]
pub struct Highlighter {
    /// Sixteen parts by the first half byte of the key, so that threads rarely wait for each other.
    shards: [Mutex<BTreeMap<Hash, Arc<Slot>>>; 16],
    grammars: OnceLock<Grammars>,
}

/// One block's HTML; empty while it is being made.
type Slot = OnceLock<Result<Arc<str>, Plain>>;

impl Default for Highlighter {
    fn default() -> Self {
        Self::new()
    }
}

impl Highlighter {
    /// One that remembers nothing yet. Grammars are loaded with the first block that needs them.
    pub fn new() -> Self {
        Self { shards: std::array::from_fn(|_| Mutex::default()), grammars: OnceLock::new() }
    }

    /// One that remembers blocks and their HTML.
    pub fn with(blocks: impl IntoIterator<Item = (Hash, Arc<str>)>) -> Self {
        let new = Self::new();
        for (key, html) in blocks {
            let mut shard = new.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
            shard.insert(key, Arc::new(OnceLock::from(Ok(html))));
        }
        new
    }

    /// The HTML of a block that was highlighted or is remembered.
    pub fn get(&self, key: Hash) -> Option<Arc<str>> {
        let shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
        shard.get(&key)?.get()?.as_ref().ok().cloned()
    }

    fn shard(&self, key: Hash) -> &Mutex<BTreeMap<Hash, Arc<Slot>>> {
        &self.shards[usize::from(key.0[0] >> 4)]
    }

    /// `code` in `language` (a name, or a file's extension, in any case) as HTML, with [`CLASSES`], and the key under
    /// which it is remembered.
    pub fn highlight(&self, language: &str, code: &str) -> Result<(Hash, Arc<str>), Plain> {
        if code.len() > MAX_BLOCK || code.split('\n').any(|line| line.len() > MAX_LINE) {
            return Err(Plain::TooLong);
        }
        let language = language.to_ascii_lowercase();
        let key = KeyBuilder::new("highlight").bytes(language.as_bytes()).bytes(code.as_bytes()).finish();
        let slot = {
            let mut shard = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(shard.entry(key).or_default())
        };
        // Whoever comes second with the same block waits for the first.
        let html = slot.get_or_init(|| self.grammars.get_or_init(Grammars::load).highlight(&language, code)).clone()?;
        Ok((key, html))
    }
}

/// All grammars, and the table of classes.
#[derive(Debug)]
struct Grammars {
    set: SyntaxSet,
    /// With the number of atoms of the scope.
    classes: Vec<(Scope, u32, &'static str)>,
}

impl Grammars {
    fn load() -> Self {
        let classes = SCOPES
            .iter()
            .filter_map(|(name, class)| Scope::new(name).ok().map(|scope| (scope, scope.len(), *class)))
            .collect();
        Self { set: two_face::syntax::extra_newlines(), classes }
    }

    fn find(&self, language: &str) -> Option<&SyntaxReference> {
        let known = match language {
            "shell" | "console" | "shell-session" | "shellsession" => "sh",
            "jsonc" | "json5" => "json",
            "docker" => "dockerfile",
            "golang" => "go",
            other => other,
        };
        self.set.find_syntax_by_token(known)
    }

    fn highlight(&self, language: &str, code: &str) -> Result<Arc<str>, Plain> {
        let Some(syntax) = self.find(language) else {
            let names: Vec<String> = self.names().collect();
            let nearest = nearest(language, names.iter().map(String::as_str)).map(str::to_owned);
            return Err(Plain::Unknown { nearest });
        };
        let mut writer = Writer { out: String::with_capacity(code.len() * 3), class: "" };
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        for line in code.split_inclusive('\n') {
            // A grammar that cannot be followed leaves the rest of the line as it is.
            let Ok(ops) = state.parse_line(line, &self.set) else {
                writer.write("", line);
                continue;
            };
            let mut done = 0;
            for (at, op) in ops {
                writer.write(self.class(&stack), line.get(done..at).unwrap_or_default());
                done = at.max(done);
                if stack.apply(&op).is_err() {
                    stack = ScopeStack::new();
                }
            }
            writer.write(self.class(&stack), line.get(done..).unwrap_or_default());
        }
        writer.close();
        Ok(writer.out.into())
    }

    /// Names by which a grammar is found.
    fn names(&self) -> impl Iterator<Item = String> {
        self.set.syntaxes().iter().filter(|syntax| !syntax.hidden).flat_map(|syntax| {
            let name = syntax.name.to_ascii_lowercase();
            std::iter::once(name).chain(syntax.file_extensions.iter().map(|name| name.to_ascii_lowercase()))
        })
    }

    /// The class of what stands in `stack`: that of the innermost scope which has one.
    fn class(&self, stack: &ScopeStack) -> &'static str {
        let of = |scope: &Scope| {
            let fits = self.classes.iter().filter(|(prefix, ..)| prefix.is_prefix_of(*scope));
            fits.max_by_key(|(_, length, _)| *length).map(|(.., class)| *class)
        };
        stack.scopes.iter().rev().find_map(of).unwrap_or("")
    }
}

/// Writes runs of text, and an element around those that have a class.
struct Writer {
    out: String,
    /// The class of the open element, or nothing.
    class: &'static str,
}

impl Writer {
    fn write(&mut self, class: &'static str, text: &str) {
        let (words, end) = match text.strip_suffix('\n') {
            Some(words) => (words, true),
            None => (text, false),
        };
        if !words.is_empty() {
            // White space looks the same in any class.
            if class != self.class && !words.trim().is_empty() {
                self.close();
                if !class.is_empty() {
                    self.out.push_str("<span class=\"");
                    self.out.push_str(class);
                    self.out.push_str("\">");
                    self.class = class;
                }
            }
            for c in words.chars() {
                match c {
                    '&' => self.out.push_str("&amp;"),
                    '<' => self.out.push_str("&lt;"),
                    '>' => self.out.push_str("&gt;"),
                    c => self.out.push(c),
                }
            }
        }
        if end {
            self.close();
            self.out.push('\n');
        }
    }

    fn close(&mut self) {
        if !self.class.is_empty() {
            self.out.push_str("</span>");
            self.class = "";
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::sync::Arc;

    use super::{CLASSES, Grammars, Highlighter, MAX_LINE, Plain, SCOPES};

    #[test]
    fn code_becomes_short_classes() {
        let (_, html) = Highlighter::new().highlight("rust", "fn main() {\n    // <&>\n}\n").expect("it is known");
        assert_eq!(
            &*html,
            "<span class=\"w\">fn </span><span class=\"f\">main</span>() {\n    <span class=\"c\">// &lt;&amp;&gt;</span>\n}\n"
        );
    }

    #[test]
    fn every_class_is_explained_and_every_scope_is_one() {
        let used: BTreeSet<&str> = SCOPES.iter().map(|(_, class)| *class).filter(|class| !class.is_empty()).collect();
        let explained: BTreeSet<&str> = CLASSES.iter().map(|(class, _)| *class).collect();
        assert_eq!(used, explained);
        assert_eq!(Grammars::load().classes.len(), SCOPES.len());
    }

    #[test]
    fn no_element_reaches_over_a_line() {
        let code = "/* one\ntwo\n*/ let s = \"a\nb\";\n";
        let (_, html) = Highlighter::new().highlight("rust", code).expect("it is known");
        for line in html.lines() {
            assert_eq!(line.matches("<span").count(), line.matches("</span>").count(), "{line}");
        }
    }

    #[test]
    fn unknown_languages_name_the_nearest() {
        let unknown = Highlighter::new().highlight("pyhton", "x");
        assert_eq!(unknown, Err(Plain::Unknown { nearest: Some("python".to_owned()) }));
        assert!(matches!(Highlighter::new().highlight("zzzzzzzz", "x"), Err(Plain::Unknown { nearest: None })));
    }

    #[test]
    fn long_lines_are_refused_and_load_nothing() {
        let highlighter = Highlighter::new();
        assert_eq!(highlighter.highlight("sh", &"a".repeat(MAX_LINE + 1)), Err(Plain::TooLong));
        assert!(highlighter.grammars.get().is_none());
    }

    #[test]
    fn what_is_remembered_needs_no_grammar() {
        let first = Highlighter::new();
        let (key, html) = first.highlight("python", "x = 1\n").expect("it is known");
        assert_eq!(first.get(key), Some(Arc::clone(&html)));

        let second = Highlighter::with([(key, Arc::clone(&html))]);
        let (again, same) = second.highlight("PYTHON", "x = 1\n").expect("it is known");
        assert!(again == key && Arc::ptr_eq(&same, &html));
        assert!(second.grammars.get().is_none());
    }
}
