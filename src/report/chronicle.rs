//! The chronicle: which events people should hear of, and a bulletin of each turn.

use super::{
    grouped,
    history::is_casualty,
    milestones::{Milestone, MilestoneKind, Where},
    place,
    sentence::{reasons, sentence},
};
use crate::{
    battle::{CommandEvent, Event, Logged, Message, PlaceState, Spark, clock},
    scenario::{Hex, Hours, Scenario, Side, TurnNo, events::Action},
};
use std::{collections::BTreeMap, fmt::Write};

/// How much an event matters to somebody who follows the battle as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Bookkeeping of the simulation.
    Routine,
    /// Worth reading when one follows a unit.
    Detail,
    /// Worth reading when one follows the day.
    Notable,
    /// The course of the battle.
    Major,
}

/// Places up to this rank are known to every reader; smaller ones are notable only.
const WELL_KNOWN: u8 = 4;

/// Killed and wounded in an hour that make a fight notable.
const HEAVY: u32 = 50;

/// Fewer men than these in a crowd, in the boats of an hour or in the water are told only on request.
const FEW: u32 = 50;
/// Hexes razed in a turn that are notable.
const MANY: usize = 10;

/// The weight of an event.
pub fn weight(scenario: &Scenario, event: &Event) -> Weight {
    match event {
        Event::CityLost { .. }
        | Event::Ended { .. }
        | Event::LineReached { .. }
        | Event::Asked { .. }
        | Event::Decided { .. } => Weight::Major,
        Event::Happened { event, .. } => {
            if scenario.events().happening(*event).narration.is_empty() {
                Weight::Notable
            } else {
                Weight::Major
            }
        }
        Event::Acted { act, .. } => match **act {
            Action::Message { .. } | Action::Narration(_) | Action::HistoricalNote { .. } => {
                Weight::Major
            }
            Action::SetFlag(_) | Action::ClearFlag(_) => Weight::Routine,
            _ => Weight::Detail,
        },
        Event::Place { place, state, .. } => {
            let known = scenario
                .map()
                .places
                .get(usize::from(*place))
                .is_some_and(|p| p.rank <= WELL_KNOWN);
            match (state, known) {
                (PlaceState::Captured, true) => Weight::Major,
                (PlaceState::Captured, false) | (PlaceState::Contested, true) => Weight::Notable,
                (PlaceState::Contested, false) => Weight::Detail,
            }
        }
        Event::Breached { .. } | Event::Lodged { .. } | Event::LodgementEnded { .. } => {
            Weight::Major
        }
        Event::Left { .. }
        | Event::RiverClosed { .. }
        | Event::BreachWidened { .. }
        | Event::BridgeBuilt { .. }
        | Event::PartySent { .. }
        | Event::GateOpened { .. }
        | Event::MinesStruck { .. }
        | Event::LostInFog { .. } => Weight::Notable,
        Event::GateBarricaded { .. }
        | Event::WallDamaged { .. }
        | Event::SmokeLaid { .. }
        | Event::LodgementReinforced { .. }
        | Event::StruckBack { .. }
        | Event::MinesCleared { .. } => Weight::Detail,
        // A few men in a boat are no news.
        Event::Crossed(c) if c.across + c.drowned + c.turned_back < FEW => Weight::Routine,
        Event::Swam(s) if s.across + s.drowned < FEW => Weight::Routine,
        Event::Crossed(..) | Event::Swam(..) | Event::BoatsTaken(..) => Weight::Notable,
        Event::CrowdFormed(c) if c.men < FEW => Weight::Routine,
        Event::CrowdFormed(..) => Weight::Detail,
        Event::CrowdMoved(..) | Event::CrowdMerged(..) | Event::CrowdCounted(..) => Weight::Routine,
        Event::Razed { hexes, .. } => {
            if hexes.len() >= MANY {
                Weight::Notable
            } else {
                Weight::Routine
            }
        }
        // Of fires, those that break out are told, not those that creep on.
        Event::Kindled { spark, .. } => match spark {
            Spark::Neighbour => Weight::Routine,
            Spark::Shells | Spark::Assault | Spark::Razing | Spark::Happening => Weight::Detail,
        },
        Event::Fought {
            attacker_losses,
            defender_losses,
            assault,
            ..
        } => {
            if attacker_losses + defender_losses >= HEAVY {
                Weight::Notable
            } else if *assault {
                Weight::Detail
            } else {
                Weight::Routine
            }
        }
        Event::Shelled { casualties, .. } => {
            if *casualties >= HEAVY {
                Weight::Notable
            } else {
                Weight::Routine
            }
        }
        Event::Yielded { cut_off, .. } => {
            if *cut_off {
                Weight::Notable
            } else {
                Weight::Detail
            }
        }
        Event::Command(event) => command(event),
        Event::Arrived { .. }
        | Event::BrokeOff { .. }
        | Event::Rallied { .. }
        | Event::MissionGiven { .. }
        | Event::Contact { .. }
        | Event::OrderLapsed { .. }
        | Event::Drafted { .. }
        | Event::SupplyLine { .. } => Weight::Detail,
        Event::TurnBegan { .. }
        | Event::OrderTaken { .. }
        | Event::Sighted { .. }
        | Event::Fired { .. }
        | Event::Raided { .. }
        | Event::BurntOut { .. }
        | Event::Moved { .. }
        | Event::Blocked { .. }
        | Event::Men { .. }
        | Event::PostureChanged { .. }
        | Event::HexTaken { .. }
        | Event::TurnEnded { .. } => Weight::Routine,
    }
}

fn command(event: &CommandEvent) -> Weight {
    match event {
        CommandEvent::DirectiveGiven { .. }
        | CommandEvent::HeadquartersLeft { .. }
        | CommandEvent::ActedAlone { .. }
        | CommandEvent::BarrierBroken { .. } => Weight::Notable,
        CommandEvent::HeadquartersLost { .. }
        | CommandEvent::OrderLost { .. }
        | CommandEvent::DirectivesContradict { .. }
        | CommandEvent::BarrierShot { .. }
        | CommandEvent::OrderReceived {
            message: Message::Directive(_),
            ..
        } => Weight::Detail,
        CommandEvent::OrderSent { .. }
        | CommandEvent::OrderPassed { .. }
        | CommandEvent::OrderGarbled { .. }
        | CommandEvent::OrderReceived { .. }
        | CommandEvent::LineCut { .. }
        | CommandEvent::LineMended { .. } => Weight::Routine,
    }
}

/// The sentences of all events of at least a weight, each with its local time.
pub fn chronicle(scenario: &Scenario, events: &[Logged], least: Weight) -> Vec<String> {
    events
        .iter()
        .filter(|l| weight(scenario, &l.event) >= least)
        .map(|l| {
            let time = scenario.calendar().text(l.hour);
            format!("{time}  {}", sentence(scenario, &l.event))
        })
        .collect()
}

/// A turn in a few lines.
#[derive(Clone, Debug, PartialEq)]
pub struct Bulletin {
    /// Which turn.
    pub turn: TurnNo,
    /// Date, hour and light: `8 Dec 01:00, night`.
    pub when: String,
    /// Places taken, with who took them.
    pub captured: Vec<String>,
    /// Places newly contested.
    pub contested: Vec<String>,
    /// Lines reached.
    pub lines: Vec<String>,
    /// Breaches and footholds made, and lost.
    pub wall: Vec<String>,
    /// Events of the scenario, each with why it happened; what was told, asked and decided.
    pub happenings: Vec<String>,
    /// The heaviest fights: where, and killed and wounded by [`Side::index`].
    pub fights: Vec<(String, [u32; 2])>,
    /// Killed and wounded in this turn, by [`Side::index`].
    pub casualties: [u32; 2],
}

/// Fights named in a bulletin.
const FIGHTS: usize = 3;

/// Killed and wounded, both sides together, below which a fight is not named.
const FIGHT: u32 = 20;

/// The bulletin of a turn, from its events and milestones (or from all: others are passed over).
pub fn bulletin(
    scenario: &Scenario,
    turn: TurnNo,
    events: &[Logged],
    milestones: &[Milestone],
) -> Bulletin {
    let mut fights: BTreeMap<String, [u32; 2]> = BTreeMap::new();
    let mut casualties = [0; 2];
    let mut fog = false;
    for logged in events.iter().filter(|l| l.hour.turn() == turn) {
        let mut lost = |hex, side: Side, men: u32| {
            fights.entry(about(scenario, hex)).or_default()[side.index()] += men;
        };
        match &logged.event {
            Event::TurnBegan { fog: foggy, .. } => fog = *foggy,
            Event::Fought {
                at,
                attacker,
                attacker_losses,
                defender_losses,
                ..
            } => {
                lost(*at, *attacker, *attacker_losses);
                lost(*at, attacker.enemy(), *defender_losses);
            }
            Event::Shelled {
                at,
                side,
                casualties,
                ..
            } => lost(*at, *side, *casualties),
            Event::Men {
                unit,
                from,
                to,
                men,
                ..
            } if is_casualty(*from, *to) => {
                casualties[scenario.unit(*unit).side.index()] += men;
            }
            _ => {}
        }
    }
    let wall = events
        .iter()
        .filter(|l| l.hour.turn() == turn)
        .filter(|l| {
            matches!(
                l.event,
                Event::Breached { steps: 1, .. }
                    | Event::Lodged { .. }
                    | Event::LodgementEnded { .. }
            )
        })
        .map(|l| {
            sentence(scenario, &l.event)
                .trim_end_matches('.')
                .to_owned()
        })
        .collect();
    let mut fights: Vec<(String, [u32; 2])> = fights
        .into_iter()
        .filter(|(_, lost)| lost[0] + lost[1] >= FIGHT)
        .collect();
    fights.sort_by_key(|(_, lost)| std::cmp::Reverse(lost[0] + lost[1]));
    fights.truncate(FIGHTS);

    let news = |wanted: &dyn Fn(&Milestone) -> bool| -> Vec<&Milestone> {
        milestones
            .iter()
            .filter(|m| m.turn() == turn && wanted(m))
            .collect()
    };
    let with_side = |m: &Milestone| format!("{} ({})", m.place.name(scenario), m.by.adjective());
    Bulletin {
        turn,
        when: format!(
            "{}, {}",
            scenario.calendar().text(turn.first_hour()),
            light(scenario, turn, fog)
        ),
        captured: news(&|m| m.kind == MilestoneKind::Captured)
            .into_iter()
            .map(with_side)
            .collect(),
        contested: news(&|m| m.kind == MilestoneKind::Contested)
            .into_iter()
            .map(|m| m.place.name(scenario).to_owned())
            .collect(),
        lines: news(&|m| m.kind == MilestoneKind::Contact && matches!(m.place, Where::Line(_)))
            .into_iter()
            .map(with_side)
            .collect(),
        wall,
        happenings: happenings(scenario, turn, events),
        fights,
        casualties,
    }
}

/// What the scenario's events brought in a turn.
fn happenings(scenario: &Scenario, turn: TurnNo, events: &[Logged]) -> Vec<String> {
    let told = |event: &Event| match event {
        Event::Happened { event: id, found } => {
            let why = reasons(scenario, *id, found).join("; ");
            Some(format!("{} [{why}]", sentence(scenario, event)))
        }
        Event::Acted { act, .. } => match **act {
            Action::Message { .. } | Action::Narration(_) | Action::HistoricalNote { .. } => {
                Some(sentence(scenario, event))
            }
            _ => None,
        },
        Event::Asked { .. } | Event::Decided { .. } => Some(sentence(scenario, event)),
        _ => None,
    };
    events
        .iter()
        .filter(|l| l.hour.turn() == turn)
        .filter_map(|l| {
            Some(format!(
                "{}  {}",
                scenario.calendar().text(l.hour),
                told(&l.event)?
            ))
        })
        .collect()
}

/// The place a fight is about: the hex's own, or one near it.
fn about(scenario: &Scenario, hex: Hex) -> String {
    let map = scenario.map();
    let label = format!(" ({})", map.grid.label(hex));
    let text = place::called(map, hex);
    text.strip_suffix(&label).unwrap_or(&text).to_owned()
}

/// Light in the first and the last hour of a turn, in words.
fn light(scenario: &Scenario, turn: TurnNo, fog: bool) -> String {
    let word = |hours_on: u32| {
        let hour = Hours(turn.first_hour().0 + hours_on);
        let sky = clock::sky(scenario, hour, fog);
        match (sky.night, sky.light < 1.0) {
            (true, _) => "night",
            (false, true) => "half-light",
            (false, false) => "daylight",
        }
    };
    let (first, last) = (word(0), word(3));
    let mut text = if first == last {
        first.to_owned()
    } else {
        format!("{first} to {last}")
    };
    if (0..4).any(|h| {
        let hour = Hours(turn.first_hour().0 + h);
        clock::sky(scenario, hour, fog).fog
    }) {
        text.push_str(", fog");
    }
    text
}

impl Bulletin {
    /// As text: one line, and one more for each kind of news there is. `so_far` are the killed and
    /// wounded since the battle began, by [`Side::index`].
    pub fn text(&self, so_far: [u32; 2]) -> String {
        let mut text = format!("Turn {:<3} {:<40}", self.turn.0, self.when);
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "killed and wounded so far: {} Chinese, {} Japanese",
            grouped(so_far[Side::China.index()]),
            grouped(so_far[Side::Japan.index()])
        );
        let fights: Vec<String> = self
            .fights
            .iter()
            .map(|(at, lost)| {
                let [china, japan] = lost.map(grouped);
                format!("{at} ({china} Chinese, {japan} Japanese)")
            })
            .collect();
        for (what, list) in [
            ("reached", &self.lines),
            ("taken", &self.captured),
            ("contested", &self.contested),
            ("at the wall", &self.wall),
            ("fighting", &fights),
        ] {
            if !list.is_empty() {
                let _ = writeln!(text, "         {what}: {}", list.join(", "));
            }
        }
        for told in &self.happenings {
            let _ = writeln!(text, "         {told}");
        }
        text
    }
}
