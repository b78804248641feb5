//! For terminals that only print: a page of text, a line of keys, a page of text. No cursor is moved and no color set.
//!
//! ```text
//! > f 5        keys, as the table spells them, separated by blanks
//! > 5s         the mesh runs so long, and nothing else does
//! > "a word    what is to be typed into an answer
//! >            an empty line is Enter
//! ```
//!
//! Only what is asked for happens, so the page on paper is the state of things until the next line.

use std::io::{self, BufRead, Write};
use std::time::Duration;

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use super::clock::{Clock, SystemClock};
use super::drive::{End, Performed};
use super::perform::{Desk, Kept};
use super::session::{Ended, Options, read_course, scenarios};
use crate::app::chord::Chord;
use crate::app::effect::Effect;
use crate::app::geometry::Size;
use crate::app::manner::{Manner, Motion};
use crate::app::msg::{Done, Msg};
use crate::app::state::Go;
use crate::app::{App, Notice, Now, Setup};
use crate::sim::SimSpan;
use crate::store::library::Library;
use crate::ui;
use crate::ui::theme::{Depth, Theme};

/// As wide as a page was, and long enough for a mesh that is unwell in every part: blank rows are not printed.
const PAGE: Size = Size::new(80, 120);
/// The longest time that one line may let pass.
const SPAN_MAX: Duration = Duration::from_secs(600);
/// A run of frames this long that asks for no end is one that would never end.
const FRAMES_MAX: u32 = 100_000;
const HOW: &str = "This terminal only prints (TERM=dumb), so each line that you enter is answered by a page.\n\
     Keys: f 5, j, ?, q, ctrl-c; a time, 5s, lets the mesh run; \"words are typed; an empty line is Enter.\n";

/// Talks line by line until the user leaves or there is nothing more to read.
pub fn open(options: Options) -> anyhow::Result<Ended> {
    let clock = SystemClock::default();
    let library = Library::open(options.course.as_deref())?;
    let (course, trouble) = read_course(&library);
    let (desk, kept) = Desk::open(clock.now(), options.start == Go::Home)?;
    let Kept { learner, ids, place, is_late, trouble: kept_trouble } = kept;
    let setup = Setup {
        course,
        scenarios: scenarios(),
        learner,
        ids,
        place,
        size: PAGE,
        start: options.start,
        notice: kept_trouble.or(trouble).map(Notice::Trouble),
    };
    // Text that stands still is all that such a terminal can show.
    let manner = Manner { motion: Motion::None, ..options.manner };
    let now = Now { mono: Duration::ZERO, ..clock.now() };
    let (app, mut effects) = App::with(setup, manner, now);
    if is_late {
        effects.push(Effect::ReadLog);
    }
    let theme = Theme { depth: Depth::Mono, ascii: true, ..Theme::default() };
    let mut talk = Talk { app, desk, clock: &clock, mono: Duration::ZERO, left: false, theme };
    talk.carry_out(effects);
    talk.hold(&mut io::stdin().lock(), &mut io::stdout().lock())?;
    let lost = talk.desk.append_rest(&talk.app.parts().unsaved);
    Ok(Ended { end: End::Quit, lost })
}

struct Talk<'a> {
    app: App,
    desk: Desk,
    clock: &'a dyn Clock,
    /// How much time was let pass.
    mono: Duration,
    left: bool,
    theme: Theme,
}

impl Talk<'_> {
    fn hold(&mut self, lines: &mut impl BufRead, out: &mut impl Write) -> io::Result<()> {
        writeln!(out, "{HOW}")?;
        while !self.left {
            write!(out, "{}> ", page(&self.app, self.theme))?;
            out.flush()?;
            let mut line = String::new();
            if lines.read_line(&mut line)? == 0 {
                // The end of the input is the wish to leave.
                let effects = self.app.leave(self.now());
                self.carry_out(effects);
                writeln!(out)?;
                break;
            }
            if let Err(wrong) = self.take(line.trim_end_matches(['\r', '\n'])) {
                writeln!(out, "{wrong}")?;
            }
        }
        Ok(())
    }

    fn now(&self) -> Now {
        Now { mono: self.mono, ..self.clock.now() }
    }

    /// Takes one line; what cannot be read of it is said, and what stands before that is done.
    fn take(&mut self, line: &str) -> Result<(), String> {
        if let Some(text) = line.strip_prefix('"') {
            self.tell(Msg::Paste(text.to_owned()));
            return Ok(());
        }
        if line.trim().is_empty() {
            return self.word("enter");
        }
        line.split_whitespace().try_for_each(|word| self.word(word))
    }

    fn word(&mut self, word: &str) -> Result<(), String> {
        if let Ok(chord) = word.parse::<Chord>() {
            self.tell(Msg::Key(chord));
            return Ok(());
        }
        let span = word.parse::<SimSpan>().map(|span| Duration::from_nanos(span.nanos()));
        match span {
            Ok(span) if span <= SPAN_MAX => {
                self.pass(span);
                Ok(())
            }
            Ok(_) => Err(format!("'{word}' is too long; up to 600s may pass at once")),
            Err(_) => Err(format!("'{word}' is neither a key, such as f or ctrl-c, nor a time, such as 5s")),
        }
    }

    /// Lets time pass with the frames that are asked for on the way.
    fn pass(&mut self, span: Duration) {
        let end = self.mono + span;
        for _ in 0..FRAMES_MAX {
            let Some(at) = self.app.wants_frame().filter(|at| *at <= end) else { break };
            self.mono = at.max(self.mono);
            self.tell(Msg::Frame);
        }
        self.mono = end;
    }

    fn tell(&mut self, msg: Msg) {
        let effects = self.app.update(self.now(), msg);
        self.carry_out(effects);
    }

    fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let performed = match effect {
                Effect::Quit => {
                    self.left = true;
                    continue;
                }
                Effect::Copy(text) => Performed::Tell(vec![Msg::Done(Done::Failed(format!(
                    "this terminal has no clipboard: {text}"
                )))]),
                other => self.desk.perform(other),
            };
            if let Performed::Tell(messages) = performed {
                for msg in messages {
                    self.tell(msg);
                }
            }
        }
    }
}

/// The screen as lines; blank ones at its end and more than one in a row are left out.
fn page(app: &App, theme: Theme) -> String {
    let mut buf = Buffer::empty(Rect::new(0, 0, PAGE.width, PAGE.height));
    ui::draw_in(app, theme, PAGE, &mut buf);
    let mut text = String::new();
    let mut blank = true;
    for y in 0..PAGE.height {
        let row: String = (0..PAGE.width).map(|x| buf[(x, y)].symbol()).collect();
        let row = row.trim_end();
        if !(row.is_empty() && blank) {
            text += row;
            text.push('\n');
        }
        blank = row.is_empty();
    }
    text
}
