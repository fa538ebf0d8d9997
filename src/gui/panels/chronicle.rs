//! The chronicle: day by day what the side knows of the battle, and beside it what history tells of
//! the same day. To be read during play; a click on a line looks at its place.
//!
//! The left column is the simulated battle, the right one is history; the two are never mixed.

use super::{events, words};
use crate::{
    battle::{Event, Logged},
    gui::{
        board::escape::SILENT,
        intent::Intent,
        playback::{observed, whereabouts},
        session::Session,
        tabletop::Tabletop,
        theme,
    },
    report::{
        self,
        chronicle::Weight,
        days::{self, Dated},
        grouped,
    },
    scenario::{Hours, Side},
};
use bevy_egui::egui::{Button, Id, Label, RichText, ScrollArea, Ui};
use std::sync::Arc;

/// Which day is open, and how much is told of it.
#[derive(Clone, Debug, Default, PartialEq)]
struct Reading {
    /// A day, counted from the first; none: the latest.
    day: Option<u32>,
    /// What matters to somebody who follows the day, not the battle.
    in_detail: bool,
}

/// A line of the simulated battle.
#[derive(Clone, Debug, PartialEq)]
struct Entry {
    /// Index of its event.
    index: usize,
    text: String,
}

/// A day as it is read.
#[derive(Clone, Debug, Default)]
struct Page {
    told: Vec<Entry>,
    history: Vec<Dated>,
    lost: [u32; 2],
}

/// What a page was made from.
type Key = (usize, Option<Hours>, u32, bool);

#[derive(Clone)]
struct Kept {
    of: Key,
    page: Arc<Page>,
}

/// Shows the chronicle.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let key = Id::new("chronicle read");
    let mut reading: Reading = ui.data(|d| d.get_temp(key)).unwrap_or_default();
    let before = reading.clone();
    let scenario = session.scenario();
    let calendar = scenario.calendar();
    // What is still to be played back is not told before.
    let playing = table.playback.as_ref().map(|p| p.hour());
    let now = playing.unwrap_or(Hours(session.picture.hour.0.saturating_sub(1)));
    let last = calendar.day(now);
    let day = reading.day.map_or(last, |d| d.min(last));
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new("Chronicle").strong());
        ui.checkbox(&mut reading.in_detail, "in detail")
            .on_hover_text(
                "Fights, boats, headquarters and more, not only the course of the battle.",
            );
    });
    ui.horizontal_wrapped(|ui| {
        for d in 0..=last {
            let label = calendar.at(noon(session, d)).strftime("%-d").to_string();
            let button = Button::selectable(d == day, label).frame_when_inactive(true);
            let about = if d == last {
                "The latest day."
            } else {
                "Read this day."
            };
            if ui.add(button).on_hover_text(about).clicked() {
                reading.day = (d < last).then_some(d);
            }
        }
    });
    if reading != before {
        ui.data_mut(|d| d.insert_temp(key, reading.clone()));
    }
    let date = calendar.at(noon(session, day));
    ui.heading(date.strftime("%A, %-d %B %Y").to_string());
    let page = page(ui, session, day, reading.in_detail, playing);
    losses(ui, session, &page);
    ui.separator();
    ScrollArea::vertical()
        .id_salt(("chronicle", day))
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.columns(2, |columns| {
                simulated(&mut columns[0], session, day, now, &page, &mut wanted);
                in_history(&mut columns[1], session, &page, &mut wanted);
            });
        });
    wanted
}

/// An hour in the middle of a day: the first day may begin late.
fn noon(session: &Session, day: u32) -> Hours {
    let first = session.scenario().calendar().hour_of_day(Hours(0));
    Hours((day * 24 + 12).saturating_sub(first))
}

fn losses(ui: &mut Ui, session: &Session, page: &Page) {
    let own: Vec<String> = Side::ALL
        .into_iter()
        .filter(|side| session.seat().sees(*side))
        .map(|side| {
            let lost = page.lost[side.index()];
            format!("{} {}", grouped(lost), side.adjective())
        })
        .collect();
    let text = format!("Killed and wounded on this day: {}", own.join(", "));
    ui.add(Label::new(RichText::new(text).color(theme::PENCIL).small()).wrap());
}

fn simulated(
    ui: &mut Ui,
    session: &Session,
    day: u32,
    now: Hours,
    page: &Page,
    wanted: &mut Vec<Intent>,
) {
    let title = match words::own_side(session.seat()) {
        Some(_) => "This battle, as you know it",
        None => "This battle",
    };
    ui.label(RichText::new(title).strong());
    if page.told.is_empty() {
        ui.label(RichText::new("Nothing of note so far.").color(theme::PENCIL));
    }
    for entry in &page.told {
        let Some(logged) = session.events.get(entry.index) else {
            continue;
        };
        let place = whereabouts(session.scenario(), &logged.event);
        let fight = matches!(logged.event, Event::Fought { .. });
        let about = match (fight, place.is_some()) {
            (true, _) => "Click: look there, and how it came about.",
            (false, true) => "Click: look there.",
            (false, false) => "",
        };
        if line(ui, &entry.text, place.is_some(), about) {
            wanted.extend(place.map(Intent::LookAt));
            if fight {
                let index = u32::try_from(entry.index).ok();
                wanted.extend(index.map(Intent::OpenFoughtCard));
            }
        }
    }
    let calendar = session.scenario().calendar();
    if let Some((lost, _)) = session.picture.city_lost
        && lost <= now
        && calendar.day(lost) <= day
    {
        let text = format!("Inside the walls: {}.", silence());
        ui.add(Label::new(RichText::new(text).italics()).wrap());
    }
}

fn silence() -> String {
    let mut text = SILENT.to_owned();
    if let Some(first) = text.get_mut(0..1) {
        first.make_ascii_lowercase();
    }
    text
}

fn in_history(ui: &mut Ui, session: &Session, page: &Page, wanted: &mut Vec<Intent>) {
    ui.label(RichText::new("In history").strong());
    if page.history.is_empty() {
        ui.label(
            RichText::new("The scenario has nothing for this day so far.").color(theme::PENCIL),
        );
    }
    for dated in &page.history {
        let time = session.scenario().calendar().at(dated.hour);
        let after = if dated.later { "after " } else { "" };
        let text = format!("{after}{}  {}", time.strftime("%H:%M"), dated.text);
        let about = format!("Source: {}", dated.source);
        if line(ui, &text, dated.at.is_some(), &about) {
            wanted.extend(dated.at.map(Intent::LookAt));
        }
    }
}

/// A line to be read; a button where it leads somewhere. True when clicked.
fn line(ui: &mut Ui, text: &str, leads: bool, about: &str) -> bool {
    ui.spacing_mut().button_padding = bevy_egui::egui::vec2(2.0, 1.0);
    let response = if leads {
        ui.add(Button::new(text).wrap().frame_when_inactive(false))
    } else {
        ui.horizontal_top(|ui| {
            ui.add_space(2.0);
            ui.add(Label::new(text).wrap())
        })
        .inner
    };
    if about.is_empty() {
        response.clicked()
    } else {
        response.on_hover_text(about).clicked()
    }
}

fn page(
    ui: &Ui,
    session: &Session,
    day: u32,
    in_detail: bool,
    playing: Option<Hours>,
) -> Arc<Page> {
    let id = Id::new("page of the chronicle");
    let of: Key = (session.events.len(), playing, day, in_detail);
    let kept: Option<Kept> = ui.data(|d| d.get_temp(id));
    if let Some(kept) = kept
        && kept.of == of
    {
        return kept.page;
    }
    let page = Arc::new(made(session, day, in_detail, playing));
    let kept = Kept {
        of,
        page: Arc::clone(&page),
    };
    ui.data_mut(|d| d.insert_temp(id, kept));
    page
}

fn made(session: &Session, day: u32, in_detail: bool, playing: Option<Hours>) -> Page {
    let scenario = session.scenario();
    let calendar = scenario.calendar();
    let until = playing.unwrap_or(Hours(session.picture.hour.0.saturating_sub(1)));
    let least = if in_detail {
        Weight::Notable
    } else {
        Weight::Major
    };
    let shown = |l: &Logged| calendar.day(l.hour) == day && l.hour <= until;
    let taken = session
        .events
        .iter()
        .enumerate()
        .filter(|(_, l)| shown(l) && observed(session, l))
        .filter(|(_, l)| report::weight(scenario, &l.event) >= least);
    let own = words::own_side(session.seat());
    let told = events::rows(taken, true)
        .into_iter()
        .filter_map(|(index, hours)| {
            let last = hours.last()?;
            let time = calendar.at(last.hour).strftime("%H:%M").to_string();
            let sentence = match &last.event {
                // The narration stands under its date in the other column.
                Event::Happened { event, .. } => {
                    let known = scenario.events().happening(*event);
                    if days::is_dated(scenario, &known.id) {
                        format!("{}.", known.title)
                    } else {
                        report::sentence_seen_by(scenario, &last.event, own)
                    }
                }
                _ => report::assaults_seen_by(scenario, &hours, own),
            };
            let text = format!("{time}  {sentence}");
            Some(Entry { index, text })
        })
        .collect();
    let history = days::history(scenario, own)
        .into_iter()
        .filter(|d| calendar.day(d.hour) == day && d.hour <= until)
        .collect();
    let until_then = session.events.partition_point(|l| l.hour <= until);
    let lost = days::casualties(scenario, &session.events[..until_then]);
    Page {
        told,
        history,
        lost: lost.get(day as usize).copied().unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
