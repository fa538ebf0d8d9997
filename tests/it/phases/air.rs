//! Air groups. The article: the Japanese were aided by complete air supremacy; the Navy Air Service
//! had bombed the city with impunity since September.

use crate::support::{Table, altered, events, flight, fly, hex, id, tell};
use nanking::{
    battle::{AirMission, Battle, Event, Refusal, Task},
    commander::{Commander, General},
    scenario::{AirGroupId, Side, map::file::Zone},
};

const FAR: (u16, u16) = (8, 1);

fn sky() -> Table {
    Table::draw(&["...........", "...........", "..........."])
        .air(Side::Japan, "wing", 100.0)
        .unit(Side::Japan, "a", 500, (0, 1))
        .unit(Side::China, "b", 1500, FAR)
        .rules(|r| r.air.fly_clear = 1.0)
}

fn sorties(b: &Battle) -> Vec<u32> {
    events(b, |e| match e {
        Event::Raided { sorties, .. } => Some(*sorties),
        _ => None,
    })
}

fn bomb(b: &mut Battle, at: (u16, u16)) {
    let target = hex(b, at);
    fly(b, "wing", AirMission::Bomb { target });
}

#[test]
fn a_group_that_is_told_to_bombs_every_hour_of_the_day_and_hurts() {
    // The article: complete air supremacy; bombing with impunity, so no losses in the air.
    let mut b = sky().battle(1);
    bomb(&mut b, FAR);
    b.end_turn();
    assert_eq!(sorties(&b), vec![10; 4], "a tenth of the day's an hour");
    assert!(b.men(Side::China).casualties() > 0);
    assert_eq!(b.men(Side::Japan).casualties(), 0, "no losses in the air");
}

#[test]
fn without_an_order_nobody_flies() {
    let mut b = sky().battle(1);
    b.end_turn();
    assert!(sorties(&b).is_empty());
    assert_eq!(b.men(Side::China).casualties(), 0);
}

#[test]
fn nobody_flies_by_night_and_fewer_in_fog() {
    // The article: frequent air raids; by night and in the morning fog the model has none or fewer.
    let days = |fog: f64, from: u32| -> usize {
        (0..60)
            .filter(|seed| {
                let start = sky()
                    .rules(|r| {
                        r.air.fly_clear = 0.8;
                        r.air.fly_fog = 0.4;
                        r.weather.morning_fog = fog;
                        r.weather.fog_from = 0;
                        r.weather.fog_until = 23;
                    })
                    .battle(*seed);
                let mut b = altered(&start, |s| s.clock.hour.0 = from);
                bomb(&mut b, FAR);
                b.end_turn();
                !sorties(&b).is_empty()
            })
            .count()
    };
    assert_eq!(days(0.0, 12), 0, "21:00 to 01:00");
    let (clear, fog) = (days(0.0, 0), days(1.0, 0));
    assert!((40..=56).contains(&clear), "{clear} of 60 days at 0.8");
    assert!((12..=36).contains(&fog), "{fog} of 60 days at 0.4");
}

#[test]
fn the_safety_zone_and_ground_kept_from_fire_are_no_targets() {
    // The article: the Safety Zone, recognized as demilitarized; the order to spare the mausoleums.
    let build = |restrained: bool| {
        let t = Table::draw(&["...........", ".......s...", "..........."])
            .air(Side::Japan, "wing", 100.0)
            .unit(Side::Japan, "a", 500, (0, 1))
            .unit(Side::China, "b", 500, FAR)
            .zone(Zone::NoFire, &[FAR]);
        let t = if restrained {
            t.restrained(Side::Japan)
        } else {
            t
        };
        t.battle(1)
    };
    let mut b = build(true);
    let mut refused = |at| {
        let target = hex(&b, at);
        let (side, order) = flight(&b, "wing", AirMission::Bomb { target });
        b.order(side, order).expect_err("refused")
    };
    assert_eq!(refused((7, 1)), Refusal::SafetyZone);
    assert!(matches!(refused(FAR), Refusal::Forbidden { .. }));
    let mut free = build(false);
    bomb(&mut free, FAR);
}

#[test]
fn groups_obey_their_own_side_and_are_there_from_their_day_on() {
    let mut b = sky().battle(1);
    let target = hex(&b, FAR);
    let (_, order) = flight(&b, "wing", AirMission::Bomb { target });
    assert_eq!(b.order(Side::China, order), Err(Refusal::NotYours));
    let group = AirGroupId(7);
    let mission = AirMission::Rest;
    let unknown = nanking::battle::Order::Air { group, mission };
    assert_eq!(b.order(Side::Japan, unknown), Err(Refusal::Unknown));
    let mut late = sky();
    late.scenario.sides.japan.air[0].from = Some("1937-12-06T09:00".into());
    let mut late = late.battle(1);
    let (side, order) = flight(&late, "wing", AirMission::Bomb { target });
    let refused = late.order(side, order).expect_err("not yet");
    assert!(matches!(refused, Refusal::NotYet { .. }), "{refused}");
}

#[test]
fn columns_under_attack_from_the_air_are_slower_and_shaken() {
    // The article: the Japanese were aided by their complete air supremacy over those they pursued.
    let run = |raid: bool| {
        let road: Vec<(u16, u16)> = (0..14).map(|c| (c, 1)).collect();
        let row = "..............";
        let mut b = Table::draw(&[row, row, row])
            .road(&road)
            .air(Side::Japan, "wing", 100.0)
            .unit(Side::China, "b", 900, (0, 1))
            .unit(Side::Japan, "a", 300, (13, 2))
            .rules(|r| {
                r.air.fly_clear = 1.0;
                r.air.interdiction_km = 20.0;
                // Bombs apart: what is looked at is the road.
                r.air.rounds_per_sortie = 0.0;
            })
            .expected();
        let to = hex(&b, (12, 1));
        tell(&mut b, "b", Task::March { to, forced: true });
        if raid {
            let target = hex(&b, (6, 1));
            fly(&mut b, "wing", AirMission::Interdict { target });
        }
        b.end_turn();
        let unit = b.unit(id(&b, "b")).unwrap();
        (unit.ledger.day_km, unit.condition.cohesion)
    };
    let (raided, free) = (run(true), run(false));
    // A road at 1.3 times its cost.
    assert!(free.0 >= 11.0, "{free:?}");
    assert!(
        (free.0 / raided.0 - 1.3).abs() < 0.15,
        "{raided:?} {free:?}"
    );
    assert!(
        (free.1 - raided.1 - 0.01).abs() < 0.002,
        "{raided:?} {free:?}"
    );
}

#[test]
fn airmen_see_what_they_attack() {
    let known = |raid: bool| {
        let mut b = sky()
            .rules(|r| {
                r.air.recon = 1.0;
                r.observation.recon = 0.0;
            })
            .battle(1);
        if raid {
            bomb(&mut b, FAR);
        }
        b.end_turn();
        b.view(Side::Japan).enemies().len()
    };
    assert_eq!((known(true), known(false)), (1, 0));
}

#[test]
fn the_computer_sends_its_groups_against_what_stands_before_its_men() {
    // The article: the Japanese were aided by their complete air supremacy.
    let mut b = sky().unit(Side::Japan, "c", 900, (7, 1)).battle(1);
    b.end_turn();
    let orders = General::default().orders(&b.view(Side::Japan));
    let target = hex(&b, FAR);
    let wing = AirGroupId(0);
    let mission = AirMission::Bomb { target };
    let wanted = nanking::battle::Order::Air {
        group: wing,
        mission,
    };
    assert!(orders.contains(&wanted), "{orders:?}");
    let china = General::default().orders(&b.view(Side::China));
    assert!(
        !china
            .iter()
            .any(|o| matches!(o, nanking::battle::Order::Air { .. }))
    );
}
