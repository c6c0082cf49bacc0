//! Every substring of every text is among the candidates, and every key says where it is, also where lists are split and
//! tables have branches.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use hiketsu::markdown::{Section, Sections};
use hiketsu::search::{Limits, Plan, Searchable, files, fold};
use proptest::collection::vec;
use proptest::prelude::*;

use super::reader::{Place, Reader, Value, candidates};
use super::support::Site;

/// The index of lessons with these sections.
fn index(lessons: &[Vec<Section>], limits: &Limits) -> Reader {
    let numbered = lessons.iter().zip(1..);
    let site = numbered.fold(Site::series(), |site, (_, n)| site.lesson(n, &format!("l{n}"), "", ""));
    let site = site.build().built.site;
    let plan = Plan::of(&site);
    let searchable = |at: usize| {
        let list = lessons.get(at).cloned().unwrap_or_default();
        Arc::new(Searchable::new(Sections { list, readings: Vec::new() }, None))
    };
    let texts: Vec<_> = (0..plan.texts().count()).map(searchable).collect();
    let files = files(&site, &plan, &texts, limits);
    Reader::new(files.into_iter().map(|(path, bytes)| (path.to_string(), bytes.to_vec())).collect())
}

fn section(heading: &str, text: &str, takeaways: bool) -> Section {
    Section { takeaways, id: String::new(), heading: heading.to_owned(), text: text.to_owned() }
}

fn small() -> Limits {
    Limits { list: 6, leaf: 60, directory: 3, branch: 4, pack: 20, texts: 2, each: 2 }
}

fn sections() -> impl Strategy<Value = Vec<Vec<Section>>> {
    // Few characters, so that they meet again and again; some that fold to others, to several or to white space.
    let words = "[あいうかき営業ノＡaB1①ｶﾞé\u{3099}\u{1F600}𠮷㈱゛ \u{3000}\n]{0,30}";
    let one = (prop::option::of("[あい営業A ]{1,6}"), words, prop::bool::weighted(0.2))
        .prop_map(|(heading, text, takeaways)| section(&heading.unwrap_or_default(), &text, takeaways));
    vec(vec(one, 1..4), 1..9)
}

/// Where a folded word is, by looking.
fn truth(reader: &Reader, word: &str) -> BTreeSet<Place> {
    let holds = |text: &str| fold(text).contains(word);
    let all = reader.all_sections();
    let found = all.into_iter().filter(|((_, at), (pack, section))| {
        (*at == 0 && holds(&pack.title)) || holds(&section.heading) || holds(&section.text)
    });
    found.map(|(place, _)| place).collect()
}

/// Whether each gram is listed just where it is.
fn check_grams(reader: &Reader, grams: &BTreeMap<String, Value>) {
    let mut strong: BTreeMap<String, BTreeMap<Place, u64>> = BTreeMap::new();
    let mut body: BTreeMap<String, BTreeSet<Place>> = BTreeMap::new();
    for (place, (pack, section)) in reader.all_sections() {
        let title = if place.1 == 0 { pack.title.as_str() } else { "" };
        let text = if section.kind == 1 { (section.text.as_str(), 1) } else { (section.text.as_str(), 0) };
        for (words, tier) in [(title, 3), (section.heading.as_str(), 2), text] {
            for run in fold(words).split([' ', '\n']) {
                let symbols: Vec<char> = run.chars().collect();
                for gram in symbols.windows(1).chain(symbols.windows(2)) {
                    let gram: String = gram.iter().collect();
                    if tier == 0 {
                        body.entry(gram).or_default().insert(place);
                    } else {
                        let highest = strong.entry(gram).or_default().entry(place).or_default();
                        *highest = tier.max(*highest);
                    }
                }
            }
        }
    }
    for (key, value) in grams.iter().filter(|(key, _)| !key.starts_with('\u{1}')) {
        let gram = key.chars().count() <= 2 && !key.ends_with('\0');
        if gram {
            assert_eq!(&value.strong, strong.get(key).unwrap_or(&BTreeMap::new()), "{key:?}");
            let whole = || {
                let longer = grams.range(key.clone()..).take_while(|(longer, _)| longer.starts_with(key.as_str()));
                longer.flat_map(|(_, value)| value.body.clone()).collect()
            };
            let found: BTreeSet<Place> = if value.split { whole() } else { value.body.clone() };
            assert_eq!(&found, body.get(key).unwrap_or(&BTreeSet::new()), "{key:?}");
        } else {
            assert!(value.strong.is_empty() && (value.split || !value.body.is_empty()), "{key:?}");
        }
    }
    let missing: Vec<_> = strong.keys().chain(body.keys()).filter(|gram| !grams.contains_key(*gram)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_substring_is_found(lessons in sections(), from in any::<prop::sample::Index>(), length in 1_usize..12) {
        for limits in [Limits::default(), small()] {
            let reader = index(&lessons, &limits);
            let grams = reader.all_grams();
            check_grams(&reader, &grams);
            for (_, (_, section)) in reader.all_sections() {
                for text in [fold(&section.heading), fold(&section.text)] {
                    let symbols: Vec<char> = text.chars().collect();
                    if symbols.is_empty() {
                        continue;
                    }
                    let start = from.index(symbols.len());
                    let word: String = symbols[start..symbols.len().min(start + length)].iter().collect();
                    if word.trim().is_empty() {
                        continue;
                    }
                    let found = candidates(&grams, &word);
                    let truth = truth(&reader, &word);
                    prop_assert!(truth.is_subset(&found), "{:?}: {:?} in {:?}", word, truth, found);
                }
            }
        }
    }
}

#[test]
fn small_limits_split_lists_and_make_branches() {
    let lessons: Vec<Vec<Section>> =
        (0..30).map(|n| vec![section("", &format!("あいうえおかきくけこさし{n}"), false)]).collect();
    let reader = index(&lessons, &small());
    let grams = reader.all_grams();
    assert_eq!((reader.grams.depth, reader.texts.len()), (2, 31));
    let longest = grams.keys().map(|key| key.chars().count()).max();
    assert_eq!(longest, Some(8), "no key is longer, however long its list");
    assert!(grams["あいう"].split && !grams["あいうえおかきく"].split);
    assert_eq!(grams["あいうえおかきく"].body.len(), 30);
    assert_eq!(candidates(&grams, "うえおかきくけこさし7").len(), 1);
    assert_eq!(candidates(&grams, "いうえおかきくけこさし").len(), 30);
    assert_eq!(candidates(&grams, "うい"), BTreeSet::new());
    let default = index(&lessons, &Limits::default());
    assert_eq!(default.grams.depth, 1);
    assert!(default.all_grams().values().all(|value| !value.split));
}

#[test]
fn a_word_at_the_end_of_a_run_has_a_key_of_its_own() {
    let lessons: Vec<Vec<Section>> = (0..20).map(|_| vec![section("", "あい い あいう", false)]).collect();
    let grams = index(&lessons, &small()).all_grams();
    assert!(grams["い"].split);
    assert_eq!(grams["い\0"].body.len(), 20);
    assert_eq!(grams["あい\0"].body.len(), 20);
    assert_eq!(candidates(&grams, "い").len(), 20);
}

#[test]
fn controls_never_make_keys() {
    let lessons = vec![vec![section("", "a\u{1}#1\u{1}@tags/b\u{2}c\u{3}d", false)]];
    let grams = index(&lessons, &Limits::default()).all_grams();
    let keys: Vec<&String> = grams.keys().filter(|key| key.contains(char::is_control)).collect();
    assert_eq!(keys, ["\u{1}#1"]);
}
