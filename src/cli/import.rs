//! `eastwest import json|csv FILE`: the union with what is kept, by id (docs/data.md).

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, anyhow};
use clap::{Args, ValueEnum};

use super::Outcome;
use crate::learner::exchange::{Parcel, Unread};
use crate::srs::Moment;
use crate::store::import::{self, Taken};
use crate::store::{Home, device};

/// So many lines that could not be read are named each with its reason.
const NAMED_MAX: usize = 10;

/// What may follow `import`.
#[derive(Args, Clone, Debug)]
pub struct ImportArgs {
    /// What the file is
    pub what: What,
    /// The file; `-` is standard input
    pub file: PathBuf,
}

/// Forms that can be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// What `eastwest export json` wrote, or a log of another device
    Json,
    /// What `eastwest export csv` wrote
    Csv,
}

/// Takes what is not known yet, into a file of its own; whole or not at all.
pub fn run(args: &ImportArgs, home: &Home, now: Moment, out: &mut impl Write) -> anyhow::Result<Outcome> {
    let is_stdin = args.file == Path::new("-");
    let file = if is_stdin { "standard input".to_owned() } else { args.file.display().to_string() };
    let bytes = if is_stdin { stdin() } else { fs::read(&args.file) };
    let bytes = bytes.with_context(|| format!("could not read {file}"))?;
    let text = String::from_utf8(bytes).map_err(|_| anyhow!("{file} is not text in UTF-8"))?;
    let parcel = match args.what {
        What::Json => Parcel::of_json(&text),
        What::Csv => Parcel::of_csv(&text),
    };
    let parcel = parcel.map_err(|why| anyhow!("{file} {why}"))?;
    let entropy = device::entropy(std::process::id(), u128::from(now.ms.unsigned_abs()));
    let name = format!("{}-{:08x}", now.ms, entropy as u32);
    let taken = import::take(home, &parcel.brought, &name)?;
    tell(&taken, &parcel.unread, home.root(), out)?;
    Ok(if parcel.unread.is_empty() && taken.differing.is_empty() { Outcome::Done } else { Outcome::Found })
}

fn stdin() -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn tell(taken: &Taken, unread: &[Unread], root: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    match &taken.file {
        Some(file) => {
            let file = file.strip_prefix(root).unwrap_or(file);
            let reviews = counted(taken.reviews, "review");
            writeln!(out, "took {} ({reviews}) into {}", counted(taken.entries, "entry"), file.display())?;
        }
        None => writeln!(out, "nothing was taken")?,
    }
    if taken.known > 0 {
        writeln!(out, "known already: {}", counted(taken.known, "entry"))?;
    }
    if taken.unknown > 0 {
        let lines = counted(taken.unknown, "line");
        writeln!(out, "of a later version, kept for it: {lines}")?;
    }
    for number in &taken.differing {
        writeln!(out, "line {number}: its id is known with something else under it, which stands")?;
    }
    if !unread.is_empty() {
        writeln!(out, "could not be read: {}", counted(unread.len(), "line"))?;
    }
    for Unread { number, why } in unread.iter().take(NAMED_MAX) {
        writeln!(out, "  line {number}: {why}")?;
    }
    if unread.len() > NAMED_MAX {
        let rest: Vec<String> = unread[NAMED_MAX..].iter().map(|it| it.number.to_string()).collect();
        writeln!(out, "  and lines {}", rest.join(", "))?;
    }
    Ok(())
}

/// `1 entry`, `2 entries`, `1 line`, `2 lines`.
pub(super) fn counted(number: usize, what: &str) -> String {
    match (number, what.strip_suffix('y')) {
        (1, _) => format!("1 {what}"),
        (_, Some(stem)) => format!("{number} {stem}ies"),
        (_, None) => format!("{number} {what}s"),
    }
}
