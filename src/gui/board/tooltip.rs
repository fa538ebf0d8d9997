//! Tooltips of hex and unit. They tell what the picture knows and no more: of the enemy, the report.

use super::{escape, links, names, siege};
use crate::{
    commander::reason::Subject,
    gui::{
        counters,
        foresight::Foreseen,
        intent::Layer,
        panels::{command, reasons, words},
        picture::{Counter, Details, Known},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    report::{estimate::rounded, grouped},
    scenario::{
        Confidence, Direction, Hex, HexMap, Scenario, Side, UnitId,
        map::{Mover, WorksLevel},
    },
};
use bevy_egui::egui::{self, FontId, RichText, Ui};

/// Most units of a hex that are listed.
const LISTED: usize = 7;

/// What is to be known of pillboxes chained from outside.
pub const CHAINED: &str = "Pillboxes chained from outside: the men in them cannot leave";

/// What there is to know about a hex.
pub fn hex(ui: &mut Ui, session: &Session, table: &Tabletop, hex: Hex) {
    let scenario = session.scenario();
    let map = scenario.map();
    if hex.index() >= map.grid.len() {
        return;
    }
    ui.set_max_width(300.0);
    let ground = map.at(hex);
    ui.horizontal_wrapped(|ui| {
        ui.strong(title(map, hex));
        ui.weak(map.grid.label(hex));
    });
    let mut lines: Vec<String> = vec![format!(
        "{}, {} m",
        words::capital(words::terrain(ground.terrain)),
        ground.height_m
    )];
    lines.extend(escape::silence(session, hex).map(str::to_owned));
    if ground.inside_wall {
        lines.push("Inside the city wall".to_owned());
    }
    if ground.safety_zone {
        lines.push("Safety Zone: no halt, no target, no objective".to_owned());
    }
    if ground.exit {
        lines.push("Way out of the battle".to_owned());
    }
    if ground.works.level != WorksLevel::None {
        let facing = words::facing(ground.works.facing);
        lines.push(format!(
            "Works: {}, facing {facing}",
            words::works(ground.works.level)
        ));
        if scenario.siege().is_chained(hex) {
            lines.push(CHAINED.to_owned());
        }
    }
    lines.extend(sides(map, hex));
    lines.extend(siege::words(session, hex));
    if table.layers.contains(&Layer::Command) {
        lines.extend(links::words(session, hex));
    }
    lines.extend(escape::words(session, hex));
    for side in Side::ALL {
        if session.picture.river.barred.contains(&(hex, side)) {
            let ships = words::capital(side.adjective());
            lines.push(format!(
                "{ships} ships bar the river to those who would cross"
            ));
        }
    }
    let holder = session.picture.control.get(hex.index()).copied().flatten();
    lines.push(match holder {
        Some(side) => format!("In {} hands", side.adjective()),
        None => "In nobody's hands".to_owned(),
    });
    if let Some(unit) = table.unit {
        lines.push(way_there(session, table, unit, hex));
    }
    for line in lines {
        ui.label(line);
    }
    let stack: Vec<&Counter> = session.picture.stack(hex).collect();
    if !stack.is_empty() {
        ui.separator();
    }
    for counter in stack.iter().take(LISTED) {
        let fixed = scenario.unit(counter.id);
        ui.label(format!("{}: {}", fixed.name, men(session, counter)));
    }
    if stack.len() > LISTED {
        ui.weak(format!("and {} more", stack.len() - LISTED));
    }
}

/// What a click here would bring with what is armed, or why it would be refused.
pub fn foreseen(ui: &mut Ui, foreseen: &Foreseen) {
    ui.set_max_width(300.0);
    if let Some(refusal) = &foreseen.refusal {
        let text = format!("Not possible: {refusal}.");
        ui.label(RichText::new(text).color(theme::ATTENTION));
    }
    for (i, line) in foreseen.lines.iter().enumerate() {
        let text = RichText::new(line);
        ui.label(if i == 0 { text.strong() } else { text });
    }
}

/// The place a hex belongs to, or the one it is near.
fn title(map: &HexMap, hex: Hex) -> String {
    let nearest = map
        .places
        .iter()
        // Places of the highest ranks mark points of lines and have no names of their own.
        .filter(|p| p.rank <= 6)
        .map(|p| {
            let own = p.hexes.contains(&hex);
            let distance = if own {
                0
            } else {
                map.grid.distance(hex, p.centre).max(1)
            };
            (distance, p.rank, p)
        })
        .min_by(|a, b| (a.0, a.1, &a.2.id).cmp(&(b.0, b.1, &b.2.id)));
    match nearest {
        Some((0, _, place)) => names::short(&place.name),
        Some((1..=4, _, place)) => format!("Near {}", names::short(&place.name)),
        _ => "Open country".to_owned(),
    }
}

/// What there is to know about a unit.
pub fn unit(ui: &mut Ui, session: &Session, unit: UnitId) {
    let scenario = session.scenario();
    let (Some(fixed), Some(counter)) = (
        scenario.units().get(unit.0 as usize),
        session.picture.counter(unit),
    ) else {
        return;
    };
    ui.set_max_width(320.0);
    ui.horizontal_wrapped(|ui| {
        ui.strong(&fixed.name);
        // Without a font that has the script, boxes would stand there.
        let font = FontId::proportional(13.0);
        let legible = ui.fonts_mut(|f| f.has_glyphs(&font, &fixed.name_local));
        if legible && !fixed.name_local.is_empty() {
            ui.weak(&fixed.name_local);
        }
    });
    ui.weak(superiors(scenario, unit));
    if !fixed.commander.is_empty() {
        ui.weak(format!("Commander: {}", fixed.commander));
    }
    ui.label(format!(
        "{}, {}, {}",
        words::capital(words::echelon(fixed.echelon)),
        words::branch(fixed.branch),
        men(session, counter)
    ));
    match &counter.known {
        Known::Exactly(details) => {
            state(ui, details);
            for mark in counters::marks(fixed, counter) {
                ui.label(RichText::new(mark.meaning()).italics());
            }
            ui.label(format!("Doing: {}", words::task(scenario, &details.task)));
            if let Some((_, text)) = command::unsettled(session, fixed.formation) {
                ui.label(text);
            }
        }
        Known::Reported(hour) => {
            let when = scenario.calendar().text(*hour);
            ui.label(format!("As reported {when}; may have moved since"));
        }
    }
    if let Some((_, wanted)) = session.picture.order_of(unit) {
        let ordered = words::task(scenario, &wanted);
        ui.label(format!("Ordered for this turn: {ordered}"));
    }
    if let Some(why) = reasons::line(session, fixed.side, Subject::Unit(unit)) {
        ui.label(why);
    }
    ui.separator();
    let sure = match fixed.confidence {
        Confidence::High => "high",
        Confidence::Medium => "medium",
        Confidence::Low => "low",
    };
    ui.label(
        RichText::new(format!("Source: {} (confidence {sure})", fixed.source))
            .small()
            .weak(),
    );
}

fn state(ui: &mut Ui, details: &Details) {
    let percent = |share: f64| format!("{:.0} %", (share * 100.0).clamp(0.0, 999.0));
    let c = &details.condition;
    egui::Grid::new("state of a unit")
        .num_columns(4)
        .spacing([10.0, 2.0])
        .show(ui, |ui| {
            ui.weak("Cohesion");
            ui.label(percent(c.cohesion));
            ui.weak("Fatigue");
            ui.label(percent(c.fatigue));
            ui.end_row();
            ui.weak("Supply");
            ui.label(percent(c.supply));
            ui.weak("Ammunition");
            ui.label(percent(c.ammunition));
            ui.end_row();
        });
    if c.rounds >= 1.0 {
        ui.label(format!("Shells: {:.0}", c.rounds));
    }
    let dug = match details.entrenched {
        WorksLevel::None => "not dug in".to_owned(),
        level => format!("dug in: {}", words::works(level)),
    };
    let posture = words::capital(words::posture(details.posture));
    ui.label(format!("{posture}, {dug}"));
}

/// Formed men; of the enemy, an estimate.
fn men(session: &Session, counter: &Counter) -> String {
    match &counter.known {
        Known::Exactly(d) => {
            let disordered = d.strength.present() - d.strength.formed();
            if disordered > 0 {
                format!("{} men formed, {disordered} in disorder", counter.men)
            } else {
                format!("{} men", counter.men)
            }
        }
        Known::Reported(_) if counters::is_stale(session, counter) => {
            format!("about {} men, old report", grouped(rounded(counter.men)))
        }
        Known::Reported(_) => format!("about {} men", grouped(rounded(counter.men))),
    }
}

fn superiors(scenario: &Scenario, unit: UnitId) -> String {
    let mut names = Vec::new();
    let mut at = Some(scenario.unit(unit).formation);
    while let Some(id) = at {
        let formation = scenario.formation(id);
        names.push(formation.name.clone());
        at = formation.parent;
        if names.len() >= 3 {
            break;
        }
    }
    names.join(", ")
}

fn way_there(session: &Session, table: &Tabletop, unit: UnitId, hex: Hex) -> String {
    let scenario = session.scenario();
    let Some(fixed) = scenario.units().get(unit.0 as usize) else {
        return String::new();
    };
    let name = counters::identity(&fixed.name);
    let mover = Mover::of(fixed.branch);
    if session.picture.counter(unit).is_some_and(|c| c.hex == hex) {
        return format!("{name} stands here");
    }
    if let Some(hours) = table.reach.get(&hex) {
        return format!("{name}: reached in {hours:.1} h");
    }
    if !scenario.passage().can_stand(mover, hex) {
        return format!("{name}: cannot enter");
    }
    let rules = scenario.rules().terrain(scenario.map().at(hex).terrain);
    let cost = match mover {
        Mover::Foot => rules.cost,
        Mover::Guns | Mover::Motor => rules.vehicle_cost,
        Mover::Ship => Some(1.0),
    };
    match cost {
        Some(cost) if scenario.passage().on_road(hex) => {
            format!("{name}: 1 on the road, {cost} off it (times the km)")
        }
        Some(cost) => format!("{name}: {cost} times the km"),
        None => format!("{name}: by road only"),
    }
}

/// One line for each kind of thing on the hexsides, with the directions it lies in.
fn sides(map: &HexMap, hex: Hex) -> Vec<String> {
    let mut lines = Vec::new();
    for direction in Direction::ALL {
        let gate = map
            .side(hex, direction)
            .and_then(|s| s.gate)
            .and_then(|g| map.gates.get(usize::from(g)));
        if let Some(gate) = gate {
            let blocked = if gate.blocked { ", walled up" } else { "" };
            lines.push(format!(
                "{}{blocked}: {}",
                gate.name,
                words::compass(direction)
            ));
        }
    }
    type Test = fn(&crate::scenario::map::HexSide) -> bool;
    let kinds: [(&str, Test); 6] = [
        ("Wall", |s| s.wall.is_some() && s.gate.is_none()),
        ("Moat", |s| s.moat),
        ("Stream", |s| s.stream && !s.bridge),
        ("Bridge", |s| s.bridge),
        ("Road", |s| s.road),
        ("Railway", |s| s.railway),
    ];
    for (name, is) in kinds {
        let there: Vec<&str> = Direction::ALL
            .into_iter()
            .filter(|d| map.side(hex, *d).is_some_and(is))
            .map(words::compass)
            .collect();
        if !there.is_empty() {
            lines.push(format!("{name}: {}", there.join(", ")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{gui::session::Seat, scenario::Options, shelf::Shelf};
    use std::sync::Arc;

    /// All text that a tooltip shows.
    fn text(show: impl Fn(&mut Ui)) -> String {
        let context = egui::Context::default();
        let mut output = context.run_ui(egui::RawInput::default(), |ui| show(ui));
        output.textures_delta.clear();
        let mut text = String::new();
        for clipped in &output.shapes {
            if let egui::Shape::Text(shape) = &clipped.shape {
                text.push_str(shape.galley.text());
                text.push('\n');
            }
        }
        text
    }

    fn session(seat: Seat) -> Session {
        let scenario =
            Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
        Session::begin(Arc::new(scenario), seat, 1)
    }

    #[test]
    fn every_hex_has_a_tooltip_and_none_repeats_its_coordinates() {
        let session = session(Seat::Both);
        let table = Tabletop {
            unit: Some(UnitId(0)),
            ..Tabletop::default()
        };
        let map = Arc::clone(session.scenario().map());
        for at in map.grid.hexes().step_by(97) {
            let shown = text(|ui| hex(ui, &session, &table, at));
            assert_eq!(shown.matches(&map.grid.label(at)).count(), 1, "{shown}");
            assert!(shown.contains(&words::capital(words::terrain(map.at(at).terrain))));
        }
        let gate = map.gates.iter().find(|g| g.id == "gate_zhonghua").unwrap();
        let shown = text(|ui| hex(ui, &session, &table, gate.inner));
        assert!(
            shown.contains("Zhonghua Gate") && shown.contains("Wall:"),
            "{shown}"
        );
        assert_eq!(text(|ui| hex(ui, &session, &table, Hex(u16::MAX))), "");
    }

    #[test]
    fn what_the_siege_has_done_to_a_hex_is_told_in_words() {
        let session = session(Seat::Side(Side::China));
        let table = Tabletop::default();
        let (at, _) = session.picture.siege.mines.first_key_value().unwrap();
        let shown = text(|ui| hex(ui, &session, &table, *at));
        assert!(shown.contains("Own mines"), "{shown}");
    }

    #[test]
    fn of_the_enemy_only_the_report_is_told() {
        let session = session(Seat::Side(Side::Japan));
        for counter in &session.picture.counters {
            let shown = text(|ui| unit(ui, &session, counter.id));
            assert!(shown.contains("Source:"));
            let own = counter.side == Side::Japan;
            assert_eq!(shown.contains("Cohesion"), own, "{shown}");
            assert_eq!(shown.contains("As reported"), !own);
        }
        assert_eq!(text(|ui| unit(ui, &session, UnitId(u32::MAX))), "");
    }
}
