//! The event reference: every condition and action with a word on it and an example, and the page
//! `docs/events.md` written from them. Tests load and check every example.

use super::rates::RATES;
use std::fmt::Write;

/// An entry: what it is, and how it is written.
pub struct Entry {
    /// In a sentence.
    pub text: &'static str,
    /// As it stands in a file.
    pub example: &'static str,
}

const fn entry(text: &'static str, example: &'static str) -> Entry {
    Entry { text, example }
}

impl Entry {
    /// Its name: the first word of its example.
    pub fn name(&self) -> &'static str {
        let end = self.example.find('(').unwrap_or(self.example.len());
        &self.example[..end]
    }
}

/// An event and the decision it asks for: the example at the head of the page, to which others refer.
pub const WHOLE: &str = r#"(
    id: "message_from_the_river",
    title: "A message from the river",
    when: All([
        After("1937-12-11T12:00"),
        Captured(place: "chunhuazhen", by: Japan),
    ]),
    chance: 0.8,
    delay: 2,
    then: [
        SetFlag("boats_are_short"),
        Decision((
            id: "send_for_boats",
            side: China,
            question: "Shall boats be sent for from upriver?",
            deadline: 12,
            otherwise: "no",
            options: [
                (
                    id: "yes",
                    text: "Boats are sent for.",
                    weight: (base: 1.0, hold_to_death: -0.5),
                    then: [Message(to: China, text: "The boats cannot be here before the 13th.")],
                    source: "invented for this page", confidence: Low,
                ),
                (
                    id: "no",
                    text: "No boats are sent for.",
                    source: "invented for this page", confidence: Low,
                ),
            ],
            source: "invented for this page", confidence: Low,
        )),
    ],
    narration: "An officer reports how few boats are left at Xiaguan.",
    source: "invented for this page", confidence: Low,
)"#;

/// Conditions.
pub static CONDITIONS: &[Entry] = &[
    entry("It is this hour.", r#"At("1937-12-10T13:00")"#),
    entry("It is this hour or later.", r#"After("1937-12-10T13:00")"#),
    entry(
        "It is earlier than this hour.",
        r#"Before("1937-12-10T13:00")"#,
    ),
    entry(
        "It is the first hour or later, and earlier than the second.",
        r#"Between("1937-12-09T12:00", "1937-12-10T12:00")"#,
    ),
    entry(
        "Hour of the day; across midnight if the first number is the larger.",
        "HourOfDay(from: 22, until: 5)",
    ),
    entry(
        "Turns of four hours, counted from 1.",
        "Turn(from: 1, until: 6)",
    ),
    entry(
        "A side holds all of a place now.",
        r#"Held(place: "yuhuatai", by: China)"#,
    ),
    entry(
        "A side has taken a place in this battle, whoever holds it now.",
        r#"Captured(place: "yuhuatai", by: Japan)"#,
    ),
    entry(
        "A side is in a place that the other holds, or fights for it.",
        r#"Contested(place: "gate_guanghua", by: Japan)"#,
    ),
    entry("The city is lost.", "CityLost"),
    entry(
        "Formed men of a side, formation or unit.",
        r#"Strength(of: Formation("cn_88d"), men: AtMost(1500))"#,
    ),
    entry(
        "Formed men as a share of all it began with, those still to come among them.",
        r#"ShareLeft(of: Formation("cn_262b"), share: AtMost(0.3))"#,
    ),
    entry(
        "Killed and wounded so far.",
        "Losses(of: Side(Japan), men: AtLeast(5000))",
    ),
    entry(
        "Mean cohesion of its men on the map.",
        r#"Cohesion(of: Formation("cn_58d"), mean: AtMost(0.4))"#,
    ),
    entry(
        "Mean supply of its men on the map.",
        r#"Supply(of: Formation("jp_16d"), mean: AtMost(0.25))"#,
    ),
    entry(
        "Share of its men on the map who are cut off from supply.",
        r#"CutOff(of: Side(China), share: AtLeast(0.5))"#,
    ),
    entry(
        "Some of it is on the map; a formation counts with all under it.",
        r#"OnMap(Formation("cn_2ag"))"#,
    ),
    entry(
        "Some of it stands within so many kilometres of a place.",
        r#"Near(of: Unit("jp_20i_1"), place: "gate_zhongshan", km: 2.0)"#,
    ),
    entry(
        "A formation has a mission of this kind, and it is in force with it.",
        r#"OrderReceived(formation: "cn_88d", task: Withdraw)"#,
    ),
    entry("A flag is set.", r#"Flag("boats_are_short")"#),
    entry(
        "Another event happened so many hours ago or more (`hours_ago` may be left out: at all).",
        r#"Fired(event: "message_from_the_river", hours_ago: 28)"#,
    ),
    entry(
        "A decision was taken in this way.",
        r#"Decided(decision: "send_for_boats", option: "yes")"#,
    ),
    entry("`Day`, `HalfLight` or `Night`.", "Light(Night)"),
    entry("There is fog.", "Fog"),
    entry(
        "A draw by keyed dice, anew each hour: probability an hour. Where no dice are thrown, it \
         holds if it is above one half.",
        "Chance(0.05)",
    ),
    entry("All of these.", r#"All([Light(Night), Fog])"#),
    entry(
        "One of these or more.",
        r#"Any([Captured(place: "gate_zhonghua", by: Japan), Captured(place: "gate_guanghua", by: Japan)])"#,
    ),
    entry("Not this.", r#"Not(Held(place: "pukou", by: Japan))"#),
    entry(
        "So many of these or more.",
        r#"AtLeast(2, [Held(place: "gate_zhonghua", by: Japan), Held(place: "gate_guanghua", by: Japan), Held(place: "gate_zhongshan", by: Japan)])"#,
    ),
];

/// Actions.
pub static ACTIONS: &[Entry] = &[
    entry(
        "Habits of a side's command, or of a formation's with all under it, change from now on: \
         `aggression`, `hold_to_death`, `counterattack`, `reserve`, `night_attack`, \
         `loss_tolerance`, `phase_line_disobey`, `rivalry` (0 to 1). What is not named stays.",
        r#"Doctrine(of: Formation("cn_74c"), set: (hold_to_death: Some(0.2)))"#,
    ),
    entry(
        "A formation and all under it get a new plan: `Seize`, `Hold`, `Delay`, `Reserve` or \
         `Withdraw` at a place. It stands over the plan in the file, and goes to them as an order \
         with the next turn.",
        r#"Mission(formation: "cn_88d", task: Withdraw, place: "xiaguan")"#,
    ),
    entry(
        "A unit is ordered to `Hold`, `Rest`, `March`, `Assault`, `Withdraw`, `Bombard` or `Support` \
         with the next turn, in place of what its side has ordered; what is not legal then lapses.",
        r#"Order(unit: "cn_tank", task: March("xiaguan"))"#,
    ),
    entry(
        "An objective becomes worth more or less to a side's command.",
        r#"Objective(place: "pukou", side: Japan, worth: 20)"#,
    ),
    entry(
        "A unit that has not come yet comes `Now` (with the next turn), `At` a time, or `Never`. It \
         does nothing once the unit has come.",
        r#"Arrival(unit: "jp_12i_1", when: At("1937-12-06T13:00"))"#,
    ),
    entry(
        "A unit is called away: it makes for the exit of the map nearest to a place, and takes no \
         other orders.",
        r#"Departure(unit: "cn_41d_sup", towards: "pukou")"#,
    ),
    entry(
        "A directive goes out to the headquarters of a side, or of a formation and all under it, and \
         travels down the chain of command: `HoldToTheDeath`, `Delay`, `MayWithdraw`, `Withdraw` or \
         `BreakOut`. `towards` (each by its own way out), `notice` in hours (0) and `by` (`Command`; or \
         `Above`, the superior outside the battle) may be left out.",
        "Directive(to: Side(China), kind: BreakOut, notice: 6)",
    ),
    entry(
        "A side's computer command judges itself when the city is to be given up (the scenario's \
         `breakout`), or leaves that to events.",
        "StaffBreakout(side: China, on: false)",
    ),
    entry(
        "A headquarters leaves the battle, and its staff with it: by the nearest boats, or by its way \
         out. Where it is the highest, no order goes out any more and the news of it spreads.",
        r#"HeadquartersLeaves("cn_gf")"#,
    ),
    entry(
        "A headquarters goes to a place: the unit it is with is ordered there.",
        r#"HeadquartersMoves(formation: "cn_88d", to: "xinjiekou")"#,
    ),
    entry(
        "The wire between a headquarters and the one above it is mended, or cut.",
        r#"Wire(formation: "cn_87d", whole: false)"#,
    ),
    entry(
        "A headquarters has a radio, or has none.",
        r#"Radio(formation: "cn_td", on: false)"#,
    ),
    entry(
        "News spreads among a side, from a place, that all is lost; commanders with initiative may \
         act on it.",
        r#"News(side: China, from: "xinjiekou")"#,
    ),
    entry(
        "Barrier troops let everyone pass, or stop them again.",
        r#"Barrier(unit: "cn_36d_bar", on: false)"#,
    ),
    entry(
        "A formation has another commander.",
        r#"Leader(formation: "jp_sea", name: "Prince Asaka Yasuhiko, commander")"#,
    ),
    entry(
        "A side's guns and aircraft are kept from the map's no-fire zones, or no more.",
        "NoFireZones(side: Japan, kept: false)",
    ),
    entry(
        "A gate is shut with sandbags and concrete, if those who hold the city hold it.",
        r#"Barricade("gate_zhonghua")"#,
    ),
    entry(
        "A gate's barricade is cleared away, if those who hold the city hold it.",
        r#"OpenGate("gate_zhonghua")"#,
    ),
    entry(
        "Boats of a kind come to a place where boats put off (one of the scenario's `crossings`), or go \
         from it: `more` below 0, and at most those that are there. `owner`, a formation that keeps \
         them for itself, may be left out: for whoever comes.",
        r#"Boats(at: "xiaguan", kind: "junk", more: -60)"#,
    ),
    entry(
        "No boat of a side puts off any more, wherever it lies and though no ship bars the river; or \
         they do again.",
        "Crossings(side: China, open: false)",
    ),
    entry(
        "A side begins to lay waste the ground that the scenario's `scorched_earth` names, or stops.",
        "ScorchedEarth(side: China, on: false)",
    ),
    entry(
        "Mines are laid in the hexes of a place, where the enemy neither stands nor controls.",
        r#"Mines(place: "qixiashan", of: China)"#,
    ),
    entry(
        "Lanes through a side's minefields about a place are marked: its own men pass them unhurt \
         even in flight by night.",
        r#"Lanes(of: China, near: "gate_taiping", km: 6)"#,
    ),
    entry(
        "A place catches fire, where its ground burns; never in the Safety Zone.",
        r#"Fire("coal_port")"#,
    ),
    entry(
        "An air group flies so many sorties on a clear day from now on; 0 keeps it on the ground. \
         Ships are units: see `Arrival` and `Order`.",
        r#"AirGroup(group: "jp_air_1", sorties_per_day: 0)"#,
    ),
    entry(
        "A number of the rules changes from now on: one of the list below.",
        r#"Rate(rule: "weather.morning_fog", value: 0.6)"#,
    ),
    entry(
        "A flag is set. A flag exists when some action sets it.",
        r#"SetFlag("radio_is_silent")"#,
    ),
    entry("A flag is taken down.", r#"ClearFlag("radio_is_silent")"#),
    entry(
        "A side's command learns something.",
        r#"Message(to: China, text: "The line to the 88th Division is cut.")"#,
    ),
    entry(
        "Something is told to everybody.",
        r#"Narration("Over the city the sky is red.")"#,
    ),
    entry(
        "A remark on history, with its source.",
        r#"HistoricalNote(text: "In fact no answer was given.", source: "article", confidence: High)"#,
    ),
    entry(
        "A command is asked to decide: see the head of this page. It is asked once.",
        r#"Decision((id: "ask_again", side: China, question: "Shall the bridge be kept?", deadline: 8, otherwise: "keep", options: [(id: "keep", text: "It is kept.", source: "invented", confidence: Low), (id: "burn", text: "It is burnt.", source: "invented", confidence: Low)], source: "invented", confidence: Low))"#,
    ),
    entry(
        "The battle ends at once.",
        r#"EndBattle(text: "The garrison lays down its arms. What would have followed is unknown.")"#,
    ),
];

/// The page.
pub fn page() -> String {
    let mut text = String::from(HEAD);
    // Writing to a String cannot fail.
    let _ = writeln!(text, "```ron\n{WHOLE}\n```\n{AFTER}");
    for (title, list) in [("Conditions", CONDITIONS), ("Actions", ACTIONS)] {
        let _ = writeln!(text, "## {title}\n");
        for entry in list {
            let _ = writeln!(
                text,
                "**{}**  {}\n\n```ron\n{}\n```\n",
                entry.name(),
                entry.text,
                entry.example
            );
        }
    }
    let _ = writeln!(text, "## Rules that `Rate` may change\n");
    let _ = writeln!(text, "| rule | what it is | from | to |\n|---|---|--:|--:|");
    for rate in RATES {
        let (least, most) = rate.limits;
        let _ = writeln!(
            text,
            "| `{}` | {} | {least} | {most} |",
            rate.name, rate.text
        );
    }
    text
}

const HEAD: &str = "# Events\n\n\
Written from the code by `UPDATE_DOCS=1 cargo test event_reference`; do not edit.\n\n\
A scenario file may have a list `events`: when this, then that. They are checked every hour of the \
battle, in order of id. There is no scripting language, and no action sets strength, cohesion, \
control, breaches or losses: an event changes what commands intend, know and are allowed, and the rules \
do the rest. `nanking check` finds unknown names, events that can never happen, that wait on each other, \
or that undo each other at the same hour. `--no-events` plays a scenario without them.\n\n\
An event, with a decision:\n\n";

const AFTER: &str = "\n\
- `when`: the conditions. The event comes up in the hour in which they begin to hold.\n\
- `chance` (1 if left out): the probability that it then happens, by keyed dice.\n\
- `once` (true): it comes up only once. With `once: false` it comes up each time its conditions \
begin to hold anew.\n\
- `delay` (0): hours until its actions.\n\
- `then`: the actions, in order. `narration`: what people read.\n\
- `enabled` (true): with `false` it is left out of the battle.\n\
- `known_to` (both): `Some(China)` or `Some(Japan)` if only one side is to read of it.\n\
- `source`, `confidence`: as everywhere.\n\n\
A decision is put to a side's command. Players answer within `deadline` hours; the computer draws \
among the options in proportion to `weight`, a base and so much for each habit of its doctrine \
(`aggression`, `hold_to_death`, `counterattack`, `loss_tolerance`). If nobody answers, `otherwise` \
is taken. Each option has actions of its own.\n";
