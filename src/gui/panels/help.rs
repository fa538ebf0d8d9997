//! Keys and mouse, and what the symbols on the map mean. Samples are drawn by what draws the map,
//! so that the page cannot show anything else.

mod collapse;

use super::words;
use crate::{
    battle::Task,
    gui::{
        board::{flight, legend, links, overlay, river, sight},
        counters::{self, symbol},
        intent::{Intent, Raid, SidePanel},
        picture::chain::Sign,
        tabletop::Tabletop,
        theme::{self, Mark},
    },
    scenario::{Branch, Echelon, Hex, Side, map::WorksLevel},
};
use bevy_egui::egui::{
    Align2, Context, Grid, Id, Label, Painter, Pos2, Rect, RichText, ScrollArea, Sense, Stroke, Ui,
    Vec2, Window, vec2,
};

/// Every key and button, with what it does.
pub const KEYS: [(&str, &str); 30] = [
    (
        "Left click",
        "select a unit or hex; again: the next unit of the stack",
    ),
    (
        "Right click",
        "order the selected unit to go or attack there, the air group to bomb there",
    ),
    ("Wheel, + and -", "zoom"),
    ("Middle drag, arrow keys", "move the map"),
    ("0", "whole map"),
    ("N, Shift+N", "next, previous unit without an order"),
    ("A", "next air group"),
    ("Space", "the selected unit holds"),
    ("Ctrl+Space", "end the turn"),
    (
        "H",
        "take the selected unit over by hand, or give it back to its staff",
    ),
    ("U, Ctrl+Z", "undo the last change of the orders"),
    ("R, Ctrl+Y", "redo"),
    ("Esc", "close what is open; let go of what is selected"),
    ("1", "units"),
    ("2", "names"),
    ("G, 3", "hexes"),
    ("4", "who controls the ground"),
    ("5", "works"),
    (
        "6",
        "what the selected unit, hex or formation sees, or one's whole side",
    ),
    (
        "7",
        "headquarters, by what orders go to them, and who is out of contact",
    ),
    ("T", "forces (order of battle)"),
    ("O", "orders of the turn"),
    ("E", "events"),
    ("C", "chronicle: day by day, beside history"),
    (
        "D",
        "to the decision that is asked for; arrows and Enter answer it",
    ),
    ("F1", "this page"),
    ("Ctrl+S", "save"),
    (
        "Pointer on a number",
        "what it means and where it comes from",
    ),
    (
        "Click on an event",
        "look at the place; of a fight, its card",
    ),
    ("Click on a force", "select it and look there"),
];

/// What the page shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Page {
    #[default]
    Keys,
    Symbols,
}

/// Room for the bars above the page, points.
const TOP: f32 = 64.0;
/// Room for the page's own head and edge and for the line at the foot of the window, points.
const REST: f32 = 110.0;
/// Width of the page, points.
const WIDTH: f32 = 620.0;

/// Shows the page, if it is open.
pub fn show(ctx: &Context, table: &Tabletop) -> Vec<Intent> {
    let mut wanted = Vec::new();
    let mut open = table.panels.contains(&SidePanel::Help);
    if !open {
        return wanted;
    }
    let key = Id::new("page of the help");
    let mut page: Page = ctx.data(|d| d.get_temp(key)).unwrap_or_default();
    Window::new("Keys and symbols")
        .open(&mut open)
        .anchor(Align2::CENTER_TOP, [0.0, TOP])
        .collapsible(false)
        .auto_sized()
        .show(ctx, |ui| {
            let room = ui.ctx().content_rect().size() - vec2(60.0, TOP + REST);
            ui.set_width(room.x.clamp(200.0, WIDTH));
            ui.horizontal(|ui| {
                ui.selectable_value(&mut page, Page::Keys, "Keys and mouse");
                ui.selectable_value(&mut page, Page::Symbols, "Symbols");
            });
            ui.separator();
            ScrollArea::vertical()
                .id_salt(("help", page == Page::Keys))
                .max_height(room.y.max(160.0))
                .auto_shrink([false, true])
                .show(ui, |ui| match page {
                    Page::Keys => keys(ui),
                    Page::Symbols => symbols(ui),
                });
        });
    ctx.data_mut(|d| d.insert_temp(key, page));
    if !open {
        wanted.push(Intent::Panel(SidePanel::Help));
    }
    wanted
}

fn keys(ui: &mut Ui) {
    let wide = ui.available_width() - 170.0;
    Grid::new("keys")
        .num_columns(2)
        .max_col_width(wide)
        .striped(true)
        .show(ui, |ui| {
            for (key, what) in KEYS {
                ui.label(RichText::new(key).strong());
                ui.add(Label::new(what).wrap());
                ui.end_row();
            }
        });
    ui.add_space(6.0);
    let how = "Both sides write their orders; then four hours pass for both at once.";
    ui.label(RichText::new(how).color(theme::PENCIL));
}

/// Every arm with its name.
const BRANCHES: [(Branch, &str); 11] = [
    (Branch::Infantry, "infantry"),
    (Branch::Cavalry, "cavalry"),
    (Branch::Engineer, "engineers"),
    (Branch::Artillery, "artillery"),
    (Branch::HeavyArtillery, "heavy artillery"),
    (Branch::AntiAircraft, "anti-aircraft guns"),
    (Branch::Fortress, "fortress guns"),
    (Branch::Armour, "armour"),
    (Branch::MilitaryPolice, "military police"),
    (Branch::Headquarters, "headquarters"),
    (Branch::Naval, "river gunboats"),
];

/// Every echelon with its name.
const ECHELONS: [(Echelon, &str); 9] = [
    (Echelon::Platoon, "platoon"),
    (Echelon::Company, "company"),
    (Echelon::Battalion, "battalion"),
    (Echelon::Regiment, "regiment"),
    (Echelon::Brigade, "brigade"),
    (Echelon::Division, "division"),
    (Echelon::Corps, "corps"),
    (Echelon::Army, "army"),
    (Echelon::ArmyGroup, "army group"),
];

fn symbols(ui: &mut Ui) {
    heading(ui, "Arm of a unit");
    ui.horizontal_wrapped(|ui| {
        for (branch, name) in BRANCHES {
            let field = vec2(30.0, 22.0);
            with_name(ui, field, name, |painter, rect| {
                let rect = rect.shrink2(vec2(1.0, 2.0));
                symbol::branch(painter, rect, branch, theme::INK, theme::FIELD);
            });
        }
    });
    heading(ui, "Size of a unit, above its symbol");
    ui.horizontal_wrapped(|ui| {
        for (echelon, name) in ECHELONS {
            with_name(ui, vec2(46.0, 16.0), name, |painter, rect| {
                symbol::echelon(painter, rect.center(), 8.0, echelon, theme::INK);
            });
        }
    });
    heading(ui, "Counters");
    for (stale, count, meaning) in [
        (false, 1, "A unit with the number of men in its ranks."),
        (
            true,
            1,
            "An old report: it was seen here more than a turn ago, with about so many men.",
        ),
        (false, 3, "Several units in one hex; the badge counts them."),
    ] {
        sample(ui, 44.0, meaning, |painter, rect| {
            let square = Rect::from_center_size(rect.center(), Vec2::splat(38.0));
            counters::sample(painter, square, Side::Japan, stale, count);
        });
    }
    counters::legend(ui);
    heading(ui, "Places that count");
    for (holder, contested, meaning) in [
        (Some(Side::China), false, "In Chinese hands: one ring."),
        (Some(Side::Japan), false, "In Japanese hands: two rings."),
        (
            Some(Side::China),
            true,
            "Contested: the ring is broken, in the colour of who holds most of it.",
        ),
        (None, false, "In nobody's hands."),
    ] {
        sample(ui, 34.0, meaning, |painter, rect| {
            overlay::place_ring(painter, rect.center(), 14.0, holder, contested);
        });
    }
    ground(ui);
    arrows(ui);
    heading(ui, "Marks in the list of forces");
    for (mark, meaning) in [
        (Mark::Ordered, "has an order, or is on its way"),
        (Mark::Idle, "has no order; of an enemy: reported"),
        (Mark::Contact, "in contact with the enemy"),
        (Mark::Flight, "in flight"),
        (Mark::CutOff, "cut off from supply"),
        (Mark::Absent, "not on the map"),
        (Mark::Plane, "an air group"),
        (Mark::OnItsWay, "an order to it is on its way"),
        (Mark::Waits, "it has an order that begins later"),
        (Mark::LostOrder, "the last order to it was lost: no answer"),
        (
            Mark::OutOfContact,
            "its headquarters is out of contact, or gone",
        ),
    ] {
        ui.horizontal(|ui| {
            mark.show(ui);
            ui.label(meaning);
        });
    }
}

fn ground(ui: &mut Ui) {
    heading(ui, "On the ground");
    let drawn = [
        (
            legend::works(WorksLevel::Hasty),
            "Rifle pits. Works lie inside the hexsides that they face; here they face up.",
        ),
        (
            legend::works(WorksLevel::Prepared),
            "Trenches, teeth towards the front.",
        ),
        (
            legend::works(WorksLevel::Fortified),
            "Trenches with blockhouses, full teeth towards the front.",
        ),
        (
            legend::wall(),
            "The city wall, teeth outwards. Near at hand it is drawn on the hexsides where it \
             stops units.",
        ),
        (legend::gate(false), "A gate."),
        (legend::gate(true), "A gate blocked for good: plain wall."),
        (
            legend::safety_zone(),
            "The Nanking Safety Zone, where no fire or fight is ordered.",
        ),
    ];
    for (ink, meaning) in drawn {
        sample(ui, 32.0, meaning, |painter, rect| {
            legend::draw(painter, rect.center(), &ink);
        });
    }
    heading(ui, "Of the siege");
    for (sign, meaning) in legend::SIEGE {
        sample(ui, 32.0, meaning, |painter, rect| {
            legend::siege(painter, rect.center(), sign);
        });
    }
    heading(ui, "In the air and on the river");
    let ink = theme::side_ink(Side::Japan);
    for (raid, meaning) in [
        (
            Raid::Bomb,
            "Aircraft bomb this hex: ordered, or lighter the mission in force.",
        ),
        (
            Raid::Roads,
            "Aircraft attack the roads within the broken ring.",
        ),
    ] {
        sample(ui, 34.0, meaning, |painter, rect| {
            flight::sample(painter, rect.center(), raid, ink);
        });
    }
    for (side, meaning) in [
        (
            Side::China,
            "An anchorage closed by Chinese ships; the water they bar has strokes.",
        ),
        (
            Side::Japan,
            "By Japanese ships: two bars, and double strokes.",
        ),
    ] {
        sample(ui, 32.0, meaning, |painter, rect| {
            river::sample(painter, rect.center(), side);
        });
    }
    collapse::symbols(ui);
    sample(
        ui,
        26.0,
        "Layer 6: this ground behind the wall is looked into from a height.",
        |painter, rect| sight::eye(painter, rect.center(), 9.0, Side::China),
    );
    command(ui);
    heading(ui, "Of the selected unit");
    for (tint, meaning) in [
        (
            overlay::REACH,
            "The selected unit can get there within the turn.",
        ),
        (overlay::REACH_LATER, "It can get there later."),
    ] {
        sample(ui, 26.0, meaning, |painter, rect| {
            let field = rect.shrink2(vec2(6.0, 3.0));
            painter.rect_filled(field, 0.0, theme::PAPER);
            let edge = Stroke::new(1.0, overlay::REACH_EDGE);
            let inside = bevy_egui::egui::StrokeKind::Inside;
            painter.rect(field, 0.0, tint, edge, inside);
        });
    }
}

/// The layer of command.
fn command(ui: &mut Ui) {
    heading(
        ui,
        "Layer 7: headquarters, and how orders come to them from above",
    );
    for (means, meaning) in links::MEANING {
        sample(
            ui,
            18.0,
            &words::capital(&format!("{meaning}.")),
            |painter, rect| {
                links::sample(painter, rect.shrink2(vec2(6.0, 0.0)), means, Side::China);
            },
        );
    }
    type Draw = fn(&Painter, Pos2, f32, Echelon, Side);
    for (draw, meaning) in [
        (
            links::flag as Draw,
            "A headquarters, with the marks of its size.",
        ),
        (links::fallen as Draw, "One that was lost there, or left."),
    ] {
        sample(ui, 28.0, meaning, |painter, rect| {
            let foot = rect.center() + vec2(-10.0, 10.0);
            draw(painter, foot, 1.0, Echelon::Division, Side::China);
        });
    }
    sample(
        ui,
        20.0,
        "Orders on their way, on the leg that they are on.",
        |painter, rect| {
            let ink = theme::side_ink(Side::China);
            counters::envelope(painter, rect.center(), 15.0, Sign::OnItsWay, ink);
        },
    );
}

fn arrows(ui: &mut Ui) {
    heading(ui, "Orders");
    // Only the kind of order matters here, not where it leads.
    let to = Hex(0);
    for (task, meaning) in [
        (Task::March { to, forced: false }, "March."),
        (
            Task::March { to, forced: true },
            "Forced march: two heads on the arrow.",
        ),
        (
            Task::Assault { target: to },
            "Assault: a thick arrow with a bar.",
        ),
        (
            Task::Bombard { target: to },
            "Bombard: dashes to a ring with a dot.",
        ),
        (
            Task::Support { target: to },
            "Support the fight there with guns, a deed at the wall, mines to clear, or a hex watched \
             for a counterattack: dots to a ring.",
        ),
        (
            Task::Withdraw { to },
            "Break off and go there: an open head.",
        ),
    ] {
        sample(ui, 26.0, meaning, |painter, rect| {
            let (from, goal) = (rect.left_center(), rect.right_center() - vec2(6.0, 0.0));
            let ink = theme::side_ink(Side::China);
            overlay::order_arrow(painter, 20.0, from, goal, task, ink);
        });
    }
}

fn heading(ui: &mut Ui, text: &str) {
    ui.add_space(8.0);
    ui.label(RichText::new(text).strong());
}

/// A field with a drawing, and what it means.
fn sample(ui: &mut Ui, height: f32, meaning: &str, draw: impl FnOnce(&Painter, Rect)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(58.0, height), Sense::hover());
        draw(ui.painter(), rect);
        ui.add(Label::new(meaning).wrap());
    });
}

/// A small drawing with its name, kept together on one line.
fn with_name(ui: &mut Ui, size: Vec2, name: &str, draw: impl FnOnce(&Painter, Rect)) {
    ui.allocate_ui(vec2(size.x + 120.0, size.y), |ui| {
        ui.horizontal(|ui| {
            ui.set_min_width(size.x + 114.0);
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            draw(ui.painter(), rect);
            ui.label(name);
        });
    });
}
