//! `eastwest review`: what is due, or practice beside the schedule.

#[cfg(feature = "tui")]
use std::path::Path;

use clap::Args;

#[cfg(feature = "tui")]
use crate::app::review::Choice;
#[cfg(feature = "tui")]
use crate::app::state::Go;
#[cfg(feature = "tui")]
use crate::course::Course;
#[cfg(feature = "tui")]
use crate::store::library::Library;

/// What may follow `review`.
#[derive(Args, Clone, Debug, Default)]
pub struct ReviewArgs {
    /// Practice that leaves the schedule as it is: all cards, those of an objective (o1), or of a section (4, or a
    /// part of its title)
    #[arg(long, value_name = "OBJECTIVE|SECTION", num_args = 0..=1)]
    pub cram: Option<Option<String>>,
}

#[cfg(feature = "tui")]
impl ReviewArgs {
    /// Where it opens; a choice is checked against the course.
    pub fn start(&self, course: Option<&Path>) -> anyhow::Result<Go> {
        Ok(match &self.cram {
            None => Go::Review,
            Some(None) => Go::Cram(Choice::All),
            Some(Some(wanted)) => {
                let (course, _) = Course::build(&Library::open(course)?.files);
                Go::Cram(Choice::read(wanted, &course).map_err(anyhow::Error::msg)?)
            }
        })
    }
}
