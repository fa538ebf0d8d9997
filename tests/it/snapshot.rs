//! Snapshots: restoring one and playing on is playing on, also after it was written and read; what a
//! side assumes holds nothing it has not seen; the digest overlooks nothing (architecture §2.4).

use crate::{
    retelling::{Choices, SKIRMISH, battle, play_turn},
    support::{Table, altered, hex, id, tell},
};
use nanking::{
    battle::{
        AirMission, Battle, Posture, Randomness, Snapshot, Strength, Task,
        order::{FormationMission, MissionPosture},
        strength::Bin,
    },
    scenario::{Hex, Hours, Scenario, Side, map::WorksLevel},
};
use std::sync::Arc;

fn restored(scenario: &Arc<Scenario>, snapshot: Snapshot) -> Battle {
    Battle::restore(Arc::clone(scenario), snapshot)
}

/// Written as text and read again.
fn through_text(snapshot: &Snapshot) -> Snapshot {
    let text = ron::to_string(snapshot).expect("a snapshot can be written");
    ron::from_str(&text).expect("and read")
}

#[test]
fn going_on_from_a_snapshot_is_going_on() {
    for seed in 0..8 {
        let mut straight = battle(seed);
        let mut choices = Choices(seed);
        for turn in 0..10 {
            let mut copy = restored(&SKIRMISH, straight.snapshot());
            let mut read = restored(&SKIRMISH, through_text(&straight.snapshot()));
            assert_eq!(copy.digest(), straight.digest());
            let from = straight.next_event();
            let mut again = Choices(choices.0);
            let mut third = Choices(choices.0);
            play_turn(&mut straight, &mut choices);
            play_turn(&mut copy, &mut again);
            play_turn(&mut read, &mut third);
            assert_eq!(copy.digest(), straight.digest(), "turn {turn}");
            assert_eq!(read.digest(), straight.digest(), "turn {turn}");
            assert_eq!(copy.events(), straight.events_since(from));
            assert_eq!(copy.snapshot(), straight.snapshot());
            assert_eq!(
                through_text(&read.snapshot()),
                through_text(&straight.snapshot())
            );
        }
    }
}

#[test]
fn orders_not_yet_resolved_are_kept() {
    let mut straight = battle(3);
    let to = hex(&straight, (3, 3));
    tell(&mut straight, "c2", Task::March { to, forced: false });
    let mut copy = restored(&SKIRMISH, through_text(&straight.snapshot()));
    assert_eq!(copy.standing(Side::China), straight.standing(Side::China));
    straight.end_turn();
    copy.end_turn();
    assert_eq!(copy.digest(), straight.digest());
}

#[test]
fn a_supply_source_that_opens_with_the_turn_is_no_exception() {
    // The lines of the turn before are kept until the turn's own are traced.
    let table = || {
        let mut t = Table::draw(&[".......", ".......", ".......", ".......", "......."])
            .unit(Side::Japan, "a", 900, (1, 2))
            .unit(Side::China, "b", 800, (2, 2))
            .depot(Side::Japan, (0, 2))
            .depot(Side::China, (6, 4))
            .depot(Side::China, (2, 0))
            .rules(|r| r.hold.base = 60.0);
        t.scenario.supply[2].from = Some("1937-12-05T13:00".into());
        t.build()
    };
    let scenario = table();
    let mut straight = Battle::new(Arc::clone(&scenario), 5, Randomness::Sampled);
    straight.end_turn();
    let mut read = restored(&scenario, through_text(&straight.snapshot()));
    for b in [&mut straight, &mut read] {
        let target = hex(b, (2, 2));
        tell(b, "a", Task::Assault { target });
        b.end_turn();
    }
    assert_eq!(
        read.position(id(&read, "b")),
        straight.position(id(&straight, "b"))
    );
    assert_eq!(read.digest(), straight.digest());
}

#[test]
fn a_magazine_lost_with_the_city_is_no_exception() {
    let straight = {
        let mut t = Table::draw(&[
            "..........",
            "..........",
            "..........",
            "..........",
            "..........",
            "..........",
            "..........",
        ])
        .wall((4, 1), (8, 5))
        .gate("west_gate", (4, 3), (3, 3))
        .place("centre", (6, 3))
        .city(Side::China, 1, "centre", 12)
        .unit(Side::Japan, "a", 900, (3, 3))
        .unit(Side::China, "out", 500, (9, 6))
        .depot(Side::China, (8, 5));
        t.scenario.supply[0].magazine = true;
        let b = t.battle(1);
        let held = [(4, 3), (6, 3)].map(|at| hex(&b, at));
        let mut b = altered(&b, |s| {
            for h in held {
                s.field.control[h.index()] = Some(Side::Japan);
            }
        });
        b.end_turn();
        assert!(b.city_lost().is_some());
        b
    };
    let read = restored(straight.scenario(), through_text(&straight.snapshot()));
    assert_eq!(read.snapshot().reach, straight.snapshot().reach);
}

/// A hidden Chinese force in the far east on ground that is all Chinese, a known one before the
/// Japanese unit in the west.
fn fogged() -> Arc<Scenario> {
    let row = ".".repeat(30);
    let rows = [row.as_str(); 3];
    let road: Vec<(u16, u16)> = (12..30).map(|c| (c, 1)).collect();
    Table::draw(&rows)
        .road(&road)
        .control(Side::China, (21, 1), 10.0)
        .unit(Side::Japan, "a", 800, (1, 1))
        .unit(Side::China, "known", 700, (2, 1))
        .unit(Side::China, "hidden", 4000, (20, 1))
        .unit(Side::China, "other", 500, (22, 1))
        .depot(Side::Japan, (0, 1))
        .depot(Side::China, (29, 1))
        .build()
}

#[test]
fn what_is_assumed_has_the_seen_as_estimated_and_the_unseen_off_the_board() {
    let mut b = Battle::new(fogged(), 4, Randomness::Sampled);
    b.end_turn();
    let view = b.view(Side::Japan);
    let assumed = view.assume(1);
    let of = |unit| &assumed.units[id(&b, unit).0 as usize];
    let contact = view.enemies()[0].contact;
    assert_eq!(view.enemies().len(), 1);
    assert_eq!(of("known").position.hex, Some(contact.hex));
    assert_eq!(of("known").strength.formed(), contact.men);
    assert_eq!(of("hidden").position.hex, None);
    assert_eq!(of("hidden").strength.present(), 0);
    let (own, real) = (of("a"), b.unit(id(&b, "a")).expect("own"));
    assert_eq!(*own, real, "one's own as they are");
    let mut ahead = restored(b.scenario(), assumed.clone());
    ahead.end_turn();
    assert_eq!(ahead.turn().0, b.turn().0 + 1);
    // Luck of its own.
    assert_ne!(assumed.dice, b.snapshot().dice);
    assert_ne!(assumed.dice, view.assume(2).dice);
}

#[test]
fn what_is_assumed_does_not_change_with_what_is_hidden() {
    let quiet = {
        let mut b = Battle::new(fogged(), 4, Randomness::Sampled);
        b.end_turn();
        b
    };
    // The same battle, but the unseen marched along their road behind the front.
    let busy = {
        let mut b = Battle::new(fogged(), 4, Randomness::Sampled);
        let to = hex(&b, (15, 1));
        tell(&mut b, "hidden", Task::March { to, forced: true });
        tell(&mut b, "other", Task::Rest);
        b.end_turn();
        b
    };
    assert_ne!(quiet.digest(), busy.digest());
    assert_eq!(
        quiet.view(Side::Japan).assume(1),
        busy.view(Side::Japan).assume(1)
    );
    // And the same after any change of what is hidden.
    let far = hex(&quiet, (28, 2));
    let unit = id(&quiet, "hidden").0 as usize;
    let other = altered(&quiet, |s| {
        s.units[unit].position.hex = Some(far);
        s.units[unit].strength = Strength::all_in(Bin::Killed, 4000);
        s.units[unit].condition.cohesion = 0.1;
        s.units[unit].stance.posture = Posture::Routed;
        s.commissions[0].mission = Some(FormationMission {
            objective: far,
            posture: MissionPosture::Attack,
            may_withdraw: false,
        });
    });
    assert_eq!(
        quiet.view(Side::Japan).assume(1),
        other.view(Side::Japan).assume(1)
    );
}

#[test]
fn the_digest_tells_apart_states_that_would_go_on_differently() {
    let mut b = battle(9);
    let mut choices = Choices(9);
    for _ in 0..3 {
        play_turn(&mut b, &mut choices);
    }
    let base = b.snapshot();
    let digest = |s: Snapshot| restored(&SKIRMISH, s).digest();
    assert_eq!(digest(base.clone()), b.digest());
    type Change = (&'static str, fn(&mut Snapshot));
    let unit = |s: &Snapshot| {
        let on_map = |u: &nanking::battle::UnitState| u.position.hex.is_some();
        assert!(on_map(&s.units[0]), "the first unit is on the map");
    };
    unit(&base);
    let changes: [Change; 32] = [
        ("hour", |s| s.clock.hour.0 += 4),
        ("fog", |s| s.clock.fog ^= true),
        ("forage", |s| s.field.forage[3] -= 0.1),
        ("control", |s| {
            s.field.control[3] = s.field.control[3].xor(Some(Side::China))
        }),
        ("traffic", |s| s.field.traffic.push((Hex(119), 900.0))),
        ("city lost", |s| s.field.city_lost = Some((99, Side::Japan))),
        ("lines", |s| s.field.lines_reached[0].push(7)),
        ("fire", |s| {
            s.blaze.set(Hex(7), nanking::battle::Char::Burning)
        }),
        ("air", |s| s.air.0[0] = AirMission::Bomb { target: Hex(77) }),
        ("place", |s| s.tenures[0].contested ^= true),
        ("men", |s| {
            s.units[0]
                .strength
                .add(&Strength::all_in(Bin::Disordered, 1))
        }),
        ("hex", |s| s.units[0].position.hex = Some(Hex(0))),
        ("progress", |s| s.units[0].position.progress += 1.0),
        ("since", |s| s.units[0].position.since.0 += 1),
        ("taken", |s| s.units[0].position.taken ^= true),
        ("cohesion", |s| s.units[0].condition.cohesion *= 0.999),
        ("suppression", |s| s.units[0].condition.suppression += 0.01),
        ("isolated", |s| s.units[0].condition.isolated ^= true),
        ("posture", |s| s.units[0].stance.posture = Posture::Routed),
        ("digging", |s| {
            s.units[0].stance.entrenched = WorksLevel::Fortified
        }),
        ("obedience", |s| {
            let obeys = &mut s.units[0].stance.obeys_to_the_last;
            *obeys = Some(*obeys != Some(true));
        }),
        ("task", |s| {
            s.units[0].mission.task = Task::Assault { target: Hex(77) }
        }),
        ("start", |s| s.units[0].mission.start_at = Some(Hours(90))),
        ("order's age", |s| s.units[0].mission.since.0 += 1),
        ("route", |s| s.units[0].mission.route = vec![Hex(1), Hex(2)]),
        ("marched", |s| s.units[0].ledger.marched ^= 4),
        ("losses", |s| s.units[0].ledger.losses[2] += 1),
        ("contact", |s| s.units[0].ledger.in_contact ^= true),
        ("mission", |s| {
            s.commissions[0].mission = Some(FormationMission {
                objective: Hex(8),
                posture: MissionPosture::Delay,
                may_withdraw: true,
            });
        }),
        ("way of the route", |s| {
            s.units[0].mission.route = vec![Hex(1), Hex(3)];
        }),
        ("seed", |s| {
            s.dice = nanking::battle::dice::Dice::new(1, Randomness::Sampled)
        }),
        ("luck", |s| s.dice = s.dice.aside(3)),
    ];
    let mut seen = vec![b.digest()];
    for (name, change) in changes {
        let mut other = base.clone();
        change(&mut other);
        assert_ne!(other, base, "{name}: the test changes nothing");
        let digest = digest(other);
        assert!(!seen.contains(&digest), "{name} is overlooked");
        seen.push(digest);
    }
}
