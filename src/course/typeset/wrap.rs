//! Breaking text into lines: at blanks, and inside a word only when the word alone is wider than the line.

use super::width::{printable, split_at_width, text_width};
use crate::course::document::Span;

/// A stretch without a place to break: pieces of words, each in its role.
#[derive(Debug, Default)]
struct Word {
    pieces: Vec<Span>,
    width: usize,
}

/// What a text is to the breaker.
#[derive(Debug)]
enum Token {
    Word(Word),
    /// One blank, in the role of the text it stands in.
    Blank(Span),
    LineEnd,
}

/// The text in lines of at most `width` cells (at least one grapheme a line). Always at least one line.
pub(super) fn wrap(spans: &[Span], width: usize) -> Vec<Vec<Span>> {
    let mut filler = Filler { width: width.max(1), lines: vec![Vec::new()], used: 0, blank: None };
    for token in tokens(spans) {
        match token {
            Token::Word(word) => filler.word(word),
            Token::Blank(blank) => filler.blank = Some(blank),
            Token::LineEnd => filler.new_line(),
        }
    }
    filler.lines
}

/// Cells of the widest stretch that cannot be broken at a blank.
pub(super) fn widest_word(spans: &[Span]) -> usize {
    let width = |token: Token| match token {
        Token::Word(word) => word.width,
        Token::Blank(_) | Token::LineEnd => 0,
    };
    tokens(spans).into_iter().map(width).max().unwrap_or(0)
}

fn tokens(spans: &[Span]) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for span in spans {
        let mut lines = span.text.split('\n');
        word_tokens(span, lines.next().unwrap_or(""), &mut tokens);
        for line in lines {
            tokens.push(Token::LineEnd);
            word_tokens(span, line, &mut tokens);
        }
    }
    with_units(tokens)
}

/// A number and its unit stay on one line.
fn with_units(tokens: Vec<Token>) -> Vec<Token> {
    let mut bound: Vec<Token> = Vec::with_capacity(tokens.len());
    for token in tokens {
        match (bound.as_mut_slice(), token) {
            ([.., Token::Word(number), Token::Blank(blank)], Token::Word(unit))
                if unit_follows(number, &unit) =>
            {
                number.width += 1 + unit.width;
                number.pieces.push(blank.clone());
                number.pieces.extend(unit.pieces);
                bound.pop();
            }
            (_, token) => bound.push(token),
        }
    }
    bound
}

fn unit_follows(number: &Word, unit: &Word) -> bool {
    let number = number.pieces.last().map_or("", |piece| &piece.text);
    is_unit_of(number, unit.pieces.first().map_or("", |piece| &piece.text))
}

/// `unit` is one, perhaps with a full stop behind it, and `number` ends in a digit.
#[must_use]
pub fn is_unit_of(number: &str, unit: &str) -> bool {
    let unit = unit.trim_end_matches(|c: char| c != '%' && !c.is_ascii_alphabetic());
    number.ends_with(|c: char| c.is_ascii_digit())
        && matches!(unit, "%" | "s" | "ms" | "min" | "MB" | "GB" | "TB")
}

fn word_tokens(span: &Span, text: &str, tokens: &mut Vec<Token>) {
    for (number, word) in text.split([' ', '\t']).enumerate() {
        if number > 0 && !matches!(tokens.last(), Some(Token::Blank(_))) {
            tokens.push(Token::Blank(Span { text: " ".to_owned(), ..span.clone() }));
        }
        let word = printable(word);
        if word.is_empty() {
            continue;
        }
        if !matches!(tokens.last(), Some(Token::Word(_))) {
            tokens.push(Token::Word(Word::default()));
        }
        if let Some(Token::Word(open)) = tokens.last_mut() {
            open.width += text_width(&word);
            open.pieces.push(Span { text: word, ..span.clone() });
        }
    }
}

/// Fills lines from the left.
#[derive(Debug)]
struct Filler {
    width: usize,
    lines: Vec<Vec<Span>>,
    used: usize,
    blank: Option<Span>,
}

impl Filler {
    fn word(&mut self, word: Word) {
        let gap = usize::from(self.blank.is_some() && self.used > 0);
        if self.used > 0 && gap > 0 && self.used + gap + word.width > self.width {
            self.new_line();
        }
        if let Some(blank) = self.blank.take()
            && self.used > 0
        {
            self.put(blank);
        }
        for piece in word.pieces {
            self.piece(&piece);
        }
    }

    /// Puts a piece down, broken wherever a line is full.
    fn piece(&mut self, piece: &Span) {
        let mut rest = piece.text.as_str();
        while !rest.is_empty() {
            let (fits, after) = split_at_width(rest, self.width.saturating_sub(self.used), self.used == 0);
            if !fits.is_empty() {
                self.put(Span { text: fits.to_owned(), ..piece.clone() });
            }
            if !after.is_empty() {
                self.new_line();
            }
            rest = after;
        }
    }

    fn put(&mut self, span: Span) {
        self.used += text_width(&span.text);
        let line = self.lines.last_mut().expect("a filler starts with a line and only adds more");
        match line.last_mut() {
            Some(last) if last.role == span.role && last.target == span.target => {
                last.text.push_str(&span.text);
            }
            _ => line.push(span),
        }
    }

    fn new_line(&mut self) {
        self.lines.push(Vec::new());
        self.used = 0;
        self.blank = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::course::document::Role;

    #[track_caller]
    fn check(text: &str, width: usize, expected: &[&str]) {
        let lines = wrap(&[Span::new(Role::Text, text)], width);
        let lines: Vec<String> =
            lines.iter().map(|line| line.iter().map(|s| s.text.as_str()).collect()).collect();
        assert_eq!(lines, expected, "{text:?} at {width}");
    }

    #[test]
    fn lines_break_at_blanks_and_drop_them() {
        check("one two  three", 7, &["one two", "three"]);
        check("one two", 3, &["one", "two"]);
    }

    #[test]
    fn a_word_wider_than_the_line_is_broken() {
        check("a priorities", 5, &["a", "prior", "ities"]);
    }

    #[test]
    fn a_number_keeps_its_unit() {
        check("stays at 70 %. So", 12, &["stays at", "70 %. So"]);
        check("after 10 seconds", 9, &["after 10", "seconds"]);
    }

    #[test]
    fn wide_characters_count_two_cells() {
        check("日本語", 4, &["日本", "語"]);
    }

    #[test]
    fn a_word_in_two_roles_is_not_parted() {
        let spans =
            [Span::new(Role::Text, "see "), Span::new(Role::Strong, "bold"), Span::new(Role::Text, ", so")];
        let lines = wrap(&spans, 8);
        let lines: Vec<String> =
            lines.iter().map(|line| line.iter().map(|s| s.text.as_str()).collect()).collect();
        assert_eq!(lines, ["see", "bold, so"]);
    }

    #[test]
    fn a_hard_break_ends_the_line() {
        check("one\ntwo", 20, &["one", "two"]);
    }

    #[test]
    fn one_cell_is_enough() {
        check("日 a", 1, &["日", "a"]);
    }
}
