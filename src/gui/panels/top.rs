//! The bar at the top, always visible: when it is, how light, what has been lost, who commands, and
//! what concerns the turn as a whole.

use super::{gauge, silence, words};
use crate::{
    battle::{Bin, Event, Strength},
    gui::{
        intent::{Intent, Layer, SidePanel},
        playback::{observed, side_of},
        session::{Seat, Session},
        tabletop::Tabletop,
        theme::{self, Mark},
    },
    report::{self, estimate::estimate, grouped},
    scenario::Side,
};
use bevy_egui::egui::{Id, Label, RichText, Sense, Ui};

/// Bins that are losses for good, in the order told.
const LOST: [Bin; 5] = [
    Bin::Killed,
    Bin::Wounded,
    Bin::Captured,
    Bin::Drowned,
    Bin::OwnSideShot,
];

/// Shows the bar: a row of facts and a row of buttons.
pub fn show(ui: &mut Ui, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    ui.horizontal(|ui| facts(ui, session));
    ui.horizontal(|ui| buttons(ui, session, table, &mut wanted));
    wanted
}

fn facts(ui: &mut Ui, session: &Session) {
    let scenario = session.scenario();
    let picture = &session.picture;
    let calendar = scenario.calendar();
    let now = calendar.at(picture.hour);
    let date = now.strftime("%-d %b %Y, %H:%M").to_string();
    ui.label(RichText::new(date).strong())
        .on_hover_text("Local time at the beginning of the turn to come.");
    ui.separator();
    let turns = scenario.turns();
    let turn = if picture.over {
        "the battle is over".to_owned()
    } else {
        format!("turn {} of {turns}", picture.turn.0)
    };
    ui.label(turn).on_hover_text(
        "A turn is four hours. The battle can end before its last turn, when the city is lost.",
    );
    ui.separator();
    if let Some(sky) = &picture.sky {
        let (mark, word) = Mark::of_sky(sky, calendar.hour_of_day(picture.hour));
        let about = format!(
            "Light at the beginning of the turn: fire and sight count {:.0} % of full daylight.",
            sky.light * 100.0
        );
        mark.show(ui).on_hover_text(&about);
        ui.label(word).on_hover_text(about);
        ui.separator();
    }
    // The newest turn that is shown: while one is played back it is told already.
    let fog = session.events.iter().rev().find_map(|l| match l.event {
        Event::TurnBegan { fog, .. } => Some(fog),
        _ => None,
    });
    let weather = match fog {
        Some(true) => "morning fog",
        Some(false) => "no fog",
        None => "weather not yet known",
    };
    if fog == Some(true) {
        Mark::Fog.show(ui);
    }
    ui.label(weather).on_hover_text(format!(
        "Weather of the last turn fought; fog lies from 05:00 to 09:00 at most, and is not known \
         beforehand.\nSource: {}",
        scenario.rules().weather.source
    ));
    for side in Side::ALL {
        ui.separator();
        losses(ui, session, side);
    }
    ui.separator();
    let seat = RichText::new(words::seat(session.seat())).color(theme::PENCIL);
    let computers = Side::ALL
        .into_iter()
        .filter(|side| !session.seat().commands(*side))
        .map(|side| report::at_level(side, session.levels()[side.index()]));
    let about: Vec<String> = computers.collect();
    let label = ui.add(Label::new(seat).truncate());
    if !about.is_empty() {
        label.on_hover_text(format!("The computer's level: {}.", about.join("; ")));
    }
}

fn losses(ui: &mut Ui, session: &Session, side: Side) {
    Mark::Of(side).show(ui);
    let name = words::capital(side.adjective());
    match session.picture.men.get(side.index()).copied().flatten() {
        Some(men) => {
            let lost = |bin: Bin| grouped(men.men(bin));
            ui.label(format!(
                "{name}: {} killed, {} wounded, {} missing, {} scattered",
                lost(Bin::Killed),
                lost(Bin::Wounded),
                lost(Bin::Captured),
                lost(Bin::Disordered)
            ))
            .on_hover_text(books(&men));
        }
        None => {
            let counted = counted_in_fights(ui, session, side);
            ui.label(match counted {
                0 => format!("{name}: no killed and wounded seen"),
                n => format!("{name}: {} killed and wounded seen", estimate(n)),
            })
            .on_hover_text(
                "Your side does not see the other's books. This is what your units saw of it in \
                     the fights and assaults they were in.",
            );
        }
    }
}

fn books(men: &Strength) -> String {
    let mut text = "Men of this side by what became of them, in the simulated battle:".to_owned();
    for bin in [
        Bin::Formed,
        Bin::Disordered,
        Bin::Crowd,
        Bin::NotArrived,
        Bin::Escaped,
    ]
    .into_iter()
    .chain(LOST)
    .chain([Bin::Hidden])
    {
        text.push_str(&format!("\n{}: {}", words::bin(bin), grouped(men.men(bin))));
    }
    text.push_str(
        "\nDisordered men have left the ranks and may come back. Wounded whom nobody could carry away \
         count as captured or missing. What happened to men after capture, and to civilians, is not \
         simulated.",
    );
    text
}

/// Losses of the other side in fights one's own units were in. Counted anew only when there are new
/// events.
fn counted_in_fights(ui: &Ui, session: &Session, side: Side) -> u32 {
    let id = Id::new(("losses counted in fights", side.key()));
    let events = (session.events.len(), session.unseen());
    let known: Option<((usize, bool), u32)> = ui.data(|d| d.get_temp(id));
    if let Some((of, sum)) = known
        && of == events
    {
        return sum;
    }
    let scenario = session.scenario();
    let sum = session
        .events
        .iter()
        .filter(|l| l.hour < session.picture.hour && observed(session, l))
        .map(|l| match &l.event {
            Event::Fought {
                attackers,
                attacker_losses,
                defender_losses,
                ..
            } => match attackers.first().and_then(|u| side_of(scenario, *u)) {
                Some(s) if s == side => *attacker_losses,
                _ => *defender_losses,
            },
            _ => 0,
        })
        .fold(0_u32, u32::saturating_add);
    ui.data_mut(|d| d.insert_temp(id, (events, sum)));
    sum
}

fn buttons(ui: &mut Ui, session: &Session, table: &Tabletop, wanted: &mut Vec<Intent>) {
    let busy = session.busy();
    let over = session.picture.over;
    let watch = session.seat() == Seat::Watch;
    let not_now = if busy {
        Some("the turn is being worked out")
    } else if session.unseen() {
        Some("the turn is being played back; Enter skips to its end")
    } else if over {
        Some("the battle is over")
    } else {
        None
    };
    let no_orders = not_now.or(watch.then_some("you watch and give no orders"));
    if busy {
        ui.spinner();
        ui.label("The turn is being worked out.")
            .on_hover_text("The other side plans, then four hours pass.");
        if gauge::button(
            ui,
            "Cancel",
            None,
            "Stop before the hours begin (Esc); the turn is then as it was.",
        ) {
            wanted.push(Intent::Cancel);
        }
    } else if over {
        if gauge::button(ui, "To the result", None, "The outcome beside history.") {
            wanted.push(Intent::ToResult);
        }
    } else if gauge::button(
        ui,
        "End turn",
        not_now,
        "Ctrl+Space. Both sides' orders are carried out over four hours.",
    ) {
        wanted.push(Intent::EndTurn { confirmed: false });
    }
    if gauge::button(
        ui,
        "Undo",
        no_orders,
        "U or Ctrl+Z. Back to the orders as before the last change; without limit until the turn is ended.",
    ) {
        wanted.push(Intent::Undo);
    }
    if gauge::button(ui, "Redo", no_orders, "R or Ctrl+Y.") {
        wanted.push(Intent::Redo);
    }
    if gauge::button(
        ui,
        "Staff orders",
        no_orders,
        "The staff (the computer) writes orders for all units that you have not taken over by hand, by the \
         missions that you gave to formations.",
    ) {
        wanted.push(Intent::Delegate(true));
    }
    ui.separator();
    ui.menu_button("Layers", |ui| {
        for (layer, name) in LAYERS {
            let mut on = table.layers.contains(&layer);
            if ui.checkbox(&mut on, name).clicked() {
                wanted.push(Intent::Toggle(layer));
            }
        }
    })
    .response
    .on_hover_text("What is drawn on the map. Keys 1 to 7; G for the hexes.");
    for (panel, name, about) in PANELS {
        if gauge::toggle(ui, table.panels.contains(&panel), name, about) {
            wanted.push(Intent::Panel(panel));
        }
    }
    ui.separator();
    if gauge::button(
        ui,
        "Save",
        busy.then_some("the turn is being worked out"),
        "Ctrl+S. Each turn is saved of itself as well.",
    ) {
        wanted.push(Intent::Save);
    }
    if gauge::button(
        ui,
        "Menu",
        busy.then_some("the turn is being worked out"),
        "Back to the start screen; the battle is saved first.",
    ) {
        wanted.push(Intent::ToMenu);
    }
    switched(ui, session);
    silence::tag(ui, session);
    if let Some(message) = &table.message {
        ui.separator();
        ui.add(
            Label::new(RichText::new(message).color(theme::ATTENTION))
                .truncate()
                .sense(Sense::hover()),
        );
    }
}

/// What was switched against the scenario, for as long as the battle is played.
fn switched(ui: &mut Ui, session: &Session) {
    let scenario = session.scenario();
    let tags = [
        (scenario.simplified_command(), "Simplified command"),
        (scenario.no_events(), "Events off"),
        (
            Side::ALL.into_iter().any(|s| scenario.handicap(s) != 0),
            "Handicap",
        ),
    ];
    let about = report::switches(scenario).join("; ");
    for (_, tag) in tags.into_iter().filter(|(is, _)| *is) {
        ui.separator();
        ui.label(RichText::new(tag).color(theme::ATTENTION))
            .on_hover_text(format!(
                "Played with {about}. Noted in the record and in the result."
            ));
    }
}

const LAYERS: [(Layer, &str); 7] = [
    (Layer::Counters, "1  Units"),
    (Layer::Names, "2  Names"),
    (Layer::Grid, "3  Hexes"),
    (Layer::Control, "4  Who controls the ground"),
    (Layer::Works, "5  Works"),
    (Layer::Sight, "6  What is observed"),
    (Layer::Command, "7  Headquarters and links"),
];

const PANELS: [(SidePanel, &str, &str); 5] = [
    (SidePanel::Tree, "Forces", "T. The order of battle."),
    (SidePanel::Orders, "Orders", "O. The orders of the turn."),
    (SidePanel::Events, "Events", "E. What your side observed."),
    (
        SidePanel::Chronicle,
        "Chronicle",
        "C. Day by day, beside history.",
    ),
    (SidePanel::Help, "Help", "F1. Keys and mouse."),
];
