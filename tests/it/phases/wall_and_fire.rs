//! The wall, and the guns and fires before it: smoke and the eyes of the guns, batteries that batter
//! it, orders that spare ground, fires that light the fight for a foothold, tanks at its gates.

use crate::support::{Table, altered, events, hex, id, refusal, tell};
use nanking::{
    battle::{
        Battle, Char, Deed, Event, Refusal, Task, Term,
        rampart::{Lodgement, Rampart},
    },
    scenario::{Branch, Hours, Side, map::file::Zone},
};

const INNER: (u16, u16) = (3, 3);
const OUTER: (u16, u16) = (2, 3);

/// A walled block with one barricaded gate, one unit on either side of it, howitzers to the west.
fn gate() -> Table {
    Table::draw(&[
        "........", "........", "........", ".h......", "........", "........",
    ])
    .wall((3, 1), (6, 4))
    .gate("gate", INNER, OUTER)
    .barricaded()
    .unit(Side::China, "garrison", 800, INNER)
    .unit(Side::Japan, "storm", 800, OUTER)
    .howitzers(Side::Japan, "guns", (0, 1))
    .rules(|r| r.hold.base = -60.0)
}

fn breach(b: &Battle) -> Task {
    Task::Siege {
        deed: Deed::Breach,
        side: b.scenario().map().gates[0].side,
    }
}

fn with_rampart(b: &Battle, change: impl FnOnce(&mut Rampart)) -> Battle {
    let side = b.scenario().map().gates[0].side;
    altered(b, |s| change(s.field.ramparts.entry(side).or_default()))
}

#[test]
fn smoke_before_the_wall_blinds_the_heights_that_direct_the_guns() {
    // The article: a fire lit before Zhonghua Gate as a smokescreen; guns directed from Yuhuatai.
    let clear = gate().unit(Side::Japan, "peak", 300, (1, 2)).battle(1);
    let smoky = with_rampart(&clear, |r| r.smoke_until = 99);
    let inner = hex(&clear, INNER);
    assert!(clear.sees_fall_of_shot(Side::Japan, inner));
    assert!(!smoky.sees_fall_of_shot(Side::Japan, inner));
    let observed = |mut b: Battle| {
        let task = breach(&b);
        tell(&mut b, "guns", task);
        let foreseen = b
            .view(Side::Japan)
            .breach_forecast(b.scenario().map().gates[0].side, &[])
            .and_then(|w| w.probability)
            .expect("fire on the wall");
        b.end_turn();
        let fired = events(&b, |e| match e {
            Event::Fired { observed, .. } => Some(*observed),
            _ => None,
        });
        (fired, foreseen)
    };
    let ((seen, good), (blind, poor)) = (observed(clear), observed(smoky));
    assert!(!seen.is_empty() && seen.iter().all(|o| *o), "{seen:?}");
    assert!(!blind.is_empty() && blind.iter().all(|o| !*o), "{blind:?}");
    assert!(good > 2.0 * poor, "{good} {poor}");
}

#[test]
fn guns_that_batter_a_wall_give_themselves_away_like_others() {
    let known = |flash: f64| {
        let mut b = gate()
            .rules(|r| {
                r.bombardment.flash = flash;
                r.observation.recon = 0.0;
            })
            .battle(2);
        let task = breach(&b);
        tell(&mut b, "guns", task);
        b.end_turn();
        let guns = id(&b, "guns");
        b.view(Side::China).enemies().iter().any(|e| e.id == guns)
    };
    assert!(!known(0.0));
    assert!(known(1.0));
}

#[test]
fn a_wall_is_not_battered_where_fire_is_forbidden() {
    // The article: Matsui forbade artillery on the south side of Zijinshan.
    let mut b = gate()
        .zone(Zone::NoFire, &[OUTER])
        .restrained(Side::Japan)
        .battle(1);
    let task = breach(&b);
    let refused = refusal(&mut b, "guns", task);
    assert!(matches!(refused, Refusal::Forbidden { .. }), "{refused}");
}

#[test]
fn a_fire_lights_the_fight_for_a_foothold_by_night() {
    // The article: burning timber thrown down on the men in Guanghua Gate.
    let light = |burning: bool| {
        let start = gate().rules(|r| r.blaze.burns_out = 0.0).battle(3);
        let unit = id(&start, "storm");
        let lodged = with_rampart(&start, |r| {
            r.breach = 1;
            r.lodgement = Some(Lodgement {
                unit,
                men: 88,
                since: Hours(0),
                by_ladder: false,
            });
        });
        let mut b = altered(&lodged, |s| {
            s.clock.hour.0 = 12; // 21:00
            if burning {
                s.blaze.set(hex(&start, INNER), Char::Burning);
            }
        });
        let target = hex(&b, INNER);
        for _ in 0..2 {
            b.end_turn();
        }
        let fights = events(&b, |e| match e {
            Event::Fought {
                at,
                defenders,
                defender_why,
                ..
            } if *at == target && defenders.contains(&unit) => {
                let of = |(term, x): &(Term, f64)| (*term == Term::Light).then_some(*x);
                Some(defender_why.terms.iter().find_map(of).unwrap_or(1.0))
            }
            _ => None,
        });
        *fights.first().expect("fire at the men on the wall")
    };
    let (dark, lit) = (light(false), light(true));
    assert!(lit > dark, "{lit} {dark}");
}

#[test]
fn tanks_go_through_an_open_gate_and_not_through_a_barricaded_one() {
    // The article: six metres of sandbags and concrete in the gates; Chinese tanks at Guanghua Gate.
    let b = gate()
        .unit_with(Side::Japan, "tanks", 200, OUTER, |u| {
            u.branch = Branch::Armour;
            u.tanks = 20;
        })
        .battle(1);
    let tanks = id(&b, "tanks");
    let target = hex(&b, INNER);
    let opened = with_rampart(&b, |r| {
        r.barricaded = true;
        r.opened = true;
    });
    let shut = with_rampart(&b, |r| {
        r.barricaded = true;
        r.breach = 5;
    });
    let tell_on = |b: &Battle| {
        let why = b
            .preview_true(&[tanks, id(b, "storm")], target, 1)
            .and_then(|p| p.hold)
            .expect("a way through");
        why.terms.iter().any(|(t, _)| *t == Term::Tanks)
    };
    assert!(tell_on(&opened));
    assert!(!tell_on(&shut));
}
