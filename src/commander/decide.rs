//! Decisions put to the command: options are drawn in proportion to their weights under its doctrine.
//! The draw is named by the decision, so that the same battle meets the same luck; where no dice are
//! thrown, the weightiest is taken.

use super::{
    desk::Desk,
    reason::{Choice, Motive, Subject},
    table::Table,
};
use crate::{
    battle::{
        Order, Randomness,
        dice::{Purpose, RollKey},
        order::check,
    },
    scenario::events::Decision,
};

/// Stream of the dice that no other commander uses.
const STREAM: u32 = 0x7d00;

/// Answers every open question.
pub(super) fn answer(table: &Table<'_, '_>, desk: &mut Desk) {
    let view = table.view;
    for (id, decision, _) in view.open_decisions() {
        let dice = view.dice().aside(STREAM);
        let draw = match dice.randomness() {
            Randomness::Sampled => Some(dice.uniform(RollKey {
                turn: 0,
                purpose: Purpose::Decision,
                unit: decision.key,
                salt: 0,
            })),
            Randomness::Expected => None,
        };
        let weights = weights(table, decision);
        let option = choose(&weights, draw, decision.otherwise);
        let order = Order::Decide {
            decision: id,
            option,
        };
        if check(view, &order).is_ok() {
            for (other, weight) in (0..).zip(&weights) {
                let subject = Subject::Decision(id);
                desk.lay(subject, Choice::Answer(other), *weight, None);
            }
            let motive = Motive::Weights {
                weight: weights.get(usize::from(option)).copied().unwrap_or(0.0),
                sum: weights.iter().sum(),
            };
            desk.send(order, motive);
        }
    }
}

fn weights(table: &Table<'_, '_>, decision: &Decision) -> Vec<f64> {
    let doctrine = table.view.scenario().doctrine(decision.side);
    let of = decision.options.iter();
    of.map(|option| option.weight.under(doctrine)).collect()
}

/// The option at a draw from 0 to 1; the weightiest without one; what is taken when nobody decides if
/// none has any weight.
fn choose(weights: &[f64], draw: Option<f64>, otherwise: u16) -> u16 {
    let sum: f64 = weights.iter().sum();
    if sum <= 0.0 {
        return otherwise;
    }
    let at = match draw {
        Some(draw) => {
            let mut left = draw * sum;
            weights.iter().position(|w| {
                left -= w;
                left < 0.0
            })
        }
        None => {
            (0..weights.len()).max_by(|a, b| weights[*a].total_cmp(&weights[*b]).then(b.cmp(a)))
        }
    };
    at.and_then(|i| u16::try_from(i).ok()).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::choose;

    #[test]
    fn options_are_drawn_in_proportion_to_their_weights() {
        assert_eq!(choose(&[1.0, 3.0], Some(0.2), 0), 0);
        assert_eq!(choose(&[1.0, 3.0], Some(0.3), 0), 1);
        assert_eq!(choose(&[1.0, 3.0], None, 0), 1);
        assert_eq!(choose(&[0.0, 0.0], Some(0.3), 1), 1);
    }
}
