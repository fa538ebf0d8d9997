//! The combat card. Before a fight: who would take part, every factor by name, and the outcomes of
//! many runs of the resolver. After it: the same card with the roll, and what would have turned it.

mod deeds;
mod fire;
pub(super) mod sheet;
pub mod verdict;

use super::{gauge, words};
use crate::{
    battle::{Event, Preview, Why},
    gui::{
        intent::Intent,
        playback::{observed, side_of, whereabouts},
        session::Session,
        tabletop::{Card, Tabletop},
    },
    report::{estimate::told, grouped, place},
    scenario::{Hex, Hours, Scenario, Side, UnitId, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{Align2, Context, Label, RichText, ScrollArea, Ui, Window, pos2, vec2};
use sheet::{COLUMN, LINE, Party};

/// Between two columns.
const GAP: f32 = 14.0;

/// Attackers named in the verdict.
const NAMED: usize = 3;

/// Shows the card that is open; the one of a fight that was fought comes first.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let fought = table
        .fought
        .and_then(|index| session.events.get(index))
        .filter(|logged| observed(session, logged));
    match (fought, &table.card) {
        (Some(logged), _) => {
            let time = session.scenario().calendar().text(logged.hour);
            let event = &logged.event;
            let place = whereabouts(session.scenario(), event);
            let map = session.scenario().map();
            let title = match place {
                Some(hex) => {
                    let name = words::capital(&place::called(map, hex));
                    format!("{name}, {time}: how it came about")
                }
                None => format!("How it came about, {time}"),
            };
            window(
                ctx,
                &title,
                |ui| after(ui, session, event),
                |ui, wanted| close(ui, place, wanted),
            )
        }
        (None, Some(card)) => {
            let place = place::placed(session.scenario().map(), "on", card.target);
            let side = attacking_side(session, table, card);
            window(
                ctx,
                &format!("Assault {place}"),
                |ui| before(ui, session, card, side),
                |ui, wanted| deeds::show(ui, session, card, side, wanted),
            )
        }
        (None, None) => match table.fire {
            Some(target) => fire::show(ctx, session, table, target),
            None => Vec::new(),
        },
    }
}

/// A card: what is to be read, scrolled if the screen is too small, and below it what can be done.
fn window(
    ctx: &Context,
    title: &str,
    content: impl FnOnce(&mut Ui),
    deeds: impl FnOnce(&mut Ui, &mut Vec<Intent>),
) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let mut open = true;
    let height = (ctx.content_rect().height() * 0.62).max(160.0);
    Window::new(RichText::new(title).strong())
        .id("combat card".into())
        .open(&mut open)
        // It can be dragged off what it is about.
        .pivot(Align2::CENTER_TOP)
        .default_pos(pos2(ctx.content_rect().center().x, 64.0))
        .collapsible(false)
        .auto_sized()
        .show(ctx, |ui| {
            ui.set_max_width(COLUMN * 3.0 + GAP * 2.0);
            ScrollArea::vertical()
                .id_salt("card")
                .max_height(height)
                .show(ui, content);
            ui.separator();
            deeds(ui, &mut wanted);
        });
    if !open {
        wanted.push(Intent::Close);
    }
    wanted
}

/// Three columns: the attackers, what comes of it, the defenders.
fn columns(
    ui: &mut Ui,
    left: impl FnOnce(&mut Ui),
    middle: impl FnOnce(&mut Ui),
    right: impl FnOnce(&mut Ui),
) {
    ui.spacing_mut().item_spacing = vec2(GAP, 2.0);
    ui.spacing_mut().interact_size.y = LINE;
    let column = |ui: &mut Ui, content: Box<dyn FnOnce(&mut Ui) + '_>| {
        ui.vertical(|ui| {
            ui.set_width(COLUMN);
            content(ui);
        });
    };
    ui.horizontal_top(|ui| {
        column(ui, Box::new(left));
        column(ui, Box::new(middle));
        column(ui, Box::new(right));
    });
}

fn before(ui: &mut Ui, session: &Session, card: &Card, side: Option<Side>) {
    let scenario = session.scenario();
    let picture = &session.picture;
    match (&card.preview, side) {
        (Some(preview), Some(side)) => {
            let attackers = card
                .attackers
                .iter()
                .map(|id| (*id, picture.counter(*id).map(|c| c.men)))
                .collect();
            let defenders = picture
                .stack(card.target)
                .filter(|c| c.side != side)
                .map(|c| (c.id, Some(c.men)))
                .collect();
            columns(
                ui,
                |ui| {
                    let party = Party {
                        title: "Attackers",
                        side,
                        units: attackers,
                        power: Some(&preview.attack),
                        loss: &preview.attacker_loss,
                        estimated: false,
                    };
                    sheet::party(ui, scenario, &party);
                },
                |ui| forecast(ui, session, preview, side),
                |ui| {
                    let party = Party {
                        title: "Defenders, as known",
                        side: side.enemy(),
                        units: defenders,
                        power: Some(&preview.defence),
                        loss: &preview.defender_loss,
                        estimated: !session.seat().sees(side.enemy()),
                    };
                    sheet::party(ui, scenario, &party);
                },
            );
        }
        _ => {
            ui.label(
                "No forecast: none of one's own units beside this hex takes part yet, or nobody \
                 is known to be there.",
            );
        }
    }
}

fn attacking_side(session: &Session, table: &Tabletop, card: &Card) -> Option<Side> {
    let scenario = session.scenario();
    let held_by = session.picture.stack(card.target).next().map(|c| c.side);
    card.attackers
        .first()
        .copied()
        .or(table.unit)
        .and_then(|unit| side_of(scenario, unit))
        .or(held_by.map(Side::enemy))
        .filter(|side| session.seat().commands(*side))
}

/// What the runs of the resolver came to.
fn forecast(ui: &mut Ui, session: &Session, preview: &Preview, side: Side) {
    let scenario = session.scenario();
    let runs = preview.runs.len().max(1) as f64;
    let share =
        |hour: Option<u32>| preview.runs.iter().filter(|r| r.yielded == hour).count() as f64 / runs;
    let about = format!(
        "Share of {} runs of the same rules that resolve the turn, on dice of their own. What is \
         known of the enemy may be wrong.",
        preview.runs.len()
    );
    ui.label(
        RichText::new(format!(
            "Taken within the turn: {:.0} %",
            preview.taken() * 100.0
        ))
        .strong(),
    )
    .on_hover_text(&about);
    sheet::outcome(ui, "held", share(None), &about);
    for hour in 1..=HOURS_PER_TURN {
        let clock = scenario
            .calendar()
            .at(Hours(session.picture.hour.0 + hour - 1))
            .strftime("%H:%M")
            .to_string();
        let label = format!("gives way {clock}");
        sheet::outcome(ui, &label, share(Some(hour)), &about);
    }
    gauge::heading(ui, "Killed and wounded within the turn");
    let mean = |of: &dyn Fn(&crate::battle::preview::Run) -> u32| {
        preview.runs.iter().map(|r| f64::from(of(r))).sum::<f64>() / runs
    };
    let (low, high) = (preview.losses(0.1), preview.losses(0.9));
    let spans = [
        ("attackers", mean(&|r| r.attacker_losses), low.0, high.0),
        ("defenders", mean(&|r| r.defender_losses), low.1, high.1),
    ];
    for (who, mean, low, high) in spans {
        sheet::line(
            ui,
            who,
            &format!("{mean:.0} ({} to {})", grouped(low), grouped(high)),
            "Mean of all runs; in brackets, eight runs of ten lie between. Before any retreat.",
        );
    }
    if let Some(hold) = &preview.hold {
        gauge::heading(ui, "Do the defenders give way?");
        let estimated = !session.seat().sees(side.enemy());
        sheet::hold(ui, scenario, hold, estimated);
    }
}

fn after(ui: &mut Ui, session: &Session, event: &Event) {
    let scenario = session.scenario();
    let Event::Fought {
        attacker,
        attackers,
        defenders,
        assault,
        attacker_losses,
        defender_losses,
        attacker_why,
        defender_why,
        hold,
        ..
    } = event
    else {
        ui.label("This is not a fight.");
        return;
    };
    let (title, other) = if *assault {
        ("Attackers", "Defenders")
    } else {
        ("On the one side", "On the other side")
    };
    let nobody_known = |units: &[UnitId]| units.iter().map(|id| (*id, None)).collect();
    let seat = session.seat();
    ui.vertical(|ui| {
        ui.set_width(COLUMN * 3.0 + GAP * 2.0);
        told_first(ui, scenario, event);
    });
    columns(
        ui,
        |ui| {
            let party = Party {
                title,
                side: *attacker,
                units: nobody_known(attackers),
                power: None,
                loss: attacker_why,
                estimated: !seat.sees(*attacker),
            };
            sheet::party(ui, scenario, &party);
        },
        |ui| {
            gauge::heading(ui, "Killed and wounded in this hour");
            let lost = [
                (*attacker, attacker_losses),
                (attacker.enemy(), defender_losses),
            ];
            for (side, losses) in lost {
                sheet::line(
                    ui,
                    side.adjective(),
                    &told(*losses, side, words::own_side(seat)),
                    if seat.sees(side) {
                        "As counted in this fight, before any retreat."
                    } else {
                        "An estimate: the other side counts its own."
                    },
                );
            }
            if let Some(why) = hold {
                decided(ui, scenario, why);
            }
        },
        |ui| {
            let party = Party {
                title: other,
                side: attacker.enemy(),
                units: nobody_known(defenders),
                power: None,
                loss: defender_why,
                estimated: !seat.sees(attacker.enemy()),
            };
            sheet::party(ui, scenario, &party);
        },
    );
}

/// The buttons of the card after.
fn close(ui: &mut Ui, place: Option<Hex>, wanted: &mut Vec<Intent>) {
    ui.horizontal(|ui| {
        if gauge::button(ui, "Look there", None, "Move the map to this place.") {
            wanted.extend(place.map(Intent::LookAt));
        }
        if gauge::button(ui, "Close", None, "Esc.") {
            wanted.push(Intent::Close);
        }
    });
}

/// The verdict in plain words: who attacked, what came of it, and what would have turned it.
fn told_first(ui: &mut Ui, scenario: &Scenario, event: &Event) {
    let Event::Fought {
        attacker,
        attackers,
        assault,
        hold,
        ..
    } = event
    else {
        return;
    };
    if !assault {
        let text = "Fire across the line: neither side assaulted. Nobody was to be driven off, and \
                    nothing was rolled for that.";
        ui.add(Label::new(text).wrap());
        return;
    }
    let named: Vec<&str> = attackers
        .iter()
        .take(NAMED)
        .filter_map(|id| scenario.units().get(id.0 as usize))
        .map(|unit| unit.name.as_str())
        .collect();
    let more = match attackers.len().saturating_sub(NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let who = format!(
        "The {} side attacked: {}{more}.",
        attacker.adjective(),
        named.join(", ")
    );
    ui.add(Label::new(who).wrap());
    let verdict = hold
        .as_ref()
        .and_then(|why| verdict::verdict(why, scenario.rules().hold.ratio));
    let Some(verdict) = verdict else {
        ui.label("Nothing was rolled for.");
        return;
    };
    ui.add(Label::new(RichText::new(verdict.outcome()).strong()).wrap())
        .on_hover_text("They give way if the roll, from 0 to 100, is below the chance.");
    ui.add(Label::new(verdict.sentence()).wrap())
        .on_hover_text("The smallest single change that would have turned it.");
}

/// The list that decided it, with the roll.
fn decided(ui: &mut Ui, scenario: &Scenario, why: &Why) {
    gauge::heading(ui, "Did the defenders give way?");
    sheet::hold(ui, scenario, why, false);
    let (Some(p), Some(roll)) = (why.probability, why.roll) else {
        return;
    };
    sheet::line(
        ui,
        "roll",
        &format!("{:.1}", roll * 100.0),
        "Drawn once for this hour and hex, from 0 to 100; the same seed and orders give the same \
         roll.",
    );
    sheet::roll(ui, p, roll);
}
