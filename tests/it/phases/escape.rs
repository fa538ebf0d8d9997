//! Collapse and escape (model §3.9, §3.14, §3.15). The article: most units simply collapsed; a crowd
//! from the south side made for the harbour; hardly any boats were left, the few became so overloaded
//! that they sank; men took to the water on logs, and most were lost; they were fired upon from both
//! sides; others turned back. The 2nd Army crossed on its own accord, just before ships closed the
//! river.

use crate::support::{Table, altered, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{
        Battle, Bin, Cause, Crossed, Crowd, CrowdId, DirectiveKind, Event, FormationMission,
        MissionPosture, Posture, Refusal, Strength, Swam, Task, Term,
    },
    commander::{Commander, General},
    scenario::{Branch, Hours, Side},
};

/// A river along the north with a pier on this bank, and its landing over there.
pub fn bank(boats: &[(&str, u32, Option<&str>)]) -> Table {
    Table::draw(&[
        "............",
        "~~~~~~~~~~~~",
        "............",
        "............",
        "............",
        "............",
    ])
    .crossing(Side::China, (2, 3), (2, 5), boats)
    .unit(Side::China, "men", 3000, (6, 3))
    .unit(Side::China, "others", 400, (11, 3))
    .unit(Side::China, "rear", 300, (0, 0))
    .unit(Side::Japan, "far", 300, (11, 0))
}

/// All men of a unit in a crowd somewhere.
pub fn in_a_crowd(battle: &Battle, unit: &str, at: (u16, u16)) -> Battle {
    let (unit, at) = (id(battle, unit), hex(battle, at));
    altered(battle, |s| {
        let men = s.units[unit.0 as usize].strength.total();
        s.units[unit.0 as usize].strength = Strength::all_in(Bin::Crowd, men);
        s.units[unit.0 as usize].position.hex = None;
        s.crowds.push(Crowd {
            id: CrowdId(s.next_crowd),
            side: battle.scenario().unit(unit).side,
            at,
            progress: 0.0,
            route: Vec::new(),
            men: vec![(unit, men)],
            told: men,
            carry: 0.0,
        });
        s.next_crowd += 1;
    })
}

pub fn crossed(battle: &Battle) -> Vec<Crossed> {
    events(battle, |e| match e {
        Event::Crossed(c) => Some((**c).clone()),
        _ => None,
    })
}

fn swam(battle: &Battle) -> Vec<Swam> {
    events(battle, |e| match e {
        Event::Swam(s) => Some((**s).clone()),
        _ => None,
    })
}

/// An embarked unit at the pier.
fn at_the_pier(battle: &Battle, unit: &str) -> Battle {
    let pier = battle.scenario().crossings()[0].hex;
    with_unit(battle, unit, |u| {
        u.position.hex = Some(pier);
        u.mission.task = Task::Embark { at: pier };
        u.stance.posture = Posture::Withdrawing;
    })
}

#[test]
fn men_out_of_the_ranks_of_a_unit_in_flight_go_to_the_harbour_in_a_crowd() {
    let start = bank(&[("junk", 0, None)]).battle(1);
    let mut b = with_unit(&start, "men", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.1;
        let left = Strength::all_in(Bin::Disordered, 3000);
        u.strength = left;
    });
    b.end_turn();
    let crowds = b.crowds();
    assert!(!crowds.is_empty());
    let men: u32 = crowds.iter().map(|c| c.size()).sum();
    assert_eq!(men, state(&b, "men").strength.men(Bin::Crowd));
    assert!((500..1200).contains(&men), "a quarter in a turn: {men}");
    let pier = b.scenario().crossings()[0].hex;
    let grid = &b.scenario().map().grid;
    let first = crowds.iter().map(|c| grid.distance(c.at, pier)).min();
    assert!(first < Some(4), "on its way");
    assert!(crowds.iter().all(|c| c.side == Side::China));
}

#[test]
fn men_of_a_unit_that_holds_together_do_not_leave_it() {
    let start = bank(&[("junk", 0, None)]).battle(1);
    let mut b = with_unit(&start, "men", |u| {
        u.strength = Strength::all_in(Bin::Disordered, 3000);
    });
    b.end_turn();
    assert!(b.crowds().is_empty());
}

#[test]
fn men_of_a_shaken_unit_that_has_lost_its_headquarters_leave_it() {
    let table = || {
        bank(&[("junk", 0, None)]).unit_with(Side::China, "hq", 100, (10, 3), |u| {
            u.branch = Branch::Headquarters;
        })
    };
    let shaken = |b: &Battle| {
        with_unit(b, "men", |u| {
            u.strength = Strength::all_in(Bin::Disordered, 3000);
            u.condition.cohesion = 0.40;
        })
    };
    let mut with = shaken(&table().battle(1));
    with.end_turn();
    let mut without = with_unit(&shaken(&table().battle(1)), "hq", |u| {
        u.strength = Strength::all_in(Bin::Captured, 100);
        u.position.hex = None;
    });
    without.end_turn();
    let gone = |b: &Battle| state(b, "men").strength.men(Bin::Crowd);
    assert!(
        gone(&without) > 3 * gone(&with),
        "{} {}",
        gone(&without),
        gone(&with)
    );
}

#[test]
fn in_the_city_some_cast_off_their_uniforms() {
    // The article: soldiers often casting off their weapons and uniforms in the streets.
    let start = Table::draw(&[".....~.", ".ccc...", ".ccc...", "......."])
        .wall((1, 1), (3, 2))
        .gate("gate", (3, 1), (4, 1))
        .crossing(Side::China, (4, 3), (6, 3), &[("junk", 0, None)])
        .unit(Side::China, "men", 3000, (2, 1))
        .unit(Side::China, "others", 400, (0, 3))
        .unit(Side::Japan, "far", 300, (6, 0))
        .control(Side::China, (2, 1), 2.0)
        .battle(1);
    let mut b = with_unit(&start, "men", |u| {
        u.stance.posture = Posture::Routed;
        u.condition.cohesion = 0.1;
        u.strength = Strength::all_in(Bin::Disordered, 3000);
    });
    b.end_turn();
    let men = state(&b, "men").strength;
    assert!(men.men(Bin::Hidden) > 200, "{men:?}");
    assert!(men.men(Bin::Crowd) > 200, "{men:?}");
}

#[test]
fn crowds_that_meet_go_on_as_one_and_nobody_is_lost_by_it() {
    let start = bank(&[("junk", 0, None)])
        .rules(|r| r.escape.swim = 0.0)
        .battle(1);
    let b = in_a_crowd(&start, "men", (6, 3));
    let mut b = in_a_crowd(&b, "others", (7, 3));
    for _ in 0..3 {
        b.end_turn();
    }
    let crowds = b.crowds();
    assert_eq!(crowds.len(), 1, "{crowds:?}");
    assert_eq!(crowds[0].size(), 3400);
    assert_eq!(crowds[0].men.len(), 2);
    assert_eq!(crowds[0].id, CrowdId(0), "the first");
    let told = events(&b, |e| matches!(e, Event::CrowdMerged(..)).then_some(()));
    assert_eq!(told.len(), 1);
}

#[test]
fn boats_loaded_in_order_carry_more_than_in_panic() {
    let start = bank(&[("junk", 30, None)]).battle(1);
    let mut order = at_the_pier(&start, "men");
    order.end_turn();
    let mut panic = in_a_crowd(&start, "men", (2, 3));
    panic.end_turn();
    let (order, panic) = (&crossed(&order)[0], &crossed(&panic)[0]);
    assert!(!order.panic && panic.panic);
    // 30 junks of 20 seats and 0.4 trips: 240 an hour if all went well.
    assert!((190..=193).contains(&order.across), "{order:?}");
    assert!((35..=62).contains(&panic.across), "{panic:?}");
    let terms = |c: &Crossed| c.why.terms.iter().map(|(t, _)| *t).collect::<Vec<_>>();
    assert_eq!(terms(order), [Term::Loading]);
    assert_eq!(terms(panic), [Term::Panic, Term::Overload]);
}

#[test]
fn a_unit_that_has_crossed_is_brought_out() {
    let start = bank(&[("launch", 8, None)]).battle(1);
    let mut b = at_the_pier(&start, "men");
    b.end_turn();
    let men = state(&b, "men");
    assert_eq!(men.position.hex, None);
    assert_eq!(men.strength.men(Bin::Escaped), 3000);
    let left = events(&b, |e| match e {
        Event::Left { escaped, .. } => Some(*escaped),
        _ => None,
    });
    assert_eq!(left, [true]);
}

#[test]
fn overloaded_boats_sink_and_most_of_those_in_them_drown() {
    // The article: the few craft soon became so overloaded that they sank midway.
    let start = bank(&[("junk", 10, None)])
        .rules(|r| r.escape.swim = 0.0)
        .battle(3);
    let mut b = in_a_crowd(&start, "men", (2, 3));
    for _ in 0..2 {
        b.end_turn();
    }
    let all = crossed(&b);
    let drowned: u32 = all.iter().map(|c| c.drowned).sum();
    let lost: u32 = all.iter().map(|c| c.boats_lost).sum();
    assert!(drowned > 20, "{drowned}");
    assert!((1..10).contains(&lost), "{lost}");
    assert_eq!(state(&b, "men").strength.men(Bin::Drowned), drowned);
    assert_eq!(b.berths()[0].boats, 10 - lost);
}

#[test]
fn men_without_boats_take_to_the_water_and_most_are_lost() {
    let start = bank(&[("junk", 0, None)]).battle(1);
    let mut b = in_a_crowd(&start, "men", (2, 3));
    b.end_turn();
    let told = swam(&b);
    assert_eq!(told.len(), 4, "every hour");
    let drowned: u32 = told.iter().map(|s| s.drowned).sum();
    let across: u32 = told.iter().map(|s| s.across).sum();
    assert!((270..=320).contains(&(drowned + across)), "a tenth a turn");
    assert!(drowned > across, "{drowned} {across}");
    let men = state(&b, "men").strength;
    assert_eq!(men.men(Bin::Drowned), drowned);
    assert_eq!(men.men(Bin::Escaped), across);
}

/// A gunboat off the pier.
fn gunboat(t: Table) -> Table {
    t.unit_with(Side::Japan, "boat", 100, (3, 4), |u| {
        u.branch = Branch::Naval;
        u.guns = 4;
        u.gun_class = Some("naval_120".into());
    })
}

#[test]
fn ships_on_the_river_turn_boats_back_and_cost_lives() {
    let free = bank(&[("junk", 30, None)]);
    let mut free = at_the_pier(&free.battle(1), "men");
    free.end_turn();
    let barred = gunboat(bank(&[("junk", 30, None)]));
    let mut barred = at_the_pier(&barred.battle(1), "men");
    barred.end_turn();
    let sum = |b: &Battle, of: fn(&Crossed) -> u32| crossed(b).iter().map(of).sum::<u32>();
    assert!(sum(&barred, |c| c.across) * 3 < sum(&free, |c| c.across));
    assert_eq!(sum(&free, |c| c.drowned), 0);
    assert!(sum(&barred, |c| c.drowned) > 50);
    assert!(sum(&barred, |c| c.turned_back) > 50);
    assert!(sum(&barred, |c| c.boats_lost) > 0);
    assert!(
        crossed(&barred)[0]
            .why
            .terms
            .iter()
            .any(|(t, _)| *t == Term::Blockade)
    );
}

#[test]
fn fire_from_a_bank_in_enemy_hands_hits_those_who_cross() {
    // The article: they found themselves being fired upon from both sides of the river.
    let start = bank(&[("junk", 30, None)]).unit(Side::Japan, "over", 900, (4, 5));
    let mut b = at_the_pier(&start.battle(1), "men");
    b.end_turn();
    let told = &crossed(&b)[0];
    assert!(told.why.terms.iter().any(|(t, _)| *t == Term::BankFire));
    assert!(told.drowned + told.turned_back > 0, "{told:?}");
}

#[test]
fn nobody_lands_where_the_enemy_has_taken_the_landing() {
    // The article: Pukou was occupied less than a day after Tang had passed through it.
    let start = bank(&[("junk", 30, None)]).unit(Side::Japan, "over", 900, (2, 5));
    let mut b = at_the_pier(&start.battle(1), "men");
    b.end_turn();
    assert!(crossed(&b).is_empty());
    assert_eq!(state(&b, "men").strength.men(Bin::Escaped), 0);
}

#[test]
fn boats_fall_into_the_hands_of_whoever_takes_the_pier() {
    let start =
        bank(&[("junk", 30, None), ("launch", 2, None)]).unit(Side::Japan, "there", 900, (2, 3));
    let mut b = start.battle(1);
    b.end_turn();
    let taken = events(&b, |e| match e {
        Event::BoatsTaken(t) => Some((t.boats, t.by)),
        _ => None,
    });
    assert_eq!(taken, [(32, Side::Japan)], "told once");
    assert!(b.berths().iter().all(|berth| berth.boats == 0));
}

#[test]
fn a_crowd_that_the_enemy_comes_up_to_is_captured() {
    let start = bank(&[("junk", 0, None)]).unit(Side::Japan, "near", 900, (2, 2));
    let mut b = in_a_crowd(&start.battle(1), "men", (1, 2));
    b.end_turn();
    let men = state(&b, "men").strength;
    assert!(men.men(Bin::Captured) > 300, "{men:?}");
    let causes = events(&b, |e| match e {
        Event::Men {
            to: Bin::Captured,
            cause,
            ..
        } => Some(*cause),
        _ => None,
    });
    assert!(causes.iter().all(|c| *c == Cause::Overrun), "{causes:?}");
}

#[test]
fn boats_that_a_formation_keeps_carry_its_own_men_alone() {
    let start = bank(&[("junk", 30, Some("china"))])
        .rules(|r| r.escape.swim = 0.0)
        .battle(1);
    let mut b = at_the_pier(&in_a_crowd(&start, "others", (2, 3)), "men");
    b.end_turn();
    let all = crossed(&b);
    assert!(!all.is_empty() && all.iter().all(|c| c.owner.is_some() && !c.panic));
    assert_eq!(state(&b, "others").strength.men(Bin::Escaped), 0);
    assert!(state(&b, "men").strength.men(Bin::Escaped) > 500);
}

#[test]
fn nobody_embarks_without_permission_unless_the_boats_are_his_own() {
    let forbidden = |boats: &[(&str, u32, Option<&str>)]| {
        bank(boats)
            .doctrine(Side::China, |d| d.withdrawal_permitted = false)
            .battle(1)
    };
    let mut public = forbidden(&[("junk", 30, None)]);
    let pier = public.scenario().crossings()[0].hex;
    let refused = refusal(&mut public, "men", Task::Embark { at: pier });
    assert!(matches!(refused, Refusal::NotPermitted { .. }), "{refused}");
    let mut kept = forbidden(&[("junk", 30, Some("china"))]);
    tell(&mut kept, "men", Task::Embark { at: pier });
    let dry = hex(&kept, (5, 2));
    let refused = refusal(&mut kept, "men", Task::Embark { at: dry });
    assert!(matches!(refused, Refusal::NothingToDo { .. }), "{refused}");
}

#[test]
fn what_is_foretold_of_an_orderly_crossing_is_what_happens() {
    let start = bank(&[("junk", 30, None), ("launch", 1, None)]).battle(1);
    let mut b = at_the_pier(&start, "men");
    let formation = b.scenario().unit(id(&b, "men")).formation;
    let told = b.view(Side::China).ferry(0, formation, 3000).unwrap();
    let before = b.view(Side::China).embarkation(id(&b, "men"), 0).unwrap();
    assert_eq!(
        (&before.loading, before.panic, before.before),
        (&told, false, 0)
    );
    b.end_turn();
    let first = &crossed(&b)[0];
    assert_eq!(told.why, first.why);
    assert!((told.why.result - f64::from(first.across)).abs() < 1.0);
}

#[test]
fn what_is_foretold_of_a_crossing_counts_a_crowd_that_takes_the_boats() {
    let start = bank(&[("junk", 30, None), ("launch", 1, None)]).battle(1);
    let calm = at_the_pier(&start, "others");
    let mut pressed = in_a_crowd(&calm, "men", (2, 3));
    let told = |b: &Battle| {
        let view = b.view(Side::China);
        view.embarkation(id(b, "others"), 0).unwrap()
    };
    assert!(!told(&calm).panic && told(&calm).crowd == 0);
    let before = told(&pressed);
    assert!(before.panic && before.crowd == 3000 && before.safe() < told(&calm).safe());
    pressed.end_turn();
    let first = &crossed(&pressed)[0];
    assert!(first.panic);
    assert_eq!(before.loading.why, first.why);
}

#[test]
fn boats_can_be_added_and_a_river_closed_by_those_who_write_scenarios() {
    let start = at_the_pier(&bank(&[("junk", 30, None)]).battle(1), "men");
    let mut more = altered(&start, |s| {
        assert_eq!(s.ferries.change(0, 0, None, 4), 4);
    });
    more.end_turn();
    let mut shut = altered(&start, |s| {
        assert!(s.ferries.close(Side::China, Some(Hours(2))));
    });
    shut.end_turn();
    let mut plain = altered(&start, |_| {});
    plain.end_turn();
    let out = |b: &Battle| state(b, "men").strength.men(Bin::Escaped);
    assert!(out(&more) > 2 * out(&plain));
    assert!(
        out(&shut) < out(&plain) && out(&shut) > 0,
        "two hours of four"
    );
    assert!(shut.digest() != plain.digest());
}

#[test]
fn a_view_shows_ones_own_crowds_and_boats_and_of_the_enemys_what_is_near() {
    let start = bank(&[("junk", 30, None)]).battle(1);
    let b = in_a_crowd(&start, "men", (2, 3));
    assert_eq!(b.view(Side::China).crowds().len(), 1);
    assert_eq!(b.view(Side::China).berths().count(), 1);
    assert!(b.view(Side::Japan).crowds().is_empty());
    assert_eq!(b.view(Side::Japan).berths().count(), 0);
    let pier = hex(&b, (2, 3));
    assert_eq!(b.crowd_near(Side::China, pier, 1.0), 3000);
    assert_eq!(b.crowd_near(Side::Japan, pier, 1.0), 0);
    let near = with_unit(&b, "far", |u| u.position.hex = Some(hex(&b, (3, 2))));
    assert_eq!(near.view(Side::Japan).crowds().len(), 1);
}

/// A walled town with two gates and a pier outside; who keeps the boats may leave.
fn town() -> Table {
    Table::draw(&["........~.", "..ccc.....", "..ccc.....", ".........."])
        .wall((2, 1), (4, 2))
        .gate("west", (2, 1), (1, 1))
        .gate("east", (4, 1), (5, 1))
        .place("centre", (3, 2))
        .city(Side::China, 2, "centre", 8)
        .crossing(Side::China, (7, 3), (9, 3), &[("junk", 30, Some("china"))])
        .unit(Side::China, "garrison", 500, (3, 1))
        .unit(Side::China, "outside", 900, (7, 2))
        .unit(Side::Japan, "foe", 300, (0, 0))
        .control(Side::China, (3, 1), 2.0)
        .doctrine(Side::China, |d| d.withdrawal_permitted = false)
}

/// Gates in enemy hands.
fn gates_taken(b: &Battle, gates: &[(u16, u16)]) -> Battle {
    let gates: Vec<_> = gates.iter().map(|g| hex(b, *g)).collect();
    altered(b, |s| {
        for gate in &gates {
            s.field.control[gate.index()] = Some(Side::Japan);
        }
    })
}

#[test]
fn those_who_have_boats_leave_when_their_commander_judges_the_city_lost_and_not_before() {
    // The article: Xu had heard that Nanking had been captured, and withdrew on his own accord.
    let start = town().battle(1);
    let embarks = |b: &Battle| {
        let orders = General::default().orders(&b.view(Side::China));
        let outside = id(b, "outside");
        orders.iter().any(|o| {
            matches!(o, nanking::battle::Order::Unit { unit, task: Task::Embark { .. }, .. } if *unit == outside)
        })
    };
    assert!(!embarks(&start));
    assert!(!embarks(&gates_taken(&start, &[(2, 1)])), "one gate of two");
    assert!(embarks(&gates_taken(&start, &[(2, 1), (4, 1)])));
}

#[test]
fn who_has_been_sent_off_by_a_way_that_ends_at_a_pier_embarks_there_and_does_not_wait() {
    // The article: an orderly withdrawal may have been possible; the 36th Division and others went by
    // the harbour, others by land.
    let start = town().battle(1);
    let china = start.scenario().formation_by_id("china").expect("there").0 as usize;
    let sent = |to: (u16, u16), begun: bool| {
        let objective = hex(&start, to);
        let b = altered(&start, |s| {
            let standing = &mut s.headquarters[china].standing;
            standing.directive.kind = DirectiveKind::BreakOut;
            standing.begun = begun;
            s.commissions[china].mission = Some(FormationMission {
                objective,
                posture: MissionPosture::Withdraw,
                may_withdraw: true,
            });
        });
        let orders = General::default().orders(&b.view(Side::China));
        let outside = id(&b, "outside");
        orders.iter().any(|o| {
            matches!(o, nanking::battle::Order::Unit { unit, task: Task::Embark { .. }, .. } if *unit == outside)
        })
    };
    assert!(sent((8, 3), true));
    assert!(!sent((8, 3), false), "its hour has not come");
    assert!(!sent((0, 3), true), "it goes by land");
}

#[test]
fn the_computers_unit_gets_across() {
    let mut b = gates_taken(&town().battle(1), &[(2, 1), (4, 1)]);
    let mut general = General::default();
    for _ in 0..4 {
        let orders = general.orders(&b.view(Side::China));
        assert!(b.orders(Side::China, &orders).is_empty());
        b.end_turn();
    }
    assert!(state(&b, "outside").strength.men(Bin::Escaped) > 500);
    assert_ne!(place_of(&b, "outside"), Some((7, 2)));
}

/// The town with the enemy in it: lost at the end of the turn.
pub fn fallen() -> Battle {
    let start = town()
        .unit(Side::Japan, "within", 800, (2, 2))
        .unit(Side::Japan, "before", 800, (1, 1))
        .unit(Side::China, "gone", 600, (3, 2))
        .battle(1);
    let b = in_a_crowd(&start, "gone", (4, 2));
    let held = [(2, 1), (4, 1), (3, 2), (2, 2)].map(|h| hex(&b, h));
    let mut b = altered(&b, |s| {
        for h in held {
            s.field.control[h.index()] = Some(Side::Japan);
        }
    });
    b.end_turn();
    assert!(b.city_lost().is_some());
    b
}

#[test]
fn once_the_city_is_lost_nothing_inside_its_walls_is_ordered() {
    let mut b = fallen();
    let (inside, gate) = (hex(&b, (3, 1)), hex(&b, (2, 1)));
    let refused = refusal(&mut b, "within", Task::Rest);
    assert_eq!(refused, Refusal::CityLost);
    for task in [
        Task::March {
            to: inside,
            forced: false,
        },
        Task::Assault { target: gate },
        Task::Withdraw { to: gate },
    ] {
        assert_eq!(
            refusal(&mut b, "before", task),
            Refusal::CityLost,
            "{task:?}"
        );
    }
    tell(&mut b, "outside", Task::Rest);
}

#[test]
fn once_the_city_is_lost_no_man_inside_its_walls_is_killed_or_found() {
    let mut b = fallen();
    let seen = b.next_event();
    b.end_turn();
    b.end_turn();
    let lost = b.city_lost().unwrap().0;
    assert!(
        b.crowds()
            .iter()
            .all(|c| c.side == Side::China && !inside(&b, c.at))
    );
    for logged in b.events_since(seen) {
        let Event::Men {
            unit, cause, to, ..
        } = &logged.event
        else {
            continue;
        };
        let name = b.scenario().unit(*unit).text_id.as_str();
        if ["within", "garrison", "gone"].contains(&name) {
            // To their bins at once, in the first hour, and never again.
            assert_eq!((*cause, logged.hour), (Cause::CityLost, lost), "{logged:?}");
            assert!(matches!(to, Bin::Hidden | Bin::Captured));
        }
    }
    let gone = state(&b, "gone").strength;
    assert_eq!(gone.men(Bin::Crowd), 0);
    assert_eq!(place_of(&b, "within"), Some((2, 2)), "and nobody moves");
}

fn inside(b: &Battle, hex: nanking::scenario::Hex) -> bool {
    b.scenario().map().at(hex).inside_wall
}

#[test]
fn outside_the_walls_those_who_can_still_cross() {
    let mut b = fallen();
    let pier = b.scenario().crossings()[0].hex;
    tell(&mut b, "outside", Task::Embark { at: pier });
    b.end_turn();
    b.end_turn();
    assert!(state(&b, "outside").strength.men(Bin::Escaped) > 300);
}

#[test]
fn who_waits_on_the_bank_when_the_battle_ends_is_captured_or_missing() {
    let b = fallen();
    let mut b = in_a_crowd(&b, "outside", (7, 3));
    let before = state(&b, "outside").strength.total();
    while b.end().is_none() {
        b.end_turn();
    }
    let men = state(&b, "outside").strength;
    assert_eq!(men.men(Bin::Crowd), 0);
    assert!(
        men.men(Bin::Captured) > 0 && men.total() == before,
        "{men:?}"
    );
    assert!(b.crowds().is_empty());
}
