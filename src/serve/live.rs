//! The page in the browser is told when the site has changed: a script, a stream of events, and the faults to show.
//!
//! None of it is in the site that is built: pages get the script as they are served.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use axum::body::Bytes;
use http_body::{Body, Frame};
use serde::Serialize;
use tokio::sync::mpsc;

use super::overview::escape;
use crate::diag::Lang;

/// The folder of the server's own files.
pub const FOLDER: &str = "_hiketsu";

/// The script, the same for every page.
pub(super) const SCRIPT: &str = include_str!("live.js");

/// All that an event ever says.
const RELOAD: &str = "data: reload\n\n";

/// The browsers that listen, and the secret part of the path under which they do.
#[derive(Debug)]
pub struct Live {
    token: String,
    follow: bool,
    clients: Mutex<Clients>,
}

#[derive(Debug, Default)]
struct Clients {
    closed: bool,
    senders: Vec<mpsc::Sender<Bytes>>,
}

impl Live {
    /// With `follow`, browsers go to the page whose text is edited.
    pub(super) fn new(follow: bool) -> Self {
        Self { token: token(), follow, clients: Mutex::default() }
    }

    /// `/_hiketsu/<token>/`.
    pub fn folder(&self) -> String {
        format!("/{FOLDER}/{}/", self.token)
    }

    /// The tag that stands in a served page of build number `build`.
    pub(super) fn tag(&self, build: u64) -> String {
        let follow = if self.follow { " data-follow" } else { "" };
        format!("<script src=\"{}live.js\" data-build=\"{build}\"{follow} defer></script>", self.folder())
    }

    /// A new listener.
    pub(super) fn subscribe(&self) -> Events {
        let (sender, receiver) = mpsc::channel(4);
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // The first bytes make the browser say that the stream is open.
        let _ = sender.try_send(Bytes::from_static(b"retry: 300\n\n"));
        if !clients.closed {
            clients.senders.push(sender);
        }
        Events(receiver)
    }

    /// Tells every browser to look again.
    pub(super) fn reload(&self) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        // A full queue already holds the same word.
        clients.senders.retain(|sender| {
            !matches!(sender.try_send(Bytes::from_static(RELOAD.as_bytes())), Err(mpsc::error::TrySendError::Closed(_)))
        });
    }

    /// Ends every stream, for good.
    pub fn close(&self) {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        clients.closed = true;
        clients.senders.clear();
    }
}

/// 128 bits that no other page can guess: the keys of `RandomState` come from the operating system.
fn token() -> String {
    let part = || RandomState::new().build_hasher().finish();
    // Two states of one thread differ by one in their keys; SipHash makes of that what looks unrelated.
    format!("{:016x}{:016x}", part(), part())
}

/// The body of an event stream.
pub(super) struct Events(mpsc::Receiver<Bytes>);

impl Body for Events {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.0.poll_recv(cx).map(|bytes| bytes.map(|bytes| Ok(Frame::data(bytes))))
    }
}

/// What the script asks for when it was told to look again.
#[derive(Debug, Serialize)]
pub(super) struct Status<'a> {
    /// The number of the build whose pages are served.
    pub(super) build: u64,
    /// What the box over the page is called.
    pub(super) title: &'static str,
    /// What closes it.
    pub(super) close: &'static str,
    /// The faults of the last build that keep its pages from being served.
    pub(super) faults: &'a [String],
    /// The path of the page whose text was edited last.
    pub(super) edited: Option<&'a str>,
}

impl<'a> Status<'a> {
    pub(super) fn new(build: u64, faults: &'a [String], edited: Option<&'a str>, lang: Lang) -> Self {
        let (title, close) = match lang {
            Lang::Ja => ("原稿に誤りがあります（直すと消えます）", "閉じる"),
            Lang::En => ("There are faults in the text (this goes away when they are mended)", "Close"),
        };
        Self { build, title, close, faults, edited }
    }
}

/// The page that stands in for every page until a build succeeds.
pub(super) fn error_page(faults: &[String], script: &str, lang: Lang) -> String {
    let (language, title, text) = match lang {
        Lang::Ja => ("ja", "まだ表示できるページがありません", "誤りを直すと、このページは自動で新しくなります。"),
        Lang::En => ("en", "There is no page to show yet", "This page renews itself when the faults are mended."),
    };
    let mut page = format!(
        "<!doctype html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self'; connect-src 'self'; img-src data:\">\n\
         <link rel=\"icon\" href=\"data:,\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n{script}\n</head>\n\
         <body>\n<h1>{title}</h1>\n<p>{text}</p>\n"
    );
    for fault in faults {
        page.push_str("<pre>");
        page.push_str(&escape(fault));
        page.push_str("</pre>\n");
    }
    page.push_str("</body>\n</html>\n");
    page
}

/// `page` with `tag` at the end of its head, or where that is not found, at its own end.
pub(super) fn inject(page: &[u8], tag: &str) -> Vec<u8> {
    let at = [b"</head>".as_slice(), b"</body>"]
        .into_iter()
        .find_map(|end| memchr::memmem::find(page, end))
        .unwrap_or(page.len());
    [&page[..at], tag.as_bytes(), &page[at..]].concat()
}

#[cfg(test)]
mod tests {
    use super::{error_page, inject, token};
    use crate::diag::Lang;

    #[test]
    fn the_script_stands_in_the_head_whatever_the_page() {
        let text = |page: &str| String::from_utf8(inject(page.as_bytes(), "<s>")).expect("UTF-8 stays UTF-8");
        assert_eq!(text("<head>a</head>b</body>"), "<head>a<s></head>b</body>");
        assert_eq!(text("<body>b</body>"), "<body>b<s></body>");
        assert_eq!(text("短い"), "短い<s>");
    }

    #[test]
    fn the_token_is_long_and_never_twice_the_same() {
        assert_eq!(token().len(), 32);
        assert_ne!(token(), token());
    }

    #[test]
    fn faults_are_text_not_html() {
        let page = error_page(&["<img src=x onerror=alert(1)>".to_owned()], "", Lang::Ja);
        assert!(!page.contains("<img") && page.contains("&lt;img"));
    }
}
