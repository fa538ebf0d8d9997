//! What can be wrong with the features of a map file: geometry, figures, names they refer to.

use super::{super::sheet::points, Inspection, MAX_RADIUS};
use crate::scenario::map::{
    Terrain,
    file::{Facing, FeatureFile, FeatureKind},
};

impl Inspection<'_> {
    pub(super) fn features(&mut self) {
        let file = self.file;
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
            K::DefenceLine { .. } | K::Moat | K::Minefield { .. } => &["line"],
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
            K::River { width_km } => {
                self.measure(path, "width_km", *width_km, 0.001, 2.0 * MAX_RADIUS)
            }
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
                self.measure(path, "radius_km", *radius_km, 0.0, MAX_RADIUS);
            }
            K::Town { radius_km } | K::Airfield { radius_km } => {
                self.measure(path, "radius_km", *radius_km, 0.0, MAX_RADIUS);
            }
            K::Strongpoint {
                radius_km,
                line,
                facing,
                ..
            } => {
                self.measure(path, "radius_km", *radius_km, 0.0, MAX_RADIUS);
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
                    let help = self.nearest(gate, &known);
                    self.refuse(path, format!("there is no gate `{gate}`"), &help);
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
            let help = self.nearest(line, &lines);
            self.refuse(path, format!("there is no defence line `{line}`"), &help);
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
