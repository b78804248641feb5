//! The one place where the application changes: a message in, effects out.

use super::action::Action;
use super::chord::Chord;
use super::effect::Effect;
use super::help::Help;
use super::keymap::{self, Context};
use super::msg::{Done, Msg};
use super::now::Now;
use super::palette::Kind;
use super::present::Talk;
use super::state::{App, Go, Notice, Overlay, Parts, Reply, Screen, Told};
use crate::course::Course;

impl App {
    /// Takes one message; the only mutator.
    pub fn update(&mut self, now: Now, msg: Msg) -> Vec<Effect> {
        keymap::with(self.parts.manner.keys, || self.take(now, msg))
    }

    fn take(&mut self, now: Now, msg: Msg) -> Vec<Effect> {
        self.revision += 1;
        match msg {
            Msg::Key(chord) => self.key(now, chord),
            Msg::Paste(text) => text.chars().filter(|c| !c.is_control()).fold(Vec::new(), |mut all, c| {
                // Where plain characters are text; elsewhere they would be keys that nobody pressed.
                if matches!(
                    self.context(),
                    Context::ReviewTyping
                        | Context::LabRuleTyping
                        | Context::ConsoleTyping
                        | Context::PretestTyping
                        | Context::Help
                        | Context::Palette
                ) {
                    all.extend(self.act(now, Action::Type(c)));
                }
                all
            }),
            Msg::Resized(size) => {
                self.parts.size = size;
                self.screen.resized(&self.parts);
                Vec::new()
            }
            Msg::Pointed { at, how } => self.pointed(now, at, how),
            Msg::FramesEvery(every) => {
                self.parts.manner.every = every;
                Vec::new()
            }
            Msg::Frame => {
                let reply = self.screen.frame(&mut self.parts, now);
                self.follow(now, reply)
            }
            Msg::Reach(rows) => {
                self.screen.scrolls_to(rows);
                Vec::new()
            }
            Msg::Course { course, trouble } => self.new_course(now, *course, trouble),
            Msg::Talk(read) => self.take_talk(now, &read),
            Msg::Done(done) => self.done(now, done),
        }
    }

    /// Ends it as the key for leaving does: the place is kept, and what the disk refused is tried once more.
    pub fn leave(&mut self, now: Now) -> Vec<Effect> {
        keymap::with(self.parts.manner.keys, || self.follow(now, Reply::go(Go::Leave)))
    }

    pub(super) fn key(&mut self, now: Now, chord: Chord) -> Vec<Effect> {
        self.notice = None;
        let context = self.context();
        self.pending = None;
        let Some(action) = keymap::lookup(context, chord) else { return Vec::new() };
        self.act(now, action)
    }

    /// Does what every screen does alike, and leaves the rest to the overlay or the screen.
    pub(super) fn act(&mut self, now: Now, action: Action) -> Vec<Effect> {
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
            Action::GoWorth if matches!(self.screen, Screen::Worth(_)) => {}
            Action::GoWorth => return self.follow(now, Reply::go(Go::Worth)),
            Action::GoTalk => return self.follow(now, Reply::go(Go::BackToTalk)),
            Action::Palette if !self.lists() => self.open_palette(Kind::Commands),
            _ if self.overlay.is_some() => return self.act_on_overlay(now, action),
            Action::Outline | Action::Search if self.screen.is_talk() => self.open_outline(),
            Action::Unpark => self.cross_out(),
            Action::Search => self.open_palette(Kind::Content),
            Action::ToggleMouse => self.toggle_mouse(),
            Action::Help => self.overlay = Some(Overlay::Help(Help::new(self.screen_context()))),
            _ => {
                let mut reply = self.screen.act(&mut self.parts, now, action);
                self.back_to_review(action, &mut reply);
                if self.parked.talk.is_some() && action == Action::Back && reply.go == Some(Go::Home) {
                    // It was left for this screen.
                    reply.go = Some(Go::BackToTalk);
                }
                return self.follow(now, reply);
            }
        }
        Vec::new()
    }

    /// A list of commands is open.
    const fn lists(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Palette(_)))
    }

    fn act_on_overlay(&mut self, now: Now, action: Action) -> Vec<Effect> {
        match &mut self.overlay {
            Some(Overlay::Help(help)) => {
                if !help.act(action) {
                    self.overlay = None;
                }
                Vec::new()
            }
            Some(Overlay::Palette(_)) => self.act_on_palette(now, action),
            Some(Overlay::Told { scroll, .. }) => {
                match action {
                    Action::Down => *scroll = (*scroll + 1).min(TOLD_ROWS_MAX),
                    Action::Up => *scroll = scroll.saturating_sub(1),
                    _ => self.overlay = None,
                }
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    /// Carries out what a screen answered: goes there, notes, hands on the effects.
    pub(super) fn follow(&mut self, now: Now, reply: Reply) -> Vec<Effect> {
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

    fn new_course(&mut self, now: Now, course: Course, trouble: Option<String>) -> Vec<Effect> {
        self.parts.course = course;
        self.parked.reader = None;
        let effects = self.screen.course_changed(&self.parts, now);
        let read = Notice::Info("the course was read again".to_owned());
        self.notice = Some(trouble.map_or(read, Notice::Trouble));
        effects
    }

    fn done(&mut self, now: Now, done: Done) -> Vec<Effect> {
        match done {
            Done::Appended { id } => {
                self.parts.unsaved.retain(|entry| entry.id != id);
                let reply = self.screen.appended(&mut self.parts, now, &id);
                self.follow(now, reply)
            }
            Done::NotAppended { entry, why } => {
                let id = entry.id.clone();
                if !self.parts.unsaved.iter().any(|kept| kept.id == id) {
                    self.parts.unsaved.push(*entry);
                }
                let reply = self.screen.appended(&mut self.parts, now, &id);
                let effects = self.follow(now, reply);
                // What follows from it comes first: a path may leave no room for more.
                self.notice = Some(Notice::Trouble(unsaved(self.parts.unsaved.len(), &why)));
                effects
            }
            Done::Read(entries) => {
                self.parts.learn(entries);
                let mut reply = self.screen.log_read(&mut self.parts, now);
                reply.go = reply.go.or(self.parked.after_log.take());
                self.follow(now, reply)
            }
            Done::TalkWritten => self.talk_mut().map(Talk::written).unwrap_or_default(),
            Done::TalkMoved(read) => self.take_talk(now, &read),
            Done::Failed(why) => {
                // An answer that is not saved is the worse trouble.
                if self.parts.unsaved.is_empty() || self.notice.is_none() {
                    self.notice = Some(Notice::Trouble(why));
                }
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

/// So many answers are on no disk, and why.
fn unsaved(count: usize, why: &str) -> String {
    match count {
        1 => format!("your answer is not saved, it is kept here and tried again: {why}"),
        count => format!("{count} answers are not saved, they are kept here and tried again: {why}"),
    }
}

/// What goes to the clipboard.
fn copied(effects: &[Effect]) -> Option<&String> {
    effects.iter().find_map(|effect| if let Effect::Copy(text) = effect { Some(text) } else { None })
}

/// More rows than any command takes; scrolling past the end is clamped when it is drawn.
const TOLD_ROWS_MAX: usize = 200;

impl Screen {
    fn act(&mut self, parts: &mut Parts, now: Now, action: Action) -> Reply {
        match self {
            Self::Home(home) => home.act(parts, now, action),
            Self::Reader(reader) => reader.act(parts, now, action),
            Self::Lab(lab) => lab.act(parts, now, action),
            Self::Review(review) => review.act(parts, now, action),
            Self::Worth(worth) => worth.act(action),
            Self::Audience(audience) => audience.act(parts, now, action),
            Self::Console(console) => console.act(parts, now, action),
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
            Self::Worth(_) => Reply::default(),
            Self::Stats(stats) => {
                stats.frame(parts, now);
                Reply::default()
            }

            Self::Audience(audience) => {
                audience.frame(parts, now);
                Reply::default()
            }
            Self::Console(console) => {
                console.frame(parts, now);
                Reply::default()
            }
        }
    }

    fn scrolls_to(&mut self, rows: usize) {
        match self {
            Self::Reader(reader) => reader.scrolls_to(rows),
            Self::Lab(lab) => lab.scrolls_to(rows),
            Self::Audience(audience) => audience.scrolls_to(rows),
            Self::Console(console) => console.scrolls_to(rows),
            Self::Home(_) | Self::Review(_) | Self::Worth(_) | Self::Stats(_) => {}
        }
    }

    fn resized(&mut self, parts: &Parts) {
        if let Self::Reader(reader) = self {
            reader.resized(parts);
        }
    }

    /// What is to be done when it is left: the reader remembers the place, a lab stands still.
    pub(super) fn left(&mut self, parts: &mut Parts, now: Now) -> Vec<Effect> {
        match self {
            Self::Reader(reader) => reader.left(parts, now),
            Self::Lab(lab) => lab.left(now),
            Self::Review(review) => review.keep_place(parts, now).into_iter().collect(),
            _ => Vec::new(),
        }
    }

    fn course_changed(&mut self, parts: &Parts, now: Now) -> Vec<Effect> {
        match self {
            Self::Audience(audience) => return audience.talk_mut().course_changed(parts, now),
            Self::Console(console) => return console.talk_mut().course_changed(parts, now),
            Self::Home(home) => *home = super::home::Home::new(parts, now),
            Self::Reader(reader) => reader.course_changed(parts),
            Self::Stats(stats) => stats.begin_anew(parts, now),
            Self::Lab(_) | Self::Review(_) | Self::Worth(_) => {}
        }
        Vec::new()
    }

    fn appended(&mut self, parts: &mut Parts, now: Now, id: &crate::learner::EntryId) -> Reply {
        match self {
            Self::Review(review) => review.appended(parts, now, id),
            Self::Stats(stats) => stats.appended(parts, now, id),
            _ => Reply::default(),
        }
    }

    fn log_read(&mut self, parts: &mut Parts, now: Now) -> Reply {
        match self {
            Self::Home(home) => *home = super::home::Home::new(parts, now),
            Self::Review(review) => return review.log_read(parts, now),
            Self::Stats(stats) => stats.log_read(parts, now),
            _ => {}
        }
        Reply::default()
    }
}
