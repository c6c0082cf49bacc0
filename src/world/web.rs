//! The read door to the web: asks a server whether there is something at a URL. Nothing is sent but the question.

use std::io::Read as _;
use std::time::Duration;

/// What came of a question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The server answered.
    Status {
        /// As HTTP has it: 200, 404, ….
        code: u16,
        /// Where it sends us instead.
        location: Option<String>,
        /// The head of a page, where it was asked for and is text.
        body: String,
    },
    /// The name is not known, or nobody listens there: what it looks like to a machine without network as well.
    NoServer(String),
    /// There is somebody, and no answer was made out: time ran out, a certificate is wrong.
    Failed(String),
}

/// How much of a page is looked through for a heading: 2 MB.
const LONGEST: u64 = 2_000_000;

/// Who can be asked.
pub trait Web: Sync {
    /// Asks once and follows nowhere. Where not `whole`, only whether it is there.
    fn ask(&self, url: &str, whole: bool) -> Answer;

    /// Waits between two questions to one server.
    fn pause(&self);
}

/// The web.
#[derive(Debug)]
pub struct Http {
    agent: ureq::Agent,
    pause: Duration,
}

impl Http {
    /// Each question takes `timeout` at most, and `pause` lies between two of them to one server.
    pub fn new(timeout: Duration, pause: Duration) -> Self {
        let config = ureq::Agent::config_builder()
            .timeout_global(Some(timeout))
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(concat!("hiketsu/", env!("CARGO_PKG_VERSION"), " (link check)"))
            .build();
        Self { agent: config.into(), pause }
    }
}

impl Web for Http {
    fn ask(&self, url: &str, whole: bool) -> Answer {
        let asked = if whole { self.agent.get(url).call() } else { self.agent.head(url).call() };
        match asked {
            Ok(mut response) => {
                let header =
                    |name: &str| response.headers().get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
                let location = header("location");
                let text = header("content-type").is_some_and(|kind| kind.starts_with("text/"));
                let code = response.status().as_u16();
                let mut body = Vec::new();
                if whole && text {
                    // What was read until it broke off will do.
                    let _ = response.body_mut().as_reader().take(LONGEST).read_to_end(&mut body);
                }
                Answer::Status { code, location, body: String::from_utf8_lossy(&body).into_owned() }
            }
            Err(error @ (ureq::Error::HostNotFound | ureq::Error::ConnectionFailed)) => {
                Answer::NoServer(error.to_string())
            }
            Err(ureq::Error::Io(error)) if error.kind() != std::io::ErrorKind::TimedOut => {
                Answer::NoServer(error.to_string())
            }
            Err(error) => Answer::Failed(error.to_string()),
        }
    }

    fn pause(&self) {
        std::thread::sleep(self.pause);
    }
}
