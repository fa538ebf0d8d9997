//! Short identities of units, as they fit on a counter: "I/36", "523", "2 MP".

/// Most characters of an identity made from a word.
const WORD: usize = 6;

/// The short identity of a unit, from its English name.
///
/// A battalion keeps its Roman number before its regiment's; other numbers lose their ending;
/// names without a number give their first telling word.
pub fn identity(name: &str) -> String {
    let words: Vec<&str> = name
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')'))
        .filter(|w| !w.is_empty())
        .collect();
    let Some(&first) = words.first() else {
        return String::new();
    };
    if let Some((roman, _)) = first.split_once('/').filter(|(r, _)| is_roman(r)) {
        // "I/36th Infantry Regiment", but also "I/15 cm howitzers of the 5th Brigade".
        let after = first.split_once('/').map_or("", |(_, a)| a);
        let number = ordinal(after).or_else(|| words.iter().skip(1).find_map(|w| ordinal(w)));
        return match number {
            Some(n) => format!("{roman}/{n}"),
            None => roman.to_owned(),
        };
    }
    if is_roman(first) {
        return match words.iter().skip(1).find_map(|w| ordinal(w)) {
            Some(n) => format!("{first}/{n}"),
            None => first.to_owned(),
        };
    }
    if let Some(n) = ordinal(first) {
        return numbered(n, words.get(1..).unwrap_or_default());
    }
    if words.contains(&"HQ") {
        return "HQ".to_owned();
    }
    named(&words)
}

fn numbered(number: &str, rest: &[&str]) -> String {
    let next = rest.first().copied().unwrap_or_default();
    let has = |word: &str| rest.contains(&word);
    let suffix = match next {
        "Training" => " Trg",
        "Military" if has("Police") => " MP",
        "Squadron" => " Sq",
        "Army" => " A",
        "Corps" => " C",
        "Brigade" => " Bde",
        "Division" if has("replacement") && has("second") => " R2",
        "Division" if has("replacement") => " R1",
        "Division" if has("divisional") => " Div",
        _ => "",
    };
    format!("{number}{suffix}")
}

fn named(words: &[&str]) -> String {
    // What kind of thing it is shows in the symbol; "independent" tells nothing apart.
    let telling = words
        .iter()
        .find(|w| !matches!(**w, "Independent" | "The" | "Imperial"))
        .or(words.first())
        .copied()
        .unwrap_or_default();
    let word = match telling {
        "Anti-aircraft" => return "AA".to_owned(),
        "Training" => return "Trg".to_owned(),
        "Military" if words.contains(&"Police") => {
            let training = if words.contains(&"Training") {
                " Trg"
            } else {
                ""
            };
            return format!("MP{training}");
        }
        other => other.split('-').next().unwrap_or(other),
    };
    let mut capital = word.chars();
    let word: String = capital
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(capital)
        .collect();
    if word.chars().count() > WORD + 1 {
        word.chars().take(WORD).chain(['.']).collect()
    } else {
        word
    }
}

/// The number of "36th", "2nd", "103rd".
fn ordinal(word: &str) -> Option<&str> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let ending = word.get(digits.len()..)?;
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    (is_number && matches!(ending, "st" | "nd" | "rd" | "th")).then_some(digits)
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        scenario::{Options, Scenario},
        shelf::Shelf,
    };

    #[test]
    fn units_are_known_by_their_numbers() {
        for (name, short) in [
            ("I/36th Infantry Regiment", "I/36"),
            ("III/9th Mountain Artillery Regiment", "III/9"),
            ("III Battalion, 19th Mountain Artillery", "III/19"),
            (
                "I/15 cm howitzers of the 5th Heavy Artillery Brigade",
                "I/5",
            ),
            ("523rd Regiment", "523"),
            ("212th Regiment (less barrier detachment)", "212"),
            ("41st Division divisional troops", "41 Div"),
            ("88th Division replacement brigade, first half", "88 R1"),
            ("88th Division replacement brigade, second half", "88 R2"),
            ("1st Training Regiment", "1 Trg"),
            ("2nd Military Police Regiment", "2 MP"),
            ("2nd Army HQ and troops", "2 A"),
            ("103rd Brigade HQ", "103 Bde"),
            ("11th Squadron (river gunboats)", "11 Sq"),
            ("114th Division cavalry battalion", "114"),
            ("6th Independent Light Armoured Car Company", "6"),
        ] {
            assert_eq!(identity(name), short, "{name}");
        }
    }

    #[test]
    fn units_without_numbers_are_known_by_a_word() {
        for (name, short) in [
            ("Garrison HQ, special service and signal units", "HQ"),
            (
                "Anti-aircraft units (41st/42nd Artillery Regiments, part)",
                "AA",
            ),
            ("Training Brigade artillery", "Trg"),
            ("Military Police Training Regiment", "MP Trg"),
            (
                "MP special service battalion and part of 5th Regiment",
                "MP",
            ),
            ("Wulongshan batteries", "Wulong."),
            ("Amaya Detachment mountain artillery", "Amaya"),
            (
                "Independent siege and 10 cm gun units at the front",
                "Siege",
            ),
            ("", ""),
            ("(", ""),
            ("漢口 X", "漢口"),
        ] {
            assert_eq!(identity(name), short, "{name}");
        }
    }

    #[test]
    fn every_unit_of_the_battle_fits_its_counter() {
        let scenario =
            Scenario::load(&Shelf::embedded(), "nanking_1937.ron", &Options::default()).unwrap();
        for unit in scenario.units() {
            let short = identity(&unit.name);
            let length = short.chars().count();
            assert!((1..=8).contains(&length), "{}: {short}", unit.name);
        }
    }
}
