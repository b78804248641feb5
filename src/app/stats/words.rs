//! The statistics as lines of text: every number of the panels, for screen readers and for terminals that draw
//! nothing.

use super::{Panel, Stats};
use crate::app::action::Action;
use crate::app::home::plain;
use crate::app::keymap::{self, Context};
use crate::app::lab::words::wrapped;
use crate::app::state::Parts;
use crate::learner::Confidence;
use crate::learner::stats::{
    Activity, Ahead, CardCounts, LEAST, MATURE_DAYS, Miss, Predictions, Statistics, Sureness, Tally, Window,
    Workload,
};
use crate::mesh_view::figures::thousands;

/// All rows, wrapped: of the table of retentions where one stands there, else of everything.
#[must_use]
pub fn rows(stats: &Stats, parts: &Parts, columns: usize) -> Vec<String> {
    let lines = if stats.panel == Panel::Retention { choosing(stats) } else { lines(stats, parts) };
    lines.iter().flat_map(|line| wrapped(line, columns)).collect()
}

fn lines(stats: &Stats, parts: &Parts) -> Vec<String> {
    let figures = &stats.figures;
    if figures.is_empty() {
        return nothing_yet(parts, figures);
    }
    let mut all = recall(figures, parts);
    all.extend(retained(figures));
    all.extend(activity(&figures.activity));
    all.extend(ahead(figures));
    all.extend(judgment(figures));
    all.extend(predictions(&figures.predictions, parts));
    all.extend(cards(figures, parts));
    all.extend(workload(stats, None));
    all.push(format!("{} sets the desired retention", keymap::shown(Context::StatsWords, Action::Retention)));
    all
}

/// What somebody reads who has not begun.
#[must_use]
pub fn nothing_yet(parts: &Parts, figures: &Statistics) -> Vec<String> {
    let key = |action| {
        let go = keymap::shown(Context::Stats, Action::GoPrefix);
        [go.as_str(), " ", &keymap::shown(Context::Go, action)].concat()
    };
    let new = figures.cards.unseen;
    let minutes = parts.learner.minutes(new as usize);
    vec![
        "Nothing reviewed yet".to_owned(),
        format!(
            "  {} asks the first cards: {new} wait, all of them about {minutes} min",
            key(Action::GoReview)
        ),
        format!("  {} reads the lesson and asks for predictions", key(Action::GoReader)),
        format!(
            "  {} shows what each desired retention will cost",
            keymap::shown(Context::Stats, Action::Retention)
        ),
        "  Recall, retention, calibration and a forecast come after that.".to_owned(),
    ]
}

fn recall(figures: &Statistics, parts: &Parts) -> Vec<String> {
    let mut lines = vec!["Recall today: the mean chance over cards seen at least once".to_owned()];
    for row in &figures.objectives {
        let share = row.recall.map_or_else(|| "not known yet".to_owned(), percent);
        lines.push(format!(
            "  objective {}, {}: {share}; {} of {} cards seen",
            row.objective,
            objective_text(parts, row.objective),
            row.seen,
            row.cards
        ));
    }
    lines.push(format!(
        "  cards: {}; mature: due {MATURE_DAYS} days or more after they were asked",
        standing(&figures.cards, ", ")
    ));
    lines
}

fn retained(figures: &Statistics) -> Vec<String> {
    let mut lines = vec![format!(
        "True retention: right at the first answer of a day, of cards with an interval; wanted {}",
        percent(figures.desired_retention)
    )];
    for window in &figures.retention {
        lines.push(format!(
            "  {}: {}; young {}; mature {}",
            days(window),
            tally(&window.all),
            tally(&window.young),
            tally(&window.mature)
        ));
    }
    let told: u32 = figures.forgetting.iter().map(|bin| bin.actual.n).sum();
    lines.push(format!("What FSRS said before an answer, against what came: {}", many(told, "answer")));
    for bin in figures.forgetting.iter().filter(|bin| bin.actual.n > 0) {
        let range = format!("{:.0} to {:.0} %", bin.from * 100.0, bin.to * 100.0);
        lines.push(match (bin.predicted, bin.actual.share) {
            (Some(said), Some(was)) => {
                format!("  {range}: said {}, was {}, {} answers", percent(said), percent(was), bin.actual.n)
            }
            _ => format!("  {range}: {} answers, too few to say", bin.actual.n),
        });
    }
    lines
}

fn activity(activity: &Activity) -> Vec<String> {
    let mut lines = vec![format!("Answers by day: {}", totals_and_busiest(activity))];
    for week in activity.days.chunk_by(|a, b| a.day.monday() == b.day.monday()) {
        let days: Vec<String> =
            week.iter().map(|it| format!("{} {}", it.day.weekday(), it.answers)).collect();
        let seconds = week.iter().map(|it| it.seconds).sum();
        lines.push(format!("  week of {}: {}; {}", week[0].day.monday(), days.join(", "), span(seconds)));
    }
    lines
}

fn ahead(figures: &Statistics) -> Vec<String> {
    let ahead = &figures.ahead;
    let mut lines = vec![format!("Falling due: {}", due_words(ahead))];
    let days = ahead.by_day.iter().enumerate().filter(|(_, count)| **count > 0);
    lines.extend(days.map(|(at, count)| {
        let day = figures.day.plus(at as u32);
        format!("  {} {day}: {count}", day.weekday())
    }));
    lines
}

fn judgment(figures: &Statistics) -> Vec<String> {
    let mut lines = vec!["How sure, how right: of cards; Hard counts as right".to_owned()];
    lines.extend(sureness(&figures.confidence, "answer"));
    lines
}

/// The prediction that was furthest off, in the words of its question; a break of the lab by its name.
#[must_use]
pub fn furthest(miss: &Miss, parts: &Parts) -> String {
    let mut sections = parts.course.lesson.sections.iter();
    let asked = match miss.of.strip_prefix("lab/") {
        Some(name) => format!("in the lab, {name}"),
        None => sections
            .find_map(|section| section.prediction(&miss.of))
            .map_or_else(|| miss.of.clone(), |predict| format!("\"{}\"", plain(&predict.ask))),
    };
    format!("furthest off: said {} %, was {} %: {asked}", miss.said, miss.was)
}

fn predictions(predictions: &Predictions, parts: &Parts) -> Vec<String> {
    let mut lines = vec![format!("Predictions: {}", tally(&predictions.all))];
    lines.extend(sureness(&predictions.confidence, "prediction"));
    lines.extend(predictions.points.iter().flat_map(|points| {
        [
            format!(
                "  percentages: off by {:.1} points on average over {}, {}",
                points.mean_off,
                points.n,
                lean(points.mean_lean)
            ),
            format!("  {}", furthest(&points.biggest, parts)),
        ]
    }));
    lines
}

fn cards(figures: &Statistics, parts: &Parts) -> Vec<String> {
    let mut lines = vec!["Hardest cards: by lapses, then by difficulty from 1 to 10".to_owned()];
    lines.extend(figures.hardest.iter().map(|card| {
        format!(
            "  {}, difficulty {:.1}, stable for {:.1} days, recall today {}: {}",
            many(card.lapses, "lapse"),
            card.difficulty,
            card.stability_days,
            percent(card.recall),
            question(parts, &card.card)
        )
    }));
    lines.push(format!("Certain and wrong: {}", many(figures.confident_errors.len() as u32, "card")));
    lines.extend(figures.confident_errors.iter().map(|error| {
        let since = if error.mended { "right on a later day" } else { "not right on a later day" };
        let times = many(error.times, "time");
        format!("  {}, {times}, {since}: {}", error.day, question(parts, &error.card))
    }));
    lines
}

/// The table; `at` marks the row one stands on.
fn workload(stats: &Stats, at: Option<usize>) -> Vec<String> {
    let mut lines = vec![format!(
        "Desired retention: the next {} days with these {} cards, at {}",
        Workload::DAYS,
        stats.workload.cards(),
        pace(&stats.workload)
    )];
    let rows = stats.workload.rows(stats.retention());
    for (place, choice) in stats.workload.choices().iter().enumerate() {
        let pointer = if at == Some(place) { "> " } else { "  " };
        let share = percent(choice.as_share());
        lines.push(match rows.get(place) {
            None => format!("{pointer}{share}: being worked out"),
            Some(row) => format!(
                "{pointer}{share}{}: {:.1} answers and {:.1} minutes a day, {:.0} minutes in all, {:.1} cards remembered at the end",
                if row.current { ", in force" } else { "" },
                row.answers_per_day,
                row.minutes_per_day,
                row.minutes,
                row.remembered
            ),
        });
    }
    lines
}

fn choosing(stats: &Stats) -> Vec<String> {
    let key = |action| keymap::shown(Context::StatsRetention, action);
    let mut lines = workload(stats, Some(stats.at));
    lines.push(format!(
        "{} and {} choose, {} sets it, {} takes it back, {} closes",
        key(Action::Down),
        key(Action::Up),
        key(Action::Confirm),
        key(Action::Undo),
        key(Action::Back)
    ));
    lines
}

/// `12 unseen, 4 on a step, 38 young`: what there is any of, and the mature ones always.
#[must_use]
pub fn standing(cards: &CardCounts, between: &str) -> String {
    let counts = [
        (cards.unseen, "unseen"),
        (cards.learning, "on a step"),
        (cards.young, "young"),
        (cards.mature, "mature"),
        (cards.suspended, "suspended"),
    ];
    let told = counts.into_iter().filter(|(count, what)| *count > 0 || *what == "mature");
    told.map(|(count, what)| format!("{} {what}", thousands(count.into()))).collect::<Vec<_>>().join(between)
}

/// What over-sure means, for those to whom it is told.
pub const OVER_SURE: &str = "over-sure: right no more often than when fairly sure";

/// This is the row of being certain, and it was right no more often than being fairly sure.
#[must_use]
pub fn is_over_sure(row: &Sureness, degrees: &[Sureness]) -> bool {
    let fairly = degrees.iter().find(|degree| degree.said == Confidence::Fairly);
    let shares = row.was.share.zip(fairly.and_then(|degree| degree.was.share));
    row.said == Confidence::Certain && shares.is_some_and(|(certain, fairly)| certain <= fairly)
}

/// `91 %`; only what is whole reads as 100.
#[must_use]
pub fn percent(share: f64) -> String {
    let tenths = (share * 1000.0).round();
    if tenths % 10.0 == 0.0 || (0.1..0.99).contains(&share) {
        format!("{:.0} %", share * 100.0)
    } else {
        format!("{:.1} %", tenths / 10.0)
    }
}

/// `19 of 22, 86 %`.
#[must_use]
pub fn tally(tally: &Tally) -> String {
    match tally.share {
        Some(share) => {
            let (right, n) = (thousands(tally.right.into()), thousands(tally.n.into()));
            format!("{right} of {n}, {}", percent(share))
        }
        None if tally.n == 0 => "none".to_owned(),
        None => format!("{} of {}", tally.right, tally.n),
    }
}

/// `guess: 12 answers, 50 % right`, or that they are too few; a line a degree.
fn sureness(degrees: &[Sureness], what: &str) -> Vec<String> {
    let line = |row: &Sureness| {
        let (said, answers) = (row.said.word(), many(row.was.n, what));
        let Some(share) = row.was.share else { return format!("  {said}: {answers}, shown from {LEAST} on") };
        let verdict = if is_over_sure(row, degrees) { format!("; {OVER_SURE}") } else { String::new() };
        format!("  {said}: {answers}, {} right{verdict}", percent(share))
    };
    degrees.iter().map(line).collect()
}

/// `7 days`, `all`.
#[must_use]
pub fn days(window: &Window) -> String {
    window.days.map_or_else(|| "all".to_owned(), |days| format!("{days} days"))
}

/// Which way percentages are off.
#[must_use]
pub fn lean(points: f64) -> String {
    match points {
        lean if lean > 0.0 => format!("said {lean:.1} too much"),
        lean if lean < 0.0 => format!("said {:.1} too little", -lean),
        _ => "no lean".to_owned(),
    }
}

/// The same, and the day with the most.
#[must_use]
pub fn totals_and_busiest(activity: &Activity) -> String {
    let busiest = activity.busiest().map_or_else(String::new, |day| {
        format!("; most on {} {}: {}", day.day.weekday(), day.day, day.answers)
    });
    totals(activity) + &busiest
}

/// `42 answers on 12 days, 38 min in all`.
#[must_use]
pub fn totals(activity: &Activity) -> String {
    format!(
        "{} on {}, {} in all",
        many(activity.answers, "answer"),
        many(activity.days_studied, "day"),
        span(activity.seconds)
    )
}

/// `today 5 (2 late), 14 days 12, 30 days 20, later 9, unseen 3`.
#[must_use]
pub fn due_words(ahead: &Ahead) -> String {
    let late = if ahead.late > 0 { format!(" ({} late)", ahead.late) } else { String::new() };
    format!(
        "today {}{late}, 14 days {}, 30 days {}, later {}, unseen {}",
        ahead.by_day.first().copied().unwrap_or_default(),
        ahead.next_14,
        ahead.next_30,
        ahead.later,
        ahead.unseen
    )
}

/// `1 day`, `2,000 days`.
#[must_use]
pub fn many(count: u32, what: &str) -> String {
    let number = thousands(count.into());
    if count == 1 { format!("{number} {what}") } else { format!("{number} {what}s") }
}

/// How long an answer is taken to take.
#[must_use]
pub fn pace(workload: &Workload) -> String {
    let whose = if workload.pace.own { "your own mean" } else { "until you have answered 30" };
    format!("{:.0} s an answer ({whose})", workload.pace.seconds_per_answer)
}

/// `38 s`, `12 min`, `3 h 05 min`.
#[must_use]
pub fn span(seconds: u64) -> String {
    match seconds {
        0..100 => format!("{seconds} s"),
        100..6_000 => format!("{} min", (seconds + 30) / 60),
        _ => format!("{} h {:02} min", seconds / 3600, seconds % 3600 / 60),
    }
}

/// A card's question without marks; its id where the course does not have it any more.
#[must_use]
pub fn question(parts: &Parts, card: &str) -> String {
    parts.course.card(card).map_or_else(|| card.to_owned(), |card| plain(&card.question))
}

/// What an objective is about.
#[must_use]
pub fn objective_text(parts: &Parts, id: u32) -> String {
    let found = parts.course.lesson.objectives.iter().find(|objective| objective.id == id);
    found.map_or_else(String::new, |objective| objective.text.clone())
}
