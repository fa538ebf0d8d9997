//! Rivers part the land; roads, railways and feet join it.

use super::*;

#[test]
fn the_yangtze_parts_the_banks() {
    for km in [1.0, 0.5, 2.0] {
        let map = map(km);
        let land = |from: &str| reach(&map, centre(&map, from), |_, _, other| is_land(&map, other));
        let (north, south) = (land("pukou"), land("jurong"));
        assert!(
            north.is_disjoint(&south),
            "a land way over the river at {km} km"
        );
        for id in ["puzhen", "jiangpu", "wujiang"] {
            assert!(north.contains(&centre(&map, id)), "{id} at {km} km");
        }
        for id in [
            "xiaguan",
            "zhenjiang",
            "cihu",
            "banqiao",
            "wulongshan",
            "yanziji",
        ] {
            assert!(south.contains(&centre(&map, id)), "{id} at {km} km");
        }
        if km <= 1.0 {
            for id in ["jiangxinzhou", "baguazhou"] {
                let island = centre(&map, id);
                assert!(!north.contains(&island) && !south.contains(&island), "{id}");
            }
        }
    }
}

#[test]
fn rivers_are_unbroken() {
    for km in [1.0, 0.5, 2.0] {
        let map = map(km);
        for (feature, file) in map.features.iter().zip(file().features) {
            if !matches!(file.kind, FeatureKind::River { .. } | FeatureKind::Stream) {
                continue;
            }
            if let Some(&first) = feature.hexes.first() {
                let wet = reach(&map, first, |_, _, h| feature.hexes.contains(&h));
                assert_eq!(wet.len(), feature.hexes.len(), "{} at {km} km", file.id);
            } else {
                let mut seen = BTreeSet::from([feature.sides[0]]);
                let mut next = vec![feature.sides[0]];
                while let Some(side) = next.pop() {
                    for other in joined(&map, side) {
                        if feature.sides.contains(&other) && seen.insert(other) {
                            next.push(other);
                        }
                    }
                }
                assert_eq!(seen.len(), feature.sides.len(), "{} at {km} km", file.id);
            }
        }
    }
}

#[test]
fn roads_and_railways_are_chains_on_land_that_pass_the_wall_only_at_gates() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for feature in &map.features {
            let railway = match feature.kind {
                FeatureKind::Road { .. } => false,
                FeatureKind::Railway => true,
                _ => continue,
            };
            let way = reach(&map, feature.hexes[0], |_, side, _| {
                feature.sides.contains(&side)
            });
            let hexes: BTreeSet<Hex> = feature.hexes.iter().copied().collect();
            assert_eq!(way, hexes, "{} is broken at {km} km", feature.id);
            for side in &feature.sides {
                let flags = &map.sides[side.index()];
                assert!(if railway { flags.railway } else { flags.road });
                assert!(
                    !is_shut(&map, *side),
                    "{} goes through the wall",
                    feature.id
                );
                assert!(
                    !flags.stream || flags.bridge,
                    "{} has no bridge",
                    feature.id
                );
            }
            for hex in &feature.hexes {
                assert!(is_land(&map, *hex), "{} is under water", feature.id);
            }
        }
    }
}

#[test]
fn roads_lead_from_the_country_through_the_gates_to_the_harbour() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let by_road = reach(&map, centre(&map, "jurong"), |_, side, _| {
            map.sides[side.index()].road
        });
        for id in [
            "tangshuizhen",
            "chunhuazhen",
            "molingguan",
            "banqiao",
            "zhenjiang",
        ] {
            assert!(by_road.contains(&centre(&map, id)), "{id} at {km} km");
        }
        for id in [
            "gate_guanghua",
            "gate_zhongshan",
            "gate_zhonghua",
            "gate_yijiang",
        ] {
            let gate = map.gates.iter().find(|g| g.id == id).unwrap();
            assert!(map.sides[gate.side.index()].road, "no road through {id}");
            assert!(by_road.contains(&gate.outer) && by_road.contains(&gate.inner));
        }
        for id in ["xinjiekou", "xiaguan", "coal_port"] {
            assert!(by_road.contains(&centre(&map, id)), "{id} at {km} km");
        }
        assert!(!by_road.contains(&centre(&map, "pukou")));
    }
}

#[test]
fn the_march_from_jurong_to_guanghua_gate_is_about_as_long_as_on_the_ground() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let gate = map.gates.iter().find(|g| g.id == "gate_guanghua").unwrap();
        let mut steps = 0;
        let mut front = BTreeSet::from([centre(&map, "jurong")]);
        while !front.contains(&gate.outer) {
            let before = front.len();
            for hex in front.clone() {
                for (direction, other) in map.grid.neighbours(hex) {
                    if map.side(hex, direction).unwrap().road {
                        front.insert(other);
                    }
                }
            }
            assert!(front.len() > before, "no road from Jurong at {km} km");
            steps += 1;
        }
        // 36 km as the crow flies from gate to town, 38 along the trace.
        let length = f64::from(steps) * km;
        assert!((36.0..47.0).contains(&length), "{length} km at {km} km");
    }
}

#[test]
fn a_body_can_walk_from_every_part_of_the_country_to_every_gate_in_use() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let foot = reach(&map, centre(&map, "jurong"), |_, side, other| {
            is_land(&map, other) && !is_shut(&map, side)
        });
        for gate in map.gates.iter().filter(|g| g.id != "gate_xuanwu") {
            assert!(foot.contains(&gate.outer), "{} at {km} km", gate.id);
            assert!(foot.contains(&gate.inner), "{} at {km} km", gate.id);
        }
    }
}
