//! What part a word plays in a sentence, as far as the making of longer words asks for it.
//!
//! It reads the names of IPADIC's connection classes, and nothing else does.

/// The part that a word plays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A noun that can stand alone and be joined: 営業, 信頼, 今日, 日本.
    Noun,
    /// The name of a person, a place or a firm; joined like a noun.
    Name,
    /// A number in kanji or digits.
    Number,
    /// Goes before nouns: お, 新, 第.
    Prefix,
    /// Goes after nouns: 様, 的, 者, 回.
    Suffix,
    /// Stands for a noun: 私, 何.
    Pronoun,
    /// A noun that leans on what stands before it: 事, 方, 為.
    Bound,
    /// A verb.
    Verb,
    /// A verb in the form that makes nouns: 断り(方).
    VerbStem,
    /// A verb that continues one: れる, 続ける.
    Continuing,
    /// An adjective.
    Adjective,
    /// た, ない, ます, です.
    Auxiliary,
    /// Whole by itself: adverbs, 大きな, 例えば, greetings.
    Alone,
    /// Particles, symbols, the ends of the text.
    Between,
}

impl Part {
    /// The part of a class by its line in `left-id.def`: number, then part of speech in four levels, inflection, form, word.
    pub(super) fn of_class(line: &str) -> Self {
        let name = line.split_once(' ').map_or("", |(_, name)| name);
        let fields: Vec<&str> = name.split(',').collect();
        let field = |at: usize| fields.get(at).copied().unwrap_or_default();
        match (field(0), field(1)) {
            ("名詞", "数") => Self::Number,
            ("名詞", "接尾") if field(2) == "助動詞語幹" => Self::Auxiliary,
            ("名詞", "接尾") => Self::Suffix,
            ("名詞", "代名詞") => Self::Pronoun,
            ("名詞", "非自立" | "特殊" | "接続詞的" | "動詞非自立的") => Self::Bound,
            ("名詞", "固有名詞") if field(3) != "国" => Self::Name,
            ("名詞", _) => Self::Noun,
            ("接頭詞", _) => Self::Prefix,
            ("動詞", "自立") if field(5) == "連用形" => Self::VerbStem,
            ("動詞", "自立") => Self::Verb,
            ("動詞" | "形容詞", "接尾" | "非自立") => Self::Continuing,
            ("形容詞", _) => Self::Adjective,
            ("助動詞", _) => Self::Auxiliary,
            ("副詞" | "連体詞" | "接続詞" | "感動詞", _) => Self::Alone,
            _ => Self::Between,
        }
    }
}
