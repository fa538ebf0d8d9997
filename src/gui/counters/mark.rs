//! The marks of a counter: which states it shows, and what they mean. A reported enemy bears none.

use crate::{
    battle::Posture,
    gui::picture::{Counter, Known, chain::Sign},
    scenario::{Unit, map::WorksLevel},
};

/// Below these shares supply and ammunition are marked as short.
const SHORT: f64 = 0.35;
/// From this share on a unit is marked as pinned down.
const PINNED: f64 = 0.3;

/// A state that a counter shows by a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// In flight: a pale bar across, the frame broken.
    Routed,
    /// Cut off from supply: a hollow square.
    CutOff,
    /// Pinned by shelling: a zigzag.
    Suppressed,
    /// Touching the enemy: a corner filled.
    InContact,
    /// Little ammunition: letter A.
    LowAmmunition,
    /// Guns without shells: letter G.
    NoShells,
    /// Little food and stores: letter S.
    LowSupply,
    /// Dug in: bars underneath, one for each level.
    DugIn(WorksLevel),
    /// Its last order is on its way, waits for its hour, or is lost: an envelope at the left edge,
    /// with a hand of a clock, or struck out.
    Order(Sign),
    /// In the person's own hands: letter H at the lower left corner.
    ByHand,
}

impl Mark {
    /// All marks, for a legend.
    pub const ALL: [Mark; 12] = [
        Mark::Routed,
        Mark::CutOff,
        Mark::Suppressed,
        Mark::InContact,
        Mark::LowAmmunition,
        Mark::NoShells,
        Mark::LowSupply,
        Mark::DugIn(WorksLevel::Prepared),
        Mark::Order(Sign::OnItsWay),
        Mark::Order(Sign::Waits),
        Mark::Order(Sign::Lost),
        Mark::ByHand,
    ];

    /// What it means.
    pub fn meaning(self) -> &'static str {
        match self {
            Mark::Routed => "In flight: takes no orders until it rallies",
            Mark::CutOff => "Cut off from supply",
            Mark::Suppressed => "Pinned down by shelling",
            Mark::InContact => "In contact with the enemy",
            Mark::LowAmmunition => "Short of ammunition",
            Mark::NoShells => "Out of shells",
            Mark::LowSupply => "Short of food and stores",
            Mark::DugIn(WorksLevel::Fortified) => "Dug in: trenches and blockhouses",
            Mark::DugIn(WorksLevel::Prepared) => "Dug in: trenches",
            Mark::DugIn(_) => "Dug in: rifle pits",
            Mark::Order(sign) => sign.meaning(),
            Mark::ByHand => "Taken over by hand: its staff does not order it",
        }
    }
}

/// The marks of a unit's counter. A reported enemy bears none.
pub fn marks(fixed: &Unit, counter: &Counter) -> Vec<Mark> {
    let Known::Exactly(details) = &counter.known else {
        return Vec::new();
    };
    let c = &details.condition;
    let has = [
        (details.posture == Posture::Routed, Mark::Routed),
        (c.isolated, Mark::CutOff),
        (c.suppression >= PINNED, Mark::Suppressed),
        (details.in_contact, Mark::InContact),
        (c.ammunition < SHORT, Mark::LowAmmunition),
        (fixed.gun_class.is_some() && c.rounds < 1.0, Mark::NoShells),
        (c.supply < SHORT, Mark::LowSupply),
        (details.by_hand, Mark::ByHand),
        (
            details.entrenched > WorksLevel::None,
            Mark::DugIn(details.entrenched),
        ),
    ];
    has.into_iter()
        .filter(|(is, _)| *is)
        .map(|(_, m)| m)
        .chain(details.sign.map(Mark::Order))
        .collect()
}
