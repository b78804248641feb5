//! The presenter's console and the lists of a talk: pace and cuts, the outline, detours, questions, what costs nothing.

use std::time::Duration;

use eastwest::app::geometry::Size;
use eastwest::app::manner::{Manner, Motion};
use eastwest::app::present::rehearse::Wish;
use eastwest::app::present::session::{Session, View};
use eastwest::app::present::{Peers, Read, Talk};
use eastwest::app::state::{Go, Window};
use eastwest::app::{Msg, Notice, Overlay, Screen};

use crate::screen;
use crate::sessions::Sitting;

const SIZE: Size = Size::new(120, 40);

fn start(window: Window, section: u8) -> Go {
    Go::Talk { window, section: Some(section), total: None, read: Box::default(), wish: Wish::default() }
}

fn open(window: Window, section: u8) -> Sitting {
    Sitting::open(SIZE, start(window, section))
}

fn talk(sitting: &Sitting) -> &Talk {
    match sitting.app.screen() {
        Screen::Console(console) => console.talk(),
        Screen::Audience(audience) => audience.talk(),
        other => panic!("{other:?} is no window of a talk"),
    }
}

fn session(sitting: &Sitting) -> &Session {
    talk(sitting).session()
}

fn text(sitting: &Sitting) -> String {
    screen::text(&sitting.app, sitting.size().width, sitting.size().height)
}

fn notice(sitting: &Sitting) -> String {
    match sitting.app.notice() {
        Some(Notice::Info(words) | Notice::Trouble(words)) => words.clone(),
        None => String::new(),
    }
}

fn press(sitting: &mut Sitting, keys: &str) {
    keys.split_whitespace().for_each(|key| sitting.press(key));
}

fn type_in(sitting: &mut Sitting, words: &str) {
    for c in words.chars() {
        let key = if c == ' ' { "space".to_owned() } else { c.to_string() };
        sitting.press(&key);
    }
}

/// Section of the presenter's beat, from 1.
fn section(sitting: &Sitting) -> usize {
    session(sitting).section(talk(sitting).deck()) + 1
}

/// The moment of the mesh, in milliseconds of its time.
fn moment(sitting: &Sitting, view: &View) -> u64 {
    view.play.as_ref().unwrap().moment(u64::try_from(sitting.now().wall_ms).unwrap())
}

/// So late in a section that something has to be cut.
fn late() -> Sitting {
    let mut sitting = open(Window::Console, 4);
    sitting.press("c");
    sitting.pass(Duration::from_secs(700));
    sitting
}

#[test]
fn one_key_cuts_what_is_advised_and_takes_it_back() {
    let mut sitting = late();
    assert!(text(&sitting).contains("cannot finish: cut §5 §6 §10"), "{}", text(&sitting));
    let cut =
        |sitting: &Sitting| (0..10).filter(|at| session(sitting).clocks.is_cut(*at)).collect::<Vec<_>>();
    sitting.press("k");
    assert_eq!(cut(&sitting), [4, 5, 9]);
    assert_eq!(notice(&sitting), "§5 §6 §10 cut; k takes it back");
    assert!(!text(&sitting).contains("cannot finish"));
    sitting.press("k");
    assert_eq!(cut(&sitting), [0usize; 0]);
    assert!(text(&sitting).contains("cannot finish"));
}

#[test]
fn what_is_cut_is_passed_by_and_said() {
    let mut sitting = late();
    sitting.press("k");
    let mut said = String::new();
    while section(&sitting) == 4 {
        sitting.press("space");
        said = notice(&sitting);
    }
    assert_eq!(section(&sitting), 7);
    assert_eq!(said, "§5 §6 cut: passed by");
    sitting.press("left");
    assert_eq!(section(&sitting), 4, "back as well");
}

#[test]
fn nothing_to_cut_is_said_and_changes_nothing() {
    let mut sitting = open(Window::Console, 4);
    let before = session(&sitting).clone();
    sitting.press("k");
    assert_eq!(*session(&sitting), before);
    assert!(notice(&sitting).starts_with("nothing has to be cut"));
}

#[test]
fn a_talk_of_another_length_is_planned_anew_in_either_window() {
    for window in [Window::Audience, Window::Console] {
        let total = Some(Duration::from_secs(20 * 60));
        let sitting = Sitting::open(
            SIZE,
            Go::Talk { window, section: None, total, read: Box::default(), wish: Wish::default() },
        );
        assert_eq!(session(&sitting).total_ms, Some(1_200_000));
        let stretches = talk(&sitting).stretches(sitting.app.parts(), 0);
        let planned: Duration = stretches.iter().map(|stretch| stretch.planned).sum();
        assert_eq!(planned, Duration::from_secs(20 * 60));
    }
}

#[test]
fn the_clock_goes_back_to_zero_only_when_asked_twice() {
    let mut sitting = open(Window::Console, 4);
    sitting.press("c");
    sitting.pass(Duration::from_secs(60));
    let elapsed = |sitting: &Sitting| {
        session(sitting).clocks.elapsed(u64::try_from(sitting.now().wall_ms).unwrap()).as_secs()
    };
    sitting.press("C");
    sitting.press("j");
    sitting.press("C");
    assert_eq!(elapsed(&sitting), 60, "another key in between takes the question away");
    sitting.press("C");
    assert_eq!(elapsed(&sitting), 0);
}

#[test]
fn questions_stop_the_sections_clock() {
    let mut sitting = open(Window::Console, 4);
    press(&mut sitting, "c c");
    sitting.pass(Duration::from_secs(40));
    assert!(text(&sitting).contains("  questions 0:"), "{}", text(&sitting));
    sitting.press("c");
    sitting.pass(Duration::from_secs(10));
    let now_ms = u64::try_from(sitting.now().wall_ms).unwrap();
    let clocks = &session(&sitting).clocks;
    assert_eq!((clocks.asked(now_ms).as_secs(), clocks.spent(now_ms)[3].as_secs()), (40, 10));
    assert!(!text(&sitting).contains("questions 0:"));
}

#[test]
fn the_outline_jumps_and_the_way_back_is_the_very_beat_with_its_mesh_where_it_stood() {
    for window in [Window::Audience, Window::Console] {
        let mut sitting = open(window, 4);
        press(&mut sitting, "right right");
        sitting.pass(Duration::from_secs(2));
        let before = session(&sitting).view.clone();
        sitting.press("o");
        type_in(&mut sitting, "steady 5 percent");
        let stood = moment(&sitting, &before);
        sitting.press("enter");
        let there = talk(&sitting).beat().unwrap().heading.clone();
        assert_eq!(there, "A steady 5 percent");
        sitting.pass(Duration::from_secs(30));
        sitting.press("ctrl-o");
        let after = &session(&sitting).view;
        assert_eq!((after.beat, after.step), (before.beat, before.step), "{window:?}");
        let left = stood + 50;
        // A frame's fraction of a millisecond is lost on the sitting's wall clock.
        let near = |moment: u64, wanted: u64| moment.abs_diff(wanted) < 50;
        assert!(near(moment(&sitting, after), left), "it did not run while nobody saw it");
        sitting.pass(Duration::from_secs(1));
        assert!(near(moment(&sitting, &session(&sitting).view), left + 1_000), "it goes on");
    }
}

#[test]
fn search_opens_the_outline_and_a_card_is_shown_for_a_question() {
    let mut sitting = open(Window::Console, 4);
    sitting.press("/");
    type_in(&mut sitting, "card: readiness");
    assert!(text(&sitting).contains("Card: "), "{}", text(&sitting));
    sitting.press("enter");
    let front = format!("{:?}", session(&sitting).view.front);
    assert!(front.contains("Card") && front.contains("revealed: false"), "{front}");
    assert!(text(&sitting).contains("Answer"), "the presenter reads it before the audience does");
    press(&mut sitting, "right right");
    assert_eq!(format!("{:?}", session(&sitting).view.front), "Beat", "shown, then back");
}

#[test]
fn the_audiences_outline_holds_no_notes_no_answers_and_no_times() {
    let rows = |window| {
        let mut sitting = open(window, 4);
        sitting.press("c");
        sitting.pass(Duration::from_secs(5));
        sitting.press("o");
        let Some(Overlay::Palette(list)) = sitting.app.overlay() else { panic!("no list") };
        list.found().iter().map(|entry| format!("{}|{}", entry.words, entry.key)).collect::<Vec<_>>()
    };
    let (audience, console) = (rows(Window::Audience), rows(Window::Console));
    assert!(console.iter().any(|row| row.ends_with("|0:05 of 3:12")), "{console:?}");
    assert!(!audience.iter().any(|row| row.contains("0:05") || row.contains("3:12")));
    let sitting = open(Window::Audience, 4);
    let course = &sitting.app.parts().course;
    for card in course.cards.iter().filter(|card| card.answer.len() > 40) {
        assert!(!audience.iter().any(|row| row.contains(&card.answer)), "{}", card.answer);
    }
    let whys = ["Without outlier detection Istio", "Say:", "If asked", "If behind"];
    assert!(!audience.iter().any(|row| whys.iter().any(|why| row.contains(why))));
}

#[test]
fn another_screen_is_left_for_the_talk_again_and_the_talk_is_not_touched() {
    for window in [Window::Audience, Window::Console] {
        // While an answer is typed, letters are text.
        for (detour, back) in [("g l", "g p"), ("g l", "esc"), ("g c", "g p"), ("g r", "esc"), ("g h", "g p")]
        {
            let mut sitting = open(window, 4);
            press(&mut sitting, "right right");
            let before = session(&sitting).clone();
            press(&mut sitting, detour);
            assert!(!matches!(sitting.app.screen(), Screen::Audience(_) | Screen::Console(_)), "{detour}");
            assert!(notice(&sitting).starts_with("g p comes back"), "{}", notice(&sitting));
            sitting.pass(Duration::from_secs(1));
            press(&mut sitting, back);
            assert_eq!(*session(&sitting), before, "{window:?} {detour}");
        }
    }
}

#[test]
fn what_the_other_window_does_meanwhile_is_there_on_return() {
    let mut sitting = open(Window::Console, 4);
    press(&mut sitting, "g l");
    let mut other = open(Window::Audience, 7);
    other.press("right");
    let theirs = session(&other).clone();
    let peers = Peers { audience: Some(Size::new(132, 43)), console: false };
    sitting.tell(Msg::Talk(Box::new(Read { session: Some(Box::new(theirs)), peers, ..Read::default() })));
    press(&mut sitting, "g p");
    assert_eq!(section(&sitting), 7);
    assert!(text(&sitting).contains("audience 132×43"), "{}", text(&sitting));
    assert!(text(&sitting).contains("Audience sees"));
}

#[test]
fn a_question_is_written_down_and_one_of_them_crossed_out() {
    let mut sitting = open(Window::Console, 4);
    sitting.press("U");
    assert!(notice(&sitting).starts_with("no question waits"));
    for question in ["why 70", "and k8s 2"] {
        sitting.press("Q");
        type_in(&mut sitting, question);
        sitting.press("enter");
    }
    assert_eq!(session(&sitting).parked, ["why 70", "and k8s 2"]);
    press(&mut sitting, "U down enter");
    assert_eq!(session(&sitting).parked, ["why 70"]);
}

#[test]
fn a_console_at_rest_wakes_never_and_with_the_clock_once_a_second() {
    let mut sitting = open(Window::Console, 1);
    assert_eq!(sitting.app.wants_frame(), None);
    sitting.press("c");
    let mut frames = 0;
    (*sitting).pass(Duration::from_secs(10), &mut |_| frames += 1);
    assert_eq!(frames, 10);
}

#[test]
fn long_notes_are_scrolled_and_end_where_they_end() {
    let mut sitting = Sitting::open(Size::new(60, 20), start(Window::Console, 4));
    assert!(text(&sitting).contains("more lines: J"), "{}", text(&sitting));
    assert!(!text(&sitting).contains("95/5 to the reader"));
    press(&mut sitting, "J J J J J J J J J");
    assert!(text(&sitting).contains("95/5 to the reader"), "{}", text(&sitting));
    sitting.press("K");
    assert!(!text(&sitting).contains("95/5 to the reader"), "one page back at once");
}

#[test]
fn as_text_it_is_lines_with_nothing_drawn() {
    let manner = Manner { motion: Motion::None, ..Manner::default() };
    let mut sitting = Sitting::with(Size::new(80, 24), start(Window::Console, 4), manner);
    let mut all = String::new();
    for _ in 0..6 {
        let page = text(&sitting);
        assert!(page.chars().all(|c| c.is_ascii() || c == '←' || c == '→'), "{page}");
        all += &page;
        sitting.press("J");
    }
    let order = [
        "You are at 4.1",
        "Time: not started",
        "No audience window",
        "Notes",
        "Next",
        "Questions",
        "Sections",
    ];
    let found: Vec<Option<usize>> = order.iter().map(|words| all.find(words)).collect();
    assert!(found.iter().all(Option::is_some) && found.is_sorted(), "{found:?}\n{all}");
}
