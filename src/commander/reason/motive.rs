//! The motives from which a commander decides, each with the figures that decided it.

use crate::scenario::{Hex, Hours, SideId, UnitId};

/// What wears a unit down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wear {
    /// Its cohesion is low.
    Cohesion,
    /// Its men are tired.
    Fatigue,
    /// Its ammunition runs out.
    Ammunition,
    /// Nobody is in its ranks.
    Empty,
}

/// What an assault that waits is short of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Better odds.
    Odds,
    /// Engineers: those on their way, if any, with the hour at which they may be there.
    Engineers(Option<(UnitId, Option<Hours>)>),
    /// A way through the wall or over it.
    Way,
}

/// Why something was decided.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Motive {
    // Formations
    /// The scenario's plan gives it this from that hour on.
    Plan {
        /// From when.
        from: Hours,
    },
    /// The step before it is done: it goes on before its hour.
    Ahead {
        /// The hour the plan gives.
        from: Hours,
    },
    /// A step that is due soon is ordered in good time.
    InTime {
        /// The hour the plan gives.
        from: Hours,
    },
    /// What the plan asked for is done; the objective most worth its distance is next.
    Further,
    /// The place it was to hold is lost and out of reach: to the next that is not.
    PlaceLost {
        /// The place that is lost.
        lost: Hex,
    },
    /// It has no plan: the objective most worth its distance.
    MostWorth,
    /// The main effort of the course of action chosen.
    MainEffort,
    /// It stays at hand: its time has not come, or nothing worth the way is in reach.
    AtHand,
    /// A directive moves it.
    Directed,

    // Infantry
    /// The forecast of a joint attack.
    Forecast {
        /// Chance that the enemy gives way within the turn.
        chance: f64,
        /// Least chance at which this command attacks.
        least: f64,
        /// Units that attack together.
        units: u32,
    },
    /// An attack is in reach, and does not promise enough.
    Waits {
        /// The hex it would attack.
        target: Hex,
        /// Chance that the enemy gives way within the turn.
        chance: f64,
        /// Least chance at which this command attacks.
        least: f64,
        /// What it waits for.
        need: Need,
    },
    /// It is worn down and must recover.
    Worn {
        /// By what.
        by: Wear,
        /// How much is left (of fatigue: how much there is), 0 to 1.
        level: f64,
        /// The limit at which it fights again.
        limit: f64,
    },
    /// Men in flight near it would shake it.
    Panic,
    /// It is at the limit of what it can do where it stands: no hex in reach is better.
    Best,
    /// Nobody can go further before those in front do: it recovers meanwhile.
    Queues,
    /// It goes nearer to its objective.
    Nearer {
        /// Way left from where it stands, km.
        from_km: f64,
        /// Way left from where it goes, km.
        to_km: f64,
    },
    /// It moves to a better hex to attack from.
    Closer {
        /// By how much it is better, as km of way.
        gain: f64,
    },
    /// A hex of its objective that nobody has entered yet.
    LooseEnd,
    /// No way leads to its objective.
    NoWay,
    /// The way is blocked.
    Blocked {
        /// For how long.
        hours: u32,
    },
    /// It has men lodged in a wall, and stays with them.
    Lodged,

    // Defence
    /// It goes to its position: the best ground there.
    Position {
        /// How good the ground is: works, cover, height.
        ground: f64,
        /// How far from the place, km.
        away_km: f64,
    },
    /// It holds its position.
    Holds {
        /// How good the ground is: works, cover, height.
        ground: f64,
    },
    /// It has been driven off its position, and digs in.
    DrivenOff,
    /// Nobody stands at the place itself.
    Unmanned,
    /// Too many stand in one hex, and works beside it are unmanned.
    Spread,
    /// The enemy presses there.
    Pressed {
        /// Enemy power that can fight the hex, as fresh men.
        threat: f64,
    },
    /// It is ordered back.
    Back,
    /// It stays out of contact with its headquarters' work.
    Staff,

    // Walls
    /// The moat bars the way.
    Moat,
    /// No way leads through the wall yet.
    Wall {
        /// The hexside.
        side: SideId,
    },
    /// A party may get a foothold.
    Party {
        /// Chance.
        chance: f64,
        /// Least chance at which this command sends one.
        least: f64,
    },
    /// Smoke for a party.
    Smoke {
        /// The party's chance under smoke.
        chance: f64,
    },
    /// No engineers are before the wall.
    Called,
    /// Mines lie there.
    Mined,
    /// A gate of one's own is barricaded.
    Barricaded,
    /// The enemy has a foothold in the wall.
    Foothold,

    // Guns and aircraft
    /// It goes to its station.
    Station,
    /// It supports an assault.
    Supports {
        /// The assault's chance without guns.
        chance: f64,
    },
    /// It supports men who are cut off on a wall.
    SupportsLodged,
    /// It batters a wall.
    Batters {
        /// Damage done so far, 0 to 1 of a breach.
        damage: f64,
    },
    /// It fires at enemies known there.
    Shells {
        /// Men, as estimated.
        men: u32,
        /// Gunners among them.
        gunners: u32,
    },
    /// It saves its shells for assaults.
    Saves {
        /// Rounds left.
        rounds: f64,
        /// Rounds at first.
        stock: f64,
    },
    /// Nothing worth a shell is in reach and seen.
    NoTarget,
    /// The enemy is at the guns.
    AtTheGuns,
    /// It stops a column behind the enemy's front.
    Column {
        /// Men, as estimated.
        men: u32,
    },

    // The side
    /// Played ahead against what is known of the enemy, it leaves the side best off.
    PlayedAhead {
        /// How many turns.
        turns: u32,
        /// How much better than the doctrine it leaves the side, as a share of all that is at stake.
        gain: f64,
    },
    /// Boats, since the city is judged lost.
    Leaves,
    /// Boats, since it has been sent off and its way out ends there.
    SentOff,
    /// So many gates are lost that the city cannot be held.
    Gates {
        /// Gates in enemy hands, or with a foothold of his.
        lost: u32,
    },
    /// Drawn by the weights of its options under the doctrine.
    Weights {
        /// Its weight.
        weight: f64,
        /// That of all.
        sum: f64,
    },
    /// A script of the scenario says so.
    Script,
    /// The person in command gave it.
    Given,
    /// It goes on with what it has until the order of the person in command is there.
    OnItsWay,
}
