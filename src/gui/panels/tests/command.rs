//! Command at the panels: where orders stand, directives given and taken back, what contradicts what,
//! and that simplified command is said to be in force.

use super::{
    desk::{Desk, texts},
    lesson::{self, campaign, end_turn},
};
use crate::{
    battle::{
        Authority, DirectiveKind, FormationMission, MissionPosture, Order, OrderStatus,
        route::Pathfinder,
    },
    gui::{
        clockwork::carry_out,
        intent::Intent,
        panels::{command, directive, orders, tree, unit},
        session::{Seat, Session},
        tabletop::Tabletop,
        theme::Mark,
    },
    scenario::{FileError, Files, FormationId, Options, Scenario, Side, UnitId},
    shelf::Shelf,
};
use bevy_egui::egui::Ui;
use std::sync::Arc;

const TALL: [f32; 2] = [300.0, 2400.0];

fn formation(session: &Session, id: &str) -> FormationId {
    session.scenario().formation_by_id(id).expect("a formation")
}

fn holding(formation: FormationId) -> Tabletop {
    Tabletop {
        formation: Some(formation),
        ..Tabletop::default()
    }
}

fn panel<'a>(session: &'a Session, table: &'a Tabletop) -> impl Fn(&mut Ui) -> Vec<Intent> + 'a {
    move |ui: &mut Ui| unit::show(ui, session, table)
}

fn read(session: &Session, table: &Tabletop) -> String {
    let items = Desk::new(TALL).read(&panel(session, table));
    texts(&items).join("\n")
}

fn do_all(session: &mut Session, table: &mut Tabletop, intents: Vec<Intent>) {
    let mut finder = Pathfinder::default();
    for intent in intents {
        carry_out(intent, session, table, &mut finder);
        assert_eq!(table.message, None);
    }
}

/// Clicks on something in the panel of a formation, and does what it asks for.
fn click(session: &mut Session, table: &mut Tabletop, desk: &Desk, text: &str) -> Vec<Intent> {
    let wanted = desk.click(text, &panel(session, table));
    do_all(session, table, wanted.clone());
    wanted
}

#[test]
fn an_order_on_its_way_is_told_in_panel_tree_and_on_the_counter() {
    let mut session = campaign(1);
    // The article: orders to many units were late or never came.
    let side = Side::China;
    let posture = MissionPosture::Delay;
    let all: Vec<FormationId> = session.scenario().stations(side).collect();
    for formation in &all {
        let standing = session.picture.missions[formation.0 as usize];
        let Some(old) = standing.filter(|m| m.posture != posture) else {
            continue;
        };
        let mission = FormationMission { posture, ..old };
        let order = Order::Formation {
            formation: *formation,
            mission,
            start_at: None,
        };
        let _ = session.order(side, order);
    }
    end_turn(&mut session);
    let chain = &session.picture.chain;
    let late: Vec<FormationId> = all
        .into_iter()
        .filter(|f| matches!(chain.status[f], OrderStatus::UnderWay { .. }))
        .collect();
    assert!(!late.is_empty(), "all orders arrived within a turn");
    let of = late[0];
    let told = read(&session, &holding(of));
    assert!(told.contains("likely to arrive about"), "{told}");
    assert!(told.contains("on its way by"), "{told}");
    assert!(told.contains("Delay"), "what it says: {told}");
    // On the counters of its units, and in their panels.
    let scenario = session.scenario().clone();
    let member = session
        .picture
        .counters
        .iter()
        .find(|c| scenario.station(scenario.unit(c.id).formation) == of)
        .map(|c| c.id)
        .expect("a unit of it");
    let (sign, text) = command::unsettled(&session, scenario.unit(member).formation).unwrap();
    assert_eq!(command::mark(sign), Mark::OnItsWay);
    let table = Tabletop {
        unit: Some(member),
        ..Tabletop::default()
    };
    assert!(read(&session, &table).contains(&text), "{text}");
    // And in the list of forces there is a mark, with its meaning under the pointer.
    let items = Desk::new([284.0, 3000.0]).read(&|ui| tree::show(ui, &session, &table));
    let name = &scenario.formation(of).name;
    assert!(items.iter().any(|i| i.text == *name), "{:?}", texts(&items));
}

#[test]
fn a_directive_is_written_taken_back_given_and_followed() {
    let mut session = campaign(0);
    let corps = formation(&session, "cn_74c");
    let mut table = holding(corps);
    let desk = Desk::new(TALL);
    assert_eq!(click(&mut session, &mut table, &desk, "Delay"), []);
    // "Delay" is the name of a mission as well, which stands above.
    let items = desk.read(&panel(&session, &table));
    let below = items
        .iter()
        .rev()
        .find(|i| i.text == "May fall back" && i.clickable)
        .expect("a kind of directive");
    desk.click_at(below.rect.center(), &panel(&session, &table));
    let wanted = click(&mut session, &mut table, &desk, "Give the directive");
    let [Intent::Direct { to, directive, .. }] = wanted[..] else {
        panic!("{wanted:?}");
    };
    assert_eq!(to, Some(corps));
    assert_eq!(directive.kind, DirectiveKind::MayWithdraw);
    assert_eq!(session.picture.orders.len(), 1);
    let listed = Desk::new(TALL).read(&|ui| orders::show(ui, &session, &Tabletop::default()));
    let told = texts(&listed).join("\n");
    assert!(told.contains("fall back where they must"), "{told}");
    click(&mut session, &mut table, &desk, "Take back");
    assert!(session.picture.orders.is_empty());
    click(&mut session, &mut table, &desk, "Give the directive");
    for _ in 0..6 {
        end_turn(&mut session);
    }
    let station = session.scenario().station(corps);
    let followed = session.picture.chain.stations[&station].standing;
    assert_eq!(followed.directive.kind, DirectiveKind::MayWithdraw);
    assert_eq!(followed.by, Authority::Command);
    let told = read(&session, &table);
    assert!(told.contains("Tang Shengzhi"), "who gave it: {told}");
}

#[test]
fn a_breakout_to_all_warns_that_the_command_leaves_and_then_nothing_can_be_sent() {
    let mut session = campaign(0);
    let top = formation(&session, "cn_gf");
    let mut table = holding(top);
    let desk = Desk::new(TALL);
    click(&mut session, &mut table, &desk, "Break out");
    let told = texts(&desk.read(&panel(&session, &table))).join("\n");
    assert!(
        told.contains("the command leaves as soon as it is given"),
        "{told}"
    );
    assert!(told.contains("each by its own way out"), "{told}");
    let wanted = click(&mut session, &mut table, &desk, "Give the directive");
    assert!(
        matches!(&wanted[..], [Intent::Direct { to: None, .. }]),
        "{wanted:?}"
    );
    end_turn(&mut session);
    let items = desk.read(&panel(&session, &table));
    let button = items.iter().find(|i| i.text == "Give the directive");
    assert!(button.is_some_and(|b| b.disabled), "{:?}", texts(&items));
    let told = texts(&items).join("\n");
    assert!(
        told.contains("no order goes out from it any more"),
        "{told}"
    );
    assert!(told.contains("headquarters, the last likely"), "{told}");
    assert_eq!(
        desk.click("Give the directive", &panel(&session, &table)),
        []
    );
}

#[test]
fn a_formation_is_ordered_as_a_whole() {
    let session = lesson::session(Seat::Side(Side::Japan));
    let column = session.scenario().formation_by_id("column").unwrap();
    let table = Tabletop {
        formation: Some(column),
        ..Tabletop::default()
    };
    let desk = Desk::new([300.0, 1200.0]);
    let show = |ui: &mut Ui| unit::show(ui, &session, &table);
    desk.click("Delay", &show);
    let wanted = desk.click("Give the order", &show);
    let [
        Intent::Commission {
            formation, mission, ..
        },
    ] = wanted[..]
    else {
        panic!("{wanted:?}");
    };
    assert_eq!(formation, column);
    assert_eq!(mission.posture, MissionPosture::Delay);
    let first = lesson::unit(&session, "column_1");
    assert_eq!(
        Some(mission.objective),
        session.picture.counter(first).map(|c| c.hex)
    );
}

#[test]
fn a_mission_can_begin_at_an_hour_together_with_others() {
    let mut session = campaign(0);
    let first = formation(&session, "cn_74c");
    let hour = crate::scenario::Hours(session.picture.hour.0 + 12);
    let mission = session.picture.missions[first.0 as usize].unwrap_or(FormationMission {
        objective: crate::scenario::Hex(0),
        posture: MissionPosture::Hold,
        may_withdraw: false,
    });
    let mut table = holding(first);
    let order = Intent::Commission {
        formation: first,
        mission,
        start_at: Some(hour),
    };
    do_all(&mut session, &mut table, vec![order]);
    let when = session.scenario().calendar().text(hour);
    let told = read(&session, &table);
    assert!(told.contains(&format!("from {when} on")), "{told}");
    let second = formation(&session, "cn_66c");
    let told = directive::together(&session, second, hour).expect("the first");
    assert!(told.contains("74th Corps"), "{told}");
    assert_eq!(directive::together(&session, first, hour), None);
}

#[test]
fn barrier_troops_say_what_they_are_for() {
    let session = campaign(0);
    let unit = session.scenario().unit_by_id("cn_36d_bar").unwrap();
    let table = Tabletop {
        unit: Some(unit),
        ..Tabletop::default()
    };
    let told = read(&session, &table);
    assert!(
        told.contains("stops those who go back without leave"),
        "{told}"
    );
    let other = Tabletop {
        unit: Some(UnitId(0)),
        ..Tabletop::default()
    };
    assert!(!read(&session, &other).contains("without leave"));
}

/// The shipped files with one more event: the command above wants something.
struct WithOneAbove;

impl Files for WithOneAbove {
    fn load(&self, name: &str) -> Result<String, FileError> {
        let text = Shelf::embedded().load(name)?;
        let event = "    events: [\n        (id: \"from_above\", title: \"From above\", \
                     when: At(\"1937-12-05T05:00\"), \
                     then: [Directive(to: Side(China), kind: Delay, by: Above)], \
                     source: \"a test\", confidence: Low),\n";
        Ok(text.replacen("    events: [\n", event, 1))
    }
}

fn loaded(files: &dyn Files, options: &Options) -> Session {
    bevy::tasks::AsyncComputeTaskPool::get_or_init(bevy::tasks::TaskPool::new);
    let scenario = Scenario::load(files, "nanking_1937.ron", options).expect("valid");
    Session::begin(Arc::new(scenario), Seat::Side(Side::China), 3)
}

#[test]
fn what_the_command_above_wants_is_told_with_its_name_and_so_is_a_contradiction() {
    // The article: Chiang and Tang at times told subordinates different things.
    let mut session = loaded(&WithOneAbove, &Options::default());
    let order = Order::Directive {
        to: None,
        directive: crate::battle::Directive {
            kind: DirectiveKind::HoldToTheDeath,
            towards: None,
        },
        start_at: None,
    };
    session.order(Side::China, order).expect("legal");
    for _ in 0..3 {
        end_turn(&mut session);
    }
    let chain = session.picture.chain.clone();
    let above = chain
        .stations
        .iter()
        .find(|(_, s)| s.standing.by == Authority::Above)
        .map(|(f, _)| *f)
        .expect("some follow the command above");
    let told = read(&session, &holding(above));
    assert!(told.contains("Chiang Kai-shek"), "{told}");
    let torn = chain
        .stations
        .iter()
        .find(|(_, s)| s.at_odds.is_some())
        .map(|(f, _)| *f)
        .expect("some are torn between the two");
    let told = read(&session, &holding(torn));
    assert!(told.contains("contradict each other"), "{told}");
}

#[test]
fn simplified_command_is_said_to_be_in_force() {
    let options = Options {
        simplified_command: true,
        ..Options::default()
    };
    let session = loaded(&Shelf::embedded(), &options);
    let corps = formation(&session, "cn_74c");
    let told = read(&session, &holding(corps));
    assert!(told.contains(command::SIMPLIFIED), "{told}");
    assert!(told.contains("as soon as the turn begins"), "{told}");
    let plain = loaded(&Shelf::embedded(), &Options::default());
    let told = read(&plain, &holding(corps));
    assert!(!told.contains("Simplified command"), "{told}");
}
