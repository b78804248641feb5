//! Looking on while a script is played: each frame becomes a change of a recording, or some of them pictures.

use std::collections::BTreeMap;
use std::path::Path;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;

use super::cast::Cast;
use super::svg;
use crate::app::chapter::Chapters;
use crate::app::geometry::Size;
use crate::app::script::{FILM_STEP, Moment, Script, Sitting, Stage};
use crate::cli::args::{ColorWhen, ScreenArgs};
use crate::cli::scenarios;
use crate::course::Course;
use crate::palette::Palette;
use crate::store::config;
use crate::store::library::Library;
use crate::ui;
use crate::ui::hits::EYES;
use crate::ui::theme::{Depth, Ground, Theme};

/// The course to play in: the one in the binary, or a folder's.
pub fn stage(folder: Option<&Path>) -> anyhow::Result<Stage> {
    let library = Library::open(folder)?;
    let (scenarios, _) = scenarios::known(&library);
    Ok(Stage { course: Course::build(&library.files).0, scenarios, eyes: Some(EYES) })
}

/// All colors on a dark ground, if nothing else is asked for: no terminal and no variable has a say.
pub fn theme(screen: &ScreenArgs) -> anyhow::Result<Theme> {
    let asked = screen.theme.as_deref().map(|name| config::theme(name, Path::new(""))).transpose()?;
    Ok(Theme {
        depth: if screen.color == Some(ColorWhen::Never) { Depth::Mono } else { Depth::True },
        ground: asked.map_or(Ground::Dark, Ground::Of),
        ascii: screen.ascii,
    })
}

/// The session as an asciinema recording.
pub fn cast(
    script: &Script,
    title: &str,
    stage: &Stage,
    size: Option<Size>,
    theme: Theme,
) -> anyhow::Result<String> {
    // What a terminal gets with all its colors, whatever NO_COLOR says to this process.
    crossterm::style::force_color_output(true);
    let mut cast: Option<Cast> = None;
    let (mut trouble, mut chapters) = (None, Chapters::default());
    script.play(stage, size, &mut |moment, sitting| {
        let at = sitting.elapsed();
        let cast = cast.get_or_insert_with(|| Cast::new(title, sitting.size()));
        let shown = match moment {
            Moment::Frame => {
                let shown = cast.show(at, draw(sitting, theme));
                if let Some(name) = chapters.reached(&sitting.app) {
                    cast.mark(at, &name);
                }
                shown
            }
            Moment::See(name) | Moment::Film { name, number: 0, .. } => {
                cast.mark(at, name);
                Ok(())
            }
            Moment::Film { .. } => Ok(()),
        };
        if let Err(error) = shown {
            trouble.get_or_insert(error);
        }
    })?;
    match trouble {
        Some(error) => Err(error.into()),
        None => Ok(cast.map(Cast::into_text).unwrap_or_default()),
    }
}

/// A picture for each `see` and `film`, under its file's name.
pub fn pictures(
    script: &Script,
    stage: &Stage,
    size: Option<Size>,
    theme: Theme,
) -> anyhow::Result<BTreeMap<String, String>> {
    let mut pictures = BTreeMap::new();
    let mut film = Vec::new();
    let millis = FILM_STEP.as_millis() as u32;
    script.play(stage, size, &mut |moment, sitting| {
        let (name, last) = match moment {
            Moment::Frame => return,
            Moment::See(name) => (name, true),
            Moment::Film { name, number, of } => (name, number + 1 == of),
        };
        film.push(draw(sitting, theme));
        if last {
            let picture = svg::picture(name, &std::mem::take(&mut film), millis, theme.palette());
            pictures.insert(file_name(name, theme, &pictures), picture);
        }
    })?;
    Ok(pictures)
}

/// What the screen shows.
#[must_use]
pub fn draw(sitting: &Sitting, theme: Theme) -> Buffer {
    let size = sitting.size();
    // Drawing into memory cannot fail, and the types say so.
    let Ok(mut terminal) = Terminal::new(TestBackend::new(size.width, size.height));
    let Ok(_) = terminal.draw(|frame| ui::draw(&sitting.app, theme, frame));
    terminal.backend().buffer().clone()
}

/// `the link is cut` on a dark ground is `the-link-is-cut-dark.svg`; another one of that name gets a number.
fn file_name(name: &str, theme: Theme, taken: &BTreeMap<String, String>) -> String {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let words = if words.is_empty() { "picture".to_owned() } else { words.join("-") };
    let named = Palette::names().find(|name| Palette::shipped(name) == Some(theme.palette()));
    let looks = if theme.depth == Depth::Mono { "mono" } else { named.unwrap_or("own") };
    let same = format!("{words}-{looks}.svg");
    // Of so many pictures one more number than there are is free.
    let free = (2..=taken.len() + 2).map(|number| format!("{words}-{number}-{looks}.svg"));
    std::iter::once(same.clone()).chain(free).find(|name| !taken.contains_key(name)).unwrap_or(same)
}
