//! Embarking: the button, the places, the forecast, and why it is greyed.

use super::{
    desk::{Desk, texts},
    lesson::campaign,
};
use crate::{
    battle::{Directive, DirectiveKind, Order, Task, route::Pathfinder},
    gui::{
        clockwork::carry_out,
        foresight,
        intent::{ArmedTask, Intent},
        panels::unit,
        session::Session,
        tabletop::Tabletop,
    },
    scenario::{FormationId, Side, UnitId},
};
use bevy_egui::egui::Ui;

const TALL: [f32; 2] = [300.0, 2400.0];

fn under(session: &Session, id: &str) -> UnitId {
    let scenario = session.scenario();
    let formation: FormationId = scenario.formation_by_id(id).expect("a formation");
    session
        .picture
        .counters
        .iter()
        .map(|c| c.id)
        .find(|u| {
            let unit = scenario.unit(*u);
            scenario.is_under(unit.formation, formation) && !unit.branch.is_fixed()
        })
        .expect("a unit of it")
}

fn selecting(unit: UnitId, armed: ArmedTask) -> Tabletop {
    Tabletop {
        unit: Some(unit),
        armed,
        ..Tabletop::default()
    }
}

#[test]
fn a_unit_with_boats_of_its_own_is_sent_across_with_a_forecast_before() {
    // The article: the 2nd Army had boats ready and got most of its men across.
    let mut session = campaign(9);
    let own = under(&session, "cn_2ag");
    let table = selecting(own, ArmedTask::Fitting);
    let desk = Desk::new(TALL);
    let wanted = desk.click("Embark", &|ui: &mut Ui| unit::show(ui, &session, &table));
    assert_eq!(wanted, [Intent::Arm(ArmedTask::Embark)]);
    let mut table = selecting(own, ArmedTask::Embark);
    let items = desk.read(&|ui: &mut Ui| unit::show(ui, &session, &table));
    let told = texts(&items).join("\n");
    for part in [
        "Across in an hour",
        "kept for its formation",
        "no boat sinks",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    let button = items
        .iter()
        .find(|i| i.text.starts_with("Embark ") && i.clickable && !i.disabled)
        .unwrap_or_else(|| panic!("{told}"));
    let wanted = desk.click_at(button.rect.center(), &|ui: &mut Ui| {
        unit::show(ui, &session, &table)
    });
    let [
        Intent::Order {
            unit,
            task: Task::Embark { at },
            ..
        },
    ] = wanted[..]
    else {
        panic!("{wanted:?}");
    };
    assert_eq!(unit, own);
    let crossing = session.scenario().crossings().iter().find(|c| c.hex == at);
    let owner = crossing.and_then(|c| c.boats[0].1);
    assert_eq!(owner, session.scenario().formation_by_id("cn_2ag"));
    let mut finder = Pathfinder::default();
    carry_out(wanted[0].clone(), &mut session, &mut table, &mut finder);
    assert_eq!(table.message, None);
    assert_eq!(
        session.picture.order_of(own).map(|(_, t)| t),
        Some(Task::Embark { at })
    );
}

#[test]
fn without_leave_the_button_is_greyed_until_the_formation_may_withdraw() {
    // The article: nobody was to go back; only the order of 12 December opened the harbour.
    let mut session = campaign(0);
    let unit = under(&session, "cn_72c");
    let table = selecting(unit, ArmedTask::Fitting);
    let desk = Desk::new(TALL);
    let greyed = |session: &Session| {
        let items = desk.read(&|ui: &mut Ui| unit::show(ui, session, &table));
        let button = items.iter().find(|i| i.text == "Embark").expect("a button");
        button.disabled
    };
    assert!(greyed(&session));
    let pier = session.scenario().crossings()[0].hex;
    let told = foresight::of_task(&session, unit, Task::Embark { at: pier });
    let refusal = told.refusal.expect("no leave");
    assert!(refusal.contains("no leave to cross"), "{refusal}");
    let may = Order::Directive {
        to: None,
        directive: Directive {
            kind: DirectiveKind::MayWithdraw,
            towards: None,
        },
        start_at: None,
    };
    session.order(Side::China, may).expect("legal");
    for _ in 0..8 {
        super::lesson::end_turn(&mut session);
        if !greyed(&session) {
            return;
        }
    }
    panic!("the directive never arrived");
}

#[test]
fn where_no_boats_put_off_the_reason_is_told() {
    let session = campaign(0);
    let unit = under(&session, "cn_2ag");
    let hex = session.picture.counter(unit).expect("on the map").hex;
    let told = foresight::of_task(&session, unit, Task::Embark { at: hex });
    let refusal = told.refusal.expect("no pier there");
    assert!(refusal.contains("no boats put off"), "{refusal}");
}
