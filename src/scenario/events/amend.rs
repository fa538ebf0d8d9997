//! The scenario in force: what events have changed of doctrine, plans, dates and rules stands over
//! what the file says. Everything else in the program reads one scenario and need not know of it.

use super::{Act, Action, Arriving, Command};
use crate::scenario::{
    Scenario,
    calendar::Hours,
    command::Staff,
    forces::{FormationId, PlanEntry},
};
use std::sync::Arc;

/// The hour that does not come.
pub const NEVER: Hours = Hours(u32::MAX);

/// Does an action change the scenario in force, rather than the state of the battle?
pub fn amends(act: &Act) -> bool {
    matches!(
        act,
        Action::Doctrine { .. }
            | Action::Mission { .. }
            | Action::Objective { .. }
            | Action::Arrival { .. }
            | Action::Leader { .. }
            | Action::StaffBreakout { .. }
            | Action::Radio { .. }
            | Action::NoFireZones { .. }
            | Action::ScorchedEarth { .. }
            | Action::AirGroup { .. }
            | Action::Rate { .. }
    )
}

impl Scenario {
    /// The same scenario with what these actions change, each at its hour. Doing it twice changes
    /// no more than doing it once.
    #[must_use]
    pub fn amended(&self, amendments: &[(Hours, Act)]) -> Scenario {
        let mut scenario = self.clone();
        for (hour, act) in amendments {
            scenario.amend(*hour, act);
        }
        scenario
    }

    /// The same with no event to come: for looking ahead without knowing what events will bring.
    pub fn uneventful(&self) -> Scenario {
        let mut scenario = self.clone();
        scenario.inner.events = Arc::default();
        scenario
    }

    fn amend(&mut self, hour: Hours, act: &Act) {
        match act {
            Action::Doctrine { of, set } => {
                let under: Vec<usize> = (0..self.inner.formations.len())
                    .filter(|i| {
                        let id = FormationId(*i as u32);
                        match of {
                            Command::Side(side) => self.formation(id).side == *side,
                            Command::Formation(above) => self.is_under(id, *above),
                        }
                    })
                    .collect();
                if let Command::Side(side) = of {
                    set.apply(Arc::make_mut(&mut self.inner.doctrine[side.index()]));
                }
                for i in under {
                    set.apply(Arc::make_mut(&mut self.inner.doctrine_of[i]));
                }
            }
            Action::Mission {
                formation,
                task,
                place,
            } => {
                let entry = PlanEntry {
                    from: hour,
                    task: *task,
                    place: usize::from(*place),
                    source: String::new(),
                };
                for id in self.under(*formation) {
                    self.inner.formations[id.0 as usize].plan = vec![entry.clone()];
                }
            }
            Action::Objective { place, side, worth } => {
                for o in &mut self.inner.objectives {
                    if o.place == usize::from(*place) {
                        o.worth[side.index()] = *worth;
                    }
                }
            }
            Action::Arrival { unit, when } => {
                let unit = &mut self.inner.units[unit.0 as usize];
                unit.start_between = None;
                unit.start_hour = match when {
                    Arriving::Now => hour,
                    Arriving::At(time) => *time,
                    Arriving::Never => NEVER,
                };
            }
            Action::Leader { formation, name } => {
                let formation = &mut self.inner.formations[formation.0 as usize];
                formation.commander.clone_from(name);
            }
            Action::StaffBreakout { side, on } => {
                if let Some(breakout) = &mut self.inner.breakout[side.index()] {
                    breakout.enabled = *on;
                }
            }
            Action::Radio { formation, on } => {
                let staff = Staff {
                    radio: *on,
                    ..self.staff(*formation)
                };
                self.inner.formations[formation.0 as usize].staff = Some(staff);
            }
            Action::NoFireZones { side, kept } => self.inner.no_fire[side.index()] = *kept,
            Action::ScorchedEarth { side, on } => {
                for s in self.inner.scorch.iter_mut().filter(|s| s.side == *side) {
                    s.from = if *on { hour } else { NEVER };
                }
            }
            Action::AirGroup {
                group,
                sorties_per_day,
            } => {
                let group = &mut self.inner.air[usize::from(group.0)];
                group.sorties_per_day = *sorties_per_day;
                group.from = group.from.min(hour);
            }
            Action::Rate { rule, value } => {
                *(rule.rate().field)(Arc::make_mut(&mut self.inner.rules)) = *value;
            }
            _ => {}
        }
    }

    /// A formation and all under it, in order of number.
    pub fn under(&self, above: FormationId) -> Vec<FormationId> {
        (0..self.inner.formations.len() as u32)
            .map(FormationId)
            .filter(|id| self.is_under(*id, above))
            .collect()
    }
}
