//! What a side's command knows of its own chain: headquarters, links, orders under way, directives,
//! barrier troops.

use super::SideView;
use crate::{
    battle::{
        command::{
            BarrierState, Dispatch, Headquarters, Means, Message, OrderStatus, Signals, Standing,
            means,
        },
        ground::Roster,
        order::FormationMission,
        unit::Commission,
    },
    scenario::{FormationId, Hex, Hours},
};

/// A link of the chain of command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    /// The headquarters below.
    pub formation: FormationId,
    /// The one above.
    pub above: FormationId,
    /// Where the lower one is, if on the map.
    pub from: Option<Hex>,
    /// Where the upper one is, if on the map.
    pub to: Option<Hex>,
    /// By what orders go.
    pub means: Means,
}

impl SideView<'_> {
    fn signals(&self) -> &Signals {
        self.world().resource::<Signals>()
    }

    /// The headquarters of one of one's own formations.
    pub fn headquarters(&self, formation: FormationId) -> Option<&Headquarters> {
        let known = self.scenario().formations().get(formation.0 as usize)?;
        if known.side != self.side() {
            return None;
        }
        let entity = *self
            .world()
            .resource::<Roster>()
            .formations
            .get(formation.0 as usize)?;
        self.world().get::<Headquarters>(entity)
    }

    pub(super) fn commission(&self, formation: FormationId) -> Option<&Commission> {
        let known = self.scenario().formations().get(formation.0 as usize)?;
        if known.side != self.side() {
            return None;
        }
        let roster = self.world().resource::<Roster>();
        let entity = *roster.formations.get(formation.0 as usize)?;
        self.world().get::<Commission>(entity)
    }

    /// The directive that a formation's headquarters follows.
    pub fn directive(&self, formation: FormationId) -> Option<Standing> {
        self.headquarters(self.scenario().station(formation))
            .map(|hq| hq.standing)
    }

    /// All links of the chain, in order of the lower formation.
    pub fn links(&self) -> Vec<Link> {
        let scenario = self.scenario();
        scenario
            .stations(self.side())
            .filter_map(|formation| {
                let above = scenario.station_above(formation)?;
                let (own, upper) = (self.headquarters(formation)?, self.headquarters(above)?);
                Some(Link {
                    formation,
                    above,
                    from: own.seat,
                    to: upper.seat,
                    means: means(scenario, formation, own, upper),
                })
            })
            .collect()
    }

    /// By what an order goes to a headquarters of one's own from the one above it, as things stand.
    pub fn means(&self, station: FormationId) -> Option<Means> {
        let scenario = self.scenario();
        let above = scenario.station_above(station)?;
        let (own, upper) = (self.headquarters(station)?, self.headquarters(above)?);
        Some(means(scenario, station, own, upper))
    }

    /// Mean hours that a directive sent now would be on its way to a formation's headquarters, by the
    /// means at hand.
    pub fn delivery_hours(&self, formation: FormationId) -> f64 {
        let scenario = self.scenario();
        let station = scenario.station(formation);
        let off_map = scenario.staff(station).off_map;
        let absent = |hq: &Headquarters| hq.seat.is_none() && !off_map;
        if scenario.simplified_command() || self.headquarters(station).is_none_or(absent) {
            return 0.0;
        }
        self.hours_from(station, 0)
    }

    /// When an order on its way is likely to arrive. How long it will really take nobody knows: what
    /// is told is the mean of the legs still to go.
    pub fn likely_arrival(&self, dispatch: &Dispatch) -> Hours {
        let now = self.hour();
        let hours = self.hours_from(dispatch.to, dispatch.leg).ceil().max(1.0);
        let asked = dispatch.asked_until.unwrap_or(now);
        Hours(now.0.saturating_add(hours as u32)).max(asked)
    }

    fn hours_from(&self, to: FormationId, leg: usize) -> f64 {
        let rules = &self.scenario().rules().command;
        let chain = self.scenario().chain(to);
        let legs = chain.iter().skip(leg);
        legs.map(|station| self.means(*station).unwrap_or(Means::Wire).hours(rules))
            .sum()
    }

    /// Orders of one's own that are on their way.
    pub fn dispatches(&self) -> impl Iterator<Item = &Dispatch> {
        self.signals()
            .dispatches
            .iter()
            .filter(|d| self.scenario().formation(d.to).side == self.side())
    }

    /// Barrier troops of one's own.
    pub fn barriers(&self) -> impl Iterator<Item = &BarrierState> {
        self.signals()
            .barriers
            .iter()
            .filter(|b| self.scenario().unit(b.unit).side == self.side())
    }

    /// Is an order to a formation in force as soon as it is given?
    pub fn delivers_at_once(&self, formation: FormationId) -> bool {
        let scenario = self.scenario();
        let station = scenario.station(formation);
        scenario.simplified_command()
            || scenario.station_above(station).is_none()
            || self
                .commission(formation)
                .is_none_or(|c| c.mission.is_none())
            || self
                .headquarters(station)
                .is_none_or(|hq| hq.seat.is_none() && !scenario.staff(station).off_map)
    }

    /// The mission last ordered to a formation, whether it has arrived or not, and from when.
    pub fn last_ordered(
        &self,
        formation: FormationId,
    ) -> Option<(FormationMission, Option<Hours>)> {
        let under_way = self
            .dispatches()
            .filter(|d| d.to == formation)
            .filter_map(|d| match d.message {
                Message::Mission(mission) => Some((mission, d.start_at)),
                Message::Directive(_) => None,
            })
            .last();
        let commission = self.commission(formation)?;
        under_way
            .or(commission.pending.map(|(m, hour)| (m, Some(hour))))
            .or(commission.mission.map(|m| (m, None)))
    }

    /// Where the last order to a formation stands.
    pub fn order_status(&self, formation: FormationId) -> OrderStatus {
        let scenario = self.scenario();
        let station = scenario.station(formation);
        let last = self
            .dispatches()
            .filter(|d| d.to == formation || d.to == station)
            .last();
        if let Some(d) = last {
            let chain = scenario.chain(d.to);
            let next = chain.get(d.leg).copied().unwrap_or(d.to);
            return OrderStatus::UnderWay {
                sent: d.sent,
                next,
                legs: chain.len().saturating_sub(d.leg),
                means: self.means(next).unwrap_or(Means::Runner),
                message: d.message,
                likely: self.likely_arrival(d),
                garbled: d.asked_until.is_some(),
            };
        }
        let lost = &self.signals().lost;
        if let Some((_, at)) = lost.iter().find(|(f, _)| *f == formation || *f == station)
            && scenario.formation(formation).side == self.side()
        {
            return OrderStatus::Lost { at: *at };
        }
        match self.commission(formation) {
            Some(c) if c.pending.is_some() => OrderStatus::Waiting {
                start_at: c.pending.map_or(c.since, |(_, hour)| hour),
            },
            Some(c) if c.mission.is_some() => OrderStatus::Received { since: c.since },
            _ => OrderStatus::None,
        }
    }
}
