//! Taking losses: killed and wounded by the troops' own share, noted in the log and the ledger.

use crate::battle::{
    clock::Clock,
    dice::{Dice, Purpose, RollKey},
    event::{Cause, Event, EventLog, Phase},
    parts::UnitPartsItem,
    strength::Bin,
};
use crate::scenario::Hex;

/// Moves men between bins and logs it.
pub fn transfer(
    u: &mut UnitPartsItem,
    from: Bin,
    to: Bin,
    men: u32,
    cause: Cause,
    phase: Phase,
    log: &mut EventLog,
) -> u32 {
    let men = u.strength.transfer(from, to, men);
    if men > 0 {
        log.push(
            phase,
            Event::Men {
                unit: u.identity.id,
                from,
                to,
                men,
                cause,
            },
        );
    }
    men
}

/// A unit loses `count` formed men, killed and wounded in the given share.
pub fn strike(
    dice: &Dice,
    clock: &Clock,
    at: Hex,
    u: &mut UnitPartsItem,
    count: u32,
    killed_share: f64,
    cause: Cause,
    phase: Phase,
    log: &mut EventLog,
) {
    if count == 0 {
        return;
    }
    let key = RollKey {
        turn: clock.turn().0,
        purpose: Purpose::KilledShare,
        unit: u.identity.key,
        // A unit can be struck more than once an hour in one hex: the losses so far tell the
        // blows apart.
        salt: RollKey::salt(
            clock.hour_in_turn(),
            at.0,
            phase as u32 | u.ledger.losses_now << 4,
        ),
    };
    let killed = dice
        .round(
            key,
            f64::from(count) * killed_share,
            &mut u.ledger.carry_killed,
        )
        .min(count);
    transfer(u, Bin::Formed, Bin::Killed, killed, cause, phase, log);
    transfer(
        u,
        Bin::Formed,
        Bin::Wounded,
        count - killed,
        cause,
        phase,
        log,
    );
    u.ledger.losses_now += count;
}
