//! The Battle of Nanking, December 1937, as a tactical simulation.
//!
//! # The way through the code
//!
//! A **scenario file** is checked into a **scenario**; a scenario and a seed make a **battle**;
//! **commanders** give it **orders**; a turn runs its **phases** in order; phases write **events**;
//! **record** and **report** only read.
//!
//! ```text
//! scenarios/*.ron -> ScenarioFile -> Scenario -> Battle <- Order <- commander | record
//!                      (draft)        (valid)      |  Turn: phases in order
//!                                                  v
//!                                     events + read-only state -> record | report
//! ```
//!
//! Modules in the order in which data flows:
//!
//! | module | is |
//! |---|---|
//! | [`scenario`] | plain data: order of battle, map, rules; problems in files, each with its place |
//! | [`battle`] | the core: a deterministic battle on `bevy_ecs` alone |
//! | [`commander`] | who gives orders: sees one side's view, returns orders |
//! | [`record`] | save and replay, which are one thing: scenario, seed, orders, digests |
//! | [`report`] | events as sentences, tables, the figures of history beside the simulated ones |
//! | [`study`] | many battles at once: counts of events, medians and bands, paired differences; commanders against each other |
//! | [`shelf`] | where scenario files come from: folders on disk, and the collection inside the program |
//! | [`gui`] | the window (feature `gui`): reads everything, changes a battle only by orders |
//! | [`cli`] | the command line: arguments in, text and exit codes out |
//!
//! To follow one turn, read [`battle::turn`] and then the files of [`battle::phases`] in order. To
//! follow one number, start from the event that carries it: its [`battle::Why`] lists every factor.
//!
//! # Invariants
//!
//! Most of them are things that are absent; `tests/it/architecture.rs` holds them.
//!
//! - **One way in.** [`battle::Battle::order`] is the only door to a battle, for players, computer
//!   commanders and records alike. **One way out.** Events and read-only views; positions, strengths
//!   and controllers can be rebuilt from the events.
//! - **Deterministic.** The same scenario, seed and orders give the same digest on every machine: no
//!   clock, no thread, no file system, no hash-map iteration and no platform float function in
//!   `scenario`, `battle`, `commander`, `record` and `report`; dice are keyed and have no state.
//! - **A commander sees a [`battle::SideView`]**, never the world.
//! - **A [`scenario::Scenario`] is valid**: only validation builds one.
//! - **No rule asks which nation a unit is of.** What differs between armies is sourced data of their
//!   formations.
//! - **No renderer** is compiled without a feature that asks for one.
//! - **Nothing that happens to civilians or prisoners** is simulated, and no number counts civilians;
//!   sentences say where they were in the way of it. What followed the battle is a text
//!   ([`report::epilogue`]), read and not played.

pub mod scenario;

pub mod battle;

pub mod commander;
pub mod record;

pub mod report;

pub mod study;

pub mod shelf;

#[cfg(feature = "gui")]
pub mod gui;

pub mod cli;
