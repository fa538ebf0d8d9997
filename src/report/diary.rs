//! The diary of a staff: turn by turn, what each formation is to do and why, and what that means for its
//! units. Tells what is new: an order, or another reason for going on as before.

use super::reasons;
use crate::{
    commander::{
        Reason,
        reason::{Motive, Subject},
    },
    scenario::{FormationId, Hours, Scenario, Side},
};
use std::{collections::BTreeMap, fmt::Write, mem::discriminant};

/// A staff's diary, written turn by turn.
#[derive(Clone, Debug, Default)]
pub struct Diary {
    /// What was last written about whom.
    last: BTreeMap<Subject, String>,
}

/// Units with one errand for one kind of reason.
struct Entry<'r> {
    names: Vec<&'r str>,
    errand: String,
    first: &'r Reason,
}

impl Diary {
    /// The page of a turn that begins at `hour`. A page on which nothing is new has its heading only.
    pub fn page(
        &mut self,
        scenario: &Scenario,
        side: Side,
        hour: Hours,
        reasons: &[Reason],
    ) -> String {
        let calendar = scenario.calendar();
        let turn = hour.turn();
        let mut page = format!(
            "Staff diary of the {} side, turn {}, {}\n",
            side.adjective(),
            turn.0,
            calendar.text(hour)
        );
        for reason in reasons {
            let whole = matches!(
                reason.subject,
                Subject::Side | Subject::Decision(_) | Subject::Air(_)
            );
            if whole && self.is_new(scenario, reason) {
                line(scenario, &mut page, reason);
            }
        }
        let mut formations: BTreeMap<FormationId, (Option<&Reason>, Vec<&Reason>)> =
            BTreeMap::new();
        for reason in reasons {
            match reason.subject {
                Subject::Formation(id) => formations.entry(id).or_default().0 = Some(reason),
                Subject::Unit(id) => {
                    let of = scenario.unit(id).formation;
                    formations.entry(of).or_default().1.push(reason);
                }
                _ => {}
            }
        }
        for (formation, (mission, units)) in formations {
            self.formation(scenario, &mut page, formation, mission, &units);
        }
        page
    }

    fn formation(
        &mut self,
        scenario: &Scenario,
        page: &mut String,
        formation: FormationId,
        mission: Option<&Reason>,
        units: &[&Reason],
    ) {
        let told = mission.filter(|m| self.is_new(scenario, m));
        let fresh: Vec<&Reason> = units
            .iter()
            .copied()
            .filter(|r| self.is_new(scenario, r))
            .collect();
        if told.is_none() && fresh.is_empty() {
            return;
        }
        match told {
            Some(mission) => line(scenario, page, mission),
            None => {
                let _ = writeln!(page, "  {}", scenario.formation(formation).name);
            }
        }
        for entry in entries(scenario, &fresh) {
            let why = reasons::motive(scenario, &entry.first.motive);
            let names = entry.names.join(", ");
            let _ = writeln!(page, "      {names}: {}; {why}.", entry.errand);
            besides(scenario, page, entry.first, "        ");
        }
    }

    /// Is it not what was last written? Notes it.
    fn is_new(&mut self, scenario: &Scenario, reason: &Reason) -> bool {
        let mut said = reasons::choice(scenario, reason.subject, reason.chosen);
        // Figures change from turn to turn; that alone is no news.
        let _ = write!(said, "{:?}", discriminant(&reason.motive));
        let new = self.last.get(&reason.subject) != Some(&said);
        self.last.insert(reason.subject, said);
        new
    }
}

/// Units with the same errand for the same kind of reason, together, in order of the first.
fn entries<'r>(scenario: &'r Scenario, reasons: &[&'r Reason]) -> Vec<Entry<'r>> {
    let mut entries: Vec<Entry<'r>> = Vec::new();
    for reason in reasons {
        let Subject::Unit(id) = reason.subject else {
            continue;
        };
        let errand = reasons::choice(scenario, reason.subject, reason.chosen);
        let name = scenario.unit(id).name.as_str();
        let same = |e: &&mut Entry<'r>| {
            e.errand == errand && discriminant(&e.first.motive) == discriminant(&reason.motive)
        };
        match entries.iter_mut().find(same) {
            Some(entry) => entry.names.push(name),
            None => entries.push(Entry {
                names: vec![name],
                errand,
                first: reason,
            }),
        }
    }
    entries
}

fn line(scenario: &Scenario, page: &mut String, reason: &Reason) {
    let _ = writeln!(page, "  {}", reasons::sentence_of(scenario, reason));
    besides(scenario, page, reason, "    ");
}

fn besides(scenario: &Scenario, page: &mut String, reason: &Reason, indent: &str) {
    let others = reasons::others(scenario, reason);
    if !others.is_empty() && !matches!(reason.motive, Motive::Script) {
        let _ = writeln!(page, "{indent}Weighed besides: {others}.");
    }
}
