//! Numbers of men as somebody saw them who did not count them. Must never let an exact number of the
//! other side through.

use super::grouped;
use crate::scenario::Side;

/// Rounded to two significant digits: 622 is 620.
pub fn rounded(n: u32) -> u32 {
    let mut step = 1;
    while n / step >= 100 {
        step *= 10;
    }
    to_nearest(n, step)
}

/// Losses as seen across the field: `a few`, `about 50`, `about 620`.
pub fn estimate(n: u32) -> String {
    match n {
        0 => "few or no".to_owned(),
        1..=4 => "a few".to_owned(),
        5..=19 => format!("about {}", to_nearest(n, 5)),
        20..=99 => format!("about {}", to_nearest(n, 10)),
        _ => format!("about {}", grouped(rounded(n))),
    }
}

/// A side's losses for whoever reads: exact for those of `seen_by`, and of both sides if that is
/// none; else an estimate.
pub fn told(n: u32, side: Side, seen_by: Option<Side>) -> String {
    if seen_by.is_none_or(|own| own == side) {
        grouped(n)
    } else {
        estimate(n)
    }
}

fn to_nearest(n: u32, step: u32) -> u32 {
    n.saturating_add(step / 2) / step * step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn estimates_have_no_more_digits_than_can_be_seen() {
        let shown = [0, 3, 7, 13, 48, 95, 622, 1_249, 73_790].map(estimate);
        assert_eq!(
            shown,
            [
                "few or no",
                "a few",
                "about 5",
                "about 15",
                "about 50",
                "about 100",
                "about 620",
                "about 1,200",
                "about 74,000"
            ]
        );
        assert_eq!(rounded(u32::MAX), 4_200_000_000);
        assert_eq!([0, 7, 45, 622, 999].map(rounded), [0, 7, 45, 620, 1_000]);
    }

    #[test]
    fn only_the_other_side_is_estimated() {
        assert_eq!(told(622, Side::China, Some(Side::China)), "622");
        assert_eq!(told(622, Side::Japan, Some(Side::China)), "about 620");
        assert_eq!(told(622, Side::Japan, None), "622");
    }
}
