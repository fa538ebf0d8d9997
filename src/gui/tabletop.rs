//! What the person has in hand: selection, armed task, open panels, card, layers. Lasts as long as
//! the screen; nothing here changes the battle.

use super::{
    intent::{ArmedTask, Layer, Raid, SidePanel},
    playback::Playback,
    sight::Sight,
};
use crate::{
    battle::Preview,
    scenario::{AirGroupId, FormationId, Hex, UnitId},
};
use bevy::prelude::Resource;
use std::collections::{BTreeMap, BTreeSet};

/// What is in hand.
#[derive(Resource)]
pub struct Tabletop {
    /// The selected unit.
    pub unit: Option<UnitId>,
    /// The selected hex (the unit's, or one without units).
    pub hex: Option<Hex>,
    /// The selected formation.
    pub formation: Option<FormationId>,
    /// The selected air group.
    pub air: Option<AirGroupId>,
    /// The raid that the next target click orders for it.
    pub raid: Option<Raid>,
    /// The task the next target click orders.
    pub armed: ArmedTask,
    /// The hex under the pointer.
    pub hovered: Option<Hex>,
    /// Layers shown.
    pub layers: BTreeSet<Layer>,
    /// Side panels open.
    pub panels: BTreeSet<SidePanel>,
    /// The card of an assault planned on a hex.
    pub card: Option<Card>,
    /// The card of fire on a hex.
    pub fire: Option<Hex>,
    /// The card of a fight that was fought: index of its event in `Session::events`.
    pub fought: Option<usize>,
    /// The check before ending the turn is open.
    pub confirming_end: bool,
    /// "Do not ask again" has been ticked.
    pub never_ask: bool,
    /// The staff orders all units that are not taken over whenever a turn is ended.
    pub staff_at_end: bool,
    /// That nothing inside a lost city is simulated has been read.
    pub silence_read: bool,
    /// Where the selected unit can get, and in how many hours.
    pub reach: BTreeMap<Hex, f32>,
    /// The way of the selected unit's order, or to the hovered hex, goal first, with hours to each.
    pub way: Vec<(Hex, f32)>,
    /// What is observed, while that layer is shown.
    pub sight: Option<Sight>,
    /// One line for the person: a refusal, a hint, "saved".
    pub message: Option<String>,
    /// Playback of the last turn, while it runs.
    pub playback: Option<Playback>,
}

/// The card of an assault planned.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// The hex to be taken.
    pub target: Hex,
    /// Who would take part.
    pub attackers: Vec<UnitId>,
    /// The forecast; none while nobody is adjacent, or nobody is known to be there.
    pub preview: Option<Preview>,
}

impl Default for Tabletop {
    fn default() -> Self {
        Self {
            unit: None,
            hex: None,
            formation: None,
            air: None,
            raid: None,
            armed: ArmedTask::Fitting,
            hovered: None,
            layers: [Layer::Counters, Layer::Names, Layer::Grid, Layer::Works]
                .into_iter()
                .collect(),
            panels: [SidePanel::Tree, SidePanel::Events].into_iter().collect(),
            card: None,
            fire: None,
            fought: None,
            confirming_end: false,
            never_ask: false,
            staff_at_end: false,
            silence_read: false,
            reach: BTreeMap::new(),
            way: Vec::new(),
            sight: None,
            message: None,
            playback: None,
        }
    }
}

impl Tabletop {
    /// Nothing selected, nothing armed.
    pub fn clear(&mut self) {
        self.unit = None;
        self.hex = None;
        self.formation = None;
        self.air = None;
        self.raid = None;
        self.armed = ArmedTask::Fitting;
        self.reach.clear();
        self.way.clear();
    }
}
