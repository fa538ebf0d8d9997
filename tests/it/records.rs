//! Records: what is written can be read, a replay equals its record, a changed record is found out,
//! and garbage is an error. The golden record pins the outcome of the teaching scenario; after a
//! change of the rules `UPDATE_GOLDEN=1 cargo test golden` writes it anew.

use nanking::{
    battle::{End, Order, Task},
    cli::fight::{Fight, load},
    record::{Playback, Record, RecordError, ReplayError, verify},
    scenario::{Options, TurnNo},
};
use proptest::prelude::*;
use std::{fs, path::PathBuf, sync::LazyLock};

const GOLDEN_SEED: u64 = 7;

fn golden_path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden/crossroads.ron")
}

fn played() -> Record {
    let scenario = load("crossroads", &Options::default()).unwrap();
    let mut fight = Fight::new(scenario, GOLDEN_SEED, Default::default());
    while fight.battle().end().is_none() {
        fight.turn();
    }
    fight.recorder().record().clone()
}

/// Played once for all tests here.
static PLAYED: LazyLock<Record> = LazyLock::new(played);

static TEXT: LazyLock<String> = LazyLock::new(|| PLAYED.write().unwrap());

/// Written anew if asked for; read once, so that no test reads what another is writing.
static GOLDEN: LazyLock<Record> = LazyLock::new(|| {
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::create_dir_all(golden_path().parent().unwrap()).unwrap();
        fs::write(golden_path(), TEXT.as_str()).unwrap();
    }
    let text = fs::read_to_string(golden_path())
        .expect("no golden record; write it with UPDATE_GOLDEN=1 cargo test golden");
    Record::read(&text).unwrap()
});

#[test]
fn the_golden_record_is_replayed_to_equal_digests() {
    let golden = GOLDEN.clone();
    let turns = golden.turns.len() as u32;
    match verify(golden) {
        Ok((replayed, end)) => {
            assert_eq!(replayed, turns);
            assert!(matches!(end, Some(End::TimeUp | End::NobodyLeft(_))));
        }
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn the_computer_fights_the_golden_battle_again() {
    let golden = &*GOLDEN;
    assert_eq!(
        golden.texts, PLAYED.texts,
        "scenario, map or rules have changed; see the head of this file"
    );
    assert_eq!(golden.opening, PLAYED.opening, "the set-up");
    for (recorded, now) in golden.turns.iter().zip(&PLAYED.turns) {
        let turn = recorded.turn.0;
        assert_eq!(recorded.china, now.china, "orders of turn {turn}");
        assert_eq!(recorded.japan, now.japan, "orders of turn {turn}");
        assert_eq!(recorded.after.digest, now.after.digest, "turn {turn}");
    }
    assert_eq!(golden.turns.len(), PLAYED.turns.len());
}

#[test]
fn what_is_written_can_be_read() {
    let read = Record::read(&TEXT).unwrap();
    assert_eq!(&read, &*PLAYED);
    assert!(
        read.turns.iter().any(|t| !t.china.is_empty()) && !read.texts.is_empty(),
        "the record holds orders and texts"
    );
    assert!(verify(read).is_ok());
}

#[test]
fn the_historical_battle_stays_small_on_disk() {
    let scenario = load("nanking_1937", &Options::default()).unwrap();
    let mut fight = Fight::new(scenario, 1, Default::default());
    for _ in 0..6 {
        fight.turn();
    }
    let text = fight.recorder().record().write().unwrap();
    let texts: usize = fight
        .recorder()
        .record()
        .texts
        .values()
        .map(String::len)
        .sum();
    // Twelve times six turns on top of the texts must stay below 5 MB.
    let a_turn = (text.len() - texts) / 6;
    assert!(a_turn * 72 + texts < 5_000_000, "{a_turn} bytes a turn");
    let playback = Playback::new(Record::read(&text).unwrap());
    assert!(playback.is_ok());
}

/// Turns a marching or attacking unit's order into one to hold; the unit's id and the turn.
fn tamper(record: &mut Record) -> (String, TurnNo) {
    let scenario = load("crossroads", &Options::default()).unwrap();
    for turn in &mut record.turns {
        for order in turn.japan.iter_mut().chain(&mut turn.china) {
            if let Order::Unit { unit, task, .. } = order
                && matches!(task, Task::March { .. } | Task::Assault { .. })
            {
                *task = Task::Hold;
                return (scenario.unit(*unit).text_id.clone(), turn.turn);
            }
        }
    }
    panic!("the computer never moved");
}

#[test]
fn a_changed_order_is_found_out_in_its_turn() {
    let mut record = PLAYED.clone();
    let (unit, tampered) = tamper(&mut record);
    match verify(record) {
        Err(ReplayError::Differs { turn, diff, .. }) => {
            assert_eq!(turn, tampered);
            assert!(diff.contains(&format!("- unit {unit} ")), "{diff}");
            assert!(diff.contains(&format!("+ unit {unit} ")), "{diff}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_changed_digest_or_seed_is_found_out() {
    let mut record = PLAYED.clone();
    record.turns[3].after.digest = record.opening.digest;
    match verify(record) {
        Err(ReplayError::Differs { turn, diff, .. }) => {
            assert_eq!(turn, TurnNo(4));
            assert!(diff.contains("no unit or place differs"), "{diff}");
        }
        other => panic!("{other:?}"),
    }
    let mut record = PLAYED.clone();
    record.header.seed += 1;
    assert!(matches!(verify(record), Err(ReplayError::Opening { .. })));
}

#[test]
fn orders_that_are_not_legal_and_turns_after_the_end_are_refused() {
    let mut record = PLAYED.clone();
    // Orders of one side under the name of the other.
    let turn = &mut record.turns[0];
    std::mem::swap(&mut turn.china, &mut turn.japan);
    assert!(matches!(
        verify(record),
        Err(ReplayError::Refused {
            turn: TurnNo(1),
            ..
        })
    ));
    let mut record = PLAYED.clone();
    let mut extra = record.turns.last().unwrap().clone();
    extra.turn = TurnNo(extra.turn.0 + 1);
    record.turns.push(extra);
    assert!(matches!(verify(record), Err(ReplayError::Over { .. })));
}

#[test]
fn records_of_other_formats_and_order_are_refused() {
    let text = TEXT.replacen("format: 1,", "format: 2,", 1);
    assert_eq!(Record::read(&text), Err(RecordError::Format(2)));
    let mut record = PLAYED.clone();
    record.turns.remove(0);
    let text = record.write().unwrap();
    assert_eq!(
        Record::read(&text),
        Err(RecordError::TurnOrder { entry: 1, turn: 2 })
    );
    let unknown = TEXT.replacen("seed: ", "luck: 1, seed: ", 1);
    assert!(matches!(
        Record::read(&unknown),
        Err(RecordError::Syntax { .. })
    ));
    let deep = "(".repeat(200_000);
    assert!(matches!(
        Record::read(&deep),
        Err(RecordError::Syntax { .. })
    ));
}

#[test]
fn a_record_with_a_damaged_scenario_is_an_error() {
    let mut record = PLAYED.clone();
    let name = record.header.scenario.clone();
    let text = record.texts.get_mut(&name).unwrap();
    *text = text.replace("south_road", "south_rod");
    match verify(record) {
        Err(ReplayError::Scenario(problems)) => assert!(!problems.is_empty()),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn garbage_is_an_error(text in "\\PC{0,200}") {
        prop_assert!(Record::read(&text).is_err());
    }

    #[test]
    fn a_torn_record_is_an_error(at in 0.0..0.999_f64) {
        let mut cut = (TEXT.len() as f64 * at) as usize;
        while !TEXT.is_char_boundary(cut) {
            cut -= 1;
        }
        prop_assert!(Record::read(&TEXT[..cut]).is_err());
    }

    #[test]
    fn a_record_with_a_changed_byte_is_an_error_or_a_record(at in 0.0..1.0_f64, byte in 32_u8..127) {
        let mut bytes = TEXT.clone().into_bytes();
        let at = (bytes.len() as f64 * at) as usize;
        bytes[at] = byte;
        if let Ok(text) = String::from_utf8(bytes)
            && let Ok(record) = Record::read(&text)
        {
            // Either outcome will do; what counts is that there is one.
            let _ = verify(record);
        }
    }
}
