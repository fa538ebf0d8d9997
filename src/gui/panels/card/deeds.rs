//! The lower part of the card before an assault: who is ordered to take part, and the buttons. A
//! tick gives an order, its removal takes the order back; both are only asked for here.

use crate::{
    battle::{Order, OrderId, Task, order},
    gui::{intent::Intent, panels::gauge, session::Session, tabletop::Card, theme},
    scenario::{Hex, Side, UnitId},
};
use bevy_egui::egui::{Checkbox, RichText, ScrollArea, Ui};

/// Who is ordered, and the buttons of the card before.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    card: &Card,
    side: Option<Side>,
    wanted: &mut Vec<Intent>,
) {
    if let Some(side) = side {
        ScrollArea::vertical()
            .id_salt("who is ordered")
            .max_height(78.0)
            .show(ui, |ui| {
                candidates(ui, session, card.target, side, wanted);
                let task = Task::Support {
                    target: card.target,
                };
                guns(ui, session, "Guns ordered to support:", task, side, wanted);
            });
    }
    ui.horizontal(|ui| {
        let assault = Task::Assault {
            target: card.target,
        };
        let missing: Vec<UnitId> = card
            .attackers
            .iter()
            .filter(|u| order_for(session, **u, assault).is_none())
            .copied()
            .collect();
        let refusal = if session.busy() {
            Some("the turn is being worked out")
        } else if missing.is_empty() {
            Some("all who take part are ordered to")
        } else {
            None
        };
        if gauge::button(
            ui,
            "Order the assault",
            refusal,
            "Orders all units of this forecast to assault the hex.",
        ) {
            wanted.extend(missing.into_iter().map(|unit| Intent::Order {
                unit,
                task: assault,
                start_at: None,
            }));
            wanted.push(Intent::OpenCard(card.target));
        }
        if gauge::button(ui, "Close", None, "Esc.") {
            wanted.push(Intent::Close);
        }
    });
}

/// The standing order of a unit to do this.
fn order_for(session: &Session, unit: UnitId, task: Task) -> Option<OrderId> {
    let (id, standing) = session.picture.order_of(unit)?;
    (standing == task).then_some(id)
}

/// Units beside the hex that can assault it: a tick orders, its removal takes the order back.
fn candidates(ui: &mut Ui, session: &Session, target: Hex, side: Side, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let beside: Vec<UnitId> = scenario
        .map()
        .grid
        .neighbours(target)
        .flat_map(|(_, hex)| session.picture.stack(hex))
        .filter(|c| c.side == side)
        .map(|c| c.id)
        .filter(|id| scenario.unit(*id).branch.can_assault())
        .collect();
    if beside.is_empty() {
        ui.label(RichText::new("None of one's own units is beside this hex.").color(theme::PENCIL));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Ordered to assault:").strong());
        for id in beside {
            let task = Task::Assault { target };
            ticked(ui, session, side, id, task, wanted);
        }
    });
}

/// Guns that can be given a fire mission, to be ticked; false if there are none.
pub(super) fn guns(
    ui: &mut Ui,
    session: &Session,
    title: &str,
    task: Task,
    side: Side,
    wanted: &mut Vec<Intent>,
) -> bool {
    let Some(battle) = session.battle() else {
        return false;
    };
    let scenario = session.scenario();
    let view = battle.view(side);
    let guns: Vec<UnitId> = session
        .picture
        .counters
        .iter()
        .filter(|c| c.side == side && scenario.unit(c.id).gun_class.is_some())
        .map(|c| c.id)
        .filter(|unit| {
            let wanted = Order::Unit {
                unit: *unit,
                task,
                start_at: None,
            };
            order::check(&view, &wanted).is_ok()
        })
        .collect();
    if guns.is_empty() {
        return false;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(title).strong())
            .on_hover_text("Those within range of the hex.");
        for id in guns {
            ticked(ui, session, side, id, task, wanted);
        }
    });
    true
}

fn ticked(
    ui: &mut Ui,
    session: &Session,
    side: Side,
    unit: UnitId,
    task: Task,
    wanted: &mut Vec<Intent>,
) {
    let name = &session.scenario().unit(unit).name;
    let standing = order_for(session, unit, task);
    let mut on = standing.is_some();
    let wish = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    let refusal = match standing {
        Some(_) if !session.busy() => None,
        _ => session.check(side, &wish).err(),
    };
    let tick = ui.add_enabled(refusal.is_none(), Checkbox::new(&mut on, name));
    let response = match refusal {
        Some(reason) => tick.on_disabled_hover_text(format!("Not now: {reason}.")),
        None => tick,
    };
    if response.clicked() {
        wanted.push(match standing {
            Some(id) => Intent::Retract(id),
            None => Intent::Order {
                unit,
                task,
                start_at: None,
            },
        });
        if let Task::Assault { target } | Task::Support { target } = task {
            wanted.push(Intent::OpenCard(target));
        }
    }
}
