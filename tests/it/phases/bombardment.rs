//! Bombardment: range, ground kept from fire, observation, cover, suppression, shells (model
//! §3.3).

use crate::support::{Table, events, hex, id, place_of, refusal, state, tell, with_unit};
use nanking::{
    battle::{Battle, Event, Posture, Refusal, Task, Term, Why},
    scenario::{Side, map::file::Zone},
};

/// A battery in the west and infantry eight kilometres east of it, beyond its own sight.
fn range() -> Table {
    Table::draw(&["...........", "...........", "..........."])
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::China, "b", 1000, (8, 1))
        .depot(Side::Japan, (0, 0))
        .depot(Side::China, (10, 1))
}

const TARGET: (u16, u16) = (8, 1);

fn fire(b: &mut Battle, at: (u16, u16)) {
    let target = hex(b, at);
    tell(b, "guns", Task::Bombard { target });
    b.end_turn();
}

struct Shelled {
    casualties: u32,
    why: Why,
}

fn shelled(b: &Battle) -> Vec<Shelled> {
    events(b, |e| match e {
        Event::Shelled {
            casualties, why, ..
        } => Some(Shelled {
            casualties: *casualties,
            why: why.clone(),
        }),
        _ => None,
    })
}

fn losses(b: &Battle) -> u32 {
    shelled(b).iter().map(|s| s.casualties).sum()
}

/// Rounds fired, and whether the fall of shot was seen.
fn fired(b: &Battle) -> Vec<(u32, bool)> {
    events(b, |e| match e {
        Event::Fired {
            rounds, observed, ..
        } => Some((*rounds, *observed)),
        _ => None,
    })
}

fn term(why: &Why, wanted: Term) -> f64 {
    let found = why.terms.iter().find(|(t, _)| *t == wanted);
    found.map_or(1.0, |(_, value)| *value)
}

#[test]
fn guns_fire_every_hour_at_enemies_within_range() {
    let mut b = range().expected();
    fire(&mut b, TARGET);
    assert_eq!(fired(&b), vec![(48, false); 4]);
    assert!(losses(&b) > 0);
    assert_eq!(b.men(Side::China).casualties(), losses(&b));
}

#[test]
fn a_target_out_of_range_is_refused_with_both_distances() {
    let mut b = range().expected();
    let target = hex(&b, (10, 1));
    match refusal(&mut b, "guns", Task::Bombard { target }) {
        Refusal::OutOfRange { have, need } => {
            assert_eq!(
                (have.to_string(), need.to_string()),
                ("10.0".into(), "8.5".into())
            );
        }
        other => panic!("{other}"),
    }
}

#[test]
fn ground_kept_from_fire_by_order_is_refused_with_the_reason() {
    let mut b = range()
        .zone(Zone::NoFire, &[TARGET])
        .restrained(Side::Japan)
        .expected();
    let target = hex(&b, TARGET);
    match refusal(&mut b, "guns", Task::Bombard { target }) {
        Refusal::Forbidden { why, .. } => assert!(why.contains("order"), "{why}"),
        other => panic!("{other}"),
    }
}

#[test]
fn the_safety_zone_is_no_target() {
    let mut b = Table::draw(&["...........", ".......s...", "..........."])
        .battery(Side::Japan, "guns", (0, 1))
        .unit(Side::China, "b", 1000, (9, 1))
        .expected();
    let target = hex(&b, (7, 1));
    for task in [Task::Bombard { target }, Task::Support { target }] {
        assert_eq!(refusal(&mut b, "guns", task), Refusal::SafetyZone);
    }
}

#[test]
fn units_without_guns_have_no_fire_missions() {
    let mut b = range().unit(Side::Japan, "foot", 500, (1, 1)).expected();
    let target = hex(&b, TARGET);
    let refused = refusal(&mut b, "foot", Task::Bombard { target });
    assert!(matches!(refused, Refusal::NotItsWork { .. }), "{refused}");
}

#[test]
fn guns_do_not_assault() {
    let mut b = range().expected();
    let target = hex(&b, TARGET);
    let refused = refusal(&mut b, "guns", Task::Assault { target });
    assert!(matches!(refused, Refusal::NotItsWork { .. }), "{refused}");
}

#[test]
fn observed_fire_falls_closer_and_pins_more() {
    // The article: well aimed artillery fire from atop Yuhuatai.
    let run = |observer: bool| {
        let mut t = range();
        if observer {
            t = t.unit(Side::Japan, "eyes", 300, (5, 1));
        }
        let mut b = t.expected();
        fire(&mut b, TARGET);
        let seen = fired(&b).iter().all(|(_, seen)| *seen == observer);
        assert!(seen, "{:?}", fired(&b));
        (
            shelled(&b)[0].why.result,
            state(&b, "b").condition.suppression,
        )
    };
    let (blind, seen) = (run(false), run(true));
    // The same shells over 0.25 instead of 0.87 km2.
    assert!(
        (seen.0 / blind.0 - 0.87 / 0.25).abs() < 0.01,
        "{seen:?} {blind:?}"
    );
    assert!(seen.1 > 2.0 * blind.1, "{seen:?} {blind:?}");
}

#[test]
fn a_mountain_hides_the_fall_of_shot() {
    let run = |drawing: &[&str], eyes| {
        let mut b = Table::draw(drawing)
            .battery(Side::Japan, "guns", (0, 1))
            .unit(Side::Japan, "eyes", 300, eyes)
            .unit(Side::China, "b", 1000, TARGET)
            .expected();
        fire(&mut b, TARGET);
        fired(&b)[0].1
    };
    assert!(run(&["...........", "...........", "..........."], (5, 1)));
    assert!(!run(&[".......h...", ".......h...", ".......h..."], (5, 1)));
    // An observer who stands high enough sees over it.
    assert!(run(&["...m..h....", "...m..h....", "...m..h...."], (3, 1)));
}

#[test]
fn nobody_sees_the_fall_of_shot_at_night_but_those_next_to_it() {
    let run = |eyes: (u16, u16)| {
        let start = range().unit(Side::Japan, "eyes", 300, eyes).expected();
        let mut b = crate::support::altered(&start, |s| s.clock.hour.0 = 12);
        fire(&mut b, TARGET);
        (fired(&b)[0].1, term(&shelled(&b)[0].why, Term::Night))
    };
    assert_eq!(run((4, 1)), (false, 0.7));
    assert_eq!(run((7, 1)), (true, 0.7));
}

#[test]
fn trenches_and_pillboxes_cover_men_from_shells() {
    // The article: trenches and pillboxes of the Fukuo Line.
    let run = |mark: &str| {
        let row = format!("........{mark}..");
        let mut b = Table::draw(&["...........", &row, "..........."])
            .battery(Side::Japan, "guns", (0, 1))
            .unit(Side::China, "b", 1000, TARGET)
            .expected();
        fire(&mut b, TARGET);
        (
            term(&shelled(&b)[0].why, Term::Exposure),
            state(&b, "b").condition.suppression,
        )
    };
    let (open, trench, pillbox) = (run("."), run("p"), run("f"));
    assert_eq!((open.0, trench.0, pillbox.0), (0.2, 0.1, 0.03));
    assert!(open.1 > trench.1 && trench.1 > pillbox.1);
}

#[test]
fn men_on_the_march_are_caught_standing() {
    let mut b = range().unit(Side::Japan, "eyes", 100, (3, 1)).expected();
    let target = hex(&b, TARGET);
    let to = hex(&b, (10, 1));
    tell(&mut b, "b", Task::March { to, forced: false });
    tell(&mut b, "guns", Task::Bombard { target });
    b.end_turn();
    assert_eq!(term(&shelled(&b)[0].why, Term::Exposure), 1.0);
}

#[test]
fn a_crowded_hex_suffers_more_a_man() {
    let run = |men: u32| {
        let mut b = Table::draw(&["...........", "...........", "..........."])
            .battery(Side::Japan, "guns", (0, 1))
            .unit(Side::China, "b", men, TARGET)
            .expected();
        fire(&mut b, TARGET);
        term(&shelled(&b)[0].why, Term::Crowding)
    };
    assert_eq!(run(1900), 1.0);
    assert!((run(3000) - 1.5f64.sqrt()).abs() < 1e-9);
}

#[test]
fn heavier_shells_do_more() {
    let run = |class: &str| {
        let class = class.to_owned();
        let mut b = Table::draw(&["...........", "...........", "..........."])
            .unit_with(Side::Japan, "guns", 120, (0, 1), |u| {
                u.branch = nanking::scenario::Branch::HeavyArtillery;
                u.guns = 4;
                u.gun_class = Some(class);
            })
            .unit(Side::China, "b", 1000, TARGET)
            .expected();
        fire(&mut b, TARGET);
        let s = &shelled(&b)[0];
        s.why.result / term(&s.why, Term::Rounds)
    };
    // Lethal area goes with the mass of the shell to the power of two thirds.
    let ratio = run("howitzer_150") / run("field_75");
    assert!(
        (ratio - (36.0f64 / 6.5).powf(2.0 / 3.0)).abs() < 1e-6,
        "{ratio}"
    );
}

#[test]
fn seven_tenths_of_suppression_pass_in_a_turn() {
    let start = range().expected();
    let mut b = with_unit(&start, "b", |u| u.condition.suppression = 0.6);
    b.end_turn();
    let left = state(&b, "b").condition.suppression;
    assert!((left - 0.18).abs() < 1e-9, "{left}");
}

#[test]
fn suppression_never_passes_its_bound() {
    let start = range().unit(Side::Japan, "eyes", 300, (3, 1)).expected();
    let mut b = with_unit(&start, "guns", |u| u.condition.rounds = 1e6);
    for _ in 0..5 {
        fire(&mut b, TARGET);
        let s = state(&b, "b").condition.suppression;
        assert!((0.0..=0.6).contains(&s), "{s}");
    }
}

#[test]
fn shells_run_out() {
    // The article: the Japanese marched well ahead of most of their supply lines.
    let start = range().expected();
    let mut b = with_unit(&start, "guns", |u| {
        u.condition.rounds = 60.0;
        u.condition.isolated = true;
    });
    fire(&mut b, TARGET);
    assert_eq!(fired(&b), vec![(48, false), (12, false)]);
    let mut dry = with_unit(&start, "guns", |u| u.condition.rounds = 0.5);
    let target = hex(&dry, TARGET);
    let refused = refusal(&mut dry, "guns", Task::Bombard { target });
    assert!(matches!(refused, Refusal::NoShells { .. }));
}

#[test]
fn guns_lose_fire_with_their_crews() {
    let start = range().expected();
    let mut b = with_unit(&start, "guns", |u| {
        u.strength = nanking::battle::Strength::all_in(nanking::battle::strength::Bin::Formed, 60);
    });
    fire(&mut b, TARGET);
    assert_eq!(fired(&b)[0].0, 24, "half the crews, half the rounds");
}

#[test]
fn a_battery_either_supports_a_fight_or_fires_a_mission_of_its_own() {
    // The article: concentrated artillery fire in support of the men at Guanghua Gate, and massed fire on
    // the wall at Zhongshan Gate: a battery does one or the other.
    let run = |support: bool, fight: bool| {
        let mut b = range()
            .unit(Side::Japan, "a", 800, (7, 1))
            .rules(|r| r.hold.base = -40.0)
            .expected();
        let target = hex(&b, TARGET);
        let task = if support {
            Task::Support { target }
        } else {
            Task::Bombard { target }
        };
        tell(&mut b, "guns", task);
        if fight {
            tell(&mut b, "a", Task::Assault { target });
        }
        b.end_turn();
        let (a, _) = events(&b, |e| match e {
            Event::Fought {
                attacker_losses,
                defender_losses,
                ..
            } => Some((*attacker_losses, *defender_losses)),
            _ => None,
        })
        .iter()
        .fold((0, 0), |s, x| (s.0 + x.0, s.1 + x.1));
        let ground = b.men(Side::China).casualties() - losses(&b);
        (fired(&b).len(), shelled(&b).len(), a, ground)
    };
    let (supporting, shelling) = (run(true, true), run(false, true));
    assert_eq!(
        (supporting.0, supporting.1),
        (4, 0),
        "its effect is in the fight"
    );
    assert_eq!((shelling.0, shelling.1), (4, 4), "its effect is its own");
    assert!(supporting.3 > shelling.3, "{supporting:?} {shelling:?}");
    assert_eq!(run(true, false).0, 0, "no fight, nothing to support");
}

#[test]
fn a_battery_holds_its_fire_where_there_is_no_enemy() {
    let mut b = range().expected();
    fire(&mut b, (5, 1));
    assert!(fired(&b).is_empty() && shelled(&b).is_empty());
    assert_eq!(state(&b, "guns").condition.rounds, 360.0);
}

#[test]
fn guns_with_enemies_before_them_fire_no_missions() {
    let mut b = range().unit(Side::China, "near", 300, (1, 1)).expected();
    assert_eq!(place_of(&b, "near"), Some((1, 1)));
    // Contact is noted in the first hour, after the guns of that hour.
    fire(&mut b, TARGET);
    assert!(fired(&b).len() <= 1, "{:?}", fired(&b));
}

#[test]
fn guns_that_shell_each_other_both_fire() {
    let mut b = Table::draw(&["...........", "...........", "..........."])
        .battery(Side::Japan, "guns", (0, 1))
        .battery(Side::China, "theirs", TARGET)
        .rules(|r| r.bombardment.lethal_area_m2 = 1e6)
        .expected();
    let (mine, yours) = (hex(&b, TARGET), hex(&b, (0, 1)));
    tell(&mut b, "guns", Task::Bombard { target: mine });
    tell(&mut b, "theirs", Task::Bombard { target: yours });
    b.end_turn();
    assert!(
        fired(&b).len() >= 2,
        "the first salvo silences nobody before he fires"
    );
    let lost = |unit: &str| {
        let s = state(&b, unit);
        (
            s.strength.casualties(),
            s.condition.rounds,
            s.stance.posture,
        )
    };
    assert_eq!(lost("guns"), lost("theirs"));
    assert!(lost("guns").0 > 0);
    assert_ne!(lost("guns").2, Posture::Marching);
}

#[test]
fn unobserved_fire_spreads_over_the_neighbours_on_small_hexes() {
    let wide = ".".repeat(22);
    let rows = [wide.as_str(); 5];
    let mut b = Table::draw_at(0.5, &rows)
        .battery(Side::Japan, "guns", (0, 2))
        .unit(Side::China, "b", 900, (16, 2))
        .unit(Side::China, "c", 900, (17, 2))
        .expected();
    let target = hex(&b, (16, 2));
    tell(&mut b, "guns", Task::Bombard { target });
    b.end_turn();
    assert!(!fired(&b)[0].1);
    let c = id(&b, "c");
    assert!(b.strength(c).casualties() > 0, "the neighbour is hit too");
}
