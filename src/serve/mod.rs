//! Watch → build → delta → reload: the site in memory, shown in the browser while it is written.
//!
//! It calls the one [`build`](crate::build::build) and serves what that returns. It writes nothing, prints nothing (a
//! [`Listener`] is told), and answers no request from the disk but by the names that a build published.

pub mod http;
pub mod live;
mod overview;
mod rebuild;
mod watch;

use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch as flag;

use crate::build;
use crate::diag::{Diagnostic, Lang};
use crate::world::disk::DiskWorld;
use crate::world::{Snapshot, WorldError};
use http::App;
use rebuild::Builder;
use watch::Watch;

/// The port that is tried first where none is asked for.
pub const PORT: u16 = 8110;

/// How many ports are tried where none is asked for.
const PORTS: u16 = 50;

/// How long open connections may take to end.
const PATIENCE: Duration = Duration::from_millis(500);

/// What the user asked for.
#[derive(Debug, Clone)]
pub struct Options {
    /// Where to listen.
    pub address: IpAddr,
    /// Which port; the first free one from [`PORT`] where none is asked for.
    pub port: Option<u16>,
    /// Host names to answer under besides this machine's own.
    pub hosts: Vec<String>,
    /// For the build.
    pub build: build::Options,
    /// Look for changes every second instead of being told of them.
    pub poll: bool,
    /// Whether browsers go to the page whose text is edited.
    pub follow: bool,
    /// What opens a place in an editor: a URL with `{path}` (below the site's folder), `{line}` and `{column}`.
    pub editor: Option<String>,
    /// The language of the pages that the server itself makes.
    pub lang: Lang,
}

/// Something that the user may want to know.
#[derive(Debug)]
pub enum Event<'a> {
    /// Requests are answered.
    Ready {
        /// On this machine.
        url: String,
        /// For others, where the server is open to them.
        elsewhere: Option<String>,
    },
    /// A build is done, and these are its faults.
    Built {
        /// Sorted; empty where all is well.
        diagnostics: &'a [Diagnostic],
        /// What they speak of.
        snapshot: &'a Snapshot,
        /// Files that are new or other than before; 0 where errors kept the last pages.
        changed: usize,
        /// Whether pages are shown, be they of an earlier build.
        pages: bool,
        /// How long it took.
        took: Duration,
    },
    /// The site could not be read; the last pages stay.
    Unreadable(&'a WorldError),
    /// A build panicked; the last pages stay.
    Crashed,
    /// The system does not report changes.
    Polling {
        /// What it says.
        reason: String,
        /// Whether its limit of watched folders is reached.
        limit: bool,
    },
}

/// Whom to tell. Called from several threads, one call at a time after another.
pub trait Listener: Send + Sync {
    /// Takes note.
    fn on(&self, event: &Event<'_>);
}

/// Why there is no server.
#[derive(Debug)]
pub enum ServeError {
    /// The port that was asked for is in use.
    PortTaken(u16),
    /// The address cannot be listened on.
    Listen(SocketAddr, io::Error),
    /// The system gives no threads or signals.
    Start(io::Error),
}

impl fmt::Display for ServeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::PortTaken(port) => write!(f, "port {port} is in use"),
            Self::Listen(address, error) => write!(f, "cannot listen on {address}: {error}"),
            Self::Start(error) => write!(f, "cannot start: {error}"),
        }
    }
}

impl std::error::Error for ServeError {}

/// Serves the site in `world` until Ctrl-C or a request to terminate.
///
/// # Errors
/// Where the port is taken, or the system refuses.
pub fn run(world: DiskWorld, options: &Options, listener: &Arc<dyn Listener>) -> Result<(), ServeError> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(ServeError::Start)?;
    let done = runtime.block_on(serve(world, options, listener));
    // A build that is still running is left behind: it holds nothing that must be put away.
    runtime.shutdown_background();
    done
}

async fn serve(world: DiskWorld, options: &Options, listener: &Arc<dyn Listener>) -> Result<(), ServeError> {
    let mut stopped = stop_flag().map_err(ServeError::Start)?;
    let socket = bind(options.address, options.port).await?;
    let address = socket.local_addr().map_err(ServeError::Start)?;

    // Watching begins before the first reading, so that no change falls between the two.
    let world = Arc::new(world.remembering());
    let (watch, trouble) = Watch::start(world.clone(), options.poll);
    if let Some(trouble) = trouble {
        listener.on(&trouble.event());
    }
    let app = App::new(world.clone(), options.lang, http::Hosts::new(address.ip(), &options.hosts), options.follow);
    // Whoever asks before the first build is done waits for it.
    let answering = tokio::spawn(http::answer(socket, app.clone(), {
        let mut stopped = stopped.clone();
        async move { raised(&mut stopped).await }
    }));
    let mut builder = Builder::new(world, options.build, app.clone(), listener.clone(), options.editor.clone());

    let first = async {
        builder = builder.turn(true).await;
        builder
    };
    let builder = tokio::select! {
        builder = first => builder,
        () = raised(&mut stopped) => return Ok(()),
    };
    let url = |host: String| format!("http://{host}/{}", crate::path::percent_encode(&app.prefix()));
    let here = if address.ip().is_unspecified() { SocketAddr::from(([127, 0, 0, 1], address.port())) } else { address };
    let elsewhere = (!address.ip().is_loopback())
        .then(|| url(SocketAddr::new(network_address().unwrap_or(address.ip()), address.port()).to_string()));
    listener.on(&Event::Ready { url: url(here.to_string()), elsewhere });

    let following = tokio::spawn(rebuild::follow(builder, watch, listener.clone()));
    raised(&mut stopped).await;
    following.abort();
    app.live().close();
    // Whoever has not finished by then is cut off.
    let _ = tokio::time::timeout(PATIENCE, answering).await;
    Ok(())
}

/// Listens on `port`, or on the first free one where none was asked for.
async fn bind(address: IpAddr, port: Option<u16>) -> Result<TcpListener, ServeError> {
    let (first, last) = port.map_or((PORT, PORT + PORTS), |port| (port, port));
    let mut candidate = first;
    loop {
        let socket = SocketAddr::new(address, candidate);
        match TcpListener::bind(socket).await {
            Ok(listener) => return Ok(listener),
            Err(error) if error.kind() == io::ErrorKind::AddrInUse && candidate < last => candidate += 1,
            Err(error) if error.kind() == io::ErrorKind::AddrInUse => return Err(ServeError::PortTaken(candidate)),
            Err(error) => return Err(ServeError::Listen(socket, error)),
        }
    }
}

/// This machine's address in its network: the one from which it would speak to others. Nothing is sent.
fn network_address() -> Option<IpAddr> {
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").ok()?;
    // An address that is set aside for documentation (RFC 5737).
    socket.connect("192.0.2.1:9").ok()?;
    socket.local_addr().ok().map(|address| address.ip()).filter(|address| !address.is_unspecified())
}

/// Raised by Ctrl-C and by a request to terminate.
fn stop_flag() -> io::Result<flag::Receiver<bool>> {
    let (raise, stopped) = flag::channel(false);
    #[cfg(unix)]
    let mut terminate = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate())?;
    tokio::spawn(async move {
        #[cfg(unix)]
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminate.recv() => {}
        }
        #[cfg(not(unix))]
        let _ = tokio::signal::ctrl_c().await;
        let _ = raise.send(true);
    });
    Ok(stopped)
}

async fn raised(stopped: &mut flag::Receiver<bool>) {
    // An error means that the flag's holder is gone, and then nobody can stop us but by stopping.
    let _ = stopped.wait_for(|stop| *stop).await;
}
