//! A session as a file: keys in, screens out, on a clock of its own. The tests play such files, and `eastwest record`
//! makes pictures of them.
//!
//! ```text
//! # Half of payment fails.
//! size 80x24           columns and rows
//! start lab            home, learn 4, lab, lab one-service, review, stats, present 4, console
//! press f 5            keys as the key table spells them, 50 ms apart
//! type a few words     an answer, letter by letter
//! pass 3s              lets time pass, with the frames that are asked for
//! see NAME             the screen as it is now: a picture, a snapshot, a marker
//! film 2s NAME         lets time pass and looks on: a picture that moves
//! ```

mod read;
mod sitting;

use std::time::Duration;

use super::chord::Chord;
use super::geometry::Size;
use super::state::Go;
pub use read::{points, size};
pub use sitting::{BEGIN_MS, Eyes, Sitting, Stage};

/// From one picture of a film to the next.
pub const FILM_STEP: Duration = Duration::from_millis(133);
/// Where a script says nothing: the size at which the screens are at their best.
const SIZE: Size = Size::new(120, 40);

/// A session that can be played.
#[derive(Clone, Debug, PartialEq)]
pub struct Script {
    file: String,
    lines: Vec<Line>,
}

#[derive(Clone, Debug, PartialEq)]
struct Line {
    number: usize,
    deed: Deed,
}

#[derive(Clone, Debug, PartialEq)]
enum Deed {
    Size(Size),
    Start(Go),
    Press(Vec<Chord>),
    Point(Vec<Point>),
    Type(String),
    Pass(Duration),
    See(String),
    Film(Duration, String),
}

/// One thing that a mouse does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Point {
    Press(Spot),
    /// The button goes down at the first and is held to the second.
    Drag(Spot, Spot),
    /// A notch of the wheel.
    Wheel {
        up: bool,
        at: Spot,
    },
}

/// Where the mouse is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Spot {
    /// Column and row, from 0.
    Cell((u16, u16)),
    /// A place of the lab: `payment-3` in the first region that has it, `us-west-2/payment-3`.
    Place(String),
}

/// What is wrong with a script, and where.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct ScriptError {
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// Why somebody who looks on is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment<'a> {
    /// The picture may be another one.
    Frame,
    /// `see` asks for it by this name.
    See(&'a str),
    /// `film` asks for it: picture `number` from 0 of `of`, [`FILM_STEP`] apart.
    Film { name: &'a str, number: u32, of: u32 },
}

impl Script {
    /// Plays it on a stage, in the size it begins with or in another, and calls `look` whenever there is something to see.
    ///
    /// # Errors
    /// A section that the stage's course does not have.
    pub fn play(
        &self,
        stage: &Stage,
        size: Option<Size>,
        look: &mut dyn FnMut(Moment<'_>, &Sitting),
    ) -> Result<(), ScriptError> {
        let mut size_now = size.unwrap_or(SIZE);
        let mut sitting: Option<Sitting> = None;
        for line in &self.lines {
            match (&line.deed, &mut sitting) {
                (Deed::Size(new), None) => size_now = size.unwrap_or(*new),
                (Deed::Start(go), _) => {
                    let open = Sitting::open(stage, size_now, self.known(stage, line.number, go)?);
                    look(Moment::Frame, sitting.insert(open));
                }
                (deed, Some(sitting)) => {
                    do_it(deed, sitting, look);
                    size_now = sitting.size();
                }
                // Reading has refused a script that does anything before it starts.
                (_, None) => {}
            }
        }
        Ok(())
    }

    fn known(&self, stage: &Stage, line: usize, go: &Go) -> Result<Go, ScriptError> {
        let sections = stage.course.lesson.sections.len();
        match go {
            Go::Reader(Some(number)) | Go::Talk { section: Some(number), .. }
                if usize::from(*number) > sections =>
            {
                Err(self.error(line, format!("there is no section {number}; write 1 to {sections}")))
            }
            go => Ok(go.clone()),
        }
    }

    fn error(&self, line: usize, what: String) -> ScriptError {
        ScriptError { file: self.file.clone(), line, what }
    }
}

fn do_it(deed: &Deed, sitting: &mut Sitting, look: &mut dyn FnMut(Moment<'_>, &Sitting)) {
    let frame = &mut |sitting: &Sitting| look(Moment::Frame, sitting);
    match deed {
        Deed::Size(size) => sitting.resize(*size, frame),
        Deed::Press(chords) => chords.iter().for_each(|chord| sitting.press(*chord, frame)),
        Deed::Point(points) => sitting.point(points, frame),
        Deed::Type(text) => text.chars().for_each(|c| sitting.press(Chord::of(c), frame)),
        Deed::Pass(length) => sitting.pass(*length, frame),
        Deed::See(name) => look(Moment::See(name), sitting),
        Deed::Film(length, name) => {
            let of = (length.as_millis() / FILM_STEP.as_millis()).max(1) as u32;
            for number in 0..of {
                sitting.pass(FILM_STEP, &mut |sitting: &Sitting| look(Moment::Frame, sitting));
                look(Moment::Film { name, number, of }, sitting);
            }
        }
        Deed::Start(_) => {}
    }
}
