//! One rule, one test, on the smallest map that shows it.

mod assault;
mod bombardment;
mod command;
mod ground_combat;
mod morale;
mod movement;
mod observation;
mod siege;
mod supply;
mod verdict;
mod yielding;
