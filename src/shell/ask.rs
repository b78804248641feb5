//! One batch of questions to the terminal, asked with the first frame and given 100 ms.
//!
//! Asked are the background color (OSC 11) and whether `●` is one cell wide (its effect on the cursor's
//! position); the batch ends with DA1, which every terminal answers, so that one that knows no OSC 11 does not
//! cost the whole time. Runs before the input thread: afterwards [`super::late`] drops what still comes.

use std::fs::File;
use std::io::{self, Read, Write};
use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::clock::stopwatch;
use crate::ui::theme::Ground;

/// The longest that answers are waited for.
const PATIENCE: Duration = Duration::from_millis(100);
/// Top left corner, one ambiguous glyph, where is the cursor; then the row is erased, for a frame draws no blanks
/// over what it does not know of.
const QUESTIONS: &[u8] = b"\x1b]11;?\x1b\\\x1b[1;1H\xe2\x97\x8f\x1b[6n\x1b[2K\x1b[c";

/// What the terminal said of itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    pub ground: Option<Ground>,
    /// `●` moved the cursor by something else than one.
    pub odd_glyphs: bool,
    /// It answered at all: every terminal knows the last question.
    pub answered: bool,
    /// Its attributes say that it takes text for the clipboard (OSC 52). Many that do so do not say it.
    pub clipboard: bool,
    /// Keys that were pressed meanwhile.
    pub keys: Vec<Event>,
}

/// Writes the questions; call it just before the first frame is drawn.
pub fn write(out: &mut impl Write) -> io::Result<()> {
    out.write_all(QUESTIONS)
}

/// Reads until DA1 is answered or the time is up. A terminal that cannot be read answers nothing.
#[must_use]
pub fn read() -> Answers {
    File::open("/dev/tty")
        .ok()
        .and_then(|tty| read_bytes(tty).ok())
        .map(|bytes| parse(&bytes))
        .unwrap_or_default()
}

fn read_bytes(mut tty: File) -> io::Result<Vec<u8>> {
    let elapsed = stopwatch();
    let mut bytes = Vec::new();
    while !has_device_attributes(&bytes) {
        let Some(left) = PATIENCE.checked_sub(elapsed()) else { break };
        let timeout = Timespec { tv_sec: 0, tv_nsec: i64::from(left.subsec_nanos()) };
        let mut fds = [PollFd::new(&tty, PollFlags::IN)];
        if poll(&mut fds, Some(&timeout))? == 0 {
            break;
        }
        let mut piece = [0; 256];
        match tty.read(&mut piece)? {
            0 => break,
            count => bytes.extend_from_slice(&piece[..count]),
        }
    }
    Ok(bytes)
}

/// `ESC [ ? … c` stands in it, whole.
fn has_device_attributes(bytes: &[u8]) -> bool {
    bytes.windows(3).position(|three| three == b"\x1b[?").is_some_and(|at| {
        bytes[at + 3..].iter().find(|b| !(b.is_ascii_digit() || **b == b';')) == Some(&b'c')
    })
}

/// Takes answers out of what came; the rest are keys.
fn parse(bytes: &[u8]) -> Answers {
    let mut answers = Answers::default();
    let mut rest = bytes;
    while let Some((&first, after)) = rest.split_first() {
        if first != 0x1b {
            rest = take_key(rest, &mut answers);
            continue;
        }
        rest = match after.first() {
            Some(b']' | b'P') => take_string(after, &mut answers),
            Some(b'[') => take_sequence(after, &mut answers),
            _ => {
                answers.keys.push(pressed(KeyCode::Esc, KeyModifiers::NONE));
                after
            }
        };
    }
    answers
}

/// `] 11 ; rgb:RRRR/GGGG/BBBB` up to BEL or `ESC \`.
fn take_string<'a>(bytes: &'a [u8], answers: &mut Answers) -> &'a [u8] {
    let end = bytes.iter().position(|b| *b == 7 || *b == 0x1b).unwrap_or(bytes.len());
    let (text, rest) = bytes.split_at(end);
    if let Some(color) = std::str::from_utf8(text).ok().and_then(|text| text.strip_prefix("]11;")) {
        answers.ground = ground(color);
    }
    match rest {
        [7, rest @ ..] | [0x1b, b'\\', rest @ ..] => rest,
        other => other,
    }
}

/// `[ … final`: a cursor position, device attributes, or an arrow key.
fn take_sequence<'a>(bytes: &'a [u8], answers: &mut Answers) -> &'a [u8] {
    let Some(end) = bytes.iter().skip(1).position(|b| (0x40..=0x7e).contains(b)).map(|at| at + 1) else {
        return &[];
    };
    let parameters = &bytes[1..end];
    match bytes[end] {
        b'R' => answers.odd_glyphs = parameters != b"1;2",
        b'c' => {
            answers.answered = true;
            answers.clipboard = parameters.split(|byte| *byte == b';').any(|number| number == b"52");
        }
        b'A' => answers.keys.push(pressed(KeyCode::Up, KeyModifiers::NONE)),
        b'B' => answers.keys.push(pressed(KeyCode::Down, KeyModifiers::NONE)),
        b'C' => answers.keys.push(pressed(KeyCode::Right, KeyModifiers::NONE)),
        b'D' => answers.keys.push(pressed(KeyCode::Left, KeyModifiers::NONE)),
        _ => {}
    }
    &bytes[end + 1..]
}

fn take_key<'a>(bytes: &'a [u8], answers: &mut Answers) -> &'a [u8] {
    let (event, used) = match bytes[0] {
        b'\r' | b'\n' => (pressed(KeyCode::Enter, KeyModifiers::NONE), 1),
        b'\t' => (pressed(KeyCode::Tab, KeyModifiers::NONE), 1),
        0x7f | 8 => (pressed(KeyCode::Backspace, KeyModifiers::NONE), 1),
        control @ 1..=26 => {
            (pressed(KeyCode::Char(char::from(control - 1 + b'a')), KeyModifiers::CONTROL), 1)
        }
        _ => {
            let valid = match std::str::from_utf8(bytes) {
                Ok(text) => text,
                Err(error) => std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default(),
            };
            match valid.chars().next() {
                Some(c) => (pressed(KeyCode::Char(c), KeyModifiers::NONE), c.len_utf8()),
                None => return &bytes[1..],
            }
        }
    };
    answers.keys.push(event);
    &bytes[used..]
}

fn pressed(code: KeyCode, modifiers: KeyModifiers) -> Event {
    Event::Key(KeyEvent::new(code, modifiers))
}

/// Light or dark, by the luminance of `rgb:R/G/B` with 1 to 4 hex digits each (ITU-R BT.709 weights).
fn ground(color: &str) -> Option<Ground> {
    let mut parts = color.strip_prefix("rgb:")?.split('/').map(|hex| {
        let most = 16_u32.checked_pow(hex.len() as u32).filter(|_| (1..=4).contains(&hex.len()))? - 1;
        Some(f64::from(u32::from_str_radix(hex, 16).ok()?) / f64::from(most))
    });
    let (red, green, blue) = (parts.next()??, parts.next()??, parts.next()??);
    let light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    Some(if light > 0.5 { Ground::Light } else { Ground::Dark })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_told_from_keys() {
        let answers = parse(b"j\x1b]11;rgb:ffff/ffff/eeee\x1b\\\x1b[1;2R\x1b[?62;22ck\x1b[A");
        assert_eq!(answers.ground, Some(Ground::Light));
        assert!(!answers.odd_glyphs && answers.answered && !answers.clipboard);
        assert!(parse(b"\x1b[?62;22;52c").clipboard);
        let codes: Vec<KeyCode> = answers
            .keys
            .iter()
            .filter_map(|event| match event {
                Event::Key(key) => Some(key.code),
                _ => None,
            })
            .collect();
        assert_eq!(codes, [KeyCode::Char('j'), KeyCode::Char('k'), KeyCode::Up]);
    }

    #[test]
    fn a_glyph_two_cells_wide_is_noticed() {
        assert!(parse(b"\x1b[1;3R\x1b[?6c").odd_glyphs);
    }

    #[test]
    fn device_attributes_end_the_wait_only_when_they_are_whole() {
        assert!(!has_device_attributes(b"\x1b[?62;2"));
        assert!(has_device_attributes(b"x\x1b[?62;22c"));
    }
}
