//! The orders of the coming turn, as sentences, with a way to take each one back.

use super::{gauge, words};
use crate::{
    battle::{Event, Order},
    gui::{
        intent::Intent,
        session::{Seat, Session},
        tabletop::Tabletop,
        theme::{self, Mark},
    },
    report::{self, place},
    scenario::Scenario,
};
use bevy_egui::egui::{Align, Button, Layout, RichText, ScrollArea, Ui};

/// Height of a row.
const ROW: f32 = 22.0;

/// Shows the list.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let scenario = session.scenario();
    let orders = &session.picture.orders;
    ui.horizontal(|ui| {
        ui.label(RichText::new(format!("Orders of the turn: {}", orders.len())).strong());
        let refusal = if session.busy() {
            Some("the turn is being worked out")
        } else {
            None
        };
        if gauge::button(ui, "Undo", refusal, "U or Ctrl+Z.") {
            wanted.push(Intent::Undo);
        }
        if gauge::button(ui, "Redo", refusal, "R or Ctrl+Y.") {
            wanted.push(Intent::Redo);
        }
    });
    if session.seat() != Seat::Watch {
        let mut on = table.staff_at_end;
        let text = RichText::new("Staff orders at every end of turn").small();
        let about = "Before each turn is ended the staff writes orders for all units that are not taken \
                     over by hand.";
        if ui.checkbox(&mut on, text).on_hover_text(about).clicked() {
            wanted.push(Intent::StaffAtEnd(on));
        }
    }
    if orders.is_empty() {
        ui.label(
            RichText::new("None yet. Units go on with the orders they have.").color(theme::PENCIL),
        );
    }
    ScrollArea::vertical()
        .id_salt("orders")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, orders.len(), |ui, range| {
            for (id, side, order) in orders.get(range).unwrap_or_default() {
                let text = brief(scenario, order);
                let taken = Event::OrderTaken {
                    side: *side,
                    order: *order,
                };
                let sentence = report::sentence(scenario, &taken);
                ui.horizontal(|ui| {
                    ui.set_height(ROW - 4.0);
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        if gauge::button(
                            ui,
                            "x",
                            session.busy().then_some("the turn is being worked out"),
                            "Take this order back.",
                        ) {
                            wanted.push(Intent::Retract(*id));
                        }
                        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                            let person =
                                matches!(order, Order::Unit { .. } | Order::Formation { .. });
                            if person && session.hands().hold(order) {
                                Mark::ByHand.show(ui).on_hover_text("Given by hand.");
                            }
                            if session.seat() == Seat::Both {
                                Mark::Of(*side).show(ui);
                            }
                            let line = Button::new(&text).truncate().frame(false);
                            if ui.add(line).on_hover_text(sentence).clicked() {
                                wanted.extend(select(session, order));
                            }
                        });
                    });
                });
            }
        });
    wanted
}

/// An order in few words: who, and what.
fn brief(scenario: &Scenario, order: &Order) -> String {
    match order {
        Order::Unit { unit, task, .. } => {
            let name = &scenario.unit(*unit).name;
            format!("{name}: {}", words::task(scenario, task))
        }
        Order::Formation {
            formation, mission, ..
        } => format!(
            "{}: {} {}",
            scenario.formation(*formation).name,
            words::mission(mission.posture),
            place::called(scenario.map(), mission.objective)
        ),
        Order::Decide { decision, option } => {
            let known = scenario.events().decision(*decision);
            let option = known.options.get(usize::from(*option));
            option.map_or_else(|| known.question.clone(), |o| o.text.clone())
        }
        Order::Directive { to, directive, .. } => {
            let whom = to.map_or("All", |f| scenario.formation(f).name.as_str());
            format!("{whom}: {}", report::directed(scenario, directive))
        }
        Order::Air { group, mission } => format!(
            "{}: {}",
            scenario.air()[usize::from(group.0)].name,
            words::flight(scenario, mission)
        ),
    }
}

fn select(session: &Session, order: &Order) -> Vec<Intent> {
    match order {
        Order::Unit { unit, .. } => [Intent::SelectUnit(*unit)]
            .into_iter()
            .chain(
                session
                    .picture
                    .counter(*unit)
                    .map(|c| Intent::LookAt(c.hex)),
            )
            .collect(),
        Order::Formation {
            formation, mission, ..
        } => vec![
            Intent::SelectFormation(*formation),
            Intent::LookAt(mission.objective),
        ],
        Order::Decide { .. } => Vec::new(),
        Order::Directive { to, .. } => to.map(Intent::SelectFormation).into_iter().collect(),
        Order::Air { mission, .. } => mission.target().map(Intent::LookAt).into_iter().collect(),
    }
}
