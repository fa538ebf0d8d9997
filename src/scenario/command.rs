//! Command as the scenario describes it: how headquarters are connected, who acts on his own accord,
//! where a formation would break out to, who stands in the way of a retreat (model §3.11). Data and
//! the chain of headquarters; what travels along it is in `battle/command`.

use super::{
    Scenario,
    calendar::Hours,
    file::Confidence,
    forces::{Echelon, FormationId, UnitId},
    map::Hex,
    side::Side,
};
use serde::{Deserialize, Serialize};

/// How a formation is commanded, as written. Subordinates without a block of their own take wire,
/// radio, initiative and way out from the nearest formation above that has one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StaffFile {
    /// Is a wire laid to the headquarters above?
    pub wire: bool,
    /// Has it a radio?
    #[serde(default)]
    pub radio: bool,
    /// It sits with the headquarters above: no order travels between them.
    #[serde(default)]
    pub shares: bool,
    /// It lies outside the map: it is never overrun.
    #[serde(default)]
    pub off_map: bool,
    /// A headquarters of its own, although it is small.
    #[serde(default)]
    pub apart: bool,
    /// Readiness to act on its own accord, 0 to 1.
    #[serde(default)]
    pub initiative: f64,
    /// Where it goes when it is told to break out, or withdraws on its own: a place.
    #[serde(default)]
    pub way_out: Option<String>,
    /// Where the figures come from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// How a formation is commanded.
#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    /// Is a wire laid to the headquarters above?
    pub wire: bool,
    /// Has it a radio?
    pub radio: bool,
    /// It sits with the headquarters above.
    pub shares: bool,
    /// It lies outside the map.
    pub off_map: bool,
    /// A headquarters of its own, although it is small.
    pub apart: bool,
    /// Readiness to act on its own accord, 0 to 1.
    pub initiative: f64,
    /// Where it goes when it breaks out.
    pub way_out: Option<Hex>,
}

/// Where nothing is said: a wire, and nothing else.
const PLAIN: Staff = Staff {
    wire: true,
    radio: false,
    shares: false,
    off_map: false,
    apart: false,
    initiative: 0.0,
    way_out: None,
};

/// Troops posted to stop those who go back without permission, as written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BarrierFile {
    /// The unit.
    pub unit: String,
    /// From this local time on.
    pub from: String,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// Troops posted to stop those who go back without permission.
#[derive(Clone, Debug, PartialEq)]
pub struct Barrier {
    /// The unit.
    pub unit: UnitId,
    /// From this hour on.
    pub from: Hours,
}

/// When a side's computer command judges that the city cannot be held, and what it then orders, as
/// written. With `enabled: false` it leaves that to others.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BreakoutFile {
    /// Does the computer command decide this?
    pub enabled: bool,
    /// So many gates in enemy hands or with a foothold of his: the city cannot be held.
    pub gates: u32,
    /// Or this place lost, and one gate.
    #[serde(default)]
    pub key_place: Option<String>,
    /// The order to break out gives so many hours' notice.
    pub notice_hours: u32,
    /// The command's own headquarters leaves so many hours after it has given the order; `None`: it
    /// stays.
    #[serde(default)]
    pub leaves_after: Option<u32>,
    /// Where it comes from.
    pub source: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// When a side's computer command judges that the city cannot be held, and what it then orders.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakout {
    /// Does the computer command decide this?
    pub enabled: bool,
    /// So many gates in enemy hands or with a foothold of his.
    pub gates: u32,
    /// Or this place (its index) lost, and one gate.
    pub key_place: Option<usize>,
    /// Notice, hours.
    pub notice_hours: u32,
    /// The command's own headquarters leaves so many hours after the order.
    pub leaves_after: Option<u32>,
}

impl Scenario {
    /// How a formation is commanded: its own block, with what it does not say itself from above.
    pub fn staff(&self, formation: FormationId) -> Staff {
        let own = self.formation(formation).staff.as_ref();
        let mut at = Some(formation);
        let mut found = PLAIN;
        while let Some(f) = at {
            let here = self.formation(f);
            if let Some(staff) = &here.staff {
                found = staff.clone();
                break;
            }
            at = here.parent;
        }
        found.shares = own.is_some_and(|s| s.shares);
        found.off_map = own.is_some_and(|s| s.off_map);
        found.apart = own.is_some_and(|s| s.apart);
        found
    }

    /// Has a formation a headquarters to which orders travel: divisions and above, independent
    /// formations under a corps or army, and those the scenario names; not those who sit with the
    /// headquarters above.
    pub fn is_station(&self, formation: FormationId) -> bool {
        let known = self.formation(formation);
        let Some(parent) = known.parent else {
            return true;
        };
        let (shares, apart) = known
            .staff
            .as_ref()
            .map_or((false, false), |s| (s.shares, s.apart));
        let large = known.echelon >= Echelon::Division;
        let independent = self.formation(parent).echelon > Echelon::Division;
        !shares && (large || independent || apart)
    }

    /// The headquarters that receives a formation's orders: its own, or the nearest above.
    pub fn station(&self, formation: FormationId) -> FormationId {
        let mut at = formation;
        while !self.is_station(at) {
            at = self.formation(at).parent.unwrap_or(at);
        }
        at
    }

    /// The headquarters above a formation's.
    pub fn station_above(&self, formation: FormationId) -> Option<FormationId> {
        let parent = self.formation(self.station(formation)).parent?;
        Some(self.station(parent))
    }

    /// The headquarters an order passes on its way from the highest command to a formation, the
    /// highest left out.
    pub fn chain(&self, formation: FormationId) -> Vec<FormationId> {
        let mut way = Vec::new();
        let mut at = self.station(formation);
        while let Some(above) = self.station_above(at) {
            way.push(at);
            at = above;
        }
        way.reverse();
        way
    }

    /// The highest command over a formation.
    pub fn summit(&self, formation: FormationId) -> FormationId {
        let mut at = formation;
        while let Some(parent) = self.formation(at).parent {
            at = parent;
        }
        at
    }

    /// Formations of a side that have headquarters, in order of number.
    pub fn stations(&self, side: Side) -> impl Iterator<Item = FormationId> + '_ {
        (0..self.formations().len() as u32)
            .map(FormationId)
            .filter(move |f| self.formation(*f).side == side && self.is_station(*f))
    }

    /// Troops that stop unpermitted retreat, in order of number.
    pub fn barriers(&self) -> &[Barrier] {
        &self.inner.barriers
    }

    /// When a side's computer command gives the city up.
    pub fn breakout(&self, side: Side) -> Option<&Breakout> {
        self.inner.breakout[side.index()].as_ref()
    }

    /// Do orders arrive at once?
    pub fn simplified_command(&self) -> bool {
        self.inner.simplified_command
    }
}
