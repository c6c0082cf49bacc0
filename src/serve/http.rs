//! Answers requests from a map: path → file of the last good build. A path never reaches the file system; the one file
//! that is read there is read by the name that the build gave it, and served only if it still is what was built.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::sync::{Arc, PoisonError, RwLock};

use axum::Router;
use axum::body::Body;
use axum::extract::State;
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, Method, Request, Response, StatusCode, header};
use tokio::net::TcpListener;
use tokio::sync::watch as flag;

use super::live::{self, FOLDER, Live, Status};
use super::overview::{self, Overview};
use crate::build::Index;
use crate::diag::Lang;
use crate::memo::Hash;
use crate::output::{Content, Entry, OutputTree};
use crate::path::{OutPath, base_path, percent_decode, percent_encode};
use crate::render::offline;
use crate::world::World;

/// What a request's path asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolved {
    /// This path, decoded, without its leading `/`. Whether there is such a file is for the map to say.
    Path(String),
    /// Nothing that any site could hold.
    Malformed,
}

/// Reads the path of a request: percent-decoded once; anything that a file system might understand otherwise than a
/// map does is malformed.
pub fn resolve(path: &str) -> Resolved {
    let Some(decoded) = path.strip_prefix('/').and_then(percent_decode) else { return Resolved::Malformed };
    let hostile = decoded.contains(|character: char| character == '\\' || character.is_control())
        || decoded.split('/').any(|part| part == "." || part == "..");
    if hostile { Resolved::Malformed } else { Resolved::Path(decoded) }
}

/// The host names under which the server answers: a page of another name that was pointed at this machine (DNS
/// rebinding) gets nothing.
#[derive(Debug, Clone)]
pub struct Hosts {
    /// Any address will do: the server is open to the network, and rebinding needs a name.
    any_address: bool,
    names: Vec<String>,
}

impl Hosts {
    /// For a server that listens on `address`, and the names that the user allows besides.
    pub fn new(address: IpAddr, names: &[String]) -> Self {
        Self { any_address: !address.is_loopback(), names: names.iter().map(|name| name.to_lowercase()).collect() }
    }

    /// Whether a request for `authority` (`localhost:8110`) is meant for this server.
    pub fn allow(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        // A host, and perhaps a port, and nothing else: no user before it, nothing after a bracket.
        let port = authority.as_str().strip_prefix(authority.host());
        if !port
            .is_some_and(|port| port.is_empty() || authority.port().is_some_and(|found| port == format!(":{found}")))
        {
            return false;
        }
        let host = authority.host().to_lowercase();
        if host == "localhost" || host.ends_with(".localhost") || self.names.contains(&host) {
            return true;
        }
        let address = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
        address
            .is_ok_and(|address| self.any_address || address == Ipv4Addr::LOCALHOST || address == Ipv6Addr::LOCALHOST)
    }
}

/// What is served at the moment.
#[derive(Debug, Default)]
struct Current {
    /// Counts good builds; 0 before the first.
    build: u64,
    tree: Arc<OutputTree>,
    /// The search index, made when a browser first asks for a file of it.
    search: Option<Arc<Index>>,
    /// The path of the site's base URL, decoded: empty, or `course/`.
    prefix: String,
    /// Faults of the newest build, where it was not good.
    faults: Vec<String>,
    /// The page of the text that was edited last, as a path that begins with `/`.
    edited: Option<String>,
}

/// The server's state.
pub struct App {
    world: Arc<dyn World + Send + Sync>,
    lang: Lang,
    hosts: Hosts,
    live: Live,
    current: RwLock<Arc<Current>>,
    /// Raised when the first build is done, be it good or not.
    begun: flag::Sender<bool>,
    /// What the newest build knows of the site as a whole.
    overview: RwLock<Option<Arc<Overview>>>,
}

impl App {
    /// A server that has nothing to show yet, and lets requests wait until it has. `world` holds the files that are
    /// published as they are. With `follow`, browsers go to the page whose text is edited.
    pub fn new(world: Arc<dyn World + Send + Sync>, lang: Lang, hosts: Hosts, follow: bool) -> Arc<Self> {
        let begun = flag::channel(false).0;
        Arc::new(Self {
            world,
            lang,
            hosts,
            live: Live::new(follow),
            current: RwLock::default(),
            begun,
            overview: RwLock::default(),
        })
    }

    /// The side that the browsers listen to.
    pub fn live(&self) -> &Live {
        &self.live
    }

    pub(super) fn lang(&self) -> Lang {
        self.lang
    }

    /// The path of the site's base URL, decoded, without a leading `/`.
    pub fn prefix(&self) -> String {
        self.current().prefix.clone()
    }

    pub(super) fn has_pages(&self) -> bool {
        self.current().build > 0
    }

    /// From now on `tree` is served, and what `search` makes when it is asked for, under the path of `base_url`;
    /// browsers are told, also which page the author has just `edited` (its URL from the site's root), where that is known.
    /// How many files of the tree differ from before.
    pub fn publish(&self, tree: OutputTree, search: Option<Arc<Index>>, base_url: &str, edited: Option<&str>) -> usize {
        let last = self.current();
        let other = |(path, entry): &(&OutPath, &Entry)| last.tree.get(path).is_none_or(|old| old.hash != entry.hash);
        let changed = tree.iter().filter(other).count();
        let gone = last.tree.iter().filter(|(path, _)| tree.get(path).is_none()).count();
        let prefix = prefix_of(base_url);
        // A rebuild without a difference only takes the faults away.
        let same = last.build > 0 && changed + gone == 0 && prefix == last.prefix;
        let build = if same { last.build } else { last.build + 1 };
        let edited = edited.map(|url| format!("/{}{url}", percent_encode(&prefix))).or_else(|| last.edited.clone());
        self.replace(Current { build, tree: Arc::new(tree), search, prefix, faults: Vec::new(), edited });
        changed + gone
    }

    /// The newest build is not good: the last pages stay, with `faults` over them.
    pub fn fail(&self, faults: Vec<String>) {
        let last = self.current();
        self.replace(Current {
            build: last.build,
            tree: last.tree.clone(),
            search: last.search.clone(),
            prefix: last.prefix.clone(),
            faults,
            edited: last.edited.clone(),
        });
    }

    /// The path at which the site will be, as long as it has no pages.
    pub(super) fn set_base(&self, base_url: &str) {
        let last = self.current();
        if last.build == 0 {
            let prefix = prefix_of(base_url);
            let next = Current { prefix, faults: last.faults.clone(), ..Current::default() };
            *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        }
    }

    /// From now on `overview` is what `/_hiketsu/` shows.
    pub(super) fn survey(&self, overview: Overview) {
        *self.overview.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(overview));
    }

    fn replace(&self, next: Current) {
        *self.current.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(next);
        self.begun.send_replace(true);
        self.live.reload();
    }

    /// Waits for the first build: a browser that is quicker than it need not ask again.
    async fn wait_for_pages(&self) {
        // It cannot be closed: the sender is here.
        let _ = self.begun.subscribe().wait_for(|begun| *begun).await;
    }

    fn current(&self) -> Arc<Current> {
        self.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// The path of an absolute URL, decoded, without its leading `/`.
fn prefix_of(base_url: &str) -> String {
    let path = base_path(base_url).split(['?', '#']).next().unwrap_or_default();
    let decoded = percent_decode(path).unwrap_or_default();
    let trimmed = decoded.trim_matches('/');
    if trimmed.is_empty() { String::new() } else { format!("{trimmed}/") }
}

/// Answers requests on `listener` until `stop`; then lets open ones end.
///
/// # Errors
/// Where the listener fails for good.
pub async fn answer(
    listener: TcpListener,
    app: Arc<App>,
    stop: impl Future<Output = ()> + Send + 'static,
) -> std::io::Result<()> {
    let router = Router::new().fallback(handle).with_state(app);
    axum::serve(listener, router).with_graceful_shutdown(stop).await
}

async fn handle(State(app): State<Arc<App>>, request: Request<Body>) -> Response<Body> {
    let (request, _) = request.into_parts();
    let mut response = match refuse(&app, &request) {
        Some(refusal) => refusal,
        None => route(&app, &request).await,
    };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("same-origin"));
    response
}

/// What every request must be before its path is looked at.
fn refuse(app: &App, request: &Parts) -> Option<Response<Body>> {
    let mut hosts = request.headers.get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next(), hosts.next()) else {
        return Some(plain(StatusCode::BAD_REQUEST, "one Host header is needed\n"));
    };
    // An absolute request target names the host once more, and then it is the one that counts (RFC 9112, 3.2.2).
    let target = request.uri.authority().map(Authority::as_str);
    let allowed =
        host.to_str().is_ok_and(|host| app.hosts.allow(host)) && target.is_none_or(|host| app.hosts.allow(host));
    if !allowed {
        return Some(plain(StatusCode::FORBIDDEN, "this host name is not served here; see --allow-host\n"));
    }
    if request.method != Method::GET && request.method != Method::HEAD {
        let mut response = plain(StatusCode::METHOD_NOT_ALLOWED, "only GET and HEAD\n");
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("GET, HEAD"));
        return Some(response);
    }
    None
}

async fn route(app: &Arc<App>, request: &Parts) -> Response<Body> {
    let path = match resolve(request.uri.path()) {
        Resolved::Path(path) => path,
        Resolved::Malformed => return plain(StatusCode::BAD_REQUEST, "this is not a path of a site\n"),
    };
    if path.split('/').next() == Some(FOLDER) {
        return own(app, &request.headers, &format!("/{path}")).await;
    }
    app.wait_for_pages().await;
    let current = app.current();
    if current.build == 0 {
        let page = live::error_page(&current.faults, &app.live.tag(0), app.lang);
        return response(StatusCode::SERVICE_UNAVAILABLE, "text/html; charset=utf-8", page.into_bytes());
    }
    match current.find(&path) {
        Found::File(path, entry) => file(app, &current, StatusCode::OK, &path, entry).await,
        Found::Redirect(path) => {
            let query = request.uri.query().map(|query| format!("?{query}")).unwrap_or_default();
            redirect(&format!("/{}{query}", percent_encode(&path)))
        }
        Found::Nothing => {
            if let Some((path, entry)) = searched(&current, &path).await {
                return file(app, &current, StatusCode::OK, &path, &entry).await;
            }
            let path = OutPath::new("404.html");
            match current.tree.get(&path) {
                Some(entry) => file(app, &current, StatusCode::NOT_FOUND, &path, entry).await,
                None => plain(StatusCode::NOT_FOUND, "404\n"),
            }
        }
    }
}

/// What the map says.
enum Found<'a> {
    File(OutPath, &'a Entry),
    /// To this path, decoded, without a leading `/`.
    Redirect(String),
    Nothing,
}

impl Current {
    fn find(&self, path: &str) -> Found<'_> {
        let Some(inside) = path.strip_prefix(&self.prefix) else {
            let home = path.is_empty() || self.prefix.strip_suffix('/') == Some(path);
            return if home { Found::Redirect(self.prefix.clone()) } else { Found::Nothing };
        };
        let folder = inside.is_empty() || inside.ends_with('/');
        let wanted = if folder { format!("{inside}index.html") } else { inside.to_owned() };
        if let Some((path, entry)) = self.entry(&wanted) {
            return Found::File(path, entry);
        }
        if !folder && self.entry(&format!("{inside}/index.html")).is_some() {
            return Found::Redirect(format!("{path}/"));
        }
        Found::Nothing
    }

    fn entry(&self, path: &str) -> Option<(OutPath, &Entry)> {
        let path = OutPath::new(path);
        self.tree.get(&path).map(|entry| (path, entry))
    }
}

/// The file of the search index that `path` names. The first one takes as long as the index does.
async fn searched(current: &Current, path: &str) -> Option<(OutPath, Entry)> {
    let path = OutPath::new(path.strip_prefix(&current.prefix)?);
    let index = current.search.clone().filter(|_| crate::search::is_file(&path))?;
    let found = tokio::task::spawn_blocking(move || {
        let entry = index.get(&path).cloned()?;
        Some((path, entry))
    });
    found.await.ok().flatten()
}

async fn file(app: &Arc<App>, current: &Current, status: StatusCode, path: &OutPath, entry: &Entry) -> Response<Body> {
    let kind = media_type(path.as_str());
    let bytes = match &entry.content {
        Content::Bytes(bytes) => bytes.clone(),
        Content::Copy(source) => {
            let (world, source, hash) = (app.world.clone(), source.clone(), entry.hash);
            let read =
                tokio::task::spawn_blocking(move || world.read(&source).ok().filter(|bytes| Hash::of(bytes) == hash));
            match read.await {
                Ok(Some(bytes)) => bytes.into(),
                // It has changed since: the next build, which is due, will know it.
                _ => return plain(StatusCode::SERVICE_UNAVAILABLE, "this file has just changed\n"),
            }
        }
        // No build without an output folder says so.
        Content::Unchanged => return plain(StatusCode::INTERNAL_SERVER_ERROR, "not held in memory\n"),
    };
    // What a worker keeps would stand between the author and the text; one of an earlier session goes.
    let own = path.as_str() == offline::WORKER && offline::is_worker(&bytes);
    let bytes = if own { Arc::from(offline::REMOVER.as_bytes()) } else { bytes };
    let bytes =
        if kind.starts_with("text/html") { live::inject(&bytes, &app.live.tag(current.build)) } else { bytes.to_vec() };
    response(status, kind, bytes)
}

/// The server's own files. Only pages of this very server may ask for them.
async fn own(app: &Arc<App>, headers: &HeaderMap, path: &str) -> Response<Body> {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let foreign = match (text(header::ORIGIN), text(header::HOST)) {
        (Some(origin), Some(host)) => origin.split_once("://").map(|(_, rest)| rest) != Some(host),
        _ => headers.contains_key(header::ORIGIN),
    };
    let cross = headers.get("sec-fetch-site").is_some_and(|site| site != "same-origin" && site != "none");
    if foreign || cross {
        return plain(StatusCode::FORBIDDEN, "only for pages of this server\n");
    }
    match path.strip_prefix("/_hiketsu") {
        Some("") => return redirect("/_hiketsu/"),
        Some("/") => return desk(app).await,
        Some("/overview.css") => {
            return response(StatusCode::OK, "text/css; charset=utf-8", overview::STYLE.as_bytes().to_vec());
        }
        _ => {}
    }
    match path.strip_prefix(&app.live.folder()) {
        Some("live.js") => response(StatusCode::OK, "text/javascript; charset=utf-8", live::SCRIPT.as_bytes().to_vec()),
        Some("status.json") => {
            let current = app.current();
            let status = Status::new(current.build, &current.faults, current.edited.as_deref(), app.lang);
            let json = serde_json::to_vec(&status).expect("texts and numbers serialise");
            response(StatusCode::OK, "application/json", json)
        }
        Some("events") => {
            let mut response = Response::new(Body::new(app.live.subscribe()));
            response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
            response
        }
        _ => plain(StatusCode::NOT_FOUND, "404\n"),
    }
}

/// What there is to see of the site as a whole.
async fn desk(app: &Arc<App>) -> Response<Body> {
    app.wait_for_pages().await;
    let app = app.clone();
    let page = tokio::task::spawn_blocking(move || {
        let overview = app.overview.read().unwrap_or_else(PoisonError::into_inner).clone()?;
        let current = app.current();
        let base = format!("/{}", percent_encode(&current.prefix));
        Some(overview::page(&overview, &base, &app.live.tag(current.build), app.lang))
    });
    match page.await {
        Ok(Some(page)) => response(StatusCode::OK, "text/html; charset=utf-8", page.into_bytes()),
        _ => plain(StatusCode::NOT_FOUND, "404\n"),
    }
}

fn response(status: StatusCode, kind: &'static str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    response
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    response(status, "text/plain; charset=utf-8", text.as_bytes().to_vec())
}

fn redirect(to: &str) -> Response<Body> {
    let mut response = plain(StatusCode::MOVED_PERMANENTLY, "");
    // Encoded, and so without any character that a header could not hold.
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    response
}

/// The media type of a file, by its name. Browsers are told not to guess, so the table holds what sites hold.
fn media_type(path: &str) -> &'static str {
    let extension =
        path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, extension)| extension);
    match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "atom" => "application/atom+xml",
        "xml" | "xsl" => "application/xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/vnd.microsoft.icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" | "opus" => "audio/ogg",
        "wav" => "audio/wav",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "vtt" => "text/vtt; charset=utf-8",
        "pdf" => "application/pdf",
        "epub" => "application/epub+zip",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{Hosts, Resolved, prefix_of, resolve};

    #[test]
    fn a_path_is_decoded_once_and_never_climbs() {
        let path = |path: &str| Resolved::Path(path.to_owned());
        assert_eq!(resolve("/"), path(""));
        assert_eq!(resolve("/secrets/%E7%A7%98%E8%A8%A3/"), path("secrets/秘訣/"));
        assert_eq!(resolve("/100%25/"), path("100%/"));
        // Decoded once: what is left is a name like any other, and no file has it.
        assert_eq!(resolve("/%252e%252e/x"), path("%2e%2e/x"));
        assert_eq!(resolve("/a...b/..c"), path("a...b/..c"));
        for hostile in [
            "",
            "*",
            "x",
            "/..",
            "/../x",
            "/a/../b",
            "/%2e%2e/x",
            "/.%2e/x",
            "/a/./b",
            "/..%2fx",
            "/..%5cx",
            "/a\\b",
            "/%5c..%5cx",
            "/a%00b",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/a%0d%0ab",
        ] {
            assert_eq!(resolve(hostile), Resolved::Malformed, "{hostile}");
        }
    }

    #[test]
    fn only_this_machines_names_are_answered() {
        let hosts = Hosts::new([127, 0, 0, 1].into(), &["My-Mac.local".to_owned()]);
        for good in [
            "localhost",
            "localhost:8110",
            "LOCALHOST:1",
            "a.localhost:80",
            "127.0.0.1:8110",
            "[::1]:8110",
            "[::1]",
            "my-mac.local:8110",
        ] {
            assert!(hosts.allow(good), "{good}");
        }
        for bad in [
            "",
            "evil.example",
            "localhost.evil.example",
            "evil.example:8110",
            "localhost@evil.example",
            "user@localhost",
            "127.0.0.1.evil.example",
            "192.168.0.2:8110",
            "notlocalhost",
            "[::1]evil.example:8110",
            "[::1]x",
            "localhost@localhost",
            "localhost:",
            "localhost:99999",
            "localhost:port",
            "localhost:99999",
            "[::1",
            "0.0.0.0",
        ] {
            assert!(!hosts.allow(bad), "{bad}");
        }
        assert!(Hosts::new([0, 0, 0, 0].into(), &[]).allow("192.168.0.2:8110"));
        assert!(!Hosts::new([0, 0, 0, 0].into(), &[]).allow("evil.example"));
    }

    #[test]
    fn the_prefix_is_the_path_of_the_base_url() {
        assert_eq!(prefix_of("https://example.com/"), "");
        assert_eq!(prefix_of("https://example.com"), "");
        assert_eq!(prefix_of("https://example.com/course/"), "course/");
        assert_eq!(prefix_of("https://example.com/a/%E7%A7%98"), "a/秘/");
        assert_eq!(prefix_of(""), "");
    }
}
