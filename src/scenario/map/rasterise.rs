//! From a map file to hexes: `MapFile` to [`HexMap`], or every problem found.
//!
//! The file is painted in its own order, in passes, because some things rest on others: first the
//! ground (terrain, heights, water), then the wall with its gates and moat, then streams, roads
//! and railways, which go round water and through gates, then works, zones and places. A pass only
//! reads what earlier passes finished. Nothing here may depend on a scenario's units.

mod chain;
mod inspect;
mod paint;
mod places;
mod plane;
mod routes;
mod sheet;
mod streams;
mod wall;
mod works;

use super::{HexMap, file::MapFile, file::PlaceFile};
use crate::scenario::file::WindowFile;
use sheet::Sheet;

/// Most hexes of a map.
pub const MAX_HEXES: u32 = 60_000;

/// A problem of a map file.
#[derive(Clone, Debug, PartialEq)]
pub struct MapProblem {
    /// Where: `features[12].line`, `gates[3].at`, `extra_places[2]`.
    pub path: String,
    /// What is wrong.
    pub message: String,
    /// What is allowed, or what to do.
    pub help: String,
    /// The map can be used all the same.
    pub warning: bool,
}

/// Rasterises a map: its `window` (all of it if `None`) in hexes of `hex_km`, with the places that
/// a scenario adds.
///
/// # Errors
/// Every problem found, if one of them makes the map unusable; then warnings are among them.
pub fn rasterise(
    file: &MapFile,
    hex_km: f64,
    window: Option<WindowFile>,
    extra_places: &[PlaceFile],
) -> Result<HexMap, Vec<MapProblem>> {
    let (map, problems) = survey(file, hex_km, window, extra_places);
    map.ok_or(problems)
}

/// As [`rasterise`], with the warnings of a usable map; the map is `None` if a problem is an error.
pub fn survey(
    file: &MapFile,
    hex_km: f64,
    window: Option<WindowFile>,
    extra_places: &[PlaceFile],
) -> (Option<HexMap>, Vec<MapProblem>) {
    let problems = inspect::inspect(file, hex_km, window, extra_places);
    if problems.iter().any(|p| !p.warning) {
        return (None, problems);
    }
    let Some(mut sheet) = Sheet::new(file, hex_km, window.unwrap_or(file.bounds), problems) else {
        return (None, Vec::new());
    };
    sheet.enclose();
    sheet.paint_ground();
    sheet.override_ground();
    sheet.raise_wall();
    sheet.hang_gates();
    sheet.dig_moats();
    sheet.lead_streams();
    sheet.lay_routes();
    sheet.build_bridges();
    sheet.dig_works();
    sheet.mark_zones();
    sheet.override_works();
    sheet.name_places(extra_places);
    sheet.finish()
}
