//! Dates and times as authors write them. Only one form of each is read; others are recognised, so that the message
//! can name the very text to write.

use jiff::civil;
use jiff::tz::{TimeZone, TimeZoneDatabase};

use crate::content::{Date, Instant};

/// Why something is no date or time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unread {
    /// It has another form; in the right form it would perhaps be this.
    Form(Option<String>),
    /// The calendar has no such day; the month, where there is one, ends on this day.
    NoSuchDate(Option<String>),
    /// Clocks skip that time; with an offset it would be this.
    NoSuchTime(String),
}

/// The form of a date, as a regular expression.
pub(super) const DATE: &str = r"^\d{4}-\d{2}-\d{2}$";

/// The form of a time.
pub(super) const TIME: &str = r"^\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d+)?)?([Zz]|[+-]\d{2}:\d{2})?)?$";

/// Reads `2026-01-05`.
pub(super) fn date(text: &str) -> Result<Date, Unread> {
    civil_date(text).map(|date| Date { year: date.year(), month: date.month(), day: date.day() })
}

/// Reads `2026-01-05`, `2026-01-05 09:00` and RFC 3339. What names no offset is meant in `timezone`; a date alone is
/// its first moment there.
pub(super) fn instant(text: &str, timezone: &str) -> Result<Instant, Unread> {
    let Some((day, rest)) = text.split_at_checked(10).filter(|(day, _)| is_date(day)) else {
        return Err(civil_date(text).err().unwrap_or(Unread::Form(None)));
    };
    let date = civil_date(day)?;
    let zone = || TimeZoneDatabase::bundled().get(timezone).unwrap_or(TimeZone::UTC);
    if rest.is_empty() {
        let start = date.to_zoned_datetime(zone()).map_err(|_| Unread::Form(None))?;
        return Ok(Instant(start.timestamp().as_second()));
    }
    let form = || Unread::Form(suggest_time(day, rest));
    let clock = rest.strip_prefix([' ', 'T']).ok_or_else(form)?;
    let (clock, offset) = split_offset(clock);
    let time = clock_time(clock).ok_or_else(form)?;
    let local = date.to_datetime(time);
    let zoned = match offset {
        Some(offset) => offset_zone(offset).ok_or_else(form)?.to_ambiguous_zoned_datetime(local),
        None => zone().to_ambiguous_zoned_datetime(local),
    };
    if matches!(zoned.offset(), jiff::tz::AmbiguousOffset::Gap { .. }) {
        let with_offset =
            zoned.compatible().map_or_else(|_| String::new(), |z| z.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
        return Err(Unread::NoSuchTime(with_offset));
    }
    let zoned = zoned.compatible().map_err(|_| Unread::Form(None))?;
    Ok(Instant(zoned.timestamp().as_second()))
}

fn is_date(text: &str) -> bool {
    text.len() == 10
        && text.bytes().enumerate().all(|(at, b)| if matches!(at, 4 | 7) { b == b'-' } else { b.is_ascii_digit() })
}

fn civil_date(text: &str) -> Result<civil::Date, Unread> {
    let numbers = recognise(text);
    if !is_date(text) {
        return Err(match numbers {
            Some((year, month, day)) => match civil::Date::new(year, month, day) {
                Ok(date) => Unread::Form(Some(shown(date))),
                Err(_) => Unread::NoSuchDate(last_of_month(year, month)),
            },
            None => Unread::Form(None),
        });
    }
    let (year, month, day) = numbers.ok_or(Unread::Form(None))?;
    civil::Date::new(year, month, day).map_err(|_| Unread::NoSuchDate(last_of_month(year, month)))
}

fn shown(date: civil::Date) -> String {
    date.strftime("%Y-%m-%d").to_string()
}

fn last_of_month(year: i16, month: i8) -> Option<String> {
    civil::Date::new(year, month, 1).ok().map(|date| shown(date.last_of_month()))
}

/// Year, month and day in any of the usual forms: `2019/5/1`, `2019.05.01`, `2019年5月1日`, `令和元年5月1日`, `R1.5.1`,
/// `20190501`, full-width digits, with or without a time after it.
fn recognise(text: &str) -> Option<(i16, i8, i8)> {
    let ascii: String = text.trim().chars().map(narrow).collect();
    let (first_year, rest) = era(&ascii);
    let mut numbers = Vec::new();
    let mut rest = rest.trim_start();
    for separators in [&['-', '/', '.', '年'][..], &['-', '/', '.', '月'], &[]] {
        let digits = if rest.starts_with('元') { "1" } else { leading_digits(rest) };
        if numbers.is_empty() && digits.len() == 8 && first_year == 0 {
            let (year, tail) = digits.split_at_checked(4)?;
            let (month, day) = tail.split_at_checked(2)?;
            return Some((year.parse().ok()?, month.parse().ok()?, day.parse().ok()?));
        }
        numbers.push(digits.parse::<i16>().ok()?);
        rest = rest.strip_prefix('元').unwrap_or_else(|| rest.strip_prefix(digits).unwrap_or(rest)).trim_start();
        if !separators.is_empty() {
            rest = rest.strip_prefix(separators)?.trim_start();
        }
    }
    // Whatever follows may be a weekday or a time, but no further number of the date.
    if rest.starts_with(['-', '/', '.']) {
        return None;
    }
    let [year, month, day] = numbers[..] else { return None };
    if first_year == 0 && year < 1000 {
        return None;
    }
    Some((year.checked_add(first_year)?, i8::try_from(month).ok()?, i8::try_from(day).ok()?))
}

/// The year before the first of the era that `text` begins with, or 0, and what follows the era's name.
fn era(text: &str) -> (i16, &str) {
    for (names, before) in [(["令和", "R", "r"], 2018), (["平成", "H", "h"], 1988), (["昭和", "S", "s"], 1925)] {
        for name in names {
            if let Some(rest) = text.strip_prefix(name)
                && rest.starts_with(|c: char| c.is_ascii_digit() || c == '元')
            {
                return (before, rest);
            }
        }
    }
    (0, text)
}

fn leading_digits(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.get(..end).unwrap_or("")
}

/// Full-width forms as the ASCII characters that they stand for.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '／' | '．' | '－' | '：' | '＋' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '−' | '‐' | '–' => '-',
        '　' => ' ',
        _ => c,
    }
}

/// `clock` and the offset after it.
fn split_offset(clock: &str) -> (&str, Option<&str>) {
    let at = clock.find(['Z', 'z', '+', '-']).unwrap_or(clock.len());
    match clock.split_at_checked(at) {
        Some((clock, offset)) if !offset.is_empty() => (clock, Some(offset)),
        _ => (clock, None),
    }
}

/// `09:00` or `09:00:30`, with a fraction that is dropped.
fn clock_time(text: &str) -> Option<civil::Time> {
    let (whole, fraction) = text.split_once('.').map_or((text, "0"), |(whole, fraction)| (whole, fraction));
    let mut parts = whole.split(':');
    let mut two = || parts.next().filter(|part| part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit()));
    let (hour, minute, second) = (two()?, two()?, two());
    let complete = parts.next().is_none() && whole.len() == if second.is_some() { 8 } else { 5 };
    let good_fraction = !fraction.is_empty() && fraction.bytes().all(|b| b.is_ascii_digit());
    if !complete || !good_fraction || (second.is_none() && text.contains('.')) {
        return None;
    }
    civil::Time::new(hour.parse().ok()?, minute.parse().ok()?, second.unwrap_or("00").parse().ok()?, 0).ok()
}

/// `Z`, `+09:00`.
fn offset_zone(text: &str) -> Option<TimeZone> {
    if text.eq_ignore_ascii_case("z") {
        return Some(TimeZone::UTC);
    }
    let (sign, rest) = match text.strip_prefix('+') {
        Some(rest) => (1, rest),
        None => (-1, text.strip_prefix('-')?),
    };
    let (hours, minutes) = rest.split_once(':')?;
    let two =
        |part: &str| (part.len() == 2 && part.bytes().all(|b| b.is_ascii_digit())).then(|| part.parse::<i32>().ok());
    let (hours, minutes) = (two(hours)??, two(minutes)??);
    if hours > 23 || minutes > 59 {
        return None;
    }
    jiff::tz::Offset::from_seconds(sign * (hours * 3600 + minutes * 60)).ok().map(TimeZone::fixed)
}

/// `rest` after a good date `day`, in the right form: `9:00`, `9時30分`, `午後3時`.
fn suggest_time(day: &str, rest: &str) -> Option<String> {
    let ascii: String = rest.chars().map(narrow).collect();
    let text = ascii.trim_start_matches([' ', 'T', 't', '\t']);
    let (after_noon, text) = match text.strip_prefix("午後") {
        Some(text) => (12, text),
        None => (0, text.strip_prefix("午前").unwrap_or(text)),
    };
    let text = text.trim_start();
    let hour = leading_digits(text);
    let rest = text.strip_prefix(hour)?.strip_prefix([':', '時'])?;
    let minute = leading_digits(rest);
    let hour = hour.parse::<u8>().ok().filter(|hour| *hour < 24)?;
    let hour = if hour < 12 { hour + after_noon } else { hour };
    let minute = if minute.is_empty() { 0 } else { minute.parse::<u8>().ok().filter(|minute| *minute < 60)? };
    Some(format!("{day} {hour:02}:{minute:02}"))
}
