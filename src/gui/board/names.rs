//! Names as they are written on the map: short, without the explanations that lists need.

/// The name of a place as written on the map: without brackets, and without the place it is part
/// of ("Yuhuatai - Meigang (east knoll)" is "Meigang").
pub fn short(name: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_u32;
    for c in name.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    let last = plain.rsplit(" - ").next().unwrap_or_default();
    let words: Vec<&str> = last.split_whitespace().collect();
    if words.is_empty() {
        name.to_owned()
    } else {
        words.join(" ")
    }
}

/// The name of a river as written along it: without the part of it that the feature is.
pub fn river(name: &str) -> String {
    let main = name.split(',').next().unwrap_or(name);
    short(main)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lose_what_explains_them() {
        assert_eq!(short("Zijinshan (Purple Mountain)"), "Zijinshan");
        assert_eq!(short("Yuhuatai - Meigang (east knoll)"), "Meigang");
        assert_eq!(
            short("Nanking (Xiaguan) railway station"),
            "Nanking railway station"
        );
        assert_eq!(short("Xinjiekou"), "Xinjiekou");
        assert_eq!(short("(all)"), "(all)");
        assert_eq!(river("Yangtze, north arm round Baguazhou"), "Yangtze");
    }
}
