//! Chains of neighbouring hexes along a line, as the crow flies: rivers, ridges, defence lines.

use super::{
    plane::{self, Point},
    sheet::Sheet,
};
use crate::scenario::map::Hex;

/// Steps a hex along a line when looking which hexes it crosses.
const STEPS: f64 = 12.0;

impl Sheet<'_> {
    /// The hexes a line crosses, in order, one chain for each part of it that lies on the sheet.
    /// Neighbours in a chain are neighbours on the map.
    pub fn chains(&self, line: &[Point]) -> Vec<Vec<Hex>> {
        let step = self.grid.hex_km() / STEPS;
        let mut chains: Vec<Vec<Hex>> = Vec::new();
        for part in plane::clip_line(line, self.size()) {
            let mut chain: Vec<Hex> = Vec::new();
            for (a, b) in plane::segments(&part) {
                let length = plane::distance2(a, b).sqrt();
                let steps = (length / step).ceil().max(1.0);
                for i in 0..=steps as u32 {
                    let t = f64::from(i) / steps;
                    let p = [a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])];
                    match self.grid.containing(p) {
                        Some(hex) if chain.last() == Some(&hex) => {}
                        Some(hex) => chain.push(hex),
                        None if chain.is_empty() => {}
                        None => chains.push(core::mem::take(&mut chain)),
                    }
                }
            }
            if !chain.is_empty() {
                chains.push(chain);
            }
        }
        chains
    }

    /// Drops hexes that a chain only cuts a corner of, so that its length is that of the way.
    /// Hexes for which `keep` holds stay.
    pub fn straighten(&self, chain: &[Hex], keep: impl Fn(Hex) -> bool) -> Vec<Hex> {
        let mut out: Vec<Hex> = Vec::with_capacity(chain.len());
        for (i, &hex) in chain.iter().enumerate() {
            if let (Some(&before), Some(&after)) = (out.last(), chain.get(i + 1)) {
                let reach = self.grid.distance(before, after);
                if reach <= 1 && !keep(hex) {
                    continue;
                }
            }
            if out.last() != Some(&hex) {
                out.push(hex);
            }
        }
        out
    }
}
