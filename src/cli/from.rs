//! `eastwest lab --from`: the run of an `eastwest sim …` line, read as the shell and `eastwest sim` read it.

use anyhow::{Context as _, bail};
use clap::Parser;

use super::errors;
use super::sim::SimArgs;
use super::sim::wanted::Wanted;

/// The arguments of a line, without the flags that only print.
#[derive(Debug, Parser)]
#[command(name = "--from", disable_help_flag = true)]
struct Typed {
    #[command(flatten)]
    args: SimArgs,
}

/// What the line runs: one run, or the same under every pattern.
pub(super) fn read(line: &str) -> anyhow::Result<Wanted> {
    let words =
        shlex::split(line).context("a quote is not closed; give the whole line in one pair of quotes")?;
    let typed = Typed::try_parse_from(std::iter::once("--from").chain(arguments(&words)?))
        .map_err(|error| anyhow::Error::msg(errors::sentence(&error)))?;
    let wanted = Wanted::read(&typed.args)?;
    if wanted.seeds.is_some() {
        bail!("--seeds tells of many runs and the lab shows one; write --seed with the one to see");
    }
    check_file(line, &wanted)?;
    Ok(wanted)
}

/// What follows `eastwest sim`, as copied from a terminal, with its `$`.
fn arguments(words: &[String]) -> anyhow::Result<impl Iterator<Item = &str>> {
    let words = if words.first().is_some_and(|word| word == "$") { &words[1..] } else { words };
    let is_us = |word: &String| word.rsplit(['/', '\\']).next().is_some_and(|name| name == "eastwest");
    let rest = match words {
        [program, sim, rest @ ..] if is_us(program) && sim == "sim" => rest,
        [program, other, ..] if is_us(program) => {
            bail!("'{other}' is no run; write a line that begins with eastwest sim")
        }
        [other, ..] => bail!("'{other}' does not begin a run; write a line that begins with eastwest sim"),
        [] => bail!("there is nothing; write a line that begins with eastwest sim"),
    };
    Ok(rest.iter().map(String::as_str))
}

/// A line that says which content its file had is not of this run if the file has another one now.
fn check_file(line: &str, wanted: &Wanted) -> anyhow::Result<()> {
    let said = line
        .rsplit_once(" has sha256 ")
        .map(|(_, rest)| rest.split(|c: char| !c.is_ascii_hexdigit()).collect());
    let (Some(said), Some(file)) = (said, wanted.parts[0].scenario.file()) else { return Ok(()) };
    let said: String = said;
    if said != file.sha256 {
        bail!(
            "{} has changed since this line was made; leave out the part from # on to open it as it is",
            file.path
        );
    }
    Ok(())
}
