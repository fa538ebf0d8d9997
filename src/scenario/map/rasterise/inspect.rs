//! What can be wrong with a map file before a single hex is painted.

mod features;

use super::{MAX_HEXES, MapProblem};
use crate::scenario::{
    file::{FORMAT, WindowFile},
    map::{
        file::{FeatureFile, FeatureKind, MapFile, PlaceFile, Position},
        geo::Frame,
    },
};
use std::collections::BTreeMap;

/// Most features of a map. The limits keep a hostile file from eating time and memory; the map of
/// Nanking uses a tenth of each.
const MAX_FEATURES: usize = 1_500;
/// Most points of all features together.
const MAX_POINTS: usize = 10_000;
/// Most gates.
const MAX_GATES: usize = 200;
/// Most places, those of the scenario included.
const MAX_PLACES: usize = 2_000;
/// Most members of a place.
const MAX_MEMBERS: usize = 100;
/// Largest radius of anything, km.
const MAX_RADIUS: f64 = 10.0;
/// The nearest name is sought for this many problems, and then no more.
const MAX_GUESSES: usize = 100;
/// How far outside the map a position may lie, degrees: roads lead on, slips of the pen do not.
const BEYOND: f64 = 3.0;

/// The list that grows.
struct Inspection<'a> {
    file: &'a MapFile,
    problems: Vec<MapProblem>,
}

/// All problems that need no rasterising.
pub(super) fn inspect(
    file: &MapFile,
    hex_km: f64,
    window: Option<WindowFile>,
    extra: &[PlaceFile],
) -> Vec<MapProblem> {
    let mut list = Inspection {
        file,
        problems: Vec::new(),
    };
    list.frame(hex_km, window);
    if !list.sizes(extra) {
        return list.problems;
    }
    list.features();
    list.gates();
    list.places(extra);
    list.overrides();
    list.ids(extra);
    list.problems
}

impl Inspection<'_> {
    fn refuse(&mut self, path: impl Into<String>, message: impl Into<String>, help: &str) {
        self.problems.push(MapProblem {
            path: path.into(),
            message: message.into(),
            help: help.to_owned(),
            warning: false,
        });
    }

    fn frame(&mut self, hex_km: f64, window: Option<WindowFile>) {
        let file = self.file;
        if file.format != FORMAT {
            self.refuse(
                "format",
                format!("format {} is not known", file.format),
                "this program reads format 1",
            );
        }
        let bounds = self.window("bounds", file.bounds);
        if !(file.origin.lat.abs() <= 80.0 && file.origin.lon.abs() <= 180.0) {
            self.refuse(
                "origin",
                "the origin of the projection is not on the map of the earth",
                "give `lon` from -180 to 180 and `lat` from -80 to 80 degrees",
            );
            return;
        }
        if !(0.1..=10.0).contains(&hex_km) {
            self.refuse(
                "hex_km",
                format!("hexes of {hex_km} km cannot be made"),
                "hex size is 0.1 to 10 km; 1.0 and 0.5 are usual",
            );
            return;
        }
        let window_fits = window.is_none_or(|w| self.window("window", w));
        if !bounds || !window_fits {
            return;
        }
        let b = file.bounds;
        let w = window.unwrap_or(b);
        if w.west < b.west || w.east > b.east || w.south < b.south || w.north > b.north {
            self.refuse(
                "window",
                "the window reaches beyond the map",
                &format!(
                    "this map covers longitude {} to {} and latitude {} to {}",
                    b.west, b.east, b.south, b.north
                ),
            );
        }
        let (columns, rows) = Frame::new(file.origin, w).columns_rows(hex_km);
        if columns * rows > f64::from(MAX_HEXES) {
            self.refuse(
                "hex_km",
                format!("{columns} columns and {rows} rows are too many hexes"),
                &format!("at most {MAX_HEXES} hexes: take larger hexes or a smaller window"),
            );
        }
    }

    fn window(&mut self, path: &str, w: WindowFile) -> bool {
        let fine = w.west < w.east
            && w.south < w.north
            && w.west >= -180.0
            && w.east <= 180.0
            && w.south >= -85.0
            && w.north <= 85.0;
        if !fine {
            self.refuse(
                path,
                "this is not a part of the earth's surface",
                "west must be less than east, south less than north, all in degrees",
            );
        }
        fine
    }

    fn position(&mut self, path: &str, (lon, lat): Position) {
        let b = self.file.bounds;
        let near = lon >= b.west - BEYOND
            && lon <= b.east + BEYOND
            && lat >= b.south - BEYOND
            && lat <= b.north + BEYOND;
        if !near {
            self.refuse(
                path,
                format!("({lon}, {lat}) is far from this map"),
                "positions are (longitude, latitude) in degrees",
            );
        }
    }

    fn measure(&mut self, path: &str, name: &str, value: f64, low: f64, high: f64) {
        if !(low..=high).contains(&value) {
            self.refuse(
                path,
                format!("{name} of {value} is not possible"),
                &format!("{name} must be from {low} to {high}"),
            );
        }
    }

    fn sourced(&mut self, path: &str, source: &str) {
        if source.trim().is_empty() {
            self.refuse(
                format!("{path}.source"),
                "this does not say where it comes from",
                "name the source, or say that it is an estimate",
            );
        }
    }

    /// Is the file small enough to look at closely?
    fn sizes(&mut self, extra: &[PlaceFile]) -> bool {
        let file = self.file;
        let points_of = |f: &FeatureFile| f.line.len() + f.area.len() + f.at.len();
        let members = (file.places.iter().chain(extra)).map(|p| p.members.len());
        let counts = [
            ("features", "features", file.features.len(), MAX_FEATURES),
            (
                "features",
                "points",
                file.features.iter().map(points_of).sum(),
                MAX_POINTS,
            ),
            ("gates", "gates", file.gates.len(), MAX_GATES),
            (
                "places",
                "places",
                file.places.len() + extra.len(),
                MAX_PLACES,
            ),
            (
                "places",
                "members of one place",
                members.max().unwrap_or(0),
                MAX_MEMBERS,
            ),
            ("overrides", "overrides", file.overrides.len(), MAX_POINTS),
        ];
        let mut fine = true;
        for (path, what, count, most) in counts {
            if count > most {
                fine = false;
                self.refuse(
                    path,
                    format!("{count} {what} are too many"),
                    &format!("at most {most}"),
                );
            }
        }
        fine
    }

    /// "did you mean", from the known names.
    fn nearest(&self, name: &str, known: &[&str]) -> String {
        let short = |id: &str| id.len() <= 64;
        let best = known
            .iter()
            .filter(|k| short(k) && short(name) && self.problems.len() < MAX_GUESSES)
            .map(|k| (strsim::damerau_levenshtein(name, k), *k))
            .min();
        match best {
            Some((distance, known)) if distance <= name.len() / 2 => {
                format!("did you mean `{known}`?")
            }
            _ => "use an id that this file defines".to_owned(),
        }
    }

    fn gates(&mut self) {
        let file = self.file;
        let walled = file
            .features
            .iter()
            .any(|f| matches!(f.kind, FeatureKind::Wall { .. }));
        if !walled && !file.gates.is_empty() {
            self.refuse(
                "gates",
                "there are gates but no wall",
                "add a feature of kind `Wall`, or remove the gates",
            );
        }
        for (i, gate) in file.gates.iter().enumerate() {
            let path = format!("gates[{i}]");
            self.position(&format!("{path}.at"), gate.at);
            self.sourced(&path, &gate.source);
        }
    }

    fn places(&mut self, extra: &[PlaceFile]) {
        let file = self.file;
        let all = || file.places.iter().chain(extra);
        let gates = file.gates.iter().map(|g| g.id.as_str());
        let known: Vec<&str> = all()
            .filter(|p| p.at.is_some())
            .map(|p| p.id.as_str())
            .chain(gates)
            .collect();
        let paths = (0..file.places.len())
            .map(|i| format!("places[{i}]"))
            .chain((0..extra.len()).map(|i| format!("extra_places[{i}]")));
        for (path, place) in paths.zip(all()) {
            self.sourced(&path, &place.source);
            self.measure(&path, "radius_km", place.radius_km, 0.0, MAX_RADIUS);
            if let Some(at) = place.at {
                self.position(&format!("{path}.at"), at);
            }
            if place.at.is_none() && place.members.is_empty() {
                self.refuse(
                    path.as_str(),
                    format!("place `{}` lies nowhere", place.id),
                    "give it `at: Some((lon, lat))` or `members`",
                );
            }
            for (n, member) in place.members.iter().enumerate() {
                if *member == place.id || !known.contains(&member.as_str()) {
                    let help = self.nearest(member, &known);
                    self.refuse(
                        format!("{path}.members[{n}]"),
                        format!("there is no place `{member}` with a position of its own"),
                        &help,
                    );
                }
            }
        }
    }

    fn overrides(&mut self) {
        let file = self.file;
        for (i, correction) in file.overrides.iter().enumerate() {
            let path = format!("overrides[{i}]");
            self.position(&format!("{path}.at"), correction.at);
            self.sourced(&path, &correction.source);
        }
    }

    /// Features have ids among themselves; places and gates share one list of ids.
    fn ids(&mut self, extra: &[PlaceFile]) {
        let file = self.file;
        let features = (file.features.iter().enumerate())
            .map(|(i, f)| (format!("features[{i}].id"), f.id.as_str()))
            .collect();
        self.unique(features);
        let gates = (file.gates.iter().enumerate()).map(|(i, g)| (format!("gates[{i}].id"), &g.id));
        let places =
            (file.places.iter().enumerate()).map(|(i, p)| (format!("places[{i}].id"), &p.id));
        let more =
            (extra.iter().enumerate()).map(|(i, p)| (format!("extra_places[{i}].id"), &p.id));
        let all = gates
            .chain(places)
            .chain(more)
            .map(|(path, id)| (path, id.as_str()))
            .collect();
        self.unique(all);
    }

    fn unique(&mut self, ids: Vec<(String, &str)>) {
        let mut first: BTreeMap<&str, String> = BTreeMap::new();
        for (path, id) in ids {
            if id.is_empty() {
                self.refuse(path, "the id is empty", "give it a stable id in lower case");
            } else if let Some(before) = first.get(id) {
                let help = format!("it is first used at {before}; ids must differ");
                self.refuse(path, format!("the id `{id}` is used twice"), &help);
            } else {
                first.insert(id, path);
            }
        }
    }
}
