//! Simulated learners: they forget by parameters of their own and are scheduled by the default ones.

use eastwest::srs::optimize::Repetition;
use eastwest::srs::{Day, Grade, Model, Retention, Strength, Weights};

/// 2024-01-01, 12:00 UTC.
const BEGIN_MS: i64 = 1_704_110_400_000;
const DAY_MS: i64 = 86_400_000;
const NEW_PER_DAY: usize = 12;

/// The parameters of somebody who forgets sooner than most, and whose successes help less.
pub fn forgetter() -> Weights {
    let mut values = Weights::default().values();
    for value in &mut values[..4] {
        *value *= 0.3;
    }
    values[8] -= 0.6;
    Weights::new(&values).unwrap()
}

struct Card {
    truth: Strength,
    believed: Strength,
    due: Day,
    answers: Vec<Repetition>,
}

/// What somebody whose memory follows `truth` answers on `days` study days.
pub fn histories(truth: &Weights, days: i32, seed: u64) -> Vec<Vec<Repetition>> {
    let (truth, believed) = (Model::new(truth.clone()), Model::default());
    let mut luck = seed;
    let mut cards: Vec<Card> = Vec::new();
    let first = Day((BEGIN_MS / DAY_MS) as i32);
    for day in (0..days).map(|day| Day(first.0 + day)) {
        let mut ms = i64::from(day.0) * DAY_MS + DAY_MS / 2;
        let mut tick = || {
            ms += 10_000;
            ms
        };
        for card in cards.iter_mut().filter(|card| card.due <= day) {
            let since = day.since(card.answers.last().unwrap().day);
            let recalls = draw(&mut luck) < f64::from(truth.recall(card.truth, since));
            card.answer(&truth, &believed, if recalls { Grade::Good } else { Grade::Again }, day, tick());
            if !recalls {
                card.answer(&truth, &believed, Grade::Good, day, tick());
            }
        }
        for _ in 0..NEW_PER_DAY {
            let grade = if draw(&mut luck) < 0.8 { Grade::Good } else { Grade::Hard };
            let mut card = Card {
                truth: truth.step(None, grade, 0),
                believed: believed.step(None, grade, 0),
                due: day,
                answers: vec![Repetition { ms: tick(), day, grade }],
            };
            card.plan(&believed, day);
            cards.push(card);
        }
    }
    cards.into_iter().map(|card| card.answers).collect()
}

impl Card {
    fn answer(&mut self, truth: &Model, believed: &Model, grade: Grade, day: Day, ms: i64) {
        let since = day.since(self.answers.last().unwrap().day);
        self.truth = truth.step(Some(self.truth), grade, since);
        self.believed = believed.step(Some(self.believed), grade, since);
        self.answers.push(Repetition { ms, day, grade });
        self.plan(believed, day);
    }

    fn plan(&mut self, believed: &Model, day: Day) {
        let days = believed.interval(self.believed, Retention::default()).round().max(1.0);
        self.due = day.plus(days as u32);
    }
}

/// `SplitMix64`: 0 up to 1.
fn draw(state: &mut u64) -> f64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((mixed ^ (mixed >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
}
