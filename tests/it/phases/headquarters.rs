//! Headquarters that leave, or are overrun. The article: Tang slipped out of the city and crossed the
//! Yangtze by way of Pukou, while the garrison was rapidly coming apart.

use super::chain::{said, under};
use crate::support::{Table, altered, hex, id, place_of, refusal, state, tell};
use nanking::{
    battle::{
        Authority, Battle, Bin, CommandEvent, DirectiveKind, Event, Refusal, Severed, Strength,
        Task, ground::Occupancy,
    },
    scenario::{
        Branch, Echelon, Hex, Hours, Side, UnitId, command::BarrierFile, file::Confidence,
        map::file::Zone,
    },
};

/// A staff some way from the harbour.
fn staff() -> Table {
    Table::draw(&[
        "............",
        "~~~~~~~~~~~~",
        "............",
        "............",
        "............",
        "............",
    ])
    .crossing(Side::China, (2, 3), (2, 5), &[("launch", 2, None)])
    .unit_with(Side::China, "staff", 300, (8, 3), |u| {
        u.branch = Branch::Headquarters;
    })
    .unit(Side::China, "men", 900, (9, 2))
    .unit(Side::Japan, "far", 300, (11, 0))
    .depot(Side::China, (0, 0))
    .doctrine(Side::China, |d| d.withdrawal_permitted = false)
}

/// Its highest headquarters leaves in the second hour.
fn leaving(t: Table) -> Battle {
    altered(&t.battle(1), |s| s.signals.leaves_at[0] = Some(Hours(1)))
}

fn left(b: &Battle) -> Vec<(UnitId, bool)> {
    let of = |e: &Event| match e {
        Event::Left { unit, escaped, .. } => Some((*unit, *escaped)),
        _ => None,
    };
    b.events().iter().filter_map(|l| of(&l.event)).collect()
}

#[test]
fn the_staff_of_a_headquarters_that_leaves_crosses_the_river_in_boats() {
    let mut b = leaving(staff());
    b.end_turn();
    let gone = said(&b, |e| match e {
        CommandEvent::HeadquartersLeft { at, .. } => *at,
        _ => None,
    });
    assert_eq!(gone, [hex(&b, (8, 3))]);
    let pier = b.scenario().crossings()[0].hex;
    assert_eq!(state(&b, "staff").mission.task, Task::Embark { at: pier });
    for _ in 0..5 {
        b.end_turn();
    }
    let men = state(&b, "staff");
    assert_eq!(men.position.hex, None);
    assert_eq!(men.strength.men(Bin::Escaped), 300, "{:?}", men.strength);
    assert_eq!(left(&b), [(id(&b, "staff"), true)]);
    assert_eq!(place_of(&b, "men"), Some((9, 2)), "the others stay");
}

#[test]
fn a_staff_that_leaves_takes_no_other_orders_and_passes_barrier_troops_unhurt() {
    let t = staff().rules(|r| r.command.barrier_km = 20.0);
    let apart = |s: &mut nanking::scenario::command::StaffFile| s.apart = true;
    let mut t = under(t, "post", "china", Echelon::Battalion, apart).unit_with(
        Side::China,
        "bar",
        600,
        (5, 3),
        |u| u.formation = "post".into(),
    );
    t.scenario.barriers.push(BarrierFile {
        unit: "bar".into(),
        from: t.scenario.start.clone(),
        source: "invented for a test".into(),
        confidence: Confidence::Low,
    });
    // The staff's own formation has the order to go, the barrier troops have not been told.
    let china = |b: &Battle| b.scenario().formation_by_id("china").expect("it is there");
    let b = leaving(t);
    let mut b = altered(&b, |s| {
        let standing = &mut s.headquarters[china(&b).0 as usize].standing;
        standing.directive.kind = DirectiveKind::BreakOut;
        standing.by = Authority::Command;
    });
    b.end_turn();
    let refused = refusal(&mut b, "staff", Task::Rest);
    assert!(matches!(refused, Refusal::Leaving { .. }), "{refused}");
    tell(&mut b, "men", Task::Rest);
    for _ in 0..5 {
        b.end_turn();
    }
    let men = state(&b, "staff").strength;
    assert_eq!(men.men(Bin::OwnSideShot), 0);
    assert_eq!(men.men(Bin::Escaped), 300, "{men:?}");
}

#[test]
fn without_a_landing_it_leaves_by_its_way_out_or_stays() {
    let lost = |t: Table| {
        let b = leaving(t);
        let over = b.scenario().crossings()[0].landing;
        altered(&b, |s| s.field.control[over.index()] = Some(Side::Japan))
    };
    let mut stays = lost(staff());
    for _ in 0..4 {
        stays.end_turn();
    }
    assert_eq!(place_of(&stays, "staff"), Some((8, 3)));
    assert_eq!(state(&stays, "staff").strength.formed(), 300);
    tell(&mut stays, "staff", Task::Rest);
    let mut t = staff().zone(Zone::Exit, &[(11, 3)]).place("out", (11, 3));
    let formation = &mut t.scenario.formations[0];
    let mut own = super::chain::staff();
    own.way_out = Some("out".into());
    formation.staff = Some(own);
    let mut goes = lost(t);
    for _ in 0..3 {
        goes.end_turn();
    }
    assert_eq!(state(&goes, "staff").strength.men(Bin::Escaped), 300);
    assert_eq!(left(&goes), [(id(&goes, "staff"), true)]);
}

#[test]
fn a_headquarters_that_is_overrun_is_lost_and_its_men_are_in_their_bins() {
    let mut b = Table::draw(&["........", "........", "........", "........"])
        .unit_with(Side::China, "staff", 200, (0, 0), |u| {
            u.branch = Branch::Headquarters;
        })
        .unit(Side::China, "men", 900, (7, 3))
        .unit(Side::Japan, "x", 2500, (1, 0))
        .unit(Side::Japan, "y", 900, (0, 1))
        .depot(Side::Japan, (3, 0))
        .rules(|r| r.hold.base = 60.0)
        .battle(1);
    let target = hex(&b, (0, 0));
    tell(&mut b, "x", Task::Assault { target });
    b.end_turn();
    b.end_turn();
    let men = state(&b, "staff");
    assert_eq!(men.position.hex, None, "{men:?}");
    assert_eq!(men.strength.present(), 0);
    assert_eq!(men.strength.total(), 200);
    let lost = said(&b, |e| match e {
        CommandEvent::HeadquartersLost { at, .. } => Some(*at),
        _ => None,
    });
    assert_eq!(lost, [target]);
    let china = b.scenario().unit(id(&b, "men")).formation;
    let view = b.view(Side::China);
    let hq = view.headquarters(china).expect("its own");
    assert_eq!(hq.with, Some(id(&b, "men")), "the next senior officer");
}

/// The article: contact had already been lost with many units.
#[test]
fn the_wire_to_a_headquarters_that_is_cut_off_is_cut_and_mended_once_it_is_free() {
    let t = super::chain::garrison().rules(|r| {
        r.command.line_cut = 0.0;
        r.command.line_mended = 1.0;
    });
    let (b, _) = super::chain::posted(t, 1);
    let division = super::chain::formation(&b, "first");
    let wire = |b: &Battle| {
        b.view(Side::China)
            .headquarters(division)
            .expect("own")
            .wire
    };
    assert!(wire(&b));
    let around = b.scenario().map().grid.neighbours(hex(&b, (6, 2)));
    let around: Vec<Hex> = around.map(|(_, h)| h).collect();
    let enemy = id(&b, "enemy").0 as usize;
    let cut_off = altered(&b, |s| {
        let a = b.scenario().unit_by_id("a").expect("a unit").0 as usize;
        s.units[a].condition.isolated = true;
        s.units[enemy].position.hex = Some(around[0]);
        for h in &around {
            s.field.control[h.index()] = Some(Side::Japan);
        }
    });
    let mut b = cut_off;
    b.end_turn();
    assert!(!wire(&b));
    let by = said(&b, |e| match e {
        CommandEvent::LineCut { formation, by } => Some((*formation, *by)),
        _ => None,
    });
    assert_eq!(by.first(), Some(&(division, Severed::Enemy)));
    let mut free = altered(&b, |s| {
        s.units[enemy].position.hex = Some(hex(&b, (23, 0)));
        for h in &around {
            s.field.control[h.index()] = Some(Side::China);
        }
        s.headquarters[division.0 as usize].isolated = false;
    });
    free.end_turn();
    assert!(wire(&free));
}

#[test]
fn a_hex_that_its_units_have_left_counts_nobody_though_they_lost_men_in_it() {
    let mut there = Occupancy::new(4, 2);
    let men = |n| Strength::all_in(Bin::Formed, n);
    let (a, b, at) = (UnitId(0), UnitId(1), Hex(2));
    there.enter(at, a, Side::China, &men(500));
    there.enter(at, b, Side::China, &men(300));
    // Whatever has become of its men since: those it was counted with go with it.
    there.leave(at, a);
    assert_eq!(there.formed_of(at, Side::China), 300);
    there.leave(at, b);
    assert_eq!((there.present(at), there.side(at)), (0, None));
    there.enter(at, a, Side::Japan, &men(40));
    assert_eq!(there.formed_of(at, Side::Japan), 40);
    assert_eq!(there.present(at), 40);
}
