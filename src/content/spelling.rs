//! Words that one site may write in several ways: all places of all writings of a text, in one pass.
//!
//! Which writing is right is not asked here: that takes the whole site.

use std::sync::{Arc, OnceLock};

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Serialize, Serializer};

use crate::config::Preferred;
use crate::text::Span;

/// Words and their writings: those of the site, which says which one is right, then those that are known everywhere.
#[derive(Debug, Clone, Default)]
pub struct Spellings {
    /// The words, the site's own first.
    words: Vec<Word>,
    /// What is searched for; made when it is first needed.
    search: Arc<OnceLock<Search>>,
}

/// A word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Word {
    /// Its writings; the first one is the right one where the site says so, and wins a draw elsewhere.
    pub forms: Vec<String>,
    /// Whether the site says so.
    pub own: bool,
}

#[derive(Debug)]
struct Search {
    /// `None` where there is nothing to search for.
    automaton: Option<AhoCorasick>,
    /// For each pattern, whether it is one of the site's own.
    own: Vec<bool>,
}

/// Words that are often written in several ways within one text, each with the writing that is usual today: long vowels
/// at the end of loan words by the Cabinet's notice on loan words (1991), endings of verbs by that on okurigana (1973,
/// 2010). A form is listed only where it cannot well be part of another word.
const KNOWN: &[&[&str]] = &[
    &["お客様", "お客さま", "御客様"],
    &["皆様", "皆さま"],
    &["子ども", "子供"],
    &["打ち合わせ", "打合せ", "打合わせ", "打ちあわせ"],
    &["問い合わせ", "問合せ", "問合わせ"],
    &["申し込み", "申込み", "申込"],
    &["見積もり", "見積り", "見積"],
    &["引き継ぎ", "引継ぎ", "引継"],
    &["売り上げ", "売上げ", "売上"],
    &["取り引き", "取引"],
    &["手続き", "手続"],
    &["締め切り", "締切り", "締切"],
    &["受け取り", "受取り", "受取"],
    &["一人ひとり", "一人一人", "ひとりひとり"],
    &["分かりやすい", "わかりやすい", "判りやすい"],
    &["気づき", "気付き"],
    &["うなずく", "頷く"],
    &["サーバー", "サーバ"],
    &["ユーザー", "ユーザ"],
    &["コンピューター", "コンピュータ"],
    &["フォルダー", "フォルダ"],
    &["プリンター", "プリンタ"],
    &["ブラウザー", "ブラウザ"],
    &["カテゴリー", "カテゴリ"],
    &["メンバー", "メンバ"],
    &["センター", "センタ"],
    &["パートナー", "パートナ"],
    &["フォロー", "フォロウ"],
    &["マネージャー", "マネジャー", "マネージャ"],
    &["パーティー", "パーティ"],
    &["セキュリティー", "セキュリティ"],
    &["インターフェース", "インターフェイス", "インタフェース"],
    &["シミュレーション", "シュミレーション"],
    &["コミュニケーション", "コミニュケーション"],
    &["ディスカッション", "デスカッション"],
    &["デジタル", "ディジタル"],
    &["ウェブ", "ウエブ"],
    &["Web", "WEB"],
    &["メールアドレス", "メイルアドレス"],
    &["ダイアグラム", "ダイヤグラム"],
    &["バージョン", "ヴァージョン"],
    &["バイオリン", "ヴァイオリン"],
    &["バリュー", "ヴァリュー"],
    &["ビジョン", "ヴィジョン"],
    &["インタビュー", "インタヴュー"],
    &["サービス", "サーヴィス"],
    &["ボランティア", "ヴォランティア"],
    &["アドバイス", "アドヴァイス"],
    &["レベル", "レヴェル"],
    &["イベント", "イヴェント"],
    &["ボーカル", "ヴォーカル"],
    &["ベテラン", "ヴェテラン"],
    &["プレゼンテーション", "プリゼンテーション"],
];

impl Spellings {
    /// The site's own words, and those that are known and of which the site says nothing.
    pub fn new(own: &[Preferred]) -> Self {
        let mut words: Vec<Word> = Vec::with_capacity(own.len() + KNOWN.len());
        for word in own {
            let forms = [&word.preferred].into_iter().chain(&word.others).cloned().collect();
            words.push(Word { forms, own: true });
        }
        let said =
            |form: &str| own.iter().any(|word| word.preferred == form || word.others.iter().any(|other| other == form));
        for forms in KNOWN.iter().filter(|forms| !forms.iter().any(|form| said(form))) {
            words.push(Word { forms: forms.iter().map(|form| (*form).to_owned()).collect(), own: false });
        }
        Self { words, search: Arc::default() }
    }

    /// The words; a form's index counts the forms of all words, in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// For each form that stands in the `prose` of `text`, by its index, the bytes at which it stands, ascending.
    pub fn find(&self, text: &str, prose: &[Span]) -> Vec<(u16, Vec<u32>)> {
        let search = self.search.get_or_init(|| Search::new(&self.words));
        let Some(automaton) = &search.automaton else { return Vec::new() };
        let mut found: Vec<(u16, u32)> = Vec::new();
        for span in prose {
            let Some(words) = text.get(span.range()) else { continue };
            for hit in automaton.find_iter(words) {
                let own = search.own.get(hit.pattern().as_usize()).copied().unwrap_or_default();
                if let (Some(before), Some(form), Some(after)) =
                    (words.get(..hit.start()), words.get(hit.range()), words.get(hit.end()..))
                    && stands_alone(before, form, after, own)
                    && let Ok(form) = u16::try_from(hit.pattern().as_usize())
                {
                    found.push((form, span.start + Span::at(hit.start()).start));
                }
            }
        }
        found.sort_unstable();
        let groups = found.chunk_by(|a, b| a.0 == b.0);
        groups.filter_map(|group| Some((group.first()?.0, group.iter().map(|(_, at)| *at).collect()))).collect()
    }
}

impl Search {
    fn new(words: &[Word]) -> Self {
        let forms = words.iter().flat_map(|word| &word.forms);
        let own = words.iter().flat_map(|word| word.forms.iter().map(|_| word.own)).collect();
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(forms).ok();
        Self { automaton: automaton.filter(|automaton| automaton.patterns_len() > 0), own }
    }
}

/// Whether a form is a word and no part of a longer one: no katakana goes on before or after katakana, no letter or digit
/// beside a letter; and for words that are known everywhere no kanji beside kanji, since 申込書 is no 申込.
fn stands_alone(before: &str, form: &str, after: &str, own: bool) -> bool {
    let part = |inner: Option<char>, outer: Option<char>| {
        let (Some(inner), Some(outer)) = (inner, outer) else { return false };
        (is_katakana(inner) && is_katakana(outer))
            || (inner.is_ascii_alphanumeric() && outer.is_ascii_alphanumeric())
            || (!own && is_kanji(inner) && is_kanji(outer))
    };
    !part(form.chars().next(), before.chars().next_back()) && !part(form.chars().next_back(), after.chars().next())
}

fn is_katakana(c: char) -> bool {
    matches!(c, 'ァ'..='ヺ' | 'ー' | 'ヽ' | 'ヾ')
}

fn is_kanji(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}')
}

impl PartialEq for Spellings {
    fn eq(&self, other: &Self) -> bool {
        self.words == other.words
    }
}

/// What is searched for follows from the words.
impl Serialize for Spellings {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.words.serialize(serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::{KNOWN, Spellings};
    use crate::config::Preferred;
    use crate::text::Span;

    fn found(text: &str, own: &[Preferred]) -> Vec<(String, usize)> {
        let spellings = Spellings::new(own);
        let forms: Vec<&String> = spellings.words().iter().flat_map(|word| &word.forms).collect();
        let found = spellings.find(text, &[Span::new(0..text.len())]);
        found.into_iter().map(|(form, at)| (forms[usize::from(form)].clone(), at.len())).collect()
    }

    #[test]
    fn the_longest_writing_is_found_where_it_is_a_word() {
        assert_eq!(found("サーバとサーバー、サーバルキャット", &[]), [("サーバー".into(), 1), ("サーバ".into(), 1)]);
        assert_eq!(found("申込書と申込、申し込み", &[]), [("申し込み".into(), 1), ("申込".into(), 1)]);
        assert_eq!(found("Web と WEBSITE", &[]), [("Web".into(), 1)]);
    }

    #[test]
    fn the_sites_own_words_come_before_those_that_are_known() {
        let own = [Preferred { preferred: "お客さま".into(), others: vec!["お客様".into()] }];
        assert_eq!(found("お客様方とお客さま", &own), [("お客さま".into(), 1), ("お客様".into(), 1)]);
        let words = Spellings::new(&own);
        assert_eq!(words.words().iter().filter(|word| word.forms.contains(&"お客様".to_owned())).count(), 1);
    }

    #[test]
    fn no_form_is_listed_twice() {
        let mut forms: Vec<&str> = KNOWN.iter().copied().flatten().copied().collect();
        forms.sort_unstable();
        let all = forms.len();
        forms.dedup();
        assert_eq!(forms.len(), all);
    }
}
