//! What may be chosen of a battle on the command line, the same wherever one is begun.

use crate::{
    commander::Level,
    scenario::{Options, Side, handicap},
};
use clap::Args;

/// Choices of a battle that are not in its scenario file.
#[derive(Clone, Debug, Default, PartialEq, Args)]
pub struct Choices {
    /// Play without the scenario's events. Marked in the record.
    #[arg(long)]
    pub no_events: bool,
    /// Estimate of a side's strength, such as `china=hata`; may be given once a side.
    #[arg(long, value_name = "SIDE=ESTIMATE", value_parser = estimate)]
    pub strength: Vec<(Side, String)>,
    /// Orders to formations arrive at once and always. Marked in the record.
    #[arg(long)]
    pub simplified_command: bool,
    /// Per cent by which a side fights with more power than it has, such as `china=20` or `japan=-30`;
    /// may be given once a side. Marked in the record; no level uses it.
    #[arg(long, value_name = "SIDE=PERCENT", value_parser = handicap)]
    pub handicap: Vec<(Side, i8)>,
    /// Level of a side's computer commander, such as `china=veteran`; may be given once a side.
    #[arg(long, value_name = "SIDE=LEVEL", value_parser = level)]
    pub level: Vec<(Side, Level)>,
}

impl Choices {
    /// As a scenario is loaded with them.
    pub fn options(&self) -> Options {
        let mut options = Options {
            no_events: self.no_events,
            simplified_command: self.simplified_command,
            ..Options::default()
        };
        for (side, id) in &self.strength {
            options.strength[side.index()] = Some(id.clone());
        }
        for (side, percent) in &self.handicap {
            options.handicap[side.index()] = *percent;
        }
        options
    }

    /// Levels of both computer commanders, by [`Side::index`].
    pub fn levels(&self) -> [Level; 2] {
        let mut levels = [Level::default(); 2];
        for (side, level) in &self.level {
            levels[side.index()] = *level;
        }
        levels
    }
}

fn estimate(text: &str) -> Result<(Side, String), String> {
    side_and(text, "estimate", "china=hata")
}

fn handicap(text: &str) -> Result<(Side, i8), String> {
    let (side, percent) = side_and(text, "handicap", "china=20")?;
    percent
        .parse()
        .ok()
        .filter(|percent| handicap::is_possible(*percent))
        .map(|percent| (side, percent))
        .ok_or_else(handicap::possible)
}

fn level(text: &str) -> Result<(Side, Level), String> {
    let (side, key) = side_and(text, "level", "china=veteran")?;
    Level::ALL
        .into_iter()
        .find(|l| l.key() == key)
        .map(|l| (side, l))
        .ok_or_else(|| {
            let keys = Level::ALL.map(|l| format!("`{}`", l.key()));
            format!("the levels are {}", keys.join(", "))
        })
}

/// A side and something of it, written `side=what`.
fn side_and(text: &str, what: &str, example: &str) -> Result<(Side, String), String> {
    let (key, rest) = text
        .split_once('=')
        .ok_or_else(|| format!("write the side and the {what}, such as `{example}`"))?;
    let side = Side::ALL
        .into_iter()
        .find(|s| s.key() == key)
        .ok_or("the sides are `china` and `japan`")?;
    if rest.is_empty() {
        return Err(format!("the {what} is missing"));
    }
    Ok((side, rest.to_owned()))
}
