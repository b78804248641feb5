//! Names of entries, small enough to keep a hundred thousand of them.

use std::cmp::Ordering;
use std::fmt;
use std::fmt::Write as _;

use super::entry::{Entry, Event};
use crate::srs::Moment;

/// `<ms>-<device>-<process nonce>-<seq>`: unique wherever it was made. Other shapes are kept as they are.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct EntryId(Shape);

/// Hash of a card's text, so that a later edit is noticed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TextHash(HashShape);

/// Makes ids for one running process. Whoever owns it has read clock and entropy; the domain reads neither.
#[derive(Clone, Debug)]
pub struct IdMaker {
    device: String,
    nonce: u128,
    seq: u32,
    latest_ms: i64,
}

/// A clock that was put right by less than this, in milliseconds, does not turn the order of what was done.
pub(super) const SMALL_CORRECTION_MS: i64 = 3_600_000;
/// Longest name of a device that is kept in place.
const DEVICE_BYTES: usize = 16;

/// Ids of our own shape take no room beside their entry.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// Prints as it was read: decimal numbers without leading zeros, 32 small hexadecimal digits.
    Ours {
        ms: i64,
        device: [u8; DEVICE_BYTES],
        nonce: [u8; 16],
        seq: u32,
    },
    Other(Box<str>),
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum HashShape {
    /// Sixteen small hexadecimal digits.
    Hex(u64),
    Other(Box<str>),
}

impl EntryId {
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(Shape::ours(text).unwrap_or_else(|| Shape::Other(text.into())))
    }

    /// The device that made it; empty where the id has another shape.
    #[must_use]
    pub fn device(&self) -> &str {
        match &self.0 {
            Shape::Ours { device, .. } => device_name(device),
            Shape::Other(text) => parts(text).map_or("", |(_, device, ..)| device),
        }
    }

    /// The number its process gave it; 0 where the id has another shape.
    #[must_use]
    pub fn seq(&self) -> u32 {
        match &self.0 {
            Shape::Ours { seq, .. } => *seq,
            Shape::Other(text) => parts(text).and_then(|(.., seq)| seq.parse().ok()).unwrap_or(0),
        }
    }
}

impl Shape {
    /// `None` where printing would not give the same text.
    fn ours(text: &str) -> Option<Self> {
        let (ms, name, nonce, seq) = parts(text)?;
        let canonical = |number: &str| number == "0" || !number.starts_with(['0', '+', '-']);
        if !canonical(ms) || !canonical(seq) {
            return None;
        }
        let mut device = [0; DEVICE_BYTES];
        device.get_mut(..name.len())?.copy_from_slice(name.as_bytes());
        if name.is_empty() || name.contains('\0') {
            return None;
        }
        Some(Self::Ours { ms: ms.parse().ok()?, device, nonce: bytes_of(nonce)?, seq: seq.parse().ok()? })
    }
}

/// The bytes that 32 small hexadecimal digits stand for.
fn bytes_of(nonce: &str) -> Option<[u8; 16]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits: &[u8; 32] = nonce.as_bytes().try_into().ok()?;
    let mut bytes = [0; 16];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// Milliseconds, device, nonce and number. A device's name may hold hyphens, the other parts may not.
fn parts(text: &str) -> Option<(&str, &str, &str, &str)> {
    let (ms, rest) = text.split_once('-')?;
    let mut from_the_end = rest.rsplitn(3, '-');
    let (seq, nonce) = (from_the_end.next()?, from_the_end.next()?);
    Some((ms, from_the_end.next()?, nonce, seq))
}

fn device_name(device: &[u8; DEVICE_BYTES]) -> &str {
    let end = device.iter().position(|byte| *byte == 0).unwrap_or(DEVICE_BYTES);
    std::str::from_utf8(&device[..end]).expect("it was copied whole from a text")
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Shape::Ours { ms, device, nonce, seq } => {
                let nonce = u128::from_be_bytes(*nonce);
                write!(f, "{ms}-{}-{nonce:032x}-{seq}", device_name(device))
            }
            Shape::Other(text) => f.write_str(text),
        }
    }
}

impl TextHash {
    /// The hash that prints like this; no text is no hash.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        let hex = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let number = u64::from_str_radix(text, 16).ok().filter(|_| hex);
        let shape = number.map_or_else(|| HashShape::Other(text.into()), HashShape::Hex);
        (!text.is_empty()).then_some(Self(shape))
    }
}

impl From<u64> for TextHash {
    fn from(hash: u64) -> Self {
        Self(HashShape::Hex(hash))
    }
}

impl fmt::Display for TextHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            HashShape::Hex(hash) => write!(f, "{hash:016x}"),
            HashShape::Other(text) => f.write_str(text),
        }
    }
}

impl IdMaker {
    /// `nonce` has to be new for each process: two of them may run on one device at once.
    #[must_use]
    pub fn new(device: impl Into<String>, nonce: u128) -> Self {
        Self { device: device.into(), nonce, seq: 0, latest_ms: i64::MIN }
    }

    /// The device that its ids name.
    #[must_use]
    pub fn device(&self) -> &str {
        &self.device
    }

    /// This very process has made that id.
    #[must_use]
    pub fn made(&self, id: &EntryId) -> bool {
        match &id.0 {
            Shape::Ours { nonce, .. } => {
                u128::from_be_bytes(*nonce) == self.nonce && id.device() == self.device
            }
            Shape::Other(text) => parts(text).is_some_and(|(_, device, nonce, _)| {
                device == self.device && u128::from_str_radix(nonce, 16) == Ok(self.nonce)
            }),
        }
    }

    /// Something was done here at that moment: what is made from now on comes after it.
    pub fn seen(&mut self, at: Moment) {
        self.latest_ms = self.latest_ms.max(at.ms);
    }

    /// The moment that an entry made at `now` gets: `now`, or a little later where the clock was just set back a little.
    #[must_use]
    pub fn stamp(&self, now: Moment) -> Moment {
        let behind = self.latest_ms.saturating_sub(now.ms);
        if (0..SMALL_CORRECTION_MS).contains(&behind) { now.plus(behind) } else { now }
    }

    /// The next entry.
    pub fn entry(&mut self, now: Moment, event: Event) -> Entry {
        let at = self.stamp(now);
        self.latest_ms = at.ms;
        self.seq += 1;
        let mut id = String::new();
        let _ = write!(id, "{}-{}-{:032x}-{}", at.ms, self.device, self.nonce, self.seq);
        Entry { id: EntryId::new(&id), at, event }
    }
}

/// The order of the fold for what is named by moment and id.
pub(super) fn order(at: Moment, id: &EntryId, other_at: Moment, other_id: &EntryId) -> Ordering {
    let by_id =
        || (id.device(), id.seq()).cmp(&(other_id.device(), other_id.seq())).then_with(|| id.cmp(other_id));
    at.ms.cmp(&other_at.ms).then_with(by_id)
}
