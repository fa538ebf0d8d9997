//! The order of battle as a tree, of the sides this seat sees: strength and state of every unit, and
//! a way to find it on the map. Only the rows in view are laid out.

use super::{air, command, words};
use crate::{
    battle::{Bin, Order, Posture},
    gui::{
        intent::Intent,
        picture::{Known, Picture, chain::Sign},
        session::Session,
        tabletop::Tabletop,
        theme::{self, Mark},
    },
    report::grouped,
    scenario::{AirGroupId, Echelon, FormationId, Scenario, Side, UnitId},
};
use bevy_egui::egui::{Align, Button, Id, Label, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};
use std::collections::{BTreeMap, BTreeSet};

/// Height of a row.
const ROW: f32 = 19.0;
/// Width of strength and state at the right of a unit's row, and of strength at a formation's.
const UNIT_RIGHT: f32 = 112.0;
const UNIT_RIGHT_QUIET: f32 = 62.0;
const AIR_RIGHT: f32 = 80.0;
const FORMATION_RIGHT: f32 = 52.0;
/// Further room for the marks of its command.
const MARK: f32 = 18.0;

/// One line of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Heading of a side.
    Side(Side),
    /// A formation, with its depth and whether what is under it is shown.
    Formation(FormationId, u32, bool),
    /// An air group.
    Air(AirGroupId),
    /// A unit, with its depth.
    Unit(UnitId, u32),
}

/// What the person has opened, shut and searched for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    /// Formations turned over: open where they begin shut, shut where they begin open.
    turned: BTreeSet<FormationId>,
    filter: String,
}

/// Shows the tree.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let key = Id::new("order of battle");
    let mut reading: Reading = ui.data(|d| d.get_temp(key)).unwrap_or_default();
    let before = reading.clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Forces").strong());
        ui.add(
            TextEdit::singleline(&mut reading.filter)
                .hint_text("search")
                .desired_width(ui.available_width() - 8.0),
        );
    });
    let chosen = table
        .unit
        .and_then(|id| session.scenario().units().get(id.0 as usize))
        .map(|unit| unit.formation);
    let lines = lines(session, &reading.turned, &reading.filter, chosen);
    if lines.is_empty() {
        ui.label(RichText::new("No name contains that.").color(theme::PENCIL));
    }
    let mut turn = None;
    ScrollArea::vertical()
        .id_salt("order of battle")
        .auto_shrink([false, false])
        .show_rows(ui, ROW, lines.len(), |ui, range| {
            for line in lines.get(range).unwrap_or_default() {
                row(ui, session, table, *line, &mut turn, &mut wanted);
            }
        });
    if let Some(formation) = turn
        && !reading.turned.remove(&formation)
    {
        reading.turned.insert(formation);
    }
    if reading != before {
        ui.data_mut(|d| d.insert_temp(key, reading));
    }
    wanted
}

/// The lines to show: sides seen, formations from the top down, units last. With a filter, those
/// whose name contains it and what is above them. The branch of the formation in hand is open.
pub(super) fn lines(
    session: &Session,
    turned: &BTreeSet<FormationId>,
    filter: &str,
    chosen: Option<FormationId>,
) -> Vec<Line> {
    let scenario = session.scenario();
    let filter = filter.trim().to_lowercase();
    let mut below: BTreeMap<(Side, Option<FormationId>), Vec<FormationId>> = BTreeMap::new();
    for (i, f) in (0_u32..).zip(scenario.formations()) {
        below
            .entry((f.side, f.parent))
            .or_default()
            .push(FormationId(i));
    }
    let mut units: BTreeMap<FormationId, Vec<UnitId>> = BTreeMap::new();
    for (i, u) in (0_u32..).zip(scenario.units()) {
        units.entry(u.formation).or_default().push(UnitId(i));
    }
    let tree = Tree {
        scenario,
        turned,
        filter: &filter,
        chosen,
        below,
        units,
    };
    let mut lines = Vec::new();
    for side in Side::ALL.into_iter().filter(|s| session.seat().sees(*s)) {
        let start = lines.len();
        lines.push(Line::Side(side));
        let wings = session.picture.air.iter().filter(|w| w.side == side);
        let named = wings.filter(|w| tree.matches(&scenario.air()[usize::from(w.id.0)].name));
        lines.extend(named.map(|w| Line::Air(w.id)));
        for top in tree.below.get(&(side, None)).into_iter().flatten() {
            tree.grow(*top, 0, &mut lines);
        }
        if lines.len() == start + 1 {
            lines.truncate(start);
        }
    }
    lines
}

struct Tree<'a> {
    scenario: &'a Scenario,
    turned: &'a BTreeSet<FormationId>,
    filter: &'a str,
    chosen: Option<FormationId>,
    below: BTreeMap<(Side, Option<FormationId>), Vec<FormationId>>,
    units: BTreeMap<FormationId, Vec<UnitId>>,
}

impl Tree<'_> {
    fn matches(&self, name: &str) -> bool {
        name.to_lowercase().contains(self.filter)
    }

    fn grow(&self, id: FormationId, depth: u32, lines: &mut Vec<Line>) {
        let formation = self.scenario.formation(id);
        let filtering = !self.filter.is_empty();
        let begins_open = formation.echelon > Echelon::Division
            || self.chosen.is_some_and(|c| self.scenario.is_under(c, id));
        let open = filtering || begins_open != self.turned.contains(&id);
        let at = lines.len();
        lines.push(Line::Formation(id, depth, open));
        if !open {
            return;
        }
        for sub in self
            .below
            .get(&(formation.side, Some(id)))
            .into_iter()
            .flatten()
        {
            self.grow(*sub, depth + 1, lines);
        }
        let own_name = self.matches(&formation.name);
        for unit in self.units.get(&id).into_iter().flatten() {
            if !filtering || own_name || self.matches(&self.scenario.unit(*unit).name) {
                lines.push(Line::Unit(*unit, depth + 1));
            }
        }
        if filtering && !own_name && lines.len() == at + 1 {
            lines.truncate(at);
        }
    }
}

fn row(
    ui: &mut Ui,
    session: &Session,
    table: &Tabletop,
    line: Line,
    turn: &mut Option<FormationId>,
    wanted: &mut Vec<Intent>,
) {
    let scenario = session.scenario();
    let size = vec2(ui.available_width(), ROW);
    let layout = Layout::left_to_right(Align::Center);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().button_padding.y = 0.0;
        ui.spacing_mut().interact_size.y = ROW;
        ui.spacing_mut().item_spacing.x = 4.0;
        match line {
            Line::Side(side) => {
                Mark::Of(side).show(ui);
                ui.label(RichText::new(&scenario.side_file(side).name).strong());
            }
            Line::Formation(id, depth, open) => {
                ui.add_space(depth as f32 * 10.0);
                let sign = if open { "-" } else { "+" };
                if ui
                    .add(Button::new(sign).small().min_size(vec2(16.0, 16.0)))
                    .on_hover_text(if open { "Shut" } else { "Open" })
                    .clicked()
                {
                    *turn = Some(id);
                }
                let formation = scenario.formation(id);
                let books = session.picture.formation_men.get(id.0 as usize);
                let men = books.map_or(0, |m| m.formed());
                let to_come = books.map_or(0, |m| m.men(Bin::NotArrived));
                let signs = signs(session, id);
                let right = FORMATION_RIGHT + MARK * signs.len() as f32;
                if named(ui, table.formation == Some(id), &formation.name, right) {
                    wanted.push(Intent::SelectFormation(id));
                }
                for (mark, about) in signs {
                    mark.show(ui).on_hover_text(about);
                }
                let (shown, about) = if men == 0 && to_come > 0 {
                    (
                        "to come".to_owned(),
                        format!("{} men, not yet arrived.", grouped(to_come)),
                    )
                } else {
                    let about = "Formed men of all units under it.".to_owned();
                    (grouped(men), about)
                };
                strength(ui, &shown, &about, None);
            }
            Line::Air(id) => {
                ui.add_space(20.0);
                let name = &scenario.air()[usize::from(id.0)].name;
                if named(ui, table.air == Some(id), name, AIR_RIGHT) {
                    wanted.push(Intent::SelectAir(id));
                }
                if let Some(wing) = session.picture.wing(id) {
                    let about = air::flies(scenario, wing);
                    strength(
                        ui,
                        "",
                        &about,
                        Some((Mark::Plane, air::brief(session, wing))),
                    );
                }
            }
            Line::Unit(id, depth) => {
                ui.add_space(depth as f32 * 10.0 + 20.0);
                let unit = scenario.unit(id);
                let counter = session.picture.counter(id);
                let (mark, word) = state(session, id);
                let by_hand = session.hands().has_unit(id);
                let right = if word.is_empty() {
                    UNIT_RIGHT_QUIET
                } else {
                    UNIT_RIGHT
                } + if by_hand { MARK } else { 0.0 };
                if named(ui, table.unit == Some(id), &unit.name, right) {
                    wanted.push(Intent::SelectUnit(id));
                    wanted.extend(counter.map(|c| Intent::LookAt(c.hex)));
                }
                if by_hand {
                    Mark::ByHand.show(ui).on_hover_text("Taken over by hand.");
                }
                let men = counter.map_or_else(String::new, |c| grouped(c.men));
                strength(
                    ui,
                    &men,
                    "Formed men, and what it is doing.",
                    Some((mark, &word)),
                );
            }
        }
    });
}

/// A name to click, as wide as the row leaves room for.
fn named(ui: &mut Ui, selected: bool, name: &str, right: f32) -> bool {
    let width = (ui.available_width() - right).max(24.0);
    ui.allocate_ui_with_layout(
        vec2(width, ROW),
        Layout::left_to_right(Align::Center),
        |ui| {
            ui.set_min_width(width);
            ui.add(Button::selectable(selected, name).truncate())
                .on_hover_text(name)
                .clicked()
        },
    )
    .inner
}

fn strength(ui: &mut Ui, men: &str, about: &str, state: Option<(Mark, &str)>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(RichText::new(men).small()).on_hover_text(about);
        if let Some((mark, word)) = state {
            ui.add(Label::new(RichText::new(word).small().color(theme::PENCIL)).truncate());
            mark.show(ui).on_hover_text(word);
        }
    });
}

/// What is to be known of a formation's command: an order that is not plain, a headquarters out of
/// contact or gone. What is true of it through the one above is not said again.
fn signs(session: &Session, id: FormationId) -> Vec<(Mark, String)> {
    let scenario = session.scenario();
    let chain = &session.picture.chain;
    let mut signs = Vec::new();
    if session.hands().has_mission(id) {
        let about = "Its mission was given by you; the staff does not change it.";
        signs.push((Mark::ByHand, about.to_owned()));
    }
    let own = scenario.is_station(id) || chain.under_way.iter().any(|d| d.to == id);
    if let Some((of, sign)) = chain.unsettled(scenario, id)
        && of == id
        && (own || sign == Sign::Waits)
        && let Some((_, text)) = command::unsettled(session, id)
    {
        signs.push((command::mark(sign), text));
    }
    if let Some(station) = chain.stations.get(&id)
        && (station.is_out_of_contact() || (station.gone.is_some() && !station.is_manned()))
    {
        let text = words::capital(&command::contact(session, station));
        signs.push((Mark::OutOfContact, text));
    }
    signs
}

/// The most urgent thing to know of a unit, as mark and word.
pub fn state(session: &Session, id: UnitId) -> (Mark, String) {
    let scenario = session.scenario();
    let picture: &Picture = &session.picture;
    let Some(counter) = picture.counter(id) else {
        let due = scenario.units().get(id.0 as usize).map(|u| u.start_hour);
        let word = match due {
            Some(hour) if hour > picture.hour => scenario
                .calendar()
                .at(hour)
                .strftime("due %-d %b")
                .to_string(),
            _ => "off the map".to_owned(),
        };
        return (Mark::Absent, word);
    };
    let Known::Exactly(details) = &counter.known else {
        return (Mark::Idle, "reported".to_owned());
    };
    let ordered = picture
        .orders
        .iter()
        .any(|(_, _, o)| matches!(o, Order::Unit { unit, .. } if *unit == id));
    let (mark, word) = if details.posture == Posture::Routed {
        (Mark::Flight, "in flight")
    } else if details.condition.isolated {
        (Mark::CutOff, "cut off")
    } else if details.in_contact {
        (Mark::Contact, "contact")
    } else if ordered {
        (Mark::Ordered, "ordered")
    } else if details.task.goal().is_some() {
        (Mark::Ordered, "moving")
    } else {
        (Mark::Idle, "")
    };
    (mark, word.to_owned())
}
