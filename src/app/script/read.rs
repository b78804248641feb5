//! Reading a script: each line is checked before anything is played.

use std::time::Duration;

use super::{Deed, Line, Point, Script, ScriptError, Spot};
use crate::app::chord::Chord;
use crate::app::geometry::Size;
use crate::app::present::rehearse::Wish;
use crate::app::state::{Go, Window};
use crate::sim::{Scenario, SimSpan, near};

const WORDS: [&str; 11] =
    ["size", "start", "press", "type", "click", "double", "drag", "wheel", "pass", "see", "film"];
const SCREENS: [&str; 8] = ["home", "learn", "lab", "review", "worth", "stats", "present", "console"];
/// A picture of more cells than this is no screen.
const COLUMNS_MAX: u16 = 500;
const ROWS_MAX: u16 = 200;
/// Longer passes are a slip of the hand, and minutes of work.
const PASS_MAX: SimSpan = SimSpan::from_seconds(3600);
/// 75 pictures: a film is looked at over and over.
const FILM_MAX: SimSpan = SimSpan::from_seconds(10);

impl Script {
    /// Reads a script; `file` is for messages.
    ///
    /// # Errors
    /// The first line that is none of a session.
    pub fn read(text: &str, file: &str) -> Result<Self, ScriptError> {
        let mut script = Self { file: file.to_owned(), lines: Vec::new() };
        let mut begun = false;
        let numbered = text.lines().enumerate().map(|(index, line)| (index + 1, line.trim()));
        for (number, line) in numbered.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let deed = deed(line).map_err(|what| script.error(number, what))?;
            if !begun && !matches!(deed, Deed::Size(_) | Deed::Start(_)) {
                let what = format!(
                    "'{line}' comes before anything is open; write a line such as 'start lab' above it"
                );
                return Err(script.error(number, what));
            }
            begun |= matches!(deed, Deed::Start(_));
            script.lines.push(Line { number, deed });
        }
        if !begun {
            let what = "nothing is opened; write a line such as 'start lab'".to_owned();
            return Err(script.error(text.lines().count().max(1), what));
        }
        Ok(script)
    }
}

fn deed(line: &str) -> Result<Deed, String> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    Ok(match word {
        "size" => Deed::Size(size(rest)?),
        "start" => Deed::Start(start(rest)?),
        "press" => Deed::Press(chords(rest)?),
        "type" => Deed::Type(text(rest)?),
        "click" | "double" | "drag" | "wheel" => Deed::Point(points(word, rest)?),
        "pass" => Deed::Pass(span("pass", rest, PASS_MAX)?),
        "see" => Deed::See(name("see", rest)?),
        "film" => {
            let (length, called) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            Deed::Film(span("film", length, FILM_MAX)?, name("film 2s", called.trim())?)
        }
        other => {
            let known = WORDS.join(", ");
            return Err(format!(
                "'{other}' is no word of a session; there is {known}{}",
                near::hint(other, WORDS)
            ));
        }
    })
}

/// `120x40`: columns and rows.
///
/// # Errors
/// One sentence that says what would be right.
pub fn size(text: &str) -> Result<Size, String> {
    let number = |part: &str| part.parse::<u16>().ok().filter(|&number| number > 0);
    let read = text.split_once('x').and_then(|(width, height)| Some((number(width)?, number(height)?)));
    match read {
        Some((width, height)) if width <= COLUMNS_MAX && height <= ROWS_MAX => Ok(Size::new(width, height)),
        Some(_) => Err(format!("'{text}' is larger than any screen; write at most {COLUMNS_MAX}x{ROWS_MAX}")),
        None => Err(format!("'{text}' is no size; write columns and rows, such as 80x24")),
    }
}

fn start(text: &str) -> Result<Go, String> {
    let (screen, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    let rest = rest.trim();
    match (screen, rest) {
        ("home", "") => Ok(Go::Home),
        ("review", "") => Ok(Go::Review),
        ("worth", "") => Ok(Go::Worth),
        ("stats", "") => Ok(Go::Stats),
        ("learn", "") => Ok(Go::Reader(None)),
        ("learn", number) => Ok(Go::Reader(Some(section(screen, number)?))),
        ("present" | "console", at) => {
            let window = if screen == "present" { Window::Audience } else { Window::Console };
            let section = if at.is_empty() { None } else { Some(section(screen, at)?) };
            Ok(Go::Talk { window, section, total: None, read: Box::default(), wish: Wish::default() })
        }
        ("lab", "") => Ok(Go::Lab(None)),
        ("lab", named) if Scenario::shipped_names().any(|known| known == named) => {
            Ok(Go::Lab(Some(named.to_owned())))
        }
        ("lab", named) => {
            let known: Vec<&str> = Scenario::shipped_names().collect();
            Err(format!(
                "there is no scenario '{named}'; there is {}{}",
                known.join(" and "),
                near::hint(named, known.iter().copied())
            ))
        }
        ("home" | "review" | "worth" | "stats", more) => {
            Err(format!("'{more}' says nothing to {screen}; write start {screen}"))
        }
        (other, _) => {
            let known = SCREENS.join(", ");
            Err(format!("'{other}' is no screen; there is {known}{}", near::hint(other, SCREENS)))
        }
    }
}

fn section(screen: &str, number: &str) -> Result<u8, String> {
    let read = number.parse::<u8>().ok().filter(|number| *number > 0);
    read.ok_or_else(|| format!("'{number}' is no section; write its number, such as {screen} 4"))
}

fn chords(text: &str) -> Result<Vec<Chord>, String> {
    if text.is_empty() {
        return Err("press what? Write keys with blanks between them, such as press f 5 space".to_owned());
    }
    text.split_whitespace().map(|key| key.parse::<Chord>().map_err(|error| error.to_string())).collect()
}

fn text(text: &str) -> Result<String, String> {
    if text.is_empty() {
        return Err("type what? Write the text, such as type 30 percent".to_owned());
    }
    Ok(text.to_owned())
}

/// What a mouse does: `click payment-3`, `double 40,12`, `drag 30,36 10,20`, `wheel up 20,30`.
///
/// # Errors
/// One sentence that says what would be right.
pub fn points(word: &str, text: &str) -> Result<Vec<Point>, String> {
    let (first, second) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match (word, first) {
        ("click", _) => Ok(vec![Point::Press(spot(text)?)]),
        ("double", _) => Ok(vec![Point::Press(spot(text)?), Point::Press(spot(text)?)]),
        ("drag", from) => {
            let (from, to) = (spot(from)?, spot(second.trim())?);
            Ok(vec![Point::Press(from.clone()), Point::Drag(from, to)])
        }
        (_, "up" | "down") => Ok(vec![Point::Wheel { up: first == "up", at: spot(second.trim())? }]),
        _ => {
            Err(format!("'{first}' is no way for a wheel to turn; write wheel up 20,30 or wheel down 20,30"))
        }
    }
}

/// `40,12` or the name of a place.
fn spot(text: &str) -> Result<Spot, String> {
    if text.is_empty() || text.contains(char::is_whitespace) {
        return Err(
            "where? Write a column and a row, such as 40,12, or a place, such as payment-3".to_owned()
        );
    }
    let cell = text.split_once(',').and_then(|(x, y)| Some((x.parse().ok()?, y.parse().ok()?)));
    Ok(cell.map_or_else(|| Spot::Place(text.to_owned()), Spot::Cell))
}

fn name(before: &str, name: &str) -> Result<String, String> {
    if name.is_empty() {
        return Err(format!("the picture has no name; write one, such as {before} the link is cut"));
    }
    Ok(name.to_owned())
}

fn span(word: &str, text: &str, most: SimSpan) -> Result<Duration, String> {
    let span: SimSpan = text.parse().map_err(|error: crate::sim::time::SpanError| error.to_string())?;
    if span > most {
        return Err(format!(
            "{word} {text} is too long; write at most {most}, and several lines if it must be"
        ));
    }
    Ok(Duration::from_nanos(span.nanos()))
}
