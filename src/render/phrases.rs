//! Phrase breaks and upright numbers in HTML: `<wbr>` where a title may break, `<span class="nb">` around two characters
//! between which it may not though browsers do, `<span class="tcy">` around digits that stand side by side in a vertical
//! line (縦中横).
//!
//! This is done to pages only. Feeds, the search index, plain texts and anchors are made from what the author wrote.

use std::ops::Range;

use crate::lexicon::{self, Kind};
use crate::markdown::escape;
use crate::text::phrases::{self, holds};

const HELD: &str = "<span class=\"nb\">";

/// Where a title may break: between phrases, never within a word of the dictionary (追いかける), and where only one
/// model sees an end, behind a particle or the like.
fn breaks(text: &str) -> Vec<usize> {
    let ends = phrases::ends(text);
    if ends.is_empty() {
        return Vec::new();
    }
    let words = lexicon::words(text);
    let before = |at: usize| words.binary_search_by_key(&at, |word| word.range.end).ok().and_then(|i| words.get(i));
    let right = |end: &phrases::End| before(end.at).is_some_and(|word| end.sure || word.kind == Kind::Other);
    ends.into_iter().filter(right).map(|end| end.at).collect()
}

/// A title as HTML: escaped, with phrase breaks; where `upright` says so, with upright numbers.
pub(super) fn title(text: &str, upright: bool) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut done = 0;
    for at in breaks(text).into_iter().chain([text.len()]) {
        if done > 0 {
            out.push_str("<wbr>");
        }
        let phrase = text.get(done..at).unwrap_or_default();
        let mut from = 0;
        for pair in held(phrase) {
            words(&mut out, phrase.get(from..pair.start).unwrap_or_default(), upright);
            out.push_str(HELD);
            words(&mut out, phrase.get(pair.clone()).unwrap_or_default(), upright);
            out.push_str("</span>");
            from = pair.end;
        }
        words(&mut out, phrase.get(from..).unwrap_or_default(), upright);
        done = at;
    }
    out
}

fn words(out: &mut String, text: &str, upright: bool) {
    if upright { numbers(out, text, escape::anywhere) } else { escape::anywhere(out, text) }
}

/// The pairs of characters in a phrase that must be held together.
fn held(phrase: &str) -> impl Iterator<Item = Range<usize>> {
    let mut end = 0;
    phrase.char_indices().zip(phrase.char_indices().skip(1)).filter_map(move |((start, before), (at, after))| {
        let pair = start..at + after.len_utf8();
        let free = start >= end && holds(before, after);
        end = if free { pair.end } else { end };
        free.then_some(pair)
    })
}

/// A body with phrase breaks in its headings.
pub fn headings(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some((before, inside, end)) = next_heading(rest) {
        out.push_str(before);
        heading(&mut out, inside);
        out.push_str(end);
        rest = rest.get(before.len() + inside.len() + end.len()..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// A body with upright numbers in its text, for vertical lines. Code and formulas lie as they are.
pub fn upright(html: &str) -> String {
    let mut out = String::with_capacity(html.len() + 256);
    let mut still = 0_usize;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                if ["<pre", "<code", "<math", "<kbd", "<rt"].iter().any(|name| opens(tag, name)) {
                    still += 1;
                } else if ["</pre", "</code", "</math", "</kbd", "</rt"].iter().any(|name| opens(tag, name)) {
                    still = still.saturating_sub(1);
                }
                out.push_str(tag);
            }
            Piece::Text(text) if still == 0 => numbers(&mut out, text, String::push_str),
            Piece::Text(text) => out.push_str(text),
        }
    }
    out
}

/// Whether `tag` is one of the name that `name` begins with: `<pre` is not `<preface`.
fn opens(tag: &str, name: &str) -> bool {
    tag.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '>']))
}

/// What stands before the text of the next heading (its tag included), the text, and the end tag.
fn next_heading(html: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let at = from + memchr::memmem::find(html.as_bytes().get(from..)?, b"<h")?;
        from = at + 2;
        let level = *html.as_bytes().get(from)?;
        if !matches!(level, b'1'..=b'6') || !matches!(html.as_bytes().get(from + 1), Some(b' ' | b'>')) {
            continue;
        }
        let start = at + tag_len(html.get(at..)?)?;
        let end = format!("</h{}>", char::from(level));
        let stop = start + html.get(start..)?.find(&end)?;
        return Some((html.get(..start)?, html.get(start..stop)?, html.get(stop..stop + end.len())?));
    }
}

enum Piece<'a> {
    Tag(&'a str),
    Text(&'a str),
}

fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = html;
    std::iter::from_fn(move || {
        let len = match rest.find('<') {
            None if rest.is_empty() => return None,
            None => rest.len(),
            Some(0) => {
                let (tag, after) = rest.split_at_checked(tag_len(rest).unwrap_or(rest.len()))?;
                rest = after;
                return Some(Piece::Tag(tag));
            }
            Some(at) => at,
        };
        let (text, after) = rest.split_at_checked(len)?;
        rest = after;
        Some(Piece::Text(text))
    })
}

/// The length of the tag or comment that `html` begins with.
fn tag_len(html: &str) -> Option<usize> {
    if html.starts_with("<!--") {
        return html.find("-->").map(|at| at + 3);
    }
    let mut quote = None;
    html.bytes()
        .position(|byte| {
            match (quote, byte) {
                (None, b'"' | b'\'') => quote = Some(byte),
                (None, b'>') => return true,
                (Some(open), close) if open == close => quote = None,
                _ => {}
            }
            false
        })
        .map(|at| at + 1)
}

/// Writes the HTML of a heading with its phrase breaks. Ruby and code are never broken.
fn heading(out: &mut String, html: &str) {
    // The heading as text, and for each of its characters the place in the HTML, where it may break before it.
    let mut text = String::new();
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut whole = 0_usize;
    let mut read_not = 0_usize;
    let mut at = 0;
    for piece in pieces(html) {
        match piece {
            Piece::Tag(tag) => {
                let step = |depth: &mut usize, names: &[&str]| {
                    if names.iter().any(|name| opens(tag, &format!("<{name}"))) {
                        *depth += 1;
                    } else if names.iter().any(|name| opens(tag, &format!("</{name}"))) {
                        *depth = depth.saturating_sub(1);
                    }
                };
                step(&mut whole, &["ruby", "code", "math", "svg"]);
                step(&mut read_not, &["rt", "rp"]);
                at += tag.len();
            }
            Piece::Text(part) => {
                let mut rest = part;
                while let Some(first) = rest.chars().next() {
                    // A character reference stands for one character, whichever it is.
                    let reference = rest.find(';').filter(|end| first == '&' && *end < 12).map(|end| end + 1);
                    let len = reference.unwrap_or(first.len_utf8());
                    if read_not == 0 {
                        if whole == 0 {
                            places.push((text.len(), at));
                        }
                        text.push(if reference.is_some() { '&' } else { first });
                    }
                    at += len;
                    rest = rest.get(len..).unwrap_or_default();
                }
            }
        }
    }
    let place = |at: usize| places.binary_search_by_key(&at, |(at, _)| *at).ok().and_then(|found| places.get(found));
    let ends = breaks(&text);
    let mut marks: Vec<(usize, &str)> =
        ends.iter().filter_map(|at| place(*at)).map(|(_, place)| (*place, "<wbr>")).collect();
    let starts = std::iter::once(0).chain(ends.iter().copied());
    for (start, end) in starts.zip(ends.iter().copied().chain([text.len()])) {
        for pair in held(text.get(start..end).unwrap_or_default()) {
            // Only where no tag stands between the two.
            let (from, to) = (start + pair.start, start + pair.end);
            if let (Some((_, first)), Some(last)) = (place(from), text.get(from..to))
                && html.get(*first..).is_some_and(|html| html.starts_with(last))
            {
                marks.extend([(*first, HELD), (first + last.len(), "</span>")]);
            }
        }
    }
    marks.sort_by_key(|(at, mark)| (*at, *mark == HELD));
    let mut done = 0;
    for (at, mark) in marks {
        out.push_str(html.get(done..at).unwrap_or_default());
        out.push_str(mark);
        done = at;
    }
    out.push_str(html.get(done..).unwrap_or_default());
}

/// Writes `text`, each run of two to three digits, or of two marks like `!?`, as one upright character.
fn numbers(out: &mut String, text: &str, mut write: impl FnMut(&mut String, &str)) {
    let mut rest = text;
    while !rest.is_empty() {
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let latin: fn(char) -> bool =
            |c| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '&' | ';' | '#');
        let len = match rest.chars().next() {
            Some('!' | '?') => run(|c| matches!(c, '!' | '?')),
            Some(first) if latin(first) => run(latin),
            _ => rest.find(|c: char| latin(c) || matches!(c, '!' | '?')).unwrap_or(rest.len()),
        };
        let (part, after) = rest.split_at_checked(len.max(1)).unwrap_or((rest, ""));
        let digits = part.bytes().all(|byte| byte.is_ascii_digit()) && matches!(part.len(), 2 | 3);
        let marks = part.len() == 2 && part.bytes().all(|byte| matches!(byte, b'!' | b'?'));
        if digits || marks {
            out.push_str("<span class=\"tcy\">");
            out.push_str(part);
            out.push_str("</span>");
        } else {
            write(out, part);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::{headings, title, upright};

    #[test]
    fn a_title_is_escaped_and_broken_at_phrases() {
        assert_eq!(
            title("ノルマを<b>気にせず</b>に & 売る", false).replace("<wbr>", ""),
            "ノルマを&lt;b&gt;気にせず&lt;/b&gt;に &amp; 売る"
        );
        assert_eq!(
            title("ビリからトップに躍り出た110の秘訣", true),
            "ビリから<wbr>トップに<wbr>躍り出た<wbr><span class=\"tcy\">110</span>の<wbr>秘訣"
        );
        assert_eq!(
            title("2026年の1,000件とA4が50%!?", true),
            "2026年の<wbr>1,000件と<wbr>A4が<wbr><span class=\"tcy\">50</span>%<span class=\"tcy\">!?</span>"
        );
    }

    #[test]
    fn headings_of_a_body_break_through_their_markup() {
        let html = "<p>約束のつもりがなくても</p>\n<h2 id=\"a>b\">約束の<strong>つもりが</strong>なくても&amp;約束になる</h2><h3>聞くと<a href=\"#x\">聴くの違い</a></h3>";
        assert_eq!(
            headings(html),
            "<p>約束のつもりがなくても</p>\n<h2 id=\"a>b\">約束の<strong><wbr>つもりが</strong><wbr>なくても<wbr>&amp;約束に<wbr>なる</h2><h3>聞くと<a href=\"#x\"><wbr>聴くの<wbr>違い</a></h3>"
        );
    }

    #[test]
    fn what_follows_a_closing_bracket_in_its_phrase_is_held_to_it() {
        let held = "「何を<wbr>売っていますか<span class=\"nb\">」に</span>、<wbr>すぐ<wbr>答えられますか";
        assert_eq!(title("「何を売っていますか」に、すぐ答えられますか", false), held);
        let html = "<h2>「何を売っていますか」に、すぐ答えられますか</h2>";
        assert_eq!(headings(html), format!("<h2>{held}</h2>"));
        let apart = headings("<h2>「<b>何を売っていますか」</b>に</h2>");
        assert!(!apart.contains("nb"), "{apart}");
    }

    #[test]
    fn no_word_of_the_dictionary_is_cut() {
        assert_eq!(title("追いかけるもの", false), "追いかける<wbr>もの");
        assert_eq!(title("お客様がうなずいている", false), "お客様が<wbr>うなずいている");
        assert_eq!(title("ノルマにしがみつく営業", false), "ノルマに<wbr>しがみつく<wbr>営業");
    }

    #[test]
    fn ruby_code_and_what_only_looks_like_a_heading_stay() {
        let ruby = "<h2>これが<ruby>秘訣<rp>（</rp><rt>ひけつ</rt><rp>）</rp></ruby></h2>";
        assert_eq!(headings(ruby), ruby);
        for html in
            ["<hr><header>順番を守ると仕事が</header>", "<h2>順番を守ると", "<h2", "", "a < h2>順番を守ると</h2>"]
        {
            assert_eq!(headings(html), html);
        }
    }

    #[test]
    fn numbers_stand_upright_outside_of_code() {
        assert_eq!(
            upright("<p title=\"12\">12月25日に<code>42</code>を</p>"),
            "<p title=\"12\"><span class=\"tcy\">12</span>月<span class=\"tcy\">25</span>日に<code>42</code>を</p>"
        );
        assert_eq!(upright("第3回、2026年、&#39;"), "第3回、2026年、&#39;");
    }
}
