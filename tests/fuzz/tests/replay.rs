//! What the fuzzers found once, and a few changes of every seed, on every run of the tests.

use std::path::Path;

use farewell_fuzz::seeds;
use farewell_fuzz::targets::PLAIN;

/// One in so many seeds is changed and tried: a build without optimisations takes its time.
const SEEDS: usize = 12;

#[test]
fn what_was_found_is_mended() {
    let mut tried = 0;
    for (target, run) in PLAIN {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("found").join(target);
        // There is no folder where nothing was found.
        for file in std::fs::read_dir(folder).into_iter().flatten() {
            run(&std::fs::read(file.unwrap().path()).unwrap());
            tried += 1;
        }
    }
    assert!(tried > 0, "the folder with what was found is gone");
}

/// Each text loses a part, or has one of another's: where is told by a fixed rule.
#[test]
fn changed_seeds_keep_what_has_to_hold() {
    for (target, run) in PLAIN {
        let seeds = seeds::of(target);
        assert!(seeds.len() > 4, "{target} starts from nothing");
        for (place, seed) in seeds.iter().enumerate().step_by(if seeds.len() > 100 { SEEDS } else { 1 }) {
            let other = &seeds[(place * 7 + 3) % seeds.len()];
            let cut = 1 + place * 131 % seed.len().max(2);
            let (head, tail) = seed.split_at(cut.min(seed.len()));
            run(head);
            run(&[head, &other[other.len() / 2..]].concat());
            run(&[head, tail.get(place % 23 + 1..).unwrap_or_default()].concat());
        }
    }
}
