//! Where the sun stands, by date, hour and place, and what light that gives. Low-precision formulas
//! (a tenth of a degree is ample); `libm` alone, so that it is the same on every machine.

use super::{calendar::Calendar, calendar::Hours, rules::LightRules};
use jiff::civil::DateTime;

/// Light of an hour.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Daylight {
    /// Factor on fire and sight, the hour's mean.
    pub light: f64,
    /// Does it count as night?
    pub night: bool,
}

/// Height of the sun above the horizon, degrees, at a local time that is `zone_hours` ahead of
/// Greenwich.
pub fn height(time: DateTime, zone_hours: f64, lon: f64, lat: f64) -> f64 {
    let rad = core::f64::consts::PI / 180.0;
    let midnight = time.date().to_datetime(jiff::civil::Time::midnight());
    let epoch = jiff::civil::date(2000, 1, 1).at(12, 0, 0, 0);
    let days = midnight.duration_since(epoch).as_secs() as f64 / 86_400.0;
    let hours = f64::from(time.hour()) + f64::from(time.minute()) / 60.0 - zone_hours;
    let d = days + hours / 24.0;
    // Mean anomaly and longitude, ecliptic longitude, obliquity (Meeus, ch. 25, low accuracy).
    let anomaly = (357.529 + 0.985_600_28 * d) * rad;
    let mean = 280.459 + 0.985_647_36 * d;
    let longitude = (mean + 1.915 * libm::sin(anomaly) + 0.020 * libm::sin(2.0 * anomaly)) * rad;
    let obliquity = (23.439 - 0.000_000_36 * d) * rad;
    let declination = libm::asin(libm::sin(obliquity) * libm::sin(longitude));
    let ascension = libm::atan2(
        libm::cos(obliquity) * libm::sin(longitude),
        libm::cos(longitude),
    );
    let sidereal = (18.697_374_558 + 24.065_709_824_419_08 * d) * 15.0 + lon;
    let angle = sidereal * rad - ascension;
    let sine = libm::sin(lat * rad) * libm::sin(declination)
        + libm::cos(lat * rad) * libm::cos(declination) * libm::cos(angle);
    libm::asin(sine) / rad
}

/// Light at a height of the sun.
fn light(rules: &LightRules, height: f64) -> f64 {
    let share = (height - rules.night_below_deg) / (rules.day_above_deg - rules.night_below_deg);
    rules.night + (rules.day - rules.night) * share.clamp(0.0, 1.0)
}

/// The light of each hour of a battle, by its number.
pub fn daylight(
    rules: &LightRules,
    calendar: &Calendar,
    hours: u32,
    [lon, lat]: [f64; 2],
) -> Vec<Daylight> {
    (0..hours)
        .map(|hour| {
            let begin = calendar.at(Hours(hour));
            let at = |minute: i64| {
                let time = begin.saturating_add(jiff::SignedDuration::from_mins(minute));
                height(time, rules.zone_hours, lon, lat)
            };
            let samples = [5, 15, 25, 35, 45, 55].map(|m| light(rules, at(m)));
            Daylight {
                light: samples.iter().sum::<f64>() / samples.len() as f64,
                night: at(30) < rules.night_below_deg,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NANKING: [f64; 2] = [118.78, 32.05];

    /// Local time at which the sun's upper limb crosses the horizon on 12 December, in minutes.
    fn crossing(minutes: std::ops::Range<i64>) -> i64 {
        let day = jiff::civil::date(1937, 12, 12).at(0, 0, 0, 0);
        let up = |m: i64| {
            let time = day.saturating_add(jiff::SignedDuration::from_mins(m));
            height(time, 8.0, NANKING[0], NANKING[1]) > -0.833
        };
        let first = up(minutes.start);
        minutes
            .clone()
            .find(|m| up(*m) != first)
            .expect("it rises and sets")
    }

    /// The table of dates has sunrise about 06:52 to 06:57 and sunset about 17:01.
    #[test]
    fn the_sun_rises_and_sets_when_it_did() {
        let rise = crossing(300..720);
        let set = crossing(720..1200);
        assert!((6 * 60 + 52..=6 * 60 + 57).contains(&rise), "{rise}");
        assert!((17 * 60 - 2..=17 * 60 + 4).contains(&set), "{set}");
    }

    /// At midsummer it is light where in December it is dark.
    #[test]
    fn the_same_hour_is_lighter_in_summer() {
        let at = |month| {
            let time = jiff::civil::date(1937, month, 21).at(18, 0, 0, 0);
            height(time, 8.0, NANKING[0], NANKING[1])
        };
        assert!(at(6) > 0.0 && at(12) < -6.0, "{} {}", at(6), at(12));
    }
}
