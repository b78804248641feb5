//! The data: where it lies, each log, and what is not as it should be.

use std::env;

use serde::Serialize;

use super::orphans::Orphans;
use crate::cli::import::counted;
use crate::course::quiz::Card;
use crate::srs::Moment;
use crate::store::fault::words;
use crate::store::health::{Health, LogHealth, Numbers};
use crate::store::{Home, device};

/// With less room than this a session may not be saved to its end: 16 MiB.
const ROOM_MIN: u64 = 16 << 20;
/// Logs longer than this are not read at once any more: 256 MiB, some two million answers.
const LOGS_MAX: u64 = 256 << 20;

/// All that is known; `null` where it could not be found out.
#[derive(Serialize)]
pub(super) struct Data {
    folder: String,
    /// The variable that decided.
    by: &'static str,
    exists: bool,
    leads_to: Option<String>,
    mode: Option<String>,
    /// Why nothing can be written; empty where it can.
    write_fault: Option<String>,
    free_bytes: Option<u64>,
    /// The name of this device; none before its first sitting.
    device: Option<String>,
    devices: usize,
    /// Why changes of files are not told, where they are not.
    watch_fault: Option<String>,
    logs: Vec<Log>,
    /// Cards that were answered and that the course does not have; none known without a course.
    orphans: Option<Orphans>,
    faults: Vec<String>,
    /// What would refuse an answer or a place, where `folder` itself does not.
    refused: Vec<String>,
}

#[derive(Serialize)]
struct Log {
    name: String,
    /// This device writes it.
    own: bool,
    bytes: u64,
    lines: usize,
    entries: usize,
    reviews: usize,
    unread: Numbers,
    later: Numbers,
    torn: bool,
    latest: Option<String>,
    ahead: usize,
    written: Option<String>,
}

/// Looks at the home of this environment, and which of its answers are for none of `cards`.
pub(super) fn look(cards: Option<&[Card]>, now: Moment) -> anyhow::Result<Data> {
    let (home, by) = Home::find_by(|name| env::var_os(name))?;
    let known = device::known(&home, &device::host(|name| env::var_os(name)));
    let health = Health::of(&home, now);
    let refused = health.refused(&home, known.as_ref().ok().and_then(Option::as_deref));
    let mut faults: Vec<String> = health.faults.iter().map(ToString::to_string).collect();
    let device = known.unwrap_or_else(|fault| {
        // Where the home itself is none, that was said.
        if health.exists {
            faults.push(fault.to_string());
        }
        None
    });
    let own = device.as_ref().map(|device| format!("{device}.jsonl"));
    Ok(Data {
        folder: home.root().display().to_string(),
        by,
        exists: health.exists,
        leads_to: health.leads_to.map(|path| path.display().to_string()),
        mode: health.mode.map(|mode| format!("{mode:04o}")),
        write_fault: health.write.map(|written| written.err().as_ref().map(words).unwrap_or_default()),
        free_bytes: free_bytes(&home),
        device,
        devices: health.devices,
        watch_fault: watch_fault(&home),
        logs: health.logs.into_iter().map(|log| Log::of(log, own.as_deref(), now.offset)).collect(),
        orphans: cards.map(|cards| Orphans::of(&health.answered, cards)),
        faults,
        refused: refused.iter().map(ToString::to_string).collect(),
    })
}

#[cfg(feature = "tui")]
fn free_bytes(home: &Home) -> Option<u64> {
    crate::shell::probe::free_bytes(home.root())
}

#[cfg(feature = "tui")]
fn watch_fault(home: &Home) -> Option<String> {
    crate::shell::probe::watching(home.root())
}

/// A build without screens does not know the calls.
#[cfg(not(feature = "tui"))]
fn free_bytes(_home: &Home) -> Option<u64> {
    None
}

/// A build without screens watches nothing.
#[cfg(not(feature = "tui"))]
fn watch_fault(_home: &Home) -> Option<String> {
    None
}

impl Log {
    fn of(log: LogHealth, own: Option<&str>, offset: i32) -> Self {
        Self {
            own: own == Some(log.name.as_str()),
            name: log.name,
            bytes: log.bytes,
            lines: log.lines,
            entries: log.entries,
            reviews: log.reviews,
            unread: log.unread,
            later: log.later,
            torn: log.is_torn,
            latest: log.latest.map(Moment::civil),
            ahead: log.ahead,
            written: log.written_ms.map(|ms| Moment { ms, offset }.civil()),
        }
    }

    fn words(&self) -> String {
        let counts = [(self.lines, "line"), (self.entries, "entry"), (self.reviews, "review")]
            .map(|(number, what)| counted(number, what))
            .join(", ");
        let latest = self.latest.iter().map(|at| format!("latest {at}"));
        let written = self.written.iter().map(|at| format!("written {at}"));
        let words: Vec<String> = std::iter::once(counts).chain(latest).chain(written).collect();
        words.join("; ")
    }

    fn found(&self, found: &mut Vec<String>) {
        let name = &self.name;
        if self.unread.count > 0 {
            found.push(format!(
                "reviews/{name}: {} no entry; kept and passed over; a backup may have the original",
                numbered(&self.unread, "holds", "hold")
            ));
        }
        if self.later.count > 0 {
            found.push(format!(
                "reviews/{name}: {} a later version of eastwest; kept, and counted by that version",
                numbered(&self.later, "comes from", "come from")
            ));
        }
        if self.torn {
            let what = if self.own { "the next sitting ends it" } else { "it may be on its way still" };
            found.push(format!("reviews/{name}: the last line is not ended; {what}"));
        }
        if self.ahead > 0 {
            found.push(format!(
                "reviews/{name}: {} of {} entries lie in the future, up to {}; is the clock right, or was it wrong then?",
                self.ahead,
                self.entries,
                self.latest.as_deref().unwrap_or("-")
            ));
        }
    }
}

impl Data {
    pub(super) fn facts(&self) -> Vec<(&'static str, String)> {
        let leads_to = self.leads_to.iter().map(|path| format!(", a link to {path}"));
        let folder = format!("{} (by {}){}", self.folder, self.by, leads_to.collect::<String>());
        let mut facts = vec![("folder", folder)];
        if !self.exists && self.faults.is_empty() {
            facts.push(("", "not there yet; it is made with the first sitting".to_owned()));
        }
        facts.extend(self.mode.iter().map(|mode| ("rights", mode.clone())));
        facts.extend(self.write_fault.iter().map(|fault| {
            let words = match (fault.is_empty(), self.refused.is_empty()) {
                (false, _) => format!("fails: {fault}"),
                (true, false) => "works in the folder, and not everywhere in it".to_owned(),
                (true, true) => "works".to_owned(),
            };
            ("writing", words)
        }));
        facts.extend(self.free_bytes.map(|bytes| ("free space", size(bytes))));
        let device = self.device.clone().unwrap_or_else(|| "no name yet".to_owned());
        facts.push(("device", format!("{device}, of {} that write here", self.devices)));
        let watching = self.watch_fault.as_ref();
        let words = watching.map_or_else(|| "works".to_owned(), |fault| format!("does not work: {fault}"));
        facts.push(("watching files", words));
        for log in &self.logs {
            facts.push(("log", format!("{}{}", log.name, if log.own { ", this device's" } else { "" })));
            facts.push(("", log.words()));
        }
        facts
    }

    /// What is good to know, a sentence each.
    pub(super) fn notes(&self) -> Vec<String> {
        self.orphans.iter().filter_map(Orphans::words).collect()
    }

    /// What should be looked at, a sentence each.
    pub(super) fn found(&self) -> Vec<String> {
        let mut found = self.faults.clone();
        if let Some(fault) = self.write_fault.as_ref().filter(|fault| !fault.is_empty()) {
            found.push(format!("nothing can be written to {}: {fault}", self.folder));
        }
        found.extend(self.refused.iter().cloned());
        if let Some(mode) = self.mode.as_deref().filter(|mode| *mode != "0700") {
            let is_yours = mode.starts_with("07");
            let what = if is_yours { "keeps it to yourself" } else { "lets you read and write there" };
            found.push(format!("{} has the rights {mode}; `chmod 700` {what}", self.folder));
        }
        if let Some(bytes) = self.free_bytes.filter(|bytes| *bytes < ROOM_MIN) {
            found.push(format!("only {} are free where reviews are kept", size(bytes)));
        }
        if let Some(fault) = &self.watch_fault {
            found.push(format!("changes of a course folder are not seen: {fault}"));
        }
        let bytes: u64 = self.logs.iter().map(|log| log.bytes).sum();
        if bytes > LOGS_MAX {
            found.push(format!("the logs hold {}; reading them takes long and much memory", size(bytes)));
        }
        for log in &self.logs {
            log.found(&mut found);
        }
        found
    }
}

/// `line 7 holds`, `lines 7, 9 hold`, `lines 1, 2, … (31 in all) hold`.
fn numbered(numbers: &Numbers, one: &str, many: &str) -> String {
    let first: Vec<String> = numbers.first.iter().map(ToString::to_string).collect();
    match numbers.count {
        1 => format!("line {} {one}", first.join("")),
        count if count > first.len() => format!("lines {}, … ({count} in all) {many}", first.join(", ")),
        _ => format!("lines {} {many}", first.join(", ")),
    }
}

/// `12.3 GiB`.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let mut value = bytes as f64;
    let mut unit = 0;
    while value >= 1024.0 && unit + 1 < UNITS.len() {
        value /= 1024.0;
        unit += 1;
    }
    if unit == 0 { format!("{bytes} bytes") } else { format!("{value:.1} {}", UNITS[unit]) }
}
