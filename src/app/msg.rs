//! What reaches the application.

use std::time::Duration;

use super::chord::Chord;
use super::geometry::Size;
use super::pointer::{Pointing, Target};
use super::present::Read;
use crate::course::Course;
use crate::learner::{Entry, EntryId};

/// One message. [`super::App::update`] takes them one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    Key(Chord),
    /// Text pasted as a whole.
    Paste(String),
    Resized(Size),
    /// The mouse, on what the last picture has there.
    Pointed {
        at: Target,
        how: Pointing,
    },
    /// The moment that [`super::App::wants_frame`] asked for has come.
    Frame,
    /// How far the open sheet can be scrolled as it is drawn, in rows: only who draws it knows how many it has. Comes
    /// before a key that may scroll it.
    Reach(usize),
    /// The terminal takes frames only so fast from now on.
    FramesEvery(Duration),
    /// The course's files changed and were read again.
    Course {
        course: Box<Course>,
        /// The first thing wrong with it.
        trouble: Option<String>,
    },
    /// The talk's files changed: what they say now.
    Talk(Box<Read>),
    /// An effect was carried out, or was not.
    Done(Done),
}

/// How an effect ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Done {
    /// The entry with this id is on disk.
    Appended { id: EntryId },
    /// It is not; it is kept in memory and tried again with the next one.
    NotAppended { entry: Box<Entry>, why: String },
    /// What others wrote since the last look.
    Read(Vec<Entry>),
    /// Something else went wrong; one sentence.
    Failed(String),
    /// The text went to the clipboard.
    Copied(String),
    /// The talk is as this window has it.
    TalkWritten,
    /// Somebody else had changed the talk before; nothing was written.
    TalkMoved(Box<Read>),
    /// The files were written, under these names.
    Saved { folder: String, names: Vec<String> },
}
