use nanking::{battle::*, cli::shelf::Shelf, scenario::*};
use std::{sync::Arc, time::Instant};
fn main() {
    let t = Instant::now();
    let (files, name) = Shelf::open("scenarios/nanking_1937.ron").unwrap();
    let s = match Scenario::load(&*files, &name, &Options::default()) {
        Ok(s) => Arc::new(s),
        Err(p) => {
            for x in p.iter().take(20) {
                println!("{x:?}");
            }
            return;
        }
    };
    println!(
        "load {:?} units {} hexes {}",
        t.elapsed(),
        s.units().len(),
        s.map().grid.len()
    );
    let t = Instant::now();
    let mut b = Battle::new(s.clone(), 1, Randomness::Sampled);
    println!("new {:?}", t.elapsed());
    for i in 0..8 {
        let t = Instant::now();
        b.end_turn();
        println!(
            "turn {} {:?} {} events {}",
            i + 1,
            t.elapsed(),
            b.digest(),
            b.events().len()
        );
    }
    let t = Instant::now();
    let snap = b.snapshot();
    println!("snapshot {:?}", t.elapsed());
    let t = Instant::now();
    let mut c = Battle::restore(s.clone(), snap);
    println!("restore {:?}", t.elapsed());
    c.end_turn();
    b.end_turn();
    assert_eq!(b.digest(), c.digest());
    for side in Side::ALL {
        println!("{side:?} {:?}", b.men(side));
    }
}
