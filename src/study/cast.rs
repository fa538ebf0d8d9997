//! Computer commanders by name: what a study or a tournament can set against each other. A new one is a
//! line of the table. Decides nothing.

use crate::commander::{Commander, General, Idle, Level, RandomLegal};

/// A commander that can be asked for by name.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// Its name on the command line.
    pub name: &'static str,
    /// What it is, in a few words.
    pub text: &'static str,
    make: fn() -> Box<dyn Commander>,
}

impl Known {
    /// One that has seen nothing yet.
    pub fn make(&self) -> Box<dyn Commander> {
        (self.make)()
    }
}

/// All there are.
pub const ALL: [Known; 5] = [
    Known {
        name: "recruit",
        text: "the computer commander that attacks unit by unit, misjudges and forgets",
        make: || Box::new(General::of(Level::Recruit)),
    },
    Known {
        name: "regular",
        text: "the computer commander",
        make: || Box::new(General::of(Level::Regular)),
    },
    Known {
        name: "veteran",
        text: "the computer commander that plays its courses of action ahead",
        make: || Box::new(General::of(Level::Veteran)),
    },
    Known {
        name: "random",
        text: "any legal orders",
        make: || Box::new(RandomLegal),
    },
    Known {
        name: "idle",
        text: "no orders at all",
        make: || Box::new(Idle),
    },
];

/// The commander that plays where nobody asks for another.
pub const USUAL: &str = "regular";

/// Names of all of them.
pub fn names() -> [&'static str; ALL.len()] {
    ALL.map(|known| known.name)
}

/// The commander of a name.
pub fn named(name: &str) -> Option<Known> {
    ALL.into_iter().find(|known| known.name == name)
}
