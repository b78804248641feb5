//! Fuzz: spreads intervals a little, so that cards learned together do not come back together for ever.
//!
//! It is drawn from what the log holds, never from a generator: two machines and every replay agree, and the
//! date a button shows is the date the card gets.

use std::ops::RangeInclusive;

/// Shorter intervals, in days, are left alone.
const SHORTEST_DAYS: f64 = 2.5;
/// From which day to which day of an interval how much of it may be added or taken (Anki and py-fsrs agree).
const RANGES: [(f64, f64, f64); 3] = [(2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, f64::INFINITY, 0.05)];
/// The FNV-1a 64-bit offset basis and prime.
const FNV: (u64, u64) = (0xcbf2_9ce4_8422_2325, 0x0000_0100_0000_01b3);

/// The seed of a card's next interval: from its id and the id of its previous counted review, or `new`.
///
/// FNV-1a over the bytes of the card's id, one byte 0xFF (which no UTF-8 text holds) and the bytes of the
/// review's id; then the finalizer of `SplitMix64`, because FNV leaves its high bits poorly mixed.
#[must_use]
pub fn seed(card: &str, previous_review: Option<&str>) -> u64 {
    let bytes = card.bytes().chain([0xFF]).chain(previous_review.unwrap_or("new").bytes());
    mix(bytes.fold(FNV.0, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(FNV.1)))
}

/// The finalizer of `SplitMix64`: every bit of the input moves every bit of the output.
#[must_use]
pub fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

/// The days among which the fuzz of an interval of `days` chooses, none above `most`.
#[must_use]
pub fn range(days: u32, most: u32) -> RangeInclusive<u32> {
    let exact = f64::from(days);
    if exact < SHORTEST_DAYS {
        return days..=days;
    }
    let spread =
        RANGES.iter().fold(1.0, |sum, (from, to, share)| sum + share * (exact.min(*to) - from).max(0.0));
    let least = ((exact - spread).round_ties_even() as u32).max(2);
    let greatest = ((exact + spread).round_ties_even() as u32).min(most);
    least.min(greatest)..=greatest
}

/// The fuzzed interval. One seed serves all four buttons, so that fuzz alone hardly ever turns their order.
#[must_use]
pub fn fuzzed(days: u32, most: u32, seed: u64) -> u32 {
    let range = range(days, most);
    let choices = u128::from(range.end() - range.start()) + 1;
    range.start() + ((u128::from(seed) * choices) >> 64) as u32
}
