//! Lines of log files, one after the other, in little memory whatever stands in them.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read as _};
use std::path::{Path, PathBuf};

use super::journal::{self, Listing};
use super::{Home, StoreFault};
use crate::learner::Line;

/// A line longer than this is no entry: the longest of ours has about a thousand bytes.
const LINE_BYTES_MAX: u64 = 1 << 20;

/// How much was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// The line's own and its end's; 0 at the end of the file.
    pub bytes: u64,
    /// Its end was there.
    pub is_whole: bool,
    /// It was skipped: no entry is that long.
    pub is_too_long: bool,
}

/// One line of a log.
#[derive(Clone, Debug)]
pub struct Found<'a> {
    /// The log it stands in.
    pub file: &'a Path,
    /// From 1.
    pub number: usize,
    /// As it is written, without its end; empty where the line was too long to keep.
    pub text: &'a [u8],
    pub line: Line,
    /// It ends as a line does; the last one of a file may not.
    pub is_whole: bool,
}

/// Reads the next line into `line`, its end included.
pub(super) fn next(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<Piece> {
    line.clear();
    let bytes = reader.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', line)? as u64;
    let is_whole = line.last() == Some(&b'\n');
    if is_whole || bytes < LINE_BYTES_MAX {
        return Ok(Piece { bytes, is_whole, is_too_long: false });
    }
    line.clear();
    let skipped = reader.skip_until(b'\n')? as u64;
    Ok(Piece { bytes: bytes + skipped, is_whole, is_too_long: true })
}

/// Shows every line that is not empty of every log of a home, in the order of the files' names; gives the files that
/// could not be read. Nothing is written.
pub fn each(home: &Home, visit: impl FnMut(Found<'_>)) -> Vec<StoreFault> {
    let Listing { paths, mut faults } = journal::logs(&home.reviews());
    faults.extend(each_in(&paths, visit));
    faults
}

/// Shows every line that is not empty of these logs, as [`each`] does.
pub(super) fn each_in(paths: &[PathBuf], mut visit: impl FnMut(Found<'_>)) -> Vec<StoreFault> {
    let read = |path: &PathBuf| each_of(path, &mut visit).map_err(StoreFault::at("read", path)).err();
    paths.iter().filter_map(read).collect()
}

/// What stands in the way of reading every log, known before the first line of them is.
#[must_use]
pub fn obstacles(home: &Home) -> Vec<StoreFault> {
    let Listing { paths, mut faults } = journal::logs(&home.reviews());
    faults
        .extend(paths.iter().filter_map(|path| File::open(path).map_err(StoreFault::at("read", path)).err()));
    faults
}

fn each_of(path: &Path, visit: &mut impl FnMut(Found<'_>)) -> io::Result<()> {
    let mut reader = BufReader::with_capacity(1 << 16, File::open(path)?);
    let mut line = Vec::new();
    for number in 1.. {
        let piece = next(&mut reader, &mut line)?;
        if piece.bytes == 0 {
            break;
        }
        let text = line.trim_ascii();
        // Some editors put a mark of UTF-8 before the first line.
        let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
        let is_whole = piece.is_whole || piece.is_too_long;
        let read = if piece.is_too_long { Line::Broken } else { Line::read(text) };
        if piece.is_too_long || !text.is_empty() {
            visit(Found { file: path, number, text, line: read, is_whole });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_skipped_in_little_memory() {
        let long = vec![b'x'; 3 << 20];
        let text = [b"one\n", long.as_slice(), b"\nthree"].concat();
        let mut reader = BufReader::new(text.as_slice());
        let mut line = Vec::new();
        let mut read = || {
            let piece = next(&mut reader, &mut line).unwrap();
            (piece.bytes, piece.is_whole, piece.is_too_long, line.capacity() <= 2 << 20)
        };
        assert_eq!(read(), (4, true, false, true));
        assert_eq!(read(), ((3 << 20) + 1, false, true, true));
        assert_eq!(read(), (5, false, false, true));
        assert_eq!(read().0, 0);
    }
}
