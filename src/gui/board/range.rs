//! How far the guns of the selected unit reach.

use super::{camera::BoardCamera, overlay::PALE, room, tints};
use crate::gui::{intent::ArmedTask, session::Session, tabletop::Tabletop};
use bevy_egui::egui::{Painter, Pos2, Shape, Stroke};

/// How far the guns of the selected unit reach: the bound of all hexes within range, which is
/// counted in hexes and so is a hexagon. Strong while a fire mission is being given.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    let scenario = session.scenario();
    let grid = &scenario.map().grid;
    let known = |u| session.picture.counter(u);
    let Some(counter) = table.unit.and_then(known) else {
        return;
    };
    let fixed = scenario.unit(counter.id);
    let own = session.seat().sees(fixed.side);
    let guns = fixed
        .gun_class
        .and_then(|class| scenario.rules().guns.get(class));
    let (Some(guns), true) = (guns, own && counter.hex.index() < grid.len()) else {
        return;
    };
    if table.playback.is_some() {
        return;
    }
    let hexes = (guns.range_km / grid.hex_km() + 1e-9).floor();
    // Half way between the last row within range and the first beyond it.
    let radius = (hexes + 0.5) * grid.hex_km();
    let [x, y] = grid.centre(counter.hex);
    let corners: Vec<Pos2> = (0..=6)
        .map(|i| {
            let angle = f64::from(i) * std::f64::consts::FRAC_PI_3;
            camera.km_to_screen([x + radius * libm::cos(angle), y + radius * libm::sin(angle)])
        })
        .collect();
    let armed = matches!(table.armed, ArmedTask::Bombard | ArmedTask::Support);
    let (width, strength, dash) = if armed {
        (2.0, 1.0, 8.0)
    } else {
        (1.0, 0.55, 4.0)
    };
    let ink = tints::side_dark(counter.side).gamma_multiply(strength);
    for pair in corners.windows(2) {
        let Some([a, b]) = room::within(camera.viewport.expand(8.0), pair[0], pair[1]) else {
            continue;
        };
        if armed {
            let pale = Stroke::new(width + 2.4, PALE.gamma_multiply(0.7));
            painter.line_segment([a, b], pale);
        }
        let stroke = Stroke::new(width, ink);
        painter.extend(Shape::dashed_line(&[a, b], stroke, dash, dash * 0.7));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        gui::session::Seat,
        scenario::{Options, Scenario},
        shelf::Shelf,
    };
    use bevy_egui::egui::{self, Rect, vec2};
    use std::sync::Arc;

    fn session() -> Session {
        let scenario =
            Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
        Session::begin(Arc::new(scenario), Seat::Both, 1)
    }

    fn view() -> Rect {
        Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 720.0))
    }

    #[test]
    fn the_range_of_guns_is_drawn_for_the_selected_battery_only() {
        let session = session();
        let mut table = Tabletop::default();
        let scenario = Arc::clone(session.scenario());
        let mut camera = BoardCamera::new(scenario.map(), view());
        let range_of = |table: &Tabletop, camera: &BoardCamera| {
            let context = egui::Context::default();
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                draw(ui.painter(), camera, &session, table);
            });
            output.textures_delta.clear();
            output.shapes.len()
        };
        let with = |guns: bool| {
            let counters = session.picture.counters.iter();
            counters
                .filter(|c| scenario.unit(c.id).gun_class.is_some() == guns)
                .map(|c| (c.id, c.hex))
                .next()
                .unwrap()
        };
        let bare = range_of(&table, &camera);
        let (rifles, hex) = with(false);
        camera.look_at(scenario.map(), hex);
        table.unit = Some(rifles);
        assert_eq!(range_of(&table, &camera), bare);
        let (battery, _) = with(true);
        camera.fit(scenario.map(), view());
        table.unit = Some(battery);
        assert!(range_of(&table, &camera) > bare);
    }
}
