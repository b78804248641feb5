//! What may be typed.

use std::path::PathBuf;

use super::calc::CalcArgs;
use crate::app::manner::Motion;
use clap::{Args, Parser, Subcommand, ValueEnum};

/// Learn multi-region Kubernetes by breaking it: in your terminal, offline.
#[derive(Debug, Parser)]
#[command(
    name = "eastwest",
    version,
    about,
    disable_help_subcommand = true,
    allow_external_subcommands = true
)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub screen: ScreenArgs,
}

/// How screens look and where the course comes from.
#[derive(Args, Clone, Debug, Default)]
pub struct ScreenArgs {
    /// Read the course from a folder instead of the binary, and again when it changes
    #[arg(long, global = true, value_name = "DIR")]
    pub course: Option<PathBuf>,
    /// dark, light, high-contrast, high-contrast-light, mono, or a theme file; the terminal is asked when not given
    #[arg(long, global = true, value_name = "THEME")]
    pub theme: Option<String>,
    /// full, reduced (rates instead of dots), or none: the lab as text, for screen readers
    #[arg(long, global = true, value_name = "MOTION")]
    pub motion: Option<Motion>,
    /// Use only ASCII glyphs
    #[arg(long, global = true)]
    pub ascii: bool,
    /// When to use color
    #[arg(long, global = true, value_name = "WHEN")]
    pub color: Option<ColorWhen>,
}

/// When to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ColorWhen {
    /// In a terminal, unless `NO_COLOR` is set
    #[default]
    Auto,
    Always,
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// The reader, at a section (1-10, or a part of its title) or where you were
    Learn { section: Option<String> },
    /// The mesh lab
    Lab(super::lab::LabArgs),
    /// What is due; or practice, a day to be ready for, or settings
    Review(super::review::ReviewArgs),
    /// The audience's window of a talk, at a section or where the talk is
    Present(super::present::PresentArgs),
    /// The presenter's window: notes, what is next, pace
    Console(super::present::ConsoleArgs),
    /// Run a mesh and report
    Sim(super::sim::SimArgs),
    /// One line on what waits, for shell prompts
    Due(super::due::DueArgs),
    /// Write out what is kept, or the cards, for other programs
    Export(super::export::ExportArgs),
    /// Bring in what was exported elsewhere; nothing is doubled or replaced
    Import(super::import::ImportArgs),
    /// Make one card new again, or put all answers and places aside
    Reset(super::reset::ResetArgs),
    /// What the terminal can do, where data lies and how healthy it is
    Doctor(super::doctor::DoctorArgs),
    /// Fit the scheduler to your answers, if that is shown to be better
    Optimize(super::optimize::OptimizeArgs),
    /// What you would recall, how right you were, and what falls due
    Stats(super::stats::StatsArgs),
    /// The lesson's arithmetic, exact
    Calc(CalcArgs),
    /// The lesson as plain linear text, or as a hand-out: Markdown, or one HTML file
    Read(super::read::ReadArgs),
    /// The table of keys, as a file that can be changed
    Keys,
    /// Check a course: content, claims
    Check(super::check::CheckArgs),
    /// Play a session and make an asciinema cast or pictures of it
    Record(super::record::RecordArgs),
    /// A word that names no command of this build
    #[command(external_subcommand)]
    NotBuilt(Vec<String>),
}
