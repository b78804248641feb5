//! What the application asks the world to do. The shell does it and answers with [`super::Msg::Done`].

use super::place::Place;
use super::present::polls::Round;
use super::present::session::Session;
use crate::learner::Entry;
use crate::pace::Rehearsal;

/// A file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Without a folder; a number is put before its ending where there is such a file.
    pub name: String,
    pub text: String,
}

/// One deed.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Write this to the log so that it is still there after a power cut, then say so.
    Append(Entry),
    /// Remember where the learner is.
    SavePlace(Place),
    /// Look what other terminals and devices have written.
    ReadLog,
    /// Put this on the clipboard (OSC 52).
    Copy(String),
    /// Write these files into the current folder, all or none, and none over one that is there.
    Save(Vec<File>),
    /// Write the talk, unless somebody else has changed it since: its serial is higher than that of what it is based on.
    /// `kept`: it is on the disk before anything else happens. `anew`: what is there is set aside, whatever it is.
    Talk { session: Box<Session>, kept: bool, anew: bool },
    /// Keep what a talk took.
    Rehearsed(Rehearsal),
    /// Add this to the class's log, which is nobody's own.
    ClassRound(Round),
    /// Forget what is on the screen and draw all of it.
    Redraw,
    /// Leave.
    Quit,
}
