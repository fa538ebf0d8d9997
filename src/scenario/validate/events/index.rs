//! The names that events may use, with their numbers. A name that is not there is a finding with the
//! nearest one.

use super::{Context, boats::Boats};
use crate::scenario::{
    calendar::{HOURS_PER_TURN, Hours},
    events::{
        Action, Command, DecisionId, Force, HappeningId, Known, Written,
        file::DecisionFile,
        rates::{RATES, RateId},
    },
    file::{ScenarioFile, StartFile, UnitFile},
    forces::{AirGroupId, FormationId, UnitId},
    map::HexMap,
    validate::{findings::Findings, names},
};
use std::collections::BTreeMap;

/// All names.
pub(super) struct Index<'a> {
    pub context: &'a Context<'a>,
    pub boats: Boats<'a>,
    units: BTreeMap<&'a str, &'a UnitFile>,
    unit_ids: Vec<&'a str>,
    gates: Vec<(&'a str, usize)>,
    events: Vec<&'a str>,
    decisions: Vec<&'a str>,
    options: BTreeMap<&'a str, Vec<&'a str>>,
    objectives: Vec<&'a str>,
    barriers: Vec<&'a str>,
    /// Flags that some action sets, sorted.
    pub flags: Vec<&'a str>,
    /// Hours of the battle.
    pub hours: u32,
}

impl<'a> Index<'a> {
    pub fn new(
        file: &'a ScenarioFile,
        context: &'a Context<'a>,
        events: Vec<&'a str>,
        asked: &[(String, &'a DecisionFile)],
    ) -> Self {
        let mut units: BTreeMap<&str, &UnitFile> = BTreeMap::new();
        for unit in &file.units {
            units.entry(unit.id.as_str()).or_insert(unit);
        }
        let mut gates: Vec<(&str, usize)> = context
            .ground
            .map
            .into_iter()
            .flat_map(|m| m.gates.iter().enumerate().map(|(i, g)| (g.id.as_str(), i)))
            .collect();
        gates.sort_unstable();
        let mut decisions: Vec<&str> = asked.iter().map(|(_, d)| d.id.as_str()).collect();
        decisions.sort_unstable();
        decisions.dedup();
        let options = asked
            .iter()
            .map(|(_, d)| {
                let options = d.options.iter().map(|o| o.id.as_str()).collect();
                (d.id.as_str(), options)
            })
            .collect();
        let of_events = file.events.iter().flat_map(|e| &e.then);
        let of_options = asked
            .iter()
            .flat_map(|(_, d)| d.options.iter().flat_map(|o| &o.then));
        let mut flags: Vec<&str> = of_events
            .chain(of_options)
            .filter_map(|action| match action {
                Action::SetFlag(flag) => Some(flag.as_str()),
                _ => None,
            })
            .collect();
        flags.sort_unstable();
        flags.dedup();
        let mut objectives: Vec<&str> = file.objectives.iter().map(|o| o.place.as_str()).collect();
        objectives.sort_unstable();
        objectives.dedup();
        let mut barriers: Vec<&str> = file.barriers.iter().map(|b| b.unit.as_str()).collect();
        barriers.sort_unstable();
        Self {
            context,
            boats: Boats::new(file, asked),
            barriers,
            unit_ids: units.keys().copied().collect(),
            units,
            gates,
            events,
            decisions,
            options,
            objectives,
            flags,
            hours: file.turns.min(400) * HOURS_PER_TURN,
        }
    }

    /// The map, if it is valid.
    pub fn map(&self) -> Option<&'a HexMap> {
        self.context.ground.map
    }

    /// Full hours from the start; negative before it.
    pub fn signed(&self, findings: &mut Findings, path: &str, text: &str) -> Option<i64> {
        self.context.clock?.signed(findings, path, text)
    }

    /// The hour of a local time; hour 0 if it lies before the battle. One after its end is a warning: so
    /// a battle is cut short by one number.
    pub fn time(&self, findings: &mut Findings, path: &str, text: &str) -> Option<Hours> {
        self.context.clock?.from(findings, path, text)
    }

    pub fn place(&self, findings: &mut Findings, path: &str, id: &str) -> Option<u16> {
        let at = self.context.ground.place(findings, path, id)?;
        u16::try_from(at).ok()
    }

    /// A place where troops may be sent: not the Safety Zone.
    pub fn battlefield(&self, findings: &mut Findings, path: &str, id: &str) -> Option<u16> {
        let place = self.place(findings, path, id)?;
        let map = self.map()?;
        let at = map.places[usize::from(place)].centre;
        if map.at(at).safety_zone {
            findings.error(
                path,
                format!("`{id}` lies in the Safety Zone, which is no battlefield"),
                "name a place outside it",
            );
            return None;
        }
        Some(place)
    }

    /// A place that is an objective.
    pub fn objective(&self, findings: &mut Findings, path: &str, id: &str) -> Option<u16> {
        findings.refer(path, "objective", id, &self.objectives)?;
        self.place(findings, path, id)
    }

    /// A unit that the scenario posts as barrier troops.
    pub fn barrier(&self, findings: &mut Findings, path: &str, id: &str) -> Option<UnitId> {
        findings.refer(path, "unit of barrier troops", id, &self.barriers)?;
        self.unit(findings, path, id)
    }

    pub fn gate(&self, findings: &mut Findings, path: &str, id: &str) -> Option<u16> {
        self.map()?;
        let known: Vec<&str> = self.gates.iter().map(|g| g.0).collect();
        let at = findings.refer(path, "gate", id, &known)?;
        u16::try_from(self.gates[at].1).ok()
    }

    pub fn unit(&self, findings: &mut Findings, path: &str, id: &str) -> Option<UnitId> {
        let at = findings.refer(path, "unit", id, &self.unit_ids)?;
        u32::try_from(at).ok().map(UnitId)
    }

    /// Does a unit stand on the map when the battle begins?
    pub fn begins_on_map(&self, unit: UnitId) -> bool {
        self.unit_ids
            .get(unit.0 as usize)
            .and_then(|id| self.units.get(id))
            .is_some_and(|u| matches!(u.start, StartFile::At(_)))
    }

    pub fn formation(&self, findings: &mut Findings, path: &str, id: &str) -> Option<FormationId> {
        let at = findings.refer(path, "formation", id, &self.context.order.ids)?;
        u32::try_from(at).ok().map(FormationId)
    }

    pub fn air_group(&self, findings: &mut Findings, path: &str, id: &str) -> Option<AirGroupId> {
        let known: Vec<&str> = self
            .context
            .air
            .iter()
            .map(|g| g.text_id.as_str())
            .collect();
        let at = findings.refer(path, "air group", id, &known)?;
        u16::try_from(at).ok().map(AirGroupId)
    }

    pub fn event(&self, findings: &mut Findings, path: &str, id: &str) -> Option<HappeningId> {
        let at = findings.refer(path, "event", id, &self.events)?;
        u16::try_from(at).ok().map(HappeningId)
    }

    /// A decision and one of its options.
    pub fn decided(
        &self,
        findings: &mut Findings,
        path: &str,
        decision: &str,
        option: &str,
    ) -> Option<(DecisionId, u16)> {
        let at = findings.refer(
            format!("{path}.decision"),
            "decision",
            decision,
            &self.decisions,
        )?;
        let options = self.options.get(decision)?;
        let mut known = options.clone();
        known.sort_unstable();
        findings.refer(
            format!("{path}.option"),
            "option of this decision",
            option,
            &known,
        )?;
        let nth = options.iter().position(|o| *o == option)?;
        Some((
            DecisionId(u16::try_from(at).ok()?),
            u16::try_from(nth).ok()?,
        ))
    }

    /// The number of a decision where it is asked.
    pub fn asked(&self, id: &str) -> Option<DecisionId> {
        let at = self.decisions.binary_search(&id).ok()?;
        u16::try_from(at).ok().map(DecisionId)
    }

    pub fn flag(&self, findings: &mut Findings, path: &str, name: &str) -> Option<u16> {
        let Ok(at) = self.flags.binary_search(&name) else {
            let help = if self.flags.is_empty() {
                "set it with the action `SetFlag`".to_owned()
            } else {
                names::did_you_mean(name, &self.flags)
            };
            findings.error(path, format!("no event sets the flag `{name}`"), help);
            return None;
        };
        u16::try_from(at).ok()
    }

    pub fn rate(&self, findings: &mut Findings, path: &str, name: &str) -> Option<RateId> {
        let known: Vec<&str> = RATES.iter().map(|r| r.name).collect();
        findings.refer(path, "rule that an event may change", name, &known)?;
        RateId::of(name)
    }

    pub fn force(
        &self,
        findings: &mut Findings,
        path: &str,
        force: &Force<Written>,
    ) -> Option<Force<Known>> {
        let inside = format!("{path}[0]");
        Some(match force {
            Force::Side(side) => Force::Side(*side),
            Force::Formation(id) => Force::Formation(self.formation(findings, &inside, id)?),
            Force::Unit(id) => Force::Unit(self.unit(findings, &inside, id)?),
        })
    }

    pub fn command(
        &self,
        findings: &mut Findings,
        path: &str,
        command: &Command<Written>,
    ) -> Option<Command<Known>> {
        let inside = format!("{path}[0]");
        Some(match command {
            Command::Side(side) => Command::Side(*side),
            Command::Formation(id) => Command::Formation(self.formation(findings, &inside, id)?),
        })
    }
}
