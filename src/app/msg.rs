//! What reaches the application.

use std::time::Duration;

use super::chord::Chord;
use super::geometry::Size;
use crate::course::Course;
use crate::learner::{Entry, EntryId};

/// One message. [`super::App::update`] takes them one at a time.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    Key(Chord),
    /// Text pasted as a whole.
    Paste(String),
    Resized(Size),
    /// The moment that [`super::App::wants_frame`] asked for has come.
    Frame,
    /// The terminal takes frames only so fast from now on.
    FramesEvery(Duration),
    /// The course's files changed and were read again.
    Course {
        course: Box<Course>,
        /// The first thing wrong with it.
        trouble: Option<String>,
    },
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
}
