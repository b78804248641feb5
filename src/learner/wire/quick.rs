//! Lines of reviews as this program writes them, read without a parser of JSON: a log is reviews, and a shell prompt
//! waits for all of them.
//!
//! The fields stand in one order and no text holds an escape. Every other line, however right, is for that parser;
//! what is read here reads the same there.

use std::str::FromStr;

use super::Wire;

/// The fields of a line; `None` where it is no review or is written in another way.
pub(super) fn review(line: &[u8]) -> Option<Wire<'_>> {
    let mut rest = Rest(str::from_utf8(line).ok()?);
    let mut wire = Wire { v: 1, op: "review".into(), ..Wire::default() };
    wire.id = rest.after(r#"{"v":1,"id":""#)?.text()?.into();
    wire.t = Some(rest.after(r#","op":"review","t":"#)?.number()?);
    wire.off = rest.after(r#","off":"#)?.number()?;
    wire.card = rest.after(r#","card":""#)?.text()?.into();
    if let Some(rest) = rest.after(r#","h":""#) {
        wire.h = rest.text()?.into();
    }
    wire.r = Some(rest.after(r#","r":"#)?.number()?);
    wire.ms = Some(rest.after(r#","ms":"#)?.number()?);
    if let Some(rest) = rest.after(r#","mode":""#) {
        wire.mode = rest.text()?.into();
    }
    if let Some(rest) = rest.after(r#","ok":"#) {
        let is_right = rest.after("true").is_some();
        if !is_right {
            rest.after("false")?;
        }
        wire.ok = Some(is_right);
    }
    wire.conf = Some(rest.after(r#","conf":"#)?.number()?);
    wire.kind = rest.after(r#","kind":""#)?.text()?.into();
    (rest.0 == "}").then_some(wire)
}

/// What was not read yet.
struct Rest<'a>(&'a str);

impl<'a> Rest<'a> {
    /// Goes on behind this; stays where it is where something else stands there.
    fn after(&mut self, text: &str) -> Option<&mut Self> {
        self.0 = self.0.strip_prefix(text)?;
        Some(self)
    }

    /// A text up to its closing quote; `None` where it holds what JSON escapes.
    fn text(&mut self) -> Option<&'a str> {
        let end = self.0.bytes().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20))?;
        let (text, rest) = self.0.split_at(end);
        self.0 = rest.strip_prefix('"')?;
        Some(text)
    }

    /// A whole number as JSON has it: no leading zero and no sign but a minus.
    fn number<N: FromStr>(&mut self) -> Option<N> {
        let digits = self.0.strip_prefix('-').unwrap_or(self.0);
        let sign = self.0.len() - digits.len();
        let count = digits.bytes().take_while(u8::is_ascii_digit).count();
        if digits.starts_with('0') && sign + count > 1 {
            return None;
        }
        let (number, rest) = self.0.split_at(sign + count);
        self.0 = rest;
        number.parse().ok()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{KINDS, Line, MODES};
    use super::*;
    use crate::learner::{Confidence, Event, IdMaker, Review, TextHash};
    use crate::srs::{Grade, Moment};

    /// One line of each mode and kind, with and without what may be left out.
    fn lines() -> Vec<String> {
        let mut ids = IdMaker::new("my-old-laptop", 7);
        let mut lines = Vec::new();
        for (at, (mode, _)) in MODES.iter().enumerate() {
            for (kind, _) in KINDS {
                let is_bare = at % 2 == 1;
                let review = Review {
                    card: "e11.spill-“über”".into(),
                    hash: (!is_bare).then(|| TextHash::new("00c0ffee00c0ffee")).flatten(),
                    grade: Grade::ALL[at],
                    took_ms: 5400,
                    mode: *mode,
                    right: (!is_bare).then_some(at == 0),
                    confidence: (!is_bare).then_some(Confidence::Certain),
                    kind,
                };
                let moment = Moment { ms: 1_795_345_200_000 * (1 - at as i64), offset: -60 * at as i32 };
                lines.push(ids.entry(moment, Event::Review(review)).to_line());
            }
        }
        lines
    }

    #[test]
    fn every_review_is_read_the_quick_way() {
        for line in lines() {
            assert!(review(line.as_bytes()).is_some(), "{line}");
        }
    }

    #[test]
    fn what_the_quick_way_reads_reads_the_same_as_json() {
        let same = |line: &[u8]| {
            let Some(quick) = review(line) else { return 0 };
            let json = serde_json::from_slice::<Wire<'_>>(line);
            let text = String::from_utf8_lossy(line);
            let json = json.unwrap_or_else(|error| panic!("{text}: {error}"));
            assert_eq!((&quick.id, quick.t, quick.off), (&json.id, json.t, json.off), "{text}");
            assert_eq!((quick.v, quick.event()), (json.v, json.event()), "{text}");
            1
        };
        let mut read = 0;
        for line in lines() {
            let line = line.as_bytes();
            for at in 0..line.len() {
                read += same(&[&line[..at], &line[at + 1..]].concat());
                for byte in b"\"\\,:{}-+.e 0159tf\x01\x7f\xc3\xff" {
                    read += same(&[&line[..at], &[*byte], &line[at..]].concat());
                    read += same(&[&line[..at], &[*byte], &line[at + 1..]].concat());
                }
            }
        }
        assert!(read > 10_000, "only {read} of the changed lines were read");
    }

    #[test]
    fn what_is_written_another_way_is_left_to_json() {
        let line = &lines()[0];
        let turned = line.replacen("{\"v\":1,", "{", 1).replace('}', ",\"v\":1}");
        for other in [line.replacen('{', "{ ", 1), turned, line.replace("e11", "e\\u0031\\u0031")] {
            assert!(review(other.as_bytes()).is_none(), "{other}");
            assert_eq!(Line::read(other.as_bytes()), Line::read(line.as_bytes()), "{other}");
        }
    }
}
