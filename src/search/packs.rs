//! The text itself, in packs of neighbouring sections: what a hit is verified against and shown from.

use super::wire::{self, Name, Shelf};
use super::{Item, Limits};
use crate::markdown::Section;
use crate::par;

/// Writes the packs of all items and returns what the root says of them.
pub(super) fn write(items: &[Item<'_>], limits: &Limits, shelf: &mut Shelf) -> Vec<u8> {
    // For each lesson, its packs: how many sections, and under which name.
    let mut all: Vec<Vec<(usize, Name)>> = Vec::with_capacity(items.len());
    for (batch, lessons) in items.chunks(512).enumerate() {
        let numbered: Vec<(usize, &Item<'_>)> = (batch * 512..).zip(lessons).collect();
        let cut = par::map(&numbered, |(lesson, item)| packs(*lesson, item, limits));
        let (counts, bodies): (Vec<Vec<usize>>, Vec<Vec<Vec<u8>>>) =
            cut.into_iter().map(|packs| packs.into_iter().unzip()).unzip();
        let bodies: Vec<Vec<u8>> = bodies.into_iter().flatten().collect();
        let mut names = shelf.add(&bodies).into_iter();
        all.extend(counts.into_iter().map(|counts| counts.into_iter().zip(names.by_ref()).collect()));
    }
    let mut out = Vec::new();
    if all.len() <= limits.texts {
        wire::int(&mut out, 1);
        for packs in &all {
            names(packs, &mut out);
        }
        return out;
    }
    let branches: Vec<Vec<u8>> = all
        .chunks(limits.each)
        .map(|lessons| {
            let mut body = Vec::new();
            for packs in lessons {
                names(packs, &mut body);
            }
            body
        })
        .collect();
    wire::int(&mut out, 2);
    wire::count(&mut out, limits.each);
    wire::count(&mut out, branches.len());
    for name in shelf.add(&branches) {
        name.write(&mut out);
    }
    out
}

fn names(packs: &[(usize, Name)], out: &mut Vec<u8>) {
    wire::count(out, packs.len());
    for (sections, name) in packs {
        wire::count(out, *sections);
        name.write(out);
    }
}

/// The packs of one lesson, each with the number of its sections.
fn packs(lesson: usize, item: &Item<'_>, limits: &Limits) -> Vec<(usize, Vec<u8>)> {
    let mut packs = Vec::new();
    let mut first = 0;
    while first < item.sections.len() {
        let rest = item.sections.get(first..).unwrap_or_default();
        let mut length = 0;
        let fits = |section: &&Section| {
            let before = length;
            length += section.heading.chars().count() + section.text.chars().count();
            // A section that would more than fill the pack begins the next one, unless the pack has little in it.
            before == 0 || (before < limits.pack && length < limits.pack * 3 / 2)
        };
        let count = rest.iter().take_while(fits).count();
        let mut body = Vec::new();
        wire::count(&mut body, lesson);
        wire::int(&mut body, u64::from(item.number));
        wire::text(&mut body, &item.title);
        wire::text(&mut body, item.url);
        wire::count(&mut body, first);
        wire::count(&mut body, count);
        for section in rest.iter().take(count) {
            write_section(section, &mut body);
        }
        packs.push((count, body));
        first += count;
    }
    packs
}

fn write_section(section: &Section, out: &mut Vec<u8>) {
    wire::int(out, u64::from(section.takeaways));
    wire::text(out, &section.id);
    wire::text(out, &section.heading);
    wire::text(out, &section.text);
}
