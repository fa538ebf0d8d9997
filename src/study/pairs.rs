//! Two scenarios seed by seed. Luck hangs on seed and unit ids, so a pair meets the same luck where
//! the two are alike, and its difference says more than two means.

use super::{Study, stats};
use crate::scenario::{Quantity, Side, calendar::HOURS_PER_TURN};

/// How much one scenario differs from another in one respect.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In what.
    pub text: String,
    /// Unit of the difference.
    pub unit: &'static str,
    /// Pairs compared.
    pub pairs: usize,
    /// Mean of the first scenario, and of the other.
    pub means: (f64, f64),
    /// Mean difference, the other less the first, and half the width of its 95 % interval.
    pub mean: f64,
    /// See `mean`.
    pub half_width: f64,
}

/// Differences of the other study from the first: losses, length, and every figure of history that
/// both have. A time that did not come counts as the end of the scenario's time.
pub fn differences(first: &Study, other: &Study) -> Vec<Difference> {
    let mut found = Vec::new();
    for side in Side::ALL {
        let text = format!("{} killed and wounded", side.adjective());
        let lost = |s: &Study| -> Vec<f64> {
            let of = |g: &super::Game| f64::from(g.casualties[side.index()]);
            s.games.iter().map(of).collect()
        };
        found.extend(difference(text, "men", &lost(first), &lost(other)));
    }
    let turns = |s: &Study| -> Vec<f64> { s.games.iter().map(|g| f64::from(g.turns)).collect() };
    found.extend(difference(
        "Turns fought".to_owned(),
        "turns",
        &turns(first),
        &turns(other),
    ));
    for (i, figure) in first.scenario.history().iter().enumerate() {
        let twin = other
            .scenario
            .history()
            .iter()
            .position(|f| f.id == figure.id);
        let Some(j) = twin else {
            continue;
        };
        let timed = matches!(figure.value, Quantity::Time(_));
        let unit = if timed { "hours" } else { "" };
        found.extend(difference(
            figure.text.clone(),
            unit,
            &values(first, i),
            &values(other, j),
        ));
    }
    found
}

/// A figure over the games.
fn values(study: &Study, figure: usize) -> Vec<f64> {
    let last = f64::from(study.scenario.turns() * HOURS_PER_TURN);
    let of = |g: &super::Game| number(g.figures[figure]).unwrap_or(last);
    study.games.iter().map(of).collect()
}

/// A quantity as a number: men, km, a share, or hours since the start.
pub fn number(quantity: Option<Quantity>) -> Option<f64> {
    quantity.map(|q| match q {
        Quantity::Number(n) => n,
        Quantity::Time(hour) => hour as f64,
    })
}

fn difference(
    text: String,
    unit: &'static str,
    first: &[f64],
    other: &[f64],
) -> Option<Difference> {
    let both: Vec<f64> = first.iter().zip(other).map(|(a, b)| b - a).collect();
    let (mean, half_width) = stats::mean_interval(&both)?;
    let average = |v: &[f64]| v.iter().sum::<f64>() / v.len().max(1) as f64;
    Some(Difference {
        text,
        unit,
        pairs: both.len(),
        means: (average(first), average(other)),
        mean,
        half_width,
    })
}
