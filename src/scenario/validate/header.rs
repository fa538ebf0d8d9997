//! What stands at the head of a scenario: format, names, dates, the sides and their strength.

use super::{Options, findings::Findings, names};
use crate::scenario::{
    calendar::{Calendar, HOURS_PER_TURN, Hours},
    file::{Doctrine, FORMAT, MapChoiceFile, ScenarioFile, SideFile, StrengthFile, WindowFile},
    handicap,
    side::Side,
};
use jiff::civil::DateTime;

/// Most turns a battle may last.
const MAX_TURNS: u32 = 400;

/// Smallest and largest hexes, km.
const HEX_KM: (f64, f64) = (0.25, 5.0);

/// The format number.
pub(super) fn format(findings: &mut Findings, format: u32) {
    if format != FORMAT {
        findings.error(
            "format",
            format!("format {format} is not known"),
            format!("this program reads format {FORMAT}"),
        );
    }
}

/// Are the tables short enough to be examined at all? Later checks may then be slow in the
/// number of rows, and no file can keep them busy for long.
pub(super) fn limits(file: &ScenarioFile, findings: &mut Findings) -> bool {
    for (table, rows, most) in [
        ("units", file.units.len(), 2_000),
        ("formations", file.formations.len(), 1_000),
        ("troops", file.troops.len(), 200),
        ("places", file.places.len(), 1_000),
        ("bibliography", file.bibliography.len(), 500),
        ("supply", file.supply.len(), 500),
        ("objectives", file.objectives.len(), 500),
        ("control", file.control.len(), 200),
        ("history", file.history.len(), 200),
        ("events", file.events.len(), 500),
        ("script", file.script.len(), 500),
        ("afterwards", file.afterwards.len(), 200),
        ("barriers", file.barriers.len(), 50),
        ("scorched_earth", file.scorched_earth.len(), 50),
        ("sides.china.air", file.sides.china.air.len(), 50),
        ("sides.japan.air", file.sides.japan.air.len(), 50),
        (
            "sides.china.strengths",
            file.sides.china.strengths.len(),
            50,
        ),
        (
            "sides.japan.strengths",
            file.sides.japan.strengths.len(),
            50,
        ),
        ("sides.china.off_map", file.sides.china.off_map.len(), 200),
        ("sides.japan.off_map", file.sides.japan.off_map.len(), 200),
    ] {
        findings.limit(table, rows, most);
    }
    !findings.has_errors()
}

/// Names, turns, works cited.
pub(super) fn check(file: &ScenarioFile, findings: &mut Findings) {
    format(findings, file.format);
    names::check_id(findings, "id", &file.id);
    findings.text("title", &file.title, "give the battle a title");
    findings.text(
        "briefing",
        &file.briefing,
        "tell the reader what is at stake",
    );
    if !(1..=MAX_TURNS).contains(&file.turns) {
        findings.error(
            "turns",
            format!("{} turns", file.turns),
            format!("a battle lasts 1 to {MAX_TURNS} turns"),
        );
    }
    for (i, work) in file.bibliography.iter().enumerate() {
        let path = format!("bibliography[{i}]");
        findings.text(format!("{path}.id"), &work.id, "give the work a short id");
        findings.text(format!("{path}.text"), &work.text, "say what the work is");
        if file.bibliography[..i].iter().any(|w| w.id == work.id) {
            findings.error(
                format!("{path}.id"),
                format!("the work `{}` is there twice", work.id),
                "each needs an id of its own",
            );
        }
    }
    for (i, day) in file.afterwards.iter().enumerate() {
        let path = format!("afterwards[{i}]");
        findings.source(&path, &day.source);
        findings.text(format!("{path}.date"), &day.date, "name the day");
        findings.text(format!("{path}.text"), &day.text, "say what happened");
    }
    map_choice(&file.map, findings);
}

fn map_choice(choice: &MapChoiceFile, findings: &mut Findings) {
    findings.within("map.hex_km", choice.hex_km, HEX_KM.0, HEX_KM.1);
    if let Some(window) = &choice.window {
        self::window(findings, "map.window", window);
    }
}

/// A part of the earth: right way round and on the globe. True if it is.
pub(super) fn window(findings: &mut Findings, path: &str, window: &WindowFile) -> bool {
    let on_earth = (-180.0..=180.0).contains(&window.west)
        && (-180.0..=180.0).contains(&window.east)
        && (-85.0..=85.0).contains(&window.south)
        && (-85.0..=85.0).contains(&window.north);
    if !on_earth {
        findings.error(
            path,
            "these are not degrees on the earth",
            "longitude -180 to 180, latitude -85 to 85",
        );
    } else if window.west >= window.east || window.south >= window.north {
        findings.error(
            path,
            "the window is empty",
            "`west` must be less than `east`, `south` less than `north`",
        );
    } else {
        return true;
    }
    false
}

/// Is the hex size one that a map may be painted at?
pub(super) fn hex_size_fits(hex_km: f64) -> bool {
    (HEX_KM.0..=HEX_KM.1).contains(&hex_km)
}

/// The calendar of the battle, with its end.
pub(super) struct Clock {
    pub calendar: Calendar,
    start: DateTime,
    end: DateTime,
}

impl Clock {
    /// From the head of a scenario; `None` if its start is no date.
    pub fn of(file: &ScenarioFile, findings: &mut Findings) -> Option<Self> {
        let start = moment(findings, "start", &file.start)?;
        if start.minute() != 0 || start.second() != 0 || start.subsec_nanosecond() != 0 {
            findings.error(
                "start",
                format!("`{}` is not a full hour", file.start),
                "a battle begins on the hour",
            );
            return None;
        }
        let calendar = Calendar::new(start);
        let end = calendar.at(Hours(file.turns.min(MAX_TURNS) * HOURS_PER_TURN));
        Some(Self {
            calendar,
            start,
            end,
        })
    }

    /// The hour of a local time that must not lie before the battle; after its end is a warning, since
    /// it then has no effect: so a battle is cut short by one number.
    pub fn not_before(&self, findings: &mut Findings, path: &str, text: &str) -> Option<Hours> {
        let time = moment(findings, path, text)?;
        if time < self.start {
            findings.error(
                path,
                format!("`{text}` lies before the battle"),
                format!(
                    "it lasts from {} until {}",
                    self.iso(self.start),
                    self.iso(self.end)
                ),
            );
            return None;
        }
        self.from(findings, path, text)
    }

    /// The hour of a local time that must lie within the battle.
    pub fn within(&self, findings: &mut Findings, path: &str, text: &str) -> Option<Hours> {
        let time = moment(findings, path, text)?;
        if time < self.start || time >= self.end {
            findings.error(
                path,
                format!("`{text}` lies outside the battle"),
                format!(
                    "it lasts from {} until {}",
                    self.iso(self.start),
                    self.iso(self.end)
                ),
            );
            return None;
        }
        Some(self.calendar.hour_of(time))
    }

    /// An hour of the battle as files write it.
    pub fn written(&self, hour: Hours) -> String {
        self.iso(self.calendar.at(hour))
    }

    /// The hour of a local time that may lie before the battle (hour 0); after its end is a
    /// warning, since it then has no effect.
    pub fn from(&self, findings: &mut Findings, path: &str, text: &str) -> Option<Hours> {
        let time = moment(findings, path, text)?;
        if time >= self.end {
            findings.warning(
                path,
                format!("`{text}` lies after the end of the battle and has no effect"),
                format!("the battle ends at {}", self.iso(self.end)),
            );
        }
        Some(self.calendar.hour_of(time))
    }

    /// Full hours from the start to a local time; negative before it.
    pub fn signed(&self, findings: &mut Findings, path: &str, text: &str) -> Option<i64> {
        let time = moment(findings, path, text)?;
        Some(time.duration_since(self.start).as_mins().div_euclid(60))
    }

    fn iso(&self, time: DateTime) -> String {
        time.strftime("%Y-%m-%dT%H:%M").to_string()
    }
}

fn moment(findings: &mut Findings, path: &str, text: &str) -> Option<DateTime> {
    let time = Calendar::parse(text);
    if time.is_none() {
        let shown: String = text.chars().take(40).collect();
        findings.error(
            path,
            format!("`{shown}` is not a local time"),
            "write a time such as `1937-12-05T05:00`",
        );
    }
    time
}

/// Both sides. Returns the estimate of strength in force for each, if it exists.
pub(super) fn sides<'a>(
    file: &'a ScenarioFile,
    options: &Options,
    findings: &mut Findings,
) -> [Option<&'a StrengthFile>; 2] {
    Side::ALL.map(|side| {
        let draft = match side {
            Side::China => &file.sides.china,
            Side::Japan => &file.sides.japan,
        };
        let percent = options.handicap[side.index()];
        if !handicap::is_possible(percent) {
            findings.error(
                format!("sides.{}", side.key()),
                format!("a handicap of {percent} %"),
                handicap::possible(),
            );
        }
        let wanted = options.strength[side.index()].as_deref();
        self::side(findings, &format!("sides.{}", side.key()), draft, wanted)
    })
}

fn side<'a>(
    findings: &mut Findings,
    path: &str,
    side: &'a SideFile,
    wanted: Option<&str>,
) -> Option<&'a StrengthFile> {
    findings.text(format!("{path}.name"), &side.name, "name the side");
    doctrine(findings, &format!("{path}.doctrine"), &side.doctrine);
    if let Some(engagement) = &side.engagement {
        findings.source(&format!("{path}.engagement"), &engagement.source);
    }
    let table = format!("{path}.strengths");
    let known = names::check_ids(
        findings,
        &table,
        "estimate",
        side.strengths.iter().map(|s| s.id.as_str()),
    );
    for (i, strength) in side.strengths.iter().enumerate() {
        let row = format!("{table}[{i}]");
        findings.source(&row, &strength.source);
        findings.text(
            format!("{row}.name"),
            &strength.name,
            "say whose estimate it is",
        );
        findings.within(
            format!("{row}.within_range"),
            strength.within_range,
            0.0,
            1.0,
        );
        if !(strength.factor > 0.0 && strength.factor <= 10.0) {
            findings.error(
                format!("{row}.factor"),
                format!("a factor of {}", strength.factor),
                "above 0, at most 10",
            );
        }
        low_high(findings, &format!("{row}.total"), strength.total);
    }
    for (i, rear) in side.off_map.iter().enumerate() {
        findings.source(&format!("{path}.off_map[{i}]"), &rear.source);
        low_high(findings, &format!("{path}.off_map[{i}].men"), rear.men);
    }
    names::check_ids(
        findings,
        &format!("{path}.off_map"),
        "off-map body",
        side.off_map.iter().map(|o| o.id.as_str()),
    );
    findings.refer(
        format!("{path}.opens_with"),
        "estimate of strength",
        &side.opens_with,
        &known,
    );
    findings.text(
        format!("{path}.opens_because"),
        &side.opens_because,
        "say why this estimate is shown first",
    );
    let id = match wanted {
        Some(id) => {
            findings.refer(&table, "estimate of strength", id, &known);
            id
        }
        None => &side.opens_with,
    };
    side.strengths.iter().find(|s| s.id == id)
}

/// (low, high) the right way round.
pub(super) fn low_high(findings: &mut Findings, path: &str, (low, high): (u32, u32)) {
    if low > high {
        findings.error(
            path,
            format!("the low figure {low} is above the high one {high}"),
            format!("write ({high}, {low})"),
        );
    }
}

fn doctrine(findings: &mut Findings, path: &str, doctrine: &Doctrine) {
    findings.source(path, &doctrine.source);
    for (name, share) in [
        ("aggression", doctrine.aggression),
        ("hold_to_death", doctrine.hold_to_death),
        ("counterattack", doctrine.counterattack),
        ("reserve", doctrine.reserve),
        ("night_attack", doctrine.night_attack),
        ("loss_tolerance", doctrine.loss_tolerance),
        ("phase_line_disobey", doctrine.phase_line_disobey),
        ("rivalry", doctrine.rivalry),
    ] {
        findings.within(format!("{path}.{name}"), share, 0.0, 1.0);
    }
}
