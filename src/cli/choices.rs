//! What may be chosen of a battle on the command line, the same wherever one is begun.

use crate::scenario::{Options, Side};
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
        options
    }
}

fn estimate(text: &str) -> Result<(Side, String), String> {
    let (key, id) = text
        .split_once('=')
        .ok_or("write the side and the estimate, such as `china=hata`")?;
    let side = Side::ALL
        .into_iter()
        .find(|s| s.key() == key)
        .ok_or("the sides are `china` and `japan`")?;
    if id.is_empty() {
        return Err("the estimate is missing".to_owned());
    }
    Ok((side, id.to_owned()))
}
