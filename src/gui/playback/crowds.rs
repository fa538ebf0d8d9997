//! Crowds during playback: where each is at a minute, and how many men are in it. Made from the
//! picture before the turn and the events one's side observed.

use crate::{
    battle::{CrowdAt, CrowdId, Event},
    gui::picture::Picture,
    scenario::{HexMap, Side},
};
use std::collections::BTreeMap;

/// A crowd as drawn at a minute.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shown {
    /// Whose.
    pub side: Side,
    /// Km.
    pub at: [f64; 2],
    /// Soldiers in it.
    pub men: u32,
    /// Exact, or an estimate?
    pub exact: bool,
}

/// All crowds of a turn.
#[derive(Clone, Debug, Default)]
pub struct Bodies(BTreeMap<CrowdId, Body>);

#[derive(Clone, Debug)]
struct Body {
    side: Side,
    exact: bool,
    /// Minutes and where it is then; between them it goes straight.
    way: Vec<(f64, [f64; 2])>,
    /// Minutes from which on so many are in it.
    men: Vec<(f64, u32)>,
}

impl Bodies {
    /// As they are before the turn.
    pub(super) fn before(picture: &Picture, map: &HexMap) -> Self {
        let body = |c: &crate::gui::picture::escape::Crowd| Body {
            side: c.side,
            exact: c.exact,
            way: vec![(0.0, map.grid.centre(c.at))],
            men: vec![(f64::NEG_INFINITY, c.men)],
        };
        let crowds = picture.escape.crowds.iter();
        Self(crowds.map(|c| (c.id, body(c))).collect())
    }

    /// What an event that was observed says of a crowd, from one minute to another.
    pub(super) fn take(&mut self, event: &Event, (begin, end): (f64, f64), map: &HexMap) {
        match event {
            Event::CrowdFormed(c) => {
                self.body(c, begin, map).men.push((begin, c.men));
            }
            Event::CrowdMoved(c) => {
                let to = map.grid.centre(c.at);
                let body = self.body(c, begin, map);
                body.go(begin, end, to);
                body.men.push((begin, c.men));
            }
            // It goes on as the other one from here.
            Event::CrowdMerged(c) => self.body(c, begin, map).men.push((end, 0)),
            Event::CrowdCounted(c) => self.body(c, begin, map).men.push((end, c.men)),
            _ => {}
        }
    }

    fn body(&mut self, c: &CrowdAt, minute: f64, map: &HexMap) -> &mut Body {
        self.0.entry(c.crowd).or_insert_with(|| Body {
            side: c.side,
            exact: true,
            way: vec![(minute, map.grid.centre(c.at))],
            men: vec![(minute, c.men)],
        })
    }

    /// Those that are seen at a minute.
    pub(super) fn shown(&self, minute: f64) -> impl Iterator<Item = Shown> + '_ {
        self.0.values().filter_map(move |body| {
            let men = body.men.iter().rev().find(|(from, _)| *from <= minute)?.1;
            (men > 0).then_some(Shown {
                side: body.side,
                at: body.at(minute)?,
                men,
                exact: body.exact,
            })
        })
    }
}

impl Body {
    /// Goes to a point. Several steps of one hour are one.
    fn go(&mut self, begin: f64, end: f64, to: [f64; 2]) {
        match self.way.last_mut() {
            Some((at, point)) if *at >= end => *point = to,
            Some((at, point)) => {
                if *at < begin {
                    let stands = *point;
                    self.way.push((begin, stands));
                }
                self.way.push((end, to));
            }
            None => self.way.push((end, to)),
        }
    }

    fn at(&self, minute: f64) -> Option<[f64; 2]> {
        let next = self.way.iter().position(|(at, _)| *at > minute);
        match next {
            None => self.way.last().map(|(_, p)| *p),
            Some(0) => self.way.first().map(|(_, p)| *p),
            Some(i) => {
                let ((a, from), (b, to)) = (self.way[i - 1], self.way[i]);
                let share = (minute - a) / (b - a).max(1e-9);
                Some([0, 1].map(|k| from[k] + (to[k] - from[k]) * share))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gui::panels::tests::lesson;

    fn at(map: &HexMap, column: u16, row: u16) -> crate::scenario::Hex {
        map.grid.hex(column, row).expect("on the map")
    }

    #[test]
    fn a_crowd_forms_goes_on_grows_and_goes_into_another() {
        let session = lesson::session(crate::gui::session::Seat::Both);
        let map = session.scenario().map();
        let mut bodies = Bodies::default();
        let told = |crowd: u32, column: u16, men: u32| CrowdAt {
            crowd: CrowdId(crowd),
            side: Side::China,
            at: at(map, column, 2),
            men,
        };
        let hour = |n: f64| (n * 60.0 + 20.0, n * 60.0 + 40.0);
        bodies.take(&Event::CrowdFormed(told(0, 2, 300)), hour(0.0), map);
        bodies.take(&Event::CrowdMoved(told(0, 3, 300)), hour(1.0), map);
        bodies.take(&Event::CrowdMoved(told(0, 4, 300)), hour(1.0), map);
        bodies.take(&Event::CrowdCounted(told(0, 4, 500)), hour(1.0), map);
        bodies.take(&Event::CrowdMerged(told(0, 4, 500)), hour(2.0), map);
        let shown = |minute: f64| bodies.shown(minute).next();
        assert_eq!(shown(10.0), None, "not before it forms");
        assert_eq!(shown(30.0).unwrap().at, map.grid.centre(at(map, 2, 2)));
        let (from, to) = (shown(70.0).unwrap().at, shown(100.0).unwrap().at);
        assert_eq!(to, map.grid.centre(at(map, 4, 2)));
        let half_way = shown(90.0).unwrap();
        assert!((half_way.at[0] - (from[0] + to[0]) / 2.0).abs() < 1e-9);
        assert_eq!((half_way.men, shown(100.0).unwrap().men), (300, 500));
        assert_eq!(shown(170.0), None, "it is part of another");
    }

    #[test]
    fn those_there_before_the_turn_stand_where_they_were() {
        let mut session = lesson::session(crate::gui::session::Seat::Both);
        let map = session.scenario().map().clone();
        session
            .picture
            .escape
            .crowds
            .push(crate::gui::picture::escape::Crowd {
                id: CrowdId(4),
                side: Side::China,
                at: at(&map, 1, 1),
                men: 120,
                exact: false,
                way: Vec::new(),
            });
        let bodies = Bodies::before(&session.picture, &map);
        let shown = bodies.shown(0.0).next().unwrap();
        assert_eq!((shown.men, shown.exact), (120, false));
        assert_eq!(shown.at, map.grid.centre(at(&map, 1, 1)));
    }
}
