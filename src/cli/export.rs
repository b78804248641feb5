//! `eastwest export json|csv|anki`: what is kept, and the cards, in forms that other programs read (docs/data.md).

use std::fs;
use std::io::{self, Write};
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
    let path = match target(path) {
        Target::File(path) => path,
        Target::Other => return write_into(args.what, home, course, path),
    };
    let folder = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if paths::is_inside(folder, home.root()) {
        bail!("{} is where reviews are kept; give another folder to --out", folder.display());
    }
    let draft = path.with_extension(format!("draft-{}", std::process::id()));
    let written = write_file(args.what, home, course, &draft).and_then(|()| {
        fs::rename(&draft, &path).with_context(|| format!("could not write {}", path.display()))
    });
    if written.is_err() {
        fs::remove_file(&draft).ok();
    }
    written
}

/// Links followed are so many at most, as the system has it.
const LINKS_MAX: usize = 40;

/// What `--out` names.
enum Target {
    /// A file behind all links, there already or not yet: it is replaced.
    File(PathBuf),
    /// A device, a FIFO or the like, which is no file and has to stay what it is.
    Other,
}

fn target(path: &Path) -> Target {
    match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() => return Target::Other,
        // Where a file has no path any more, it is written into.
        Ok(_) => return path.canonicalize().map_or(Target::Other, Target::File),
        Err(_) => {}
    }
    let mut end = path.to_owned();
    for _ in 0..LINKS_MAX {
        let Ok(next) = fs::read_link(&end) else { break };
        end = end.parent().unwrap_or(Path::new("")).join(next);
    }
    Target::File(end)
}

/// Writes into what is there, without a draft: a reader at its other end waits for it.
fn write_into(what: What, home: &Home, course: &Course, path: &Path) -> anyhow::Result<()> {
    let context = || format!("could not write {}", path.display());
    let mut open = fs::OpenOptions::new();
    let mut file = io::BufWriter::new(open.write(true).open(path).with_context(context)?);
    write(what, home, course, &mut file)?;
    file.flush().with_context(context)
}

/// Whole or not at all: the name is given when all is on the disk.
fn write_file(what: What, home: &Home, course: &Course, draft: &Path) -> anyhow::Result<()> {
    let context = || format!("could not write {}", draft.display());
    let mut file = io::BufWriter::new(fs::File::create(draft).with_context(context)?);
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
    // Half a document is worse than none: what stands in the way is told before it begins.
    if let Some(fault) = lines::obstacles(home).into_iter().next() {
        return Err(fault.into());
    }
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
        super::errors::note(&match broken {
            1 => "1 line holds no entry and is not exported; `eastwest doctor` names it".to_owned(),
            _ => format!("{broken} lines hold no entry and are not exported; `eastwest doctor` names them"),
        });
    }
}
