//! The chain of command at work: sending, carrying, receiving, and what falls due. Whoever changes
//! command goes through [`Chain`]: the phase of command, and events of a scenario. Must not move units.

use super::{Authority, Directive, Dispatch, Headquarters, Means, Message, Signals, Standing};
use crate::{
    battle::{
        clock::Clock,
        dice::{Dice, Purpose, RollKey},
        event::{CommandEvent, Event, EventLog, Phase},
        ground::{Roster, Stage},
        order::{FormationMission, MissionPosture},
        unit::Commission,
        why::{Why, WhyKind},
    },
    scenario::{FormationId, Hex, Hours, Scenario, Side, forces::fnv64},
};
use bevy_ecs::system::{Query, Res, ResMut, SystemParam};

/// The chain of command, for systems.
#[derive(SystemParam)]
pub struct Chain<'w, 's> {
    pub(super) stage: Res<'w, Stage>,
    pub(super) clock: Res<'w, Clock>,
    pub(super) dice: Res<'w, Dice>,
    pub(super) roster: Res<'w, Roster>,
    /// Orders under way, news, barrier troops.
    pub signals: ResMut<'w, Signals>,
    pub(super) headquarters: Query<'w, 's, &'static mut Headquarters>,
    commissions: Query<'w, 's, &'static mut Commission>,
}

/// By what an order goes to a headquarters from the one above it.
pub(in crate::battle) fn means(
    scenario: &Scenario,
    station: FormationId,
    own: &Headquarters,
    above: &Headquarters,
) -> Means {
    let staff = scenario.staff(station);
    if above.left {
        // Nobody sits at the other end of wire and radio any more.
        return if own.isolated {
            Means::Cut
        } else {
            Means::Runner
        };
    }
    if staff.wire && own.wire {
        Means::Wire
    } else if staff.radio {
        Means::Radio
    } else if own.isolated {
        Means::Cut
    } else {
        Means::Runner
    }
}

impl Chain<'_, '_> {
    /// A formation's headquarters.
    pub fn headquarters(&self, formation: FormationId) -> &Headquarters {
        self.headquarters
            .get(self.roster.formations[formation.0 as usize])
            .unwrap_or_else(|_| panic!("formation {} has no headquarters", formation.0))
    }

    /// The same, to be changed.
    pub fn headquarters_mut(&mut self, formation: FormationId) -> &mut Headquarters {
        self.headquarters
            .get_mut(self.roster.formations[formation.0 as usize])
            .unwrap_or_else(|_| panic!("formation {} has no headquarters", formation.0))
            .into_inner()
    }

    fn commission(&mut self, formation: FormationId) -> &mut Commission {
        self.commissions
            .get_mut(self.roster.formations[formation.0 as usize])
            .unwrap_or_else(|_| panic!("formation {} has no commission", formation.0))
            .into_inner()
    }

    pub(super) fn roll(&self, purpose: Purpose, formation: FormationId, nth: u32) -> RollKey {
        RollKey {
            turn: self.clock.turn().0,
            purpose,
            unit: fnv64(&self.stage.0.formation(formation).text_id),
            salt: RollKey::salt(self.clock.hour_in_turn(), 0, nth),
        }
    }

    /// Work of a leg, drawn when the order was sent: exponential with mean 1.
    pub(super) fn work(&self, dispatch: &Dispatch, leg: usize) -> f64 {
        let kind = u32::from(matches!(dispatch.message, Message::Directive(_)));
        let key = RollKey {
            turn: dispatch.sent.turn().0,
            purpose: Purpose::Delivery,
            unit: fnv64(&self.stage.0.formation(dispatch.to).text_id),
            salt: RollKey::salt(
                dispatch.sent.0 % 4,
                leg as u16,
                kind << 4 | dispatch.by as u32,
            ),
        };
        -libm::log1p(-self.dice.uniform(key))
    }

    /// Sends an order from the side's highest command, or carries it out where it need not travel: to
    /// the command's own staff, to a formation that has just come and brings its first mission with
    /// it, and wherever command is simplified.
    pub fn send(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        to: FormationId,
        message: Message,
        start_at: Option<Hours>,
        by: Authority,
    ) {
        let scenario = self.stage.0.clone();
        let now = self.clock.hour;
        if let Ok(i) = self.signals.lost.binary_search_by_key(&to, |l| l.0) {
            self.signals.lost.remove(i);
        }
        let new = matches!(message, Message::Mission(_)) && self.commission(to).mission.is_none();
        let hq = self.headquarters(scenario.station(to));
        let absent = hq.seat.is_none() && !scenario.staff(scenario.station(to)).off_map;
        let chain = scenario.chain(to);
        if scenario.simplified_command() || chain.is_empty() || new || absent {
            self.receive(log, phase, to, message, start_at, by, now);
            return;
        }
        let summit = scenario.summit(to);
        if self.headquarters(summit).left {
            self.lose(log, phase, to, message, summit);
            return;
        }
        self.set_under_way(log, phase, to, message, start_at, by, 0);
    }

    /// An order begins its way at a leg of the chain; past the last it has arrived.
    pub(super) fn set_under_way(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        to: FormationId,
        message: Message,
        start_at: Option<Hours>,
        by: Authority,
        leg: usize,
    ) {
        let now = self.clock.hour;
        if leg >= self.stage.0.chain(to).len() {
            self.receive(log, phase, to, message, start_at, by, now);
            return;
        }
        let mut dispatch = Dispatch {
            to,
            message,
            start_at,
            by,
            sent: now,
            leg,
            work: 0.0,
            asked_until: None,
        };
        dispatch.work = self.work(&dispatch, leg);
        self.signals.dispatches.push(dispatch);
        let formation = to;
        say(
            log,
            phase,
            CommandEvent::OrderSent {
                formation,
                message,
                start_at,
            },
        );
    }

    pub(super) fn lose(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        to: FormationId,
        message: Message,
        at: FormationId,
    ) {
        let now = self.clock.hour;
        match self.signals.lost.binary_search_by_key(&to, |l| l.0) {
            Ok(i) => self.signals.lost[i].1 = now,
            Err(i) => self.signals.lost.insert(i, (to, now)),
        }
        let formation = to;
        say(
            log,
            phase,
            CommandEvent::OrderLost {
                formation,
                message,
                at,
            },
        );
    }

    /// An hour of all orders under way.
    pub(in crate::battle) fn carry(&mut self, log: &mut EventLog, phase: Phase) {
        let under_way = std::mem::take(&mut self.signals.dispatches);
        for dispatch in under_way {
            self.carry_one(log, phase, dispatch);
        }
    }

    fn carry_one(&mut self, log: &mut EventLog, phase: Phase, mut d: Dispatch) {
        let scenario = self.stage.0.clone();
        let rules = &scenario.rules().command;
        let chain = scenario.chain(d.to);
        let now = self.clock.hour;
        let mut left = 1.0;
        let mut means = Means::Runner;
        while let Some(&station) = chain.get(d.leg) {
            let above = scenario.station_above(station).unwrap_or(station);
            let own = self.headquarters(station);
            means = self::means(&scenario, station, own, self.headquarters(above));
            let hours = means.hours(rules);
            if d.work * hours > left {
                d.work -= left / hours;
                self.signals.dispatches.push(d);
                return;
            }
            left -= d.work * hours;
            d.leg += 1;
            d.work = self.work(&d, d.leg);
            if d.leg < chain.len() {
                let (formation, by) = (d.to, station);
                say(
                    log,
                    phase,
                    CommandEvent::OrderPassed {
                        formation,
                        by,
                        means,
                    },
                );
            }
        }
        let formation = d.to;
        match d.asked_until {
            Some(until) if now < until => {
                self.signals.dispatches.push(d);
                return;
            }
            Some(_) => {}
            None => {
                let nth = u32::from(matches!(d.message, Message::Directive(_))) << 4 | d.by as u32;
                let key = RollKey {
                    salt: RollKey::salt(d.sent.0 % 4, 0, nth),
                    turn: d.sent.turn().0,
                    ..self.roll(Purpose::Garbled, d.to, 0)
                };
                if self.dice.uniform(key) < rules.garbled {
                    d.asked_until = Some(Hours(now.0 + rules.garbled_hours.round() as u32));
                    self.signals.dispatches.push(d);
                    say(log, phase, CommandEvent::OrderGarbled { formation });
                    return;
                }
            }
        }
        say(
            log,
            phase,
            CommandEvent::OrderReceived {
                formation,
                message: d.message,
                hours: now.0 - d.sent.0,
                means,
            },
        );
        self.receive(log, phase, d.to, d.message, d.start_at, d.by, d.sent);
    }

    /// An order has arrived. Older ones of its kind that are still on their way have no effect.
    pub(super) fn receive(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        to: FormationId,
        message: Message,
        start_at: Option<Hours>,
        by: Authority,
        sent: Hours,
    ) {
        let same = |d: &Dispatch| {
            matches!(d.message, Message::Mission(_)) == matches!(message, Message::Mission(_))
        };
        let older = |d: &Dispatch| d.to == to && d.by == by && d.sent <= sent && same(d);
        self.signals.dispatches.retain(|d| !older(d));
        let now = self.clock.hour;
        match message {
            Message::Mission(mission) => match start_at.filter(|h| *h > now) {
                Some(hour) => self.commission(to).pending = Some((mission, hour)),
                None => self.commence(log, phase, to, mission),
            },
            Message::Directive(directive) => {
                self.obey(log, phase, to, directive, start_at, by, sent);
            }
        }
    }

    /// A formation's mission is in force from now on.
    fn commence(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        formation: FormationId,
        mission: FormationMission,
    ) {
        let since = self.clock.hour;
        *self.commission(formation) = Commission {
            mission: Some(mission),
            since,
            pending: None,
        };
        log.push(phase, Event::MissionGiven { formation, mission });
    }

    fn obey(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        station: FormationId,
        directive: Directive,
        start_at: Option<Hours>,
        by: Authority,
        issued: Hours,
    ) {
        let scenario = self.stage.0.clone();
        let rules = &scenario.rules().command;
        let now = self.clock.hour;
        let old = self.headquarters(station).standing;
        let superior = |who| matches!(who, Authority::Command | Authority::Above);
        let between = f64::from(issued.0.abs_diff(old.issued.0));
        let contradicts = superior(old.by)
            && superior(by)
            && old.by != by
            && old.directive.kind != directive.kind
            && between <= rules.conflict_within_hours;
        if contradicts {
            let key = self.roll(Purpose::Contradiction, station, by as u32);
            let at = self.place_of(station);
            let mut why = Why::product(WhyKind::KeepsOlder, at, rules.keeps_older);
            let mut hazard = 0.0;
            let (keeps_older, roll) = self.dice.chance(key, rules.keeps_older, &mut hazard);
            why.probability = Some(rules.keeps_older);
            why.roll = Some(roll);
            why.key = Some(key);
            self.headquarters_mut(station).conflict_until =
                Hours(now.0 + rules.conflict_hours.round() as u32);
            let formation = station;
            say(
                log,
                phase,
                CommandEvent::DirectivesContradict {
                    formation,
                    keeps_older,
                    why: Box::new(why),
                },
            );
            if keeps_older {
                return;
            }
        }
        self.headquarters_mut(station).standing = Standing {
            directive,
            by,
            issued,
            received: now,
            from: start_at.map_or(now, |h| h.max(now)),
            begun: false,
        };
    }

    pub(super) fn place_of(&self, station: FormationId) -> Hex {
        let city = self
            .stage
            .0
            .city()
            .map(|c| self.stage.0.map().places[c.centre].centre);
        self.headquarters(station).seat.or(city).unwrap_or(Hex(0))
    }

    /// What falls due this hour: missions and directives that were to begin later, headquarters that
    /// leave.
    pub(in crate::battle) fn begin(&mut self, log: &mut EventLog, phase: Phase) {
        let scenario = self.stage.0.clone();
        let now = self.clock.hour;
        for side in Side::ALL {
            let i = side.index();
            if self.signals.leaves_at[i].is_some_and(|h| h <= now) {
                self.signals.leaves_at[i] = None;
                let top: Vec<FormationId> = scenario
                    .stations(side)
                    .filter(|f| scenario.formation(*f).parent.is_none())
                    .collect();
                if let Some(&first) = top.first() {
                    self.leave(log, phase, first);
                }
            }
        }
        for i in 0..scenario.formations().len() as u32 {
            let formation = FormationId(i);
            let pending = self.commission(formation).pending;
            if let Some((mission, _)) = pending.filter(|(_, hour)| *hour <= now) {
                self.commence(log, phase, formation, mission);
            }
            let standing = self.headquarters(formation).standing;
            if standing.moves(now) && !standing.begun && scenario.is_station(formation) {
                self.headquarters_mut(formation).standing.begun = true;
                self.set_out(log, phase, formation, &standing);
            }
        }
    }

    /// All formations under a headquarters are sent off, as its directive says.
    fn set_out(
        &mut self,
        log: &mut EventLog,
        phase: Phase,
        station: FormationId,
        standing: &Standing,
    ) {
        let scenario = self.stage.0.clone();
        for i in 0..scenario.formations().len() as u32 {
            let formation = FormationId(i);
            if scenario.station(formation) != station {
                continue;
            }
            let way_out = scenario.staff(formation).way_out;
            let known = self.commission(formation).mission.is_some();
            if let Some(objective) = standing.directive.towards.or(way_out)
                && (known || formation == station)
            {
                let mission = FormationMission {
                    objective,
                    posture: MissionPosture::Withdraw,
                    may_withdraw: true,
                };
                self.commence(log, phase, formation, mission);
            }
        }
    }
}

pub(super) fn say(log: &mut EventLog, phase: Phase, event: CommandEvent) {
    log.push(phase, Event::Command(Box::new(event)));
}
