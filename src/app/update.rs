//! The one place where the application changes: a message in, effects out.

use super::action::Action;
use super::chord::Chord;
use super::effect::Effect;
use super::keymap::{self, Context};
use super::lab::Lab;
use super::msg::{Done, Msg};
use super::now::Now;
use super::reader::Reader;
use super::review::Review;
use super::state::{App, Go, Notice, Overlay, Parts, Reply, Screen, Told};
use super::stats::Stats;
use crate::course::Course;

impl App {
    /// Takes one message; the only mutator.
    pub fn update(&mut self, now: Now, msg: Msg) -> Vec<Effect> {
        self.revision += 1;
        match msg {
            Msg::Key(chord) => self.key(now, chord),
            Msg::Paste(text) => text.chars().filter(|c| !c.is_control()).fold(Vec::new(), |mut all, c| {
                if matches!(self.context(), Context::ReviewTyping | Context::LabRuleTyping) {
                    all.extend(self.act(now, Action::Type(c)));
                }
                all
            }),
            Msg::Resized(size) => {
                self.parts.size = size;
                self.screen.resized(&self.parts);
                Vec::new()
            }
            Msg::Frame => {
                let reply = self.screen.frame(&mut self.parts, now);
                self.follow(now, reply)
            }
            Msg::Course { course, trouble } => self.new_course(now, *course, trouble),
            Msg::Done(done) => self.done(now, done),
        }
    }

    /// Ends it as the key for leaving does: the place is kept, and what the disk refused is tried once more.
    pub fn leave(&mut self, now: Now) -> Vec<Effect> {
        self.follow(now, Reply::go(Go::Leave))
    }

    fn key(&mut self, now: Now, chord: Chord) -> Vec<Effect> {
        self.notice = None;
        let context = self.context();
        self.pending = None;
        let Some(action) = keymap::lookup(context, chord) else { return Vec::new() };
        self.act(now, action)
    }

    /// Does what every screen does alike, and leaves the rest to the overlay or the screen.
    fn act(&mut self, now: Now, action: Action) -> Vec<Effect> {
        match action {
            Action::Quit => return self.leave(now),
            Action::Redraw => return vec![Effect::Redraw],
            Action::GoPrefix => self.pending = Some(Context::Go),
            Action::BreakPrefix => self.pending = Some(Context::Break),
            Action::GoHome => return self.follow(now, Reply::go(Go::Home)),
            Action::GoReader => return self.follow(now, Reply::go(Go::Reader(None))),
            Action::GoLab => return self.follow(now, Reply::go(Go::Lab(None))),
            Action::GoReview => return self.follow(now, Reply::go(Go::Review)),
            Action::GoStats => return self.follow(now, Reply::go(Go::Stats)),
            _ if self.overlay.is_some() => self.act_on_overlay(action),
            Action::Help => self.overlay = Some(Overlay::Help { of: self.screen_context(), scroll: 0 }),
            _ => {
                let reply = self.screen.act(&mut self.parts, now, action);
                return self.follow(now, reply);
            }
        }
        Vec::new()
    }

    fn act_on_overlay(&mut self, action: Action) {
        let Some(Overlay::Help { scroll, .. } | Overlay::Told { scroll, .. }) = &mut self.overlay else {
            return;
        };
        match action {
            Action::Down | Action::PageDown => *scroll = (*scroll + 1).min(HELP_ROWS_MAX),
            Action::Up | Action::PageUp => *scroll = scroll.saturating_sub(1),
            Action::Back | Action::Help => self.overlay = None,
            _ => {}
        }
    }

    /// Carries out what a screen answered: goes there, notes, hands on the effects.
    fn follow(&mut self, now: Now, reply: Reply) -> Vec<Effect> {
        let mut effects = reply.effects;
        if reply.notice.is_some() {
            self.notice = reply.notice;
        }
        if let Some(command) = copied(&effects) {
            // Whatever becomes of the clipboard, it can be read.
            self.overlay = Some(Overlay::told(Told::Command(command.clone())));
        }
        if let Some(to) = reply.go {
            effects.extend(self.go(now, to));
        }
        if effects.iter().any(|effect| matches!(effect, Effect::Append(_) | Effect::Quit)) {
            // What the disk did not take goes first, so that the log keeps the order of events.
            let again = self.parts.unsaved.iter().cloned().map(Effect::Append);
            effects.splice(0..0, again);
        }
        effects
    }

    /// Leaves the screen for another; what was left is kept where coming back is expected.
    pub(super) fn go(&mut self, now: Now, to: Go) -> Vec<Effect> {
        self.overlay = None;
        let mut effects = self.screen.left(&mut self.parts, now);
        let next = match to {
            Go::Leave => {
                effects.push(Effect::Quit);
                return effects;
            }
            Go::Home => Screen::Home(super::home::Home::new(&self.parts, now)),
            Go::Reader(section) => Screen::Reader(match (section, self.parked.reader.take()) {
                (None, Some(mut reader)) => {
                    // The window may have changed since.
                    reader.resized(&self.parts);
                    reader
                }
                (section, _) => Box::new(Reader::open(&self.parts, now, section)),
            }),
            Go::Lab(scenario) => Screen::Lab(match (scenario, self.parked.lab.take()) {
                (None, Some(lab)) => lab,
                (scenario, _) => Box::new(Lab::open(&self.parts, now, scenario.as_deref())),
            }),
            Go::LabOf(opening) => Screen::Lab(Box::new(Lab::asked(now, *opening))),
            Go::Review => {
                effects.push(Effect::ReadLog);
                Screen::Review(Box::new(Review::open(&self.parts, now)))
            }
            Go::ReviewOf(card) => {
                effects.push(Effect::ReadLog);
                Screen::Review(Box::new(Review::open_with(&self.parts, now, Some(&card))))
            }
            Go::Stats => {
                effects.push(Effect::ReadLog);
                Screen::Stats(Box::new(Stats::open(&self.parts, now)))
            }
        };
        match std::mem::replace(&mut self.screen, next) {
            Screen::Reader(reader) => self.parked.reader = Some(reader),
            Screen::Lab(lab) => self.parked.lab = Some(lab),
            Screen::Home(_) | Screen::Review(_) | Screen::Stats(_) => {}
        }
        effects
    }

    fn new_course(&mut self, now: Now, course: Course, trouble: Option<String>) -> Vec<Effect> {
        self.parts.course = course;
        self.parked.reader = None;
        self.screen.course_changed(&self.parts, now);
        let read = Notice::Info("the course was read again".to_owned());
        self.notice = Some(trouble.map_or(read, Notice::Trouble));
        Vec::new()
    }

    fn done(&mut self, now: Now, done: Done) -> Vec<Effect> {
        match done {
            Done::Appended { id } => {
                self.parts.unsaved.retain(|entry| entry.id != id);
                let reply = self.screen.appended(&mut self.parts, now, &id);
                self.follow(now, reply)
            }
            Done::NotAppended { entry, why } => {
                self.notice =
                    Some(Notice::Trouble(format!("{why}; your answer is kept here and tried again")));
                let id = entry.id.clone();
                if !self.parts.unsaved.iter().any(|kept| kept.id == id) {
                    self.parts.unsaved.push(*entry);
                }
                let reply = self.screen.appended(&mut self.parts, now, &id);
                self.follow(now, reply)
            }
            Done::Read(entries) => {
                self.parts.learn(entries);
                let reply = self.screen.log_read(&mut self.parts, now);
                self.follow(now, reply)
            }
            Done::Failed(why) => {
                self.notice = Some(Notice::Trouble(why));
                Vec::new()
            }
            Done::Copied(_) => {
                self.notice = Some(Notice::Info("sent to the terminal's clipboard".to_owned()));
                Vec::new()
            }
            Done::Saved { folder, names } => {
                let words = format!("saved {} files in {folder}", names.len());
                // What the key itself had to say goes first.
                self.notice.get_or_insert(Notice::Info(words));
                self.overlay = Some(Overlay::told(Told::Saved { folder, names }));
                Vec::new()
            }
        }
    }
}

/// What goes to the clipboard.
fn copied(effects: &[Effect]) -> Option<&String> {
    effects.iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None })
}

/// More rows than the help has at any width; scrolling past the end is clamped when it is drawn.
const HELP_ROWS_MAX: usize = 200;

impl Screen {
    fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        match self {
            Self::Home(home) => home.act(parts, now, action),
            Self::Reader(reader) => reader.act(parts, now, action),
            Self::Lab(lab) => lab.act(parts, now, action),
            Self::Review(review) => review.act(parts, now, action),
            Self::Stats(stats) => stats.act(parts, now, action),
        }
    }

    fn frame(&mut self, parts: &mut Parts, now: Now) -> Reply {
        match self {
            Self::Home(home) => home.frame(parts, now),
            Self::Reader(reader) => reader.frame(parts, now),
            Self::Lab(lab) => lab.frame(parts, now),
            Self::Review(review) => {
                review.frame(now);
                Reply::default()
            }
            Self::Stats(stats) => {
                stats.frame(parts, now);
                Reply::default()
            }
        }
    }

    fn resized(&mut self, parts: &Parts) {
        match self {
            Self::Reader(reader) => reader.resized(parts),
            Self::Home(_) | Self::Lab(_) | Self::Review(_) | Self::Stats(_) => {}
        }
    }

    /// What is to be done when it is left: the reader remembers the place, a lab stands still.
    fn left(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        match self {
            Self::Reader(reader) => reader.left(parts, now),
            Self::Lab(lab) => lab.left(now),
            Self::Home(_) | Self::Review(_) | Self::Stats(_) => Vec::new(),
        }
    }

    fn course_changed(&mut self, parts: &Parts, now: Now) {
        match self {
            Self::Home(home) => *home = super::home::Home::new(parts, now),
            Self::Reader(reader) => reader.course_changed(parts),
            Self::Stats(stats) => stats.begin_anew(parts, now),
            Self::Lab(_) | Self::Review(_) => {}
        }
    }

    fn appended(&mut self, parts: &mut Parts, now: Now, id: &crate::learner::EntryId) -> Reply {
        match self {
            Self::Review(review) => review.appended(parts, now, id),
            Self::Stats(stats) => stats.appended(parts, now, id),
            Self::Home(_) | Self::Reader(_) | Self::Lab(_) => Reply::default(),
        }
    }

    fn log_read(&mut self, parts: &mut Parts, now: Now) -> Reply {
        match self {
            Self::Home(home) => *home = super::home::Home::new(parts, now),
            Self::Review(review) => return review.log_read(parts, now),
            Self::Stats(stats) => stats.log_read(parts, now),
            Self::Reader(_) | Self::Lab(_) => {}
        }
        Reply::default()
    }
}
