//! Figures of history about ground: from where an army came at the city, where it attacked, what it held
//! at an hour. On tiny maps, each counted by hand.

use crate::support::{Table, events, tell};
use nanking::{
    battle::{Battle, Event, Task},
    report::{Word, compare},
    scenario::{
        Confidence, MemoryFiles, Options, Quantity, Scenario, Side,
        file::{HistoricalFigureFile, MeasureFile},
    },
    shelf::Shelf,
};

fn figure(id: &str, measure: MeasureFile) -> HistoricalFigureFile {
    HistoricalFigureFile {
        id: id.into(),
        text: "a figure".into(),
        measure,
        value: "1".into(),
        low: "0.8".into(),
        high: "1".into(),
        source: "invented for a test".into(),
        confidence: Confidence::Low,
    }
}

fn measured(battle: &Battle, id: &str) -> (Option<f64>, Word) {
    let found = compare(battle.scenario(), battle);
    let found = found
        .iter()
        .find(|c| c.figure.id == id)
        .expect("the figure");
    let number = found.simulated.map(|q| match q {
        Quantity::Number(n) => n,
        Quantity::Time(hour) => panic!("{hour} is a time"),
    });
    (number, found.word)
}

fn march(battle: &mut Battle, unit: &str, at: (u16, u16)) {
    let to = crate::support::hex(battle, at);
    tell(battle, unit, Task::March { to, forced: true });
}

/// A walled town with a battalion of each of three formations about it.
fn town() -> Table {
    let mut table = Table::draw(&[
        "...........",
        "...........",
        "...........",
        "...........",
        "...........",
        "...........",
        "...........",
    ])
    .wall((5, 3), (6, 4))
    .place("centre", (5, 3))
    .unit(Side::China, "keeper", 300, (5, 3))
    .depot(Side::China, (5, 3))
    .depot(Side::Japan, (10, 0));
    for (id, at) in [("east", (9, 3)), ("west", (0, 3)), ("guns", (9, 0))] {
        let upper = table.scenario.formations.iter().find(|f| f.id == "japan");
        let mut formation = upper.expect("a formation").clone();
        formation.id = format!("of_{id}");
        formation.parent = Some("japan".into());
        table.scenario.formations.push(formation);
        table = table.unit_with(Side::Japan, id, 500, at, |u| {
            u.formation = format!("of_{id}");
            u.outside_total = true;
        });
    }
    for (id, bearings) in [("from_east", (0.0, 180.0)), ("all_round", (0.0, 360.0))] {
        table.scenario.history.push(figure(
            id,
            MeasureFile::CameFrom {
                formation: "japan".into(),
                seen_from: "centre".into(),
                wall_km: 1.0,
                bearings,
            },
        ));
    }
    table
}

#[test]
fn formations_are_counted_where_they_first_come_near_the_wall() {
    let mut battle = town().battle(1);
    assert_eq!(measured(&battle, "from_east").0, None, "none has come");
    march(&mut battle, "east", (8, 3));
    battle.end_turn();
    assert_eq!(
        measured(&battle, "from_east").0,
        None,
        "two hexes off is not near"
    );
    march(&mut battle, "east", (7, 3));
    battle.end_turn();
    assert_eq!(measured(&battle, "from_east").0, Some(1.0));
    march(&mut battle, "west", (4, 3));
    for _ in 0..4 {
        battle.end_turn();
    }
    // The one from the west counts, the one that stayed away does not.
    assert_eq!(measured(&battle, "from_east").0, Some(0.5));
    assert_eq!(measured(&battle, "all_round").0, Some(1.0));
    march(&mut battle, "east", (6, 6));
    for _ in 0..4 {
        battle.end_turn();
    }
    assert_eq!(
        measured(&battle, "from_east").0,
        Some(0.5),
        "the first time counts"
    );
}

#[test]
fn assaults_are_shared_out_by_where_they_are_fought() {
    let mut table = Table::draw(&["..........", "..........", ".........."])
        .unit(Side::China, "left", 900, (1, 1))
        .unit(Side::China, "right", 900, (8, 1))
        .unit(Side::Japan, "first", 700, (1, 0))
        .unit(Side::Japan, "second", 700, (8, 0))
        .depot(Side::China, (1, 2))
        .depot(Side::Japan, (4, 0))
        .place("fort", (1, 1));
    for (id, by) in [("assaults", Side::Japan), ("theirs", Side::China)] {
        table.scenario.history.push(figure(
            id,
            MeasureFile::AssaultsAt {
                by,
                from: "1937-12-05T13:00".into(),
                at: vec!["fort".into()],
            },
        ));
    }
    let mut battle = table.battle(1);
    let fort = crate::support::hex(&battle, (1, 1));
    let other = crate::support::hex(&battle, (8, 1));
    // Before the hour only the fort is attacked, after it both.
    tell(&mut battle, "first", Task::Assault { target: fort });
    battle.end_turn();
    assert_eq!(
        measured(&battle, "assaults").0,
        None,
        "not from that hour on"
    );
    tell(&mut battle, "first", Task::Assault { target: fort });
    tell(&mut battle, "second", Task::Assault { target: other });
    battle.end_turn();
    let hours = events(&battle, |e| match e {
        Event::Fought {
            at, assault: true, ..
        } => Some(*at == fort),
        _ => None,
    });
    assert!(hours.len() > 4, "it was attacked before the hour too");
    let after: Vec<bool> = battle
        .events()
        .iter()
        .filter(|l| l.hour.0 >= 4)
        .filter_map(|l| match &l.event {
            Event::Fought {
                at, assault: true, ..
            } => Some(*at == fort),
            _ => None,
        })
        .collect();
    let share = after.iter().filter(|here| **here).count() as f64 / after.len() as f64;
    assert!(share > 0.0 && share < 1.0, "{after:?}");
    assert_eq!(measured(&battle, "assaults").0, Some(share));
    assert_eq!(measured(&battle, "theirs").0, None, "they attacked nobody");
}

#[test]
fn a_place_is_held_at_an_hour_or_not() {
    let mut table = Table::draw(&["......", "......"])
        .unit(Side::China, "keeper", 300, (5, 1))
        .unit(Side::Japan, "column", 500, (0, 0))
        .depot(Side::China, (5, 1))
        .depot(Side::Japan, (0, 0))
        .control(Side::China, (2, 0), 0.4)
        .place("village", (2, 0));
    let held = |by, at: &str| MeasureFile::HeldAt {
        place: "village".into(),
        by,
        at: at.into(),
    };
    table.scenario.history.extend([
        figure("early", held(Side::Japan, "1937-12-05T13:00")),
        figure("late", held(Side::Japan, "1937-12-05T21:00")),
        figure("keeper", held(Side::China, "1937-12-05T13:00")),
    ]);
    let mut battle = table.battle(1);
    assert_eq!(measured(&battle, "early"), (None, Word::Unfinished));
    battle.end_turn();
    march(&mut battle, "column", (2, 0));
    battle.end_turn();
    // Taken between the two hours.
    assert_eq!(measured(&battle, "early"), (Some(0.0), Word::Later));
    assert_eq!(measured(&battle, "keeper"), (Some(1.0), Word::AsInHistory));
    battle.end_turn();
    assert_eq!(measured(&battle, "late"), (Some(1.0), Word::AsInHistory));
}

#[test]
fn figures_about_ground_that_cannot_be_measured_are_refused() {
    let (files, path) = Shelf::open("nanking_1937").expect("the scenario is there");
    let loaded = Scenario::load(&*files, &path, &Options::default()).expect("it is valid");
    let messages = |from: &str, to: &str| {
        let mut files: MemoryFiles = loaded.texts().clone();
        let text = files.0.get_mut(loaded.path()).expect("its text");
        assert!(text.contains(from), "{from}");
        *text = text.replacen(from, to, 1);
        let problems = Scenario::load(&files, loaded.path(), &Options::default());
        let problems = problems.expect_err("it has a problem");
        problems
            .iter()
            .map(|p| p.message.clone())
            .collect::<Vec<_>>()
            .join("; ")
    };
    let said = messages(
        "wall_km: 5, bearings: (0, 180)",
        "wall_km: 5, bearings: (0, 400)",
    );
    assert!(said.contains("400 is out of range"), "{said}");
    let said = messages(
        r#"CameFrom(formation: "jp_sea", seen_from: "xinjiekou""#,
        r#"CameFrom(formation: "jp_sea", seen_from: "pukou""#,
    );
    assert!(said.contains("does not lie within a wall"), "{said}");
    let said = messages(
        r#"CameFrom(formation: "jp_sea""#,
        r#"CameFrom(formation: "jp_see""#,
    );
    assert!(said.contains("jp_see"), "{said}");
    let said = messages(
        r#"at: ["yuhuatai", "gate_zhonghua", "zijinshan_peak1""#,
        r#"at: ["yuhuatei", "gate_zhonghua", "zijinshan_peak1""#,
    );
    assert!(said.contains("yuhuatei"), "{said}");
}
