//! Answers as a table: RFC 4180 with plain line ends, one row an answer that was not undone.
//!
//! A row is a log line under other names, so that both are read by the same rules.

use serde_json::{Map, Value};

use super::{Brought, Parcel, Unread};
use crate::learner::{Entry, Learner, card};

/// How a cell stands in a log line.
#[derive(Clone, Copy, PartialEq)]
enum Shape {
    Text,
    Number,
    Truth,
}

/// The columns in their order: name, key of the log line, shape.
const COLUMNS: [(&str, &str, Shape); 11] = [
    ("id", "id", Shape::Text),
    ("t_ms", "t", Shape::Number),
    ("offset_minutes", "off", Shape::Number),
    ("card", "card", Shape::Text),
    ("grade", "r", Shape::Number),
    ("took_ms", "ms", Shape::Number),
    ("mode", "mode", Shape::Text),
    ("right", "ok", Shape::Truth),
    ("confidence", "conf", Shape::Number),
    ("kind", "kind", Shape::Text),
    ("text_hash", "h", Shape::Text),
];
/// The last column: the moment by the clock that was on the wall; for people, and not read back.
const LOCAL_TIME: &str = "local_time";
/// What a row lacks that is none.
const NO_ANSWER: &str = "no answer: it needs an id, t_ms, a card and a grade from 1 to 4, and no clock is off by more than 1440 minutes";
/// Without these a row is no answer.
const NEEDED: [&str; 4] = ["id", "t_ms", "card", "grade"];

impl Learner {
    /// All answers that were not undone, in the order in which they were given, under a head.
    #[must_use]
    pub fn answers_csv(&self) -> String {
        let answers = |(card, log): (&str, &card::CardLog)| -> Vec<Entry> {
            let entry = |it: &card::Answer| Entry { id: it.id.clone(), at: it.at, event: it.event(card) };
            log.standing(&self.undone).map(entry).collect()
        };
        let mut entries: Vec<Entry> = self.cards.iter().flat_map(answers).collect();
        entries.sort_by(Entry::order);
        let names: Vec<&str> = COLUMNS.iter().map(|(name, ..)| *name).chain([LOCAL_TIME]).collect();
        let mut text = names.join(",") + "\n";
        for entry in &entries {
            text += &row(entry);
        }
        text
    }
}

impl Parcel {
    /// What `export csv` wrote; columns are found by name, others are passed over.
    ///
    /// # Errors
    /// One sentence's end on why it is no such table, to follow the file's name.
    pub fn of_csv(text: &str) -> Result<Self, String> {
        let records = records(text.trim_start_matches('\u{feff}'))?;
        let Some(((_, head), rows)) = records.split_first() else {
            return Err("is empty".to_owned());
        };
        let column = |wanted: &str| head.iter().position(|name| name.trim() == wanted);
        if let Some(missing) = NEEDED.into_iter().find(|name| column(name).is_none()) {
            return Err(format!(
                "has no column '{missing}'; only what `eastwest export csv` wrote can be taken, separated by commas"
            ));
        }
        let columns: Vec<_> = COLUMNS
            .iter()
            .filter_map(|(name, key, shape)| Some((column(name)?, *name, *key, *shape)))
            .collect();
        let mut parcel = Self::default();
        for (number, cells) in rows {
            match read(*number, cells, &columns) {
                Ok(brought) => parcel.brought.push(brought),
                Err(why) => parcel.unread.push(Unread { number: *number, why }),
            }
        }
        Ok(parcel)
    }
}

fn row(entry: &Entry) -> String {
    // What was just written can be read.
    let line: Map<String, Value> = serde_json::from_str(&entry.to_line()).unwrap_or_default();
    let mut cells: Vec<String> = COLUMNS
        .iter()
        .map(|(_, key, _)| match line.get(*key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => quoted(text),
            Some(other) => other.to_string(),
        })
        .collect();
    cells.push(entry.at.civil());
    cells.join(",") + "\n"
}

/// A cell as RFC 4180 writes it.
fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r']) {
        return format!("\"{}\"", text.replace('"', "\"\""));
    }
    text.to_owned()
}

fn read(number: usize, cells: &[String], columns: &[(usize, &str, &str, Shape)]) -> Result<Brought, String> {
    let mut line = Map::new();
    line.insert("v".to_owned(), 1.into());
    line.insert("op".to_owned(), "review".into());
    for (at, name, key, shape) in columns {
        let text = cells.get(*at).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
        let Some(text) = text else { continue };
        let value = match shape {
            Shape::Text => text.into(),
            Shape::Number => {
                text.parse::<i64>().map_err(|_| format!("{name} '{text}' is no whole number"))?.into()
            }
            Shape::Truth => match text.to_ascii_lowercase().as_str() {
                "true" => true.into(),
                "false" => false.into(),
                _ => return Err(format!("{name} '{text}' is neither true nor false")),
            },
        };
        line.insert((*key).to_owned(), value);
    }
    let brought = Brought::read(number, Value::Object(line).to_string());
    let brought = brought.ok_or(NO_ANSWER)?;
    match brought.what {
        // As this program writes it, so that it is the same line wherever it comes from.
        super::What::Entry(ref entry) => Ok(Brought { text: entry.to_line(), ..brought }),
        super::What::Unknown(_) => Ok(brought),
    }
}

/// The records of a table, each with the line it begins on; empty lines are none.
fn records(text: &str) -> Result<Vec<(usize, Vec<String>)>, String> {
    let mut records = Vec::new();
    let (mut cells, mut cell) = (Vec::new(), String::new());
    let (mut line, mut begins, mut is_quoted) = (1, 1, false);
    let mut rest = text.chars().peekable();
    while let Some(letter) = rest.next() {
        line += usize::from(letter == '\n');
        match letter {
            '"' if is_quoted && rest.peek() == Some(&'"') => {
                rest.next();
                cell.push('"');
            }
            '"' if is_quoted => is_quoted = false,
            '"' if cell.is_empty() => is_quoted = true,
            ',' if !is_quoted => cells.push(std::mem::take(&mut cell)),
            '\n' if !is_quoted => {
                finish(&mut records, begins, &mut cells, &mut cell);
                begins = line;
            }
            letter => cell.push(letter),
        }
    }
    if is_quoted {
        return Err(format!("cannot be read: the quote that opens on line {begins} is not closed"));
    }
    finish(&mut records, begins, &mut cells, &mut cell);
    Ok(records)
}

fn finish(records: &mut Vec<(usize, Vec<String>)>, line: usize, cells: &mut Vec<String>, cell: &mut String) {
    // Windows ends lines with two bytes.
    cells.push(std::mem::take(cell).trim_end_matches('\r').to_owned());
    let cells = std::mem::take(cells);
    if cells.iter().any(|cell| !cell.trim().is_empty()) {
        records.push((line, cells));
    }
}
