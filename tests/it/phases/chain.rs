//! The chain of command: orders on their way, headquarters, directives, barrier troops (model §3.11).

use crate::support::{Table, altered, events, hex, id, place_of, tell, with_unit};
use nanking::{
    battle::{
        Authority, Battle, Bin, CommandEvent, Directive, DirectiveKind, Event, FormationMission,
        Message, MissionPosture, Order, OrderStatus, Refusal, Severed, Snapshot, Task,
        command::{Dispatch, Means},
    },
    scenario::{Echelon, FormationId, Hours, Options, Scenario, Side, command::StaffFile},
};
use std::sync::Arc;

pub fn staff() -> StaffFile {
    StaffFile {
        wire: true,
        radio: false,
        shares: false,
        off_map: false,
        apart: false,
        initiative: 0.0,
        way_out: None,
        source: "invented for a test".into(),
        confidence: nanking::scenario::Confidence::Low,
    }
}

/// Adds a formation under another.
pub fn under(
    mut t: Table,
    id: &str,
    parent: &str,
    echelon: Echelon,
    adjust: impl FnOnce(&mut StaffFile),
) -> Table {
    let mut formation = t
        .scenario
        .formations
        .iter()
        .find(|f| f.id == parent)
        .expect("a parent")
        .clone();
    formation.id = id.into();
    formation.name = id.into();
    formation.parent = Some(parent.into());
    formation.echelon = echelon;
    let mut own = staff();
    adjust(&mut own);
    formation.staff = Some(own);
    t.scenario.formations.push(formation);
    t
}

/// Garrison, corps and two divisions, a unit each; a Japanese battalion far off.
pub fn garrison() -> Table {
    let row = ".".repeat(24);
    let mut t = Table::draw(&[row.as_str(); 5]);
    t.scenario.formations[0].echelon = Echelon::ArmyGroup;
    let t = under(t, "corps", "china", Echelon::Corps, |_| {});
    let t = under(t, "first", "corps", Echelon::Division, |_| {});
    let t = under(t, "second", "corps", Echelon::Division, |_| {});
    let of = |formation: &'static str| {
        move |u: &mut nanking::scenario::file::UnitFile| u.formation = formation.into()
    };
    t.unit_with(Side::China, "staff", 100, (2, 2), |u| {
        u.branch = nanking::scenario::Branch::Headquarters;
    })
    .unit_with(Side::China, "corps_troops", 300, (4, 2), of("corps"))
    .unit_with(Side::China, "a", 900, (6, 2), of("first"))
    .unit_with(Side::China, "b", 800, (8, 3), of("second"))
    .unit(Side::Japan, "enemy", 800, (23, 0))
    .depot(Side::China, (0, 0))
    .depot(Side::Japan, (23, 1))
}

/// No leg takes longer than a few minutes, no order is garbled.
pub fn swift(r: &mut nanking::scenario::Rules) {
    let c = &mut r.command;
    c.wire_hours = 0.001;
    c.radio_hours = 0.001;
    c.runner_hours = 0.001;
    c.garbled = 0.0;
}

/// No order arrives within the battle.
pub fn slow(r: &mut nanking::scenario::Rules) {
    let c = &mut r.command;
    c.wire_hours = 1e6;
    c.radio_hours = 1e6;
    c.runner_hours = 1e6;
    c.cut_hours = 1e6;
}

pub fn formation(b: &Battle, text_id: &str) -> FormationId {
    b.scenario().formation_by_id(text_id).expect("a formation")
}

pub fn mission(b: &Battle, to: (u16, u16), posture: MissionPosture) -> FormationMission {
    FormationMission {
        objective: hex(b, to),
        posture,
        may_withdraw: false,
    }
}

pub fn commission(b: &mut Battle, whom: &str, mission: FormationMission, start_at: Option<u32>) {
    let order = Order::Formation {
        formation: formation(b, whom),
        mission,
        start_at: start_at.map(Hours),
    };
    b.order(Side::China, order).expect("legal");
}

pub fn direct(b: &mut Battle, to: Option<&str>, kind: DirectiveKind, start_at: Option<u32>) {
    let order = Order::Directive {
        to: to.map(|f| formation(b, f)),
        directive: Directive {
            kind,
            towards: None,
        },
        start_at: start_at.map(Hours),
    };
    b.order(Side::China, order).expect("legal");
}

pub fn said<T>(b: &Battle, pick: impl Fn(&CommandEvent) -> Option<T>) -> Vec<T> {
    events(b, |e| match e {
        Event::Command(event) => pick(event),
        _ => None,
    })
}

/// A battle in which the first division has a mission, given before.
pub fn posted(t: Table, seed: u64) -> (Battle, FormationMission) {
    let mut b = t.battle(seed);
    let first = mission(&b, (6, 2), MissionPosture::Hold);
    commission(&mut b, "first", first, None);
    let next = mission(&b, (8, 3), MissionPosture::Hold);
    commission(&mut b, "second", next, None);
    b.end_turn();
    (b, first)
}

/// Hours that an order to the first division takes; none if it does not arrive in three days.
fn hours_under_way(t: Table, seed: u64) -> Option<u32> {
    let (mut b, _) = posted(t, seed);
    let next = mission(&b, (7, 2), MissionPosture::Delay);
    commission(&mut b, "first", next, None);
    for _ in 0..18 {
        b.end_turn();
        let came = said(&b, |e| match e {
            CommandEvent::OrderReceived { hours, .. } => Some(*hours),
            _ => None,
        });
        if let Some(hours) = came.first() {
            return Some(*hours);
        }
    }
    None
}

fn mean(seeds: u64, hours: impl Fn(u64) -> Option<u32>) -> f64 {
    let sum: u32 = (0..seeds).map(|s| hours(s).unwrap_or(72)).sum();
    f64::from(sum) / seeds as f64
}

/// The article: the order to break out did not reach many units, which held on.
#[test]
fn the_old_mission_stands_until_the_new_one_has_come() {
    let (mut b, first) = posted(garrison().rules(slow), 1);
    let division = formation(&b, "first");
    assert_eq!(
        b.view(Side::China).mission(division),
        Some(first),
        "a formation's first mission is the one it came with"
    );
    let next = mission(&b, (9, 2), MissionPosture::Withdraw);
    commission(&mut b, "first", next, None);
    b.end_turn();
    b.end_turn();
    let view = b.view(Side::China);
    assert_eq!(view.mission(division), Some(first));
    assert_eq!(view.last_ordered(division), Some((next, None)));
    assert!(matches!(
        view.order_status(division),
        OrderStatus::UnderWay { legs: 2, .. }
    ));
    // What is foretold is the mean of the legs still to go, from now on.
    let sent = view.dispatches().next().unwrap();
    let hours = view.delivery_hours(division);
    assert!(hours > 0.0);
    let likely = view.likely_arrival(sent);
    assert_eq!(likely.0, view.hour().0 + hours.ceil() as u32);
    let (mut quick, _) = posted(garrison().rules(swift), 1);
    commission(&mut quick, "first", next, None);
    quick.end_turn();
    let view = quick.view(Side::China);
    assert_eq!(view.mission(division), Some(next));
    assert!(matches!(
        view.order_status(division),
        OrderStatus::Received { .. }
    ));
    let passed = said(&quick, |e| match e {
        CommandEvent::OrderPassed { by, .. } => Some(*by),
        _ => None,
    });
    assert_eq!(passed, vec![formation(&quick, "corps")], "by the corps");
}

/// Architecture §2.9b: orders to units are the acts of the staff on the spot.
#[test]
fn orders_to_units_are_in_force_at_once_while_the_formations_is_under_way() {
    let (mut b, _) = posted(garrison().rules(slow), 1);
    let next = mission(&b, (9, 2), MissionPosture::Hold);
    commission(&mut b, "first", next, None);
    let to = hex(&b, (7, 2));
    tell(&mut b, "a", Task::March { to, forced: false });
    b.end_turn();
    assert_eq!(place_of(&b, "a"), Some((7, 2)));
}

/// Harmsen: a stray shell cut the wire of the 87th Division; without it, by runner.
#[test]
fn a_wire_is_faster_than_a_runner_and_a_runner_faster_than_who_must_pass_the_enemy() {
    let by = |wire: bool| {
        mean(60, |seed| {
            let mut t = garrison();
            for f in &mut t.scenario.formations {
                if let Some(s) = &mut f.staff {
                    s.wire = wire;
                }
            }
            hours_under_way(t, seed)
        })
    };
    let (wire, runner) = (by(true), by(false));
    assert!(wire > 1.0 && wire < 7.0, "two legs of 1.5 hours: {wire}");
    assert!(
        runner > 9.0 && runner < 17.0,
        "two legs of 6 hours: {runner}"
    );
}

#[test]
fn a_headquarters_that_sits_with_the_one_above_is_no_leg() {
    let mut t = garrison().rules(|r| r.command.garbled = 0.0);
    let own = t.scenario.formations.iter_mut().find(|f| f.id == "first");
    own.and_then(|f| f.staff.as_mut()).expect("a staff").shares = true;
    let b = t.battle(1);
    let s = b.scenario();
    assert_eq!(
        s.chain(formation(&b, "first")),
        vec![formation(&b, "corps")]
    );
    assert_eq!(s.chain(formation(&b, "second")).len(), 2);
    assert_eq!(s.station(formation(&b, "first")), formation(&b, "corps"));
}

#[test]
fn an_order_may_come_garbled_and_then_takes_longer() {
    let by = |garbled: f64| {
        mean(30, |seed| {
            hours_under_way(garrison().rules(|r| r.command.garbled = garbled), seed)
        })
    };
    let (clear, garbled) = (by(0.0), by(1.0));
    assert!(
        garbled > clear + 3.0 && garbled < clear + 5.0,
        "{clear} {garbled}"
    );
}

#[test]
fn a_joint_order_is_received_early_and_begins_on_its_hour() {
    let (mut b, first) = posted(garrison().rules(swift), 1);
    let division = formation(&b, "first");
    let next = mission(&b, (9, 2), MissionPosture::Delay);
    commission(&mut b, "first", next, Some(10));
    b.end_turn();
    assert_eq!(b.view(Side::China).mission(division), Some(first));
    assert_eq!(
        b.view(Side::China).order_status(division),
        OrderStatus::Waiting {
            start_at: Hours(10)
        }
    );
    b.end_turn();
    assert_eq!(b.view(Side::China).mission(division), Some(next));
    let given: Vec<u32> = b
        .events()
        .iter()
        .filter(|l| matches!(l.event, Event::MissionGiven { mission, .. } if mission == next))
        .map(|l| l.hour.0)
        .collect();
    assert_eq!(given, vec![10]);
}

/// The switch for those who want to play without it: marked in the record.
#[test]
fn with_simplified_command_orders_arrive_at_once() {
    let slow = garrison().rules(slow).build();
    let options = Options {
        simplified_command: true,
        ..Options::default()
    };
    let simple = Scenario::load(slow.texts(), slow.path(), &options).expect("valid");
    let mut b = Battle::new(Arc::new(simple), 1, nanking::battle::Randomness::Sampled);
    for to in [(6, 2), (9, 2)] {
        let next = mission(&b, to, MissionPosture::Hold);
        commission(&mut b, "first", next, None);
        b.end_turn();
        let division = formation(&b, "first");
        assert_eq!(b.view(Side::China).mission(division), Some(next));
    }
    assert!(
        said(&b, |e| matches!(e, CommandEvent::OrderSent { .. })
            .then_some(()))
        .is_empty()
    );
    let record = nanking::record::Recorder::new(&b, Vec::new()).into_record();
    assert!(record.header.simplified_command);
}

/// The article: Tang left just after his order had gone out.
#[test]
fn no_order_goes_out_once_the_highest_headquarters_has_left() {
    let (b, _) = posted(garrison().rules(slow), 1);
    let mut b = altered(&b, |s| s.signals.leaves_at[0] = Some(Hours(5)));
    b.end_turn();
    let order = Order::Formation {
        formation: formation(&b, "first"),
        mission: mission(&b, (9, 2), MissionPosture::Hold),
        start_at: None,
    };
    let refused = b.order(Side::China, order);
    assert!(
        matches!(refused, Err(Refusal::NoCommand { .. })),
        "{refused:?}"
    );
    let gone = said(&b, |e| match e {
        CommandEvent::HeadquartersLeft { at, .. } => *at,
        _ => None,
    });
    assert_eq!(gone, vec![hex(&b, (2, 2))]);
    assert!(
        b.snapshot().signals.rumour[0].is_some(),
        "and word of it spreads"
    );
    let links = b.view(Side::China).links();
    let corps = links.iter().find(|l| l.formation == formation(&b, "corps"));
    assert_eq!(
        corps.map(|l| l.means),
        Some(Means::Runner),
        "nobody answers"
    );
}

#[test]
fn an_order_is_lost_with_the_headquarters_that_has_it() {
    let (mut b, first) = posted(garrison().rules(slow), 1);
    let next = mission(&b, (9, 2), MissionPosture::Hold);
    commission(&mut b, "first", next, None);
    b.end_turn();
    let b = altered(&b, |s| s.signals.dispatches[0].leg = 1);
    let mut b = with_unit(&b, "corps_troops", |u| {
        u.position.hex = None;
        u.strength = nanking::battle::Strength::all_in(Bin::Captured, 300);
    });
    b.end_turn();
    let lost = said(&b, |e| match e {
        CommandEvent::OrderLost { formation, at, .. } => Some((*formation, *at)),
        _ => None,
    });
    let division = formation(&b, "first");
    assert_eq!(lost, vec![(division, formation(&b, "corps"))]);
    let view = b.view(Side::China);
    assert!(matches!(
        view.order_status(division),
        OrderStatus::Lost { .. }
    ));
    assert_eq!(view.mission(division), Some(first));
    // The next senior officer takes over.
    let hq = view.headquarters(formation(&b, "corps")).expect("its own");
    assert_eq!(hq.with, Some(id(&b, "a")));
}

#[test]
fn a_wire_is_cut_by_fire_and_by_moving_and_mended_in_time() {
    let certain = |r: &mut nanking::scenario::Rules| {
        r.command.line_cut = 1.0;
        r.command.line_mended = 1.0;
    };
    let (b, _) = posted(garrison().rules(certain), 1);
    let division = formation(&b, "first");
    let wire = |b: &Battle| {
        b.view(Side::China)
            .headquarters(division)
            .expect("own")
            .wire
    };
    assert!(wire(&b));
    let mut b = with_unit(&b, "a", |u| u.condition.suppression = 0.5);
    b.end_turn();
    assert!(!wire(&b), "under fire");
    let mut b = with_unit(&b, "a", |u| u.condition.suppression = 0.0);
    b.end_turn();
    assert!(wire(&b), "mended");
    let to = hex(&b, (12, 2));
    tell(&mut b, "a", Task::March { to, forced: true });
    b.end_turn();
    assert!(!wire(&b), "left behind");
    let cuts = said(&b, |e| match e {
        CommandEvent::LineCut { formation, by } => Some((*formation, *by)),
        _ => None,
    });
    assert_eq!(
        cuts,
        vec![(division, Severed::Left)],
        "the log begins anew with each change"
    );
}

#[test]
fn a_battle_with_orders_under_way_goes_on_from_a_snapshot() {
    let (mut b, _) = posted(garrison(), 5);
    direct(&mut b, None, DirectiveKind::Withdraw, Some(30));
    let next = mission(&b, (9, 2), MissionPosture::Delay);
    commission(&mut b, "first", next, None);
    b.end_turn();
    assert!(!b.snapshot().signals.dispatches.is_empty());
    let text = ron::to_string(&b.snapshot()).expect("it can be written");
    let state: Snapshot = ron::from_str(&text).expect("and read");
    let mut other = Battle::restore(Arc::clone(b.scenario()), state);
    for _ in 0..8 {
        assert_eq!(b.digest(), other.digest());
        b.end_turn();
        other.end_turn();
    }
}

#[test]
fn the_digest_sees_command_and_the_other_side_does_not() {
    let (b, _) = posted(garrison(), 5);
    let division = formation(&b, "first");
    let far = hex(&b, (9, 4));
    let changes: [fn(&mut Snapshot); 6] = [
        |s| s.headquarters[0].wire ^= true,
        |s| s.headquarters[0].left = true,
        |s| s.headquarters[0].standing.directive.kind = DirectiveKind::Delay,
        |s| s.headquarters[0].conflict_until = Hours(99),
        |s| s.signals.leaves_at[0] = Some(Hours(50)),
        |s| s.signals.lost = vec![(FormationId(0), Hours(1))],
    ];
    let mut seen = vec![b.digest()];
    for change in changes {
        let other = altered(&b, change);
        assert!(!seen.contains(&other.digest()));
        seen.push(other.digest());
        assert_eq!(
            b.view(Side::Japan).assume(1),
            other.view(Side::Japan).assume(1)
        );
    }
    let with_order = altered(&b, |s| {
        s.signals.dispatches.push(Dispatch {
            to: division,
            message: Message::Mission(mission(&b, (9, 4), MissionPosture::Hold)),
            start_at: None,
            by: Authority::Command,
            sent: Hours(4),
            leg: 0,
            work: 3.0,
            asked_until: None,
        });
        s.signals.rumour[0] = Some((Hours(2), far));
    });
    assert!(!seen.contains(&with_order.digest()));
    assert_eq!(
        b.view(Side::Japan).assume(1),
        with_order.view(Side::Japan).assume(1)
    );
    assert!(b.view(Side::Japan).headquarters(division).is_none());
}
