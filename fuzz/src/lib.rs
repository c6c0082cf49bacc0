//! What the targets share: input as files hold it, and faults as people and programs are told of them.

use std::sync::Arc;

use hiketsu::decode::decode;
use hiketsu::diag::render::human::Look;
use hiketsu::diag::render::{Setting, github, human, json};
use hiketsu::diag::{Fault, Lang};
use hiketsu::path::SourcePath;

/// Gives `check` the first byte, to choose options by, and the rest as the text of a file.
pub fn with_text(data: &[u8], check: impl FnOnce(u8, &str)) {
    let Some((choice, rest)) = data.split_first() else { return };
    check(*choice, &decode(rest).value);
}

/// Every fault lies within `text`, and can be shown in every form.
pub fn show(faults: Vec<Fault>, text: &str) {
    let path = SourcePath::new("content/lessons/001-x.md");
    let bytes: Arc<[u8]> = text.as_bytes().into();
    let sources = |_: &SourcePath| Some(bytes.clone());
    for fault in faults {
        for span in fault.related.iter().chain([&fault.span]) {
            assert!(text.get(span.range()).is_some(), "{} at {span:?}", fault.code.id);
        }
        let diagnostic = fault.in_file(&path);
        for lang in [Lang::Ja, Lang::En] {
            let setting = Setting { lang, sources: &sources, prefix: "" };
            human::render(&diagnostic, &setting, Look::default());
            json::line(&diagnostic, &setting);
            assert!(!github::line(&diagnostic, &setting).contains('\n'), "an annotation is one line");
        }
    }
}
