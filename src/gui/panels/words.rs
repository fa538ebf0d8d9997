//! Words for what panels show: tasks, postures, arms, sizes, confidence. English, sober, and the
//! same wherever a thing is named. Holds words and nothing else.

use crate::{
    battle::{AirMission, Bin, MissionPosture, Posture, Task},
    gui::session::Seat,
    report::place,
    scenario::{Branch, Confidence, Direction, Echelon, Scenario, Side, Terrain, map::WorksLevel},
};

/// A task as a phrase: `march to Jurong`.
pub fn task(scenario: &Scenario, task: &Task) -> String {
    let map = scenario.map();
    let point = |hex: &crate::scenario::Hex| place::point(map, *hex);
    match task {
        Task::Hold => "hold".to_owned(),
        Task::Rest => "rest".to_owned(),
        Task::March { to, forced: false } => format!("march to {}", point(to)),
        Task::March { to, forced: true } => format!("forced march to {}", point(to)),
        Task::Assault { target } => format!("assault {}", point(target)),
        Task::Withdraw { to } => format!("withdraw to {}", point(to)),
        Task::Embark { at } => format!("embark at {}", point(at)),
        Task::Bombard { target } => format!("bombard {}", point(target)),
        Task::Support { target } => {
            format!("support the fight {}", place::placed(map, "at", *target))
        }
        Task::Counterattack { target } => {
            format!("strike back {}", place::placed(map, "at", *target))
        }
        Task::Siege { deed, side } => {
            crate::report::sentence::errand_at_wall(scenario, *deed, *side)
        }
        Task::ClearMines { target } => {
            format!("clear mines {}", place::placed(map, "at", *target))
        }
    }
}

/// An air group's mission as a phrase.
pub fn flight(scenario: &Scenario, mission: &AirMission) -> String {
    match mission {
        AirMission::Rest => "stay on the ground".to_owned(),
        AirMission::Bomb { target } => format!("bomb {}", place::point(scenario.map(), *target)),
        AirMission::Interdict { target } => {
            format!(
                "attack the roads about {}",
                place::point(scenario.map(), *target)
            )
        }
    }
}

/// The letter that stands for it on the map.
pub fn letter(posture: MissionPosture) -> &'static str {
    match posture {
        MissionPosture::Attack => "A",
        MissionPosture::Hold => "H",
        MissionPosture::Delay => "D",
        MissionPosture::Reserve => "R",
        MissionPosture::Withdraw => "W",
    }
}

/// What a unit is doing.
pub fn posture(posture: Posture) -> &'static str {
    match posture {
        Posture::Holding => "in position",
        Posture::Marching => "on the march",
        Posture::Attacking => "attacking",
        Posture::Withdrawing => "withdrawing",
        Posture::Routed => "in flight",
    }
}

/// How a formation goes about its mission.
pub fn mission(posture: MissionPosture) -> &'static str {
    match posture {
        MissionPosture::Attack => "attack",
        MissionPosture::Hold => "hold",
        MissionPosture::Delay => "delay",
        MissionPosture::Reserve => "reserve",
        MissionPosture::Withdraw => "withdraw",
    }
}

/// What that means.
pub fn mission_meaning(posture: MissionPosture) -> &'static str {
    match posture {
        MissionPosture::Attack => "Its units go to the objective and take it.",
        MissionPosture::Hold => "Its units hold the objective.",
        MissionPosture::Delay => "Its units hold the objective as long as that costs little.",
        MissionPosture::Reserve => "Its units stay at hand there.",
        MissionPosture::Withdraw => "Its units go there and avoid battle.",
    }
}

/// All mission postures, in the order offered.
pub const MISSIONS: [MissionPosture; 5] = [
    MissionPosture::Attack,
    MissionPosture::Hold,
    MissionPosture::Delay,
    MissionPosture::Reserve,
    MissionPosture::Withdraw,
];

/// Arm of service.
pub fn branch(branch: Branch) -> &'static str {
    match branch {
        Branch::Infantry => "infantry",
        Branch::Cavalry => "cavalry",
        Branch::Engineer => "engineers",
        Branch::Artillery => "artillery",
        Branch::HeavyArtillery => "heavy artillery",
        Branch::AntiAircraft => "anti-aircraft artillery",
        Branch::Fortress => "fortress artillery",
        Branch::Armour => "armour",
        Branch::MilitaryPolice => "military police",
        Branch::Headquarters => "headquarters",
        Branch::Naval => "river flotilla",
    }
}

/// Size.
pub fn echelon(echelon: Echelon) -> &'static str {
    match echelon {
        Echelon::Platoon => "platoon",
        Echelon::Company => "company",
        Echelon::Battalion => "battalion",
        Echelon::Regiment => "regiment",
        Echelon::Brigade => "brigade",
        Echelon::Division => "division",
        Echelon::Corps => "corps",
        Echelon::Army => "army",
        Echelon::ArmyGroup => "army group",
    }
}

/// Works.
pub fn works(level: WorksLevel) -> &'static str {
    match level {
        WorksLevel::None => "none",
        WorksLevel::Hasty => "rifle pits",
        WorksLevel::Prepared => "trenches",
        WorksLevel::Fortified => "trenches, wire and pillboxes",
    }
}

/// The ways that works face: `E, SE`.
pub fn facing(mask: u8) -> String {
    if mask & 0x3f == 0x3f {
        return "all ways".to_owned();
    }
    let ways: Vec<&str> = Direction::ALL
        .into_iter()
        .filter(|d| mask & d.bit() != 0)
        .map(compass)
        .collect();
    if ways.is_empty() {
        "no way".to_owned()
    } else {
        ways.join(", ")
    }
}

/// A direction.
pub fn compass(direction: Direction) -> &'static str {
    match direction {
        Direction::East => "E",
        Direction::NorthEast => "NE",
        Direction::NorthWest => "NW",
        Direction::West => "W",
        Direction::SouthWest => "SW",
        Direction::SouthEast => "SE",
    }
}

/// Ground.
pub fn terrain(terrain: Terrain) -> &'static str {
    match terrain {
        Terrain::Open => "open ground",
        Terrain::Farmland => "fields and hamlets",
        Terrain::Paddy => "rice fields",
        Terrain::Wetland => "marsh and ponds",
        Terrain::Hill => "hills",
        Terrain::Mountain => "wooded mountain",
        Terrain::Town => "town",
        Terrain::City => "city",
        Terrain::Water => "wide water",
    }
}

/// Where men are in the books.
pub fn bin(bin: Bin) -> &'static str {
    match bin {
        Bin::NotArrived => "due later",
        Bin::Formed => "formed",
        Bin::Disordered => "disordered",
        Bin::Crowd => "in a crowd, without a unit",
        Bin::Killed => "killed",
        Bin::OwnSideShot => "shot by their own side",
        Bin::Drowned => "drowned",
        Bin::Wounded => "wounded",
        Bin::Captured => "captured or missing",
        Bin::Escaped => "got away",
        Bin::Hidden => "in the city, out of uniform",
    }
}

/// How sure a source is.
pub fn confidence(confidence: Confidence) -> &'static str {
    match confidence {
        Confidence::High => "stated by the main source",
        Confidence::Medium => "published elsewhere and named",
        Confidence::Low => "an estimate of this project",
    }
}

/// Who sits at the window.
pub fn seat(seat: Seat) -> &'static str {
    match seat {
        Seat::Side(Side::China) => "Seat: Chinese command",
        Seat::Side(Side::Japan) => "Seat: Japanese command",
        Seat::Both => "Seat: both commands",
        Seat::Watch => "Seat: observer",
    }
}

/// The one side whose eyes a seat has; none if it sees both.
pub fn own_side(seat: Seat) -> Option<Side> {
    match seat {
        Seat::Side(side) => Some(side),
        Seat::Both | Seat::Watch => None,
    }
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
