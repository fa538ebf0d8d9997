//! A commander without a plan: any legal orders. It tries what no reasonable commander would, so
//! that tests meet the corners of the rules. Its luck hangs on the battle's seed, on a stream of
//! its own.

use super::Commander;
use crate::{
    battle::{
        AirMission, Deed, Directive, DirectiveKind, FormationMission, MissionPosture, Order,
        SideView, Task,
        dice::{Dice, Purpose, RollKey},
        order::check,
    },
    scenario::{FormationId, Hex, Hours, SideId, map::HexMap},
};

/// Stream of the dice that no other commander uses.
const STREAM: u32 = 0x7a00;
/// Share of units that get an order in a turn.
const SHARE: f64 = 0.4;
/// How far afield goals are drawn, in hexes.
const REACH: u32 = 6;

/// Gives random legal orders.
#[derive(Clone, Copy, Debug, Default)]
pub struct RandomLegal;

impl Commander for RandomLegal {
    fn orders(&mut self, view: &SideView<'_>) -> Vec<Order> {
        let urn = Urn {
            dice: view.dice().aside(STREAM),
            turn: view.hour().turn().0,
        };
        let mut orders: Vec<Order> = (0..view.scenario().formations().len() as u32)
            .filter(|f| urn.draw(u64::from(*f), 100) < SHARE / 4.0)
            .map(|f| urn.mission(view, FormationId(f)))
            .collect();
        if urn.draw(0, 105) < SHARE / 10.0 {
            orders.push(Order::Directive {
                to: None,
                directive: Directive {
                    kind: *urn.pick(&DirectiveKind::ALL, 0, 106),
                    towards: None,
                },
                start_at: None,
            });
        }
        for own in view.own_units() {
            let key = view.scenario().unit(own.id).key;
            let Some(at) = own.hex.filter(|_| urn.draw(key, 0) < SHARE) else {
                continue;
            };
            let start_at = (urn.draw(key, 3) < 0.1).then_some(Hours(view.hour().0 + 2));
            orders.push(Order::Unit {
                unit: own.id,
                task: urn.task(view.scenario().map(), key, at),
                start_at,
            });
        }
        for (group, row, _) in view.air_groups() {
            let hexes: Vec<Hex> = view.scenario().map().grid.hexes().collect();
            let target = *urn.pick(&hexes, row.key, 1);
            let mission = match (urn.draw(row.key, 2) * 3.0) as u32 {
                0 => AirMission::Rest,
                1 => AirMission::Bomb { target },
                _ => AirMission::Interdict { target },
            };
            orders.push(Order::Air { group, mission });
        }
        for (decision, known, _) in view.open_decisions() {
            let options: Vec<u16> = (0..known.options.len() as u16).collect();
            // Some questions are left to lapse.
            if urn.draw(known.key, 4) < SHARE {
                let option = *urn.pick(&options, known.key, 1);
                orders.push(Order::Decide { decision, option });
            }
        }
        orders.retain(|order| check(view, order).is_ok());
        orders
    }
}

/// Numbers of one turn.
struct Urn {
    dice: Dice,
    turn: u32,
}

impl Urn {
    fn draw(&self, unit: u64, nth: u64) -> f64 {
        self.dice.uniform(RollKey {
            turn: self.turn,
            purpose: Purpose::Commander,
            unit,
            salt: nth,
        })
    }

    fn pick<'a, T>(&self, from: &'a [T], unit: u64, nth: u64) -> &'a T {
        let i = (self.draw(unit, nth) * from.len() as f64) as usize;
        &from[i.min(from.len() - 1)]
    }

    fn task(&self, map: &HexMap, key: u64, at: Hex) -> Task {
        let around = map.grid.within(at, REACH);
        let hex = *self.pick(&around, key, 1);
        match (self.draw(key, 2) * 12.0) as u32 {
            0 => Task::Hold,
            1 => Task::Rest,
            2 => Task::March {
                to: hex,
                forced: true,
            },
            3 => Task::March {
                to: hex,
                forced: false,
            },
            4 => Task::Withdraw { to: hex },
            5 => Task::Bombard { target: hex },
            6 => Task::Support { target: hex },
            7 => Task::Counterattack { target: hex },
            8 => Task::ClearMines { target: hex },
            9 | 10 => {
                let deed = *self.pick(&Deed::ALL, key, 4);
                let walls: Vec<SideId> = map
                    .grid
                    .neighbours(at)
                    .filter_map(|(d, _)| map.grid.side_id(at, d))
                    .filter(|s| map.sides[s.index()].wall.is_some())
                    .collect();
                match walls.is_empty() {
                    true => Task::Hold,
                    false => Task::Siege {
                        deed,
                        side: *self.pick(&walls, key, 5),
                    },
                }
            }
            _ => Task::Assault { target: hex },
        }
    }

    fn mission(&self, view: &SideView<'_>, formation: FormationId) -> Order {
        let key = u64::from(formation.0);
        let postures = [
            MissionPosture::Attack,
            MissionPosture::Hold,
            MissionPosture::Delay,
            MissionPosture::Reserve,
            MissionPosture::Withdraw,
        ];
        let hexes: Vec<Hex> = view.scenario().map().grid.hexes().collect();
        Order::Formation {
            formation,
            mission: FormationMission {
                objective: *self.pick(&hexes, key, 101),
                posture: *self.pick(&postures, key, 102),
                may_withdraw: self.draw(key, 103) < 0.5,
            },
            start_at: (self.draw(key, 104) < 0.1).then_some(Hours(view.hour().0 + 2)),
        }
    }
}
