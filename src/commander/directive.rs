//! Directives of the computer command: when it judges, by the rule that the scenario gives it, that the
//! city cannot be held, it orders everyone to break out, once. Decides nothing about formations.

use super::{desk::Desk, mission::held, reason::Motive};
use crate::{
    battle::{Directive, DirectiveKind, Message, Order, SideView, order::check},
    scenario::{Hours, command::Breakout},
};

/// The order to break out, when its time has come.
pub(super) fn give(view: &SideView<'_>, desk: &mut Desk) {
    let scenario = view.scenario();
    let Some(plan) = scenario.breakout(view.side()).filter(|p| p.enabled) else {
        return;
    };
    let moves = |message: &Message| match message {
        Message::Directive(d) => d.kind.moves(),
        Message::Mission(_) => false,
    };
    let given = view.dispatches().any(|d| moves(&d.message))
        || scenario.stations(view.side()).any(|f| {
            scenario.formation(f).parent.is_none()
                && view.directive(f).is_some_and(|s| s.directive.kind.moves())
        });
    let entered = gates_entered(view);
    if given || !cannot_be_held(view, plan, entered) {
        return;
    }
    let order = Order::Directive {
        to: None,
        directive: Directive {
            kind: DirectiveKind::BreakOut,
            towards: None,
        },
        start_at: Some(Hours(view.hour().0 + plan.notice_hours)),
    };
    if check(view, &order).is_ok() {
        desk.send(order, Motive::Gates { lost: entered });
    }
}

/// So many gates in enemy hands or with a foothold of his; or the place on which all hangs, and one.
fn cannot_be_held(view: &SideView<'_>, plan: &Breakout, entered: u32) -> bool {
    let enemy = view.side().enemy();
    entered >= plan.gates
        || (entered >= 1 && plan.key_place.is_some_and(|place| held(view, place, enemy)))
}

/// Gates in enemy hands or with a foothold of his.
fn gates_entered(view: &SideView<'_>) -> u32 {
    let enemy = view.side().enemy();
    let map = view.scenario().map();
    map.gates
        .iter()
        .filter(|gate| {
            let inner = map.sides[gate.side.index()].wall;
            let lost = inner.is_some_and(|hex| view.control(hex) == Some(enemy));
            lost || view.rampart(gate.side).lodgement.is_some()
        })
        .count() as u32
}
