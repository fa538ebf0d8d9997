//! Numbers of the rules that events may change: a closed list, each with its limits. What is worked
//! out once for a whole battle (the cost of ground, the light of the day) is not among them, nor is
//! anything that is itself a loss.

use crate::scenario::rules::Rules;
use serde::{Deserialize, Serialize};

/// Ordinal in [`RATES`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RateId(pub u16);

/// A number of the rules that an event may change.
pub struct Rate {
    /// Section and field of the rules file.
    pub name: &'static str,
    /// What it is.
    pub text: &'static str,
    /// Least and greatest.
    pub limits: (f64, f64),
    /// Where it stands.
    pub field: fn(&mut Rules) -> &mut f64,
}

macro_rules! rates {
    ($($section:ident . $field:ident: $limits:expr, $text:expr;)*) => {
        &[$(Rate {
            name: concat!(stringify!($section), ".", stringify!($field)),
            text: $text,
            limits: $limits,
            field: |rules| &mut rules.$section.$field,
        }),*]
    };
}

const SHARE: (f64, f64) = (0.0, 1.0);
const HOURS: (f64, f64) = (0.01, 1000.0);

/// The list, in order of name.
pub static RATES: &[Rate] = rates! {
    air.fly_clear: SHARE, "chance that an air group flies in clear weather";
    air.fly_fog: SHARE, "chance that an air group flies in fog";
    air.rounds_per_sortie: (0.0, 1000.0), "weight of a sortie's bombs, in rounds of 75 mm";
    blaze.burns_out: SHARE, "chance that a fire burns out in a turn";
    blaze.spread: SHARE, "chance that a fire spreads to a hex beside it in a turn";
    bombardment.flash: SHARE, "chance that guns that fire are located";
    command.cut_hours: HOURS, "mean hours of an order's way to a headquarters that is cut off";
    command.garbled: SHARE, "chance that an order comes garbled and is asked for again";
    command.radio_hours: HOURS, "mean hours of an order's way by radio";
    command.runner_hours: HOURS, "mean hours of an order's way by runner";
    command.wire_hours: HOURS, "mean hours of an order's way by wire";
    hold.order: (-10.0, 10.0), "log-odds of giving way for men told not to take one step back";
    morale.contact: SHARE, "cohesion lost in a turn of contact";
    morale.isolated: SHARE, "cohesion lost in a turn cut off";
    morale.rest: SHARE, "cohesion won back in a turn of rest";
    movement.night_disorder: SHARE, "disorder of marches by night";
    observation.recon: (0.0, 100.0), "rate at which units find the enemy";
    siege.barricade_men: (0.0, 100_000.0), "men an hour who pass a barricaded gate";
    siege.repair: SHARE, "share of damage to the wall repaired in a turn";
    supply.ammo_resupply: (0.0, 10.0), "ammunition brought up in a turn";
    supply.forage: SHARE, "share of its food that a unit can find on the land";
    weather.fog_fire: SHARE, "factor of fog on fire";
    weather.morning_fog: SHARE, "chance of fog in the morning";
};

impl RateId {
    /// The rate of a name.
    pub fn of(name: &str) -> Option<Self> {
        let at = RATES.binary_search_by(|r| r.name.cmp(name)).ok()?;
        u16::try_from(at).ok().map(Self)
    }

    /// The rate.
    pub fn rate(self) -> &'static Rate {
        &RATES[usize::from(self.0)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_in_order_of_name() {
        assert!(RATES.is_sorted_by_key(|r| r.name));
        assert_eq!(
            RateId::of("hold.order").map(|r| r.rate().name),
            Some("hold.order")
        );
        assert_eq!(RateId::of("hold.losses"), None);
    }
}
