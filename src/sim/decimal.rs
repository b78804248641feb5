//! Decimal numbers read exactly, as integers of their last place.

/// `1.5` with 3 places is 1500. Digits and at most one point, at most so many decimals; `None` for anything else.
pub fn decimal(text: &str, places: u32) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let given = if places == 0 && !text.contains('.') { 0 } else { decimals.len() as u32 };
    if !digits(whole) || !digits(decimals) || given > places {
        return None;
    }
    let scale = 10_u64.checked_pow(places)?;
    let part = decimals.parse::<u64>().ok()?.checked_mul(10_u64.checked_pow(places - given)?)?;
    whole.parse::<u64>().ok()?.checked_mul(scale)?.checked_add(part)
}

/// The shortest text that [`decimal`] reads back with so many places: 1500 with 3 is `1.5`.
pub fn shown(number: u64, places: u32) -> String {
    let scale = 10_u64.checked_pow(places).unwrap_or(u64::MAX);
    let (whole, part) = (number / scale, number % scale);
    if part == 0 {
        return whole.to_string();
    }
    let digits = format!("{part:0width$}", width = places as usize);
    format!("{whole}.{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shown_reads_back() {
        for (number, places, text) in [
            (1500, 3, "1.5"),
            (48_000, 6, "0.048"),
            (7, 0, "7"),
            (0, 6, "0"),
            (10, 3, "0.01"),
            (12_000, 3, "12"),
        ] {
            assert_eq!(shown(number, places), text);
            assert_eq!(decimal(text, places), Some(number));
        }
    }

    #[test]
    fn a_decimal_is_read_exactly_or_not_at_all() {
        assert_eq!(decimal("1.5", 3), Some(1500));
        assert_eq!(decimal("0.048", 6), Some(48_000));
        assert_eq!(decimal("7", 0), Some(7));
        for bad in [
            "",
            ".",
            "1.",
            ".5",
            "-1",
            "+1",
            "1e3",
            "1.0001",
            "1_0",
            "99999999999999999999",
            "99999999999999999",
        ] {
            assert_eq!(decimal(bad, 3), None, "{bad}");
        }
        assert_eq!(decimal("7.0", 0), None);
    }
}
