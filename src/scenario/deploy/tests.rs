//! Tests of the set-up on maps of a few hexes, drawn as text.

use super::*;
use crate::scenario::{
    file::Confidence,
    map::{Direction, Gate, Grid, Ground, HexSide, Works},
};

fn rules() -> Rules {
    ron::from_str(include_str!("../../../scenarios/rules/standard.ron")).expect("rules parse")
}

/// A map drawn row by row, north first: `.` open, `w` open with works, `~` water, `^` wooded
/// mountain, `#` open inside the wall, `z` Safety Zone. Odd rows from the south lie half a hex east.
fn sketch(rows: &[&str], places: &[(&str, u16, u16)]) -> HexMap {
    let height = rows.len() as u16;
    let width = rows[0].len() as u16;
    let grid = Grid::new(width, height, 1.0);
    let mut ground = Vec::new();
    for row in rows.iter().rev() {
        for c in row.chars() {
            ground.push(Ground {
                terrain: match c {
                    '~' => Terrain::Water,
                    '^' => Terrain::Mountain,
                    _ => Terrain::Open,
                },
                height_m: 0,
                works: Works {
                    level: if c == 'w' {
                        WorksLevel::Prepared
                    } else {
                        WorksLevel::None
                    },
                    facing: 0x3f,
                },
                inside_wall: c == '#',
                no_fire: false,
                safety_zone: c == 'z',
                exit: false,
                railway: false,
                mines: None,
                line: None,
                features: Vec::new(),
            });
        }
    }
    let mut sides = vec![HexSide::default(); grid.len() * 3];
    for hex in grid.hexes() {
        for (direction, other) in grid.neighbours(hex) {
            if ground[hex.index()].inside_wall && !ground[other.index()].inside_wall {
                let id = grid.side_id(hex, direction).expect("both on the map");
                sides[id.index()].wall = Some(hex);
            }
        }
    }
    let mut places: Vec<Place> = places
        .iter()
        .map(|&(id, column, row)| {
            let hex = grid.hex(column, row).expect("on the map");
            Place {
                id: id.to_owned(),
                name: id.to_owned(),
                name_zh: String::new(),
                hexes: vec![hex],
                centre: hex,
                gate: None,
                rank: 0,
                at: [0.0, 0.0],
                source: "test".to_owned(),
                confidence: Confidence::Low,
            }
        })
        .collect();
    places.sort_by(|a, b| a.id.cmp(&b.id));
    HexMap {
        id: "sketch".to_owned(),
        name: "Sketch".to_owned(),
        attribution: String::new(),
        origin: [118.78, 32.05],
        grid,
        ground,
        sides,
        features: Vec::new(),
        gates: Vec::new(),
        places,
    }
}

/// Opens a gate between the place's hex (inside) and its neighbour in a direction.
fn with_gate(mut map: HexMap, place: &str, direction: Direction) -> HexMap {
    let index = map.place(place).expect("a place");
    let inner = map.places[index].centre;
    map.gates.push(Gate {
        id: place.to_owned(),
        name: place.to_owned(),
        name_zh: String::new(),
        side: map.grid.side_id(inner, direction).expect("on the map"),
        inner,
        outer: map.grid.neighbour(inner, direction).expect("on the map"),
        place: index,
        blocked: false,
        sally: false,
        source: "test".to_owned(),
        confidence: Confidence::Low,
    });
    map.places[index].gate = Some(map.gates.len() - 1);
    map
}

fn wish<'a>(map: &HexMap, text_id: &'a str, side: Side, men: u32, place: &str) -> Wanted<'a> {
    Wanted {
        text_id,
        side,
        men,
        place: map.place(place).expect("a place"),
        branch: Branch::Infantry,
        cap_scale: 1.0,
    }
}

fn all(map: &HexMap, wanted: &[Wanted]) -> Vec<Hex> {
    deploy(map, &rules(), wanted)
        .into_iter()
        .map(|r| r.expect("room for everybody"))
        .collect()
}

#[test]
fn units_share_a_hex_up_to_the_soft_stack_then_spread_then_stack_hard() {
    let map = sketch(&["..", ".."], &[("village", 0, 0)]);
    let ids = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let wanted: Vec<Wanted> = ids
        .iter()
        .map(|id| wish(&map, id, Side::China, 1000, "village"))
        .collect();
    let hexes = all(&map, &wanted);
    assert_eq!(hexes[0], map.places[0].centre);
    assert_eq!(hexes[1], map.places[0].centre);
    assert_ne!(hexes[2], map.places[0].centre);
    let filled: BTreeSet<Hex> = hexes[..8].iter().copied().collect();
    assert_eq!(filled.len(), 4, "four hexes of 2,000 before any is fuller");
    assert_eq!(hexes[8], map.places[0].centre, "the ninth stacks hard");
}

#[test]
fn a_full_sector_is_refused_and_a_larger_estimate_finds_the_same_room() {
    let map = sketch(&["."], &[("post", 0, 0)]);
    let mut wanted = vec![
        wish(&map, "a", Side::China, 3000, "post"),
        wish(&map, "b", Side::China, 1500, "post"),
    ];
    let answers = deploy(&map, &rules(), &wanted);
    assert!(answers[0].is_ok());
    assert_eq!(
        answers[1],
        Err(DeployProblem::Full {
            place: "post".to_owned(),
            men: 1500
        })
    );
    for w in &mut wanted {
        w.cap_scale = 1.5;
    }
    assert!(deploy(&map, &rules(), &wanted).iter().all(Result::is_ok));
}

#[test]
fn a_unit_larger_than_any_cap_has_a_hex_to_itself() {
    let map = sketch(&[".."], &[("post", 0, 0)]);
    let wanted = [
        wish(&map, "a", Side::China, 9000, "post"),
        wish(&map, "b", Side::China, 100, "post"),
    ];
    let hexes = all(&map, &wanted);
    assert_ne!(hexes[0], hexes[1]);
}

#[test]
fn works_fill_first_for_those_who_fight_in_them_but_not_for_guns() {
    let map = sketch(&["....w"], &[("post", 2, 0)]);
    let mut wanted = [
        wish(&map, "foot", Side::China, 900, "post"),
        wish(&map, "guns", Side::China, 300, "post"),
    ];
    wanted[1].branch = Branch::Artillery;
    let hexes = all(&map, &wanted);
    assert_eq!(map.grid.column_row(hexes[0]), (4, 0));
    assert_eq!(map.grid.column_row(hexes[1]), (2, 0));
}

#[test]
fn works_of_a_place_are_left_to_those_posted_there() {
    let map = sketch(&["..w."], &[("gate", 2, 0), ("post", 1, 0)]);
    let wanted = [
        wish(&map, "a", Side::China, 1500, "post"),
        wish(&map, "b", Side::China, 1500, "gate"),
    ];
    let hexes = all(&map, &wanted);
    assert_eq!(map.grid.column_row(hexes[0]), (1, 0));
    assert_eq!(map.grid.column_row(hexes[1]), (2, 0));
}

#[test]
fn works_beyond_two_kilometres_are_not_of_the_sector() {
    let map = sketch(&["....w"], &[("post", 1, 0)]);
    let hexes = all(&map, &[wish(&map, "foot", Side::China, 900, "post")]);
    assert_eq!(map.grid.column_row(hexes[0]), (1, 0));
}

#[test]
fn the_sides_never_share_a_hex_and_do_not_spill_into_each_others_places() {
    let map = sketch(&["...."], &[("east", 2, 0), ("west", 1, 0)]);
    let ids: Vec<String> = (0..12).map(|i| format!("u{i:02}")).collect();
    let wanted: Vec<Wanted> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| match i % 2 {
            0 => wish(&map, id, Side::China, 1000, "west"),
            _ => wish(&map, id, Side::Japan, 1000, "east"),
        })
        .collect();
    let mut holders: BTreeMap<Hex, Side> = BTreeMap::new();
    for (unit, hex) in wanted.iter().zip(all(&map, &wanted)) {
        assert_eq!(*holders.entry(hex).or_insert(unit.side), unit.side);
        let other = if unit.side == Side::China { 2 } else { 1 };
        assert_ne!(map.grid.column_row(hex), (other, 0));
    }
}

#[test]
fn ground_held_by_the_other_side_is_refused() {
    let map = sketch(&["."], &[("post", 0, 0)]);
    let wanted = [
        wish(&map, "a", Side::China, 500, "post"),
        wish(&map, "b", Side::Japan, 500, "post"),
    ];
    let answers = deploy(&map, &rules(), &wanted);
    assert!(answers[0].is_ok());
    assert_eq!(answers[1], Err(DeployProblem::EnemyHeld("post".to_owned())));
}

#[test]
fn at_a_gate_the_wall_divides_the_sides() {
    let map = with_gate(
        sketch(
            &["###...", "###...", "###..."],
            &[("gate", 2, 1), ("hall", 0, 1)],
        ),
        "gate",
        Direction::East,
    );
    let ids: Vec<String> = (0..9).map(|i| format!("u{i}")).collect();
    let mut wanted = vec![wish(&map, "garrison", Side::China, 500, "hall")];
    for (i, id) in ids.iter().enumerate() {
        let side = if i % 2 == 0 { Side::Japan } else { Side::China };
        wanted.push(wish(&map, id, side, 1500, "gate"));
    }
    for (unit, hex) in wanted.iter().zip(all(&map, &wanted)) {
        assert_eq!(
            map.at(hex).inside_wall,
            unit.side == Side::China,
            "{}",
            unit.text_id
        );
    }
    assert!(all(&map, &wanted).contains(&map.gates[0].outer));
    assert!(all(&map, &wanted).contains(&map.gates[0].inner));
}

#[test]
fn men_do_not_cross_a_river_nor_stand_in_it_and_ships_do_not_go_ashore() {
    let map = sketch(
        &[".~.", ".~.", ".~."],
        &[("harbour", 0, 1), ("reach", 1, 1)],
    );
    let ids = ["a", "b", "c", "d", "e"];
    let wanted: Vec<Wanted> = ids
        .iter()
        .map(|id| wish(&map, id, Side::China, 2000, "harbour"))
        .collect();
    for hex in all(&map, &wanted) {
        assert_eq!(map.grid.column_row(hex).0, 0);
    }
    let mut ship = wish(&map, "ship", Side::Japan, 900, "harbour");
    ship.branch = Branch::Naval;
    let hexes = all(&map, &[ship]);
    assert_eq!(map.at(hexes[0]).terrain, Terrain::Water);
    let swimmer = wish(&map, "foot", Side::China, 100, "reach");
    assert_eq!(
        deploy(&map, &rules(), &[swimmer])[0],
        Err(DeployProblem::NoGround("reach".to_owned()))
    );
}

#[test]
fn guns_stand_beside_the_mountain_and_nobody_in_the_safety_zone() {
    let map = sketch(&["^.", "z."], &[("peak", 0, 1), ("zone", 0, 0)]);
    let mut guns = wish(&map, "guns", Side::China, 300, "peak");
    guns.branch = Branch::Artillery;
    let foot = wish(&map, "foot", Side::China, 300, "peak");
    let guard = wish(&map, "guard", Side::China, 300, "zone");
    let hexes = all(&map, &[guns, foot, guard]);
    assert_eq!(map.at(hexes[0]).terrain, Terrain::Open);
    assert!(!map.at(hexes[0]).safety_zone);
    assert_eq!(map.at(hexes[1]).terrain, Terrain::Mountain);
    assert!(!map.at(hexes[2]).safety_zone);
}

#[test]
fn the_order_of_wishes_does_not_matter() {
    let map = sketch(
        &["..w..", ".....", "..~.."],
        &[("east", 3, 1), ("west", 1, 1)],
    );
    let ids: Vec<String> = (0..14).map(|i| format!("u{i:02}")).collect();
    let wanted: Vec<Wanted> = ids
        .iter()
        .enumerate()
        .map(|(i, id)| {
            let men = 400 + 150 * i as u32;
            match i % 3 {
                0 => wish(&map, id, Side::Japan, men, "east"),
                _ => wish(&map, id, Side::China, men, "west"),
            }
        })
        .collect();
    let forward = deploy(&map, &rules(), &wanted);
    let mut shuffled: Vec<Wanted> = wanted.iter().rev().copied().collect();
    shuffled.rotate_left(5);
    for (unit, answer) in shuffled.iter().zip(deploy(&map, &rules(), &shuffled)) {
        let before = wanted
            .iter()
            .position(|w| w.text_id == unit.text_id)
            .expect("the same units");
        assert_eq!(forward[before], answer);
    }
}

#[test]
fn an_entry_hex_has_no_cap_and_needs_ground() {
    let map = sketch(&["~.~", "~~~"], &[("edge", 1, 1), ("sea", 0, 0)]);
    let edge = map.place("edge").expect("a place");
    let hex = entry(&map, &rules(), Branch::Infantry, edge);
    assert_eq!(hex, Ok(map.places[edge].centre));
    let sea = map.place("sea").expect("a place");
    assert_eq!(
        entry(&map, &rules(), Branch::Infantry, sea),
        Err(DeployProblem::NoGround("sea".to_owned()))
    );
    assert!(entry(&map, &rules(), Branch::Naval, sea).is_ok());
    assert_eq!(
        entry(&map, &rules(), Branch::Infantry, 9),
        Err(DeployProblem::NoPlace(9))
    );
}
