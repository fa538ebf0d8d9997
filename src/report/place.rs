//! How a hex is named in text, the one place that decides it: a place lends its bare name to its own
//! hexes alone; beside them it is "near" it, with the coordinates. Must never name a hex falsely.

use crate::scenario::{Hex, HexMap};

/// Hexes this far from a place's own are near it.
const NEAR: u32 = 3;

/// A hex and its name.
enum Spot {
    /// A place's own hex, or one with no name but its coordinates.
    Named(String),
    /// Near a place: its name, and the coordinates of the hex.
    Near(String),
}

fn spot(map: &HexMap, hex: Hex) -> Spot {
    if hex.index() >= map.grid.len() {
        return Spot::Named("a hex off the map".to_owned());
    }
    let nearest = map
        .places
        .iter()
        .filter_map(|p| {
            let off = p.hexes.iter().map(|own| map.grid.distance(hex, *own)).min();
            // Of two places with this hex, the one in whose middle it lies.
            off.map(|off| (off, map.grid.distance(hex, p.centre), p))
        })
        .min_by(|a, b| (a.0, a.1, a.2.rank, &a.2.id).cmp(&(b.0, b.1, b.2.rank, &b.2.id)));
    let label = map.grid.label(hex);
    match nearest {
        Some((0, _, place)) => Spot::Named(place.name.clone()),
        Some((1..=NEAR, _, place)) => Spot::Near(format!("{} ({label})", plain(&place.name))),
        _ => Spot::Named(label),
    }
}

/// A name without the explanation in brackets at its end.
fn plain(name: &str) -> &str {
    name.split_once(" (").map_or(name, |(plain, _)| plain)
}

/// For a heading or a label: `Jurong`, `near Jurong (057047)`, `057047`.
pub fn called(map: &HexMap, hex: Hex) -> String {
    match spot(map, hex) {
        Spot::Named(name) => name,
        Spot::Near(name) => format!("near {name}"),
    }
}

/// As a thing that is held, taken or marched to: `Jurong`, `a point near Jurong (057047)`.
pub fn point(map: &HexMap, hex: Hex) -> String {
    match spot(map, hex) {
        Spot::Named(name) => name,
        Spot::Near(name) => format!("a point near {name}"),
    }
}

/// With a preposition, which gives way to "near": `at Jurong`, `near Jurong (057047)`.
pub fn placed(map: &HexMap, preposition: &str, hex: Hex) -> String {
    match spot(map, hex) {
        Spot::Named(name) => format!("{preposition} {name}"),
        Spot::Near(name) => format!("near {name}"),
    }
}
