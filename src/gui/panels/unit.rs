//! The panel of what is selected: a unit with all that is known of it, a formation, an air group, or
//! a hex.

use super::{air, command, formation, gauge, ground, hands, reasons, tasks, words};
use crate::{
    battle::Bin,
    commander::reason::Subject,
    gui::{
        intent::Intent,
        picture::{Counter, Details, Known},
        session::Session,
        tabletop::Tabletop,
        theme::{self, Mark},
    },
    report::{grouped, place},
    scenario::{Hex, Unit, UnitId},
};
use bevy_egui::egui::{Button, Frame, Label, RichText, ScrollArea, Ui};

/// Shows what is selected.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    ScrollArea::vertical()
        .id_salt("selected")
        .auto_shrink([false, false])
        .show(ui, |ui| {
            let unit = table
                .unit
                .and_then(|id| Some((id, session.scenario().units().get(id.0 as usize)?)));
            if let Some(group) = table.air {
                air::show(ui, session, table, group, &mut wanted);
                if let Some(wing) = session.picture.wing(group) {
                    reasons::show(ui, session, wing.side, Subject::Air(group));
                }
                return;
            }
            match (unit, table.formation, table.hex) {
                (Some((id, fixed)), ..) => {
                    one(ui, session, table, id, fixed, &mut wanted);
                }
                (None, Some(chosen), _) => formation::show(ui, session, chosen, &mut wanted),
                (None, None, Some(hex)) => {
                    ground::show(ui, session, hex);
                    stack(ui, session, hex, None, &mut wanted);
                }
                (None, None, None) => {
                    ui.label(
                        RichText::new(
                            "Nothing is selected. Left click on a unit or a hex; N selects the \
                             next unit without an order.",
                        )
                        .color(theme::PENCIL),
                    );
                }
            }
        });
    wanted
}

fn one(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    id: UnitId,
    fixed: &Unit,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let picture = &session.picture;
    name(ui, fixed);
    let above = scenario.formation(fixed.formation);
    if gauge::link(
        ui,
        &above.name,
        "The formation it belongs to; click to select it.",
    ) {
        wanted.push(Intent::SelectFormation(fixed.formation));
    }
    let Some(counter) = picture.counter(id) else {
        let due = if fixed.start_hour > picture.hour && session.seat().sees(fixed.side) {
            format!(
                "Not on the map; due on {}.",
                scenario.calendar().text(fixed.start_hour)
            )
        } else {
            "Not on the map, or not seen.".to_owned()
        };
        ui.label(due);
        return;
    };
    if gauge::link(
        ui,
        &place::placed(scenario.map(), "at", counter.hex),
        "Where it stands; click to look there.",
    ) {
        wanted.push(Intent::LookAt(counter.hex));
    }
    match &counter.known {
        Known::Exactly(details) => {
            if session.seat().commands(fixed.side) {
                hands::of_unit(ui, session, id, wanted);
                tasks::show(ui, session, table, id, wanted);
            }
            reasons::show(ui, session, fixed.side, Subject::Unit(id));
            doing(ui, session, details);
            command::of_unit(ui, session, id, wanted);
            men(ui, session, fixed, details);
            fitness(ui, session, fixed, details);
        }
        Known::Reported(hour) => {
            reported(ui, session, counter, *hour);
        }
    }
    stack(ui, session, counter.hex, Some(id), wanted);
    ui.add_space(4.0);
    ui.collapsing("Sources", |ui| sources(ui, session, id, fixed));
}

fn name(ui: &mut Ui, fixed: &Unit) {
    Frame::new()
        .fill(theme::side_ground(fixed.side))
        .inner_margin(5.0)
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.add(Label::new(RichText::new(&fixed.name).heading()).wrap());
            let kind = format!(
                "{} {}, {}",
                fixed.side.adjective(),
                words::echelon(fixed.echelon),
                words::branch(fixed.branch)
            );
            ui.label(RichText::new(kind).color(theme::INK).small());
        });
    if !fixed.commander.is_empty() {
        gauge::row(ui, "commander", &fixed.commander, "");
    }
}

fn men(ui: &mut Ui, session: &Session, fixed: &Unit, details: &Details) {
    let all = &details.strength;
    let total = f64::from(all.total().max(1));
    let source = format!(
        "Source of its strength: {} ({})",
        fixed.source,
        words::confidence(fixed.confidence)
    );
    gauge::heading(ui, "Men");
    gauge::bar(
        ui,
        "in the ranks",
        f64::from(all.formed()) / total,
        theme::side_ink(fixed.side),
        &format!(
            "{} of {} men are with the unit and in order; only they fight.\n{source}",
            grouped(all.formed()),
            grouped(all.total())
        ),
    );
    let shown = Bin::ALL.into_iter().filter(|b| all.men(*b) > 0);
    for bin in shown {
        gauge::row(
            ui,
            words::bin(bin),
            &grouped(all.men(bin)),
            &bin_meaning(session, bin),
        );
    }
    if fixed.guns > 0 {
        gauge::row(
            ui,
            "guns",
            &guns(session, fixed),
            &guns_about(session, fixed),
        );
    }
    if fixed.tanks > 0 {
        let about = format!("Tanks and armoured cars.\n{source}");
        gauge::row(ui, "tanks", &fixed.tanks.to_string(), &about);
    }
    if fixed.anti_tank > 0 {
        let about = format!("Anti-tank guns: they answer tanks in close combat.\n{source}");
        gauge::row(ui, "anti-tank", &fixed.anti_tank.to_string(), &about);
    }
}

fn bin_meaning(session: &Session, bin: Bin) -> String {
    let rules = session.scenario().rules();
    let (meaning, source) = match bin {
        Bin::Formed => ("With the unit and in order.", &rules.power.source),
        Bin::Disordered => (
            "With the unit or near it, not in order; they come back in quiet hours.",
            &rules.morale.source,
        ),
        Bin::Killed | Bin::Wounded => ("In this battle as simulated so far.", &rules.fire.source),
        Bin::Captured => (
            "Captured or missing. What happens to captured men is not simulated.",
            &rules.yielding.source,
        ),
        Bin::Drowned => (
            "Drowned in the river, from boats or swimming.",
            &rules.escape.source,
        ),
        Bin::OwnSideShot => (
            "Shot by their own side for going back without permission.",
            &rules.command.source,
        ),
        Bin::Crowd => (
            "They have left the unit and go their own way, in a crowd.",
            &rules.escape.source,
        ),
        Bin::NotArrived | Bin::Escaped => ("Not on the map.", &rules.yielding.source),
        Bin::Hidden => (
            "Left in the city, out of uniform. What happens to them there is not simulated.",
            &rules.escape.source,
        ),
    };
    format!("{meaning}\nSource of the rule: {source}")
}

fn guns(session: &Session, fixed: &Unit) -> String {
    let class = fixed
        .gun_class
        .and_then(|class| session.scenario().rules().guns.get(class));
    match class {
        Some(class) => format!("{} x {}", fixed.guns, class.name),
        None => fixed.guns.to_string(),
    }
}

fn guns_about(session: &Session, fixed: &Unit) -> String {
    let class = fixed
        .gun_class
        .and_then(|class| session.scenario().rules().guns.get(class));
    match class {
        Some(class) => format!(
            "Range {:.1} km, shell {:.1} kg, {:.0} rounds an hour a gun.\nSource: {}",
            class.range_km, class.shell_kg, class.rounds_per_hour, class.source
        ),
        None => "Guns that go with the infantry; they fire no missions of their own.".to_owned(),
    }
}

fn fitness(ui: &mut Ui, session: &Session, fixed: &Unit, details: &Details) {
    let rules = session.scenario().rules();
    let k = &details.condition;
    let bars = [
        (
            "cohesion",
            k.cohesion,
            "How well it holds together. It falls with losses and shelling and rises at rest; a \
             unit low in it gives way sooner.",
            &rules.morale.source,
        ),
        (
            "fatigue",
            k.fatigue,
            "Tiredness from marching and fighting. Rest takes it away.",
            &rules.movement.source,
        ),
        (
            "supply",
            k.supply,
            "Food and stores. Where none is brought up, food was bought or looted from the people who \
             lived there.",
            &rules.supply.source,
        ),
        (
            "ammunition",
            k.ammunition,
            "Small-arms ammunition, share of a unit of fire.",
            &rules.supply.source,
        ),
        (
            "suppression",
            k.suppression,
            "Pinned by shelling; it wears off within hours.",
            &rules.bombardment.source,
        ),
    ];
    gauge::heading(ui, "Fitness");
    for (label, share, meaning, source) in bars {
        gauge::bar(
            ui,
            label,
            share,
            theme::PENCIL,
            &format!("{meaning}\n{:.2}; source of the rule: {source}", share),
        );
    }
    if fixed.gun_class.is_some() {
        gauge::row(
            ui,
            "shells",
            &format!("{:.0} rounds", k.rounds),
            &format!(
                "Rounds left, all its guns together.\nSource of the rule: {}",
                rules.bombardment.source
            ),
        );
    }
    gauge::row(
        ui,
        "training",
        &format!("{} of 10", fixed.quality),
        &format!(
            "Training and leadership of its trained men; {} of {} men are recruits, counted at 2.\n\
             Source: {} ({})",
            grouped(fixed.recruits),
            grouped(fixed.men),
            fixed.source,
            words::confidence(fixed.confidence)
        ),
    );
    if k.isolated {
        ui.horizontal(|ui| {
            Mark::CutOff.show(ui);
            ui.colored_label(theme::ATTENTION, "cut off from supply")
                .on_hover_text(format!(
                    "No line to a source of supply is free of the enemy.\nSource of the rule: {}",
                    rules.supply.source
                ));
        });
    }
}

fn doing(ui: &mut Ui, session: &Session, details: &Details) {
    let scenario = session.scenario();
    let rules = scenario.rules();
    gauge::heading(ui, "Doing");
    gauge::row(
        ui,
        "now",
        words::posture(details.posture),
        "What it does at this moment.",
    );
    let from = details
        .start_at
        .filter(|h| *h > session.picture.hour)
        .map_or_else(String::new, |h| {
            format!(", from {} on", scenario.calendar().text(h))
        });
    gauge::row(
        ui,
        "order in force",
        &format!("{}{from}", words::task(scenario, &details.task)),
        "The order it goes on carrying out unless it gets a new one.",
    );
    gauge::row(
        ui,
        "dug in",
        words::works(details.entrenched),
        &format!(
            "Works of its own; they grow while it holds in quiet. Works of the map come on top.\n\
             Source of the rule: {}",
            rules.hold.source
        ),
    );
    gauge::row(
        ui,
        "marched",
        &format!("{} of the last 24 hours", details.marched_hours),
        &format!(
            "At most {} hours a day are marched, {} by forced marches.\nSource of the rule: {}",
            rules.movement.march_hours, rules.movement.march_hours_forced, rules.movement.source
        ),
    );
    if details.in_contact {
        ui.horizontal(|ui| {
            Mark::Contact.show(ui);
            ui.label("in contact with the enemy")
                .on_hover_text("Formed enemies stand in a hex beside it.");
        });
    }
}

fn reported(ui: &mut Ui, session: &Session, counter: &Counter, seen: crate::scenario::Hours) {
    let observation = &session.scenario().rules().observation;
    gauge::heading(ui, "As reported");
    gauge::row(
        ui,
        "men",
        &format!("about {}", grouped(counter.men)),
        &format!(
            "An estimate of your side; the true number can be quite another.\n\
             Source of the rule: {}",
            observation.source
        ),
    );
    gauge::row(
        ui,
        "last seen",
        &session.scenario().calendar().text(seen),
        &format!(
            "A report is forgotten after {} hours without a new one.",
            observation.memory_turns * 4
        ),
    );
}

fn stack(
    ui: &mut Ui,
    session: &Session,
    hex: Hex,
    selected: Option<UnitId>,
    wanted: &mut Vec<Intent>,
) {
    let others: Vec<&Counter> = session.picture.stack(hex).collect();
    if others.is_empty() || (others.len() == 1 && selected.is_some()) {
        return;
    }
    gauge::heading(ui, "In this hex");
    for counter in others {
        let Some(fixed) = session.scenario().units().get(counter.id.0 as usize) else {
            continue;
        };
        ui.horizontal(|ui| {
            Mark::Of(counter.side).show(ui);
            let about = match &counter.known {
                Known::Exactly(_) => format!("{}, {} men", fixed.name, grouped(counter.men)),
                Known::Reported(_) => format!("{}, about {} men", fixed.name, grouped(counter.men)),
            };
            let chosen = selected == Some(counter.id);
            if ui
                .add(Button::selectable(chosen, &about).truncate())
                .on_hover_text(about)
                .clicked()
            {
                wanted.push(Intent::SelectUnit(counter.id));
            }
        });
    }
}

fn sources(ui: &mut Ui, session: &Session, id: UnitId, fixed: &Unit) {
    let mut line = |text: String| {
        ui.add(Label::new(RichText::new(text).small()).wrap());
    };
    line(format!(
        "Unit: {} ({}).",
        fixed.source,
        words::confidence(fixed.confidence)
    ));
    if fixed.men_range.0 < fixed.men_range.1 {
        line(format!(
            "Strength between {} and {} men before the estimate chosen.",
            grouped(fixed.men_range.0),
            grouped(fixed.men_range.1)
        ));
    }
    if !fixed.note.is_empty() {
        line(fixed.note.clone());
    }
    let scenario = session.scenario();
    if let Some(troops) = scenario.troops().get(scenario.unit(id).troops) {
        line(format!(
            "Kind of troops: {}. {} ({}).",
            troops.name,
            troops.source,
            words::confidence(troops.confidence)
        ));
    }
}
