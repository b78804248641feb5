//! What the key for firing does now, and how the mesh stands.

use super::polls;
use crate::app::action::Action;
use crate::app::keymap::{self, Context};
use crate::app::present::Talk;
use crate::app::present::deck::{Demo, Slide};
use crate::app::state::Parts;
use crate::mesh_view::figures;
use crate::sim::Intervention;

/// What can be set off.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cue {
    /// What fires, with seconds after the key; empty where nothing does.
    pub fires: Vec<String>,
    /// It was set up by hand: it comes before what the beat has.
    pub armed: bool,
    /// What the beat has was fired.
    pub fired: bool,
    /// The mesh on show: its moment, its speed, whether it runs.
    pub mesh: Option<String>,
}

/// The cue of the presenter's view, at milliseconds since 1970.
#[must_use]
pub fn cue(talk: &Talk, now_ms: u64) -> Cue {
    let view = &talk.session().view;
    let Some(slide) = talk.slide(view) else { return Cue::default() };
    let mesh = view.play.as_ref().map(|play| {
        let moment = figures::minutes(play.moment(now_ms).saturating_mul(1_000_000));
        let runs = if play.runs(now_ms) { "runs" } else { "stands still" };
        format!("mesh at {moment}, speed {}, {runs}", f64::from(play.speed) / 100.0)
    });
    if let Some(armed) = talk.session().armed() {
        let fired = armed.before.is_some();
        return Cue { fires: vec![armed.what.clone()], armed: true, fired, mesh };
    }
    let fired = slide.fires_at().is_some_and(|at| view.step >= at);
    Cue { fires: fires(slide), armed: false, fired, mesh }
}

/// What a beat does to its mesh when it fires: `+1 s us-east-1/payment 503`.
#[must_use]
pub fn fires(slide: &Slide) -> Vec<String> {
    let Some(demo) = slide.demo.as_ref().filter(|demo| demo.fires()) else { return Vec::new() };
    demo.mesh.actions.iter().map(|action| after(demo, action)).collect()
}

fn after(demo: &Demo, action: &str) -> String {
    let what = action.trim().split_once(char::is_whitespace).map_or("", |(_, what)| what);
    match action.parse::<Intervention>() {
        Ok(done) => {
            let ms = (done.at().nanos() / 1_000_000).saturating_sub(demo.fire);
            format!("+{} s {}", ms as f64 / 1000.0, what.trim())
        }
        Err(_) => action.to_owned(),
    }
}

/// One line: what the key does, or that nothing fires.
#[must_use]
pub fn words(cue: &Cue) -> String {
    let key = keymap::shown(Context::Console, Action::Fire);
    let what = cue.fires.join(", ");
    match cue {
        Cue { armed: true, fired: false, .. } => format!("Armed: {what}; {key} fires it"),
        Cue { fires, .. } if fires.is_empty() => "Nothing fires in this beat".to_owned(),
        Cue { fired: true, .. } => {
            format!("Fired: {what}; {} makes it healthy", keymap::shown(Context::Console, Action::Healthy))
        }
        Cue { .. } => format!("{key} fires {what}"),
    }
}

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// The key does something that cannot be missed.
    Hot,
    Strong,
    Plain,
    Quiet,
}

/// What fires, hands, how many were right so far, the mesh and its keys; the most wanted first.
#[must_use]
pub fn lines(talk: &Talk, parts: &Parts, cue: &Cue) -> Vec<(String, Tone)> {
    let hot = cue.armed || (!cue.fires.is_empty() && !cue.fired);
    let mut lines = vec![(words(cue), if hot { Tone::Hot } else { Tone::Plain })];
    let hands = talk.slide(&talk.session().view).and_then(|slide| polls::hands(talk, parts, slide));
    if let Some(hands) = hands {
        // Of a card the first is who had it, and says so itself.
        let right =
            hands.right.and_then(|right| hands.counts.get(right)).filter(|(label, _)| label.len() == 1);
        let right = right.map_or_else(String::new, |(label, _)| format!("   right: {label}"));
        lines.push((format!("hands  {}{right}", polls::words(&hands)), Tone::Strong));
    }
    let so_far = polls::so_far_words(talk, parts);
    if !so_far.is_empty() {
        lines.push((so_far, Tone::Quiet));
    }
    if let Some(mesh) = &cue.mesh {
        let key = |action| keymap::shown(Context::Console, action);
        let (run, back, healthy) = (key(Action::TogglePlay), key(Action::RewindTalk), key(Action::Healthy));
        lines.push((mesh.clone(), Tone::Plain));
        lines.push((format!("{run} run / pause   {back} 10 s back   {healthy} healthy again"), Tone::Quiet));
    }
    lines
}
