//! A request's path and host: what is resolved cannot leave the tree, and no name is let in that was not allowed.
#![no_main]

use hiketsu::serve::http::{Hosts, Resolved, resolve};

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    hiketsu_fuzz::with_text(data, |_, text| {
        if let Resolved::Path(path) = resolve(text) {
            assert!(path.split('/').all(|part| part != ".." && part != "."), "{path}");
            assert!(!path.contains(['\\', '\0']), "{path}");
        }
        let hosts = Hosts::new([127, 0, 0, 1].into(), &["me.test".to_owned()]);
        if hosts.allow(text) {
            let ours = ["localhost", "127.0.0.1", "[::1]", "me.test"];
            let text = text.to_lowercase();
            let name = text.rsplit_once(':').map_or(text.as_str(), |(name, port)| if port.contains(']') { &text } else { name });
            assert!(ours.contains(&name) || name.ends_with(".localhost") || name.starts_with('['), "{text}");
        }
    });
});
