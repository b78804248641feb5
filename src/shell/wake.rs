//! What wakes the loop.

use std::sync::mpsc::Sender;

/// One reason to wake. Threads send these and do nothing else.
#[derive(Clone, Debug)]
pub enum Wake {
    /// A key, a paste, a new size.
    Input(crossterm::event::Event),
    /// Files of the course changed.
    CourseChanged,
    /// The talk's files changed, or its other window came or went.
    TalkChanged,
    /// Somebody outside wants us to end: TERM, HUP or INT.
    Stop { signal: &'static str },
    /// A thread ended that should not have.
    Died { thread: &'static str, why: String },
}

/// Says [`Wake::Died`] when the thread that holds it ends, by return or by panic, unless it was let go.
#[derive(Debug)]
pub struct Obituary {
    thread: &'static str,
    why: String,
    to: Option<Sender<Wake>>,
}

impl Obituary {
    #[must_use]
    pub fn new(thread: &'static str, to: Sender<Wake>) -> Self {
        Self { thread, why: "it ended without a reason".to_owned(), to: Some(to) }
    }

    /// Notes why, for the message.
    pub fn because(&mut self, why: impl Into<String>) {
        self.why = why.into();
    }

    /// The end is in order; nobody needs to know.
    pub fn let_go(mut self) {
        self.to = None;
    }
}

impl Drop for Obituary {
    fn drop(&mut self) {
        if let Some(to) = self.to.take() {
            let why = if std::thread::panicking() { "it panicked".to_owned() } else { self.why.clone() };
            // The loop may have ended before us; then nobody is left to tell.
            to.send(Wake::Died { thread: self.thread, why }).ok();
        }
    }
}
