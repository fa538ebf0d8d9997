//! Where air groups are sent: a small aeroplane at the target and a ring; a broken ring for raids on
//! the roads about it. Ordered for the turn to come in full strength, else lighter.

use super::{
    camera::BoardCamera,
    overlay::{PALE, ring},
    tints,
};
use crate::{
    battle::AirMission,
    gui::{intent::Raid, session::Session, tabletop::Tabletop},
    scenario::Hex,
};
use bevy_egui::egui::{Color32, Painter, Pos2, Shape, Stroke, Vec2, vec2};

/// Targets of all groups that are seen, and of the raid that is armed.
pub fn draw(painter: &Painter, camera: &BoardCamera, session: &Session, table: &Tabletop) {
    let mut taken: Vec<Hex> = Vec::new();
    for wing in &session.picture.air {
        let ordered = session
            .picture
            .flight_of(wing.id)
            .map(|(_, mission)| mission);
        let mission = ordered.unwrap_or(wing.mission);
        let Some(target) = mission.target() else {
            continue;
        };
        let chosen = table.air == Some(wing.id);
        let strength = if ordered.is_some() || chosen {
            1.0
        } else {
            0.6
        };
        let tint = tints::side(wing.side).gamma_multiply(strength);
        // Groups sent to one hex stand beside one another.
        let nth = taken.iter().filter(|hex| **hex == target).count();
        taken.push(target);
        sign(painter, camera, session, mission, nth, tint, chosen);
    }
    if let (Some(group), Some(raid), Some(hex)) = (table.air, table.raid, table.hovered)
        && let Some(wing) = session.picture.wing(group)
    {
        let tint = tints::side(wing.side);
        sign(painter, camera, session, raid.on(hex), 0, tint, true);
    }
}

fn sign(
    painter: &Painter,
    camera: &BoardCamera,
    session: &Session,
    mission: AirMission,
    nth: usize,
    tint: Color32,
    chosen: bool,
) {
    let scenario = session.scenario();
    let grid = &scenario.map().grid;
    let Some(target) = mission.target().filter(|hex| hex.index() < grid.len()) else {
        return;
    };
    let km = grid.centre(target);
    let about = scenario.rules().air.interdiction_km;
    let reach = (about * camera.px_per_km) as f32;
    if !camera.sees(km, reach.max(60.0)) {
        return;
    }
    let at = camera.km_to_screen(km);
    let size = (0.2 * camera.hex_px()).clamp(6.0, 13.0);
    let radius = (0.34 * camera.hex_px()).max(7.0);
    let width = if chosen { 2.2 } else { 1.5 };
    painter.circle_stroke(
        at,
        radius,
        Stroke::new(width + 1.8, PALE.gamma_multiply(0.7)),
    );
    painter.circle_stroke(at, radius, Stroke::new(width, tint));
    if matches!(mission, AirMission::Interdict { .. }) && reach > radius {
        let stroke = Stroke::new(width - 0.3, tint);
        painter.extend(Shape::dashed_line(&ring(at, reach), stroke, 6.0, 5.0));
    }
    let side = vec2(radius * 0.8 + size * 1.7 * nth as f32, -radius * 0.8);
    plane(painter, at + side, size, tint);
}

/// A raid of a kind as the map shows it, for the page that explains it.
pub fn sample(painter: &Painter, at: Pos2, raid: Raid, tint: Color32) {
    painter.circle_stroke(at, 7.0, Stroke::new(1.5, tint));
    if raid == Raid::Roads {
        painter.extend(Shape::dashed_line(
            &ring(at, 14.0),
            Stroke::new(1.3, tint),
            4.0,
            3.0,
        ));
    }
    plane(painter, at + vec2(7.0, -7.0), 7.0, tint);
}

/// An aeroplane from above, flying up to the right.
pub fn plane(painter: &Painter, at: Pos2, size: f32, tint: Color32) {
    let ahead = Vec2::angled(-std::f32::consts::FRAC_PI_4) * size;
    let across = ahead.rot90();
    let lines = [
        (ahead, -ahead * 0.9, 0.30),
        (across + ahead * 0.15, -across + ahead * 0.15, 0.34),
        (
            across * 0.45 - ahead * 0.8,
            -across * 0.45 - ahead * 0.8,
            0.24,
        ),
    ];
    for (more, colour) in [(2.2, PALE), (0.0, tint)] {
        for (a, b, thick) in lines {
            let stroke = Stroke::new(thick * size + more, colour);
            painter.line_segment([at + a, at + b], stroke);
        }
    }
}
