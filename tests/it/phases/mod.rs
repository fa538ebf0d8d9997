//! One rule, one test, on the smallest map that shows it.

mod air;
mod assault;
mod bombardment;
mod chain;
mod command;
mod directives;
mod drafts;
mod episodes;
mod escape;
mod fires;
mod ground_combat;
mod heights;
mod morale;
mod movement;
mod observation;
mod river;
mod siege;
mod supply;
mod verdict;
mod wall_and_fire;
mod works;
mod yielding;
