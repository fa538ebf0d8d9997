//! The map between the panels: pointer, wheel and drag; what egui draws over the ground.

use crate::{
    battle::{Order, Task, route::Pathfinder},
    gui::{
        board::{self, camera::BoardCamera},
        clockwork, counters, foresight,
        intent::{ArmedTask, Intent, Layer, Raid},
        session::Session,
        sight,
        tabletop::Tabletop,
    },
    scenario::Hex,
};
use bevy_egui::egui::{self, PointerButton, Response, Sense, Ui};

/// Draws the map and returns what clicks on it ask for.
pub fn show(
    ui: &mut Ui,
    session: &Session,
    table: &mut Tabletop,
    camera: &mut BoardCamera,
    finder: &mut Pathfinder,
) -> Vec<Intent> {
    let rect = camera.viewport;
    let response = ui.interact(rect, egui::Id::new("map"), Sense::click_and_drag());
    navigate(ui, &response, camera);
    let map = session.scenario().map();
    let hovered = response.hover_pos().and_then(|pos| camera.hex_at(map, pos));
    if hovered != table.hovered {
        table.hovered = hovered;
        preview_way(session, table, finder);
    }
    let before = table.sight.take();
    if table.layers.contains(&Layer::Sight) {
        table.sight = sight::sight(session, table, before);
    }
    let painter = ui.painter_at(rect);
    board::overlay::under(&painter, camera, session, table);
    let places = table.playback.as_ref().map(|p| p.positions());
    let links = table.layers.contains(&Layer::Command);
    if links {
        board::links::under(&painter, camera, session, table, places.as_ref());
    }
    board::river::draw(&painter, camera, session);
    board::escape::under(&painter, camera, session);
    board::siege::draw(&painter, camera, session);
    board::flight::draw(&painter, camera, session, table);
    if table.layers.contains(&Layer::Counters) {
        counters::draw(&painter, camera, session, table, places.as_ref());
    }
    if links {
        board::links::over(&painter, camera, session, places.as_ref());
    }
    board::escape::over(&painter, camera, session, table.playback.as_ref());
    if let Some(playback) = &table.playback {
        board::flashes::draw(&painter, camera, playback);
    }
    if table.layers.contains(&Layer::Names) {
        board::labels::draw(&painter, camera, session, table);
    }
    board::escape::caption(&painter, camera, session);
    board::overlay::over(&painter, camera, session, table);
    if links {
        board::links::caption(&painter, camera, session);
    }
    let wanted = clicks(ui, &response, session, table, camera);
    if let Some(hex) = hovered.filter(|_| table.playback.is_none()) {
        tip(ui, &response, session, table, hex);
    }
    wanted
}

/// Wheel zooms at the pointer; dragging with the middle or left button moves the map.
fn navigate(ui: &Ui, response: &Response, camera: &mut BoardCamera) {
    if response.dragged_by(PointerButton::Middle) || response.dragged_by(PointerButton::Primary) {
        camera.pan(response.drag_delta());
    }
    if let Some(pos) = response.hover_pos() {
        let scroll = ui.input(|i| i.smooth_scroll_delta().y);
        let pinch = ui.input(|i| i.zoom_delta());
        if scroll != 0.0 || pinch != 1.0 {
            let factor = f64::from(pinch) * (f64::from(scroll) * 0.004).exp();
            camera.zoom_at(pos, factor);
        }
    }
}

fn clicks(
    ui: &Ui,
    response: &Response,
    session: &Session,
    table: &Tabletop,
    camera: &BoardCamera,
) -> Vec<Intent> {
    let Some(hex) = response
        .interact_pointer_pos()
        .and_then(|pos| camera.hex_at(session.scenario().map(), pos))
    else {
        return Vec::new();
    };
    let commanded = table
        .unit
        .filter(|u| session.seat().commands(session.scenario().unit(*u).side))
        .filter(|_| table.playback.is_none() && !session.busy());
    let commands_air = |group| {
        let wing = session.picture.wing(group);
        wing.is_some_and(|w| session.seat().commands(w.side))
    };
    let air = table
        .air
        .filter(|group| commands_air(*group) && table.playback.is_none() && !session.busy());
    if let Some(group) = air {
        let aimed = match table.raid {
            _ if response.clicked_by(PointerButton::Secondary) => {
                Some(table.raid.unwrap_or(Raid::Bomb))
            }
            raid if response.clicked_by(PointerButton::Primary) => raid,
            _ => None,
        };
        if let Some(raid) = aimed {
            let mission = raid.on(hex);
            return vec![Intent::Fly { group, mission }];
        }
    }
    let shift = ui.input(|i| i.modifiers.shift);
    if response.clicked_by(PointerButton::Secondary) {
        return match commanded {
            Some(unit) => {
                let armed = if shift {
                    ArmedTask::Assault
                } else {
                    table.armed
                };
                order(session, armed, unit, hex)
            }
            None => vec![Intent::Deselect],
        };
    }
    if response.clicked_by(PointerButton::Primary) {
        return match commanded {
            Some(unit) if table.armed != ArmedTask::Fitting => {
                order(session, table.armed, unit, hex)
            }
            _ => vec![Intent::SelectHex(hex)],
        };
    }
    Vec::new()
}

/// An order to a hex; an assault opens its card, and so does a bombardment that is possible.
fn order(
    session: &Session,
    armed: ArmedTask,
    unit: crate::scenario::UnitId,
    hex: Hex,
) -> Vec<Intent> {
    let task = clockwork::fitting_task(session, armed, unit, hex);
    let mut wanted = vec![Intent::Order {
        unit,
        task,
        start_at: None,
    }];
    match task {
        Task::Assault { .. } => wanted.push(Intent::OpenCard(hex)),
        Task::Bombard { .. } => {
            let side = session.scenario().unit(unit).side;
            let order = Order::Unit {
                unit,
                task,
                start_at: None,
            };
            if session.check(side, &order).is_ok() {
                wanted.push(Intent::OpenFireCard(hex));
            }
        }
        _ => {}
    }
    wanted
}

/// While a task is armed, the way to the hex under the pointer.
fn preview_way(session: &Session, table: &mut Tabletop, finder: &mut Pathfinder) {
    let going = matches!(
        table.armed,
        ArmedTask::March | ArmedTask::ForcedMarch | ArmedTask::Withdraw | ArmedTask::Embark
    );
    if let (Some(unit), Some(hex), true) = (table.unit, table.hovered, going) {
        table.way = clockwork::way(session, finder, unit, hex);
    }
}

fn tip(ui: &Ui, response: &Response, session: &Session, table: &Tabletop, hex: Hex) {
    let unit = table
        .layers
        .contains(&Layer::Counters)
        .then(|| session.picture.stack(hex).next().map(|c| c.id))
        .flatten();
    if response.dragged() || ui.input(|i| i.pointer.any_down()) {
        return;
    }
    response.clone().on_hover_ui_at_pointer(|ui| {
        ui.set_max_width(300.0);
        if let Some(foreseen) = foresight::at(session, table, hex) {
            board::tooltip::foreseen(ui, &foreseen);
            ui.separator();
        } else if let Some(unit) = unit {
            board::tooltip::unit(ui, session, unit);
            ui.separator();
        }
        board::tooltip::hex(ui, session, table, hex);
    });
}

/// The line at the bottom: what the buttons would do now, or what has just happened.
pub fn hint(ui: &mut Ui, session: &Session, table: &Tabletop) {
    let own = table
        .unit
        .is_some_and(|u| session.seat().commands(session.scenario().unit(u).side));
    let text = match (&table.message, own, table.armed) {
        (Some(message), _, _) => message.clone(),
        (None, _, _) if table.raid.is_some() => {
            "Click the target on the map. Esc: think again.".to_owned()
        }
        (None, _, _) if table.air.is_some() => {
            "Right click: bomb what stands there. A: next air group. Esc: deselect.".to_owned()
        }
        (None, true, ArmedTask::Fitting) => {
            "Right click: march there, or attack the enemy there. Shift + right click: assault. \
             Left click: select. Esc: deselect."
                .to_owned()
        }
        (None, true, _) => "Click the target on the map. Esc: think again.".to_owned(),
        (None, false, _) => {
            "Left click: select. Wheel: zoom. Drag: move the map. N: next unit without an order. \
             F1: keys."
                .to_owned()
        }
    };
    ui.add(egui::Label::new(egui::RichText::new(text).small()).truncate());
}
