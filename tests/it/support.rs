//! Tiny battles drawn in ASCII, built through the same files and validation as real ones.
//!
//! The first line of a drawing is the northernmost row; a hex is named by (column, row) with row 0
//! in the south. `.` open, `h` hill 80 m, `m` mountain 200 m, `c` city, `~` water, `w` wetland,
//! `p` prepared works, `f` fortified works, `s` Safety Zone, `x` exit is not drawn but set by zone.

use nanking::{
    battle::{AirMission, Battle, Event, Order, Randomness, Refusal, Snapshot, Task, UnitState},
    scenario::{
        AirGroupId, Branch, Echelon, Hex, MemoryFiles, Options, Rules, Scenario, Side, Terrain,
        UnitId,
        file::*,
        forces::{PlanTask, TroopFigures},
        map::{
            WorksLevel,
            file::{
                Facing, FeatureFile, FeatureKind, GateFile, MapFile, OriginFile, OverrideFile,
                PlaceFile, RoadClass, Zone,
            },
            geo::Frame,
            grid::{Grid, ROW},
        },
        river::{BoatsFile, CrossingFile},
        siege::{BarricadeFile, ChainedFile},
    },
};
use std::sync::Arc;

const STANDARD_RULES: &str = include_str!("../../scenarios/rules/standard.ron");
const SOURCE: &str = "invented for a test";

/// A tiny scenario under construction.
pub struct Table {
    pub scenario: ScenarioFile,
    pub map: MapFile,
    pub rules: Rules,
    frame: Frame,
    grid: Grid,
}

impl Table {
    /// Draws a map at 1 km a hex.
    pub fn draw(rows: &[&str]) -> Self {
        Self::draw_at(1.0, rows)
    }

    /// Draws a map at a hex size.
    pub fn draw_at(hex_km: f64, rows: &[&str]) -> Self {
        let columns = rows[0].len();
        let origin = OriginFile {
            lon: 119.0,
            lat: 32.0,
        };
        let corner = WindowFile {
            west: 119.0,
            east: 119.001,
            south: 32.0,
            north: 32.001,
        };
        let (east, north) = Frame::new(origin, corner).degrees([
            columns as f64 * hex_km - 1e-6,
            rows.len() as f64 * hex_km * ROW - 1e-6,
        ]);
        let bounds = WindowFile {
            east,
            north,
            ..corner
        };
        let grid = Grid::new(columns as u16, rows.len() as u16, hex_km);
        let mut table = Self {
            scenario: scenario(hex_km),
            map: map(origin, bounds),
            rules: ron::from_str(STANDARD_RULES).expect("the standard rules parse"),
            frame: Frame::new(origin, bounds),
            grid,
        };
        for (line, row) in rows.iter().rev().enumerate() {
            for (column, mark) in row.chars().enumerate() {
                table.mark(mark, (column as u16, line as u16));
            }
        }
        // Small maps have no mornings in fog, so that light is what the hour says.
        table.rules.weather.morning_fog = 0.0;
        // And nothing burns, so that ground stays as drawn, unless a test is about fire.
        table.rules.blaze.shells = 0.0;
        table.rules.blaze.assault = 0.0;
        table.rules.blaze.razing = 0.0;
        table
    }

    fn mark(&mut self, mark: char, at: (u16, u16)) {
        let (terrain, height, works, safety) = match mark {
            'h' => (Terrain::Hill, 80.0, None, false),
            'm' => (Terrain::Mountain, 200.0, None, false),
            'c' => (Terrain::City, 0.0, None, false),
            '~' => (Terrain::Water, 0.0, None, false),
            'w' => (Terrain::Wetland, 0.0, None, false),
            'p' => (Terrain::Open, 0.0, Some(WorksLevel::Prepared), false),
            'f' => (Terrain::Open, 0.0, Some(WorksLevel::Fortified), false),
            's' => (Terrain::City, 0.0, None, true),
            _ => return,
        };
        let at = self.degrees(at);
        self.map.overrides.push(OverrideFile {
            at,
            terrain: Some(terrain),
            height_m: Some(height),
            works,
            safety_zone: safety.then_some(true),
            source: SOURCE.into(),
            confidence: Confidence::Low,
            note: String::new(),
        });
    }

    /// Degrees of a hex's centre.
    pub fn degrees(&self, (column, row): (u16, u16)) -> (f64, f64) {
        let hex = self.grid.hex(column, row).expect("a hex of the drawing");
        self.frame.degrees(self.grid.centre(hex))
    }

    /// Degrees of a point given in hexes away from the centre of a hex.
    fn degrees_near(&self, (column, row): (u16, u16), [dx, dy]: [f64; 2]) -> (f64, f64) {
        let hex = self.grid.hex(column, row).expect("a hex of the drawing");
        let [x, y] = self.grid.centre(hex);
        let km = self.grid.hex_km();
        self.frame.degrees([x + dx * km, y + dy * km])
    }

    fn feature(&mut self, id: &str, kind: FeatureKind) -> &mut FeatureFile {
        self.map.features.push(FeatureFile {
            id: id.into(),
            name: id.into(),
            name_zh: String::new(),
            kind,
            line: Vec::new(),
            area: Vec::new(),
            at: Vec::new(),
            source: SOURCE.into(),
            confidence: Confidence::Low,
            accuracy_km: 0.0,
            note: String::new(),
        });
        self.map.features.last_mut().expect("just pushed")
    }

    /// A feature along a line of hexes.
    pub fn line(mut self, id: &str, kind: FeatureKind, hexes: &[(u16, u16)]) -> Self {
        let line = hexes.iter().map(|h| self.degrees(*h)).collect();
        self.feature(id, kind).line = line;
        self
    }

    /// Fortified works in a hex that turn their front away from another hex.
    pub fn works_away_from(mut self, at: (u16, u16), back: (u16, u16)) -> Self {
        let (lon, lat) = self.degrees(back);
        let points = vec![self.degrees(at)];
        let kind = FeatureKind::Strongpoint {
            level: WorksLevel::Fortified,
            radius_km: 0.0,
            facing: Facing::AwayFrom(lon, lat),
            line: None,
        };
        let id = format!("works_{}", self.map.features.len());
        self.feature(&id, kind).at = points;
        self
    }

    /// A berth on the water.
    pub fn anchorage(mut self, id: &str, at: (f64, f64)) -> Self {
        self.feature(id, FeatureKind::Anchorage).at = vec![at];
        self
    }

    /// A zone of single hexes.
    pub fn zone(mut self, zone: Zone, hexes: &[(u16, u16)]) -> Self {
        for &hex in hexes {
            let around = [[-0.3, -0.3], [0.3, -0.3], [0.3, 0.3], [-0.3, 0.3]];
            let area = around.map(|d| self.degrees_near(hex, d)).to_vec();
            let id = format!("zone_{}", self.map.features.len());
            self.feature(&id, FeatureKind::Zone(zone)).area = area;
        }
        self
    }

    /// A city wall round a block of hexes, south-west to north-east corner.
    pub fn wall(mut self, low: (u16, u16), high: (u16, u16)) -> Self {
        let kind = FeatureKind::Wall {
            height_m: 12.0,
            thickness_m: 8.0,
        };
        // Odd rows are pushed half a hex east.
        let west = |row: u16| if row % 2 == 1 { -0.8 } else { -0.3 };
        let east = |row: u16| if row % 2 == 1 { 0.2 } else { 0.7 };
        let area = vec![
            self.degrees_near(low, [west(low.1), -0.3]),
            self.degrees_near((high.0, low.1), [east(low.1), -0.3]),
            self.degrees_near(high, [east(high.1), 0.3]),
            self.degrees_near((low.0, high.1), [west(high.1), 0.3]),
        ];
        self.feature("city_wall", kind).area = area;
        self
    }

    /// A gate between two adjacent hexes on either side of the wall.
    pub fn gate(mut self, id: &str, inner: (u16, u16), outer: (u16, u16)) -> Self {
        let (a, b) = (self.degrees(inner), self.degrees(outer));
        self.map.gates.push(GateFile {
            id: id.into(),
            name: id.into(),
            name_zh: String::new(),
            at: ((a.0 + b.0) / 2.0, (a.1 + b.1) / 2.0),
            blocked: false,
            sally: false,
            source: SOURCE.into(),
            confidence: Confidence::Low,
            note: String::new(),
        });
        self
    }

    /// Gates barricaded from the first hour on, with the bridges before them down.
    pub fn barricaded(mut self) -> Self {
        self.scenario.barricades = Some(BarricadeFile {
            from: "1937-12-05T09:00".into(),
            bridges_down: true,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self
    }

    /// A place of one hex whose pillboxes are chained from outside.
    pub fn chained(mut self, at: (u16, u16)) -> Self {
        self.scenario.chained.push(ChainedFile {
            place: "chained".into(),
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self.place("chained", at)
    }

    /// Engineers.
    pub fn engineers(self, side: Side, id: &str, men: u32, at: (u16, u16)) -> Self {
        self.unit_with(side, id, men, at, |u| u.branch = Branch::Engineer)
    }

    /// A battalion of twelve heavy howitzers.
    pub fn howitzers(self, side: Side, id: &str, at: (u16, u16)) -> Self {
        self.unit_with(side, id, 480, at, |u| {
            u.branch = Branch::HeavyArtillery;
            u.guns = 12;
            u.gun_class = Some("howitzer_150".into());
        })
    }

    /// The city, held by a side: lost with so many gates and the place at its centre.
    pub fn city(mut self, held_by: Side, gates: u32, centre: &str, hours_after: u32) -> Self {
        self.scenario.city = Some(CityFile {
            held_by,
            gates,
            centre: centre.into(),
            hours_after,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self
    }

    /// Ground a side controls from the start.
    pub fn control(mut self, side: Side, at: (u16, u16), radius_km: f64) -> Self {
        let id = format!("ground_{}", self.scenario.control.len());
        self.scenario.control.push(ControlFile {
            place: id.clone(),
            radius_km,
            side,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self.place(&id, at)
    }

    /// A road along a line of hexes.
    pub fn road(self, hexes: &[(u16, u16)]) -> Self {
        let id = format!("road_{}", self.map.features.len());
        self.line(
            &id,
            FeatureKind::Road {
                class: RoadClass::Country,
            },
            hexes,
        )
    }

    /// A named place of one hex.
    pub fn place(mut self, id: &str, at: (u16, u16)) -> Self {
        let at = self.degrees(at);
        self.scenario.places.push(PlaceFile {
            id: id.into(),
            name: id.into(),
            name_zh: String::new(),
            at: Some(at),
            radius_km: 0.0,
            members: Vec::new(),
            rank: 0,
            source: SOURCE.into(),
            confidence: Confidence::Low,
            note: String::new(),
        });
        self
    }

    /// A unit of trained infantry at a hex.
    pub fn unit(self, side: Side, id: &str, men: u32, at: (u16, u16)) -> Self {
        self.unit_with(side, id, men, at, |_| {})
    }

    /// A unit, adjusted.
    pub fn unit_with(
        mut self,
        side: Side,
        id: &str,
        men: u32,
        at: (u16, u16),
        adjust: impl FnOnce(&mut UnitFile),
    ) -> Self {
        let place = format!("at_{id}");
        let mut unit = UnitFile {
            id: id.into(),
            name: id.into(),
            name_local: String::new(),
            formation: side.key().into(),
            branch: Branch::Infantry,
            echelon: Echelon::Battalion,
            troops: "line".into(),
            men: (men, men),
            recruits: 0,
            fresh: 0,
            drafts: Vec::new(),
            guns: 0,
            gun_class: None,
            tanks: 0,
            anti_tank: 0,
            quality: 8,
            commander: String::new(),
            start: StartFile::At(place.clone()),
            outside_total: false,
            source: SOURCE.into(),
            confidence: Confidence::Low,
            note: String::new(),
        };
        adjust(&mut unit);
        self.scenario.units.push(unit);
        self.place(&place, at)
    }

    /// A battery of four field guns.
    pub fn battery(self, side: Side, id: &str, at: (u16, u16)) -> Self {
        self.unit_with(side, id, 120, at, |u| {
            u.branch = Branch::Artillery;
            u.guns = 4;
            u.gun_class = Some("field_75".into());
        })
    }

    /// An air group of so many sorties a day.
    pub fn air(mut self, side: Side, id: &str, sorties_per_day: f64) -> Self {
        self.side_file(side).air.push(AirGroupFile {
            id: id.into(),
            name: id.into(),
            name_local: String::new(),
            sorties_per_day,
            from: None,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self
    }

    /// A side's guns are kept from the no-fire zones.
    pub fn restrained(mut self, side: Side) -> Self {
        self.side_file(side).engagement = Some(EngagementFile {
            no_fire_zones: true,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self
    }

    /// A side lays a belt of ground waste from the first turn on, a share a turn.
    pub fn scorched(mut self, side: Side, belt: Belt, left: f64, share_per_turn: f64) -> Self {
        self.scenario.scorched_earth.push(ScorchFile {
            side,
            from: self.scenario.start.clone(),
            belt,
            within: None,
            left,
            share_per_turn,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self
    }

    fn side_file(&mut self, side: Side) -> &mut SideFile {
        match side {
            Side::China => &mut self.scenario.sides.china,
            Side::Japan => &mut self.scenario.sides.japan,
        }
    }

    /// A source of supply at a hex.
    pub fn depot(mut self, side: Side, at: (u16, u16)) -> Self {
        let id = format!("depot_{}", self.scenario.supply.len());
        self.scenario.supply.push(SupplySourceFile {
            id: id.clone(),
            side,
            place: id.clone(),
            cost_km: 0.0,
            magazine: false,
            from: None,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self.place(&id, at)
    }

    /// Boats that put off at a hex and land at another: kind, number, owner.
    pub fn crossing(
        mut self,
        side: Side,
        from: (u16, u16),
        to: (u16, u16),
        boats: &[(&str, u32, Option<&str>)],
    ) -> Self {
        let number = self.scenario.crossings.len();
        let (pier, landing) = (format!("pier_{number}"), format!("landing_{number}"));
        self.scenario.crossings.push(CrossingFile {
            side,
            from: pier.clone(),
            to: landing.clone(),
            boats: boats
                .iter()
                .map(|(kind, count, owner)| BoatsFile {
                    kind: (*kind).into(),
                    count: *count,
                    owner: owner.map(str::to_owned),
                    source: SOURCE.into(),
                    confidence: Confidence::Low,
                })
                .collect(),
            source: SOURCE.into(),
            confidence: Confidence::Low,
        });
        self.place(&pier, from).place(&landing, to)
    }

    /// Changes the rules.
    pub fn rules(mut self, adjust: impl FnOnce(&mut Rules)) -> Self {
        adjust(&mut self.rules);
        self
    }

    /// Changes a side's doctrine.
    pub fn doctrine(mut self, side: Side, adjust: impl FnOnce(&mut Doctrine)) -> Self {
        adjust(&mut self.side_file(side).doctrine);
        self
    }

    /// Through text and validation to a scenario.
    pub fn build(mut self) -> Arc<Scenario> {
        for side in Side::ALL {
            let men: u32 = self
                .scenario
                .units
                .iter()
                .filter(|u| u.formation == side.key())
                .map(|u| u.men.0)
                .sum();
            self.side_file(side).strengths[0].total = (men, men);
        }
        let text = |value: String| value;
        let config = || ron::ser::PrettyConfig::new().struct_names(true);
        let mut files = MemoryFiles::default();
        let write = |v: Result<String, ron::Error>| text(v.expect("a draft can be written"));
        files.0.insert(
            "test.ron".into(),
            write(ron::ser::to_string_pretty(&self.scenario, config())),
        );
        files.0.insert(
            "map.ron".into(),
            write(ron::ser::to_string_pretty(&self.map, config())),
        );
        files.0.insert(
            "rules.ron".into(),
            write(ron::ser::to_string_pretty(&self.rules, config())),
        );
        match Scenario::load(&files, "test.ron", &Options::default()) {
            Ok(scenario) => Arc::new(scenario),
            Err(problems) => panic!("the test's scenario is wrong: {problems:#?}"),
        }
    }

    /// A battle on it.
    pub fn battle(self, seed: u64) -> Battle {
        Battle::new(self.build(), seed, Randomness::Sampled)
    }

    /// A battle on it without dice: expected values.
    pub fn expected(self) -> Battle {
        Battle::new(self.build(), 0, Randomness::Expected)
    }
}

fn map(origin: OriginFile, bounds: WindowFile) -> MapFile {
    MapFile {
        format: FORMAT,
        id: "test".into(),
        name: "Test".into(),
        name_zh: String::new(),
        attribution: SOURCE.into(),
        licence: "none".into(),
        origin,
        bounds,
        base: Terrain::Open,
        features: Vec::new(),
        gates: Vec::new(),
        places: Vec::new(),
        overrides: Vec::new(),
    }
}

fn scenario(hex_km: f64) -> ScenarioFile {
    let side = |name: &str| SideFile {
        name: name.into(),
        superior: String::new(),
        strengths: vec![StrengthFile {
            id: "plain".into(),
            name: "plain".into(),
            total: (1, 1),
            within_range: 0.5,
            factor: 1.0,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        }],
        opens_with: "plain".into(),
        opens_because: "the only one".into(),
        doctrine: Doctrine {
            aggression: 0.7,
            hold_to_death: 0.5,
            counterattack: 0.5,
            reserve: 0.1,
            night_attack: 0.3,
            loss_tolerance: 0.4,
            phase_line_disobey: 1.0,
            rivalry: 0.0,
            withdrawal_permitted: true,
            source: SOURCE.into(),
            confidence: Confidence::Low,
        },
        engagement: None,
        breakout: None,
        air: Vec::new(),
        off_map: Vec::new(),
    };
    let formation = |side: Side| FormationFile {
        id: side.key().into(),
        name: side.key().into(),
        name_local: String::new(),
        side,
        parent: None,
        echelon: Echelon::Division,
        commander: String::new(),
        plan: Vec::new(),
        staff: None,
        source: SOURCE.into(),
        confidence: Confidence::Low,
        note: String::new(),
    };
    ScenarioFile {
        format: FORMAT,
        id: "test".into(),
        title: "Test".into(),
        title_zh: String::new(),
        briefing: "A test.".into(),
        bibliography: vec![WorkFile {
            id: "test".into(),
            text: SOURCE.into(),
        }],
        map: MapChoiceFile {
            file: "map.ron".into(),
            hex_km,
            window: None,
        },
        rules: "rules.ron".into(),
        // Ten in the morning of a clear day: full light for the first two turns.
        start: "1937-12-05T09:00".into(),
        turns: 30,
        city: None,
        sides: SidesFile {
            china: side("China"),
            japan: side("Japan"),
        },
        troops: vec![TroopsFile {
            id: "line".into(),
            name: "Line".into(),
            figures: TroopFigures {
                weight: 1.0,
                cohesion: 0.9,
                killed_share_held: 0.28,
                killed_share_lost: 0.5,
                stand_scale: 1.0,
                surrender_scale: 1.0,
                drive: 0.5,
            },
            source: SOURCE.into(),
            confidence: Confidence::Low,
        }],
        formations: vec![formation(Side::China), formation(Side::Japan)],
        units: Vec::new(),
        supply: Vec::new(),
        objectives: Vec::new(),
        control: Vec::new(),
        scorched_earth: Vec::new(),
        events: Vec::new(),
        script: Vec::new(),
        afterwards: Vec::new(),
        history: Vec::new(),
        places: Vec::new(),
        barricades: None,
        chained: Vec::new(),
        barriers: Vec::new(),
        crossings: Vec::new(),
    }
}

/// A unit's number by its text id.
pub fn id(battle: &Battle, text_id: &str) -> UnitId {
    battle
        .scenario()
        .unit_by_id(text_id)
        .unwrap_or_else(|| panic!("no unit {text_id}"))
}

/// A hex by column and row.
pub fn hex(battle: &Battle, (column, row): (u16, u16)) -> Hex {
    battle
        .scenario()
        .map()
        .grid
        .hex(column, row)
        .expect("a hex of the map")
}

/// The battle as it would go on had its state been otherwise.
pub fn altered(battle: &Battle, change: impl FnOnce(&mut Snapshot)) -> Battle {
    let mut state = battle.snapshot();
    change(&mut state);
    Battle::restore(Arc::clone(battle.scenario()), state)
}

/// The battle as it would go on had one unit's state been otherwise.
pub fn with_unit(battle: &Battle, unit: &str, change: impl FnOnce(&mut UnitState)) -> Battle {
    let unit = id(battle, unit);
    altered(battle, |state| change(&mut state.units[unit.0 as usize]))
}

/// A unit's state.
pub fn state(battle: &Battle, unit: &str) -> UnitState {
    battle.unit(id(battle, unit)).expect("a unit of the battle")
}

/// Column and row of a unit's hex, if it is on the map.
pub fn place_of(battle: &Battle, unit: &str) -> Option<(u16, u16)> {
    let hex = battle.position(id(battle, unit))?;
    Some(battle.scenario().map().grid.column_row(hex))
}

/// Why an order to a unit is not taken.
pub fn refusal(battle: &mut Battle, unit: &str, task: Task) -> Refusal {
    let unit = id(battle, unit);
    let side = battle.scenario().unit(unit).side;
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    battle
        .order(side, order)
        .expect_err("the order should be refused")
}

/// Orders a unit; the order must be legal.
pub fn tell(battle: &mut Battle, unit: &str, task: Task) {
    let unit = id(battle, unit);
    let side = battle.scenario().unit(unit).side;
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    battle
        .order(side, order)
        .unwrap_or_else(|r| panic!("{task:?} was refused: {r}"));
}

/// Orders an air group; the order must be legal.
pub fn fly(battle: &mut Battle, group: &str, mission: AirMission) {
    let (side, order) = flight(battle, group, mission);
    battle
        .order(side, order)
        .unwrap_or_else(|r| panic!("{mission:?} was refused: {r}"));
}

/// An air group's side, and an order to it.
pub fn flight(battle: &Battle, group: &str, mission: AirMission) -> (Side, Order) {
    let groups = battle.scenario().air();
    let at = groups
        .iter()
        .position(|g| g.text_id == group)
        .unwrap_or_else(|| panic!("no group {group}"));
    let group = AirGroupId(at as u16);
    (groups[at].side, Order::Air { group, mission })
}

/// A scenario of the shelf, as it stands.
pub fn shelved(name: &str) -> Arc<Scenario> {
    let (files, path) = nanking::shelf::Shelf::open(name).expect("the scenario is there");
    match Scenario::load(&*files, &path, &Options::default()) {
        Ok(scenario) => Arc::new(scenario),
        Err(problems) => panic!("{name} is wrong: {problems:#?}"),
    }
}

/// Events of a kind.
pub fn events<T>(battle: &Battle, pick: impl Fn(&Event) -> Option<T>) -> Vec<T> {
    battle
        .events()
        .iter()
        .filter_map(|logged| pick(&logged.event))
        .collect()
}

/// The scenario with all of its text, for tests that change a plan.
pub fn plan(at: &str, task: PlanTask) -> PlanFile {
    PlanFile {
        from: "1937-12-05T09:00".into(),
        task,
        at: at.into(),
        source: SOURCE.into(),
        confidence: Confidence::Low,
    }
}
