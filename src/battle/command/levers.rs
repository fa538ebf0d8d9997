//! What may be done to the chain of command from outside: directives, headquarters that leave, lines,
//! barriers, news. The levers of scenario events; the phase of command pulls the same ones.

use super::{Authority, Chain, Directive, DirectiveKind, Message, chain::say};
use crate::{
    battle::{
        dice::Purpose,
        event::{CommandEvent, EventLog, Phase, Severed},
        why::{Why, WhyKind},
    },
    scenario::{FormationId, Hex, Hours, Side, UnitId},
};

impl Chain<'_, '_> {
    /// Gives a directive to all headquarters of a side, or to those of a formation and under it.
    pub fn issue(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        side: Side,
        to: Option<FormationId>,
        directive: Directive,
        start_at: Option<Hours>,
        by: Authority,
    ) {
        say(
            log,
            phase,
            CommandEvent::DirectiveGiven {
                side,
                to,
                directive,
                start_at,
                by,
            },
        );
        self.pass_on(log, phase, side, to, directive, start_at, by);
        let scenario = self.stage.0.clone();
        if let (Authority::Command, true, None, Some(plan)) = (
            by,
            directive.kind.moves(),
            to,
            scenario.breakout(side).filter(|p| p.enabled),
        ) && let Some(hours) = plan.leaves_after
        {
            self.signals.leaves_at[side.index()] = Some(Hours(self.clock.hour.0 + hours));
        }
    }

    fn pass_on(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        side: Side,
        to: Option<FormationId>,
        directive: Directive,
        start_at: Option<Hours>,
        by: Authority,
    ) {
        let scenario = self.stage.0.clone();
        let message = Message::Directive(directive);
        let to = to.map(|f| scenario.station(f));
        let stations: Vec<FormationId> = scenario
            .stations(side)
            .filter(|f| to.is_none_or(|above| scenario.is_under(*f, above)))
            .collect();
        for station in stations {
            // What a headquarters decides itself goes down from there.
            match to.filter(|_| by == Authority::Itself) {
                Some(above) => {
                    let chain = scenario.chain(station);
                    let leg = chain.iter().position(|f| *f == above).map_or(0, |i| i + 1);
                    self.set_under_way(log, phase, station, message, start_at, by, leg);
                }
                None => self.send(log, phase, station, message, start_at, by),
            }
        }
    }

    /// Headquarters that hear that all is lost may act on their own accord (model §3.11).
    pub(in crate::battle) fn act_alone(&mut self, log: &mut EventLog, phase: Phase) {
        let scenario = self.stage.0.clone();
        let rules = &scenario.rules().command;
        let map = scenario.map();
        let now = self.clock.hour;
        for side in Side::ALL {
            let Some((since, origin)) = self.signals.rumour[side.index()] else {
                continue;
            };
            let spread = rules.rumour_km_hour * f64::from(now.0.saturating_sub(since.0));
            let stations: Vec<FormationId> = scenario
                .stations(side)
                .filter(|f| {
                    let own = scenario.formation(*f).staff.as_ref();
                    own.is_some_and(|s| s.initiative > rules.initiative && s.way_out.is_some())
                })
                .collect();
            for formation in stations {
                let hq = self.headquarters(formation);
                let Some(at) = hq.seat.filter(|_| !hq.standing.directive.kind.moves()) else {
                    continue;
                };
                if f64::from(map.grid.distance(at, origin)) * map.grid.hex_km() > spread {
                    continue;
                }
                let key = self.roll(Purpose::OwnAccord, formation, 0);
                let mut why = Why::product(WhyKind::OwnAccord, at, rules.own_accord);
                let (acts, roll) = self.dice.chance(key, rules.own_accord, &mut 0.0);
                if !acts {
                    continue;
                }
                why.probability = Some(rules.own_accord);
                why.roll = Some(roll);
                why.key = Some(key);
                let directive = Directive {
                    kind: DirectiveKind::BreakOut,
                    towards: None,
                };
                say(
                    log,
                    phase,
                    CommandEvent::ActedAlone {
                        formation,
                        directive,
                        why: Box::new(why),
                    },
                );
                let by = Authority::Itself;
                self.pass_on(log, phase, side, Some(formation), directive, None, by);
            }
        }
    }

    /// A headquarters leaves the battle. Where it was the highest, news of it spreads, and no more
    /// orders go out.
    pub fn leave(&mut self, log: &mut EventLog, phase: Phase, formation: FormationId) {
        let scenario = self.stage.0.clone();
        let formation = scenario.station(formation);
        let hq = self.headquarters_mut(formation);
        if hq.left {
            return;
        }
        let at = hq.seat.take();
        hq.left = true;
        hq.with = None;
        say(log, phase, CommandEvent::HeadquartersLeft { formation, at });
        if scenario.formation(formation).parent.is_none() {
            let origin = self.place_of(formation);
            self.spread_news(scenario.formation(formation).side, at.unwrap_or(origin));
        }
    }

    /// From now on the news spreads among a side that all is lost.
    pub fn spread_news(&mut self, side: Side, from: Hex) {
        let now = self.clock.hour;
        let rumour = &mut self.signals.rumour[side.index()];
        *rumour = rumour.or(Some((now, from)));
    }

    /// All orders that have got no further than a headquarters are lost with it.
    pub(super) fn lose_orders_at(&mut self, log: &mut EventLog, phase: Phase, at: FormationId) {
        let scenario = self.stage.0.clone();
        let under_way = std::mem::take(&mut self.signals.dispatches);
        for d in under_way {
            let chain = scenario.chain(d.to);
            let holder = d.leg.checked_sub(1).and_then(|leg| chain.get(leg));
            if holder == Some(&at) {
                self.lose(log, phase, d.to, d.message, at);
            } else {
                self.signals.dispatches.push(d);
            }
        }
    }

    /// Cuts or mends the wire between a headquarters and the one above it.
    pub fn set_wire(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        formation: FormationId,
        whole: bool,
        by: Severed,
    ) {
        let scenario = self.stage.0.clone();
        let formation = scenario.station(formation);
        let above = scenario
            .station_above(formation)
            .and_then(|f| self.headquarters(f).seat);
        let hq = self.headquarters_mut(formation);
        if hq.wire == whole {
            return;
        }
        hq.wire = whole;
        hq.laid = if whole { [hq.seat, above] } else { [None; 2] };
        say(
            log,
            phase,
            if whole {
                CommandEvent::LineMended { formation }
            } else {
                CommandEvent::LineCut { formation, by }
            },
        );
    }

    /// Barrier troops are told to stop nobody any more, or to begin again.
    pub fn set_barrier(&mut self, unit: UnitId, on: bool) {
        for barrier in &mut self.signals.barriers {
            if barrier.unit == unit {
                barrier.on = on;
            }
        }
    }
}
