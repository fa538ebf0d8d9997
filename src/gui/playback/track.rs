//! The way of one unit through a turn: legs in minutes of the turn, and when it is seen at all.
//! Knows nothing of events; it only answers where a unit is drawn at a minute.

/// A straight way between two points.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Leg {
    begin: f64,
    end: f64,
    from: [f64; 2],
    to: [f64; 2],
}

/// When and where a unit is drawn. Points are km east and north of the map's south-west corner;
/// times are minutes since the turn began, and must be given in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Track {
    legs: Vec<Leg>,
    /// Changes between seen and not seen.
    sight: Vec<(f64, bool)>,
}

impl Track {
    /// Seen at a point from a minute on.
    pub fn appear(&mut self, minute: f64, at: [f64; 2]) {
        self.legs.push(Leg {
            begin: minute,
            end: minute,
            from: at,
            to: at,
        });
        self.sight.push((minute, true));
    }

    /// Not seen from a minute on.
    pub fn vanish(&mut self, minute: f64) {
        self.sight.push((minute, false));
    }

    /// Goes from point to point.
    pub fn go(&mut self, begin: f64, end: f64, from: [f64; 2], to: [f64; 2]) {
        self.legs.push(Leg {
            begin,
            end,
            from,
            to,
        });
    }

    /// Where it is at last.
    pub fn end(&self) -> Option<[f64; 2]> {
        self.seen(f64::INFINITY).then_some(self.legs.last()?.to)
    }

    /// Where it is drawn at a minute, if it is seen.
    pub fn at(&self, minute: f64) -> Option<[f64; 2]> {
        if !self.seen(minute) {
            return None;
        }
        let leg = self.legs.iter().rev().find(|l| l.begin <= minute)?;
        let length = leg.end - leg.begin;
        let share = if length > 0.0 {
            ((minute - leg.begin) / length).clamp(0.0, 1.0)
        } else {
            1.0
        };
        Some([0, 1].map(|i| leg.from[i] + (leg.to[i] - leg.from[i]) * share))
    }

    fn seen(&self, minute: f64) -> bool {
        self.sight
            .iter()
            .rev()
            .find(|(from, _)| *from <= minute)
            .is_some_and(|(_, seen)| *seen)
    }
}

#[cfg(test)]
mod tests {
    use super::Track;

    #[test]
    fn a_unit_is_half_way_at_half_time_and_stays_at_the_end() {
        let mut track = Track::default();
        track.appear(0.0, [1.0, 1.0]);
        track.go(10.0, 20.0, [1.0, 1.0], [3.0, 1.0]);
        assert_eq!(track.at(5.0), Some([1.0, 1.0]));
        assert_eq!(track.at(15.0), Some([2.0, 1.0]));
        assert_eq!(track.at(60.0), Some([3.0, 1.0]));
        assert_eq!(track.end(), Some([3.0, 1.0]));
    }

    #[test]
    fn a_unit_is_drawn_only_while_it_is_seen() {
        let mut track = Track::default();
        assert_eq!(track.at(0.0), None);
        track.appear(30.0, [2.0, 2.0]);
        track.vanish(40.0);
        track.appear(90.0, [5.0, 5.0]);
        assert_eq!(track.at(29.0), None);
        assert_eq!(track.at(30.0), Some([2.0, 2.0]));
        assert_eq!(track.at(41.0), None);
        assert_eq!(track.at(100.0), Some([5.0, 5.0]));
    }
}
