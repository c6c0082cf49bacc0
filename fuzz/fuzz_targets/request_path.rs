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
            let host = text.to_lowercase();
            let name = host.rsplit_once(':').filter(|(_, port)| !port.contains(']')).map_or(&*host, |(name, _)| name);
            let address = name.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
            let local = name == "localhost" || name.ends_with(".localhost") || name == "me.test";
            assert!(local || address.is_ok_and(|address| address.is_loopback()), "{text}");
        }
    });
});
