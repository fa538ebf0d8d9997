//! The battle in hand: the only part of the window that gives orders and ends turns. While a turn is
//! being resolved the battle is away on a task pool and the window draws the last picture.

use super::{picture::Picture, playback::observed_by};
use crate::{
    battle::{Battle, Event, Logged, Order, OrderId, Preview, Randomness, Refusal, order},
    commander::{Commander, Level, for_side},
    record::{Record, Recorder},
    report,
    scenario::{Hex, Scenario, Side, UnitId, calendar::HOURS_PER_TURN},
};
use bevy::{
    prelude::Resource,
    tasks::{AsyncComputeTaskPool, Task, block_on, futures_lite::future},
};
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

/// Who sits at the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// One side, against the computer.
    Side(Side),
    /// Both sides, seeing and commanding both.
    Both,
    /// Nobody: computer against computer, both sides shown.
    Watch,
}

impl Seat {
    /// Is this side shown exactly?
    pub fn sees(self, side: Side) -> bool {
        match self {
            Seat::Side(own) => own == side,
            Seat::Both | Seat::Watch => true,
        }
    }

    /// Does the person command this side?
    pub fn commands(self, side: Side) -> bool {
        match self {
            Seat::Side(own) => own == side,
            Seat::Both => true,
            Seat::Watch => false,
        }
    }
}

/// What goes away to be worked on.
struct Desk {
    battle: Battle,
    recorder: Recorder,
    staff: [Box<dyn Commander + Send + Sync>; 2],
}

/// A turn being resolved.
struct Away {
    task: Task<Returned>,
    cancel: Arc<AtomicBool>,
}

struct Returned {
    desk: Desk,
    resolved: bool,
}

/// The battle in hand.
#[derive(Resource)]
pub struct Session {
    scenario: Arc<Scenario>,
    seat: Seat,
    /// What is shown. While a turn is played back it is still the picture before it.
    pub picture: Picture,
    /// What was shown before the last turn: playback starts from it.
    pub before: Picture,
    /// What will be shown once the turn has been played back.
    after: Option<Picture>,
    /// Events of the last turn.
    pub turn_events: Vec<Logged>,
    /// All events so far.
    pub events: Vec<Logged>,
    ledger: Ledger,
    desk: Option<Desk>,
    away: Option<Away>,
    undo: Vec<Vec<(Side, Order)>>,
    redo: Vec<Vec<(Side, Order)>>,
}

impl Session {
    /// A new battle.
    pub fn begin(scenario: Arc<Scenario>, seat: Seat, seed: u64) -> Self {
        let battle = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
        let mut notes = notes(seat);
        notes.extend(report::switches(battle.scenario()));
        let recorder = Recorder::new(&battle, notes);
        Self::with(battle, recorder, seat)
    }

    /// A saved battle, played again up to where it was saved.
    pub fn resume(battle: Battle, recorder: Recorder, seat: Seat) -> Self {
        Self::with(battle, recorder, seat)
    }

    fn with(battle: Battle, recorder: Recorder, seat: Seat) -> Self {
        let mut ledger = Ledger::new(&battle, seat);
        ledger.read(battle.scenario(), seat, battle.events());
        let picture = Picture::of(&battle, seat, ledger.control(&battle, seat));
        let staff = Side::ALL.map(|side| for_side(battle.scenario(), side, Level::default()));
        Self {
            scenario: Arc::clone(battle.scenario()),
            seat,
            before: picture.clone(),
            picture,
            after: None,
            turn_events: Vec::new(),
            events: battle.events().to_vec(),
            ledger,
            desk: Some(Desk {
                battle,
                recorder,
                staff,
            }),
            away: None,
            undo: Vec::new(),
            redo: Vec::new(),
        }
    }

    /// The scenario.
    pub fn scenario(&self) -> &Arc<Scenario> {
        &self.scenario
    }

    /// Who sits here.
    pub fn seat(&self) -> Seat {
        self.seat
    }

    /// The battle, unless it is away being resolved.
    pub fn battle(&self) -> Option<&Battle> {
        self.desk.as_ref().map(|d| &d.battle)
    }

    /// The record so far, unless the battle is away.
    pub fn record(&self) -> Option<&Record> {
        self.desk.as_ref().map(|d| d.recorder.record())
    }

    /// Is a turn being resolved?
    pub fn busy(&self) -> bool {
        self.away.is_some()
    }

    /// Has a turn been resolved whose end is not shown yet?
    pub fn unseen(&self) -> bool {
        self.after.is_some()
    }

    /// The picture after the turn that is being played back; else the one shown.
    pub fn outcome(&self) -> &Picture {
        self.after.as_ref().unwrap_or(&self.picture)
    }

    /// The turn has been played back: its end is shown from now on.
    pub fn reveal(&mut self) {
        if let Some(after) = self.after.take() {
            self.picture = after;
        }
    }

    /// May this order be given? The reason if not: the same check that refuses it.
    ///
    /// # Errors
    /// Why not.
    pub fn check(&self, side: Side, wanted: &Order) -> Result<(), Refusal> {
        match self.battle() {
            Some(battle) if self.seat.commands(side) && !self.unseen() => {
                order::check(&battle.view(side), wanted)
            }
            _ => Err(Refusal::NotYours),
        }
    }

    /// Gives an order.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn order(&mut self, side: Side, wanted: Order) -> Result<OrderId, Refusal> {
        self.check(side, &wanted)?;
        let now = self.book();
        let desk = self.desk.as_mut().ok_or(Refusal::NotYours)?;
        let id = desk.battle.order(side, wanted)?;
        self.undo.push(now);
        self.redo.clear();
        self.refresh();
        Ok(id)
    }

    /// Takes an order back.
    pub fn retract(&mut self, id: OrderId) {
        if self.unseen() {
            return;
        }
        let now = self.book();
        let Some(desk) = self.desk.as_mut() else {
            return;
        };
        let struck = Side::ALL
            .into_iter()
            .filter(|s| self.seat.commands(*s))
            .any(|side| desk.battle.retract(side, id));
        if struck {
            self.undo.push(now);
            self.redo.clear();
            self.refresh();
        }
    }

    /// Back to the order list before the last change. False if there is none.
    pub fn undo(&mut self) -> bool {
        let Some(then) = self.undo.pop() else {
            return false;
        };
        let now = self.book();
        self.redo.push(now);
        self.set_book(&then);
        true
    }

    /// Forward again. False if there is nothing.
    pub fn redo(&mut self) -> bool {
        let Some(then) = self.redo.pop() else {
            return false;
        };
        let now = self.book();
        self.undo.push(now);
        self.set_book(&then);
        true
    }

    /// Lets the computer's staff order all units and formations of one's own side that have no
    /// order for the turn yet. Returns how many orders it gave.
    pub fn delegate(&mut self) -> usize {
        if self.unseen() {
            return 0;
        }
        let now = self.book();
        let seat = self.seat;
        let Some(desk) = self.desk.as_mut() else {
            return 0;
        };
        let mut given = 0;
        for side in Side::ALL.into_iter().filter(|s| seat.commands(*s)) {
            let proposals = desk.staff[side.index()].orders(&desk.battle.view(side));
            let taken: Vec<Order> = desk
                .battle
                .standing(side)
                .into_iter()
                .map(|(_, o)| o)
                .collect();
            let free: Vec<Order> = proposals
                .into_iter()
                // What everyone is to do, and what is decided, the commander says and not his staff.
                .filter(|p| !matches!(p, Order::Directive { .. } | Order::Decide { .. }))
                .filter(|p| !taken.iter().any(|t| t.same_addressee(p)))
                .collect();
            given += free.len() - desk.battle.orders(side, &free).len();
        }
        if given > 0 {
            self.undo.push(now);
            self.redo.clear();
            self.refresh();
        }
        given
    }

    /// Ends the turn: the computer's sides plan, the turn is resolved, all on a task pool.
    pub fn end_turn(&mut self) {
        self.reveal();
        let Some(mut desk) = self.desk.take() else {
            return;
        };
        if desk.battle.end().is_some() {
            self.desk = Some(desk);
            return;
        }
        self.undo.clear();
        self.redo.clear();
        let seat = self.seat;
        let cancel = Arc::new(AtomicBool::new(false));
        let stop = Arc::clone(&cancel);
        let task = AsyncComputeTaskPool::get().spawn(async move {
            let mut resolved = false;
            let computers: Vec<Side> = Side::ALL
                .into_iter()
                .filter(|s| !seat.commands(*s))
                .collect();
            for side in &computers {
                let orders = desk.staff[side.index()].orders(&desk.battle.view(*side));
                desk.battle.orders(*side, &orders);
            }
            if stop.load(Ordering::Relaxed) {
                for side in computers {
                    for (id, _) in desk.battle.standing(side) {
                        desk.battle.retract(side, id);
                    }
                }
            } else {
                desk.recorder.end_turn(&mut desk.battle);
                resolved = true;
            }
            Returned { desk, resolved }
        });
        self.away = Some(Away { task, cancel });
    }

    /// Asks the computation under way to stop; the turn is then as it was before.
    pub fn cancel(&self) {
        if let Some(away) = &self.away {
            away.cancel.store(true, Ordering::Relaxed);
        }
    }

    /// Takes the battle back when it is done. True when a turn has been resolved.
    pub fn poll(&mut self) -> bool {
        let Some(away) = self.away.as_mut() else {
            return false;
        };
        let Some(returned) = block_on(future::poll_once(&mut away.task)) else {
            return false;
        };
        self.away = None;
        // As events have changed it.
        self.scenario = Arc::clone(returned.desk.battle.scenario());
        let from = self.events.len();
        self.events.extend_from_slice(
            returned
                .desk
                .battle
                .events()
                .get(from..)
                .unwrap_or_default(),
        );
        self.turn_events = self.events[from..].to_vec();
        self.ledger
            .read(&self.scenario, self.seat, &self.turn_events);
        self.desk = Some(returned.desk);
        if returned.resolved {
            self.before = self.picture.clone();
            self.after = self.drawn();
        } else {
            self.refresh();
        }
        returned.resolved
    }

    /// Forecast of an assault by these units on a hex.
    pub fn preview(&self, attackers: &[UnitId], target: Hex, runs: u32) -> Option<Preview> {
        let side = self.scenario.unit(*attackers.first()?).side;
        let battle = self.battle()?;
        battle.view(side).preview(attackers, target, runs)
    }

    fn book(&self) -> Vec<(Side, Order)> {
        self.picture
            .orders
            .iter()
            .map(|(_, side, order)| (*side, *order))
            .collect()
    }

    fn set_book(&mut self, orders: &[(Side, Order)]) {
        if let Some(desk) = self.desk.as_mut() {
            for side in Side::ALL.into_iter().filter(|s| self.seat.commands(*s)) {
                for (id, _) in desk.battle.standing(side) {
                    desk.battle.retract(side, id);
                }
                let own: Vec<Order> = orders
                    .iter()
                    .filter(|(s, _)| *s == side)
                    .map(|(_, o)| *o)
                    .collect();
                desk.battle.orders(side, &own);
            }
        }
        self.refresh();
    }

    /// What the battle looks like from the seat, unless it is away.
    fn drawn(&self) -> Option<Picture> {
        let battle = &self.desk.as_ref()?.battle;
        let control = self.ledger.control(battle, self.seat);
        Some(Picture::of(battle, self.seat, control))
    }

    fn refresh(&mut self) {
        if let Some(picture) = self.drawn() {
            self.picture = picture;
        }
    }
}

/// Who holds each hex as far as a seat knows: as at the start, and then by what it observed.
struct Ledger {
    known: Vec<Option<Side>>,
}

impl Ledger {
    /// Where both sides stood at the start is known to both.
    fn new(battle: &Battle, seat: Seat) -> Self {
        let known = match seat {
            Seat::Side(_) => {
                let start = Battle::new(
                    Arc::clone(battle.scenario()),
                    battle.seed(),
                    battle.randomness(),
                );
                start.control().to_vec()
            }
            Seat::Both | Seat::Watch => Vec::new(),
        };
        Self { known }
    }

    fn read(&mut self, scenario: &Scenario, seat: Seat, events: &[Logged]) {
        for logged in events {
            if let Event::HexTaken { hex, by, .. } = logged.event
                && observed_by(scenario, seat, &logged.event)
                && let Some(holder) = self.known.get_mut(hex.index())
            {
                *holder = Some(by);
            }
        }
    }

    /// Where the other side was seen in the last turn, it holds the ground.
    fn control(&self, battle: &Battle, seat: Seat) -> Vec<Option<Side>> {
        let Seat::Side(own) = seat else {
            return battle.control().to_vec();
        };
        let mut control = self.known.clone();
        let fresh = battle.hour().0.saturating_sub(HOURS_PER_TURN);
        for enemy in battle.view(own).enemies() {
            if enemy.contact.seen.0 >= fresh
                && let Some(holder) = control.get_mut(enemy.contact.hex.index())
            {
                *holder = Some(own.enemy());
            }
        }
        control
    }
}

fn notes(seat: Seat) -> Vec<String> {
    let who = match seat {
        Seat::Side(side) => format!("played as {}", side.key()),
        Seat::Both => "both sides played by hand".to_owned(),
        Seat::Watch => "computer against computer".to_owned(),
    };
    vec![who]
}
