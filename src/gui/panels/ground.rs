//! The part of the selection panel about a hex: its ground, its works, who holds it.

use super::{gauge, words};
use crate::{
    gui::{
        board::{escape, tooltip},
        session::Session,
    },
    report::place,
    scenario::{Hex, map::WorksLevel},
};
use bevy_egui::egui::{Label, Ui};

/// Shows a hex.
pub fn show(ui: &mut Ui, session: &Session, hex: Hex) {
    let scenario = session.scenario();
    let map = scenario.map();
    let Some(ground) = map.ground.get(hex.index()) else {
        return;
    };
    ui.heading(words::capital(&place::called(map, hex)));
    if let Some(text) = escape::silence(session, hex) {
        ui.add(Label::new(text).wrap());
        ui.separator();
    }
    let rule = scenario.rules().terrain(ground.terrain);
    gauge::row(
        ui,
        "ground",
        words::terrain(ground.terrain),
        &format!(
            "Defence here counts x{:.2}{}.\nSource of the rule: {}",
            rule.defence,
            if rule.cover { ", under cover" } else { "" },
            rule.source
        ),
    );
    gauge::row(
        ui,
        "height",
        &format!("{} m", ground.height_m),
        "Metres above the plain.",
    );
    gauge::row(
        ui,
        "works",
        words::works(ground.works.level),
        "Works of the map; units dig their own.",
    );
    if ground.works.level != WorksLevel::None {
        gauge::row(
            ui,
            "they face",
            &words::facing(ground.works.facing),
            "Works count against an attack of which at least half comes through hexsides they face.",
        );
    }
    if scenario.siege().is_chained(hex) {
        ui.add(Label::new(tooltip::CHAINED).wrap());
    }
    let holder = session
        .picture
        .control
        .get(hex.index())
        .copied()
        .flatten()
        .map_or("nobody", |side| side.adjective());
    gauge::row(
        ui,
        "held by",
        holder,
        "The side whose troops passed or stood here last.",
    );
    let special = [
        (ground.inside_wall, "inside the city wall"),
        (ground.safety_zone, "Safety Zone: no battlefield"),
        (ground.no_fire, "artillery forbidden by order"),
        (ground.exit, "way off the map"),
        (ground.railway, "railway"),
    ];
    for (_, text) in special.into_iter().filter(|(is, _)| *is) {
        ui.label(words::capital(text));
    }
    let told = escape::words(session, hex);
    if !told.is_empty() {
        ui.separator();
    }
    for line in told {
        ui.add(Label::new(line).wrap());
    }
}
