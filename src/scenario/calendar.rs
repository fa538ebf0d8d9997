//! Time: hours of the battle, turns of four hours, and local civil time.
//!
//! The source's hour marks carry no time zone; they are taken as local time.

use jiff::civil::DateTime;
use serde::{Deserialize, Serialize};

/// Hours since the battle began. Hour 0 is the first hour of turn 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct Hours(pub u32);

/// A turn lasts four hours (model §0).
pub const HOURS_PER_TURN: u32 = 4;

/// Number of a turn, from 1.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub struct TurnNo(pub u32);

impl TurnNo {
    /// Its first hour.
    pub fn first_hour(self) -> Hours {
        Hours((self.0 - 1) * HOURS_PER_TURN)
    }
}

impl Hours {
    /// The turn this hour belongs to.
    pub fn turn(self) -> TurnNo {
        TurnNo(self.0 / HOURS_PER_TURN + 1)
    }
}

/// Ties hours of the battle to the calendar of 1937.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calendar {
    start: DateTime,
}

impl Calendar {
    /// A battle that begins at `start`, local time.
    pub fn new(start: DateTime) -> Self {
        Self { start }
    }

    /// Reads a local time such as `1937-12-05T05:00`.
    pub fn parse(text: &str) -> Option<DateTime> {
        text.parse().ok()
    }

    /// Local time at the beginning of an hour.
    pub fn at(&self, hour: Hours) -> DateTime {
        self.start
            .saturating_add(jiff::SignedDuration::from_hours(i64::from(hour.0)))
    }

    /// ISO 8601 to the minute: `1937-12-05T05:00`.
    pub fn iso(&self, hour: Hours) -> String {
        self.at(hour).strftime("%Y-%m-%dT%H:%M").to_string()
    }

    /// For people: `5 Dec 05:00`.
    pub fn text(&self, hour: Hours) -> String {
        self.at(hour).strftime("%-d %b %H:%M").to_string()
    }

    /// The hour of the battle in which a local time lies; before the start counts as hour 0.
    pub fn hour_of(&self, time: DateTime) -> Hours {
        let minutes = time.duration_since(self.start).as_mins();
        Hours(u32::try_from(minutes.max(0) / 60).unwrap_or(u32::MAX))
    }

    /// Hour of the day, 0 to 23.
    pub fn hour_of_day(&self, hour: Hours) -> u32 {
        u32::try_from(self.at(hour).hour()).unwrap_or(0)
    }

    /// Days since the battle's first day, for daily totals.
    pub fn day(&self, hour: Hours) -> u32 {
        (self.hour_of_day(Hours(0)) + hour.0) / 24
    }
}
