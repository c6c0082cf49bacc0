//! Bytes of a text file to text: UTF-8 only, without a byte order mark, lines ending with LF, no NUL. Everything that
//! is changed or suspicious is reported.

use std::borrow::Cow;

use crate::diag::catalogue::reading;
use crate::diag::{Checked, Fault};
use crate::text::Span;

/// The text of `bytes`; faults hold offsets into that text.
///
/// Bytes that are not UTF-8 are an error; the text then ends before them, so that what stands in front is still
/// checked.
pub fn decode(bytes: &[u8]) -> Checked<Cow<'_, str>, Fault> {
    let mut faults = Vec::new();
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let valid = std::str::from_utf8(bytes.get(..error.valid_up_to()).unwrap_or_default()).unwrap_or_default();
            let place = Span::at(normalise(valid).len());
            faults.push(
                Fault::new(&reading::NOT_UTF8, place)
                    .arg("offset", error.valid_up_to() + 1)
                    .arg_opt("guess", guess(bytes)),
            );
            valid
        }
    };
    let text = normalise(text);
    suspicious(&text, &mut faults);
    let text =
        if memchr::memchr(0, text.as_bytes()).is_some() { Cow::Owned(text.replace('\0', "\u{FFFD}")) } else { text };
    Checked::new(text, faults)
}

/// The bytes of `text`, which was made from what [`decode`] gave of `bytes`: with their byte order mark, and with the
/// line ends of those lines that are still there; new lines end as the first one does.
pub fn encode(text: &str, bytes: &[u8]) -> Vec<u8> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";
    let (mark, rest) = bytes.strip_prefix(MARK).map_or((&b""[..], bytes), |rest| (MARK, rest));
    let before = decode(rest).value;
    let mut out = mark.to_vec();
    if before.as_bytes() == rest {
        out.extend(text.as_bytes());
        return out;
    }
    let raw = raw_lines(rest);
    let end = raw.first().map_or(&b""[..], |line| end_of(line));
    let end = if end.is_empty() { b"\n" } else { end };
    let lines: Vec<&str> = before.split_inclusive('\n').collect();
    let new: Vec<&str> = text.split_inclusive('\n').collect();
    for operation in similar::TextDiff::from_slices(&lines, &new).ops() {
        if operation.tag() == similar::DiffTag::Equal {
            raw.get(operation.old_range()).unwrap_or_default().iter().for_each(|line| out.extend(*line));
            continue;
        }
        let (old, new) = (raw.get(operation.old_range()), new.get(operation.new_range()).unwrap_or_default());
        // As many lines as before are the same lines, with other words.
        let old = old.filter(|old| old.len() == new.len());
        for (at, line) in new.iter().enumerate() {
            let bare = line.strip_suffix('\n');
            let own = old.and_then(|old| old.get(at)).map(|line| end_of(line)).filter(|end| !end.is_empty());
            out.extend(bare.unwrap_or(line).as_bytes());
            out.extend(bare.map_or(&b""[..], |_| own.unwrap_or(end)));
        }
    }
    out
}

/// How a line ends; nothing where it is the last one and has no end.
fn end_of(line: &[u8]) -> &'static [u8] {
    match line {
        [.., b'\r', b'\n'] => b"\r\n",
        [.., b'\r'] => b"\r",
        [.., b'\n'] => b"\n",
        _ => b"",
    }
}

/// Lines with their ends: LF, CRLF or CR.
fn raw_lines(bytes: &[u8]) -> Vec<&[u8]> {
    let mut lines = Vec::new();
    let mut rest = bytes;
    while let Some(at) = memchr::memchr2(b'\n', b'\r', rest) {
        let crlf = rest.get(at..at + 2) == Some(b"\r\n");
        let (line, after) = rest.split_at(at + 1 + usize::from(crlf));
        lines.push(line);
        rest = after;
    }
    if !rest.is_empty() {
        lines.push(rest);
    }
    lines
}

/// CRLF and CR become LF.
fn normalise(text: &str) -> Cow<'_, str> {
    if memchr::memchr(b'\r', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn suspicious(text: &str, faults: &mut Vec<Fault>) {
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        // NUL is one byte and U+FFFD three, but only what follows the first one moves, and one report is enough.
        faults.push(Fault::new(&reading::NUL, Span::new(at..at + 3)));
    }
    let mut at = 0;
    // All of them are encoded as E2 80/81 xx or EF BB BF, so plain Japanese and ASCII cost one scan for two bytes.
    while let Some(found) = memchr::memchr2(0xE2, 0xEF, text.as_bytes().get(at..).unwrap_or_default()) {
        at += found;
        let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
        if matches!(c, '\u{200B}' | '\u{2028}' | '\u{2029}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
        {
            let span = Span::new(at..at + c.len_utf8());
            faults.push(Fault::new(&reading::INVISIBLE, span).arg("character", format!("U+{:04X}", u32::from(c))));
        }
        at += c.len_utf8();
    }
}

/// The encoding that `bytes` are most likely in, of those that Japanese text was saved in before UTF-8.
fn guess(bytes: &[u8]) -> Option<&'static str> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        return Some("UTF-16");
    }
    let window = bytes.get(..bytes.len().min(64 * 1024)).unwrap_or(bytes);
    if memchr::memchr_iter(0, window).count() * 4 > window.len() {
        return Some("UTF-16");
    }
    // Kana are the most frequent characters of Japanese text; their lead bytes are 0x82/0x83 in Shift_JIS (whose trail
    // bytes start at 0x40) and 0xA4/0xA5 in EUC-JP (whose trail bytes start at 0xA1).
    let count = |leads: [u8; 2], trail: u8| {
        window.windows(2).filter(|pair| leads.contains(&pair[0]) && pair[1] >= trail).count()
    };
    let shift_jis = count([0x82, 0x83], 0x40);
    let euc = count([0xA4, 0xA5], 0xA1);
    match (shift_jis, euc) {
        (0, 0) => None,
        (s, e) if s >= e => Some("Shift_JIS"),
        _ => Some("EUC-JP"),
    }
}

#[cfg(test)]
mod tests {
    use super::decode;

    fn report(bytes: &[u8]) -> Vec<(&'static str, u32, String)> {
        decode(bytes)
            .faults
            .into_iter()
            .map(|fault| {
                (fault.code.id, fault.span.start, fault.args.last().map(|arg| arg.1.clone()).unwrap_or_default())
            })
            .collect()
    }

    #[test]
    fn the_old_japanese_encodings_are_named() {
        assert_eq!(report(b"\x82\xd9\x82\xf1\n"), [("E0101", 0, "Shift_JIS".to_owned())]);
        assert_eq!(report(b"# \xa4\xdb\xa4\xf3\n"), [("E0101", 2, "EUC-JP".to_owned())]);
        assert_eq!(
            report("\u{feff}ほん".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>().as_slice()),
            [("E0101", 0, "UTF-16".to_owned())]
        );
    }

    #[test]
    fn line_ends_and_marks_make_no_difference() {
        for bytes in ["一\n二\n", "一\r\n二\r\n", "一\r二\r", "\u{feff}一\n二\n"] {
            let decoded = decode(bytes.as_bytes());
            assert_eq!((&*decoded.value, decoded.faults.len()), ("一\n二\n", 0), "{bytes:?}");
        }
    }

    #[test]
    fn what_cannot_be_seen_is_reported() {
        assert_eq!(
            report("あ\u{202e}い\u{200b}".as_bytes()),
            [("E0107", 3, "U+202E".to_owned()), ("E0107", 9, "U+200B".to_owned())]
        );
        let decoded = decode(b"a\0b");
        assert_eq!((&*decoded.value, decoded.faults[0].code.id), ("a\u{FFFD}b", "E0106"));
    }

    #[test]
    fn a_changed_text_keeps_the_line_ends_of_its_file() {
        let change = |bytes: &[u8], from: &str, to: &str| {
            let text = decode(bytes).value.replace(from, to);
            String::from_utf8(super::encode(&text, bytes)).expect("it is text")
        };
        assert_eq!(change(b"\xEF\xBB\xBFa\r\nb\r\nc", "b", "x\ny"), "\u{FEFF}a\r\nx\r\ny\r\nc");
        assert_eq!(change(b"a\nb\r\nc\rd\n", "d\n", "d\ne"), "a\nb\r\nc\rd\ne");
        assert_eq!(change(b"a\nb\n", "b", "c"), "a\nc\n");
        assert_eq!(change(b"a\r\nb\nc\rd", "b\nc", "x\ny"), "a\r\nx\ny\rd", "each line its own");
    }
}
