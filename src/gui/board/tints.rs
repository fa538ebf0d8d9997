//! Colours of the map: a quiet printed staff map. Meaning never hangs on colour alone: every
//! kind of line and mark has its own shape as well.

use super::ink::Tint;
use crate::scenario::{Side, Terrain};
use bevy_egui::egui::Color32;

/// Paper around the map.
pub const PAPER: Tint = [239, 233, 218, 255];
/// Wide water.
pub const WATER: Tint = [178, 200, 211, 255];
/// The line along a bank, and streams.
pub const BANK: Tint = [112, 146, 166, 255];
/// Streams.
pub const STREAM: Tint = [124, 160, 181, 255];
/// Wet ditches before the wall.
pub const MOAT: Tint = [104, 147, 178, 255];
/// Edges of roads.
pub const ROAD_EDGE: Tint = [137, 111, 82, 255];
/// Made highways.
pub const HIGHWAY: Tint = [250, 240, 209, 255];
/// Country roads and streets.
pub const ROAD: Tint = [247, 243, 232, 255];
/// Railways.
pub const RAIL: Tint = [70, 66, 62, 255];
/// The city wall.
pub const WALL: Tint = [66, 56, 48, 255];
/// What lights up on the wall: gates.
pub const GATE: Tint = [246, 238, 214, 255];
/// Field works.
pub const WORKS: Tint = [104, 66, 44, 255];
/// The Safety Zone.
pub const SAFETY: Tint = [92, 122, 108, 255];
/// Hex grid.
pub const GRID: Tint = [70, 62, 50, 46];
/// Contour lines.
pub const CONTOUR: Tint = [146, 112, 74, 88];
/// Every second contour line.
pub const CONTOUR_INDEX: Tint = [136, 100, 62, 140];
/// Houses.
pub const HOUSE: Tint = [168, 146, 128, 255];
/// Trees.
pub const TREE: Tint = [138, 152, 112, 255];
/// Reeds and rice.
pub const REED: Tint = [140, 160, 150, 255];
/// Text.
pub const INK: Color32 = Color32::from_rgb(43, 39, 34);
/// Text behind other text.
pub const HALO: Color32 = Color32::from_rgba_premultiplied(215, 210, 196, 230);
/// Plate under names.
pub const PLATE: Color32 = Color32::from_rgba_premultiplied(194, 189, 177, 202);
/// Names of waters.
pub const WATER_NAME: Color32 = Color32::from_rgb(62, 98, 122);
/// Names of hills.
pub const HILL_NAME: Color32 = Color32::from_rgb(104, 76, 46);

/// Ground of a terrain, before light and shade.
pub fn ground(terrain: Terrain) -> Tint {
    match terrain {
        Terrain::Open => [238, 231, 210, 255],
        Terrain::Farmland => [236, 231, 212, 255],
        Terrain::Paddy => [224, 228, 206, 255],
        Terrain::Wetland => [211, 222, 208, 255],
        Terrain::Hill => [224, 214, 184, 255],
        Terrain::Mountain => [203, 204, 168, 255],
        Terrain::Town => [226, 212, 194, 255],
        Terrain::City => [215, 198, 181, 255],
        // Mud and shallows: hexes of water reach beyond the banks as drawn.
        Terrain::Water => [205, 216, 214, 255],
    }
}

/// Dark colour of a side: frames, symbols, arrows.
pub fn side(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgb(0x2b, 0x5f, 0x8f),
        Side::Japan => Color32::from_rgb(0xa8, 0x66, 0x1f),
    }
}

/// Pale colour of a side: the ground of counters.
pub fn side_pale(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgb(0xcf, 0xe0, 0xee),
        Side::Japan => Color32::from_rgb(0xf5, 0xdf, 0xba),
    }
}

/// Nearly black colour of a side: text on its counters.
pub fn side_dark(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgb(0x14, 0x33, 0x52),
        Side::Japan => Color32::from_rgb(0x53, 0x31, 0x0c),
    }
}

/// A thin wash of a side's colour over the ground it holds. The ground of counters itself would
/// be lost on the paper; this is the same hue, fuller.
pub fn side_wash(side: Side) -> Color32 {
    match side {
        Side::China => Color32::from_rgba_unmultiplied(112, 170, 224, 90),
        Side::Japan => Color32::from_rgba_unmultiplied(242, 178, 84, 90),
    }
}

/// The same colour for egui.
pub fn screen([r, g, b, a]: Tint) -> Color32 {
    Color32::from_rgba_unmultiplied(r, g, b, a)
}
