//! The phases of a turn: one file, one phase, one system set. In order:
//!
//! | phase | does |
//! |---|---|
//! | [`arrivals`] | weather; reinforcements enter or queue |
//! | [`command`] | orders go out; headquarters act on their own accord |
//! | [`happenings`] (hour) | what the hour brings of itself; orders arrive |
//! | [`observation`] (hour) | who sees whom |
//! | [`bombardment`] (hour) | guns |
//! | [`movement`] (hour) | twelve five-minute slots |
//! | [`escape`] (hour) | men who leave their units, crowds, boats |
//! | [`siege`] (hour) | engineers at wall, moat and mines; parties; breaches |
//! | [`assault`] (hour) | fights, yielding, pursuit |
//! | [`morale`] (hour) | wear, rout, rally, dissolution, barrier troops |
//! | [`supply`] | lines of supply, forage, ammunition, digging |
//! | [`verdict`] | places, the city, the end |
//!
//! Within a phase: gather facts in order of number, decide by pure functions, then write.

pub(in crate::battle) mod aftermath;
pub mod arrivals;
pub mod assault;
pub mod bombardment;
pub mod command;
pub mod escape;
pub mod happenings;
pub(in crate::battle) mod losses;
pub mod morale;
pub mod movement;
pub mod observation;
pub mod siege;
pub mod supply;
pub mod verdict;
