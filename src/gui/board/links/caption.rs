//! What the layer of command says in words, and the samples of its lines: the caption in a corner of
//! the map, the lines of a hex's tooltip.

use super::{cross, fallen, flag, stroke};
use crate::{
    battle::command::Means,
    gui::{
        board::{
            camera::BoardCamera,
            overlay::{DARK, PALE},
            tints,
        },
        counters,
        panels::{command, words as terms},
        picture::chain::{Sign, Station},
        session::Session,
        theme,
    },
    scenario::{Echelon, FormationId, Hex, Side},
};
use bevy_egui::egui::{Align2, FontId, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

/// What the layer's lines mean, for legends.
pub const MEANING: [(Means, &str); 4] = [
    (Means::Wire, "by wire"),
    (Means::Radio, "by radio"),
    (Means::Runner, "by runner"),
    (Means::Cut, "out of contact"),
];

/// A piece of a line, for legends.
pub fn sample(painter: &Painter, rect: Rect, means: Means, side: Side) {
    let (from, to) = (rect.left_center(), rect.right_center());
    stroke(painter, from, to, side, means, false);
    if means == Means::Cut {
        cross(painter, rect.center(), 4.0, theme::ATTENTION);
    }
}

/// What is to be said of a hex: whose headquarters is there, and by what it is reached.
pub fn words(session: &Session, hex: Hex) -> Vec<String> {
    let stations = session.picture.chain.stations.iter();
    stations
        .filter(|(_, station)| station.seat == Some(hex))
        .map(|(id, station)| {
            let name = &session.scenario().formation(*id).name;
            let contact = terms::capital(&command::contact(session, station));
            format!("Headquarters of {name}. {contact}")
        })
        .collect()
}

/// What the caption says below the lines: who is out of contact, and whose headquarters is gone.
fn news(session: &Session) -> Vec<String> {
    let scenario = session.scenario();
    let chain = &session.picture.chain;
    let mut lines = Vec::new();
    if scenario.simplified_command() {
        lines.push(command::SIMPLIFIED.to_owned());
    }
    let of = |test: &dyn Fn(&Station) -> bool| -> Vec<FormationId> {
        let found = chain.stations.iter().filter(|(_, s)| test(s));
        found.map(|(id, _)| *id).collect()
    };
    let groups = [
        (of(&Station::is_out_of_contact), "Out of contact"),
        (of(&|s| s.left), "Left"),
        (
            of(&|s| !s.left && !s.is_manned() && s.gone.is_some()),
            "Headquarters lost",
        ),
    ];
    for (who, what) in groups {
        if !who.is_empty() {
            lines.push(format!("{what}: {}.", command::listed(session, &who, 6)));
        }
    }
    if lines.is_empty() {
        lines.push("Nobody is out of contact.".to_owned());
    }
    lines
}

/// Says in a corner of the map what is shown.
pub fn caption(painter: &Painter, camera: &BoardCamera, session: &Session) {
    const WIDTH: f32 = 250.0;
    const ROW: f32 = 16.0;
    let font = FontId::proportional(12.0);
    let texts: Vec<_> = news(session)
        .into_iter()
        .map(|text| painter.layout(text, font.clone(), DARK, WIDTH - 14.0))
        .collect();
    let rows = MEANING.len().div_ceil(2) + 2;
    let high = rows as f32 * ROW + 8.0;
    let below: f32 = texts.iter().map(|g| g.size().y + 2.0).sum();
    let corner = camera.viewport.right_bottom() - vec2(WIDTH + 8.0, high + below + 10.0);
    let ground = Rect::from_min_size(corner, vec2(WIDTH, high + below + 2.0));
    let edge = Stroke::new(0.8, DARK.gamma_multiply(0.5));
    painter.rect(
        ground,
        3.0,
        PALE.gamma_multiply(0.95),
        edge,
        StrokeKind::Inside,
    );
    let side = terms::own_side(session.seat()).unwrap_or(Side::China);
    let say = |at: Pos2, text: &str| {
        painter.text(at, Align2::LEFT_CENTER, text, font.clone(), DARK);
    };
    let cell = |nth: usize| {
        let column = (nth % 2) as f32 * (0.5 * WIDTH - 4.0);
        let row = (nth / 2) as f32 * ROW;
        corner + vec2(8.0 + column, 4.0 + row)
    };
    for (nth, (means, name)) in MEANING.into_iter().enumerate() {
        let rect = Rect::from_min_size(cell(nth), vec2(30.0, ROW));
        sample(painter, rect, means, side);
        say(rect.right_center() + vec2(6.0, 0.0), name);
    }
    let at = cell(4) + vec2(4.0, ROW + 4.0);
    flag(painter, at, 1.0, Echelon::Division, side);
    say(at + vec2(32.0, -9.0), "headquarters");
    let at = cell(5) + vec2(4.0, ROW + 4.0);
    fallen(painter, at, 1.0, Echelon::Division, side);
    say(at + vec2(32.0, -9.0), "lost, or left");
    let at = cell(6) + vec2(14.0, 0.5 * ROW + 5.0);
    counters::envelope(painter, at, 15.0, Sign::OnItsWay, tints::side_dark(side));
    say(at + vec2(22.0, 0.0), "orders on their way");
    let mut y = corner.y + high;
    for galley in texts {
        let step = galley.size().y + 2.0;
        painter.galley(pos2(corner.x + 8.0, y), galley, DARK);
        y += step;
    }
}
