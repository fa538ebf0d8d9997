//! Actions: what an event does. None of them sets strength, cohesion, control, breaches or losses.

use super::names::Names;
use crate::scenario::{
    file::{Confidence, Doctrine},
    forces::PlanTask,
    side::Side,
};
use serde::{Deserialize, Serialize};

/// An action.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "", deny_unknown_fields)]
pub enum Action<N: Names> {
    /// Habits of a command change, from now on.
    Doctrine {
        /// Whose.
        of: Command<N>,
        /// What changes; what is not named stays.
        set: DoctrineChange,
    },
    /// A formation and all under it get a new mission, in place of the plan they had.
    Mission {
        /// Which.
        formation: N::Formation,
        /// What to do.
        task: PlanTask,
        /// Where.
        place: N::Place,
    },
    /// A unit gets an order for the next turn.
    Order {
        /// Which.
        unit: N::Unit,
        /// What.
        task: UnitTask<N>,
    },
    /// A place becomes worth more or less to a side's command.
    Objective {
        /// Which; it must be an objective.
        place: N::Place,
        /// Whose command.
        side: Side,
        /// Its worth, relative.
        worth: f64,
    },
    /// A unit that has not come yet comes at another time, or never.
    Arrival {
        /// Which.
        unit: N::Unit,
        /// When.
        when: Arriving<N>,
    },
    /// A unit is called away: it makes for an exit of the map and takes no other orders.
    Departure {
        /// Which.
        unit: N::Unit,
        /// The exit nearest to this place.
        towards: N::Place,
    },
    /// A directive goes out to the headquarters of a side, or of a formation and all under it.
    Directive {
        /// To whom.
        to: Command<N>,
        /// What it asks for.
        kind: Intent,
        /// Where to, for those that send troops somewhere; each by its own way out if none.
        #[serde(default)]
        towards: Option<N::Place>,
        /// In force so many hours after it is given, or on arrival if that is later.
        #[serde(default)]
        notice: u32,
        /// Who gives it.
        #[serde(default)]
        by: Voice,
    },
    /// A side's computer command judges itself when the city is to be given up, or leaves that to
    /// events.
    StaffBreakout {
        /// Whose.
        side: Side,
        /// Judges itself?
        on: bool,
    },
    /// A headquarters leaves the battle.
    HeadquartersLeaves(N::Formation),
    /// A headquarters goes to a place, with the unit it is with.
    HeadquartersMoves {
        /// Whose.
        formation: N::Formation,
        /// Where to.
        to: N::Place,
    },
    /// The wire between a headquarters and the one above it is cut or mended.
    Wire {
        /// Whose.
        formation: N::Formation,
        /// Mended?
        whole: bool,
    },
    /// A headquarters has a radio, or has none.
    Radio {
        /// Whose.
        formation: N::Formation,
        /// Has it one?
        on: bool,
    },
    /// News spreads among a side that all is lost.
    News {
        /// Among whom.
        side: Side,
        /// From where.
        from: N::Place,
    },
    /// Barrier troops let everyone pass, or stop them again.
    Barrier {
        /// The troops.
        unit: N::Unit,
        /// Do they stop them?
        on: bool,
    },
    /// A formation has another commander.
    Leader {
        /// Which.
        formation: N::Formation,
        /// Who, with his post.
        name: String,
    },
    /// A side's guns and aircraft are kept from the map's no-fire zones, or no more.
    NoFireZones {
        /// Whose.
        side: Side,
        /// Kept?
        kept: bool,
    },
    /// A gate is shut with sandbags and concrete.
    Barricade(N::Gate),
    /// A gate's barricade is cleared away.
    OpenGate(N::Gate),
    /// Boats come to a place where boats put off, or go from it.
    Boats {
        /// Where.
        at: N::Crossing,
        /// Of which kind.
        kind: N::Boat,
        /// Whose: of a formation that keeps them for itself, or of whoever comes.
        #[serde(default)]
        owner: Option<N::Formation>,
        /// How many more; below zero, how many fewer.
        more: i32,
    },
    /// No boat of a side puts off any more, wherever it lies; or they do again.
    Crossings {
        /// Whose.
        side: Side,
        /// Do they put off?
        open: bool,
    },
    /// A side begins to lay waste the ground its scenario names, or stops.
    ScorchedEarth {
        /// Whose.
        side: Side,
        /// Begins?
        on: bool,
    },
    /// Mines are laid in the hexes of a place.
    Mines {
        /// Where.
        place: N::Place,
        /// Whose.
        of: Side,
    },
    /// Lanes through a side's minefields are marked: its own men pass them even in flight by night.
    Lanes {
        /// Whose.
        of: Side,
        /// Minefields about this place ...
        near: N::Place,
        /// ... within this distance, km.
        km: f64,
    },
    /// A place catches fire, where its ground burns.
    Fire(N::Place),
    /// An air group flies so many sorties on a clear day from now on; none keeps it on the ground.
    AirGroup {
        /// Which.
        group: N::AirGroup,
        /// Sorties.
        sorties_per_day: f64,
    },
    /// A number of the rules changes, from now on.
    Rate {
        /// Which: one of a list.
        rule: N::Rate,
        /// To what.
        value: f64,
    },
    /// A flag is set.
    SetFlag(N::Flag),
    /// A flag is taken down.
    ClearFlag(N::Flag),
    /// A side's command learns something.
    Message {
        /// Who.
        to: Side,
        /// What.
        text: String,
    },
    /// Something is told to everybody.
    Narration(String),
    /// A remark on history.
    HistoricalNote {
        /// What.
        text: String,
        /// Where it comes from.
        source: String,
        /// How sure we are.
        confidence: Confidence,
    },
    /// A command is asked to decide.
    Decision(N::Asked),
    /// The battle ends at once.
    EndBattle {
        /// In a sentence.
        text: String,
    },
}

/// Whose doctrine.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Command<N: Names> {
    /// A side's, with all its formations.
    Side(Side),
    /// A formation's, with all under it.
    Formation(N::Formation),
}

/// Which habits change; see [`Doctrine`].
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[allow(missing_docs)]
pub struct DoctrineChange {
    pub aggression: Option<f64>,
    pub hold_to_death: Option<f64>,
    pub counterattack: Option<f64>,
    pub reserve: Option<f64>,
    pub night_attack: Option<f64>,
    pub loss_tolerance: Option<f64>,
    pub phase_line_disobey: Option<f64>,
    pub rivalry: Option<f64>,
}

/// What a unit is told to do.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum UnitTask<N: Names> {
    /// Stay and defend.
    Hold,
    /// Stay and recover.
    Rest,
    /// March there.
    March(N::Place),
    /// Attack it.
    Assault(N::Place),
    /// Break off and go there.
    Withdraw(N::Place),
    /// Guns: shell it.
    Bombard(N::Place),
    /// Guns: support the fight for it.
    Support(N::Place),
}

/// What a directive asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// Not one step back.
    HoldToTheDeath,
    /// Hold while that costs little.
    Delay,
    /// Units may fall back without being told.
    MayWithdraw,
    /// Fall back in order.
    Withdraw,
    /// Break out, each formation by its own way.
    BreakOut,
}

/// Who gives a directive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Voice {
    /// The side's command.
    #[default]
    Command,
    /// Its superior, outside the battle.
    Above,
}

/// When a unit comes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum Arriving<N: Names> {
    /// With the next turn.
    Now,
    /// At this time, or with the next turn if it has passed.
    At(N::Time),
    /// Not in this battle.
    Never,
}

impl DoctrineChange {
    /// The shares it sets, with their names.
    pub fn shares(&self) -> [(&'static str, Option<f64>); 8] {
        [
            ("aggression", self.aggression),
            ("hold_to_death", self.hold_to_death),
            ("counterattack", self.counterattack),
            ("reserve", self.reserve),
            ("night_attack", self.night_attack),
            ("loss_tolerance", self.loss_tolerance),
            ("phase_line_disobey", self.phase_line_disobey),
            ("rivalry", self.rivalry),
        ]
    }

    /// Changes a doctrine.
    pub fn apply(&self, doctrine: &mut Doctrine) {
        for (now, set) in [
            (&mut doctrine.aggression, self.aggression),
            (&mut doctrine.hold_to_death, self.hold_to_death),
            (&mut doctrine.counterattack, self.counterattack),
            (&mut doctrine.reserve, self.reserve),
            (&mut doctrine.night_attack, self.night_attack),
            (&mut doctrine.loss_tolerance, self.loss_tolerance),
            (&mut doctrine.phase_line_disobey, self.phase_line_disobey),
            (&mut doctrine.rivalry, self.rivalry),
        ] {
            *now = set.unwrap_or(*now);
        }
    }
}

impl<N: Names> UnitTask<N> {
    /// The place it is about.
    pub fn place(&self) -> Option<&N::Place> {
        match self {
            UnitTask::Hold | UnitTask::Rest => None,
            UnitTask::March(p)
            | UnitTask::Assault(p)
            | UnitTask::Withdraw(p)
            | UnitTask::Bombard(p)
            | UnitTask::Support(p) => Some(p),
        }
    }
}
