//! What an order would bring, in words, before it is given: for the tooltip while a task is armed and
//! for the panel of what is selected. Every figure comes from the core's own forecasts, every refusal
//! from the check that would refuse the order.

mod boats;

use super::{
    clockwork,
    intent::{ArmedTask, Raid},
    session::Session,
    tabletop::Tabletop,
};
use crate::{
    battle::{AirMission, Deed, Order, SideView, Task, Why, view::Barrage},
    report::{estimate::rounded, grouped},
    scenario::{AirGroupId, Hex, Scenario, SideId, UnitId, calendar::HOURS_PER_TURN},
};

/// What an order would bring.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Foreseen {
    /// Why it would be refused.
    pub refusal: Option<String>,
    /// What to expect, the chief thing first.
    pub lines: Vec<String>,
    /// The factors of the chief thing.
    pub why: Option<Why>,
}

impl Foreseen {
    fn of(lines: Vec<String>, why: Option<Why>) -> Self {
        Self {
            refusal: None,
            lines,
            why,
        }
    }

    fn refused(reason: String) -> Self {
        Self {
            refusal: Some(reason),
            ..Self::default()
        }
    }

    fn told(self) -> Option<Self> {
        (self.refusal.is_some() || !self.lines.is_empty()).then_some(self)
    }
}

/// What the click on a hex would bring, with what is selected and armed; `None` if there is nothing
/// to tell.
pub fn at(session: &Session, table: &Tabletop, hex: Hex) -> Option<Foreseen> {
    if session.busy() || session.unseen() || table.playback.is_some() {
        return None;
    }
    if let (Some(group), Some(raid)) = (table.air, table.raid) {
        return of_raid(session, group, raid.on(hex)).told();
    }
    let unit = table.unit?;
    let fixed = session.scenario().units().get(unit.0 as usize)?;
    if !session.seat().commands(fixed.side) {
        return None;
    }
    let enemy = session.picture.stack(hex).any(|c| c.side != fixed.side);
    if table.armed == ArmedTask::Fitting && !enemy {
        return None;
    }
    let task = clockwork::fitting_task(session, table.armed, unit, hex);
    of_task(session, unit, task).told()
}

/// What a task would bring.
pub fn of_task(session: &Session, unit: UnitId, task: Task) -> Foreseen {
    let side = session.scenario().unit(unit).side;
    let order = Order::Unit {
        unit,
        task,
        start_at: None,
    };
    if let Err(refusal) = session.check(side, &order) {
        return Foreseen::refused(refusal.to_string());
    }
    let Some(battle) = session.battle() else {
        return Foreseen::default();
    };
    let view = &battle.view(side);
    match task {
        Task::Hold | Task::Rest | Task::Withdraw { .. } => Foreseen::default(),
        Task::Embark { at } => boats::embark(view, unit, at),
        Task::March { forced, .. } => Foreseen::of(vec![march(view, unit, forced)], None),
        Task::Assault { target } | Task::Counterattack { target } => {
            Foreseen::of(fight(session, view, unit, task, target), None)
        }
        Task::Bombard { target } => match view.barrage(target, &[unit]) {
            Some(barrage) if view.guns_ready(unit) => fire(&barrage),
            _ => Foreseen::of(vec![SILENT.to_owned()], None),
        },
        Task::Support { target } => Foreseen::of(support(view, unit, target), None),
        Task::Siege { deed, side } => at_wall(view, unit, deed, side),
        Task::ClearMines { .. } => {
            let chance = view.scenario().rules().siege.mine_clearing;
            let line = format!(
                "Chance that they are cleared in a turn: {}",
                percent(chance)
            );
            Foreseen::of(vec![line], None)
        }
    }
}

/// What an air group's mission would bring.
pub fn of_raid(session: &Session, group: AirGroupId, mission: AirMission) -> Foreseen {
    let Some(wing) = session.picture.wing(group) else {
        return Foreseen::default();
    };
    let order = Order::Air { group, mission };
    if let Err(refusal) = session.check(wing.side, &order) {
        return Foreseen::refused(refusal.to_string());
    }
    let Some(battle) = session.battle() else {
        return Foreseen::default();
    };
    let scenario = session.scenario();
    let Some(barrage) = battle.view(wing.side).raid_forecast(group, mission) else {
        return Foreseen::default();
    };
    let mut lines = Vec::new();
    let by_the_way = matches!(mission, AirMission::Interdict { .. });
    if by_the_way {
        lines.push(roads(scenario));
    }
    if barrage.men == 0 {
        let there = if by_the_way {
            "in the hex itself"
        } else {
            "there"
        };
        lines.push(format!("Nobody is known to be {there}."));
    } else {
        lines.extend(losses(&barrage));
    }
    Foreseen::of(lines, barrage.why)
}

/// What a raid of a kind does besides the bombs.
pub fn meaning(scenario: &Scenario, raid: Raid) -> String {
    match raid {
        Raid::Bomb => "Bombs fall on what stands in the hex, as unobserved shelling.".to_owned(),
        Raid::Roads => roads(scenario),
    }
}

fn roads(scenario: &Scenario) -> String {
    let rules = &scenario.rules().air;
    format!(
        "Columns on roads within {} km march at {} times the cost by day and are shaken.",
        rules.interdiction_km, rules.road_cost
    )
}

const SILENT: &str = "It does not fire while the enemy stands beside it.";

/// What shelling would bring.
pub fn fire(barrage: &Barrage) -> Foreseen {
    let mut lines = Vec::new();
    if barrage.men == 0 {
        lines.push("Nobody is known to be there; guns hold their fire until the enemy is.".into());
    } else {
        lines.extend(losses(barrage));
    }
    lines.push(observed(barrage));
    let others = match barrage.batteries.len() {
        0 | 1 => String::new(),
        n => format!(", of {n} units"),
    };
    let rounds = grouped(barrage.rounds.round() as u32);
    lines.push(format!("Rounds in the turn: {rounds}{others}"));
    Foreseen::of(lines, barrage.why.clone())
}

/// Losses and suppression to expect.
fn losses(barrage: &Barrage) -> [String; 2] {
    let mean = match barrage.mean() {
        few if few < 0.5 => "hardly any".to_owned(),
        mean => format!("about {mean:.0}"),
    };
    [
        format!(
            "Killed and wounded: {mean} ({} to {}) of some {} men",
            barrage.quantile(0.1),
            barrage.quantile(0.9),
            grouped(rounded(barrage.men))
        ),
        format!(
            "Suppressed at the end of the turn: about {}",
            percent(barrage.suppression)
        ),
    ]
}

/// Is the fall of shot seen?
pub fn observed(barrage: &Barrage) -> String {
    match (barrage.observed, barrage.hours) {
        (_, 0) => "No shells are left for the turn.".to_owned(),
        (0, _) => "Nobody sees the shells fall: they spread over a wider area.".to_owned(),
        (seen, hours) if seen == hours => "The fall of shot is seen.".to_owned(),
        (seen, hours) => format!("The fall of shot is seen in {seen} of {hours} hours."),
    }
}

fn support(view: &SideView<'_>, unit: UnitId, target: Hex) -> Vec<String> {
    if !view.guns_ready(unit) {
        return vec![SILENT.to_owned()];
    }
    let Some(backing) = view.backing(unit, target) else {
        return Vec::new();
    };
    vec![
        format!(
            "Power of one's own in a fight there: x{:.2}, with {:.1} batteries in support",
            backing.factor, backing.batteries
        ),
        format!(
            "Rounds in an hour with a fight there: {:.0}; none without",
            backing.rounds
        ),
    ]
}

fn march(view: &SideView<'_>, unit: UnitId, forced: bool) -> String {
    let rules = &view.scenario().rules().movement;
    let most = if forced {
        rules.march_hours_forced
    } else {
        rules.march_hours
    };
    let marched = view.own(unit).map_or(0, |u| u.marched_hours);
    format!("Marches up to {most} hours a day; {marched} of the last 24 hours are marched.")
}

fn fight(
    session: &Session,
    view: &SideView<'_>,
    unit: UnitId,
    task: Task,
    target: Hex,
) -> Vec<String> {
    let picture = &session.picture;
    let ordered = picture.counters.iter().map(|c| c.id);
    let mut attackers: Vec<UnitId> = ordered
        .filter(|id| *id == unit || picture.order_of(*id).is_some_and(|(_, t)| t == task))
        .collect();
    attackers.sort_unstable();
    let others = match attackers.len() {
        0 | 1 => String::new(),
        n => format!(", {n} units together"),
    };
    let waits = matches!(task, Task::Counterattack { .. });
    match view.odds(&attackers, target) {
        Some(odds) => vec![format!(
            "Chance that they give way within four hours{others}: {}",
            percent(odds)
        )],
        None if waits => {
            vec!["It waits; whoever comes there is struck at once, at that hour's odds.".into()]
        }
        None if view.enemy_men(target) > 0 => {
            vec!["It goes up to the hex first; the odds are known when it stands beside it.".into()]
        }
        None => vec!["Nobody is known to be there.".into()],
    }
}

fn at_wall(view: &SideView<'_>, unit: UnitId, deed: Deed, side: SideId) -> Foreseen {
    let rules = &view.scenario().rules().siege;
    let fixed = view.scenario().unit(unit);
    let state = view.rampart(side);
    let left = |done: u32, turns: u32| {
        let hours = (turns * HOURS_PER_TURN).saturating_sub(done);
        format!("Done after {hours} more hours of engineers' work.")
    };
    let chance = |what: &str, why: Option<Why>, more: Vec<String>| {
        let mut lines: Vec<String> = why
            .as_ref()
            .and_then(|why| why.probability)
            .map(|p| format!("Chance of {what}: {}", percent(p)))
            .into_iter()
            .collect();
        lines.extend(more);
        Foreseen::of(lines, why)
    };
    match deed {
        Deed::Breach if state.breach > 0 && fixed.gun_class.is_none() => {
            Foreseen::of(vec![left(state.labour[2], 1)], None)
        }
        Deed::Breach => chance(
            "a breach within the turn",
            view.breach_forecast(side, &[unit]),
            Vec::new(),
        ),
        Deed::Escalade => {
            let (least, most) = rules.ladder_losses;
            let lost = format!(
                "A party of {} goes; {} to {} of it fall on the ladder.",
                rules.ladder_party,
                percent(least),
                percent(most)
            );
            chance(
                "a foothold",
                view.party_forecast(side, true, false),
                vec![lost],
            )
        }
        Deed::Bridge => Foreseen::of(vec![left(state.labour[0], rules.bridge_turns)], None),
        Deed::Open => Foreseen::of(vec![left(state.labour[1], rules.opening_turns)], None),
        Deed::Smoke => {
            let line = format!(
                "Hides the foot of the wall while it is laid and for {} hours; charges can then be \
                 laid by day.",
                rules.smoke_hours.max(1)
            );
            Foreseen::of(vec![line], None)
        }
    }
}

fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent > 0.0 && percent < 0.5 {
        "under 1 %".to_owned()
    } else {
        format!("{percent:.0} %")
    }
}
