//! The map board: the ground as meshes made once from the map's features, and what egui draws on
//! top (labels, overlays, tooltips). Reads scenario and session; must never change either.
//!
//! Line widths stay readable at each zoom because all lines are drawn once for each of a few
//! scales; only the set that fits the present zoom is visible. Nothing is tessellated in a frame.

pub mod camera;
mod control;
pub mod cover;
pub mod curve;
pub mod escape;
pub mod flashes;
pub mod flight;
pub mod ground;
pub mod ink;
pub mod labels;
pub mod legend;
pub mod links;
pub mod names;
pub mod overlay;
mod range;
pub mod river;
mod room;
pub mod siege;
pub mod sight;
pub mod tints;
pub mod tooltip;
mod wall;
mod water;
mod ways;
mod works;

use super::{intent::Layer, tabletop::Tabletop};
use crate::scenario::{Scenario, map::HexMap};
use bevy::{
    asset::RenderAssetUsages,
    mesh::{Indices, PrimitiveTopology},
    prelude::*,
    sprite_render::AlphaMode2d,
};
use camera::BoardCamera;
use ink::Ink;

/// Scales for which lines are drawn, points per km.
pub const SCALES: [f64; 6] = [9.0, 17.0, 32.0, 60.0, 112.0, 200.0];

/// Below this hex width the grid is hidden, points.
const GRID_FROM: f32 = 9.0;
/// Below this hex width trees and houses are hidden, points.
const COVER_FROM: f32 = 26.0;
/// Below this hex width contour lines are hidden, points.
const CONTOURS_FROM: f32 = 16.0;

/// A pen for one scale: turns widths on the screen into km.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pen {
    /// Points per km at which the lines will be seen.
    pub px_per_km: f64,
}

impl Pen {
    /// A width in points, in km.
    pub fn px(self, px: f64) -> f64 {
        px / self.px_per_km
    }

    /// A width in km, but so many points at least and at most.
    pub fn at_least(self, km: f64, low: f64, high: f64) -> f64 {
        km.clamp(self.px(low), self.px(high))
    }
}

/// What a sheet of the board shows, and when it is seen.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// Terrain and relief: always.
    Ground,
    /// Contour lines: from a certain zoom on.
    Contours,
    /// Trees, houses, rice: near.
    Cover,
    /// Water, roads, wall and so on for one of [`SCALES`].
    Lines(usize),
    /// Field works for one of [`SCALES`]; a layer.
    Works(usize),
    /// Hexes; a layer.
    Grid,
    /// Paper round the map, over all that leads out of it: always.
    Margin,
}

impl Sheet {
    /// Height in the pile.
    fn z(self) -> f32 {
        match self {
            Sheet::Ground => 0.0,
            Sheet::Contours => 1.0,
            Sheet::Cover => 2.0,
            Sheet::Lines(_) => 3.0,
            Sheet::Grid => 4.0,
            Sheet::Works(_) => 5.0,
            Sheet::Margin => 6.0,
        }
    }

    /// Is it seen at this zoom, with these layers?
    pub fn is_seen(self, px_per_km: f64, hex_px: f32, layers: &Tabletop) -> bool {
        let scale = scale(px_per_km);
        match self {
            Sheet::Ground | Sheet::Margin => true,
            Sheet::Contours => hex_px >= CONTOURS_FROM,
            Sheet::Cover => hex_px >= COVER_FROM,
            Sheet::Lines(s) => s == scale,
            Sheet::Works(s) => s == scale && layers.layers.contains(&Layer::Works),
            Sheet::Grid => hex_px >= GRID_FROM && layers.layers.contains(&Layer::Grid),
        }
    }
}

/// Which of [`SCALES`] fits a zoom best.
pub fn scale(px_per_km: f64) -> usize {
    SCALES
        .windows(2)
        .take_while(|w| px_per_km > (w[0] * w[1]).sqrt())
        .count()
}

/// All sheets of a map. The hairlines of contours and grid are lines, the rest triangles.
pub fn sheets(map: &HexMap) -> Vec<(Sheet, Ink)> {
    let relief = ground::Relief::of(map);
    let mut sheets = vec![
        (Sheet::Ground, ground::draw(map, &relief)),
        (Sheet::Contours, ground::contours(&relief)),
        (Sheet::Cover, cover::draw(map)),
        (Sheet::Grid, grid(map)),
        (Sheet::Margin, margin(map)),
    ];
    for (i, px_per_km) in SCALES.into_iter().enumerate() {
        let pen = Pen { px_per_km };
        let mut lines = Ink::default();
        water::draw(map, pen, &mut lines);
        ways::draw(map, pen, &mut lines);
        wall::draw(map, pen, &mut lines);
        sheets.push((Sheet::Lines(i), lines));
        sheets.push((Sheet::Works(i), works::draw(map, pen)));
    }
    sheets
}

/// Puts the board on the table.
pub fn spawn(
    commands: &mut Commands,
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<ColorMaterial>,
    scenario: &Scenario,
) {
    let opaque = materials.add(ColorMaterial {
        alpha_mode: AlphaMode2d::Opaque,
        ..ColorMaterial::default()
    });
    let clear = materials.add(ColorMaterial {
        alpha_mode: AlphaMode2d::Blend,
        ..ColorMaterial::default()
    });
    for (sheet, ink) in sheets(scenario.map()) {
        let material = if sheet == Sheet::Ground {
            &opaque
        } else {
            &clear
        };
        let visibility = match sheet {
            Sheet::Ground | Sheet::Margin => Visibility::Inherited,
            _ => Visibility::Hidden,
        };
        commands.spawn((
            sheet,
            Mesh2d(meshes.add(mesh(sheet, ink))),
            MeshMaterial2d(material.clone()),
            Transform::from_xyz(0.0, 0.0, sheet.z()),
            visibility,
        ));
    }
}

/// Takes the board away.
pub fn despawn(mut commands: Commands, sheets: Query<Entity, With<Sheet>>) {
    for sheet in &sheets {
        commands.entity(sheet).despawn();
    }
}

/// Shows the sheets that belong to the zoom and the layers chosen.
pub fn show_sheets(
    board: Option<Res<BoardCamera>>,
    table: Option<Res<Tabletop>>,
    mut sheets: Query<(&Sheet, &mut Visibility)>,
) {
    let (Some(board), Some(table)) = (board, table) else {
        return;
    };
    for (sheet, mut visibility) in &mut sheets {
        let wanted = if sheet.is_seen(board.px_per_km, board.hex_px(), &table) {
            Visibility::Inherited
        } else {
            Visibility::Hidden
        };
        if *visibility != wanted {
            *visibility = wanted;
        }
    }
}

/// The hexes' outlines, each side once.
fn grid(map: &HexMap) -> Ink {
    let mut ink = Ink::default();
    for hex in map.grid.hexes() {
        for direction in crate::scenario::Direction::ALL {
            let other = map.grid.neighbour(hex, direction);
            if other.is_none_or(|o| hex < o) {
                let (a, b) = curve::side(&map.grid, hex, direction, 1.0);
                ink.hairline(a, b, tints::GRID);
            }
        }
    }
    ink
}

/// Paper on all four sides of the map, wider than any window shows, and a line at its edge.
fn margin(map: &HexMap) -> Ink {
    let mut ink = Ink::default();
    let [w, h] = camera::extent(map);
    let far = 4.0 * (w + h);
    let mut rectangle = |low: [f64; 2], high: [f64; 2]| {
        ink.convex(
            &[low, [high[0], low[1]], high, [low[0], high[1]]],
            tints::PAPER,
        );
    };
    rectangle([-far, -far], [0.0, h + far]);
    rectangle([w, -far], [w + far, h + far]);
    rectangle([0.0, -far], [w, 0.0]);
    rectangle([0.0, h], [w, h + far]);
    let edge = [[0.0, 0.0], [w, 0.0], [w, h], [0.0, h]];
    let width = 0.0012 * (w + h);
    ink.stroke(&edge, width, true, tints::ROAD_EDGE);
    ink
}

fn mesh(sheet: Sheet, ink: Ink) -> Mesh {
    let topology = match sheet {
        Sheet::Grid | Sheet::Contours => PrimitiveTopology::LineList,
        _ => PrimitiveTopology::TriangleList,
    };
    let points: Vec<[f32; 3]> = ink.points.iter().map(|[x, y]| [*x, *y, 0.0]).collect();
    let colours: Vec<[f32; 4]> = ink
        .colours
        .iter()
        .map(|[r, g, b, a]| Color::srgba_u8(*r, *g, *b, *a).to_linear().to_f32_array())
        .collect();
    Mesh::new(topology, RenderAssetUsages::RENDER_WORLD)
        .with_inserted_attribute(Mesh::ATTRIBUTE_POSITION, points)
        .with_inserted_attribute(Mesh::ATTRIBUTE_COLOR, colours)
        .with_inserted_indices(Indices::U32(ink.indices))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{scenario::Options, shelf::Shelf};

    #[test]
    fn every_sheet_of_every_shipped_map_is_whole() {
        for name in ["nanking_1937.ron", "lessons/crossroads.ron"] {
            let scenario = Scenario::load(&Shelf::embedded(), name, &Options::default()).unwrap();
            let map = scenario.map();
            let [width, height] = camera::extent(map);
            for (sheet, ink) in sheets(map) {
                assert_eq!(ink.points.len(), ink.colours.len());
                assert!(ink.points.iter().flatten().all(|v| v.is_finite()));
                let most = ink.indices.iter().max().copied().unwrap_or(0) as usize;
                assert!(ink.indices.is_empty() || most < ink.points.len());
                if matches!(sheet, Sheet::Ground | Sheet::Grid | Sheet::Lines(_)) {
                    assert!(!ink.indices.is_empty(), "{sheet:?} of {name}");
                }
                if sheet == Sheet::Ground {
                    let covered = |p: [f32; 2]| ink.points.contains(&p);
                    assert!(covered([0.0, 0.0]) && covered([width as f32, height as f32]));
                }
            }
        }
    }

    #[test]
    fn each_zoom_shows_one_set_of_lines() {
        let table = Tabletop::default();
        for px_per_km in [1.0, 9.0, 12.4, 20.0, 45.0, 100.0, 250.0, 1e6] {
            let seen = (0..SCALES.len())
                .filter(|i| Sheet::Lines(*i).is_seen(px_per_km, px_per_km as f32, &table))
                .count();
            assert_eq!(seen, 1, "{px_per_km}");
        }
        assert_eq!((scale(9.0), scale(200.0)), (0, SCALES.len() - 1));
        assert!(!Sheet::Grid.is_seen(8.0, 8.0, &table));
        assert!(Sheet::Grid.is_seen(40.0, 40.0, &table));
    }
}
