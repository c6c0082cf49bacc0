//! What a browser keeps for reading without a network, by what is published.

use super::support::{SITE, Site};

fn site(offline: &str) -> Site {
    let site = Site::series().lesson(1, "a", "", "本文。\n").lesson(2, "信頼", "", "本文。\n");
    site.file("site.toml", format!("{SITE}offline = {offline}\n"))
}

#[test]
fn the_worker_knows_every_page_by_its_bytes() {
    let (before, after) = (site("true").build_clean(), site("true").lesson(1, "a", "", "別の本文。\n").build_clean());
    let worker = before.text("sw.js");
    for path in ["", "secrets/a/", "secrets/%E4%BF%A1%E9%A0%BC/", "secrets/", "search/"] {
        assert!(worker.contains(&format!("\n\"{path}\":\"")), "{path}");
    }
    assert!(!worker.contains("_/search/root\"") && !worker.contains("404.html\":"));
    let line =
        |text: &str, path: &str| text.lines().find(|line| line.starts_with(&format!("\"{path}\":"))).map(str::to_owned);
    let changed = after.text("sw.js");
    assert_ne!(line(&worker, "secrets/a/"), line(&changed, "secrets/a/"));
    assert_eq!(line(&worker, "secrets/%E4%BF%A1%E9%A0%BC/"), line(&changed, "secrets/%E4%BF%A1%E9%A0%BC/"));
    let page = before.page("secrets/a/");
    assert_eq!(page.links("link[rel=manifest]"), ["manifest.webmanifest"]);
    assert!(page.attributes("meta[http-equiv=Content-Security-Policy]", "content")[0].ends_with("; worker-src 'self'"));
    let manifest: serde_json::Value = serde_json::from_str(&before.text("manifest.webmanifest")).expect("it is JSON");
    assert_eq!((&manifest["name"], &manifest["start_url"]), (&"見本".into(), &"./".into()));
    assert!(before.text("icon.svg").starts_with("<svg"));
}

#[test]
fn nothing_is_kept_unless_asked_for_and_what_was_kept_goes() {
    let off = site("false").build_clean();
    assert!(!off.has("sw.js") && !off.has("manifest.webmanifest"));
    assert_eq!(off.page("").texts("link[rel=manifest]").len(), 0);
    let gone = site("\"remove\"").build_clean();
    assert!(gone.text("sw.js").contains("registration.unregister()") && !gone.has("manifest.webmanifest"));
    assert_eq!(gone.page("").texts("link[rel=manifest]").len(), 0);
    assert_eq!(site("\"no\"").build().places(), ["E0212 site.toml:3:11"]);
}
