//! Medians, bands and intervals. Plain arithmetic on sorted samples; knows nothing of battles.

/// Median and 80 % band of a sample in which some draws never came (they count as above all others).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spread {
    /// Half of all draws lie below it; `None`: it never came in half of them.
    pub median: Option<f64>,
    /// A tenth lie below it.
    pub low: Option<f64>,
    /// A tenth lie above it.
    pub high: Option<f64>,
    /// How many came.
    pub came: usize,
}

/// The spread of a sample; `None` draws did not come.
pub fn spread(sample: &[Option<f64>]) -> Spread {
    let mut came: Vec<f64> = sample.iter().flatten().copied().collect();
    came.sort_by(f64::total_cmp);
    let n = sample.len();
    let at = |share: f64| quantile(&came, n, share);
    Spread {
        median: at(0.5),
        low: at(0.1),
        high: at(0.9),
        came: came.len(),
    }
}

/// Quantile by linear interpolation over all `n` draws, those beyond `came` being infinite.
fn quantile(came: &[f64], n: usize, share: f64) -> Option<f64> {
    if n == 0 {
        return None;
    }
    let place = share * (n - 1) as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    let (low, high) = (*came.get(below)?, *came.get(above)?);
    Some(low + (high - low) * (place - below as f64))
}

/// Mean and half the width of its 95 % interval (Student's t). `None` for fewer than two values.
pub fn mean_interval(values: &[f64]) -> Option<(f64, f64)> {
    let n = values.len();
    if n < 2 {
        return None;
    }
    let count = n as f64;
    let mean = values.iter().sum::<f64>() / count;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (count - 1.0);
    Some((mean, student(n - 1) * (variance / count).sqrt()))
}

/// The 95 % interval of a share that was found in `found` of `all` draws (Wilson's). `None` without
/// draws.
pub fn share_interval(found: usize, all: usize) -> Option<(f64, f64)> {
    if all == 0 {
        return None;
    }
    const Z: f64 = 1.96;
    let n = all as f64;
    let share = found as f64 / n;
    let scale = 1.0 + Z * Z / n;
    let middle = (share + Z * Z / (2.0 * n)) / scale;
    let half = Z * (share * (1.0 - share) / n + Z * Z / (4.0 * n * n)).sqrt() / scale;
    Some(((middle - half).max(0.0), (middle + half).min(1.0)))
}

/// The 97.5 % point of Student's t.
fn student(freedom: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160,
        2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056,
        2.052, 2.048, 2.045, 2.042,
    ];
    TABLE.get(freedom.max(1) - 1).copied().unwrap_or(1.96)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spread_takes_what_never_came_as_later_than_all_else() {
        let all: Vec<Option<f64>> = (0..=10).map(|x| Some(f64::from(x))).collect();
        let s = spread(&all);
        assert_eq!((s.median, s.low, s.high), (Some(5.0), Some(1.0), Some(9.0)));
        let some: Vec<Option<f64>> = (0..=10).map(|x| (x < 8).then_some(f64::from(x))).collect();
        let s = spread(&some);
        assert_eq!((s.median, s.high, s.came), (Some(5.0), None, 8));
        assert_eq!(spread(&[None, None]).median, None);
        assert_eq!(spread(&[]).median, None);
    }

    #[test]
    fn a_mean_comes_with_its_interval() {
        let (mean, half) = mean_interval(&[1.0, 2.0, 3.0]).unwrap();
        assert_eq!(mean, 2.0);
        assert!((half - 4.303 / 3.0_f64.sqrt()).abs() < 1e-9, "{half}");
        assert_eq!(mean_interval(&[1.0]), None);
    }

    #[test]
    fn a_share_comes_with_its_interval() {
        // Wilson's interval of 120 in 200, by hand.
        let (low, high) = share_interval(120, 200).unwrap();
        assert!(
            (low - 0.5308).abs() < 1e-3 && (high - 0.6655).abs() < 1e-3,
            "{low} {high}"
        );
        assert_eq!(share_interval(0, 10).unwrap().0, 0.0);
        assert_eq!(share_interval(10, 10).unwrap().1, 1.0);
        assert_eq!(share_interval(0, 0), None);
    }
}
