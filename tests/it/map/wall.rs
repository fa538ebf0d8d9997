//! Wall, gates, moat: closed, in order, each gate on a side of its own.

use super::*;

#[test]
fn each_gate_hangs_on_a_wall_side_of_its_own_between_inside_and_outside() {
    for km in [1.0, 0.5, 2.0] {
        let map = map(km);
        let mut sides = BTreeSet::new();
        for (number, gate) in map.gates.iter().enumerate() {
            let side = &map.sides[gate.side.index()];
            assert_eq!(side.wall, Some(gate.inner), "{}", gate.id);
            assert_eq!(side.gate, Some(number as u16), "{}", gate.id);
            assert!(map.at(gate.inner).inside_wall && !map.at(gate.outer).inside_wall);
            assert_eq!(map.grid.distance(gate.inner, gate.outer), 1);
            assert!(sides.insert(gate.side), "{} shares its side", gate.id);
            let place = &map.places[gate.place];
            assert_eq!((&place.id, place.gate), (&gate.id, Some(number)));
            assert_eq!(place.hexes, vec![gate.inner]);
            if km <= 1.0 && gate.id != "gate_xuanwu" {
                assert!(is_land(&map, gate.outer), "{} opens on water", gate.id);
            }
        }
    }
}

#[test]
fn gates_follow_each_other_round_the_wall_as_in_the_file() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let wall = map.features[map.feature("city_wall").unwrap()]
            .sides
            .clone();
        let mut ring = vec![wall[0]];
        while let Some(next) = joined(&map, *ring.last().unwrap())
            .into_iter()
            .find(|s| wall.contains(s) && !ring.contains(s))
        {
            ring.push(next);
        }
        assert_eq!(ring.len(), wall.len(), "the wall is one ring at {km} km");
        let gate = |side: &SideId| map.sides[side.index()].gate;
        let mut order: Vec<&str> = (ring.iter().filter_map(gate))
            .map(|g| map.gates[usize::from(g)].id.as_str())
            .collect();
        let file = file();
        let wanted: Vec<&str> = file.gates.iter().map(|g| g.id.as_str()).collect();
        if let Some(first) = order.iter().position(|id| *id == wanted[0]) {
            order.rotate_left(first);
        }
        if order[1] != wanted[1] {
            order[1..].reverse();
        }
        assert_eq!(order, wanted, "at {km} km");
    }
}

#[test]
fn the_wall_is_closed_at_every_size() {
    for km in [0.5, 0.7, 1.0, 1.3, 2.0] {
        let map = map(km);
        let home = centre(&map, "xinjiekou");
        assert!(map.at(home).inside_wall);
        let city = reach(&map, home, |_, side, _| {
            map.sides[side.index()].wall.is_none()
        });
        let all: BTreeSet<Hex> = (map.grid.hexes())
            .filter(|h| map.at(*h).inside_wall)
            .collect();
        assert_eq!(city, all, "from within at {km} km");
        let country = reach(&map, Hex(0), |_, side, _| {
            map.sides[side.index()].wall.is_none()
        });
        assert_eq!(country.len() + all.len(), map.grid.len(), "at {km} km");
        // The area within the trace is about 41 km2.
        let area = all.len() as f64 * km * km * 0.866;
        assert!((34.0..50.0).contains(&area), "{area} km2 at {km} km");
    }
}

#[test]
fn moat_and_lake_lie_before_the_wall() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for (number, side) in map.sides.iter().enumerate() {
            assert!(
                !side.moat || side.wall.is_some(),
                "moat off the wall, {number}"
            );
        }
        let moat = |id: &str| {
            let gate = map.gates.iter().find(|g| g.id == id).unwrap();
            &map.sides[gate.side.index()]
        };
        for id in [
            "gate_zhonghua",
            "gate_guanghua",
            "gate_tongji",
            "gate_zhongshan",
        ] {
            assert!(moat(id).moat && moat(id).bridge, "{id} at {km} km");
        }
        assert!(!moat("gate_taiping").moat);
        assert!(!moat("gate_yijiang").moat);
        for hex in &map.features[map.feature("lake_xuanwu").unwrap()].hexes {
            assert!(!map.at(*hex).inside_wall);
        }
    }
}
