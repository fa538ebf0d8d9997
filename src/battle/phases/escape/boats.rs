//! Boats: who gets into them, and what becomes of those who do; men who take to the water without
//! (model §3.14). Formed units first, in order, while no crowd larger than they is at the pier; then
//! in panic, each as many as they are. Boats that a formation keeps carry its own men alone.

use super::{Bodies, crowds::settle, hourly, key};
use crate::{
    battle::{
        clock::Clock,
        command::Headquarters,
        course::Course,
        crowd::{Crowd, Crowds},
        dice::{Dice, Purpose, apportion},
        event::{BoatsTaken, Cause, Crossed, Event, EventLog, Phase, Swam},
        ferry::{self, Ferries, Water},
        ground::{Field, Occupancy, Roster, Stage},
        order::Task,
        parts::{self, Units},
        phases::{losses, morale},
        strength::Bin,
        unit::{Commission, Posture},
    },
    scenario::{FormationId, Hex, Hours, Scenario, UnitId, river::Crossing},
};
use bevy_ecs::{
    entity::Entity,
    system::{Query, Res, ResMut},
};

/// A unit that embarks.
struct Party {
    id: UnitId,
    key: u64,
    formation: FormationId,
    men: u32,
    permitted: bool,
}

/// What the boats of an hour work with.
struct Pier<'a> {
    scenario: &'a Scenario,
    clock: &'a Clock,
    dice: &'a Dice,
    roster: &'a Roster,
    number: u16,
    crossing: &'a Crossing,
    water: Water,
    /// Name of this crossing's luck.
    luck: u64,
}

/// An hour at all crossings.
pub fn cross(
    stage: Res<Stage>,
    clock: Res<Clock>,
    dice: Res<Dice>,
    roster: Res<Roster>,
    mut occupancy: ResMut<Occupancy>,
    field: Res<Field>,
    mut ferries: ResMut<Ferries>,
    crowds: Res<Crowds>,
    mut bodies: Bodies,
    mut log: ResMut<EventLog>,
    mut units: Units,
    commissions: Query<&Commission>,
    staffs: Query<&Headquarters>,
    course: Res<Course>,
) {
    let scenario = &stage.0;
    let sky = clock.sky(scenario);
    for (number, crossing) in (0_u16..).zip(scenario.crossings()) {
        let enemy = crossing.side.enemy();
        if field.control[crossing.hex.index()] == Some(enemy) {
            take(&mut ferries, &mut log, number, crossing);
            continue;
        }
        let mut parties = parties(
            scenario,
            &roster,
            &occupancy,
            &commissions,
            &staffs,
            &course,
            clock.hour,
            &ferries,
            &units,
            number,
            crossing,
        );
        let crowd = crowds.entities.iter().copied().find(|e| {
            bodies
                .get(*e)
                .is_ok_and(|c| c.at == crossing.hex && c.side == crossing.side && c.size() > 0)
        });
        if parties.is_empty() && crowd.is_none() {
            continue;
        }
        let water = ferry::water(
            &stage,
            &roster,
            &units,
            &field,
            &occupancy,
            &ferries,
            &sky,
            clock.hour.0,
            crossing,
        );
        let pier = Pier {
            scenario,
            clock: &clock,
            dice: &dice,
            roster: &roster,
            number,
            crossing,
            water,
            luck: scenario.map().places[crossing.place]
                .id
                .bytes()
                .fold(0, |sum, b| sum * 31 + u64::from(b)),
        };
        let formed = occupancy.formed_of(crossing.hex, crossing.side);
        for party in &parties {
            occupancy.leave(crossing.hex, party.id);
        }
        let mut owners: Vec<Option<FormationId>> = ferries.at(number).map(|b| b.owner).collect();
        owners.dedup();
        // Those who keep boats of their own go in these first.
        owners.sort_by_key(|owner| (owner.is_none(), *owner));
        for owner in owners {
            pier.load(
                &mut ferries,
                &mut bodies,
                crowd,
                &mut log,
                &mut units,
                &mut parties,
                owner,
                formed,
            );
        }
        if let Some(crowd) = crowd {
            pier.despair(
                &mut ferries,
                &mut bodies,
                crowd,
                &field,
                &mut log,
                &mut units,
            );
        }
        for party in &parties {
            let mut u = parts::write(&mut units, &roster, party.id);
            if u.strength.present() > 0 {
                occupancy.enter(crossing.hex, party.id, crossing.side, &u.strength);
                continue;
            }
            u.position.hex = None;
            log.push(
                Phase::Escape,
                Event::Left {
                    unit: party.id,
                    at: crossing.hex,
                    escaped: true,
                },
            );
        }
    }
}

/// The enemy has come to where boats lie.
fn take(ferries: &mut Ferries, log: &mut EventLog, number: u16, crossing: &Crossing) {
    let boats = ferries.boats(number);
    if boats == 0 {
        return;
    }
    for berth in ferries.berths.iter_mut().filter(|b| b.crossing == number) {
        berth.boats = 0;
    }
    log.push(
        Phase::Escape,
        Event::BoatsTaken(BoatsTaken {
            crossing: number,
            at: crossing.hex,
            by: crossing.side.enemy(),
            boats,
        }),
    );
}

/// Units that have been told to embark here and may, or have been called away, in the order of their luck's key.
fn parties(
    scenario: &Scenario,
    roster: &Roster,
    occupancy: &Occupancy,
    commissions: &Query<&Commission>,
    staffs: &Query<&Headquarters>,
    course: &Course,
    hour: Hours,
    ferries: &Ferries,
    units: &Units,
    number: u16,
    crossing: &Crossing,
) -> Vec<Party> {
    if occupancy.side(crossing.hex) != Some(crossing.side) {
        return Vec::new();
    }
    let mut found: Vec<Party> = occupancy
        .units(crossing.hex)
        .filter_map(|id| {
            let u = parts::read(units, roster, id);
            let formation = u.identity.formation;
            let embarks = u.mission.task == Task::Embark { at: crossing.hex }
                && u.stance.posture != Posture::Routed
                && u.strength.present() > 0;
            if !embarks {
                return None;
            }
            let permitted = course.is_leaving(id)
                || morale::may_withdraw(scenario, roster, commissions, staffs, formation, hour);
            let may = permitted || ferries.keeps_boats(scenario, number, formation);
            may.then_some(Party {
                id,
                key: u.identity.key,
                formation,
                men: u.strength.present(),
                permitted,
            })
        })
        .collect();
    found.sort_by_key(|p| p.key);
    found
}

impl Pier<'_> {
    fn round(&self, ferries: &mut Ferries, purpose: Purpose, nth: u32, men: f64) -> u32 {
        let k = key(self.clock, purpose, self.luck, self.crossing.hex.0, nth);
        self.dice.round(k, men, &mut ferries.carry)
    }

    /// An hour of the boats of one owner, or of those of none.
    fn load(
        &self,
        ferries: &mut Ferries,
        bodies: &mut Bodies,
        crowd: Option<Entity>,
        log: &mut EventLog,
        units: &mut Units,
        parties: &mut [Party],
        owner: Option<FormationId>,
        formed: u32,
    ) {
        let seats = ferries.seats(self.scenario, self.number, owner);
        if seats <= 0.0 {
            return;
        }
        let boards = |p: &Party| match owner {
            Some(owner) => self.scenario.is_under(p.formation, owner),
            None => p.permitted,
        };
        let waiting: u32 = parties.iter().filter(|p| boards(p)).map(|p| p.men).sum();
        let crowd = crowd.filter(|_| owner.is_none());
        let pressing = crowd
            .and_then(|e| bodies.get(e).ok())
            .map_or(0, Crowd::size);
        if waiting + pressing == 0 {
            return;
        }
        let rules = &self.scenario.rules().escape;
        let panic = ferry::in_panic(self.scenario, pressing, formed);
        let all = f64::from(waiting + pressing);
        let at = self.crossing.hex;
        let loading = ferry::load(self.scenario, at, &self.water, seats, all, panic);
        let nth = owner.map_or(0, |f| f.0 + 1) << 4;
        let afloat = self
            .round(ferries, Purpose::Ferrying, nth, loading.afloat)
            .min(waiting + pressing);
        if afloat == 0 {
            return;
        }
        let sunk = self
            .round(
                ferries,
                Purpose::Ferrying,
                nth + 1,
                f64::from(afloat) * loading.sinking,
            )
            .min(afloat);
        let met = self
            .round(
                ferries,
                Purpose::Ferrying,
                nth + 2,
                f64::from(afloat - sunk) * loading.intercepted,
            )
            .min(afloat - sunk);
        let lost = f64::from(sunk) * rules.drowned + f64::from(met) * (1.0 - rules.turned_back);
        let drowned = self
            .round(ferries, Purpose::Ferrying, nth + 3, lost)
            .min(sunk + met);
        let across = afloat - sunk - met;
        // In order the units go first; in panic each as many as they are.
        let boarded = if panic {
            apportion(afloat, &[f64::from(waiting), f64::from(pressing)])
        } else {
            let first = afloat.min(waiting);
            vec![first, afloat - first]
        };
        let weights = [f64::from(boarded[0]), f64::from(boarded[1])];
        let (over, under) = (apportion(across, &weights), apportion(drowned, &weights));
        let mut told = Crossed {
            crossing: self.number,
            at,
            side: self.crossing.side,
            owner,
            panic,
            across: 0,
            drowned: 0,
            turned_back: 0,
            boats_lost: 0,
            why: loading.why,
        };
        for (men, bin, cause) in [
            (under[0], Bin::Drowned, Cause::Sinking),
            (over[0], Bin::Escaped, Cause::Crossing),
        ] {
            let gone = self.out_of_units(log, units, parties, &boards, men, bin, cause);
            told.count(bin, gone);
        }
        if let Some(mut crowd) = crowd.and_then(|e| bodies.get_mut(e).ok()) {
            for (men, bin, cause) in [
                (under[1], Bin::Drowned, Cause::Sinking),
                (over[1], Bin::Escaped, Cause::Crossing),
            ] {
                let gone = crowd.part(men);
                let gone = settle(self.roster, units, log, &gone, bin, cause, Phase::Escape);
                told.count(bin, gone);
            }
        }
        told.turned_back = afloat - told.across - told.drowned;
        let used = (loading.afloat / seats).min(1.0);
        let wear = loading.sinking + loading.intercepted * (1.0 - rules.turned_back);
        told.boats_lost = self.lose_boats(ferries, owner, used * wear);
        log.push(Phase::Escape, Event::Crossed(Box::new(told)));
    }

    /// So many men of the units that board, each unit its share.
    fn out_of_units(
        &self,
        log: &mut EventLog,
        units: &mut Units,
        parties: &mut [Party],
        boards: &impl Fn(&Party) -> bool,
        men: u32,
        bin: Bin,
        cause: Cause,
    ) -> u32 {
        let mut left = men;
        // One unit after the other: so many as can go are gone, and the others still stand together.
        for party in parties.iter_mut().filter(|p| boards(p)) {
            let mut u = parts::write(units, self.roster, party.id);
            for from in [Bin::Formed, Bin::Disordered] {
                let gone = losses::transfer(&mut u, from, bin, left, cause, Phase::Escape, log);
                left -= gone;
                party.men -= gone.min(party.men);
            }
        }
        men - left
    }

    /// Boats that sank or were shot: of each kind its share.
    fn lose_boats(&self, ferries: &mut Ferries, owner: Option<FormationId>, share: f64) -> u32 {
        let kinds = &self.scenario.rules().escape.boats;
        let mut lost = 0;
        for i in 0..ferries.berths.len() {
            let berth = ferries.berths[i];
            if berth.crossing != self.number || berth.owner != owner {
                continue;
            }
            let trips = kinds.get(usize::from(berth.kind)).map_or(0.0, |k| k.trips);
            let due = f64::from(berth.boats) * (trips * share).min(1.0);
            let gone = self
                .round(ferries, Purpose::BoatLoss, i as u32, due)
                .min(berth.boats);
            ferries.berths[i].boats -= gone;
            lost += gone;
        }
        lost
    }

    /// Men for whom there is no boat take to the water, or turn back to the city.
    fn despair(
        &self,
        ferries: &mut Ferries,
        bodies: &mut Bodies,
        crowd: Entity,
        field: &Field,
        log: &mut EventLog,
        units: &mut Units,
    ) {
        let rules = &self.scenario.rules().escape;
        let seats = ferries.seats(self.scenario, self.number, None);
        let Ok(mut crowd) = bodies.get_mut(crowd) else {
            return;
        };
        let size = f64::from(crowd.size());
        let hopeless = self.water.closed || size > 4.0 * seats * rules.loading_panic;
        if !hopeless {
            return;
        }
        let at = self.crossing.hex;
        let swim = size * hourly(rules.swim);
        let men = self.round(ferries, Purpose::Swimming, 0, swim);
        let (share, why) = ferry::swim(self.scenario, at, &self.water, f64::from(men));
        let across = self
            .round(ferries, Purpose::Swimming, 1, f64::from(men) * share)
            .min(men);
        let mut told = Swam {
            crossing: self.number,
            at,
            side: self.crossing.side,
            across: 0,
            drowned: 0,
            why,
        };
        let gone = crowd.part(across);
        let phase = Phase::Escape;
        told.across = settle(
            self.roster,
            units,
            log,
            &gone,
            Bin::Escaped,
            Cause::Swimming,
            phase,
        );
        let gone = crowd.part(men - across);
        told.drowned = settle(
            self.roster,
            units,
            log,
            &gone,
            Bin::Drowned,
            Cause::Swimming,
            phase,
        );
        if told.across + told.drowned > 0 {
            log.push(phase, Event::Swam(Box::new(told)));
        }
        if self.city_is_near(field) {
            let back = f64::from(crowd.size()) * hourly(rules.despair);
            let men = self.round(ferries, Purpose::Hiding, 0, back);
            let gone = crowd.part(men);
            settle(
                self.roster,
                units,
                log,
                &gone,
                Bin::Hidden,
                Cause::Collapse,
                phase,
            );
        }
    }

    /// Is there a city to turn back to, not yet lost?
    fn city_is_near(&self, field: &Field) -> bool {
        let map = self.scenario.map();
        let reach = (self.scenario.rules().escape.despair_km / map.grid.hex_km()).round() as u32;
        let held = self
            .scenario
            .city()
            .is_some_and(|city| city.held_by == self.crossing.side);
        let inside = |hex: Hex| map.at(hex).inside_wall;
        held && field.city_lost.is_none()
            && map
                .grid
                .within(self.crossing.hex, reach)
                .into_iter()
                .any(inside)
    }
}

impl Crossed {
    fn count(&mut self, bin: Bin, men: u32) {
        match bin {
            Bin::Drowned => self.drowned += men,
            _ => self.across += men,
        }
    }
}
