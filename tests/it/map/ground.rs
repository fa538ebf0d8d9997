//! Heights, works and zones stand where history has them.

use super::*;
use nanking::scenario::Direction;

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
    // The article: semicircular defense lines, an outer one about sixteen kilometers from the city and the
    // Fukuo Line directly outside it.
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
    // The article: no artillery at the Sun Yat-sen and Ming Xiaoling Mausoleums.
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
fn streets_stay_within_the_wall_and_suburbs_without() {
    for km in [1.0, 0.5] {
        let map = map(km);
        for hex in map.grid.hexes() {
            let ground = map.at(hex);
            assert!(ground.terrain != Terrain::City || ground.inside_wall);
        }
    }
}
