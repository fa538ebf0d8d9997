//! Named places, each a list of hexes.

use super::sheet::Sheet;
use crate::scenario::map::{
    Hex, Place, Terrain,
    file::{FeatureKind, PlaceFile},
};
use std::collections::BTreeMap;

impl Sheet<'_> {
    /// Names the places of the file, of the scenario, and the gates. Places outside the window
    /// are left out.
    pub fn name_places(&mut self, extra: &[PlaceFile]) {
        let all: Vec<(String, &PlaceFile)> = (self.file.places.iter().enumerate())
            .map(|(i, p)| (format!("places[{i}]"), p))
            .chain((extra.iter().enumerate()).map(|(i, p)| (format!("extra_places[{i}]"), p)))
            .collect();
        let mut simple: BTreeMap<&str, Vec<Hex>> = BTreeMap::new();
        for (path, place) in &all {
            let Some(hexes) = self.simple_place(path, place) else {
                continue;
            };
            simple.insert(&place.id, hexes);
        }
        for gate in &self.gates {
            if let Some(file) = self.file.gates.iter().find(|g| g.id == gate.id) {
                simple.insert(&file.id, vec![gate.inner]);
            }
        }
        let mut places: Vec<Place> = Vec::new();
        for (_, file) in &all {
            let mut hexes: Vec<Hex> = file
                .members
                .iter()
                .filter_map(|m| simple.get(m.as_str()))
                .flatten()
                .copied()
                .collect();
            if file.members.is_empty() {
                hexes = simple.get(file.id.as_str()).cloned().unwrap_or_default();
            }
            if let Some(place) = self.place(file, hexes) {
                places.push(place);
            }
        }
        for (number, gate) in self.gates.iter().enumerate() {
            let Some(file) = self.file.gates.iter().find(|g| g.id == gate.id) else {
                continue;
            };
            places.push(Place {
                id: gate.id.clone(),
                name: gate.name.clone(),
                name_zh: gate.name_zh.clone(),
                hexes: vec![gate.inner],
                centre: gate.inner,
                gate: Some(number),
                rank: 3,
                at: [file.at.0, file.at.1],
                source: gate.source.clone(),
                confidence: gate.confidence,
            });
        }
        places.sort_by(|a, b| a.id.cmp(&b.id));
        for (i, place) in places.iter().enumerate() {
            if let Some(gate) = place.gate {
                self.gates[gate].place = i;
            }
        }
        self.places = places;
    }

    /// Hexes of a place that has a position of its own; `None` if it lies outside the window.
    fn simple_place(&mut self, path: &str, file: &PlaceFile) -> Option<Vec<Hex>> {
        let p = self.km(file.at?);
        let home = self.grid.containing(p)?;
        if self.is_water_name(&file.id) {
            return Some(vec![home]);
        }
        let Some(hex) = self.settle(p) else {
            self.warn(
                format!("{path}.at"),
                format!("place `{}` lies on wide water, far from land", file.id),
                "move it, or give an `Anchorage` or water feature the same id",
            );
            return Some(vec![home]);
        };
        let inside = self.ground[hex.index()].inside_wall;
        let mut hexes: Vec<Hex> = self
            .hexes_near(&[p], file.radius_km)
            .into_iter()
            .map(|(h, _)| h)
            .filter(|h| self.ground[h.index()].terrain != Terrain::Water)
            .filter(|h| self.ground[h.index()].inside_wall == inside)
            .chain([hex])
            .collect();
        hexes.sort();
        hexes.dedup();
        Some(hexes)
    }

    /// Does a place of this id name water itself?
    fn is_water_name(&self, id: &str) -> bool {
        self.file.features.iter().any(|f| {
            f.id == id
                && matches!(
                    f.kind,
                    FeatureKind::River { .. }
                        | FeatureKind::Stream
                        | FeatureKind::Lake
                        | FeatureKind::Anchorage
                )
        })
    }

    fn place(&self, file: &PlaceFile, mut hexes: Vec<Hex>) -> Option<Place> {
        hexes.sort();
        hexes.dedup();
        if hexes.is_empty() {
            return None;
        }
        let points: Vec<_> = hexes.iter().map(|h| self.grid.centre(*h)).collect();
        let middle = match file.at {
            Some(at) => self.km(at),
            None => super::plane::mean(&points)?,
        };
        let centre = *hexes.iter().min_by(|a, b| {
            let d = |h: &Hex| super::plane::distance2(self.grid.centre(*h), middle);
            d(a).total_cmp(&d(b))
        })?;
        let at = file.at.unwrap_or_else(|| self.frame.degrees(middle));
        Some(Place {
            id: file.id.clone(),
            name: file.name.clone(),
            name_zh: file.name_zh.clone(),
            hexes,
            centre,
            gate: None,
            rank: file.rank,
            at: [at.0, at.1],
            source: file.source.clone(),
            confidence: file.confidence,
        })
    }
}
