//! What can be wrong with a map file before a single hex is painted.

use super::{MAX_HEXES, MapProblem, sheet::points};
use crate::scenario::{
    file::{FORMAT, WindowFile},
    map::{
        Terrain,
        file::{Facing, FeatureFile, FeatureKind, MapFile, PlaceFile, Position},
        geo::Frame,
    },
};
use std::collections::BTreeMap;

/// Most features of a map: they are numbered with 16 bits.
const MAX_FEATURES: usize = 20_000;
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

    fn features(&mut self) {
        let file = self.file;
        if file.features.len() > MAX_FEATURES {
            self.refuse(
                "features",
                format!("{} features are too many", file.features.len()),
                &format!("at most {MAX_FEATURES}"),
            );
        }
        let mut walls = 0;
        for (i, feature) in file.features.iter().enumerate() {
            let path = format!("features[{i}]");
            self.sourced(&path, &feature.source);
            self.geometry(&path, feature);
            for (n, at) in points(feature).iter().enumerate() {
                let field = geometry_field(feature);
                self.position(&format!("{path}.{field}[{n}]"), *at);
            }
            self.kind(&format!("{path}.kind"), &feature.kind);
            if matches!(feature.kind, FeatureKind::Wall { .. }) {
                walls += 1;
                if walls > 1 {
                    self.refuse(
                        path,
                        format!("`{}` is a second wall", feature.id),
                        "a map has at most one closed wall",
                    );
                }
            }
        }
    }

    fn geometry(&mut self, path: &str, feature: &FeatureFile) {
        use FeatureKind as K;
        let held = [
            ("line", feature.line.len(), 2),
            ("area", feature.area.len(), 3),
            ("at", feature.at.len(), 1),
        ];
        let allowed: &[&str] = match feature.kind {
            K::River { .. } | K::Stream | K::Road { .. } | K::Railway => &["line"],
            K::DefenceLine { .. } | K::Moat => &["line"],
            K::Hill { .. } => &["at", "line"],
            K::Peak { .. } | K::Airfield { .. } | K::Landmark | K::Anchorage => &["at"],
            K::Strongpoint { .. } => &["at"],
            K::Town { .. } => &["at", "area"],
            K::Lake | K::Island { .. } | K::City | K::Open | K::Farmland => &["area"],
            K::Paddy | K::Wetland | K::Wall { .. } | K::Zone(_) => &["area"],
            K::GateWorks { .. } => &[],
        };
        for (field, count, least) in held {
            if count > 0 && !allowed.contains(&field) {
                self.refuse(
                    format!("{path}.{field}"),
                    format!("`{}` cannot have `{field}`", feature.id),
                    &wanted(allowed),
                );
            } else if count > 0 && count < least {
                self.refuse(
                    format!("{path}.{field}"),
                    format!("`{}` has only {count} points", feature.id),
                    &format!("`{field}` needs at least {least}"),
                );
            }
        }
        let filled = held.iter().filter(|(_, count, _)| *count > 0).count();
        if filled != allowed.len().min(1) {
            self.refuse(
                path,
                format!("`{}` has {filled} geometries", feature.id),
                &wanted(allowed),
            );
        }
    }

    fn kind(&mut self, path: &str, kind: &FeatureKind) {
        use FeatureKind as K;
        match kind {
            K::River { width_km } => self.measure(path, "width_km", *width_km, 0.001, 20.0),
            K::Hill {
                height_m,
                radius_km,
                ..
            }
            | K::Peak {
                height_m,
                radius_km,
                ..
            } => {
                self.measure(path, "height_m", *height_m, 0.0, 9_000.0);
                self.measure(path, "radius_km", *radius_km, 0.0, 50.0);
            }
            K::Town { radius_km } | K::Airfield { radius_km } => {
                self.measure(path, "radius_km", *radius_km, 0.0, 50.0);
            }
            K::Strongpoint {
                radius_km,
                line,
                facing,
                ..
            } => {
                self.measure(path, "radius_km", *radius_km, 0.0, 50.0);
                self.facing(path, *facing);
                if matches!(facing, Facing::Left | Facing::Right) {
                    self.refuse(
                        path,
                        "a single point has no left and right",
                        "face it `AwayFrom(lon, lat)` or `AllRound`",
                    );
                }
                if let Some(line) = line {
                    self.line_of(path, line);
                }
            }
            K::DefenceLine { facing, .. } => self.facing(path, *facing),
            K::GateWorks { gates, .. } => {
                let known: Vec<&str> = self.file.gates.iter().map(|g| g.id.as_str()).collect();
                for gate in gates.iter().filter(|g| !known.contains(&g.as_str())) {
                    self.refuse(
                        path,
                        format!("there is no gate `{gate}`"),
                        &nearest(gate, &known),
                    );
                }
            }
            K::Wall {
                height_m,
                thickness_m,
            } => {
                self.measure(path, "height_m", *height_m, 0.5, 100.0);
                self.measure(path, "thickness_m", *thickness_m, 0.1, 100.0);
            }
            K::Island { terrain } if *terrain == Terrain::Water => {
                self.refuse(path, "an island is not water", "give it another terrain");
            }
            _ => {}
        }
    }

    fn facing(&mut self, path: &str, facing: Facing) {
        if let Facing::AwayFrom(lon, lat) = facing {
            self.position(path, (lon, lat));
        }
    }

    fn line_of(&mut self, path: &str, line: &str) {
        let lines: Vec<&str> = self
            .file
            .features
            .iter()
            .filter(|f| matches!(f.kind, FeatureKind::DefenceLine { .. }))
            .map(|f| f.id.as_str())
            .collect();
        if !lines.contains(&line) {
            let help = nearest(line, &lines);
            self.refuse(path, format!("there is no defence line `{line}`"), &help);
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
            self.measure(&path, "radius_km", place.radius_km, 0.0, 50.0);
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
                    self.refuse(
                        format!("{path}.members[{n}]"),
                        format!("there is no place `{member}` with a position of its own"),
                        &nearest(member, &known),
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

/// The geometry field a feature fills.
fn geometry_field(feature: &FeatureFile) -> &'static str {
    if !feature.line.is_empty() {
        "line"
    } else if !feature.area.is_empty() {
        "area"
    } else {
        "at"
    }
}

/// Which geometry is wanted, in words.
fn wanted(allowed: &[&str]) -> String {
    match allowed {
        [] => "this kind has no geometry".to_owned(),
        [one] => format!("give it `{one}` and nothing else"),
        many => format!("give it one of `{}`", many.join("`, `")),
    }
}

/// "did you mean", from the known names.
fn nearest(name: &str, known: &[&str]) -> String {
    let best = known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(name, k), *k))
        .min();
    match best {
        Some((distance, known)) if distance <= name.len() / 2 => {
            format!("did you mean `{known}`?")
        }
        _ => "use an id that this file defines".to_owned(),
    }
}
