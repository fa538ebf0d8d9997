//! `ScenarioFile` to `Scenario`, or all problems.
use super::*;
/// Load.
pub fn load(_files: &dyn Files, _path: &str, _options: &Options) -> Result<Scenario, Vec<Problem>> {
    Err(vec![])
}
