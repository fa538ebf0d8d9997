//! Broken maps are refused with every problem at its place.

use super::*;

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

#[test]
fn a_file_beyond_the_limits_is_refused_at_once() {
    let problems = problems_of(|file| file.features[0].area = vec![(118.5, 32.0); 20_000]);
    assert_eq!(problems.len(), 1);
    assert_eq!(problems[0].path, "features");
}
