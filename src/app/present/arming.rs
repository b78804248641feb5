//! Setting a failure up from the console: what the lab's keys mean on the presenter's mesh, checked before it is armed.

use super::Talk;
use super::deed::Deed;
use super::session::Front;
use crate::app::action::Failure;
use crate::app::lab::breaks::Spot;
use crate::app::lab::open::scenario;
use crate::app::state::Parts;
use crate::sim::{Intervention, Scenario, SimTime};

/// Sets a failure up in a region of the presenter's mesh, from 0; an error is one sentence.
pub fn arm(talk: &Talk, parts: &Parts, failure: Failure, region: usize) -> Result<Deed, String> {
    let scenario = mesh(talk, parts)?;
    let nothing = || format!("this mesh has nothing for '{}'", failure.words());
    let words = Spot::of(&scenario, region).broken(failure).ok_or_else(nothing)?;
    let done = Intervention::parse_now(&words, SimTime::ZERO).map_err(|error| error.to_string())?;
    scenario.check(&done).map_err(|error| error.to_string())?;
    Ok(Deed::Arm(words))
}

/// The region after this one, from 0, and its name; an error is one sentence.
pub fn next_region(talk: &Talk, parts: &Parts, region: usize) -> Result<(usize, String), String> {
    let scenario = mesh(talk, parts)?;
    let next = (region + 1) % scenario.regions().count().max(1);
    Ok((next, scenario.regions().nth(next).unwrap_or_default().to_owned()))
}

/// What runs behind the presenter's beat.
fn mesh(talk: &Talk, parts: &Parts) -> Result<Scenario, String> {
    let view = &talk.session().view;
    if matches!(view.front, Front::Card { .. }) {
        return Err("a card is on show; go back to the mesh first".to_owned());
    }
    let demo = talk.slide(view).and_then(|slide| slide.demo.as_ref());
    let demo = demo.ok_or("this beat has no mesh that could be broken")?;
    scenario(parts, &demo.mesh)
}
