//! What a click or key asks for. Panels return intents; [`super::clockwork`] carries them out.

use super::session::Seat;
use crate::{
    battle::{AirMission, Deed, Directive, FormationMission, OrderId, Task},
    commander::Level,
    scenario::{AirGroupId, FormationId, Hex, Hours, Options, Side, UnitId, events::DecisionId},
};

/// A wish of the person at the window.
#[derive(Clone, Debug, PartialEq)]
pub enum Intent {
    /// Select a unit (and its hex).
    SelectUnit(UnitId),
    /// Select a hex; the top unit of one's own there, if any.
    SelectHex(Hex),
    /// Select a formation: highlights its units.
    SelectFormation(FormationId),
    /// Select an air group.
    SelectAir(AirGroupId),
    /// Select the next air group under one's command.
    NextAir,
    /// Nothing selected.
    Deselect,
    /// Next (true) or previous unit of one's own that has no order yet.
    NextUnit(bool),
    /// Move the camera to a hex.
    LookAt(Hex),
    /// The whole map.
    FitMap,
    /// Zoom by a factor about the middle.
    Zoom(f32),
    /// The task the next right click (or target click) will order for the selected unit.
    Arm(ArmedTask),
    /// Order a unit.
    Order {
        /// Which.
        unit: UnitId,
        /// What.
        task: Task,
        /// Not before this hour.
        start_at: Option<Hours>,
    },
    /// Order a formation.
    Commission {
        /// Which.
        formation: FormationId,
        /// What.
        mission: FormationMission,
        /// Not before this hour.
        start_at: Option<Hours>,
    },
    /// Give a directive.
    Direct {
        /// To whose men.
        side: Side,
        /// To a formation and all under it; none: to all.
        to: Option<FormationId>,
        /// What.
        directive: Directive,
        /// Not before this hour.
        start_at: Option<Hours>,
    },
    /// The raid that the next target click orders for the selected air group; none: none.
    ArmRaid(Option<Raid>),
    /// Order an air group.
    Fly {
        /// Which.
        group: AirGroupId,
        /// What.
        mission: AirMission,
    },
    /// Answer a question that an event has put to a command.
    Decide {
        /// Whose command.
        side: Side,
        /// Which question.
        decision: DecisionId,
        /// Which of its answers.
        option: u16,
    },
    /// Take an order back.
    Retract(OrderId),
    /// Undo the last change of the order list, without limit until the turn is ended.
    Undo,
    /// Redo.
    Redo,
    /// Let the staff (the computer) order all units that are not taken over by hand.
    Delegate(bool),
    /// Take a unit over by hand, or give it back to its formation's staff.
    TakeOver {
        /// Which.
        unit: UnitId,
        /// Taken over, or given back?
        by_hand: bool,
    },
    /// Leave the choice of a formation's mission to the staff.
    FreeMission(FormationId),
    /// Give the units of a formation, and of those under it, back to their staffs.
    FreeUnits(FormationId),
    /// Let the staff order them at the end of every turn, or not.
    StaffAtEnd(bool),
    /// Open the card: forecast of an assault by the selected and adjacent units on a hex.
    OpenCard(Hex),
    /// Open the card of fire on a hex: forecast and who takes part.
    OpenFireCard(Hex),
    /// Open the card of a fight that has been fought, by event number.
    OpenFoughtCard(u32),
    /// Close the topmost card or dialog.
    Close,
    /// End the turn; asks first if formations stand idle, unless told not to.
    EndTurn {
        /// Has the check been seen and passed?
        confirmed: bool,
    },
    /// "Do not ask again" before a turn is ended: ticked or not.
    NeverAsk(bool),
    /// Stop the computation under way.
    Cancel,
    /// Playback: run or pause.
    PlayPause,
    /// Playback: speed factor.
    Speed(f32),
    /// Playback: to the end at once.
    Skip,
    /// Save now.
    Save,
    /// Load a saved game by name.
    Load(String),
    /// Delete a saved game by name; asked for twice before.
    DeleteSave(String),
    /// Delete nothing, go back to the start screen (the battle is autosaved).
    ToMenu,
    /// Begin a battle.
    Begin(BeginBattle),
    /// To the result screen.
    ToResult,
    /// Toggle a layer of the map.
    Toggle(Layer),
    /// Open or shut a side panel.
    Panel(SidePanel),
    /// That nothing inside a lost city is simulated has been read.
    SilenceRead,
    /// The epilogue has been opened and read.
    EpilogueRead,
    /// Leave the program.
    Quit,
}

/// A battle to begin.
#[derive(Clone, Debug, PartialEq)]
pub struct BeginBattle {
    /// Name of the scenario in its collection.
    pub scenario: String,
    /// Whose seat is taken.
    pub seat: Seat,
    /// Strength estimates, ids (none: the file's), and switches.
    pub options: Options,
    /// Seed.
    pub seed: u64,
    /// Levels of the computer's commanders, Chinese and Japanese.
    pub levels: [Level; 2],
}

/// The task armed for the next target click.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArmedTask {
    /// What fits the target: march to free ground, assault an enemy, bombard with guns.
    Fitting,
    /// March.
    March,
    /// Forced march.
    ForcedMarch,
    /// Assault.
    Assault,
    /// Withdraw.
    Withdraw,
    /// Across the river with the boats there.
    Embark,
    /// Bombard.
    Bombard,
    /// Support.
    Support,
    /// Strike back at whoever comes there.
    Counterattack,
    /// Take up mines.
    ClearMines,
    /// A deed at the wall.
    Wall(Deed),
}

/// What an air group does at a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Raid {
    /// Bombs what stands there.
    Bomb,
    /// Attacks what moves on the roads about it.
    Roads,
}

impl Raid {
    /// The mission with its target.
    pub fn on(self, target: Hex) -> AirMission {
        match self {
            Raid::Bomb => AirMission::Bomb { target },
            Raid::Roads => AirMission::Interdict { target },
        }
    }
}

/// A layer of the map.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Hex grid.
    Grid,
    /// Counters.
    Counters,
    /// Names.
    Names,
    /// Who controls the ground.
    Control,
    /// Works.
    Works,
    /// What is observed.
    Sight,
    /// Headquarters and by what orders go to them.
    Command,
}

/// A panel at the side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum SidePanel {
    /// Order-of-battle tree.
    Tree,
    /// Orders of the turn.
    Orders,
    /// Events.
    Events,
    /// Chronicle: day by day, beside history. Takes the place of the tree.
    Chronicle,
    /// Help: keys and mouse.
    Help,
}
