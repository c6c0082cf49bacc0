//! Packs Debian's `mecab-ipadic` into `src/lexicon/ipadic.bin`, the same bytes from the same sources.
//!
//! `cargo run --example lexicon -- /usr/share/mecab/dic/ipadic src/lexicon/ipadic.bin`
//!
//! It leaves nothing out that can decide how a text is cut: of entries with one spelling and one connection class only
//! the cheapest can ever be on the best path, so the others stay as alternative readings, but for names of persons,
//! places and firms, where they go. What each column means is told where it is read: `src/lexicon/data.rs`.

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "a tool for developers, outside the house")]

use std::collections::BTreeMap;
use std::error::Error;
use std::io::Write as _;
use std::path::Path;

/// Of several readings of one spelling, the one that is meant in today's texts where the dictionary says another.
const PREFERRED: [(&str, &str); 1] = [("日本", "ニホン")];

/// Connection classes of names: general, persons, firms, places.
const NAMES: std::ops::RangeInclusive<u16> = 1288..=1293;

/// One line of the dictionary.
#[derive(Clone, PartialEq)]
struct Entry {
    id: u16,
    cost: i16,
    reading: Vec<u8>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        return Err("lexicon <folder of mecab-ipadic> <file to write>".into());
    };
    let from = Path::new(from);
    let (entries, bases) = entries(from)?;
    let words = words(from, &entries, &bases)?;
    let matrix = matrix(from)?;
    let mut blob = u32::try_from(words.len())?.to_le_bytes().to_vec();
    blob.extend(words);
    blob.extend(matrix);
    std::fs::write(to, &blob)?;
    println!("{} spellings, {} bytes", entries.len(), blob.len());
    Ok(())
}

fn text(path: &Path) -> Result<String, Box<dyn Error>> {
    let bytes = std::fs::read(path)?;
    let (text, _, wrong) = encoding_rs::EUC_JP.decode(&bytes);
    if wrong { Err(format!("{}: not EUC-JP", path.display()).into()) } else { Ok(text.into_owned()) }
}

/// A definition file without its comments.
fn definitions(path: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = text(path)?;
    let lines = text.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
    Ok(lines.filter(|line| !line.is_empty()).flat_map(|line| [line, "\n"]).collect::<String>().into_bytes())
}

/// Fields of a line of CSV; the dictionary quotes only a comma itself.
fn fields(line: &str) -> Vec<String> {
    let mut fields = vec![String::new()];
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => fields.push(String::new()),
            _ => fields.last_mut().expect("it begins with one").push(c),
        }
    }
    fields
}

type Entries = BTreeMap<Vec<u16>, Vec<Entry>>;
/// For each connection class, how often an ending is replaced by another to make the dictionary form.
type Bases = BTreeMap<u16, BTreeMap<(String, String), usize>>;

fn entries(from: &Path) -> Result<(Entries, Bases), Box<dyn Error>> {
    let mut files = Vec::new();
    for file in std::fs::read_dir(from)? {
        let path = file?.path();
        if path.extension().is_some_and(|extension| extension == "csv") {
            files.push(path);
        }
    }
    files.sort();
    let mut entries = Entries::new();
    // Readings of each dictionary form by (spelling, kind of inflection), and each inflected word with its form's key.
    let mut forms: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    let mut inflected = Vec::new();
    for file in &files {
        for line in text(file)?.lines() {
            let fields = fields(line);
            let [surface, left, right, cost, .., kind, _, base, reading, _] = fields.as_slice() else {
                return Err(format!("{}: {line}", file.display()).into());
            };
            if left != right {
                return Err(format!("{}: left and right differ: {line}", file.display()).into());
            }
            let entry = Entry { id: left.parse()?, cost: cost.parse()?, reading: kana(reading) };
            if kind != "*" {
                let key = (base.clone(), kind.clone());
                if surface == base {
                    forms.entry(key.clone()).or_default().push(reading.clone());
                }
                inflected.push((entry.id, key, reading.clone()));
            }
            entries.entry(surface.encode_utf16().collect()).or_default().push(entry);
        }
    }
    let mut bases = Bases::new();
    for (id, key, reading) in inflected {
        // Of several forms with one spelling (狡い: ずるい, こすい), the one that begins as the word does.
        let same = |form: &String| common(form.chars(), reading.chars());
        let Some(form) = forms.get(&key).and_then(|forms| forms.iter().max_by_key(|form| same(form))) else { continue };
        let ending = |text: &str| text.chars().skip(same(form)).map(hiragana).collect::<String>();
        *bases.entry(id).or_default().entry((ending(&reading), ending(form))).or_default() += 1;
    }
    for (surface, preferred) in PREFERRED {
        let same = entries.get_mut(&surface.encode_utf16().collect::<Vec<_>>()).ok_or("a preferred word is missing")?;
        let wanted = kana(preferred);
        let at = same.iter().position(|entry| entry.reading == wanted).ok_or("a preferred reading is missing")?;
        let id = same[at].id;
        let cheapest = same.iter().filter(|entry| entry.id == id).map(|entry| entry.cost).min();
        same[at].cost = cheapest.map_or(same[at].cost, |cost| cost - 1);
    }
    for same in entries.values_mut() {
        // Stable: of entries that cost the same, the first in the files stays first.
        same.sort_by_key(|entry| (entry.id, entry.cost));
        let mut kept: Vec<Entry> = Vec::new();
        for entry in same.drain(..) {
            let twin = kept.iter().any(|other| other.id == entry.id);
            let told = kept.iter().any(|other| other.id == entry.id && other.reading == entry.reading);
            let dropped = told || twin && NAMES.contains(&entry.id);
            if !dropped {
                kept.push(entry);
            }
        }
        *same = kept;
    }
    Ok((entries, bases))
}

/// A reading in one byte a kana: its distance from U+30A0. Empty if it is not all kana, as symbols' are.
fn kana(reading: &str) -> Vec<u8> {
    let code = |c: char| matches!(c, 'ァ'..='ヶ' | 'ー').then(|| u8::try_from(u32::from(c) - 0x30A0).expect("a kana"));
    reading.chars().map(code).collect::<Option<Vec<u8>>>().unwrap_or_default()
}

fn hiragana(c: char) -> char {
    let shift = if matches!(c, 'ァ'..='ヶ') { 0x60 } else { 0 };
    char::from_u32(u32::from(c) - shift).expect("hiragana stand 0x60 below katakana")
}

/// The kana of a spelling in the same code; none for what is not kana.
fn spelt(unit: u16) -> Option<u8> {
    match unit {
        0x3041..=0x3096 => u8::try_from(unit - 0x3040).ok(),
        0x30A1..=0x30F6 | 0x30FC => u8::try_from(unit - 0x30A0).ok(),
        _ => None,
    }
}

fn common<T: PartialEq>(a: impl IntoIterator<Item = T>, b: impl IntoIterator<Item = T>) -> usize {
    a.into_iter().zip(b).take_while(|(a, b)| a == b).count()
}

fn words(from: &Path, entries: &Entries, bases: &Bases) -> Result<Vec<u8>, Box<dyn Error>> {
    let byte = |n: usize| u8::try_from(n).map_err(|_| "longer than a byte can tell");
    let mut columns: [Vec<u8>; 12] = Default::default();
    let [shared, fresh, units, counts, id_low, id_high, cost_low, cost_high, tails, lead, lengths, readings] =
        &mut columns;
    let (mut before, mut said): (&[u16], &[u8]) = (&[], &[]);
    for (surface, same) in entries {
        let start = common(before, surface);
        shared.push(byte(start)?);
        fresh.push(byte(surface.len() - start)?);
        units.extend(surface[start..].iter().flat_map(|unit| unit.to_le_bytes()));
        before = surface;
        counts.push(byte(same.len())?);
        for entry in same {
            let [low, high] = entry.id.to_le_bytes();
            id_low.push(low);
            id_high.push(high);
            let [low, high] = entry.cost.to_le_bytes();
            cost_low.push(low);
            cost_high.push(high);
            let spelling = surface.iter().rev().map(|unit| spelt(*unit));
            let tail = common(spelling, entry.reading.iter().rev().map(|kana| Some(*kana)));
            let body = &entry.reading[..entry.reading.len() - tail];
            let same = common(said, body);
            tails.push(byte(tail)?);
            lead.push(byte(same)?);
            lengths.push(byte(body.len() - same)?);
            readings.extend(&body[same..]);
            said = &entry.reading;
        }
    }
    let mut all = Vec::new();
    let mut section = |bytes: &[u8]| -> Result<(), Box<dyn Error>> {
        all.extend(u32::try_from(bytes.len())?.to_le_bytes());
        all.extend(bytes);
        Ok(())
    };
    section(&definitions(&from.join("left-id.def"))?)?;
    section(&definitions(&from.join("char.def"))?)?;
    section(&definitions(&from.join("unk.def"))?)?;
    let mut endings = String::new();
    for (id, pairs) in bases {
        // The rule of a class is what most of its entries do; of equals, the first in order.
        let most = pairs.values().max().copied().unwrap_or_default();
        if let Some(((strip, add), _)) = pairs.iter().find(|(_, count)| **count == most) {
            endings.extend([id.to_string().as_str(), " ", strip, ",", add, "\n"]);
        }
    }
    section(endings.as_bytes())?;
    for column in &columns {
        section(column)?;
    }
    deflate(&all)
}

/// The costs of connections, a row for each right neighbour, each row less the row before it; low bytes, then high.
fn matrix(from: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let text = text(&from.join("matrix.def"))?;
    let mut lines = text.lines();
    let size = lines.next().and_then(|line| line.split(' ').next()).ok_or("an empty matrix")?.parse::<usize>()?;
    let mut costs = vec![0i16; size * size];
    for line in lines {
        let mut numbers = line.split(' ');
        let mut next = || numbers.next().ok_or("a short line in the matrix");
        let (left, right) = (next()?.parse::<usize>()?, next()?.parse::<usize>()?);
        costs[right * size + left] = next()?.parse()?;
    }
    let above = |at: usize| at.checked_sub(size).map_or(0, |at| costs[at]);
    let steps: Vec<i16> = (0..costs.len()).map(|at| costs[at].wrapping_sub(above(at))).collect();
    let plane = |which: usize| steps.iter().map(move |step| step.to_le_bytes()[which]);
    deflate(&plane(0).chain(plane(1)).collect::<Vec<u8>>())
}

fn deflate(bytes: &[u8]) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut encoder = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}
