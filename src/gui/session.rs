//! The battle in hand: the only part of the window that gives orders and ends turns. While a turn is
//! being resolved the battle is away on a task pool and the window draws the last picture.

mod hands;
mod ledger;
mod staff;

pub use hands::Hands;

use super::picture::{Known, Picture};
use crate::{
    battle::{Battle, Logged, Order, OrderId, Preview, Randomness, Refusal, order},
    commander::{Commander, General, Level, for_side},
    record::{Record, Recorder},
    report,
    scenario::{Hex, Scenario, Side, UnitId},
};
use bevy::{
    prelude::Resource,
    tasks::{AsyncComputeTaskPool, Task, block_on, futures_lite::future},
};
use ledger::Ledger;
use staff::Page;
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
    /// The staffs at the person's side.
    staff: [General; 2],
    /// Who commands where no person does.
    computers: [Box<dyn Commander + Send + Sync>; 2],
}

/// A turn being resolved.
struct Away {
    task: Task<Returned>,
    cancel: Arc<AtomicBool>,
}

struct Returned {
    desk: Desk,
    resolved: bool,
    /// Why the computer's sides ordered what they did, where the seat may know.
    pages: Vec<(Side, Page)>,
}

/// What can be undone: the order list, and who is in one's own hands.
#[derive(Clone)]
struct Book {
    orders: Vec<(Side, Order)>,
    hands: Hands,
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
    undo: Vec<Book>,
    redo: Vec<Book>,
    levels: [Level; 2],
    hands: Hands,
    /// As they were when the turn began, or the battle was taken up.
    began_with: Hands,
    /// What the staffs last gave as reasons.
    pages: [Page; 2],
}

impl Session {
    /// A new battle, against a computer of the usual level.
    pub fn begin(scenario: Arc<Scenario>, seat: Seat, seed: u64) -> Self {
        Self::begin_at(scenario, seat, seed, [Level::default(); 2])
    }

    /// A new battle. `levels` are those of the computer's commanders; a person's own staff is of the
    /// usual level.
    pub fn begin_at(scenario: Arc<Scenario>, seat: Seat, seed: u64, levels: [Level; 2]) -> Self {
        let battle = Battle::new(Arc::clone(&scenario), seed, Randomness::Sampled);
        let levels = against(seat, levels);
        let mut notes = notes(seat);
        notes.extend(report::commanded(levels));
        notes.extend(report::switches(battle.scenario()));
        let recorder = Recorder::new(&battle, notes);
        Self::with(battle, recorder, seat, levels, Hands::default())
    }

    /// A saved battle, played again up to where it was saved.
    pub fn resume(
        battle: Battle,
        recorder: Recorder,
        seat: Seat,
        levels: [Level; 2],
        hands: Hands,
    ) -> Self {
        Self::with(battle, recorder, seat, against(seat, levels), hands)
    }

    fn with(
        battle: Battle,
        recorder: Recorder,
        seat: Seat,
        levels: [Level; 2],
        hands: Hands,
    ) -> Self {
        let mut ledger = Ledger::new(&battle, seat);
        ledger.read(battle.scenario(), seat, battle.events());
        let mut picture = Picture::of(&battle, seat, ledger.control(&battle, seat));
        mark(&mut picture, &hands);
        let computers = Side::ALL.map(|side| {
            let mut computer = for_side(battle.scenario(), side, levels[side.index()]);
            // Of an enemy's reasons nothing is kept that could be shown.
            computer.explain(seat.sees(side));
            computer
        });
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
                staff: Side::ALL.map(|side| {
                    let mut general = General::default();
                    general.explain(seat.sees(side));
                    general
                }),
                computers,
            }),
            away: None,
            undo: Vec::new(),
            redo: Vec::new(),
            levels,
            began_with: hands.clone(),
            hands,
            pages: Default::default(),
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

    /// Levels of the computer's commanders, by [`Side::index`].
    pub fn levels(&self) -> [Level; 2] {
        self.levels
    }

    /// What the person has taken out of the staffs' hands.
    pub fn hands(&self) -> &Hands {
        &self.hands
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

    /// Gives an order by hand: whom it is for is then no longer in its staff's hands.
    ///
    /// # Errors
    /// Why it is refused.
    pub fn order(&mut self, side: Side, wanted: Order) -> Result<OrderId, Refusal> {
        self.check(side, &wanted)?;
        let now = self.book();
        let desk = self.desk.as_mut().ok_or(Refusal::NotYours)?;
        let id = desk.battle.order(side, wanted)?;
        self.hands.take(&wanted);
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
            // Whom only this order had taken from the staff goes back to it.
            let taken = self.picture.orders.iter().find(|(i, ..)| *i == id);
            if let Some((_, _, order)) = taken {
                self.hands.let_go(order, &self.began_with);
            }
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
            let mut pages = Vec::new();
            for side in &computers {
                let computer = &mut desk.computers[side.index()];
                let orders = computer.orders(&desk.battle.view(*side));
                if seat.sees(*side) {
                    pages.push((*side, Page::of(&desk.battle, computer.reasons())));
                }
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
            Returned {
                desk,
                resolved,
                pages,
            }
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
            self.began_with = self.hands.clone();
            for (side, page) in returned.pages {
                self.pages[side.index()] = page;
            }
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

    fn book(&self) -> Book {
        Book {
            orders: self
                .picture
                .orders
                .iter()
                .map(|(_, side, order)| (*side, *order))
                .collect(),
            hands: self.hands.clone(),
        }
    }

    fn set_book(&mut self, book: &Book) {
        self.hands = book.hands.clone();
        if let Some(desk) = self.desk.as_mut() {
            for side in Side::ALL.into_iter().filter(|s| self.seat.commands(*s)) {
                for (id, _) in desk.battle.standing(side) {
                    desk.battle.retract(side, id);
                }
                let own: Vec<Order> = book
                    .orders
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
        let mut picture = Picture::of(battle, self.seat, control);
        mark(&mut picture, &self.hands);
        Some(picture)
    }

    fn refresh(&mut self) {
        if let Some(picture) = self.drawn() {
            self.picture = picture;
        }
    }
}

/// Levels as they count: a side that a person commands has a staff of the usual level.
fn against(seat: Seat, levels: [Level; 2]) -> [Level; 2] {
    Side::ALL.map(|side| match seat.commands(side) {
        true => Level::default(),
        false => levels[side.index()],
    })
}

/// Marks the units that are in the person's own hands.
fn mark(picture: &mut Picture, hands: &Hands) {
    for counter in &mut picture.counters {
        if let Known::Exactly(details) = &mut counter.known {
            details.by_hand = hands.has_unit(counter.id);
        }
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
