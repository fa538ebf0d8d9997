//! The chronicle without a window: what stands on a day, what is history and what is not, and where a
//! click leads.

use super::*;
use crate::gui::{
    intent::SidePanel,
    panels::{
        self,
        tests::{
            desk::{Desk, Item, texts},
            lesson,
        },
    },
    session::Seat,
};

fn read(session: &Session, table: &Tabletop, size: [f32; 2]) -> Vec<Item> {
    Desk::new(size).read(&|ui: &mut Ui| show(ui, session, table))
}

/// The article: Chiang leaves just before dawn on 7 December; by 8 December all civilians were to go
/// into the Safety Zone.
#[test]
fn a_day_stands_beside_what_history_tells_of_it() {
    let session = lesson::campaign(20);
    let table = Tabletop::default();
    let desk = Desk::new([560.0, 3000.0]);
    let show_it = |ui: &mut Ui| show(ui, &session, &table);
    assert_eq!(desk.click("7", &show_it), [], "the day before the last");
    let all = texts(&desk.read(&show_it)).join("\n");
    assert!(all.contains("Tuesday, 7 December 1937"), "{all}");
    assert!(all.contains("06:00  Chiang leaves Nanking: Just before dawn"));
    assert!(
        all.contains("The mayor leaves."),
        "told short in the battle"
    );
    assert!(!all.contains("Order to the civilians"), "of the 8th: {all}");
    assert!(all.contains("Killed and wounded on this day"), "{all}");
}

#[test]
fn what_is_yet_to_come_is_in_neither_column() {
    let session = lesson::campaign(3);
    let now = session.picture.hour;
    let calendar = session.scenario().calendar();
    let page = made(&session, calendar.day(now), true, None);
    assert!(page.history.iter().all(|d| d.hour < now));
    let first = made(&session, 0, true, None);
    assert!(!first.history.is_empty() && !first.told.is_empty());
    let early = made(&session, 0, true, Some(Hours(0)));
    assert!(early.told.len() < first.told.len());
}

/// Each command had its own secrets: the Japanese did not know of Chiang's telegram of 11 December.
#[test]
fn a_side_reads_no_secret_of_the_other_in_history() {
    let session = lesson::campaign(1);
    let scenario = session.scenario();
    let told = |side| {
        let all = days::history(scenario, side);
        let has = |part: &str| all.iter().any(|d| d.text.contains(part));
        [
            has("A telegram from Chiang Kai-shek"),
            has("The guns and the mausoleums"),
        ]
    };
    assert_eq!(told(Some(Side::China)), [true, false]);
    assert_eq!(told(Some(Side::Japan)), [false, true]);
    assert_eq!(told(None), [true, true]);
}

#[test]
fn every_line_of_history_has_a_source_and_those_of_places_lead_there() {
    let session = lesson::campaign(1);
    let all = days::history(session.scenario(), None);
    assert!(
        all.iter()
            .all(|d| !d.source.is_empty() && !d.text.is_empty())
    );
    assert!(all.is_sorted_by_key(|d| d.hour));
    let hill = all.iter().find(|d| d.text.starts_with("Yuhuatai overrun"));
    let at = lesson::place(&session, "yuhuatai");
    assert_eq!(hill.and_then(|d| d.at), Some(at));
}

#[test]
fn a_click_on_a_line_looks_at_its_place() {
    let mut session = lesson::session(Seat::Both);
    let index = lesson::assault(&mut session);
    let table = Tabletop::default();
    let desk = Desk::new([560.0, 3000.0]);
    let show_it = |ui: &mut Ui| show(ui, &session, &table);
    desk.click("in detail", &show_it);
    // The latest day is open; the fight may have been on another.
    let day = session
        .scenario()
        .calendar()
        .day(session.events[index].hour);
    let label = session.scenario().calendar().at(noon(&session, day));
    desk.click(&label.strftime("%-d").to_string(), &show_it);
    let page = made(&session, day, true, None);
    let placed = page
        .told
        .iter()
        .find_map(|e| {
            let at = whereabouts(session.scenario(), &session.events[e.index].event)?;
            Some((e.text.clone(), at))
        })
        .expect("something happened somewhere");
    let wanted = desk.click(&placed.0, &show_it);
    assert_eq!(wanted.first(), Some(&Intent::LookAt(placed.1)));
}

#[test]
fn the_chronicle_takes_the_place_of_the_forces_and_fits_both_screens() {
    let session = lesson::campaign(2);
    let mut table = Tabletop::default();
    table.panels.insert(SidePanel::Chronicle);
    for size in [[1280.0, 720.0], [1600.0, 1000.0]] {
        let desk = Desk::new(size);
        let items = desk.read(&|ui| panels::show(ui, &session, &table).0);
        let screen = desk.screen().x_range();
        for item in items.iter().filter(|i| i.text.contains("In history")) {
            assert!(screen.contains(item.rect.min.x) && screen.contains(item.rect.max.x));
        }
        assert!(texts(&items).contains(&"In history"));
    }
    assert!(!read(&session, &table, [450.0, 600.0]).is_empty());
}
