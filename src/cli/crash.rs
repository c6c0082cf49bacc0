//! What is said when the program itself is wrong.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write as _;
use std::panic;

/// From now on a panic says, in both languages, that it is no fault of the user's and what to report.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let payload = info.payload();
        let what = payload.downcast_ref::<&str>().copied().or_else(|| payload.downcast_ref().map(String::as_str));
        let what = what.unwrap_or("?");
        let place = info.location().map_or_else(|| "?".to_owned(), ToString::to_string);
        let mut err = std::io::stderr().lock();
        // Where standard error is gone there is nobody to tell.
        let _ = writeln!(
            err,
            "\n\
            内部エラー: hiketsu の不具合です。あなたの原稿のせいではありません。書き出し済みのサイトは変わっていません。\n\
            次の三行と、直前にしたことを {repository}/issues までお知らせください。\n\
            internal error: this is a fault of hiketsu, not of your text. The site that was built before is untouched.\n\
            Please report these three lines, and what you did before, at {repository}/issues\n\n  \
              hiketsu {version} ({engine}), {os} {arch}\n  \
              {place}\n  \
              {what}",
            repository = env!("CARGO_PKG_REPOSITORY"),
            version = env!("CARGO_PKG_VERSION"),
            engine = crate::memo::ENGINE,
            os = std::env::consts::OS,
            arch = std::env::consts::ARCH,
        );
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            let _ = writeln!(err, "\n{trace}");
        }
    }));
}

#[cfg(test)]
mod tests {
    use std::process::Command;

    /// Run by the test below, in a process of its own.
    #[test]
    #[ignore = "it panics"]
    fn falls() {
        super::install_hook();
        let _ = "not a number".parse::<u8>().expect("a made-up fault");
    }

    #[test]
    fn a_panic_is_reported_as_ours_in_both_languages() {
        let test = std::env::current_exe().expect("this test has a program");
        let done = Command::new(test)
            .args(["--ignored", "--exact", "--nocapture", "cli::crash::tests::falls"])
            .env_remove("RUST_BACKTRACE")
            .output()
            .expect("it runs again");
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(said.contains("内部エラー") && said.contains("internal error"), "{said}");
        assert!(said.contains("a made-up fault") && said.contains("src/cli/crash.rs:"), "{said}");
        assert!(!said.contains("panicked"), "{said}");
    }
}
