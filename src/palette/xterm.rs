//! xterm's 256 colors: 16 of the user's, a cube of 6 by 6 by 6, and 24 grays.

use super::Rgb;

/// The steps of the cube, as in xterm's `256colres.h`.
const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];

/// The color of an index from 16 on; the first sixteen are the user's own.
#[must_use]
pub const fn rgb_of(index: u8) -> Option<Rgb> {
    match index {
        0..16 => None,
        16..232 => {
            let at = (index - 16) as usize;
            Some((STEPS[at / 36], STEPS[at / 6 % 6], STEPS[at % 6]))
        }
        232.. => {
            let gray = 8 + 10 * (index - 232);
            Some((gray, gray, gray))
        }
    }
}

/// The index that is nearest by distance in red, green and blue; never one of the user's sixteen.
#[must_use]
pub fn nearest(color: Rgb) -> u8 {
    let square = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
    let apart = |(r, g, b): Rgb| square(r, color.0) + square(g, color.1) + square(b, color.2);
    (16..=255).min_by_key(|&index| rgb_of(index).map_or(u32::MAX, apart)).unwrap_or(16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_color_of_the_table_is_nearest_to_itself() {
        for index in 16..=255 {
            let color = rgb_of(index).unwrap();
            assert_eq!(rgb_of(nearest(color)), Some(color), "{index}");
        }
        assert_eq!(nearest((250, 2, 3)), 196);
        assert_eq!(rgb_of(7), None);
    }
}
