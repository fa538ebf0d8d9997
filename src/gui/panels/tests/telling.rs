//! The list of events: what it leaves out, what it joins, where it leads, and that it keeps the other
//! side's losses to estimates.

use super::{
    desk::{Desk, Item, texts},
    lesson::{assault, end_turn, place, session},
};
use crate::{
    battle::Event,
    gui::{
        intent::Intent,
        panels::events,
        session::{Seat, Session},
        tabletop::Tabletop,
    },
    scenario::Side,
};
use bevy_egui::egui::Ui;

fn listed(session: &Session) -> Vec<Item> {
    let desk = Desk::new([1400.0, 3000.0]);
    desk.read(&|ui: &mut Ui| events::show(ui, session, &Tabletop::default()))
}

#[test]
fn events_are_read_and_lead_to_their_place() {
    let mut session = session(Seat::Both);
    assault(&mut session);
    let desk = Desk::new([900.0, 3000.0]);
    let show = |ui: &mut Ui| events::show(ui, &session, &Tabletop::default());
    let items = desk.read(&show);
    let line = items
        .iter()
        .find(|i| i.clickable && i.text.contains("Assault on"))
        .unwrap_or_else(|| panic!("{:?}", texts(&items)));
    let wanted = desk.click_at(line.rect.center(), &show);
    let village = place(&session, "village");
    assert_eq!(wanted.first(), Some(&Intent::LookAt(village)));
    let Some(Intent::OpenFoughtCard(index)) = wanted.get(1) else {
        panic!("{wanted:?}");
    };
    let opened = &session.events[*index as usize];
    assert!(
        matches!(&opened.event, Event::Fought { at, assault: true, .. } if *at == village),
        "{opened:?}"
    );
    let time = session.scenario().calendar().text(opened.hour);
    assert!(line.text.starts_with(&time), "{}", line.text);
}

#[test]
fn what_matters_has_no_mere_contact_and_one_line_for_an_assault() {
    let mut session = session(Seat::Both);
    assault(&mut session);
    let items = listed(&session);
    let contact = "comes up against the enemy";
    assert!(items.iter().all(|i| !i.text.contains(contact)));
    let told = |i: &&Item| i.clickable && i.text.contains("Assault ");
    let hours = session
        .events
        .iter()
        .filter(|l| matches!(l.event, Event::Fought { assault: true, .. }))
        .count();
    let lines = items.iter().filter(told).count();
    assert!(
        (1..=hours).contains(&lines),
        "{lines} lines of {hours} hours"
    );
}

#[test]
fn a_side_reads_the_others_losses_as_estimates() {
    for own in Side::ALL {
        let mut session = session(Seat::Side(own));
        if own == Side::Japan {
            assault(&mut session);
        } else {
            for _ in 0..8 {
                if !session.picture.over {
                    end_turn(&mut session);
                }
            }
        }
        let other = format!(" {} ", own.enemy().adjective());
        let mut fights = 0;
        for item in listed(&session) {
            let fight = item.text.contains("Assault ") || item.text.contains("Fire across");
            let Some((before, _)) = item.text.split_once(&other).filter(|_| fight) else {
                continue;
            };
            let number = before.rsplit([':', ',']).next().unwrap_or_default();
            let number = number.rsplit(" and ").next().unwrap_or_default().trim();
            let vague = ["about ", "a few", "few or no"];
            let estimated = vague.iter().any(|word| number.starts_with(word));
            // A separator of thousands cuts the "about" off.
            let cut = before.contains("about ") && number.len() == 3;
            assert!(estimated || cut, "{}", item.text);
            fights += 1;
        }
        assert!(fights > 0 || own == Side::China, "{own:?}");
    }
}
