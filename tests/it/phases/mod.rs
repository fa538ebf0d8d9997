//! One rule, one test, on the smallest map that shows it.

mod air;
mod assault;
mod barrier;
mod bombardment;
mod chain;
mod command;
mod crowds;
mod directives;
mod drafts;
mod episodes;
mod escape;
mod fires;
mod ground_combat;
mod headquarters;
mod heights;
mod morale;
mod movement;
mod observation;
mod river;
mod siege;
mod silence;
mod supply;
mod verdict;
mod wall_and_fire;
mod works;
mod yielding;
