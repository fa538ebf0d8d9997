//! Battles as sessions, for tests: the crossroads lesson and the historical battle, loaded, ordered
//! and played.

use crate::{
    battle::{Event, Order, Task},
    gui::session::{Seat, Session},
    scenario::{Hex, Options, Scenario, Side, UnitId},
    shelf::Shelf,
};
use bevy::tasks::{AsyncComputeTaskPool, TaskPool};
use std::{sync::Arc, thread, time::Duration};

/// All seats there are.
pub const SEATS: [Seat; 4] = [
    Seat::Side(Side::China),
    Seat::Side(Side::Japan),
    Seat::Both,
    Seat::Watch,
];

/// The scenario.
pub fn scenario() -> Arc<Scenario> {
    let loaded = Scenario::load(
        &Shelf::embedded(),
        "lessons/crossroads.ron",
        &Options::default(),
    );
    Arc::new(loaded.expect("the lesson is valid"))
}

/// A new battle.
pub fn session(seat: Seat) -> Session {
    AsyncComputeTaskPool::get_or_init(TaskPool::new);
    Session::begin(scenario(), seat, 7)
}

/// The historical battle after some turns ordered by the staffs of both sides.
pub fn campaign(turns: u32) -> Session {
    AsyncComputeTaskPool::get_or_init(TaskPool::new);
    let loaded = Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default());
    let scenario = Arc::new(loaded.expect("the scenario is valid"));
    let mut session = Session::begin(scenario, Seat::Both, 3);
    for _ in 0..turns {
        session.delegate();
        end_turn(&mut session);
    }
    session
}

/// A unit by its id in the file.
pub fn unit(session: &Session, id: &str) -> UnitId {
    session.scenario().unit_by_id(id).expect("a unit")
}

/// Centre of a place.
pub fn place(session: &Session, id: &str) -> Hex {
    let map = session.scenario().map();
    map.places
        .iter()
        .find(|p| p.id == id)
        .expect("a place")
        .centre
}

/// Orders a unit.
pub fn order(session: &mut Session, id: &str, task: Task) {
    let unit = unit(session, id);
    let side = session.scenario().unit(unit).side;
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    session.order(side, order).expect("the order is legal");
}

/// Resolves a turn and waits for it.
pub fn end_turn(session: &mut Session) {
    session.end_turn();
    while session.busy() {
        session.poll();
        thread::sleep(Duration::from_millis(1));
    }
    session.reveal();
}

/// Plays the attack up the road until an assault has been fought: index of that event.
pub fn assault(session: &mut Session) -> usize {
    let target = place(session, "village");
    for _ in 0..11 {
        if session.seat().commands(Side::Japan) {
            for id in ["column_1", "column_2"] {
                let assault = Order::Unit {
                    unit: unit(session, id),
                    task: Task::Assault { target },
                    start_at: None,
                };
                // A unit in flight refuses.
                let _ = session.order(Side::Japan, assault);
            }
        }
        end_turn(session);
        let fought = session
            .events
            .iter()
            .position(|l| matches!(&l.event, Event::Fought { hold: Some(_), .. }));
        if let Some(index) = fought {
            return index;
        }
    }
    panic!("no assault in eleven turns");
}
