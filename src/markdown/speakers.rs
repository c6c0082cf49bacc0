//! Who speaks in a text's dialogues: sides, faces, and names that the site does not know.
//!
//! It knows what the site declares and what was said so far in one text; it cuts nothing and writes nothing.

use std::collections::{HashMap, HashSet};

use super::document::{Document, Face, Kind, NodeId, number};
use super::options::{Side, Speaker};
use super::parse::Read;
use super::{Link, LinkKind};
use crate::diag::catalogue::markdown as codes;
use crate::diag::{Fault, nearest};
use crate::text::{Located, Span};

/// The speakers met so far in one text.
#[derive(Debug)]
pub(super) struct Speakers<'o> {
    declared: &'o [Speaker],
    sides: HashMap<String, Side>,
    /// For each face that is shown, its link.
    faces: HashMap<&'o str, u32>,
    /// Names that the author was told of.
    told: HashSet<String>,
}

/// What a box was made of: a turn, by its index, or a block between turns.
#[derive(Debug, Clone, Copy)]
pub(super) enum Piece {
    Turn(u32),
    Other,
}

impl<'o> Speakers<'o> {
    /// No one has spoken yet; `declared` are those whom the site's configuration names.
    pub(super) fn new(declared: &'o [Speaker]) -> Self {
        let sides = declared.iter().map(|speaker| (speaker.name.clone(), speaker.side)).collect();
        Self { declared, sides, faces: HashMap::new(), told: HashSet::new() }
    }

    /// Whether `name` is declared, or has spoken before.
    pub(super) fn knows(&self, name: &str) -> bool {
        self.sides.contains_key(self.person(name))
    }

    /// Whom `name` means: `営業（笑顔で）` is 営業, unless the site knows the whole of it.
    fn person<'n>(&self, name: &'n str) -> &'n str {
        let before = || {
            let open = name.strip_suffix(['）', ')'])?.rfind(['（', '('])?;
            name.get(..open).map(str::trim_end).filter(|name| !name.is_empty())
        };
        if self.sides.contains_key(name) { name } else { before().unwrap_or(name) }
    }

    /// Gives every turn of a dialogue its side and its face, and tells which go on where the same person spoke before.
    ///
    /// Who is new stands opposite to whoever spoke before, or, at the beginning, opposite to the next one whose side
    /// is known, or else on the left. A thought without a name is that of whoever spoke before.
    pub(super) fn seat(&mut self, read: &mut Read<'_>, pieces: &[Piece]) {
        let mut last: Option<(String, Side)> = None;
        let mut together = false;
        for (at, piece) in pieces.iter().enumerate() {
            let Piece::Turn(turn) = *piece else {
                together = false;
                continue;
            };
            let name = read.document.turns[turn as usize].name.clone();
            if name.is_empty() {
                let side = last.as_ref().map_or(Side::Left, |(_, side)| *side);
                let face = last.as_ref().and_then(|(name, _)| self.face(name));
                let turn = &mut read.document.turns[turn as usize];
                turn.face = face.map_or(Face::None, |_| Face::Above);
                (turn.side, turn.more) = (side, together);
                together = last.is_some();
                continue;
            }
            let person = self.person(&name).to_owned();
            let side = self.sides.get(&person).copied().unwrap_or_else(|| {
                let before = last.as_ref().map(|(_, side)| *side);
                let opposite = before.or_else(|| self.next_known(&read.document, pieces.get(at + 1..).unwrap_or(&[])));
                opposite.map_or(Side::Left, other)
            });
            self.tell(read, turn, &person);
            let more = together && last.as_ref().is_some_and(|(before, _)| *before == name);
            let face = self.face(&person);
            let face = match face {
                Some(face) if !more => Face::Here(self.link(read, face)),
                Some(_) => Face::Above,
                None => Face::None,
            };
            self.sides.insert(person, side);
            let turn = &mut read.document.turns[turn as usize];
            (turn.side, turn.more, turn.face) = (side, more, face);
            last = Some((name, side));
            together = true;
        }
    }

    fn next_known(&self, document: &Document<'_>, pieces: &[Piece]) -> Option<Side> {
        pieces.iter().find_map(|piece| match piece {
            Piece::Turn(turn) => self.sides.get(self.person(&document.turns[*turn as usize].name)).copied(),
            Piece::Other => None,
        })
    }

    /// The file that shows the face of whoever `name` means.
    fn face(&self, name: &str) -> Option<&'o str> {
        let person = self.person(name);
        self.declared.iter().find(|speaker| speaker.name == person)?.face.as_deref()
    }

    /// The link to a face: one for all its turns.
    fn link(&mut self, read: &mut Read<'_>, face: &'o str) -> u32 {
        *self.faces.entry(face).or_insert_with(|| {
            let target = Located::new(face.to_owned(), Span::default());
            read.links.push(Link { kind: LinkKind::Face, target });
            number(read.links.len() - 1)
        })
    }

    /// Where the site declares its speakers, one who is not among them may be a slip.
    fn tell(&mut self, read: &mut Read<'_>, turn: u32, person: &str) {
        let known = self.declared.iter().any(|speaker| speaker.name == person);
        if self.declared.is_empty() || known || !self.told.insert(person.to_owned()) {
            return;
        }
        let near = nearest(person, self.declared.iter().map(|speaker| speaker.name.as_str()));
        let span = name_span(&read.document, read.document.turns[turn as usize].node);
        let fault = Fault::new(&codes::SPEAKER_UNKNOWN, span).arg("name", person).arg_opt("nearest", near);
        read.faults.push(fault);
    }
}

/// Where the name of the turn at `node` stands.
fn name_span(document: &Document<'_>, node: NodeId) -> Span {
    let who = document.get(node).first;
    if matches!(document.kind(who), Kind::Who) { document.get(who).span } else { document.get(node).span }
}

fn other(side: Side) -> Side {
    match side {
        Side::Left => Side::Right,
        Side::Right => Side::Left,
    }
}
