//! A tiny pseudo-random generator, so that a corpus is the same on every machine and in every year.
//!
//! It must not read a clock, the environment or the operating system: its seed is all it knows.

/// `SplitMix64` (Steele, Lea and Flood, 2014): one multiplication chain, full period, good enough for prose.
pub(super) struct Random(u64);

impl Random {
    /// A stream that depends on `seed` alone. Neighbouring seeds give unrelated streams.
    pub(super) fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ 0x6869_6B65_7473_7521);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number from 0 to `bound - 1`. The bias of the remainder is far below what a corpus shows.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound).expect("usize is at most 64 bits wide");
        usize::try_from(self.next() % bound).expect("smaller than the bound, which was a usize")
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high - low + 1)
    }

    /// True once in `n` times.
    pub(super) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    /// One of `items`.
    pub(super) fn pick<'a>(&mut self, items: &[&'a str]) -> &'a str {
        items[self.below(items.len())]
    }
}
