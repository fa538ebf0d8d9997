//! The historical map: it must be the country it claims to be, at every hex size.
//!
//! Nothing here may rest on hex numbers: all expectations are positions on the earth.

use nanking::scenario::{
    Direction, Hex, HexMap, SideId, Terrain,
    file::WindowFile,
    map::{
        WorksLevel,
        file::{FeatureKind, MapFile, PlaceFile, Position},
        geo::Frame,
        rasterise::{MapProblem, rasterise, survey},
    },
};
use std::collections::BTreeSet;

/// Places that name water itself.
const ON_WATER: [&str; 5] = [
    "lake_mochou",
    "lake_xuanwu",
    "panay_site",
    "yangtze_22",
    "yangtze_north_arm_03",
];

fn file() -> MapFile {
    let text = include_str!("../../scenarios/maps/nanking_area.ron");
    ron::from_str(text).expect("the historical map parses")
}

fn map(hex_km: f64) -> HexMap {
    rasterise(&file(), hex_km, None, &[]).expect("the historical map rasterises")
}

fn hex_at(map: &HexMap, at: Position) -> Hex {
    let file = file();
    let frame = Frame::new(file.origin, file.bounds);
    map.grid.containing(frame.km(at)).expect("on the map")
}

fn centre(map: &HexMap, id: &str) -> Hex {
    let place = map.place(id).unwrap_or_else(|| panic!("no place {id}"));
    map.places[place].centre
}

/// Hexes reached from one hex over sides for which `open` holds.
fn reach(map: &HexMap, from: Hex, open: impl Fn(Hex, SideId, Hex) -> bool) -> BTreeSet<Hex> {
    let mut seen = BTreeSet::from([from]);
    let mut next = vec![from];
    while let Some(hex) = next.pop() {
        for (direction, other) in map.grid.neighbours(hex) {
            let side = map.grid.side_id(hex, direction).unwrap();
            if !seen.contains(&other) && open(hex, side, other) {
                seen.insert(other);
                next.push(other);
            }
        }
    }
    seen
}

fn is_land(map: &HexMap, hex: Hex) -> bool {
    map.at(hex).terrain != Terrain::Water
}

/// A wall side that nothing passes.
fn is_shut(map: &HexMap, side: SideId) -> bool {
    let side = &map.sides[side.index()];
    let gate = side.gate.map(|g| &map.gates[usize::from(g)]);
    side.wall.is_some() && gate.is_none_or(|g| g.blocked)
}

/// The two other sides at each end of a side.
fn joined(map: &HexMap, side: SideId) -> Vec<SideId> {
    let (a, b) = map.grid.side_hexes(side).unwrap();
    let between = |x, y| {
        let direction = map.grid.direction(x, y).unwrap();
        map.grid.side_id(x, direction).unwrap()
    };
    map.grid
        .neighbours(a)
        .filter(|(_, c)| map.grid.distance(*c, b) == 1)
        .flat_map(|(_, c)| [between(a, c), between(b, c)])
        .collect()
}

#[test]
fn the_whole_map_loads_without_a_warning_at_one_km_and_half_a_km() {
    for km in [1.0, 0.5] {
        let (map, problems) = survey(&file(), km, None, &[]);
        assert_eq!(problems, vec![], "at {km} km");
        let map = map.unwrap();
        assert_eq!(map.gates.len(), 21);
        assert!(map.places.len() > 120, "{}", map.places.len());
        assert_eq!(map.features.len(), file().features.len());
    }
}

#[test]
fn each_place_lies_within_one_hex_of_its_coordinates() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for place in &map.places {
            let home = hex_at(&map, (place.at[0], place.at[1]));
            let off = map.grid.distance(home, place.centre);
            assert!(off <= 1, "{} is {off} hexes off at {km} km", place.id);
            assert!(place.hexes.contains(&place.centre), "{}", place.id);
        }
    }
}

#[test]
fn every_place_of_the_file_and_every_gate_is_on_the_map_in_order_of_id() {
    let (file, map) = (file(), map(1.0));
    for id in (file.places.iter().map(|p| &p.id)).chain(file.gates.iter().map(|g| &g.id)) {
        assert!(map.place(id).is_some(), "{id}");
    }
    assert!(map.places.is_sorted_by(|a, b| a.id < b.id));
    assert!(map.gates.is_sorted_by(|a, b| a.id < b.id));
}

#[test]
fn places_stand_on_land_unless_they_name_water() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for place in &map.places {
            if !ON_WATER.contains(&place.id.as_str()) {
                for hex in &place.hexes {
                    assert!(is_land(&map, *hex), "{} is drowned at {km} km", place.id);
                }
            }
        }
        assert!(!is_land(&map, centre(&map, "lake_xuanwu")));
        assert!(!is_land(&map, centre(&map, "yangtze_22")));
    }
}

#[test]
fn places_keep_to_their_side_of_the_wall() {
    let inside = [
        "xinjiekou",
        "gulou",
        "garrison_hq",
        "fuguishan",
        "shizishan",
    ];
    let outside = [
        "xiaguan",
        "yuhuatai",
        "saihongqiao",
        "zijinshan_peak3",
        "lake_yueya",
    ];
    for km in [1.0, 0.5] {
        let map = map(km);
        for id in inside {
            assert!(map.at(centre(&map, id)).inside_wall, "{id} at {km} km");
        }
        for id in outside {
            assert!(!map.at(centre(&map, id)).inside_wall, "{id} at {km} km");
        }
    }
}

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

#[test]
fn heights_stand_where_they_should() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let at = |id: &str| map.at(centre(&map, id));
        let highest = map.grid.hexes().filter(|h| map.at(*h).inside_wall);
        let city = highest.map(|h| map.at(h).height_m).max().unwrap();
        assert_eq!(at("zijinshan_peak1").terrain, Terrain::Mountain);
        assert!(at("zijinshan_peak1").height_m > 430);
        assert!(at("zijinshan_peak2").height_m > 330);
        assert_eq!(at("niushoushan").terrain, Terrain::Hill);
        assert!(at("niushoushan").height_m > 220);
        assert_eq!(at("yuhuatai").terrain, Terrain::Hill);
        assert!((60..=105).contains(&at("yuhuatai_meigang").height_m));
        assert!(at("xinjiekou").height_m < 20 && at("jurong").height_m < 20);
        assert!(city < 120, "{city} m inside the wall");
    }
}

#[test]
fn lines_of_works_are_chains_that_face_away_from_the_city() {
    for km in [1.0, 0.5] {
        let map = map(km);
        let city = map.grid.centre(centre(&map, "nanking_city"));
        for id in ["fukuo_line", "outer_line"] {
            let index = map.feature(id).unwrap();
            let line = &map.features[index];
            let (mut outward, mut inward) = (0, 0);
            for hex in &line.hexes {
                let ground = map.at(*hex);
                assert_eq!(ground.line, Some(index as u16));
                assert!(ground.works.level >= WorksLevel::Prepared && ground.works.facing != 0);
                let [x, y] = map.grid.centre(*hex);
                for direction in Direction::ALL {
                    let Some(other) = map.grid.neighbour(*hex, direction) else {
                        continue;
                    };
                    let [ox, oy] = map.grid.centre(other);
                    let away = (ox - x) * (x - city[0]) + (oy - y) * (y - city[1]);
                    if ground.works.facing & direction.bit() != 0 {
                        *(if away > 0.0 {
                            &mut outward
                        } else {
                            &mut inward
                        }) += 1;
                    }
                }
            }
            assert!(
                outward > 4 * inward,
                "{id} faces in at {km} km: {outward}, {inward}"
            );
            let chain = reach(&map, line.hexes[0], |_, _, h| line.hexes.contains(&h));
            let share = chain.len() as f64 / line.hexes.len() as f64;
            assert!(share > 0.9, "{id} is broken at {km} km");
        }
        for id in ["yuhuatai", "chunhuazhen", "gate_zhonghua", "gate_guanghua"] {
            assert_eq!(
                map.at(centre(&map, id)).works.level,
                WorksLevel::Fortified,
                "{id}"
            );
        }
    }
}

#[test]
fn zones_cover_what_they_name() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for id in ["sunyatsen_mausoleum", "ming_xiaoling"] {
            assert!(map.at(centre(&map, id)).no_fire, "{id} at {km} km");
        }
        assert!(!map.at(centre(&map, "gate_zhongshan")).no_fire);
        assert!(map.at(centre(&map, "safety_zone")).safety_zone);
        // The zone of 1937 was about 3.9 km2.
        let zone = map.grid.hexes().filter(|h| map.at(*h).safety_zone).count();
        let area = zone as f64 * km * km * 0.866;
        assert!((2.5..5.5).contains(&area), "{area} km2 at {km} km");
        for id in ["xinjiekou", "garrison_hq", "gate_hanzhong", "qingliangshan"] {
            assert!(!map.at(centre(&map, id)).safety_zone, "{id} at {km} km");
        }
        let exits: Vec<Hex> = map.grid.hexes().filter(|h| map.at(*h).exit).collect();
        for hex in &exits {
            assert!(is_land(&map, *hex) && map.grid.neighbours(*hex).count() < 6);
        }
        let north = reach(&map, centre(&map, "pukou"), |_, _, h| is_land(&map, h));
        let beyond = exits.iter().filter(|h| north.contains(h)).count();
        assert!(beyond > 0 && beyond < exits.len());
    }
}

#[test]
fn a_window_clips_the_map_and_drops_what_lies_outside() {
    let city = WindowFile {
        west: 118.70,
        east: 118.90,
        south: 31.96,
        north: 32.13,
    };
    let (map, problems) = survey(&file(), 0.5, Some(city), &[]);
    assert_eq!(problems, vec![]);
    let map = map.unwrap();
    assert_eq!(map.gates.len(), 21);
    assert!(map.place("yuhuatai").is_some());
    assert!(map.place("jurong").is_none());
    let away = WindowFile {
        west: 119.00,
        ..file().bounds
    };
    let map = rasterise(&file(), 1.0, Some(away), &[]).unwrap();
    assert!(map.gates.is_empty() && map.place("jurong").is_some());
    assert!(map.sides.iter().all(|s| s.wall.is_none()));
}

#[test]
fn rasterising_is_repeatable() {
    assert_eq!(map(1.0), map(1.0));
}

#[test]
fn every_datum_of_the_map_says_where_it_comes_from() {
    let file = file();
    let features = file.features.iter().map(|f| (&f.id, &f.source));
    let gates = file.gates.iter().map(|g| (&g.id, &g.source));
    let places = file.places.iter().map(|p| (&p.id, &p.source));
    for (id, source) in features.chain(gates).chain(places) {
        assert!(!source.trim().is_empty(), "{id}");
    }
    assert!(file.attribution.contains("OpenStreetMap contributors"));
    let wall = file.features.iter().find(|f| f.id == "city_wall").unwrap();
    assert!(
        wall.note
            .contains("almost 50 km round (article); about 35 km as measured")
    );
}

fn problems_of(change: impl FnOnce(&mut MapFile)) -> Vec<MapProblem> {
    let mut file = file();
    change(&mut file);
    rasterise(&file, 1.0, None, &[]).expect_err("the map is broken")
}

#[test]
fn all_problems_are_reported_at_once_each_at_its_place() {
    let problems = problems_of(|file| {
        file.gates[3].at = (32.02, 118.79);
        file.gates[4].at = (118.95, 32.02);
        file.places[7].at = None;
        file.places[7].members.clear();
        file.features[0].area.truncate(2);
        file.features[1].source.clear();
        file.format = 9;
    });
    let paths: Vec<&str> = problems.iter().map(|p| p.path.as_str()).collect();
    let wanted = [
        "format",
        "features[0].area",
        "features[1].source",
        "gates[3].at",
        "places[7]",
    ];
    assert_eq!(paths, wanted);
    assert!(problems.iter().all(|p| !p.help.is_empty()));
}

#[test]
fn a_gate_far_from_the_wall_is_refused() {
    let problems = problems_of(|file| file.gates[4].at = (118.95, 32.02));
    assert_eq!(problems[0].path, "gates[4].at");
}

#[test]
fn slips_of_the_pen_are_met_with_the_nearest_name() {
    let yuhuatai = |file: &MapFile| file.places.iter().position(|p| p.id == "yuhuatai");
    let at = yuhuatai(&file()).unwrap();
    let problems = problems_of(|file| {
        file.places[at].members[0] = "yuhuatai_shizigan".to_owned();
    });
    assert_eq!(problems[0].path, format!("places[{at}].members[0]"));
    assert_eq!(problems[0].help, "did you mean `yuhuatai_shizigang`?");
}

#[test]
fn sizes_out_of_bounds_are_refused_before_any_work() {
    for km in [0.0, -1.0, f64::NAN, 0.2, 50.0] {
        let problems = rasterise(&file(), km, None, &[]).expect_err("a bad size");
        assert_eq!(problems[0].path, "hex_km", "{km}");
    }
    let beyond = WindowFile {
        east: 121.0,
        ..file().bounds
    };
    let problems = rasterise(&file(), 1.0, Some(beyond), &[]).expect_err("a bad window");
    assert_eq!(problems[0].path, "window");
}

#[test]
fn a_scenario_adds_places_of_its_own_but_not_twice() {
    let mut camp: PlaceFile = file().places[0].clone();
    camp.id = "camp".to_owned();
    camp.at = Some((119.0, 31.9));
    camp.members.clear();
    let map = rasterise(&file(), 1.0, None, std::slice::from_ref(&camp)).unwrap();
    assert_eq!(centre(&map, "camp"), hex_at(&map, (119.0, 31.9)));
    camp.id = "jurong".to_owned();
    let problems = rasterise(&file(), 1.0, None, &[camp]).expect_err("a second Jurong");
    assert_eq!(problems[0].path, "extra_places[0].id");
}
