//! What a side may know beside the units: its air groups, fires, burnt ground, orders that keep its
//! fire off some ground, the river.

use super::SideView;
use crate::{
    battle::{
        Motion,
        air::{AirArm, AirMission},
        blaze::{Blaze, Char},
        navy::{self, River},
    },
    scenario::{
        AirGroup, AirGroupId, Branch, Hex, Hours, Side, UnitId,
        events::{Decision, DecisionId},
        map::Terrain,
    },
};

impl<'a> SideView<'a> {
    /// One's own air groups that are at one's disposal, in order of number, with their missions.
    pub fn air_groups(&self) -> impl Iterator<Item = (AirGroupId, &'a AirGroup, AirMission)> + '_ {
        let missions = &self.world().resource::<AirArm>().0;
        self.battle
            .scenario
            .air()
            .iter()
            .zip(missions)
            .enumerate()
            .filter(|(_, (group, _))| group.side == self.side && group.from <= self.hour())
            .map(|(i, (group, mission))| (AirGroupId(i as u16), group, *mission))
    }

    /// Questions put to one's own command, with the hour by which each must be answered.
    pub fn open_decisions(
        &self,
    ) -> impl Iterator<Item = (DecisionId, &'a Decision, Hours)> + use<'a> {
        let (battle, side) = (self.battle, self.side);
        let motions = battle.course().motions.iter();
        let decisions = battle.scenario.events().decisions.iter();
        motions
            .zip(decisions)
            .enumerate()
            .filter_map(move |(i, (motion, decision))| match motion {
                Motion::Open { until } if decision.side == side => {
                    Some((DecisionId(i as u16), decision, *until))
                }
                _ => None,
            })
    }

    /// Has one of one's own units been called away?
    pub fn is_leaving(&self, unit: UnitId) -> bool {
        self.battle.course().is_leaving(unit)
    }

    /// What fire and torch have done to a hex: smoke is seen by both sides.
    pub fn char(&self, hex: Hex) -> Char {
        self.world().resource::<Blaze>().at(hex)
    }

    /// Hexes on fire, in order.
    pub fn fires(&self) -> &'a [Hex] {
        self.world().resource::<Blaze>().fires()
    }

    /// Is one's own fire kept from a hex by order?
    pub fn keeps_fire_from(&self, hex: Hex) -> bool {
        self.scenario().keeps_fire_from(self.side, hex)
    }

    /// Anchorages (feature indices) closed by ships, and by whose.
    pub fn closed_river(&self) -> &'a [(u16, Side)] {
        self.world().resource::<River>().closed()
    }

    /// Water that ships bar to those who would cross, one's own ships and the enemy's as known, with
    /// whose they are; in order.
    pub fn barred_water(&self) -> Vec<(Hex, Side)> {
        let scenario = self.scenario();
        let map = scenario.map();
        let naval = |id| scenario.unit(id).branch == Branch::Naval;
        let own = self
            .own
            .iter()
            .filter(|u| naval(u.id) && u.strength.formed() > 0);
        let known = self.enemies.iter().filter(|e| naval(e.id));
        let mut ships: Vec<(Hex, Side)> = own
            .filter_map(|u| Some((u.hex?, self.side)))
            .chain(known.map(|e| (e.contact.hex, self.side.enemy())))
            .collect();
        ships.sort_unstable();
        ships.dedup();
        let water = map
            .grid
            .hexes()
            .filter(|h| map.at(*h).terrain == Terrain::Water);
        let barred = |hex| {
            let ships = ships
                .iter()
                .filter(move |(at, _)| navy::bars(scenario, *at, hex));
            Side::ALL
                .into_iter()
                .filter(move |side| ships.clone().any(|(_, of)| of == side))
                .map(move |side| (hex, side))
        };
        if ships.is_empty() {
            return Vec::new();
        }
        water.flat_map(barred).collect()
    }
}
