//! The siege: walls, moat, gates, parties over the wall, lodgements, counterattacks, mines, chained
//! pillboxes (model §3.4, §3.7, §3.13), each on the smallest map that shows it. Named in each test:
//! the fact of the article it rests on.

use crate::support::{Table, altered, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{
        Battle, Deed, Event, LodgementEnd, Posture, Refusal, Task, Term, Why,
        rampart::{Lodgement, Rampart},
        strength::Bin,
    },
    scenario::{Branch, Hours, Side, SideId, map::file::FeatureKind},
};

const INNER: (u16, u16) = (3, 3);
const OUTER: (u16, u16) = (2, 3);

/// A walled block with one barricaded gate in its west, and a defender behind it who does not go.
fn gate() -> Table {
    Table::draw(&[
        "........", "........", "........", "........", "........", "........",
    ])
    .wall((3, 1), (6, 4))
    .gate("gate", INNER, OUTER)
    .barricaded()
    .unit(Side::China, "garrison", 800, INNER)
    .depot(Side::Japan, (0, 3))
    .depot(Side::China, (6, 3))
    .doctrine(Side::China, |d| d.withdrawal_permitted = false)
}

/// The same with an attacker before it.
fn besieged() -> Table {
    gate().unit(Side::Japan, "storm", 800, OUTER)
}

fn moat(table: Table) -> Table {
    table.line("moat", FeatureKind::Moat, &[(2, 2), (2, 3), (2, 4)])
}

fn wall(b: &Battle) -> SideId {
    b.scenario().map().gates[0].side
}

fn deed(b: &Battle, deed: Deed) -> Task {
    Task::Siege {
        deed,
        side: wall(b),
    }
}

fn rampart(b: &Battle) -> Rampart {
    b.view(Side::Japan).rampart(wall(b))
}

fn with_rampart(b: &Battle, change: impl FnOnce(&mut Rampart)) -> Battle {
    let side = wall(b);
    altered(b, |s| change(s.field.ramparts.entry(side).or_default()))
}

/// What the wall's fate hung on, turn by turn.
fn wall_whys(b: &Battle) -> Vec<(Why, bool)> {
    events(b, |e| match e {
        Event::WallDamaged { why, .. } => Some((*why.clone(), false)),
        Event::Breached { why, .. } => Some((*why.clone(), true)),
        _ => None,
    })
}

fn term(why: &Why, wanted: Term) -> Option<f64> {
    why.terms.iter().find(|(t, _)| *t == wanted).map(|t| t.1)
}

fn assaults(b: &Battle) -> usize {
    let target = hex(b, INNER);
    events(b, |e| match e {
        Event::Fought { assault, at, .. } if *at == target => Some(*assault),
        _ => None,
    })
    .into_iter()
    .filter(|assault| *assault)
    .count()
}

#[test]
fn heavy_guns_damage_the_wall_by_the_formula_and_more_of_it_makes_a_breach_likelier() {
    // The article: artillerymen and engineers blew a hole in the wall at Guanghua Gate.
    let mut b = besieged()
        .howitzers(Side::Japan, "guns", (0, 2))
        .rules(|r| r.hold.base = -60.0)
        .battle(3);
    let task = deed(&b, Deed::Breach);
    tell(&mut b, "guns", task);
    // The garrison holds, so that nothing happens but the fire.
    for _ in 0..2 {
        b.end_turn();
    }
    let whys = wall_whys(&b);
    assert_eq!(whys.len(), 2, "one roll a turn of fire");
    // Three heavy batteries, nobody on a height to see: x = 0.10 * 3 * 0.4, a gate's arch 1.5.
    let x = 0.10 * 3.0 * 0.4 * 1.5;
    let mut damage = 0.0_f64;
    let sum = |d: f64| d + d * d / 4.0;
    for (why, _) in &whys {
        let p = 1.0 - (sum(damage) - sum(damage + x)).exp();
        let told = why.probability.expect("rolled");
        assert!((told - p).abs() < 1e-9, "{told} for {p}");
        damage += x;
    }
    assert!((rampart(&b).damage - damage).abs() < 1e-9);
    assert!(whys[0].0.probability < whys[1].0.probability);
}

#[test]
fn fire_seen_from_a_height_does_twice_as_much() {
    // The article: from Peak 2 the guns brought down a large part of the wall at Zhongshan Gate, and
    // from atop Yuhuatai parts of it at Zhonghua Gate.
    let p = |height: char| {
        let rows = ["........".to_owned(), format!(".{height}......")];
        let [a, b] = [rows[0].as_str(), rows[1].as_str()];
        let table = Table::draw(&[a, a, a, b, a, a])
            .wall((3, 1), (6, 4))
            .gate("gate", INNER, OUTER)
            .barricaded()
            .unit(Side::China, "garrison", 800, INNER)
            .unit(Side::Japan, "peak", 300, (1, 2))
            .howitzers(Side::Japan, "guns", (0, 1));
        let mut battle = table.battle(1);
        let task = deed(&battle, Deed::Breach);
        tell(&mut battle, "guns", task);
        let forecast = battle
            .view(Side::Japan)
            .breach_forecast(wall(&battle), &[])
            .and_then(|why| why.probability)
            .expect("guns are at it");
        battle.end_turn();
        let resolved = wall_whys(&battle)[0].0.probability.expect("rolled");
        assert!(
            (forecast - resolved).abs() < 1e-9,
            "the forecast is the rule: {forecast}, {resolved}"
        );
        resolved
    };
    assert!(p('m') > 2.0 * p('.'), "{} {}", p('m'), p('.'));
}

#[test]
fn engineers_go_at_the_wall_in_the_dark_or_under_smoke_and_never_in_plain_daylight() {
    // The article: that evening engineers blew a hole in the wall at Guanghua Gate.
    let mut b = besieged()
        .engineers(Side::Japan, "sappers", 240, OUTER)
        .battle(5);
    let breach = deed(&b, Deed::Breach);
    tell(&mut b, "sappers", breach);
    b.end_turn(); // 9 to 13 o'clock
    assert!(wall_whys(&b).is_empty(), "seen from the wall");
    let smoke = deed(&b, Deed::Smoke);
    tell(&mut b, "storm", smoke);
    b.end_turn();
    let whys = wall_whys(&b);
    assert_eq!(whys.len(), 1, "under smoke");
    assert_eq!(
        events(&b, |e| matches!(e, Event::SmokeLaid { .. }).then_some(())).len(),
        1
    );
    let mut dark = besieged()
        .engineers(Side::Japan, "sappers", 240, OUTER)
        .battle(5);
    dark.end_turn();
    dark.end_turn();
    tell(&mut dark, "sappers", breach);
    dark.end_turn(); // 17 to 21 o'clock
    let whys = wall_whys(&dark);
    assert_eq!(whys.len(), 1, "at dusk");
    let x: f64 = 0.20 * 1.5;
    let p = 1.0 - (-(x + x * x / 4.0)).exp();
    assert!((whys[0].0.probability.expect("rolled") - p).abs() < 1e-9);
}

#[test]
fn a_party_with_explosives_may_lose_its_way_in_morning_fog_and_does_not_without_fog() {
    // The article: the party with picric acid got lost in the morning fog and failed to reach the
    // wall of Zhonghua Gate.
    let lost = |fog: f64, seed: u64| {
        let mut b = besieged()
            .engineers(Side::Japan, "sappers", 240, OUTER)
            .rules(|r| r.weather.morning_fog = fog)
            .battle(seed);
        for _ in 0..5 {
            b.end_turn(); // to five in the morning
        }
        let before = wall_whys(&b).len();
        let breach = deed(&b, Deed::Breach);
        tell(&mut b, "sappers", breach);
        b.end_turn();
        let strayed = events(&b, |e| matches!(e, Event::LostInFog { .. }).then_some(())).len();
        // Who is lost does nothing to the wall.
        assert_eq!(wall_whys(&b).len() - before, 1 - strayed);
        strayed
    };
    let foggy: usize = (0..30).map(|seed| lost(1.0, seed)).sum();
    assert!((8..=22).contains(&foggy), "{foggy} of 30 at one in two");
    assert_eq!((0..5).map(|seed| lost(0.0, seed)).sum::<usize>(), 0);
}

#[test]
fn the_defenders_engineers_repair_a_tenth_a_turn() {
    // The article: gates barricaded with sandbags and concrete, which can be laid again.
    let damaged = |table: Table| {
        let mut b = with_rampart(&table.battle(1), |r| r.damage = 0.5);
        b.end_turn();
        rampart(&b).damage
    };
    assert_eq!(damaged(besieged()), 0.5);
    let repaired = damaged(besieged().engineers(Side::China, "masons", 200, INNER));
    assert!((repaired - 0.45).abs() < 1e-9, "{repaired}");
}

#[test]
fn nobody_assaults_a_barricaded_gate_until_the_wall_is_broken() {
    // The article: all gates had been closed and barricaded with six metres of sandbags and concrete.
    let fights = |breach: u32| {
        let mut b = with_rampart(&besieged().battle(1), |r| r.breach = breach);
        let target = hex(&b, INNER);
        tell(&mut b, "storm", Task::Assault { target });
        b.end_turn();
        assaults(&b)
    };
    assert_eq!(fights(0), 0, "an intact wall");
    assert_eq!(fights(1), 0, "a hole lets through a party only");
    assert!(fights(2) > 0, "through the rubble");
}

#[test]
fn rubble_costs_the_attacker_double_and_shelters_the_defender_half_as_well_as_a_wall() {
    // The article: a daring attack through the gap that was immediately pinned down.
    let mut b = with_rampart(&besieged().rules(|r| r.hold.base = -60.0).battle(1), |r| {
        r.breach = 4;
    });
    b.end_turn();
    let shown = |b: &Battle| {
        let storm = id(b, "storm");
        b.view(Side::Japan)
            .preview(&[storm], hex(b, INNER), 1)
            .expect("a way through")
    };
    let rubble = shown(&b);
    assert_eq!(term(&rubble.attacker_loss, Term::Crossing), Some(2.0));
    assert_eq!(
        term(&rubble.defender_loss, Term::Works),
        Some(0.8),
        "dug in, no parapet"
    );
    let open = with_rampart(&b, |r| {
        r.breach = 0;
        r.opened = true;
    });
    let parapet = shown(&open);
    assert_eq!(term(&parapet.defender_loss, Term::Works), Some(0.3));
    let ratio = |p: &nanking::battle::Preview| {
        let hold = p.hold.as_ref().expect("an assault");
        term(hold, Term::Ratio).unwrap_or(0.0)
    };
    // 0.75 ln(3 / 1.5), the ways being equally wide.
    let gained = ratio(&rubble) - ratio(&parapet);
    assert!((gained - 0.75 * 2.0_f64.ln()).abs() < 1e-9, "{gained}");
}

#[test]
fn a_breach_widens_under_engineers_and_then_lets_more_men_through() {
    // The article: at Zhonghua Gate parts of the wall finally crumbled and ever more troops swarmed in.
    let mut b = with_rampart(
        &besieged()
            .engineers(Side::Japan, "sappers", 240, OUTER)
            .rules(|r| r.hold.base = -60.0)
            .battle(2),
        |r| r.breach = 1,
    );
    let d = b
        .scenario()
        .map()
        .grid
        .direction(hex(&b, OUTER), hex(&b, INNER));
    let d = d.expect("neighbours");
    let room = |b: &Battle| b.view(Side::Japan).room_to_storm(hex(b, OUTER), d, 0);
    assert_eq!(room(&b), None);
    b.end_turn();
    b.end_turn();
    let breach = deed(&b, Deed::Breach);
    tell(&mut b, "sappers", breach);
    b.end_turn();
    assert_eq!(rampart(&b).breach, 2);
    assert_eq!(room(&b), Some(600.0), "300 men a turn, doubled");
    b.end_turn();
    assert_eq!(room(&b), Some(1200.0));
}

#[test]
fn the_moat_is_crossed_with_engineers_boats_or_on_the_footbridge_they_lay_in_two_turns() {
    // The article: fording the large moat before the eastern gates; makeshift bridges that engineers
    // held up with their bodies at Zhonghua Gate.
    let table = moat(besieged()).engineers(Side::Japan, "sappers", 240, OUTER);
    let mut b = with_rampart(&table.battle(1), |r| r.breach = 4);
    let side = wall(&b);
    assert!(b.view(Side::Japan).moat_bars(side));
    let d = b
        .scenario()
        .map()
        .grid
        .direction(hex(&b, OUTER), hex(&b, INNER));
    let d = d.expect("neighbours");
    let room = |b: &Battle, engineers| {
        b.view(Side::Japan)
            .room_to_storm(hex(b, OUTER), d, engineers)
    };
    assert_eq!(room(&b, 0), None, "no boats");
    assert_eq!(
        room(&b, 240),
        Some(800.0),
        "four boats, 50 men an hour each"
    );
    let bridge = deed(&b, Deed::Bridge);
    tell(&mut b, "sappers", bridge);
    b.end_turn();
    assert!(!rampart(&b).bridged);
    b.end_turn();
    assert!(rampart(&b).bridged);
    assert_eq!(room(&b, 0), Some(2400.0), "the breach alone limits");
    assert_eq!(
        events(&b, |e| matches!(e, Event::BridgeBuilt { .. }).then_some(())).len(),
        1
    );
    assert_eq!(state(&b, "sappers").mission.task, Task::Hold);
}

#[test]
fn a_ladder_party_gains_a_foothold_as_often_as_forecast_and_loses_most_of_its_men() {
    // The article: six men with a bamboo ladder at Zhonghua Gate; five were killed, the last held on.
    let (mut held, mut forecast) = (0, 0.0);
    let runs = 120;
    for seed in 0..runs {
        let mut b = besieged()
            .unit_with(Side::China, "recruits", 500, (4, 3), |u| u.quality = 2)
            .battle(seed);
        b.end_turn();
        let task = deed(&b, Deed::Escalade);
        tell(&mut b, "storm", task);
        let why = b.view(Side::Japan).party_forecast(wall(&b), true, false);
        forecast = why.and_then(|w| w.probability).expect("a wall");
        b.end_turn();
        let sent = events(&b, |e| match e {
            Event::PartySent {
                men,
                lost,
                held,
                ladder: true,
                why,
                ..
            } => Some((*men, *lost, *held, why.probability)),
            _ => None,
        });
        let [(men, lost, gained, p)] = sent[..] else {
            panic!("one party a turn: {sent:?}");
        };
        assert!((24..=36).contains(&lost) && men == 40, "{lost} of {men}");
        assert!(
            (p.expect("rolled") - forecast).abs() < 0.05,
            "as far as known"
        );
        held += u32::from(gained);
        assert_eq!(rampart(&b).lodgement.is_some() || destroyed(&b), gained);
    }
    let share = f64::from(held) / runs as f64;
    assert!((share - forecast).abs() < 0.12, "{share} for {forecast}");
}

fn destroyed(b: &Battle) -> bool {
    !ends(b).is_empty()
}

fn ends(b: &Battle) -> Vec<LodgementEnd> {
    events(b, |e| match e {
        Event::LodgementEnded { end, .. } => Some(*end),
        _ => None,
    })
}

#[test]
fn recruits_smoke_and_heights_help_a_party_over_the_wall() {
    // The article: barely trained recruits on Zhonghua Gate; a fire in front of it as a smokescreen;
    // Yuhuatai in Japanese hands.
    let chance = |table: Table, smoke| {
        let mut b = table.battle(1);
        b.end_turn();
        b.view(Side::Japan)
            .party_forecast(wall(&b), true, smoke)
            .and_then(|w| w.probability)
            .expect("a wall")
    };
    let raw = |mut table: Table| {
        for u in &mut table.scenario.units {
            if u.id == "garrison" {
                u.quality = 2;
            }
        }
        table
    };
    let steady = chance(besieged(), false);
    assert!(chance(raw(besieged()), false) > 1.5 * steady);
    assert!(chance(besieged(), true) > 1.5 * steady);
}

/// A lodgement of so many men before a garrison, with the wall holed.
fn lodged(table: Table, men: u32, seed: u64) -> Battle {
    let b = table.battle(seed);
    let unit = id(&b, "storm");
    with_rampart(&b, |r| {
        r.breach = 1;
        r.lodgement = Some(Lodgement {
            unit,
            men,
            since: Hours(0),
            by_ladder: false,
        });
    })
}

#[test]
fn a_lodgement_fights_on_loses_most_of_its_men_and_may_hold() {
    // The article: at Guanghua Gate a battalion lost 80 of its 88 men, pinned down by a series of
    // counterattacks, and was saved from annihilation by its division's artillery.
    let mut lost = Vec::new();
    for seed in 0..24 {
        let table = besieged()
            .unit(Side::China, "reserve", 900, (4, 3))
            .battery(Side::Japan, "guns", (0, 2))
            .rules(|r| r.hold.base = -60.0);
        let mut b = lodged(table, 88, seed);
        let inner = hex(&b, INNER);
        for turn in 0..12 {
            // A series of counterattacks, with pauses between.
            let strikes = turn % 2 == 0;
            for unit in ["garrison", "reserve"] {
                if strikes {
                    tell(&mut b, unit, Task::Counterattack { target: inner });
                } else {
                    tell(&mut b, unit, Task::Hold);
                }
            }
            tell(&mut b, "guns", Task::Support { target: inner });
            b.end_turn();
            if rampart(&b).lodgement.is_none() {
                break;
            }
        }
        assert!(ends(&b).len() <= 1);
        lost.push(88 - rampart(&b).lodgement.map_or(0, |l| l.men));
        let struck = events(&b, |e| matches!(e, Event::StruckBack { .. }).then_some(()));
        assert!(!struck.is_empty());
    }
    lost.sort_unstable();
    let median = lost[lost.len() / 2];
    assert!((60..=88).contains(&median), "{lost:?}");
    let held = lost.iter().filter(|l| **l < 88).count();
    assert!(
        held * 100 >= 15 * lost.len(),
        "{held} of {}: {lost:?}",
        lost.len()
    );
}

#[test]
fn a_lodgement_is_not_counterattacked_less_than_told_and_suffers_less_from_mere_contact() {
    // The article: pinned down by a series of determined counterattacks.
    let left = |task: fn(nanking::scenario::Hex) -> Task| {
        let mut b = lodged(besieged().rules(|r| r.hold.base = -60.0), 88, 4);
        let inner = hex(&b, INNER);
        tell(&mut b, "garrison", task(inner));
        b.end_turn();
        rampart(&b).lodgement.map_or(0, |l| l.men)
    };
    let struck = left(|target| Task::Counterattack { target });
    let watched = left(|_| Task::Hold);
    assert!(struck < watched && watched <= 88, "{struck} {watched}");
}

#[test]
fn a_lodgement_ends_when_its_unit_goes_away() {
    let mut b = lodged(besieged(), 88, 1);
    let to = hex(&b, (0, 3));
    tell(&mut b, "storm", Task::Withdraw { to });
    b.end_turn();
    assert_eq!(ends(&b), [LodgementEnd::GivenUp]);
}

#[test]
fn a_lodgement_is_reinforced_only_when_the_breach_is_wide_enough() {
    // The article: the battalion in Guanghua Gate was pinned down and stayed at its eighty-eight men.
    let men = |steps: u32| {
        let table = besieged().rules(|r| {
            r.hold.base = -60.0;
            r.fire.intensity_contact = 0.0;
        });
        let mut b = with_rampart(&lodged(table, 20, 1), |r| r.breach = steps);
        b.end_turn();
        rampart(&b).lodgement.expect("nobody shoots").men
    };
    assert_eq!(men(1), 20);
    assert_eq!(men(2), 300);
}

#[test]
fn through_a_fresh_breach_goes_a_storming_party_and_lodges() {
    // The article: a daring attack through the gap, a flag on a portion of the gate.
    let mut gained = 0;
    for seed in 0..20 {
        let mut b = with_rampart(&besieged().battle(seed), |r| r.breach = 1);
        let target = hex(&b, INNER);
        tell(&mut b, "storm", Task::Assault { target });
        b.end_turn();
        let sent = events(&b, |e| match e {
            Event::PartySent { ladder, men, .. } => Some((*ladder, *men)),
            _ => None,
        });
        assert_eq!(sent, [(false, 90)]);
        gained += events(&b, |e| matches!(e, Event::Lodged { .. }).then_some(())).len();
    }
    assert!((6..=19).contains(&gained), "{gained} of 20");
}

#[test]
fn a_unit_that_watches_a_hex_strikes_the_hour_it_is_lost() {
    // The article: on Yuhuatai the defenders were apt to counterattack, and some Japanese units spent
    // more time defending than attacking.
    let battle = |watches: bool| {
        let mut b = Table::draw(&["......", "......", "......"])
            .unit(Side::Japan, "a", 900, (1, 1))
            .unit(Side::China, "line", 300, (2, 1))
            .unit(Side::China, "reserve", 900, (3, 1))
            .depot(Side::Japan, (0, 1))
            .depot(Side::China, (5, 1))
            .rules(|r| r.hold.base = 60.0)
            .battle(1);
        let target = hex(&b, (2, 1));
        tell(&mut b, "a", Task::Assault { target });
        if watches {
            tell(&mut b, "reserve", Task::Counterattack { target });
        }
        b.end_turn();
        let struck = events(&b, |e| match e {
            Event::StruckBack { unit, at } => Some((*unit, *at)),
            _ => None,
        });
        (struck, place_of(&b, "reserve"))
    };
    let (struck, _) = battle(true);
    assert_eq!(struck.len(), 1);
    let (none, stays) = battle(false);
    assert!(none.is_empty());
    assert_eq!(stays, Some((3, 1)));
}

#[test]
fn a_barricaded_gate_lets_400_men_an_hour_through_and_no_guns_until_engineers_open_it() {
    // The article: the gates were shut and barricaded by 6 December.
    let table = Table::draw(&[
        "........", "........", "........", "........", "........", "........",
    ])
    .wall((3, 1), (6, 4))
    .gate("gate", INNER, OUTER)
    .barricaded()
    .city(Side::China, 1, "centre", 8)
    .place("centre", (5, 2))
    .unit(Side::China, "first", 800, (2, 3))
    .unit(Side::China, "second", 300, (1, 3))
    .battery(Side::China, "guns", (2, 4))
    .engineers(Side::China, "sappers", 200, (3, 3))
    .unit(Side::Japan, "far", 100, (0, 0));
    let mut b = table.battle(1);
    let inside = hex(&b, (4, 3));
    for unit in ["first", "second"] {
        tell(
            &mut b,
            unit,
            Task::March {
                to: inside,
                forced: true,
            },
        );
    }
    tell(
        &mut b,
        "guns",
        Task::March {
            to: inside,
            forced: true,
        },
    );
    b.end_turn();
    let hour_in = |unit: &str| {
        let unit = id(&b, unit);
        b.events().iter().find_map(|l| match l.event {
            Event::Moved { unit: u, to, .. } if u == unit && to == hex(&b, INNER) => Some(l.hour.0),
            _ => None,
        })
    };
    let (first, second) = (hour_in("first"), hour_in("second"));
    let (Some(first), Some(second)) = (first, second) else {
        panic!("both get in: {first:?} {second:?}");
    };
    assert!(
        second >= first + 2,
        "800 men take two hours: {first} {second}"
    );
    assert_eq!(hour_in("guns"), None, "no guns through sandbags");
    let open = deed(&b, Deed::Open);
    tell(&mut b, "sappers", open);
    for _ in 0..3 {
        b.end_turn();
    }
    assert!(rampart(&b).opened);
    tell(
        &mut b,
        "guns",
        Task::March {
            to: inside,
            forced: true,
        },
    );
    b.end_turn();
    b.end_turn();
    assert!(
        b.scenario()
            .map()
            .at(b.position(id(&b, "guns")).unwrap())
            .inside_wall
    );
}

#[test]
fn a_sally_gate_stays_half_open_when_the_others_are_barricaded() {
    // The article: by December 6 all gates had been closed and barricaded; troops still passed Yijiang
    // Gate to the harbor.
    let mut table = besieged();
    table.map.gates[0].sally = true;
    let mut b = table.battle(1);
    b.end_turn();
    assert!(!rampart(&b).barricaded);
    let target = hex(&b, INNER);
    tell(&mut b, "storm", Task::Assault { target });
    b.end_turn();
    assert!(assaults(&b) > 0);
}

/// A minefield of the Chinese side before their works.
fn mined() -> Table {
    Table::draw(&[".......", ".......", "......."])
        .line(
            "mines",
            FeatureKind::Minefield { of: Side::China },
            &[(3, 0), (3, 1), (3, 2)],
        )
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (6, 1))
}

fn struck(b: &Battle) -> Vec<(u32, bool)> {
    events(b, |e| match e {
        Event::MinesStruck { men, fleeing, .. } => Some((*men, *fleeing)),
        _ => None,
    })
}

#[test]
fn mines_take_their_toll_of_those_who_do_not_know_them_and_are_known_from_then_on() {
    // The article: mine fields among the works of the Fukuo Line.
    let mut b = mined()
        .unit(Side::Japan, "a", 1000, (2, 1))
        .unit(Side::China, "b", 1000, (4, 1))
        .unit(Side::Japan, "far", 100, (0, 0))
        .battle(1);
    assert_eq!(b.view(Side::Japan).known_mines().count(), 0);
    assert_eq!(b.view(Side::China).known_mines().count(), 3);
    let to = hex(&b, (3, 1));
    let before = state(&b, "a").condition.cohesion;
    tell(&mut b, "a", Task::Assault { target: to });
    b.end_turn();
    let [(men, false)] = struck(&b)[..] else {
        panic!("{:?}", struck(&b));
    };
    assert!((14..=16).contains(&men), "1.5 % of 1000: {men}");
    assert!(state(&b, "a").condition.cohesion < before - 0.015);
    assert_eq!(
        b.view(Side::Japan)
            .known_mines()
            .map(|m| m.hex)
            .collect::<Vec<_>>(),
        [to]
    );
    // Their owner knows the lanes.
    let mut own = mined()
        .unit(Side::China, "b", 1000, (4, 1))
        .unit(Side::Japan, "far", 100, (0, 0))
        .battle(1);
    tell(&mut own, "b", Task::March { to, forced: true });
    own.end_turn();
    assert_eq!(place_of(&own, "b"), Some((3, 1)));
    assert!(struck(&own).is_empty());
}

#[test]
fn who_flees_through_mines_by_night_loses_four_times_as_many_even_his_own() {
    // The article: the 66th and 83rd Corps ran into their own minefield in the night.
    let flight = |hour: u32, lay: bool| {
        let table = if lay {
            mined()
        } else {
            Table::draw(&[".......", ".......", "......."])
                .depot(Side::Japan, (0, 1))
                .depot(Side::China, (6, 1))
        };
        let b = table
            .unit(Side::China, "b", 1000, (2, 1))
            .unit(Side::Japan, "a", 900, (1, 1))
            .rules(|r| r.hold.base = 60.0)
            .battle(1);
        let mut b = with_unit(&b, "b", |u| {
            u.condition.cohesion = 0.3;
            u.stance.posture = Posture::Routed;
        });
        b = altered(&b, |s| s.clock.hour = Hours(hour));
        let target = hex(&b, (2, 1));
        tell(&mut b, "a", Task::Assault { target });
        b.end_turn();
        struck(&b)
    };
    // 9 o'clock, and one in the morning.
    assert!(flight(0, true).is_empty(), "by day they find the lanes");
    let night = flight(16, true);
    assert!(
        night
            .first()
            .is_some_and(|(men, fleeing)| *fleeing && *men > 25),
        "{night:?}"
    );
    assert!(flight(16, false).is_empty(), "no mines, no losses by mines");
}

#[test]
fn engineers_clear_a_minefield_they_know_of_with_one_chance_in_three_a_turn() {
    // The article: mine fields among the works of the Fukuo Line.
    let mut cleared = 0;
    for seed in 0..60 {
        let mut b = mined()
            .engineers(Side::China, "sappers", 200, (4, 1))
            .unit(Side::Japan, "far", 100, (0, 0))
            .battle(seed);
        let target = hex(&b, (3, 1));
        tell(&mut b, "sappers", Task::ClearMines { target });
        b.end_turn();
        let gone = b.view(Side::China).known_mines().all(|m| m.hex != target);
        assert_eq!(
            events(&b, |e| matches!(e, Event::MinesCleared { .. })
                .then_some(()))
            .len(),
            usize::from(gone)
        );
        cleared += u32::from(gone);
    }
    assert!((11..=31).contains(&cleared), "{cleared} of 60 at 0.35");
}

#[test]
fn men_in_chained_pillboxes_who_obey_their_order_do_not_leave_them() {
    // The article: many pillboxes on Yuhuatai were chained from outside to keep their men from
    // fleeing.
    let fate = |chained: bool, obeys: bool| {
        let mut table = Table::draw(&[".......", "..f....", "......."])
            .unit(Side::Japan, "a", 900, (1, 1))
            .unit(Side::China, "b", 800, (2, 1))
            .depot(Side::Japan, (0, 1))
            .depot(Side::China, (6, 1))
            .rules(|r| r.hold.base = 60.0);
        if chained {
            table = table.chained((2, 1));
        }
        let mut b = with_unit(&table.battle(1), "b", |u| {
            u.stance.obeys_to_the_last = Some(obeys);
            u.ledger.in_contact = true;
        });
        let target = hex(&b, (2, 1));
        tell(&mut b, "a", Task::Assault { target });
        b.end_turn();
        let cut_off = events(&b, |e| match e {
            Event::Yielded { cut_off, .. } => Some(*cut_off),
            _ => None,
        });
        (cut_off[0], state(&b, "b").strength.men(Bin::Killed))
    };
    let (stays, killed) = fate(true, true);
    assert!(stays && killed > 350, "{killed}");
    assert!(!fate(true, false).0, "who does not obey gets out");
    assert!(!fate(false, true).0, "no chains");
}

#[test]
fn orders_at_the_wall_are_refused_with_their_reason() {
    let mut b = moat(besieged())
        .engineers(Side::Japan, "sappers", 240, (0, 1))
        .battery(Side::Japan, "far_guns", (0, 2))
        .unit_with(Side::Japan, "tanks", 100, (1, 3), |u| {
            u.branch = Branch::Armour;
            u.tanks = 10;
        })
        .battle(1);
    b.end_turn();
    let task = |d| deed(&b, d);
    let [breach, bridge, escalade, smoke, open] = Deed::ALL.map(task);
    let not_its_work = |r: &Refusal| matches!(r, Refusal::NotItsWork { .. });
    let not_there = |r: &Refusal| matches!(r, Refusal::NotThere { .. });
    let nothing = |r: &Refusal| matches!(r, Refusal::NothingToDo { .. });
    assert!(not_its_work(&refusal(&mut b, "storm", breach)));
    assert!(not_its_work(&refusal(&mut b, "storm", bridge)));
    assert!(not_its_work(&refusal(&mut b, "tanks", escalade)));
    assert!(not_its_work(&refusal(&mut b, "far_guns", smoke)));
    assert!(not_there(&refusal(&mut b, "sappers", breach)));
    assert!(not_there(&refusal(&mut b, "sappers", bridge)));
    assert!(not_there(&refusal(&mut b, "tanks", smoke)));
    assert!(
        nothing(&refusal(&mut b, "sappers", open)),
        "not in own hands"
    );
    let wet = refusal(&mut b, "storm", escalade);
    assert!(nothing(&wet) && wet.to_string().contains("moat"), "{wet}");
    let inner = hex(&b, INNER);
    let shut = refusal(&mut b, "storm", Task::Assault { target: inner });
    assert!(
        nothing(&shut) && shut.to_string().contains("breach"),
        "{shut}"
    );
    assert!(not_there(&refusal(
        &mut b,
        "tanks",
        Task::Counterattack { target: inner }
    )));
    let mines = Task::ClearMines { target: inner };
    assert!(not_its_work(&refusal(&mut b, "storm", mines)));
    assert!(nothing(&refusal(&mut b, "sappers", mines)));
    let nowhere = Task::Siege {
        deed: Deed::Breach,
        side: SideId(0),
    };
    assert!(nothing(&refusal(&mut b, "sappers", nowhere)));
}
