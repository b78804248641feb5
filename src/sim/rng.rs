//! Dice that a run owns: one named algorithm, and no roll that depends on how many others were rolled.
//!
//! Arrivals are a sequence, so they come from a stream ([`Stream`], a [`Pcg64Mcg`], which is value-stable and
//! named here). Every other draw is *keyed* ([`Dice::draw`]): it is a function of (seed, concern, request,
//! call, try) alone. So a policy that retries, or a failure that is switched on, shifts nobody else's dice,
//! and two policies can be compared on the very same requests. Range sampling, ratios and distributions
//! are written out here because a library's may change between releases; floating point goes through `libm`
//! because `ln` and `exp` differ between platforms.

mod lognormal;

use std::fmt;
use std::str::FromStr;

use rand_core::Rng as _;
use rand_pcg::Pcg64Mcg;

pub use lognormal::LogNormal;

/// The number that, with a scenario and its interventions, decides a whole run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(pub u64);

impl fmt::Display for Seed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// What a draw decides. Each concern has dice of its own; the numbers are part of the meaning of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concern {
    /// When users come.
    Arrivals = 0,
    /// Whether a request writes.
    Write = 1,
    /// How long a pod works on a call.
    Service = 2,
    /// How long a data store takes.
    Data = 3,
    /// Jitter on the way there and back.
    Wire = 4,
    /// Which priority level a try goes to.
    Level = 5,
    /// Which endpoint of the level.
    Host = 6,
    /// How long a retry waits.
    BackOff = 7,
    /// Whether a pod with an error share fails this call.
    Fault = 8,
    /// Whether a lossy link loses this try.
    Loss = 9,
    /// When a proxy's outlier sweeps happen, and whether one comes a hair early.
    Phase = 10,
    /// How long a change takes from the API server to the proxies.
    Push = 11,
    /// How much longer a Linkerd breaker stays shut.
    Penalty = 12,
    /// Which row, or item, a request is about.
    Row = 13,
    /// How late a replica has a write.
    Lag = 14,
    /// How long a pod takes to start, and how old its certificate is.
    Lives = 15,
    /// Which resolver a user's request comes through.
    Resolver = 16,
    /// Phases and picks of health checkers, resolvers and `ExternalDNS`.
    Dns = 17,
    /// Which pod a gateway passes a connection or a call on to.
    Gateway = 18,
    /// Which subset a route's weights send a call to.
    Route = 19,
    /// Whether a fault is injected into a call.
    Inject = 20,
    /// Which zone zone-aware routing sends a try to.
    Zone = 21,
}

const CONCERNS: usize = 22;

/// Keyed draws of one run.
#[derive(Clone, Debug)]
pub struct Dice {
    bases: [u64; CONCERNS],
}

impl Dice {
    /// The dice of a seed.
    pub fn new(seed: Seed) -> Self {
        let mut state = seed.0;
        Self { bases: std::array::from_fn(|_| splitmix(&mut state)) }
    }

    /// 64 bits for this try of this call of this request; the same for the same arguments, always.
    #[inline]
    pub fn draw(&self, concern: Concern, request: u64, call: u32, attempt: u32) -> u64 {
        let place = u64::from(call) << 16 | u64::from(attempt);
        let key = self.bases[concern as usize]
            .wrapping_add(request.wrapping_mul(0x9E37_79B9_7F4A_7C15))
            .wrapping_add(place.wrapping_mul(0xD1B5_4A32_D192_ED03));
        scramble(key)
    }
}

/// Keyed draw without the prepared [`Dice`]: 64 bits for (seed, concern, request, call, try).
pub fn draw(seed: Seed, concern: Concern, request: u64, call: u32, attempt: u32) -> u64 {
    Dice::new(seed).draw(concern, request, call, attempt)
}

/// A stream for things that come one after another.
#[derive(Clone, Debug)]
pub struct Stream(Pcg64Mcg);

impl Stream {
    /// Lane `lane` of a concern: one a region's users, so that a surge in one region leaves the others' alone.
    pub fn new(seed: Seed, concern: Concern, lane: u64) -> Self {
        let low = draw(seed, concern, lane, 0, 0);
        let high = draw(seed, concern, lane, 0, 1);
        Self(Pcg64Mcg::new(u128::from(high) << 64 | u128::from(low)))
    }

    /// The next 64 bits.
    #[inline]
    pub fn draw(&mut self) -> u64 {
        self.0.next_u64()
    }

    /// An exponential span around a mean, both in nanoseconds: the gap to the next Poisson arrival.
    pub fn exponential(&mut self, mean_nanos: f64) -> u64 {
        (-libm::log(unit_open(self.draw())) * mean_nanos) as u64
    }
}

/// A number in [0, 1) out of 64 bits.
#[inline]
pub fn unit(bits: u64) -> f64 {
    (bits >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
}

/// A number in (0, 1) out of 64 bits: safe for a logarithm.
#[inline]
pub fn unit_open(bits: u64) -> f64 {
    ((bits >> 11) as f64 + 0.5) * (1.0 / (1_u64 << 53) as f64)
}

/// A number in 0..`bound` out of 64 bits. The bias is below `bound` / 2^64.
#[inline]
pub fn below(bits: u64, bound: u64) -> u64 {
    ((u128::from(bits) * u128::from(bound)) >> 64) as u64
}

/// One step of `SplitMix64`, which makes good keys out of poor seeds.
fn splitmix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut x = *state;
    x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Pelle Evensen's `moremur`: `SplitMix64`'s finalizer with constants that scramble counters better, which is
/// what our keys are.
#[inline]
fn scramble(mut x: u64) -> u64 {
    x = (x ^ (x >> 27)).wrapping_mul(0x3C79_AC49_2BA7_B653);
    x = (x ^ (x >> 33)).wrapping_mul(0x1C69_B3F7_4AC4_AE35);
    x ^ (x >> 27)
}

/// A chance, written `30/100`: 30 in 100.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Ratio {
    hits: u32,
    of: u32,
}

impl Ratio {
    /// `hits` in `of`; `None` unless 0 ≤ hits ≤ of and of > 0.
    pub const fn new(hits: u32, of: u32) -> Option<Self> {
        if of == 0 || hits > of { None } else { Some(Self { hits, of }) }
    }

    /// Whether these 64 bits are a hit.
    #[inline]
    pub fn hits(self, bits: u64) -> bool {
        self.hits > 0 && below(bits, u64::from(self.of)) < u64::from(self.hits)
    }

    /// Never a hit.
    pub const fn is_zero(self) -> bool {
        self.hits == 0
    }

    /// As a share of 1.
    pub fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { f64::from(self.hits) / f64::from(self.of) }
    }
}

impl fmt::Display for Ratio {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.hits, self.of.max(1))
    }
}

/// Why a ratio could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("'{0}' is not a ratio; write two whole numbers, the first not the larger, such as 30/100")]
pub struct RatioError(String);

impl FromStr for Ratio {
    type Err = RatioError;

    /// `30/100`; a bare `0` and `1` are never and always.
    fn from_str(text: &str) -> Result<Self, RatioError> {
        let (hits, of) = text.split_once('/').unwrap_or((text, "1"));
        let number =
            |part: &str| part.parse::<u32>().ok().filter(|_| part.bytes().all(|b| b.is_ascii_digit()));
        number(hits)
            .zip(number(of))
            .and_then(|(hits, of)| Self::new(hits, of))
            .ok_or_else(|| RatioError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_dice_of_a_seed_never_change() {
        let dice = Dice::new(Seed(7));
        let drawn: Vec<u64> = (0..4).map(|request| dice.draw(Concern::Host, request, 1, 0)).collect();
        assert_eq!(drawn, GOLDEN_DICE);
        let mut stream = Stream::new(Seed(7), Concern::Arrivals, 0);
        let drawn: Vec<u64> = (0..4).map(|_| stream.draw()).collect();
        assert_eq!(drawn, GOLDEN_STREAM);
    }

    const GOLDEN_DICE: [u64; 4] =
        [2259183495041786729, 15435073237414223242, 11426517802354658085, 15482172044988358553];
    const GOLDEN_STREAM: [u64; 4] =
        [14738983002844338681, 8509568377006784514, 6109388895967453291, 2794326213618340542];

    #[test]
    fn neighboring_keys_draw_evenly_and_apart() {
        let dice = Dice::new(Seed(1));
        let mut buckets = [0_u32; 100];
        for request in 0..20_000 {
            for attempt in 0..5 {
                buckets[below(dice.draw(Concern::Level, request, 2, attempt), 100) as usize] += 1;
            }
        }
        // 1000 expected in each, standard deviation 31.
        assert!(buckets.iter().all(|&n| (850..1150).contains(&n)), "{buckets:?}");
        let same_bits =
            (dice.draw(Concern::Level, 5, 2, 0) ^ dice.draw(Concern::Host, 5, 2, 0)).count_zeros();
        assert!((16..48).contains(&same_bits), "two concerns share {same_bits} bits");
    }

    #[test]
    fn ratios_print_as_they_are_written() {
        for text in ["30/100", "1/3", "0/5", "7/7"] {
            assert_eq!(text.parse::<Ratio>().unwrap().to_string(), text);
        }
        for text in ["", "5/0", "6/5", "-1/5", "a/b", "1/2/3", "+1/2"] {
            assert!(text.parse::<Ratio>().is_err(), "{text:?} was taken");
        }
        let third: Ratio = "1/3".parse().unwrap();
        let dice = Dice::new(Seed(3));
        let hits = (0..30_000).filter(|&n| third.hits(dice.draw(Concern::Fault, n, 0, 0))).count();
        assert!((9_700..10_300).contains(&hits), "{hits} of 30000");
    }
}
