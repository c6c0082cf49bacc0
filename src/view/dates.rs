//! Dates as readers and machines see them.

use jiff::tz::TimeZone;

use super::{Day, Strings};
use crate::content::{Date, Instant};
use crate::diag::fill;

/// A date in words: the theme's `date_format`.
pub(super) fn day(date: Date, words: &Strings) -> Day {
    let Date { year, month, day } = date;
    let iso = date.iso();
    let text = words.get("date_format").map(|format| {
        let args = [
            ("year".into(), year.to_string()),
            ("month".into(), month.to_string()),
            ("day".into(), day.to_string()),
            ("month2".into(), format!("{month:02}")),
            ("day2".into(), format!("{day:02}")),
        ];
        fill(format, &args)
    });
    Day { text: text.unwrap_or_else(|| iso.clone()), iso }
}

/// The start of a day in `zone`, by RFC 3339.
pub(super) fn midnight(date: Date, zone: &TimeZone) -> String {
    let start = jiff::civil::Date::new(date.year, date.month, date.day)
        .and_then(|date| date.to_zoned_datetime(zone.clone()))
        .map(|start| start.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string());
    start.unwrap_or_else(|_| format!("{}T00:00:00Z", date.iso()))
}

/// The day on which an instant falls in `zone`.
pub(super) fn day_of(instant: Instant, zone: &TimeZone) -> Option<Date> {
    let date = jiff::Timestamp::from_second(instant.0).ok()?.to_zoned_datetime(zone.clone()).date();
    Some(Date { year: date.year(), month: date.month(), day: date.day() })
}
