//! Forecasts of fire and raids as panels, card and tooltip show them, and refusals with their reason.

use super::{
    SMALL,
    desk::{Desk, texts},
    lesson,
};
use crate::{
    battle::{AirMission, Order, Task, route::Pathfinder},
    gui::{
        clockwork::carry_out,
        foresight,
        intent::{ArmedTask, Intent, Raid},
        panels,
        session::Session,
        tabletop::Tabletop,
    },
    scenario::{AirGroupId, Hex, UnitId},
};

/// The campaign with a battery and enemies within its range.
fn within_range() -> (Session, UnitId, Hex) {
    let mut session = lesson::campaign(6);
    for _ in 0..12 {
        let found = session.picture.counters.iter().find_map(|guns| {
            let fixed = session.scenario().unit(guns.id);
            fixed.gun_class?;
            let view = session.battle()?.view(guns.side);
            session.picture.counters.iter().find_map(|c| {
                let order = Order::Unit {
                    unit: guns.id,
                    task: Task::Bombard { target: c.hex },
                    start_at: None,
                };
                let fits = c.side != guns.side
                    && view.enemy_men(c.hex) > 0
                    && view.guns_ready(guns.id)
                    && session.check(guns.side, &order).is_ok();
                fits.then_some((guns.id, c.hex))
            })
        });
        if let Some((guns, target)) = found {
            return (session, guns, target);
        }
        session.delegate();
        lesson::end_turn(&mut session);
    }
    panic!("no battery comes within range");
}

#[test]
fn a_bombardment_is_foreseen_where_it_is_aimed_and_on_its_card() {
    let (mut session, guns, target) = within_range();
    let mut table = super::selecting(&session, guns);
    table.armed = ArmedTask::Bombard;
    table.hovered = Some(target);
    let told = foresight::at(&session, &table, target).expect("a forecast");
    assert_eq!(told.refusal, None);
    let all = told.lines.join(" ");
    for part in ["Killed and wounded", "Suppressed", "Rounds in the turn"] {
        assert!(all.contains(part), "{part}: {all}");
    }
    let desk = Desk::new(SMALL);
    let items = desk.read(&|ui| panels::show(ui, &session, &table).0);
    assert!(texts(&items).contains(&"What it would bring"));
    let mut finder = Pathfinder::default();
    let order = Intent::Order {
        unit: guns,
        task: Task::Bombard { target },
        start_at: None,
    };
    carry_out(order, &mut session, &mut table, &mut finder);
    carry_out(
        Intent::OpenFireCard(target),
        &mut session,
        &mut table,
        &mut finder,
    );
    let items = desk.read(&|ui| panels::card::show(ui.ctx(), &session, &table));
    let all = texts(&items).join(" ");
    let name = session.scenario().unit(guns).name.clone();
    for part in ["Killed and wounded", "Cover from shells", name.as_str()] {
        assert!(all.contains(part), "{part}: {all}");
    }
    for item in items.iter().filter(|i| i.clickable) {
        assert!(desk.screen().contains_rect(item.rect), "{item:?}");
    }
    let taken = desk.click(&name, &|ui| panels::card::show(ui.ctx(), &session, &table));
    assert!(matches!(taken[..], [Intent::Retract(_)]), "{taken:?}");
    carry_out(Intent::Close, &mut session, &mut table, &mut finder);
    assert_eq!(table.fire, None);
}

#[test]
fn what_cannot_be_done_is_told_with_its_reason() {
    let (session, guns, _) = within_range();
    let mut table = super::selecting(&session, guns);
    let map = session.scenario().map().clone();
    let zone = map.grid.hexes().find(|h| map.at(*h).safety_zone).unwrap();
    for armed in [
        ArmedTask::Bombard,
        ArmedTask::Support,
        ArmedTask::March,
        ArmedTask::ForcedMarch,
        ArmedTask::ClearMines,
    ] {
        table.armed = armed;
        let told = foresight::at(&session, &table, zone).expect("a reason");
        assert!(told.refusal.is_some() && told.lines.is_empty(), "{armed:?}");
    }
    table.clear();
    table.air = Some(AirGroupId(0));
    assert_eq!(
        foresight::at(&session, &table, zone),
        None,
        "nothing is armed"
    );
    for raid in [Raid::Bomb, Raid::Roads] {
        table.raid = Some(raid);
        let told = foresight::at(&session, &table, zone).expect("a reason");
        assert!(told.refusal.is_some());
    }
}

#[test]
fn an_air_group_tells_whether_it_flies_and_why_not() {
    let (session, _, target) = within_range();
    let desk = Desk::new(SMALL);
    for wing in &session.picture.air {
        let table = Tabletop {
            air: Some(wing.id),
            ..Tabletop::default()
        };
        let items = desk.read(&|ui| panels::show(ui, &session, &table).0);
        let all = texts(&items).join(" ");
        let flies = wing.outlook.hours > 0;
        assert!(
            all.contains(if flies {
                "It can fly"
            } else {
                "It does not fly"
            }),
            "{all}"
        );
        let told = foresight::of_raid(&session, wing.id, AirMission::Bomb { target });
        assert!(!told.lines.is_empty());
    }
    let words = |hours: u32| {
        let mut wing = session.picture.air[0];
        wing.outlook.hours = hours;
        panels::air::flies(session.scenario(), &wing)
    };
    assert!(words(0).contains("too little light"));
    assert!(words(3).contains("in 3 of 4 hours"));
}
