//! The smallest change that would have turned a fight the other way. Pure arithmetic on the list
//! that decided it.

use crate::battle::{Term, Why};

/// What came of a roll, and what would have turned it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Verdict {
    /// Did the defenders give way?
    pub gave_way: bool,
    /// The chance that they would, 0 to 1.
    pub chance: f64,
    /// The roll, 0 to 1; they give way if it is below the chance.
    pub roll: f64,
    /// Log-odds missing for the opposite outcome, signed; none if no change could have turned it.
    pub missing: Option<f64>,
    /// The weakest term whose absence alone would have turned it.
    pub term: Option<(Term, f64)>,
    /// How many times the attackers' power would have turned it, other things equal.
    pub power: Option<f64>,
}

/// Reads the list of an assault's hour. `ratio` is the weight of the logarithm of the power ratio in
/// the log-odds (rules: `hold.ratio`). `None` where nothing was rolled.
pub fn verdict(why: &Why, ratio: f64) -> Option<Verdict> {
    let (p, roll) = (why.probability?, why.roll?);
    let gave_way = p >= 1.0 || roll < p;
    let missing = (p < 1.0)
        .then(|| log_odds_of_hourly(roll) - why.result)
        .filter(|m| m.is_finite());
    let term = missing.and_then(|missing| {
        why.terms
            .iter()
            .filter(|(_, v)| {
                // Without the term, the log-odds are lower by its value.
                if gave_way {
                    -v <= missing
                } else {
                    -v >= missing
                }
            })
            .min_by(|a, b| a.1.abs().total_cmp(&b.1.abs()))
            .copied()
    });
    let power = missing
        .filter(|_| ratio > 0.0)
        .map(|m| libm::exp(m / ratio))
        .filter(|x| (0.05..=20.0).contains(x));
    Some(Verdict {
        gave_way,
        chance: p,
        roll,
        missing,
        term,
        power,
    })
}

/// The log-odds of giving way within four hours at which the hourly probability is `p`.
fn log_odds_of_hourly(p: f64) -> f64 {
    let held = (1.0 - p) * (1.0 - p) * (1.0 - p) * (1.0 - p);
    libm::log((1.0 - held) / held)
}

impl Verdict {
    /// What happened, with the chance and the roll.
    pub fn outcome(&self) -> String {
        let did = if self.gave_way {
            "They gave way"
        } else {
            "They held"
        };
        let chance = if self.chance > 0.0 && self.chance < 0.0005 {
            "under 0.1 %".to_owned()
        } else {
            format!("{:.1} %", self.chance * 100.0)
        };
        format!(
            "{did}: the chance that they would give way was {chance}, and the roll was {:.1}.",
            self.roll * 100.0
        )
    }

    /// What would have turned it, in a sentence or two.
    pub fn sentence(&self) -> String {
        let Some(missing) = self.missing else {
            return if self.gave_way {
                "No formed defenders were left; nothing could have turned it.".to_owned()
            } else {
                "The roll was so high that nothing could have turned it.".to_owned()
            };
        };
        let opposite = if self.gave_way { "held" } else { "given way" };
        let first = match self.term {
            Some((Term::Ratio, _)) => format!("At even power they would have {opposite}."),
            Some((term, _)) => format!(
                "Without \"{}\" they would have {opposite}.",
                term.label().trim_matches('"')
            ),
            None => format!(
                "No single circumstance decided it: all taken together were {}.",
                weighed(self.gave_way, missing.abs())
            ),
        };
        match self.power {
            Some(times) => format!(
                "{first} With attackers {times:.2} times as strong, all else equal, they would have \
                 {opposite}."
            ),
            None => first,
        }
    }
}

/// How far all circumstances together were from the other outcome, by the log-odds between.
fn weighed(gave_way: bool, distance: f64) -> &'static str {
    match (gave_way, distance) {
        (true, d) if d < 1.0 => "just enough",
        (true, d) if d < 3.0 => "more than enough",
        (true, _) => "far more than enough",
        (false, d) if d < 1.0 => "not quite enough",
        (false, d) if d < 3.0 => "not enough",
        (false, _) => "far from enough",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{battle::WhyKind, scenario::Hex};

    fn why(terms: &[(Term, f64)], roll: f64) -> Why {
        let mut why = Why::product(WhyKind::Yield, Hex(0), -1.0);
        for (term, v) in terms {
            why.plus(*term, *v);
        }
        let p4 = 1.0 / (1.0 + libm::exp(-why.result));
        why.probability = Some(1.0 - (1.0 - p4).sqrt().sqrt());
        why.roll = Some(roll);
        why
    }

    /// Does the list without a term, or with more power, come out the other way by the rule itself?
    fn gives_way_at(log_odds: f64, roll: f64) -> bool {
        let p4 = 1.0 / (1.0 + libm::exp(-log_odds));
        roll < 1.0 - (1.0 - p4).sqrt().sqrt()
    }

    #[test]
    fn the_named_term_is_the_smallest_whose_absence_turns_it() {
        let terms = [
            (Term::Ratio, 1.8),
            (Term::Flank, 0.6),
            (Term::RecentLosses, 0.1),
            (Term::HoldOrder, -0.4),
        ];
        for step in 1..100 {
            let roll = f64::from(step) / 100.0;
            let why = why(&terms, roll);
            let v = verdict(&why, 1.2).unwrap();
            assert_eq!(v.gave_way, gives_way_at(why.result, roll));
            let turning: Vec<f64> = terms
                .iter()
                .filter(|(_, x)| gives_way_at(why.result - x, roll) != v.gave_way)
                .map(|(_, x)| x.abs())
                .collect();
            let smallest = turning.iter().copied().reduce(f64::min);
            assert_eq!(v.term.map(|(_, x)| x.abs()), smallest, "roll {roll}");
        }
    }

    #[test]
    fn the_named_power_is_just_enough() {
        let roll = 0.2;
        let why = why(&[(Term::Ratio, 0.5)], roll);
        let v = verdict(&why, 1.2).unwrap();
        let times = v.power.unwrap();
        let with = |factor: f64| why.result + 1.2 * libm::log(times * factor);
        assert!(!v.gave_way && times > 1.0);
        assert!(gives_way_at(with(1.001), roll) && !gives_way_at(with(0.999), roll));
    }

    #[test]
    fn the_outcome_is_told_in_plain_words() {
        let mut why = why(&[(Term::HoldOrder, -0.4)], 0.909);
        why.result = -7.0;
        why.probability = Some(0.002);
        let v = verdict(&why, 1.2).unwrap();
        assert_eq!(
            v.outcome(),
            "They held: the chance that they would give way was 0.2 %, and the roll was 90.9."
        );
        let told = v.sentence();
        assert!(told.contains("were far from enough."), "{told}");
        assert!(!told.contains("log-odds"), "{told}");
    }

    #[test]
    fn without_a_roll_there_is_no_verdict_and_certainty_cannot_be_turned() {
        let mut sure = why(&[], 0.3);
        sure.probability = Some(1.0);
        let v = verdict(&sure, 1.2).unwrap();
        assert!(v.gave_way && v.missing.is_none() && v.term.is_none());
        sure.roll = None;
        assert_eq!(verdict(&sure, 1.2), None);
    }
}
