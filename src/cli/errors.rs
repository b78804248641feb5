//! Trouble in one line: what is wrong, where, and what would be right.

use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::sim::policy::priority::Level;
use crate::store::fault::{without_number, words};

/// Commands that are planned and not there yet, with what they will do.
const PLANNED: [(&str, &str); 7] = [
    ("present", "presenting live"),
    ("console", "the presenter's window"),
    ("mission", "missions"),
    ("apply", "applying manifests"),
    ("manifests", "printing manifests"),
    ("completions", "shell completions"),
    ("man", "the manual page"),
];

/// Prints a usage error as one line and at most one line of advice; help and version are no errors.
#[must_use]
pub fn usage(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() {
        error.print().ok();
        return ExitCode::SUCCESS;
    }
    if let Some(sentence) = negative(error, std::env::args()) {
        write_line(&format!("eastwest: {sentence}"));
        return ExitCode::from(2);
    }
    write_line(&format!("eastwest: {}", sentence(error)));
    // "To pass '--x' as a value, use '-- --x'" helps nobody here: no value begins with a dash.
    let text = error.to_string();
    let tip = paragraphs(&text).find_map(|part| part.strip_prefix("tip: ").map(str::to_owned));
    match tip.filter(|tip| !tip.starts_with("to pass ")) {
        Some(tip) => write_line(&format!("  {tip}")),
        None => write_line("  `eastwest --help` lists the commands"),
    }
    ExitCode::from(2)
}

/// What is wrong with an argument, without advice.
#[must_use]
pub fn sentence(error: &clap::Error) -> String {
    let text = error.to_string();
    let first = paragraphs(&text).next().unwrap_or_default();
    first.strip_prefix("error: ").unwrap_or(&first).to_owned()
}

/// Each on one line.
fn paragraphs(text: &str) -> impl Iterator<Item = String> {
    text.split("\n\n").map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A number below zero is taken for a flag; who wrote one wants to hear of the number.
fn negative(error: &clap::Error, words: impl Iterator<Item = String>) -> Option<String> {
    let Some(ContextValue::String(flag)) = error.get(ContextKind::InvalidArg) else { return None };
    let begins = flag.strip_prefix('-').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    if error.kind() != ErrorKind::UnknownArgument || !begins {
        return None;
    }
    let words: Vec<String> = words.collect();
    let word = words.iter().find(|word| word.starts_with(flag.as_str()))?;
    if words.iter().any(|word| word == "spill") {
        return word.parse::<Level>().err().map(|error| error.to_string());
    }
    Some(format!("'{word}' is below zero, and no number here may be"))
}

/// Prints an error with its chain of causes on one line.
pub fn say(error: &anyhow::Error) {
    let causes: Vec<String> = error.chain().map(ToString::to_string).collect();
    let sentence = without_number(&causes.join(": ").replace('\n', " "));
    write_line(&format!("eastwest: {sentence}"));
}

/// Standard output, whose errors say that it is that.
#[derive(Debug)]
pub struct Output<W>(pub W);

impl<W: Write> Write for Output<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes).map_err(|error| of_output(&error))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush().map_err(|error| of_output(&error))
    }
}

/// Keeps the kind: a closed pipe is none of our trouble, and a call that was interrupted is done again.
fn of_output(error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("could not write the output: {}", words(error)))
}

/// Whoever read our output has gone, as `head` does when it has seen enough.
#[must_use]
pub fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        let plain = cause.downcast_ref::<io::Error>().map(io::Error::kind);
        let json = || cause.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
        plain.or_else(json) == Some(io::ErrorKind::BrokenPipe)
    })
}

/// For a word that is no command: not yet, or not at all.
#[must_use]
pub fn not_built(words: &[String]) -> anyhow::Error {
    let name = words.first().map_or("", String::as_str);
    match PLANNED.iter().find(|(planned, _)| *planned == name) {
        Some((_, what)) => anyhow::anyhow!("{what} (`eastwest {name}`) is not built yet"),
        None => anyhow::anyhow!("'{name}' is no command; `eastwest --help` lists them"),
    }
}

/// Something worth knowing that is no error.
pub fn note(sentence: &str) {
    write_line(&format!("eastwest: {sentence}"));
}

fn write_line(line: &str) {
    // With stderr closed there is nobody to tell.
    writeln!(io::stderr(), "{line}").ok();
}
