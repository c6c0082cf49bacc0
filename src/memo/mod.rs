//! Content hashes, the keys made of them, and memos: what was computed once and need not be again.
//!
//! A key never holds a modification time or an absolute path, so a memo is as good on another machine.

use std::collections::HashMap;
use std::fmt::{self, Write as _};

use serde::{Deserialize, Serialize};

/// Identifies this build of Hiketsu: a hash over its own sources. It enters every key, so that no memo outlives
/// the code that made it.
pub const ENGINE: &str = env!("HIKETSU_ENGINE");

/// The first 128 bits of a BLAKE3 hash.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct Hash(pub [u8; 16]);

impl Hash {
    /// The hash of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::cut(&blake3::hash(bytes))
    }

    pub(crate) fn cut(hash: &blake3::Hash) -> Self {
        let mut cut = [0; 16];
        cut.copy_from_slice(&hash.as_bytes()[..16]);
        Self(cut)
    }

    /// 32 lower-case hexadecimal digits.
    pub fn hex(self) -> String {
        self.to_string()
    }

    /// The hash that [`Hash::hex`] wrote, or `None` for anything else.
    pub fn from_hex(hex: &str) -> Option<Self> {
        let mut out = [0; 16];
        let digits = hex.as_bytes();
        if digits.len() != 32 {
            return None;
        }
        for (byte, pair) in out.iter_mut().zip(digits.chunks_exact(2)) {
            let high = char::from(pair[0]).to_digit(16)?;
            let low = char::from(pair[1]).to_digit(16)?;
            *byte = u8::try_from(high * 16 + low).ok()?;
        }
        Some(Self(out))
    }

    /// The first ten hexadecimal digits: what stands in the name of an asset.
    pub fn short(self) -> String {
        let mut hex = self.hex();
        hex.truncate(10);
        hex
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const DIGITS: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
        self.0.iter().try_for_each(|byte| {
            f.write_char(DIGITS[usize::from(byte >> 4)])?;
            f.write_char(DIGITS[usize::from(byte & 15)])
        })
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Builds a key field by field. Each field is preceded by its length, so no two lists of fields run together.
#[derive(Debug, Clone)]
pub struct KeyBuilder(blake3::Hasher);

impl KeyBuilder {
    /// A key for values of `kind`, made by this build of Hiketsu.
    pub fn new(kind: &str) -> Self {
        Self(blake3::Hasher::new()).bytes(ENGINE.as_bytes()).bytes(kind.as_bytes())
    }

    /// Adds bytes.
    #[must_use]
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.update(&(bytes.len() as u64).to_le_bytes());
        self.0.update(bytes);
        self
    }

    /// Adds another hash.
    #[must_use]
    pub fn hash(self, hash: Hash) -> Self {
        self.bytes(&hash.0)
    }

    /// Adds a value by its serialised form, which is the same on every machine.
    ///
    /// # Panics
    /// Where the value cannot be serialised: a map or list whose length is not known beforehand.
    #[must_use]
    pub fn value<T: Serialize + ?Sized>(self, value: &T) -> Self {
        let bytes = postcard::to_stdvec(value).expect("plain data serialises");
        self.bytes(&bytes)
    }

    /// The key.
    pub fn finish(self) -> Hash {
        Hash::cut(&self.0.finalize())
    }
}

/// Values by key, of which each build keeps just those that it used.
///
/// A build reads the memo from many threads and hands the entries it used to [`Memo::replace`] at the end, so there
/// is no lock and nothing to evict.
#[derive(Debug, Clone)]
pub struct Memo<V>(HashMap<Hash, V>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<V: Clone> Memo<V> {
    /// The value kept under `key`.
    pub fn get(&self, key: Hash) -> Option<&V> {
        self.0.get(&key)
    }

    /// Forgets everything but `used`.
    pub fn replace(&mut self, used: impl IntoIterator<Item = (Hash, V)>) {
        self.0 = used.into_iter().collect();
    }

    /// How many values are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All entries, sorted by key: the form in which a memo is stored.
    pub fn sorted(&self) -> Vec<(Hash, &V)> {
        let mut all: Vec<_> = self.0.keys().copied().collect();
        all.sort_unstable();
        all.into_iter().filter_map(|key| self.0.get(&key).map(|value| (key, value))).collect()
    }
}
