//! A question as the audience sees it: what is done, what is asked, the hands for each option, what came of it.

use super::words::{Setting, Words, hung, set};
use crate::app::present::Talk;
use crate::app::present::asked::{AskedOption, Told, whole};
use crate::app::present::options::letter;
use crate::app::present::session::View;
use crate::app::state::Parts;
use crate::course::markdown::inline;
use crate::course::{Role, Row, Span};
use crate::ui::letters::{self, Scale};

/// Rows without which a number in large letters would leave nothing for the mesh.
const LARGE_ROWS: u16 = 30;

/// The question of a view; below it, when its time has come, the answer. `None` where nothing is asked.
pub fn words(talk: &Talk, parts: &Parts, view: &View, setting: Setting) -> Option<Words> {
    let (asked, is_told) = whole(talk, parts, view)?;
    let columns = setting.columns;
    let mut question = inline(&asked.ask);
    for span in question.iter_mut().filter(|span| span.role == Role::Text) {
        span.role = Role::Strong;
    }
    let mut words = Words::default();
    if !asked.deed.is_empty() {
        words.add(set(vec![vec![Span::new(Role::Warning, asked.deed.clone())]], columns), true);
    }
    words.add(set(vec![question, Vec::new()], columns), true);
    for (at, option) in asked.options.iter().enumerate() {
        words.add(option_rows(at, option, is_told, setting), true);
    }
    if !asked.options.is_empty() {
        words.add(vec![Row::default()], true);
    }
    if let Some(told) = &asked.told {
        words.add(verdict(told, setting), is_told);
    }
    Some(words)
}

/// What came of it, and why.
fn verdict(told: &Told, setting: Setting) -> Vec<Row> {
    let line = |role, text: &str| set(vec![vec![Span::new(role, text)]], setting.columns);
    match told {
        Told::Came { came, why } => {
            let mut rows = number(came, setting);
            rows.extend(set(vec![inline(why)], setting.columns));
            rows
        }
        Told::NotYet => line(Role::Quiet, "The run that answers this is still being worked out."),
        Told::Nothing(why) => line(Role::Warning, why),
    }
}

fn number(came: &str, setting: Setting) -> Vec<Row> {
    let large = (setting.large && setting.rows >= LARGE_ROWS)
        .then(|| letters::rows(came, usize::from(setting.columns), Scale::One, setting.ascii))
        .flatten();
    let says = Span::new(Role::Quiet, "The run says ");
    match large {
        Some(large) => {
            let large = large.into_iter().map(|text| vec![Span::new(Role::Figure, text)]);
            let large = large.map(|spans| Row { spans, ..Row::default() });
            set(vec![vec![says]], setting.columns).into_iter().chain(large).collect()
        }
        None => set(vec![vec![says, Span::new(Role::Figure, came)]], setting.columns),
    }
}

/// `B  Three quarters (7 hands)`.
fn option_rows(at: usize, option: &AskedOption, is_told: bool, setting: Setting) -> Vec<Row> {
    let right = option.right.filter(|_| is_told);
    let role = match right {
        Some(true) => Role::Good,
        Some(false) => Role::Quiet,
        None => Role::Text,
    };
    let mut spans = vec![Span::new(role, option.words.clone())];
    if option.hands > 0 {
        let unit = if option.hands == 1 { "hand" } else { "hands" };
        spans.push(Span::new(Role::Figure, format!(" ({} {unit})", option.hands)));
    }
    if right == Some(true) {
        spans.push(Span::new(Role::Good, if setting.ascii { " (right)" } else { " ✓" }));
    }
    hung(&Span::new(Role::Key, format!("{}  ", letter(at))), &spans, setting.columns)
}
