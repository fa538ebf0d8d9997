//! What one's side observed in the last turns, in plain sentences, newest last.

use super::words;
use crate::{
    battle::{Cause, CommandEvent, Event, Logged},
    gui::{
        intent::Intent,
        playback::{observed, whereabouts},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    report::{self, chronicle::Weight},
    scenario::{Hours, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{Button, ComboBox, Id, RichText, ScrollArea, TextEdit, Ui};
use std::sync::Arc;

/// Height of a row.
const ROW: f32 = 20.0;

/// Turns looked back.
const TURNS: u32 = 6;

/// Which events are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Kind {
    #[default]
    Main,
    Fights,
    Fire,
    Movement,
    Collapse,
    Sightings,
    Losses,
    Orders,
    All,
}

const KINDS: [(Kind, &str); 9] = [
    (Kind::Main, "what matters"),
    (Kind::Fights, "fights"),
    (Kind::Fire, "shelling"),
    (Kind::Movement, "movement"),
    (Kind::Collapse, "collapse, escape"),
    (Kind::Sightings, "sightings"),
    (Kind::Losses, "losses"),
    (Kind::Orders, "orders"),
    (Kind::All, "everything"),
];

impl Kind {
    fn takes(self, session: &Session, event: &Event) -> bool {
        let turn_mark = matches!(event, Event::TurnBegan { .. });
        turn_mark
            || match self {
                Kind::Main => {
                    (report::weight(session.scenario(), event) > Weight::Routine
                        && !matches!(event, Event::Contact { .. }))
                        || matches!(event, Event::Fought { assault: true, .. })
                }
                Kind::Fights => matches!(
                    event,
                    Event::Fought { .. }
                        | Event::Contact { .. }
                        | Event::Yielded { .. }
                        | Event::BrokeOff { .. }
                        | Event::Rallied { .. }
                        | Event::PartySent { .. }
                        | Event::Lodged { .. }
                        | Event::LodgementEnded { .. }
                        | Event::StruckBack { .. }
                        | Event::HexTaken {
                            by_assault: true,
                            ..
                        }
                ),
                Kind::Fire => matches!(
                    event,
                    Event::Fired { .. }
                        | Event::Shelled { .. }
                        | Event::Raided { .. }
                        | Event::Kindled { .. }
                        | Event::BurntOut { .. }
                        | Event::Razed { .. }
                        | Event::WallDamaged { .. }
                        | Event::Breached { .. }
                ),
                Kind::Movement => matches!(
                    event,
                    Event::Moved { .. }
                        | Event::Blocked { .. }
                        | Event::Arrived { .. }
                        | Event::Left { .. }
                        | Event::Drafted { .. }
                        | Event::RiverClosed { .. }
                        | Event::CrowdFormed(..)
                        | Event::CrowdMoved(..)
                        | Event::CrowdMerged(..)
                        | Event::Crossed(..)
                        | Event::Swam(..)
                        | Event::BoatsTaken(..)
                        | Event::PostureChanged { .. }
                ),
                Kind::Collapse => is_of_collapse(event),
                Kind::Sightings => matches!(event, Event::Sighted { .. }),
                Kind::Losses => matches!(event, Event::Men { .. }),
                Kind::Orders => matches!(
                    event,
                    Event::OrderTaken { .. }
                        | Event::OrderLapsed { .. }
                        | Event::MissionGiven { .. }
                        | Event::Command(_)
                ),
                Kind::All => true,
            }
    }
}

/// Units that come apart, crowds, boats, headquarters and orders that are lost, barrier fire.
fn is_of_collapse(event: &Event) -> bool {
    match event {
        Event::CrowdFormed(..)
        | Event::CrowdMerged(..)
        | Event::Crossed(..)
        | Event::Swam(..)
        | Event::BoatsTaken(..)
        | Event::Left { .. }
        | Event::Yielded { cut_off: true, .. }
        | Event::CityLost { .. } => true,
        Event::Men { cause, .. } => matches!(cause, Cause::Dissolution | Cause::Collapse),
        Event::Command(event) => matches!(
            **event,
            CommandEvent::HeadquartersLost { .. }
                | CommandEvent::HeadquartersLeft { .. }
                | CommandEvent::OrderLost { .. }
                | CommandEvent::DirectivesContradict { .. }
                | CommandEvent::ActedAlone { .. }
                | CommandEvent::BarrierShot { .. }
                | CommandEvent::BarrierBroken { .. }
        ),
        _ => false,
    }
}

/// What is listed and searched for.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    kind: Kind,
    filter: String,
}

/// The lines of the list, made anew only when something changes.
#[derive(Clone)]
struct Lines {
    of: (usize, Reading, Option<Hours>),
    lines: Arc<Vec<(usize, String)>>,
}

/// Shows the list.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let key = Id::new("events read");
    let mut reading: Reading = ui.data(|d| d.get_temp(key)).unwrap_or_default();
    let before = reading.clone();
    ui.horizontal(|ui| {
        ui.label(RichText::new("Events").strong())
            .on_hover_text("What your side observed in the last turns, newest last.");
        let shown = KINDS
            .iter()
            .find(|(kind, _)| *kind == reading.kind)
            .map_or("", |(_, name)| name);
        ComboBox::from_id_salt("kind of event")
            .selected_text(shown)
            .width(110.0)
            .show_ui(ui, |ui| {
                for (kind, name) in KINDS {
                    ui.selectable_value(&mut reading.kind, kind, name);
                }
            });
        ui.add(
            TextEdit::singleline(&mut reading.filter)
                .hint_text("search")
                .desired_width(160.0),
        );
    });
    if reading != before {
        ui.data_mut(|d| d.insert_temp(key, reading.clone()));
    }
    // What is still to be played back is not told before.
    let until = table.playback.as_ref().map(|p| p.hour());
    let lines = lines(ui, session, &reading, until);
    if lines.is_empty() {
        ui.label(RichText::new("Nothing to tell yet.").color(theme::PENCIL));
    }
    ScrollArea::vertical()
        .id_salt("events")
        .auto_shrink([false, false])
        .stick_to_bottom(true)
        .show_rows(ui, ROW, lines.len(), |ui, range| {
            ui.spacing_mut().button_padding.y = 0.0;
            ui.spacing_mut().interact_size.y = ROW - 4.0;
            for (index, text) in lines.get(range).unwrap_or_default() {
                let Some(logged) = session.events.get(*index) else {
                    continue;
                };
                row(ui, session, *index, logged, text, &mut wanted);
            }
        });
    wanted
}

fn row(
    ui: &mut Ui,
    session: &Session,
    index: usize,
    logged: &Logged,
    text: &str,
    wanted: &mut Vec<Intent>,
) {
    let mut shown = RichText::new(text);
    if matches!(logged.event, Event::TurnBegan { .. }) {
        shown = shown.strong();
    }
    let place = whereabouts(session.scenario(), &logged.event);
    let fight = matches!(logged.event, Event::Fought { .. });
    let about = match (place.is_some(), fight) {
        (_, true) => format!("{text}\nClick: look there, and how it came about."),
        (true, false) => format!("{text}\nClick: look there."),
        (false, false) => text.to_owned(),
    };
    let line = Button::new(shown).truncate().frame_when_inactive(false);
    if ui.add(line).on_hover_text(about).clicked() {
        wanted.extend(place.map(Intent::LookAt));
        if fight {
            wanted.extend(u32::try_from(index).ok().map(Intent::OpenFoughtCard));
        }
    }
}

fn lines(
    ui: &Ui,
    session: &Session,
    reading: &Reading,
    until: Option<Hours>,
) -> Arc<Vec<(usize, String)>> {
    let key = Id::new("event lines");
    let of = (session.events.len(), reading.clone(), until);
    let known: Option<Lines> = ui.data(|d| d.get_temp(key));
    if let Some(known) = known
        && known.of == of
    {
        return known.lines;
    }
    let scenario = session.scenario();
    let first = session
        .picture
        .hour
        .0
        .saturating_sub(TURNS * HOURS_PER_TURN);
    let filter = reading.filter.trim().to_lowercase();
    let begin = session.events.partition_point(|l| l.hour.0 < first);
    let taken = session
        .events
        .iter()
        .enumerate()
        .skip(begin)
        .filter(|(_, l)| until.is_none_or(|hour| l.hour <= hour))
        .filter(|(_, l)| observed(session, l) && reading.kind.takes(session, &l.event));
    let own = words::own_side(session.seat());
    let lines: Vec<(usize, String)> = rows(taken, reading.kind == Kind::Main)
        .into_iter()
        .filter_map(|(i, hours)| {
            let time = scenario.calendar().text(hours.last()?.hour);
            let sentence = report::assaults_seen_by(scenario, &hours, own);
            Some((i, format!("{time}  {sentence}")))
        })
        .filter(|(_, text)| filter.is_empty() || text.to_lowercase().contains(&filter))
        .collect();
    let lines = Arc::new(lines);
    let kept = Lines {
        of,
        lines: Arc::clone(&lines),
    };
    ui.data_mut(|d| d.insert_temp(key, kept));
    lines
}

/// The events of each line with the index of the last. If `merged`, the hours of one assault in one
/// turn share a line, which stands where the last of them stands.
pub(super) fn rows<'a>(
    events: impl Iterator<Item = (usize, &'a Logged)>,
    merged: bool,
) -> Vec<(usize, Vec<&'a Logged>)> {
    let mut rows: Vec<(usize, Vec<&Logged>)> = Vec::new();
    for (index, logged) in events {
        let begun = if merged {
            rows.iter().rposition(|(_, hours)| goes_on(hours, logged))
        } else {
            None
        };
        let mut hours = begun.map_or_else(Vec::new, |at| rows.remove(at).1);
        hours.push(logged);
        rows.push((index, hours));
    }
    rows
}

/// Is this the next hour of the assault whose hours these are?
fn goes_on(hours: &[&Logged], next: &Logged) -> bool {
    let Event::Fought {
        at,
        attacker,
        assault: true,
        ..
    } = &next.event
    else {
        return false;
    };
    hours.last().is_some_and(|last| {
        let same = matches!(
            &last.event,
            Event::Fought { at: a, attacker: by, assault: true, .. } if a == at && by == attacker
        );
        same && last.hour.turn() == next.hour.turn() && next.hour.0 <= last.hour.0 + 1
    })
}
