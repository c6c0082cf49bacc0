//! One lesson of the corpus: its title, date, terms and body.
//!
//! A lesson depends on its number alone, never on how many there are: lesson 12 of 110 and lesson 12 of
//! 50,000 read the same (but for the padding in links), so costs per lesson can be compared across sizes.

use std::fmt::Write as _;

use super::Flavour;
use super::random::Random;
use super::words;

/// The body grows section by section until it has about this many characters, boxes still to come.
const BODY_CHARS: usize = 1_700;

/// Everything about a lesson that is the same in every flavour.
pub(super) struct Lesson {
    pub(super) number: u32,
    pub(super) id: String,
    pub(super) title: String,
    pub(super) description: String,
    /// Year, month, day.
    pub(super) date: (i64, u32, u32),
    pub(super) category: &'static str,
    pub(super) tags: Vec<&'static str>,
    random: Random,
}

impl Lesson {
    /// Lesson `number`, counted from 1.
    pub(super) fn new(number: u32) -> Self {
        let mut random = Random::new(u64::from(number));
        let title = title(&mut random);
        let description = fill(&mut random, words::SENTENCES).replace("**", "");
        let category = words::CATEGORIES[random.below(words::CATEGORIES.len())].0;
        let wanted = random.between(2, 4);
        let mut tags = Vec::new();
        while tags.len() < wanted {
            let tag = random.pick(words::TAGS);
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        Self { number, id: id(number), title, description, date: date(number), category, tags, random }
    }

    /// The Markdown after the front matter. `width` is the padding of numbers in file names.
    pub(super) fn body(mut self, flavour: Flavour, width: usize) -> String {
        let random = &mut self.random;
        let mut out = String::with_capacity(8 * 1024);
        paragraph(random, &mut out, 2);
        if let Some(previous) = self.number.checked_sub(1).filter(|&n| n > 0) {
            let link = flavour.link(previous, width, "前の話");
            write!(out, "{link}では、{}", fill(random, words::SENTENCES)).expect("writing to a String cannot fail");
            sentences(random, &mut out, 2);
        }
        let with_code = random.one_in(5);
        let with_table = random.one_in(4);
        let with_dialogue = random.one_in(2);
        let most = random.between(3, 5);
        for section in 0..most {
            if section >= 3 && out.chars().count() > BODY_CHARS {
                break;
            }
            writeln!(out, "## {}\n", fill(random, words::HEADINGS)).expect("writing to a String cannot fail");
            for _ in 0..random.between(1, 2) {
                let count = random.between(3, 5);
                paragraph(random, &mut out, count);
            }
            match section {
                0 if with_code => {
                    for _ in 0..random.between(1, 2) {
                        code(random, &mut out);
                    }
                }
                1 => list(random, &mut out),
                2 if with_table => table(random, &mut out),
                _ => {}
            }
            if section == 2 && with_dialogue {
                dialogue(random, &mut out, flavour);
                paragraph(random, &mut out, 2);
            }
        }
        while out.chars().count() < BODY_CHARS {
            paragraph(random, &mut out, 4);
        }
        summary(random, &mut out, flavour);
        out
    }
}

/// The permanent id of lesson `number`.
pub(super) fn id(number: u32) -> String {
    format!("lesson-{number:05}")
}

/// Titles of 15 to 25 characters: patterns are filled in until one fits.
fn title(random: &mut Random) -> String {
    loop {
        let title = fill(random, words::TITLES);
        if (15..=25).contains(&title.chars().count()) {
            return title;
        }
    }
}

/// Seven lessons a day from the first of January 2004: in order, and 50,000 of them end before today.
fn date(number: u32) -> (i64, u32, u32) {
    let days = 12_418 + i64::from(number / 7);
    // Civil date from a day count, the algorithm of Howard Hinnant's "chrono-compatible low-level date algorithms".
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let of_era = shifted.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * of_year + 2) / 153;
    let day = of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    let small = |n: i64| u32::try_from(n).expect("months and days are small and positive");
    (year, small(month), small(day))
}

/// One of `patterns` with its `@` slots filled in.
fn fill(random: &mut Random, patterns: &[&str]) -> String {
    let pattern = random.pick(patterns);
    fill_one(random, pattern)
}

fn fill_one(random: &mut Random, pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len() * 2);
    let mut chars = pattern.chars();
    // An identifier stays the same within one pattern, as it would in real code.
    let identifier = random.pick(words::IDENTIFIERS);
    while let Some(c) = chars.next() {
        if c != '@' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('t') => out.push_str(random.pick(words::TOPICS)),
            Some('p') => out.push_str(random.pick(words::PEOPLE)),
            Some('v') => out.push_str(random.pick(words::VERBS)),
            Some('w') => out.push_str(identifier),
            Some('n') => write!(out, "{}", random.between(2, 9)).expect("writing to a String cannot fail"),
            other => unreachable!("words.rs has the unknown slot {other:?}"),
        }
    }
    out
}

/// `count` sentences, no two neighbours of one pattern, and the end of the paragraph.
fn sentences(random: &mut Random, out: &mut String, count: usize) {
    let mut last = "";
    for _ in 0..count {
        let mut pattern = random.pick(words::SENTENCES);
        while pattern == last {
            pattern = random.pick(words::SENTENCES);
        }
        out.push_str(&fill_one(random, pattern));
        last = pattern;
    }
    out.push_str("\n\n");
}

/// A paragraph, half of the time with a line break in it, which Japanese text must join without a space.
fn paragraph(random: &mut Random, out: &mut String, count: usize) {
    if count > 2 && random.one_in(2) {
        sentences(random, out, 1);
        out.pop();
        sentences(random, out, count - 1);
    } else {
        sentences(random, out, count);
    }
}

fn list(random: &mut Random, out: &mut String) {
    for _ in 0..random.between(3, 5) {
        out.push_str("- ");
        out.push_str(&fill(random, words::ITEMS));
        out.push('\n');
    }
    out.push('\n');
}

fn table(random: &mut Random, out: &mut String) {
    out.push_str("| 場面 | ○ 良い例 | × 悪い例 |\n| --- | --- | --- |\n");
    for _ in 0..random.between(3, 4) {
        let row = fill_one(random, "| @t | @pの@tを@v | @tを急いで@v |\n");
        out.push_str(&row);
    }
    out.push('\n');
}

fn code(random: &mut Random, out: &mut String) {
    let (language, pattern) = words::CODE[random.below(words::CODE.len())];
    let text = fill_one(random, pattern);
    write!(out, "```{language}\n{text}```\n\n").expect("writing to a String cannot fail");
}

fn dialogue(random: &mut Random, out: &mut String, flavour: Flavour) {
    let (says, answers, thinks) = words::DIALOGUE[random.below(words::DIALOGUE.len())];
    let says = fill_one(random, says);
    let thinks = fill_one(random, thinks);
    out.push_str(flavour.bad_box());
    write!(out, ">\n> ダメ営業「{says}」\n>\n> お客様「{answers}」\n> （{thinks}）\n\n")
        .expect("writing to a String cannot fail");
}

fn summary(random: &mut Random, out: &mut String, flavour: Flavour) {
    out.push_str(flavour.summary_box());
    out.push_str(">\n");
    for n in 1..=3 {
        writeln!(out, "> {n}. {}", fill(random, words::SUMMARY)).expect("writing to a String cannot fail");
    }
}
