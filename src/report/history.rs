//! The battle beside history: each figure of the scenario's `history` list, what the simulation
//! gave, and a plain word for how they compare.
//!
//! Measured from events, so that a figure can be explained by the events behind it.

mod command;
mod ground;

use super::{
    grouped,
    milestones::{Milestone, MilestoneKind, NEAR_KM, Where, city_lost, milestones},
};
use crate::{
    battle::{Battle, Bin, End, Event, Logged, Phase},
    scenario::{
        Branch, Confidence, FormationId, Hex, HistoricalFigure, Hours, Measure, Quantity, Scenario,
        Side, UnitId,
    },
};
use command::without_breakout_order;
use std::collections::{BTreeMap, BTreeSet};

/// How a simulated figure compares with history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Word {
    /// Within the plausible interval.
    AsInHistory,
    /// A time before it.
    Earlier,
    /// A time after it.
    Later,
    /// A number above it.
    More,
    /// A count below it.
    Fewer,
    /// An amount (km, share) below it.
    Less,
    /// A time that did not come.
    NotByTheEnd,
    /// The battle was broken off, or ended by an event, before the figure was complete.
    Unfinished,
}

impl Word {
    /// For people.
    pub fn text(self) -> &'static str {
        match self {
            Word::AsInHistory => "as in history",
            Word::Earlier => "earlier",
            Word::Later => "later",
            Word::More => "more",
            Word::Fewer => "fewer",
            Word::Less => "less",
            Word::NotByTheEnd => "not by the end",
            Word::Unfinished => "battle ended early",
        }
    }
}

/// A figure of history beside the simulation's.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison<'a> {
    /// The figure, with its interval and source.
    pub figure: &'a HistoricalFigure,
    /// What the simulation gave; `None` if it did not come to pass.
    pub simulated: Option<Quantity>,
    /// How they compare.
    pub word: Word,
}

impl Comparison<'_> {
    /// Stable key of the unit of measure: `men`, `time`, `share`, `km`, or `yes` (1 or 0).
    pub fn unit(&self) -> &'static str {
        match self.figure.measure {
            Measure::KilledAndWounded { .. }
            | Measure::FormationLosses { .. }
            | Measure::ShotByOwnSide { .. }
            | Measure::CapturedOrHidden { .. }
            | Measure::BroughtOut { .. }
            | Measure::Escaped { .. } => "men",
            Measure::Captured { .. }
            | Measure::FirstContact { .. }
            | Measure::FirstFoothold { .. }
            | Measure::CityLost => "time",
            Measure::ShareLost { .. }
            | Measure::WithoutBreakoutOrder { .. }
            | Measure::ShareEscaped { .. }
            | Measure::CameFrom(_)
            | Measure::AssaultsAt { .. } => "share",
            Measure::HeldAt { .. } => "yes",
            Measure::BestMarch { .. } => "km",
        }
    }

    /// History's value for people: `6,947`; `about 20,000` where it is an estimate of ours.
    pub fn in_history(&self, scenario: &Scenario) -> String {
        let value = self.show(scenario, self.figure.value);
        match (self.figure.value, self.figure.confidence) {
            (Quantity::Number(_), Confidence::Low) => format!("about {value}"),
            _ => value,
        }
    }

    /// What is held plausible, for people: `5,500 to 8,500`.
    pub fn plausible(&self, scenario: &Scenario) -> String {
        let [low, high] = [self.figure.low, self.figure.high].map(|v| self.show(scenario, v));
        format!("{low} to {high}")
    }

    /// A value of this figure for people: `8 Dec 12:00`, `6,947`, `95 %`, `40 km`.
    pub fn show(&self, scenario: &Scenario, value: Quantity) -> String {
        match (value, self.unit()) {
            (Quantity::Time(hour), _) => match u32::try_from(hour) {
                Ok(hour) => scenario.calendar().text(Hours(hour)),
                Err(_) => "before the battle".to_owned(),
            },
            (Quantity::Number(x), "share") => format!("{:.0} %", x * 100.0),
            (Quantity::Number(x), "yes") => if x >= 0.5 { "yes" } else { "no" }.to_owned(),
            (Quantity::Number(x), "km") => format!("{x:.0} km"),
            (Quantity::Number(x), _) => grouped(x.round().max(0.0) as u32),
        }
    }
}

/// All figures of the scenario's `history` list, in its order.
pub fn compare<'a>(scenario: &'a Scenario, battle: &Battle) -> Vec<Comparison<'a>> {
    let gauge = Gauge {
        scenario,
        battle,
        events: battle.events(),
        milestones: milestones(scenario, battle.events()),
    };
    scenario
        .history()
        .iter()
        .map(|figure| {
            let simulated = gauge.measure(&figure.measure);
            // An event of the scenario may end a battle days before a figure of history is complete.
            let complete = !matches!(battle.end(), None | Some(End::Happening(_)))
                || until(&figure.measure).is_some_and(|hour| hour <= battle.hour());
            Comparison {
                figure,
                simulated,
                word: word(figure, simulated, complete),
            }
        })
        .collect()
}

fn until(measure: &Measure) -> Option<Hours> {
    match measure {
        Measure::KilledAndWounded { until, .. } | Measure::FormationLosses { until, .. } => *until,
        Measure::HeldAt { at, .. } => Some(*at),
        _ => None,
    }
}

fn word(figure: &HistoricalFigure, simulated: Option<Quantity>, complete: bool) -> Word {
    match (simulated, figure.low, figure.high) {
        (Some(Quantity::Time(t)), Quantity::Time(low), _) if t < low => Word::Earlier,
        (Some(Quantity::Time(t)), _, Quantity::Time(high)) if t > high => Word::Later,
        (Some(Quantity::Number(n)), _, Quantity::Number(high)) if n > high => Word::More,
        (Some(Quantity::Number(_)), ..) if !complete => Word::Unfinished,
        (Some(Quantity::Number(n)), Quantity::Number(low), _) if n < low => match figure.measure {
            Measure::ShareLost { .. }
            | Measure::WithoutBreakoutOrder { .. }
            | Measure::ShareEscaped { .. }
            | Measure::CameFrom(_)
            | Measure::AssaultsAt { .. }
            | Measure::BestMarch { .. } => Word::Less,
            Measure::HeldAt { .. } => Word::Later,
            _ => Word::Fewer,
        },
        (Some(_), ..) => Word::AsInHistory,
        (None, ..) if complete => Word::NotByTheEnd,
        (None, ..) => Word::Unfinished,
    }
}

/// What measures read.
struct Gauge<'a> {
    scenario: &'a Scenario,
    battle: &'a Battle,
    events: &'a [Logged],
    milestones: Vec<Milestone>,
}

impl Gauge<'_> {
    fn measure(&self, measure: &Measure) -> Option<Quantity> {
        let number = |n: u32| Some(Quantity::Number(f64::from(n)));
        let time = |h: Hours| Quantity::Time(i64::from(h.0));
        match measure {
            Measure::KilledAndWounded { side, until, at } if at.is_empty() => {
                number(self.casualties(*until, |unit| self.scenario.unit(unit).side == *side))
            }
            Measure::KilledAndWounded { side, until, at } => {
                number(self.casualties_near(*side, *until, at))
            }
            Measure::FormationLosses { formation, until } => {
                number(self.casualties(*until, |unit| self.is_under(unit, *formation)))
            }
            Measure::Captured { place, by } => self
                .milestones
                .iter()
                .find(|m| {
                    m.kind == MilestoneKind::Captured
                        && m.by == *by
                        && matches!(m.place, Where::Place(p) if usize::from(p) == *place)
                })
                .map(|m| time(m.hour)),
            Measure::FirstContact { line, by } => {
                self.events.iter().find_map(|logged| match logged.event {
                    Event::LineReached { line: l, by: b }
                        if usize::from(l) == *line && b == *by =>
                    {
                        Some(time(logged.hour))
                    }
                    _ => None,
                })
            }
            Measure::FirstFoothold { by, at } => self.first_foothold(*by, at).map(time),
            Measure::CityLost => city_lost(self.events).map(|(hour, _)| time(hour)),
            Measure::ShareLost { formation } => {
                let men = self.battle.men_of(*formation);
                let kept = [Bin::NotArrived, Bin::Formed, Bin::Disordered, Bin::Escaped];
                let left: u32 = kept.iter().map(|bin| men.men(*bin)).sum();
                let all = men.total();
                (all > 0).then(|| Quantity::Number(f64::from(all - left) / f64::from(all)))
            }
            Measure::ShotByOwnSide { side } => number(self.battle.men(*side).men(Bin::OwnSideShot)),
            Measure::WithoutBreakoutOrder { side } => {
                without_breakout_order(self.scenario, self.events, *side).map(Quantity::Number)
            }
            Measure::CapturedOrHidden { side } => {
                let men = self.battle.men(*side);
                number(men.men(Bin::Captured) + men.men(Bin::Hidden))
            }
            Measure::BroughtOut { side } => number(brought_out(self.battle, *side)),
            Measure::Escaped { formations } => number(
                formations
                    .iter()
                    .map(|f| self.battle.men_of(*f).men(Bin::Escaped))
                    .sum(),
            ),
            Measure::ShareEscaped { formation } => {
                let men = self.battle.men_of(*formation);
                let (out, all) = (men.men(Bin::Escaped), men.total());
                (all > 0).then(|| Quantity::Number(f64::from(out) / f64::from(all)))
            }
            Measure::BestMarch { side } => Some(Quantity::Number(self.best_march(*side))),
            Measure::CameFrom(approach) => {
                ground::came_from(self.scenario, self.events, approach).map(Quantity::Number)
            }
            Measure::AssaultsAt { by, from, at } => {
                ground::assaults_at(self.events, *by, *from, &self.near(at)).map(Quantity::Number)
            }
            Measure::HeldAt { place, by, at } => self.held_at(*place, *by, *at),
        }
    }

    /// 1 or 0; `None` while the hour has not come.
    fn held_at(&self, place: usize, by: Side, at: Hours) -> Option<Quantity> {
        let now = self.battle.tenure(place).and_then(|t| t.holder);
        let come = self.battle.hour() >= at || self.battle.end().is_some();
        let held = ground::holder(self.events, place, at, now) == Some(by);
        come.then(|| Quantity::Number(f64::from(u8::from(held))))
    }

    /// When a side first had men lodged in the wall, or took the ground inside a gate.
    fn first_foothold(&self, by: Side, gates: &[usize]) -> Option<Hours> {
        let map = self.scenario.map();
        let inside = |hex: Hex| {
            map.gates
                .iter()
                .enumerate()
                .any(|(i, g)| g.inner == hex && (gates.is_empty() || gates.contains(&i)))
        };
        self.events.iter().find_map(|logged| {
            let gained = match logged.event {
                Event::Lodged { unit, at, .. } => {
                    self.scenario.unit(unit).side == by && (gates.is_empty() || inside(at))
                }
                Event::HexTaken { hex, by: taker, .. } => taker == by && inside(hex),
                _ => false,
            };
            gained.then_some(logged.hour)
        })
    }

    fn is_under(&self, unit: UnitId, formation: FormationId) -> bool {
        self.scenario
            .is_under(self.scenario.unit(unit).formation, formation)
    }

    /// Men killed or wounded before an hour. A wounded man who is captured later stays counted.
    fn casualties(&self, until: Option<Hours>, counts: impl Fn(UnitId) -> bool) -> u32 {
        self.before(until)
            .map(|logged| match logged.event {
                Event::Men {
                    unit,
                    from,
                    to,
                    men,
                    ..
                } if is_casualty(from, to) && counts(unit) => men,
                _ => 0,
            })
            .sum()
    }

    /// The same, for fights, shelling and lost positions within [`NEAR_KM`] of places.
    fn casualties_near(&self, side: Side, until: Option<Hours>, places: &[usize]) -> u32 {
        let near = self.near(places);
        let mut leaving: BTreeSet<UnitId> = BTreeSet::new();
        let mut sum = 0;
        for logged in self.before(until) {
            match &logged.event {
                Event::Fought {
                    at,
                    attacker,
                    attacker_losses,
                    defender_losses,
                    ..
                } if near.contains(at) => {
                    sum += if *attacker == side {
                        attacker_losses
                    } else {
                        defender_losses
                    };
                }
                Event::Shelled {
                    at,
                    side: whose,
                    casualties,
                    ..
                } if near.contains(at) && *whose == side => {
                    sum += casualties;
                }
                // What a unit loses on leaving its position is not in the fight's own figures.
                Event::Yielded { unit, at, .. } => {
                    if near.contains(at) && self.scenario.unit(*unit).side == side {
                        leaving.insert(*unit);
                    } else {
                        leaving.remove(unit);
                    }
                }
                Event::Men {
                    unit,
                    from,
                    to,
                    men,
                    cause,
                } if leaving.contains(unit) && is_casualty(*from, *to) && is_leaving(*cause) => {
                    sum += men;
                }
                _ => {}
            }
        }
        sum
    }

    fn near(&self, places: &[usize]) -> BTreeSet<Hex> {
        let map = self.scenario.map();
        let reach = (NEAR_KM / map.grid.hex_km()) as u32;
        places
            .iter()
            .filter_map(|i| map.places.get(*i))
            .flat_map(|place| &place.hexes)
            .flat_map(|hex| map.grid.within(*hex, reach))
            .collect()
    }

    /// Longest march of an infantry unit in a calendar day, km. Retreats are not marches.
    fn best_march(&self, side: Side) -> f64 {
        let map = self.scenario.map();
        let mut marched: BTreeMap<(UnitId, u32), u32> = BTreeMap::new();
        for logged in self.events {
            if let Event::Moved { unit, from, to } = logged.event
                && logged.phase == Phase::Movement
            {
                let known = self.scenario.unit(unit);
                if known.side == side && known.branch == Branch::Infantry {
                    let day = self.scenario.calendar().day(logged.hour);
                    *marched.entry((unit, day)).or_default() += map.grid.distance(from, to);
                }
            }
        }
        f64::from(marched.into_values().max().unwrap_or(0)) * map.grid.hex_km()
    }

    fn before(&self, until: Option<Hours>) -> impl Iterator<Item = &Logged> {
        self.events
            .iter()
            .filter(move |l| until.is_none_or(|hour| l.hour < hour))
    }
}

/// Men of a side who got away with their units, not in a crowd.
pub fn brought_out(battle: &Battle, side: Side) -> u32 {
    battle
        .events()
        .iter()
        .map(|logged| match logged.event {
            Event::Men {
                unit,
                from: Bin::Formed | Bin::Disordered,
                to: Bin::Escaped,
                men,
                ..
            } if battle.scenario().unit(unit).side == side => men,
            _ => 0,
        })
        .sum()
}

/// Did men who were fit become killed or wounded?
pub fn is_casualty(from: Bin, to: Bin) -> bool {
    matches!(from, Bin::Formed | Bin::Disordered) && matches!(to, Bin::Killed | Bin::Wounded)
}

fn is_leaving(cause: crate::battle::Cause) -> bool {
    use crate::battle::Cause;
    matches!(cause, Cause::Retreat | Cause::Rout | Cause::Overrun)
}
