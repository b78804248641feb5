//! `eastwest export json|csv|anki`: what is kept, and the cards, in forms that other programs read (docs/data.md).

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use clap::{Args, ValueEnum};

use crate::course::{Course, anki};
use crate::learner::exchange::SCHEMA;
use crate::learner::{Learner, Line};
use crate::store::{Home, Journal, lines, paths};

/// What may follow `export`.
#[derive(Args, Clone, Debug)]
pub struct ExportArgs {
    /// What to write
    pub what: What,
    /// Where to; standard output if not given. What is there is replaced
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

/// Forms to write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum What {
    /// Every line of every log: `eastwest import json` gives the same again. Places and talks are not in it
    Json,
    /// One row an answer
    Csv,
    /// The cards as text that Anki imports, and imports again to update them
    Anki,
}

/// Writes it; says on stderr what could not be read and is therefore not in it.
pub fn run(args: &ExportArgs, home: &Home, course: &Course, out: &mut impl Write) -> anyhow::Result<()> {
    let Some(path) = &args.out else { return write(args.what, home, course, out) };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if paths::is_inside(folder, home.root()) {
        bail!("{} is where reviews are kept; give another folder to --out", folder.display());
    }
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let written = write_file(args.what, home, course, &draft).and_then(|()| {
        fs::rename(&draft, path).with_context(|| format!("could not write {}", path.display()))
    });
    if written.is_err() {
        fs::remove_file(&draft).ok();
    }
    written
}

/// Whole or not at all: the name is given when all is on the disk.
fn write_file(what: What, home: &Home, course: &Course, draft: &Path) -> anyhow::Result<()> {
    let context = || format!("could not write {}", draft.display());
    let mut file = std::io::BufWriter::new(fs::File::create(draft).with_context(context)?);
    write(what, home, course, &mut file)?;
    file.flush().with_context(context)?;
    file.get_ref().sync_all().with_context(context)
}

fn write(what: What, home: &Home, course: &Course, out: &mut impl Write) -> anyhow::Result<()> {
    match what {
        What::Json => json(home, out),
        What::Csv => {
            let (entries, report) = Journal::read(home);
            if let Some(fault) = report.faults.into_iter().next() {
                return Err(fault.into());
            }
            warn(report.broken);
            Ok(out.write_all(Learner::fold(entries).answers_csv().as_bytes())?)
        }
        What::Anki => {
            let deck = format!("eastwest::Episode {}", course.lesson.episode);
            Ok(out.write_all(anki::file(&course.cards, &deck).as_bytes())?)
        }
    }
}

/// Every line of every log as it is written, those of later versions too.
fn json(home: &Home, out: &mut impl Write) -> anyhow::Result<()> {
    write!(out, "{{\"schema\":{SCHEMA},\"entries\":[")?;
    let (mut separator, mut broken, mut failed) = ("\n", 0, None);
    let faults = lines::each(home, |found| match (&found.line, std::str::from_utf8(found.text)) {
        (Line::Entry(_) | Line::Unknown, Ok(text)) if failed.is_none() => {
            failed = write!(out, "{separator}{text}").err();
            separator = ",\n";
        }
        (Line::Broken, _) | (_, Err(_)) => broken += 1,
        _ => {}
    });
    if let Some(fault) = faults.into_iter().next() {
        return Err(fault.into());
    }
    if let Some(error) = failed {
        return Err(error.into());
    }
    writeln!(out, "\n]}}")?;
    warn(broken);
    Ok(())
}

fn warn(broken: usize) {
    if broken > 0 {
        let lines = if broken == 1 { "1 line holds".to_owned() } else { format!("{broken} lines hold") };
        super::errors::note(&format!("{lines} no entry and are not exported; `eastwest doctor` names them"));
    }
}
