//! Every code of the catalogue is expected by some test.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use hiketsu::diag::catalogue;

/// The codes that the Rust files of a folder name, and the specifications in it.
#[expect(clippy::disallowed_methods, reason = "the test reads the sources, not a site")]
fn named(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("it is readable").path();
        if path.is_dir() {
            if !path.ends_with("diag/catalogue") && !path.ends_with("diag/pages") {
                named(&path, found);
            }
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
            let text = fs::read_to_string(&path).expect("it is text");
            let codes = text.split("E0").skip(1).map(|rest| rest.chars().take(3).collect::<String>());
            found.extend(codes.filter(|code| code.chars().all(|c| c.is_ascii_digit())).map(|code| format!("E0{code}")));
        }
    }
}

#[test]
fn every_code_is_expected_by_a_test() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeSet::new();
    // In `src` codes have names; what says a number there is a test.
    named(&root.join("src"), &mut found);
    named(&root.join("tests"), &mut found);
    let forgotten: Vec<&str> = catalogue::all().map(|code| code.id).filter(|id| !found.contains(*id)).collect();
    assert!(forgotten.is_empty(), "no test expects {forgotten:?}");
}
