//! From the hour the city is lost nothing inside its walls and its Safety Zone is simulated any more: the
//! men left there go to their bins in that hour, and after it nothing there moves, fires, burns, falls or
//! is found, and nobody is ordered. Held in the historical battle, and in random battles.

use super::escape::fallen;
use crate::{
    games::{Draft, each, play},
    retelling::{Choices, Retelling, play_turn},
    support::{hex, id, refusal},
};
use nanking::{
    battle::{
        AirMission, Battle, Bin, Cause, CommandEvent, CrowdId, Deed, Event, FormationMission,
        Logged, MissionPosture, Order, Refusal, Strength, Task, blaze::Char, order::check,
    },
    scenario::{Hex, Scenario, Side, UnitId},
};
use std::collections::BTreeMap;

fn is_inside(scenario: &Scenario, hex: Hex) -> bool {
    let ground = scenario.map().at(hex);
    ground.inside_wall || ground.safety_zone
}

/// Where an event happened: its hexes, and those of the units in it as told so far. Not what a side
/// sees, and not whether supply reaches those who stand there.
fn places(event: &Event, told: &Retelling) -> Vec<Hex> {
    let of = |unit: &UnitId| told.positions[unit.0 as usize];
    let with = |unit: &UnitId, at: &Hex| of(unit).into_iter().chain([*at]).collect();
    match event {
        Event::Arrived { unit, at }
        | Event::Drafted { unit, at, .. }
        | Event::Blocked { unit, at, .. }
        | Event::Yielded { unit, at, .. }
        | Event::BrokeOff { unit, at }
        | Event::Left { unit, at, .. }
        | Event::GateOpened { unit, at, .. }
        | Event::BreachWidened { unit, at, .. }
        | Event::BridgeBuilt { unit, at, .. }
        | Event::SmokeLaid { unit, at, .. }
        | Event::LostInFog { unit, at, .. }
        | Event::PartySent { unit, at, .. }
        | Event::Lodged { unit, at, .. }
        | Event::LodgementReinforced { unit, at, .. }
        | Event::LodgementEnded { unit, at, .. }
        | Event::StruckBack { unit, at }
        | Event::MinesStruck { unit, at, .. }
        | Event::MinesCleared { unit, at }
        | Event::Fired {
            unit, target: at, ..
        } => with(unit, at),
        Event::Contact { unit, at, enemy_at } => {
            let mut all: Vec<Hex> = with(unit, at);
            all.push(*enemy_at);
            all
        }
        Event::Moved { from, to, .. } => vec![*from, *to],
        Event::Men { unit, .. } | Event::PostureChanged { unit, .. } | Event::Rallied { unit } => {
            of(unit).into_iter().collect()
        }
        Event::Shelled { at, .. }
        | Event::Raided { target: at, .. }
        | Event::Kindled { at, .. }
        | Event::BurntOut { at }
        | Event::HexTaken { hex: at, .. }
        | Event::GateBarricaded { at, .. }
        | Event::WallDamaged { at, .. }
        | Event::Breached { at, .. } => vec![*at],
        Event::Razed { hexes, .. } => hexes.clone(),
        Event::Fought {
            at,
            attackers,
            defenders,
            ..
        } => {
            let units = attackers.iter().chain(defenders).filter_map(of);
            units.chain([*at]).collect()
        }
        Event::CrowdFormed(c) | Event::CrowdMoved(c) | Event::CrowdMerged(c) => vec![c.at],
        Event::CrowdCounted(c) if c.men > 0 => vec![c.at],
        Event::Crossed(c) => vec![c.at],
        Event::Swam(s) => vec![s.at],
        Event::BoatsTaken(b) => vec![b.at],
        Event::Command(c) => match &**c {
            CommandEvent::BarrierShot { at, .. } | CommandEvent::BarrierBroken { at, .. } => {
                vec![*at]
            }
            _ => Vec::new(),
        },
        Event::OrderTaken {
            order: Order::Unit { unit, .. },
            ..
        } => of(unit).into_iter().collect(),
        _ => Vec::new(),
    }
}

/// Does nothing but close the bins of those inside in the hour of the loss; and fires there are counted
/// as burnt out with its turn.
fn closes(logged: &Logged, hour: u32) -> bool {
    if let Event::BurntOut { .. } = logged.event {
        return logged.hour.0 < hour + 4;
    }
    let closing = match &logged.event {
        Event::Men { to, cause, .. } => {
            *cause == Cause::CityLost && matches!(to, Bin::Hidden | Bin::Captured)
        }
        Event::Left { escaped, .. } => !escaped,
        _ => false,
    };
    closing && logged.hour.0 == hour
}

/// What stands inside: nothing of it changes any more.
#[derive(Debug, PartialEq)]
struct Still {
    units: BTreeMap<u32, (Hex, Strength, f64)>,
    crowds: BTreeMap<CrowdId, (Hex, u32)>,
    control: Vec<(Hex, Option<Side>)>,
    fires: Vec<Char>,
}

impl Still {
    fn of(b: &Battle) -> Self {
        let scenario = b.scenario();
        let inside: Vec<Hex> = scenario
            .map()
            .grid
            .hexes()
            .filter(|h| is_inside(scenario, *h))
            .collect();
        let view = b.view(Side::China);
        let units = 0..scenario.units().len() as u32;
        Self {
            units: units
                .filter_map(|i| {
                    let u = b.unit(UnitId(i))?;
                    let at = u.position.hex.filter(|h| is_inside(scenario, *h))?;
                    Some((i, (at, u.strength, u.condition.cohesion)))
                })
                .collect(),
            crowds: b
                .crowds()
                .into_iter()
                .filter(|c| is_inside(scenario, c.at))
                .map(|c| (c.id, (c.at, c.size())))
                .collect(),
            control: inside
                .iter()
                .map(|h| (*h, b.control()[h.index()]))
                .collect(),
            fires: inside.iter().map(|h| view.char(*h)).collect(),
        }
    }
}

/// Follows a battle turn by turn, and counts the turns played after the city was lost.
struct Watch {
    told: Retelling,
    heard: nanking::battle::EventId,
    still: Option<Still>,
    turns: u32,
}

impl Watch {
    fn of(b: &Battle) -> Self {
        Self {
            told: Retelling::of(b),
            heard: b.next_event(),
            still: None,
            turns: 0,
        }
    }

    fn turn(&mut self, b: &Battle) {
        let scenario = b.scenario();
        let lost = b.city_lost();
        for logged in b.events_since(self.heard) {
            if let Some((hour, _)) = lost.filter(|(hour, _)| logged.hour >= *hour) {
                let inside = places(&logged.event, &self.told)
                    .into_iter()
                    .any(|h| is_inside(scenario, h));
                assert!(!inside || closes(logged, hour.0), "{logged:?}");
            }
            self.told.hear(logged);
        }
        self.heard = b.next_event();
        let Some((hour, by)) = lost.filter(|(hour, _)| b.hour() > *hour) else {
            return;
        };
        assert!(b.hour() > hour);
        let still = Still::of(b);
        let ghosts = |i: &u32| scenario.unit(UnitId(*i)).side != by;
        assert!(!still.units.keys().any(ghosts), "{:?}", still.units);
        assert!(still.crowds.is_empty(), "{:?}", still.crowds);
        if let Some(before) = &self.still {
            assert_eq!(before, &still);
        }
        self.still = Some(still);
        self.turns += 1;
    }
}

#[test]
fn nothing_happens_inside_once_the_city_is_lost_in_the_historical_battle() {
    let scenario = Draft::of("nanking_1937")
        // Watched for two days, not for eight hours.
        .scenario(|s| {
            if let Some(city) = &mut s.city {
                city.hours_after = 48;
            }
        })
        .load();
    let turns: u32 = each(1..=6, |seed| {
        let mut watch = None;
        play(&scenario, seed, |b| {
            watch.get_or_insert_with(|| Watch::of(b)).turn(b);
        });
        watch.map_or(0, |w| w.turns)
    })
    .into_iter()
    .sum();
    assert!(turns > 20, "{turns}");
}

#[test]
fn nothing_happens_inside_whatever_is_ordered_once_the_city_is_lost() {
    let mut turns = 0;
    for seed in 0..80 {
        let mut b = crate::retelling::battle(seed);
        let mut choices = Choices(seed);
        let mut watch = Watch::of(&b);
        for _ in 0..16 {
            play_turn(&mut b, &mut choices);
            watch.turn(&b);
        }
        turns += watch.turns;
    }
    assert!(turns > 5, "{turns}");
}

#[test]
fn no_order_is_taken_by_those_inside_and_none_against_them() {
    let mut b = fallen();
    let (inside, gate, beside) = (hex(&b, (3, 1)), hex(&b, (2, 1)), hex(&b, (2, 2)));
    let side = b.scenario().map().gates[0].side;
    for task in [
        Task::Hold,
        Task::Rest,
        Task::March {
            to: beside,
            forced: false,
        },
        Task::Withdraw {
            to: hex(&b, (0, 0)),
        },
        Task::Assault { target: gate },
        Task::Counterattack { target: gate },
        Task::Bombard { target: gate },
        Task::ClearMines { target: gate },
        Task::Siege {
            deed: Deed::ALL[0],
            side,
        },
    ] {
        assert_eq!(
            refusal(&mut b, "within", task),
            Refusal::CityLost,
            "{task:?}"
        );
    }
    for target in [inside, gate] {
        for task in [
            Task::Assault { target },
            Task::Bombard { target },
            Task::Support { target },
            Task::Counterattack { target },
            Task::ClearMines { target },
        ] {
            assert_eq!(
                refusal(&mut b, "before", task),
                Refusal::CityLost,
                "{task:?}"
            );
        }
    }
    let before = id(&b, "before");
    let formation = b.scenario().unit(before).formation;
    let order = Order::Formation {
        formation,
        mission: FormationMission {
            objective: inside,
            posture: MissionPosture::Attack,
            may_withdraw: false,
        },
        start_at: None,
    };
    let view = b.view(Side::Japan);
    assert_eq!(check(&view, &order), Err(Refusal::CityLost));
}

#[test]
fn no_aircraft_bombs_what_is_inside_once_the_city_is_lost() {
    let lost = |b: &Battle| b.city_lost().is_some();
    let mut refused = 0;
    for seed in 0..60 {
        let mut b = crate::retelling::battle(seed);
        let mut choices = Choices(seed);
        for _ in 0..12 {
            if lost(&b) || b.end().is_some() {
                break;
            }
            play_turn(&mut b, &mut choices);
        }
        if !lost(&b) || b.end().is_some() {
            continue;
        }
        let scenario = b.scenario();
        let view = b.view(Side::Japan);
        let grid = &scenario.map().grid;
        for target in grid.hexes().filter(|h| scenario.map().at(*h).inside_wall) {
            let (group, _, _) = view.air_groups().next().expect("a group");
            for mission in [
                AirMission::Bomb { target },
                AirMission::Interdict { target },
            ] {
                let order = Order::Air { group, mission };
                assert_eq!(check(&view, &order), Err(Refusal::CityLost));
                refused += 1;
            }
        }
    }
    assert!(refused > 0);
}
