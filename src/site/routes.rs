//! Every file of the output and who made it: no two at one place, on any file system.

use std::collections::BTreeMap;

use crate::diag::catalogue::site as codes;
use crate::diag::{Diagnostic, Fault};
use crate::path::{OutPath, Route, SourcePath};
use crate::slug::collision_key;
use crate::text::Span;

/// Who puts a file into the output.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Owner {
    /// A file of the site, at this place in it.
    Source(SourcePath, Span),
    /// The site itself: its name, for messages, and the place that brought it about, where there is one: the first
    /// lesson with a term.
    Generated(String, Option<(SourcePath, Span)>),
}

/// The owners of all files of the output.
#[derive(Debug, Clone, Default)]
pub struct Routes {
    claims: BTreeMap<OutPath, Owner>,
    /// Collision keys of files and of the folders above them; a key is the one or the other.
    keys: BTreeMap<String, Claim>,
}

#[derive(Debug, Clone)]
struct Claim {
    path: OutPath,
    folder: bool,
}

impl Routes {
    /// Claims the file that answers for `route`. Where it is taken, or differs from a taken one only by case, width or
    /// composition, or is a folder of another or below a file, reports both and returns false.
    pub fn claim(&mut self, route: &Route, owner: Owner, faults: &mut Vec<Diagnostic>) -> bool {
        let path = route.out_path();
        let key = collision_key(path.as_str());
        let below = || folders(&key).find_map(|folder| self.keys.get(folder).filter(|claim| !claim.folder));
        let taken = self.keys.get(&key).or_else(below);
        if let Some(claim) = taken {
            let other = self.claims.get(&claim.path).cloned();
            faults.extend(other.map(|other| collision(route, &owner, &other)));
            // Known all the same, so that links to it are not reported as well.
            self.claims.entry(path).or_insert(owner);
            return false;
        }
        for folder in folders(&key) {
            if self.keys.contains_key(folder) {
                break;
            }
            self.keys.insert(folder.to_owned(), Claim { path: path.clone(), folder: true });
        }
        self.keys.insert(key, Claim { path: path.clone(), folder: false });
        self.claims.insert(path, owner);
        true
    }

    /// All routes, sorted by path.
    pub fn iter(&self) -> impl Iterator<Item = (&OutPath, &Owner)> {
        self.claims.iter()
    }
}

/// The folders above `key`, the nearest first.
fn folders(key: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(key.rsplit_once('/').map(|(folder, _)| folder), |folder| {
        folder.rsplit_once('/').map(|(folder, _)| folder)
    })
}

/// The report, at whichever of the two the author can mend; two generated pages without a place collide only through
/// `site.toml`.
fn collision(route: &Route, owner: &Owner, other: &Owner) -> Diagnostic {
    let place = |owner: &Owner| match owner {
        Owner::Source(file, span) => Some((file.clone(), *span)),
        Owner::Generated(_, place) => place.clone(),
    };
    let written = |owner: &Owner| matches!(owner, Owner::Source(..));
    // A file that somebody named is easier to mend than a page that follows from others.
    let (owner, other) = if written(other) && !written(owner) { (other, owner) } else { (owner, other) };
    let (owner, other) = if place(owner).is_none() && place(other).is_some() { (other, owner) } else { (owner, other) };
    let (file, span) = place(owner).unwrap_or_else(|| (SourcePath::new(crate::config::FILE), Span::default()));
    let name = match other {
        Owner::Source(file, _) => file.to_string(),
        Owner::Generated(what, _) => what.clone(),
    };
    let fault = Fault::new(&codes::COLLISION, span).arg("url", route).arg("other", name).in_file(&file);
    match place(other) {
        Some((file, span)) => fault.also(&file, span),
        None => fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(routes: &mut Routes, route: &str) -> bool {
        let owner = Owner::Source(SourcePath::new(format!("content/{route}")), Span::default());
        let mut faults = Vec::new();
        let free = routes.claim(&Route::new(route), owner, &mut faults);
        assert_eq!(free, faults.is_empty());
        free
    }

    #[test]
    fn names_that_some_file_system_takes_for_one_collide() {
        let mut routes = Routes::default();
        assert!(claim(&mut routes, "tags/が/"));
        assert!(!claim(&mut routes, "tags/か\u{3099}/"));
        assert!(!claim(&mut routes, "Tags/が/index.html"));
        assert!(claim(&mut routes, "tags/か/"));
    }

    #[test]
    fn a_file_cannot_be_a_folder() {
        let mut routes = Routes::default();
        assert!(claim(&mut routes, "a/b/"));
        assert!(!claim(&mut routes, "A"));
        assert!(!claim(&mut routes, "a/b"));
        assert!(claim(&mut routes, "c"));
        assert!(!claim(&mut routes, "c/d/"));
    }
}
