//! A field of costs that is mended is the field traced anew, bit by bit: the whole saving of the supply
//! phase rests on it.

use crate::{retelling::Choices, support::shelved};
use nanking::{
    battle::route::Pathfinder,
    scenario::{Direction, Hex, map::Mover},
};

/// Enough to leave some of the map out of reach.
const LIMIT_KM: f32 = 60.0;

#[test]
fn a_mended_field_is_the_field_traced_anew() {
    let scenario = shelved("nanking_1937");
    let (grid, passage) = (&scenario.map().grid, scenario.passage());
    let hexes = grid.len() as u64;
    let mut choices = Choices(5);
    let mut finder = Pathfinder::default();
    let mut shut = vec![false; grid.len()];
    let mut barred = vec![false; grid.len()];
    let mut sources: Vec<(Hex, f32)> = Vec::new();
    let mut mended = vec![f32::INFINITY; grid.len()];
    let mut raised = 0;
    for round in 0..60 {
        let mut changed: Vec<Hex> = sources.iter().map(|s| s.0).collect();
        // Whole bands open and close, as a front does, and single hexes.
        let middle = Hex(choices.below(hexes) as u16);
        for hex in grid.within(middle, 1 + choices.below(6) as u32) {
            shut[hex.index()] = choices.below(3) == 0;
            barred[hex.index()] = choices.below(4) == 0;
            changed.push(hex);
        }
        for _ in 0..20 {
            let hex = Hex(choices.below(hexes) as u16);
            shut[hex.index()] ^= true;
            changed.push(hex);
        }
        if round % 5 == 0 {
            sources = (0..6)
                .map(|_| (Hex(choices.below(hexes) as u16), choices.below(30) as f32))
                .collect();
            changed.extend(sources.iter().map(|s| s.0));
        }
        let before = mended.clone();
        let open = |hex: Hex| !shut[hex.index()];
        let extra = |from: Hex, _: Hex, direction: Direction| {
            (!barred[from.index()]).then_some(0.25 * f32::from(direction as u8))
        };
        finder.mend(
            &mut mended,
            &changed,
            grid,
            passage,
            Mover::Foot,
            &sources,
            LIMIT_KM,
            open,
            extra,
        );
        let anew = finder.field(grid, passage, Mover::Foot, &sources, LIMIT_KM, open, extra);
        let differs = grid
            .hexes()
            .find(|h| mended[h.index()].to_bits() != anew[h.index()].to_bits());
        assert_eq!(differs, None, "round {round}");
        raised += before.iter().zip(&mended).filter(|(b, m)| m > b).count();
    }
    assert!(raised > 1000, "costs rose too: {raised}");
}
