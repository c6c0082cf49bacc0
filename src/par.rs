//! The one use of threads for computing. Results come back in the order of the input, whatever ran first.

use rayon::prelude::*;

/// `items` through `f`, on all cores; the results in the order of `items`.
pub fn map<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    items.par_iter().map(f).collect()
}

/// Like [`map`], for items that are taken.
pub fn map_owned<T: Send, R: Send>(items: Vec<T>, f: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    items.into_par_iter().map(f).collect()
}

/// Both, at the same time.
pub fn join<A: Send, B: Send>(a: impl FnOnce() -> A + Send, b: impl FnOnce() -> B + Send) -> (A, B) {
    rayon::join(a, b)
}

/// Threads for what waits instead of computing.
const WAITING: usize = 16;

/// Like [`map`], many at the same time whatever the number of cores: for what waits for others.
pub fn wait<T: Sync, R: Send>(items: &[T], f: impl Fn(&T) -> R + Sync + Send) -> Vec<R> {
    match rayon::ThreadPoolBuilder::new().num_threads(WAITING.min(items.len().max(1))).build() {
        Ok(pool) => pool.install(|| map(items, f)),
        Err(_) => map(items, f),
    }
}

/// `f` on a thread of its own with a stack of `bytes`, for what recurses deeper than a thread's usual stack allows.
/// `None` where the machine has no room for another thread.
pub fn with_stack<R: Send>(bytes: usize, f: impl FnOnce() -> R + Send) -> Option<R> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(bytes).spawn_scoped(scope, f).ok()?;
        thread.join().ok()
    })
}
