//! The combat card. Before a fight: who would take part, every factor by name, and the outcomes of
//! many runs of the resolver. After it: the same card with the roll, and what would have turned it.

mod sheet;
pub mod verdict;

use super::gauge;
use crate::{
    battle::{Event, Order, OrderId, Preview, Task, Why, order},
    gui::{
        intent::Intent,
        playback::{observed, side_of, whereabouts},
        session::Session,
        tabletop::{Card, Tabletop},
        theme,
    },
    report::grouped,
    scenario::{Hex, Hours, Scenario, Side, UnitId, calendar::HOURS_PER_TURN},
};
use bevy_egui::egui::{Align2, Context, Label, RichText, ScrollArea, Ui, Window, vec2};
use sheet::{COLUMN, LINE, Party};

/// Between two columns.
const GAP: f32 = 14.0;

/// Shows the card that is open; the one of a fight that was fought comes first.
pub fn show(ctx: &Context, session: &Session, table: &Tabletop) -> Vec<Intent> {
    let fought = table
        .fought
        .and_then(|index| session.events.get(index))
        .filter(|logged| observed(session, logged));
    match (fought, &table.card) {
        (Some(logged), _) => {
            let time = session.scenario().calendar().text(logged.hour);
            let title = format!("How it came about, {time}");
            let event = &logged.event;
            let place = whereabouts(session.scenario(), event);
            window(
                ctx,
                &title,
                |ui| after(ui, session, event),
                |ui, wanted| close(ui, place, wanted),
            )
        }
        (None, Some(card)) => {
            let place = session.scenario().map().describe(card.target);
            let side = attacking_side(session, table, card);
            window(
                ctx,
                &format!("Assault on {place}"),
                |ui| before(ui, session, card, side),
                |ui, wanted| deeds(ui, session, card, side, wanted),
            )
        }
        (None, None) => Vec::new(),
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
    let height = (ctx.content_rect().height() * 0.64).max(160.0);
    Window::new(RichText::new(title).strong())
        .id("combat card".into())
        .open(&mut open)
        .anchor(Align2::CENTER_CENTER, [0.0, 0.0])
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
                    };
                    sheet::party(ui, scenario, &party);
                },
                |ui| forecast(ui, session, preview),
                |ui| {
                    let party = Party {
                        title: "Defenders, as known",
                        side: side.enemy(),
                        units: defenders,
                        power: Some(&preview.defence),
                        loss: &preview.defender_loss,
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

/// Who is ordered, and the buttons of the card before.
fn deeds(
    ui: &mut Ui,
    session: &Session,
    card: &Card,
    side: Option<Side>,
    wanted: &mut Vec<Intent>,
) {
    if let Some(side) = side {
        ScrollArea::vertical()
            .id_salt("who is ordered")
            .max_height(78.0)
            .show(ui, |ui| {
                candidates(ui, session, card.target, side, wanted);
                support(ui, session, card.target, side, wanted);
            });
    }
    ui.horizontal(|ui| {
        let missing: Vec<UnitId> = card
            .attackers
            .iter()
            .filter(|u| order_for(session, **u, card.target).is_none())
            .copied()
            .collect();
        let refusal = if session.busy() {
            Some("the turn is being worked out")
        } else if missing.is_empty() {
            Some("all who take part are ordered to")
        } else {
            None
        };
        if gauge::button(
            ui,
            "Order the assault",
            refusal,
            "Orders all units of this forecast to assault the hex.",
        ) {
            wanted.extend(missing.into_iter().map(|unit| assault(unit, card.target)));
            wanted.push(Intent::OpenCard(card.target));
        }
        if gauge::button(ui, "Close", None, "Esc.") {
            wanted.push(Intent::Close);
        }
    });
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

fn assault(unit: UnitId, target: Hex) -> Intent {
    Intent::Order {
        unit,
        task: Task::Assault { target },
        start_at: None,
    }
}

/// The standing order of a unit to assault, or support the fight for, a hex.
fn order_for(session: &Session, unit: UnitId, target: Hex) -> Option<OrderId> {
    match session.picture.order_of(unit)? {
        (id, Task::Assault { target: t } | Task::Support { target: t }) if t == target => Some(id),
        _ => None,
    }
}

/// Units beside the hex that can assault it: a tick orders, its removal takes the order back.
fn candidates(ui: &mut Ui, session: &Session, target: Hex, side: Side, wanted: &mut Vec<Intent>) {
    let scenario = session.scenario();
    let beside: Vec<UnitId> = scenario
        .map()
        .grid
        .neighbours(target)
        .flat_map(|(_, hex)| session.picture.stack(hex))
        .filter(|c| c.side == side)
        .map(|c| c.id)
        .filter(|id| scenario.unit(*id).branch.can_assault())
        .collect();
    if beside.is_empty() {
        ui.label(RichText::new("None of one's own units is beside this hex.").color(theme::PENCIL));
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Ordered to assault:").strong());
        for id in beside {
            let task = Task::Assault { target };
            ticked(ui, session, side, id, task, target, wanted);
        }
    });
}

/// Guns that can support the fight for the hex.
fn support(ui: &mut Ui, session: &Session, target: Hex, side: Side, wanted: &mut Vec<Intent>) {
    let Some(battle) = session.battle() else {
        return;
    };
    let scenario = session.scenario();
    let view = battle.view(side);
    let task = Task::Support { target };
    let guns: Vec<UnitId> = session
        .picture
        .counters
        .iter()
        .filter(|c| c.side == side && scenario.unit(c.id).gun_class.is_some())
        .map(|c| c.id)
        .filter(|unit| {
            let wanted = Order::Unit {
                unit: *unit,
                task,
                start_at: None,
            };
            order::check(&view, &wanted).is_ok()
        })
        .collect();
    if guns.is_empty() {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new("Guns ordered to support:").strong())
            .on_hover_text("Those within range of the hex.");
        for id in guns {
            ticked(ui, session, side, id, task, target, wanted);
        }
    });
}

fn ticked(
    ui: &mut Ui,
    session: &Session,
    side: Side,
    unit: UnitId,
    task: Task,
    target: Hex,
    wanted: &mut Vec<Intent>,
) {
    let name = &session.scenario().unit(unit).name;
    let standing = order_for(session, unit, target);
    let mut on = standing.is_some();
    let wish = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    let refusal = match standing {
        Some(_) if !session.busy() => None,
        _ => session.check(side, &wish).err(),
    };
    let tick = ui.add_enabled_ui(refusal.is_none(), |ui| ui.checkbox(&mut on, name));
    let response = match refusal {
        Some(reason) => tick
            .inner
            .on_disabled_hover_text(format!("Not now: {reason}.")),
        None => tick.inner,
    };
    if response.clicked() {
        wanted.push(match standing {
            Some(id) => Intent::Retract(id),
            None => Intent::Order {
                unit,
                task,
                start_at: None,
            },
        });
        wanted.push(Intent::OpenCard(target));
    }
}

/// What the runs of the resolver came to.
fn forecast(ui: &mut Ui, session: &Session, preview: &Preview) {
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
        sheet::hold(ui, scenario, hold);
    }
}

fn after(ui: &mut Ui, session: &Session, event: &Event) {
    let scenario = session.scenario();
    let Event::Fought {
        at,
        attacker,
        attackers,
        defenders,
        assault,
        attacker_losses,
        defender_losses,
        attacker_why,
        defender_why,
        hold,
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
    ui.label(scenario.map().describe(*at));
    columns(
        ui,
        |ui| {
            let party = Party {
                title,
                side: *attacker,
                units: nobody_known(attackers),
                power: None,
                loss: attacker_why,
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
                    &grouped(*losses),
                    "As counted in this fight, before any retreat.",
                );
            }
            match hold {
                Some(why) => decided(ui, scenario, why),
                None => {
                    ui.add(
                        Label::new("Fire across the line: nobody was to be driven off, and nothing was rolled for that.")
                            .wrap(),
                    );
                }
            }
        },
        |ui| {
            let party = Party {
                title: other,
                side: attacker.enemy(),
                units: nobody_known(defenders),
                power: None,
                loss: defender_why,
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

fn decided(ui: &mut Ui, scenario: &Scenario, why: &Why) {
    gauge::heading(ui, "Did the defenders give way?");
    sheet::hold(ui, scenario, why);
    let (Some(p), Some(roll)) = (why.probability, why.roll) else {
        return;
    };
    sheet::line(
        ui,
        "roll",
        &format!("{:.1} %", roll * 100.0),
        "Drawn once for this hour and hex; the same seed and orders give the same roll.",
    );
    sheet::roll(ui, p, roll);
    let Some(verdict) = verdict::verdict(why, scenario.rules().hold.ratio) else {
        return;
    };
    let outcome = if verdict.gave_way {
        "They gave way: the roll was below the chance."
    } else {
        "They held: the roll was not below the chance."
    };
    ui.add(Label::new(RichText::new(outcome).strong()).wrap());
    ui.add(Label::new(verdict.sentence()).wrap())
        .on_hover_text("The smallest single change that would have turned it.");
}
