//! Entries on their way in and out, without files.

use eastwest::learner::exchange::{Parcel, What};
use eastwest::learner::{Entry, Event, Kind, Learner, Line, Review};
use eastwest::srs::{Grade, Moment};

use super::learner::{ids, review};

const NOON: Moment = Moment { ms: 1_795_345_200_000, offset: -210 };

fn entries() -> Vec<Entry> {
    let mut ids = ids("my-old-laptop");
    let odd = |card: &str| {
        let Event::Review(plain) = review(card, Grade::Hard) else { unreachable!() };
        Event::Review(Review { right: None, confidence: None, hash: None, kind: Kind::Cram, ..plain })
    };
    let mut entries = vec![
        ids.entry(NOON, review("a", Grade::Good)),
        ids.entry(NOON.plus(1), odd("of \"two\", words")),
        ids.entry(NOON.plus(2), review("b", Grade::Again)),
    ];
    let undone = entries[2].id.clone();
    entries.push(ids.entry(NOON.plus(3), Event::Undo { of: undone }));
    entries
}

fn read(parcel: &Parcel) -> Vec<Entry> {
    let entry = |what: &What| match what {
        What::Entry(entry) => Some(entry.clone()),
        What::Unknown(_) => None,
    };
    parcel.brought.iter().filter_map(|line| entry(&line.what)).collect()
}

#[test]
fn a_table_gives_back_the_answers_that_were_not_undone() {
    let entries = entries();
    let table = Learner::fold(entries.clone()).answers_csv();
    assert_eq!(
        table.lines().nth(2).unwrap(),
        "1795345200001-my-old-laptop-00000000000000000000000000000007-2,1795345200001,-210,\"of \"\"two\"\", words\",2,5400,\
         type,,0,cram,,2026-11-22T07:30:00-03:30"
    );
    let parcel = Parcel::of_csv(&table).unwrap();
    assert!(parcel.unread.is_empty(), "{:?}", parcel.unread);
    assert_eq!(read(&parcel), entries[..2]);
    assert_eq!(parcel.brought[0].text, entries[0].to_line());
}

#[test]
fn a_spreadsheet_may_turn_columns_round_and_add_its_own() {
    let table = "\u{feff}card,mine,right,t_ms,id,grade,offset_minutes\r\n\"a\nb\",x,TRUE,5,1-a-0-1,3,60\r\n\r\nc,,,7,1-a-0-2,4,\r\n";
    let parcel = Parcel::of_csv(table).unwrap();
    assert_eq!(parcel.brought.iter().map(|it| it.number).collect::<Vec<_>>(), [2, 5]);
    let Event::Review(review) = &read(&parcel)[0].event else { unreachable!() };
    assert_eq!((review.card.as_str(), review.right, review.grade), ("a\nb", Some(true), Grade::Good));
}

#[test]
fn rows_that_are_no_answers_are_named_with_their_line() {
    let table = "id,t_ms,card,grade,right\n1-a-0-1,5,c,3,\n1-a-0-2,1.8E+12,c,3,\n1-a-0-3,5,c,7,\n,5,c,3,\n1-a-0-5,5,c,3,yes\n";
    let parcel = Parcel::of_csv(table).unwrap();
    assert_eq!(parcel.brought.len(), 1);
    let unread: Vec<_> = parcel.unread.iter().map(|it| (it.number, it.why.as_str())).collect();
    let needs = "no answer: it needs an id, t_ms, a card and a grade from 1 to 4, \
                 and no clock is off by more than 1440 minutes";
    let expected = [
        (3, "t_ms '1.8E+12' is no whole number"),
        (4, needs),
        (5, needs),
        (6, "right 'yes' is neither true nor false"),
    ];
    assert_eq!(unread, expected);
}

#[test]
fn what_no_clock_says_is_no_entry() {
    let line = |t: i64, off: i64| {
        let text = format!(
            r#"{{"v":1,"id":"1-a-0-1","op":"review","t":{t},"off":{off},"card":"c","r":3,"ms":1,"conf":0,"kind":"new"}}"#
        );
        // With a space it is read another way, and reads the same.
        let read = Line::read(text.as_bytes());
        assert_eq!(read, Line::read(text.replacen(':', ": ", 1).as_bytes()));
        let table = format!("id,t_ms,offset_minutes,card,grade,kind\n1-a-0-1,{t},{off},c,3,new\n");
        assert_eq!(Parcel::of_csv(&table).unwrap().unread.is_empty(), read != Line::Broken, "{text}");
        read
    };
    let last = 253_402_300_799_999;
    for (t, off) in [(0, 0), (last, 0), (5, 1440), (5, -1440)] {
        assert!(matches!(line(t, off), Line::Entry(_)), "{t} {off}");
    }
    for (t, off) in [(-1, 0), (last + 1, 0), (5, 1441), (5, -1441), (5, 99_999_999), (5, i64::from(i32::MIN))]
    {
        assert_eq!(line(t, off), Line::Broken, "{t} {off}");
    }
}

#[test]
fn a_kind_of_a_later_version_is_handed_on() {
    let later = [
        r#"{"v":1,"id":"1-a-0-1","op":"review","t":5,"off":0,"card":"c","r":3,"ms":1,"conf":0,"kind":"newkind"}"#,
        r#"{"v":1,"id":"1-a-0-2","op":"pretest","t":5,"off":0,"card":"c","kind":"between"}"#,
    ];
    for line in later {
        assert_eq!(Line::read(line.as_bytes()), Line::Unknown, "{line}");
        let parcel = Parcel::of_json(line).unwrap();
        assert_eq!((&*parcel.brought[0].text, parcel.unread.len()), (line, 0));
    }
    let broken = r#"{"v":1,"id":"1-a-0-1","op":"review","t":5,"card":"c","r":9,"kind":"new"}"#;
    assert_eq!(Line::read(broken.as_bytes()), Line::Broken);
}

#[test]
fn what_is_no_table_of_ours_is_refused() {
    let refused = |text: &str| Parcel::of_csv(text).unwrap_err();
    assert_eq!(refused(""), "is empty");
    assert!(refused("Front\tBack\n").contains("no column 'id'"));
    assert!(
        refused("id,t_ms,card,grade\n1,2,\"c,3\n").contains("the quote that opens on line 2 is not closed")
    );
}

#[test]
fn a_document_may_be_laid_out_anew_and_its_lines_are_counted() {
    let [first, second, ..] = &entries()[..] else { unreachable!() };
    let (one, two) = (first.to_line(), second.to_line().replace(",\"off\"", ",\n \"off\""));
    let text = format!("{{\"schema\": 1,\n\"entries\": [\n{one},\n{{\"no\": 1}},\n{two}\n]}}");
    let parcel = Parcel::of_json(&text).unwrap();
    assert_eq!(read(&parcel), [first.clone(), second.clone()]);
    assert_eq!(parcel.brought.iter().map(|it| it.number).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(parcel.unread.iter().map(|it| it.number).collect::<Vec<_>>(), [4]);
    assert!(parcel.brought.iter().all(|it| !it.text.contains('\n')));
}

#[test]
fn lines_of_a_log_are_taken_as_they_are_and_those_of_later_versions_too() {
    let line = entries()[0].to_line();
    let text = format!(
        "\u{feff}{line}\r\n\r\nnonsense\r\n{{\"v\":2,\"id\":\"x\",\"op\":\"review\"}}\r\n{{\"v\":3,\"id\":[7]}}"
    );
    let parcel = Parcel::of_json(&text).unwrap();
    let whats: Vec<_> = parcel.brought.iter().map(|it| (it.number, it.what.clone())).collect();
    let expected = [
        (1, What::Entry(entries()[0].clone())),
        (4, What::Unknown(Some("x".to_owned()))),
        (5, What::Unknown(None)),
    ];
    assert_eq!(whats, expected);
    assert_eq!(parcel.unread.iter().map(|it| it.number).collect::<Vec<_>>(), [3]);
}

#[test]
fn what_is_neither_document_nor_log_is_refused() {
    let refused = |text: &str| Parcel::of_json(text).unwrap_err();
    assert!(refused("{\"schema\":2,\"entries\":[]}").contains("later version (schema 2)"));
    assert!(refused("{\"schema\":1,\"entries\":[\n{\"v\":1").contains("line 2"));
    assert!(refused("Front,Back\n").contains("holds no entry"));
    assert!(refused("").contains("holds no entry"));
}
