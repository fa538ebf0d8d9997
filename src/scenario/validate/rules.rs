//! A rules file: every number in its range, every terrain and class of guns once.
//!
//! Each table is taken apart field by field without `..`, so that a rule added later does not
//! compile until its range is stated here.

use super::{findings::Findings, header, names};
use crate::scenario::{map::Terrain, rules::*};

/// All terrains there are.
const TERRAINS: [Terrain; 9] = [
    Terrain::Open,
    Terrain::Farmland,
    Terrain::Paddy,
    Terrain::Wetland,
    Terrain::Hill,
    Terrain::Mountain,
    Terrain::Town,
    Terrain::City,
    Terrain::Water,
];

/// Largest number in a rules file; beyond it a value is a slip of the pen.
const LARGEST: f64 = 1e6;

/// What a number may be.
#[derive(Clone, Copy)]
enum Range {
    /// Above 0.
    Positive,
    /// 0 or above.
    Natural,
    /// 0 to 1.
    Share,
    /// 0 to 23.
    Hour,
    /// Of either sign: log-odds.
    Signed,
    /// Height of the sun.
    Degrees,
    /// Hours ahead of Greenwich.
    Zone,
}

impl Range {
    fn check(self, findings: &mut Findings, path: String, value: f64) {
        let (allowed, help) = match self {
            Range::Positive => (
                value > 0.0 && value <= LARGEST,
                "a number above 0, at most 1,000,000",
            ),
            Range::Natural => (
                (0.0..=LARGEST).contains(&value),
                "0 or a number above it, at most 1,000,000",
            ),
            Range::Share => (
                (0.0..=1.0).contains(&value),
                "a share or chance from 0 to 1",
            ),
            Range::Hour => (
                (0.0..=23.0).contains(&value),
                "an hour of the day from 0 to 23",
            ),
            Range::Signed => (value.abs() <= 100.0, "log-odds from -100 to 100"),
            Range::Degrees => (value.abs() <= 90.0, "a height in degrees, -90 to 90"),
            Range::Zone => (value.abs() <= 14.0, "hours from -14 to 14"),
        };
        if !allowed {
            findings.error(
                path,
                format!("{value} is out of range"),
                format!("must be {help}"),
            );
        }
    }
}

/// Checks the numbers of one table; the fields must be all there are.
macro_rules! table {
    ($findings:expr, $path:expr, $value:expr,
     $Type:ident { $($range:ident: [$($field:ident),* $(,)?],)* } $(, other: [$($other:ident),*])?) => {{
        let $Type { $($($field,)*)* $($($other: _,)*)? } = $value;
        $($(
            Range::$range.check($findings, format!("{}.{}", $path, stringify!($field)), f64::from(*$field));
        )*)*
    }};
}

/// Finds all problems of a rules file.
pub(super) fn check(rules: &Rules, findings: &mut Findings) {
    header::format(findings, rules.format);
    names::check_id(findings, "id", &rules.id);
    findings.text("name", &rules.name, "give the rules a name");
    let f = findings;
    f.limit("guns", rules.guns.len(), 100);
    f.limit("escape.boats", rules.escape.boats.len(), 20);
    f.limit("terrain", rules.terrain.len(), TERRAINS.len());
    if f.has_errors() {
        return;
    }
    for (path, source) in [
        ("power", &rules.power.source),
        ("fire", &rules.fire.source),
        ("bombardment", &rules.bombardment.source),
        ("movement", &rules.movement.source),
        ("observation", &rules.observation.source),
        ("hold", &rules.hold.source),
        ("yielding", &rules.yielding.source),
        ("withdrawal", &rules.withdrawal.source),
        ("morale", &rules.morale.source),
        ("supply", &rules.supply.source),
        ("weather", &rules.weather.source),
        ("light", &rules.light.source),
        ("air", &rules.air.source),
        ("blaze", &rules.blaze.source),
        ("drafts", &rules.drafts.source),
        ("siege", &rules.siege.source),
        ("command", &rules.command.source),
        ("escape", &rules.escape.source),
    ] {
        f.source(path, source);
    }
    fighting(rules, f);
    moving(rules, f);
    siege(rules, f);
    escape(rules, f);
    guns(rules, f);
    terrains(rules, f);
    light(rules, f);
    command(rules, f);
}

fn command(rules: &Rules, f: &mut Findings) {
    table!(f, "command", &rules.command, CommandRules {
        Positive: [wire_hours, radio_hours, runner_hours, cut_hours, rumour_km_hour],
        Natural: [new_wire_km, garbled_hours, conflict_within_hours, conflict_hours, barrier_km, barrier_crowd],
        Share: [line_cut, under_fire, line_mended, garbled, keeps_older, conflict_cohesion, initiative,
            own_accord, barrier_passed, barrier_shot],
        Signed: [barrier_base, barrier_tanks],
    }, other: [source, confidence]);
}

fn fighting(rules: &Rules, f: &mut Findings) {
    table!(f, "power", &rules.power, PowerRules {
        Positive: [frontage_attack, frontage_defence, stack_soft, stack_hard, support_batteries, battery_guns],
        Natural: [tank_men, arms_guns, arms_engineers, support_bonus],
    }, other: [source, confidence]);
    if rules.power.stack_soft > rules.power.stack_hard {
        f.error(
            "power.stack_soft",
            "the soft limit of a stack is above the hard one",
            format!("at most {}", rules.power.stack_hard),
        );
    }
    table!(f, "fire", &rules.fire, FireRules {
        Positive: [lethality_per_day, attack_open, attack_prepared, attack_fortified, attack_fortified_engineers,
            attack_uphill, attack_stream, attack_gate, defend_none, defend_hasty, defend_prepared,
            defend_fortified, defend_wall, defend_cover, routed],
        Natural: [spread, neighbour_works, neighbours_most],
        Share: [exponent, intensity_assault, intensity_contact, night_attack_light],
    }, other: [source, confidence]);
    table!(f, "bombardment", &rules.bombardment, BombardmentRules {
        Positive: [lethal_area_m2, shell_kg, area_observed_km2, area_unobserved_km2, suppression_rounds, observer_km,
            observer_plain_km],
        Natural: [observer_height_m, naval_km, blockade_km],
        Share: [exposure_open, exposure_prone, exposure_trench, exposure_pillbox, suppression_max,
            suppression_unobserved, suppression_trench, suppression_pillbox, suppression_recovery, night, flash,
            sustained],
    }, other: [source, confidence]);
    table!(f, "hold", &rules.hold, HoldRules {
        Signed: [base],
        Positive: [ratio_limit, posture_none, posture_hasty, posture_prepared, posture_fortified,
            posture_withdraw, height, wall, entrench_turns, entrench_turns_fortified],
        Natural: [ratio, cohesion, flank, neighbour_works, losses, tanks, tanks_needed, order, flank_isolated],
        Share: [success_disorder],
    }, other: [source, confidence]);
    if rules.hold.ratio_limit < 1.0 {
        f.error(
            "hold.ratio_limit",
            format!("{} is below 1", rules.hold.ratio_limit),
            "the power ratio is held between 1/limit and limit",
        );
    }
    for (path, shares) in [
        ("yielding.orderly", &rules.yielding.orderly),
        ("yielding.rout", &rules.yielding.rout),
        ("yielding.destroyed", &rules.yielding.destroyed),
    ] {
        table!(
            f,
            path,
            shares,
            YieldShares {
                Share: [killed, captured, straggle],
            }
        );
        // Straggling takes from those who remain, so it does not enter the sum.
        let sum = shares.killed + shares.captured;
        if sum > 1.0 {
            f.error(
                path,
                format!("killed and captured together are {sum:.2} of the men"),
                "at most 1",
            );
        }
    }
    table!(f, "yielding", &rules.yielding, YieldRules {
        Natural: [retreat_km, rout_km],
        Share: [rout_below, wounded_overrun],
    }, other: [orderly, rout, destroyed, source, confidence]);
    table!(f, "withdrawal", &rules.withdrawal, WithdrawalRules {
        Share: [tolerance_delay, tolerance_hold],
    }, other: [source, confidence]);
    table!(f, "morale", &rules.morale, MoraleRules {
        Natural: [per_loss],
        Share: [per_suppression, contact, isolated, routed_neighbour, rest, success, rout_below, rally_above,
            rejoin, dissolution, dissolution_at],
    }, other: [source, confidence]);
    if rules.morale.rally_above < rules.morale.rout_below {
        f.error(
            "morale.rally_above",
            "units would rally below the cohesion at which they rout",
            format!("at least {}", rules.morale.rout_below),
        );
    }
}

fn moving(rules: &Rules, f: &mut Findings) {
    table!(f, "movement", &rules.movement, MovementRules {
        Positive: [foot_column, foot_tactical, guns, motor_road, motor_tactical, night, march_hours,
            march_hours_forced, road_capacity, zone_men, gate_capacity],
        Natural: [stream_cost, zone_cost, fatigue_per_km, fatigue_per_assault_hour, rest_per_hour,
            straggle_per_km, straggle_fatigue],
        Share: [infiltration, fatigue_slow_above, fatigue_slow, night_disorder],
    }, other: [source, confidence]);
    let (normal, forced) = (
        rules.movement.march_hours,
        rules.movement.march_hours_forced,
    );
    if normal > forced || forced > 24 {
        f.error(
            "movement.march_hours_forced",
            format!("{forced} hours of forced marching in a day, {normal} of normal"),
            "normal at most forced, forced at most 24",
        );
    }
    table!(f, "observation", &rules.observation, ObservationRules {
        Positive: [reference_km, sight_km],
        Natural: [recon, recon_cavalry, strength_spread, strength_spread_fighting, memory_turns],
    }, other: [source, confidence]);
    table!(f, "supply", &rules.supply, SupplyRules {
        Positive: [line_km],
        Share: [adjust, forage, forage_use, ammo_assault_hour, ammo_contact_hour, ammo_resupply, start_supply,
            start_ammo],
    }, other: [source, confidence]);
    table!(f, "weather", &rules.weather, WeatherRules {
        Hour: [fog_from, fog_until],
        Positive: [fog_sight_km],
        Share: [morning_fog, fog_fire],
    }, other: [source, confidence]);
    if rules.weather.fog_from > rules.weather.fog_until {
        f.error(
            "weather.fog_until",
            "the fog ends before it begins",
            format!("at least {}", rules.weather.fog_from),
        );
    }
}

fn siege(rules: &Rules, f: &mut Findings) {
    table!(f, "siege", &rules.siege, SiegeRules {
        Positive: [heavy_shell_kg, gate_arch, company_men, breach_men, breach_widest, breach_cost, rubble,
            bridge_turns, opening_turns, barricade_men, ladder_party, storm_party, lodgement_most],
        Natural: [heavy_battery, engineer_attempt, attempts, attempt_losses, boat_men, boats,
            smoke_hours, mine_flight],
        Share: [light_share, unobserved, repair, dark_light, fog_lost, mine_losses, mine_cohesion,
            mine_flight_cohesion, mine_clearing],
        Signed: [party_base, party_defenders, party_smoke, party_overlook, party_breach],
    }, other: [ladder_losses, breach_losses, source, confidence]);
    for (path, (least, most)) in [
        ("siege.ladder_losses", rules.siege.ladder_losses),
        ("siege.breach_losses", rules.siege.breach_losses),
    ] {
        Range::Share.check(f, path.to_owned(), least);
        Range::Share.check(f, path.to_owned(), most);
        if least > most {
            f.error(
                path,
                format!("{least} is above {most}"),
                "least first, then most",
            );
        }
    }
}

fn escape(rules: &Rules, f: &mut Findings) {
    table!(f, "escape", &rules.escape, EscapeRules {
        Positive: [crowd_km, panic_ratio],
        Natural: [headquarters_lost, crowd_least, pier, overload, per_ship, ships, bank_fire, bank_km, reach_km, despair_km],
        Share: [flee, leave, hide, hidden_at_loss, crowd_captured, loading_order, loading_panic, overload_most, drowned,
            ships_night, turned_back, swim, swim_across, swim_blockaded, despair],
    }, other: [boats, source, confidence]);
    let kinds = &rules.escape.boats;
    names::check_ids(
        f,
        "escape.boats",
        "kind of boat",
        kinds.iter().map(|k| k.id.as_str()),
    );
    for (i, kind) in kinds.iter().enumerate() {
        let path = format!("escape.boats[{i}]");
        f.text(format!("{path}.name"), &kind.name, "name the kind of boat");
        table!(f, path, kind, BoatKind { Positive: [seats, trips], }, other: [id, name]);
    }
}

fn guns(rules: &Rules, f: &mut Findings) {
    names::check_ids(
        f,
        "guns",
        "class of guns",
        rules.guns.iter().map(|g| g.id.as_str()),
    );
    for (i, class) in rules.guns.iter().enumerate() {
        let path = format!("guns[{i}]");
        f.source(&path, &class.source);
        table!(f, path, class, GunClass {
            Positive: [range_km, shell_kg, rounds_per_hour],
            Natural: [stock, resupply_per_day],
        }, other: [id, name, source, confidence]);
    }
}

fn terrains(rules: &Rules, f: &mut Findings) {
    for (i, row) in rules.terrain.iter().enumerate() {
        let path = format!("terrain[{i}]");
        f.source(&path, &row.source);
        table!(f, path, row, TerrainRules {
            Positive: [defence],
            Share: [conceal, forage, tinder],
        }, other: [terrain, cost, vehicle_cost, cover, tanks, source, confidence]);
        for (name, cost) in [("cost", row.cost), ("vehicle_cost", row.vehicle_cost)] {
            if let Some(cost) = cost {
                Range::Positive.check(f, format!("{path}.{name}"), cost);
            }
        }
        if rules.terrain[..i].iter().any(|r| r.terrain == row.terrain) {
            f.error(
                format!("{path}.terrain"),
                format!("{:?} is there twice", row.terrain),
                "one row for each terrain",
            );
        }
    }
    for terrain in TERRAINS {
        if !rules.terrain.iter().any(|r| r.terrain == terrain) {
            f.error(
                "terrain",
                format!("no row for {terrain:?}"),
                "one row for each terrain",
            );
        }
    }
}

fn light(rules: &Rules, f: &mut Findings) {
    table!(f, "light", &rules.light, LightRules {
        Share: [day, night],
        Degrees: [day_above_deg, night_below_deg],
        Zone: [zone_hours],
    }, other: [source, confidence]);
    if rules.light.night_below_deg >= rules.light.day_above_deg {
        f.error(
            "light.night_below_deg",
            "night begins with the sun no lower than by day",
            format!("less than {}", rules.light.day_above_deg),
        );
    }
    table!(f, "air", &rules.air, AirRules {
        Positive: [flying_hours, road_cost],
        Natural: [rounds_per_sortie, interdiction_km],
        Share: [fly_clear, fly_fog, least_light, column_cohesion, recon],
    }, other: [source, confidence]);
    table!(f, "blaze", &rules.blaze, BlazeRules {
        Natural: [lit_km],
        Share: [shells, assault, razing, spread, burns_out, razed_tinder, lit, rest],
    }, other: [source, confidence]);
    table!(f, "drafts", &rules.drafts, DraftRules {
        Share: [cohesion],
    }, other: [source, confidence]);
}
