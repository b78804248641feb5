//! The audience's window: every beat, every step, on every size of screen.

mod check;
mod looks;

use std::fmt::Write as _;
use std::time::Duration;

use eastwest::app::Screen;
use eastwest::app::geometry::Size;
use eastwest::app::manner::{Manner, Motion};
use eastwest::app::present::Talk;
use eastwest::app::present::deck::Slide;
use eastwest::app::present::rehearse::Wish;
use eastwest::app::reader::answer;
use eastwest::app::state::{Go, Window};
use eastwest::course::beats::Shows;
use eastwest::course::directive::{Answer, Directive};
use eastwest::course::{Block, Course, Section};
use eastwest::ui;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;

use crate::screen;
use crate::sessions::Sitting;

/// The audience's window of a talk that begins at a section.
fn open(size: (u16, u16), section: u8, motion: Motion) -> Sitting {
    let start = Go::Talk {
        window: Window::Audience,
        section: Some(section),
        total: None,
        read: Box::default(),
        wish: Wish::default(),
    };
    let manner = Manner { motion, ..Manner::default() };
    Sitting::with(Size::new(size.0, size.1), start, manner)
}

fn talk(sitting: &Sitting) -> &Talk {
    match sitting.app.screen() {
        Screen::Audience(audience) => audience.talk(),
        other => panic!("{other:?}"),
    }
}

/// Index of the beat, and how far it is revealed.
fn place(sitting: &Sitting) -> (usize, usize) {
    let view = &talk(sitting).session().view;
    (view.beat, view.step)
}

fn here(sitting: &Sitting) -> &Slide {
    talk(sitting).slide(&talk(sitting).session().view).expect("a beat")
}

fn text(sitting: &Sitting) -> String {
    screen::text(&sitting.app, sitting.size().width, sitting.size().height)
}

fn press(sitting: &mut Sitting, keys: &str) {
    keys.split_whitespace().for_each(|key| sitting.press(key));
}

/// Text without blanks and marks, so that it is the same wherever it is broken.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '*' | '`')).collect()
}

/// What a step has to show, by what its author wrote.
fn written(course: &Course, slide: &Slide, step: usize) -> String {
    let section = &course.lesson.sections[slide.beat.section];
    let mut text = slide.beat.heading.clone();
    match &slide.beat.shows {
        Shows::Points(points) => text += &[" ", &points[..=step].join(" ")].concat(),
        // What a lab shows by itself is asked about first, and its caption would tell.
        Shows::Lab(_) if step + 1 == slide.steps() => {
            write!(text, " {}", slide.demo.as_ref().expect("a mesh").mesh.caption).unwrap();
        }
        Shows::Lab(_) => {}
        Shows::Predict(id) => {
            let predict = section.directives().find_map(|(_, directive)| match directive {
                Directive::Predict(predict) if predict.id == *id => Some(predict),
                _ => None,
            });
            let predict = predict.expect("a question");
            write!(text, " {}", predict.ask).unwrap();
            if let Answer::Choice(options) = &predict.answer {
                for option in options {
                    write!(text, " {}", option.text).unwrap();
                }
            }
            if Some(step) == slide.reveals_at() {
                write!(text, " {}", predict.why).unwrap();
            }
        }
        Shows::Card(id) => {
            let card = course.card(id).expect("a card");
            text.clone_from(&card.question);
            if Some(step) == slide.reveals_at() {
                let spans = answer(card).into_iter().flatten();
                spans.for_each(|span| write!(text, " {}", span.text).unwrap());
            }
        }
    }
    text
}

/// The beginnings of all that only the presenter may read.
fn secrets(course: &Course) -> Vec<String> {
    let notes = course.lesson.sections.iter().flat_map(Section::directives);
    let notes = notes.filter_map(|(_, directive)| match directive {
        Directive::Notes(notes) => Some(notes),
        _ => None,
    });
    let texts = notes.flat_map(|notes| notes.blocks.iter().map(Block::text));
    texts.map(|text| squeezed(&text).chars().take(24).collect()).collect()
}

/// Goes on until something else is revealed; what was on the screen on the way.
fn through_step(sitting: &mut Sitting, secrets: &[String]) -> String {
    let at = place(sitting);
    let mut seen = String::new();
    // From its beginning: what is revealed below is looked at first.
    while text(sitting).lines().last().is_some_and(|foot| foot.contains(" above")) {
        sitting.press("k");
    }
    for _ in 0..20 {
        let now = squeezed(&text(sitting));
        for secret in secrets {
            assert!(!now.contains(secret), "{at:?} shows the note {secret}\n{}", text(sitting));
        }
        seen += &now;
        sitting.press("space");
        if place(sitting) != at {
            return seen;
        }
    }
    seen
}

/// Walks a beat and says what it left out.
fn through_beat(sitting: &mut Sitting, secrets: &[String]) {
    let (beat, _) = place(sitting);
    let slide = here(sitting).clone();
    // A question's run takes some frames.
    sitting.pass(Duration::from_secs(if slide.reveals_at().is_some() { 6 } else { 0 }));
    for step in place(sitting).1..slide.steps() {
        assert_eq!(place(sitting), (beat, step));
        let wanted = written(&sitting.app.parts().course, &slide, step);
        let seen = through_step(sitting, secrets);
        for word in wanted.split_whitespace().map(squeezed) {
            assert!(seen.contains(&word), "{} step {step} lacks '{word}': {seen}", slide.beat.id);
        }
    }
}

#[test]
fn every_word_of_every_beat_is_seen_on_small_screens_and_no_note_ever() {
    for size in [(80, 24), (60, 15), (40, 12)] {
        let mut sitting = open(size, 1, Motion::Full);
        let secrets = secrets(&sitting.app.parts().course);
        assert!(secrets.len() > 20, "the lesson has notes");
        let slides = talk(&sitting).deck().slides().to_vec();
        let mut walked = 0;
        loop {
            let (beat, _) = place(&sitting);
            let under = |slide: &&Slide| {
                let (other, this) = (&slide.beat, &slides[beat].beat);
                other.aside && other.section == this.section && other.blocks == this.blocks
            };
            let asides = slides.iter().filter(under).count();
            let first = !slides[..beat].iter().any(|before| {
                before.beat.section == slides[beat].beat.section
                    && before.beat.blocks == slides[beat].beat.blocks
            });
            for nth in 1..=if first { asides } else { 0 } {
                (0..nth).for_each(|_| sitting.press("a"));
                assert!(here(&sitting).beat.aside, "{size:?}");
                through_beat(&mut sitting, &secrets);
                walked += 1;
                while place(&sitting).0 != beat {
                    sitting.press("ctrl-o");
                }
            }
            through_beat(&mut sitting, &secrets);
            walked += 1;
            if place(&sitting).0 == beat {
                break;
            }
        }
        assert_eq!(walked, slides.len(), "all beats at {size:?}");
    }
}

#[test]
fn nothing_is_drawn_outside_the_window() {
    for (width, height) in [(200, 55), (120, 40), (80, 24), (60, 15), (40, 12)] {
        let mut sitting = open((width, height), 4, Motion::Full);
        for keys in ["space", "space space", "space space space", "ctrl-n", "ctrl-n L T", "space space space"]
        {
            press(&mut sitting, keys);
            let mut buf = Buffer::empty(Rect::new(0, 0, width + 9, height + 9));
            ui::draw_in(&sitting.app, screen::THEME, Size::new(width, height), &mut buf);
            let outside = |x, y| x >= width || y >= height;
            for (x, y) in (0..width + 9).flat_map(|x| (0..height + 9).map(move |y| (x, y))) {
                assert!(
                    !outside(x, y) || buf[(x, y)] == Cell::EMPTY,
                    "{x},{y} at {width}x{height} after {keys}"
                );
            }
        }
    }
}

#[test]
fn words_stand_still_while_more_of_them_is_revealed() {
    for (size, keys) in [((120, 40), ""), ((80, 24), ""), ((120, 40), "L"), ((80, 24), "L")] {
        let mut sitting = open(size, 1, Motion::Full);
        press(&mut sitting, keys);
        for beat in 0..3 {
            let row_of_heading = |sitting: &Sitting| {
                let heading = here(sitting).beat.heading.clone();
                text(sitting).lines().position(|line| line.trim() == heading)
            };
            let first = row_of_heading(&sitting);
            assert!(first.is_some(), "{}", text(&sitting));
            while place(&sitting).0 == beat {
                assert_eq!(row_of_heading(&sitting), first, "{size:?} {keys}\n{}", text(&sitting));
                sitting.press("space");
            }
        }
    }
}

/// Each kind of beat once, as keys from the section that it is in.
const KINDS: [(&str, u8, &str, u64); 9] = [
    ("the lesson's first beat", 1, "space", 0),
    ("four points, three shown", 1, "space space space space", 0),
    ("a mesh with nothing broken", 1, "space space space space space space space space space", 3),
    ("a question with options", 4, "space space", 3),
    ("its answer", 4, "space space space", 3),
    ("a number asked for, and what happens", 4, "space space space space space space", 14),
    ("a card", 8, "space space space space space", 0),
    ("what the card says", 8, "space space space space space space", 0),
    ("the lesson's text", 3, "d", 0),
];

#[test]
fn every_kind_of_beat_looks_as_it_did() {
    for (width, height) in [(120, 40), (80, 24), (60, 15)] {
        let mut seen = String::new();
        for (kind, section, keys, seconds) in KINDS {
            let mut sitting = open((width, height), section, Motion::Full);
            for key in keys.split_whitespace() {
                // Long enough for the run that answers a question.
                sitting.pass(Duration::from_secs(3));
                sitting.press(key);
            }
            sitting.pass(Duration::from_secs(seconds));
            seen += &["==== ", kind, "\n", &screen::picture(&sitting.app, width, height), "\n"].concat();
        }
        insta::assert_snapshot!(format!("every-kind-{width}x{height}"), seen);
    }
}
