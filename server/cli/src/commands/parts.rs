//! Parts of a work beside each other. Owns how many there are at a time and in which order their answers stand; must
//! not know what is done.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Builder};

use rayon::ThreadPoolBuilder;

use crate::scan::STACK_SIZE;

/// Does something with each of some parts, `at_once` of them beside each other, and answers in the order of the parts.
/// Who works is told whether no part is left to begin.
///
/// # Errors
/// That of the first part with one: then no other part is begun. Or no thread can be started.
pub(super) fn on_each<Part: Send, Answer: Send>(
    parts: Vec<Part>,
    at_once: usize,
    work: impl Fn(Part, &dyn Fn() -> bool) -> anyhow::Result<Answer> + Sync,
) -> anyhow::Result<Vec<Answer>> {
    let count = parts.len();
    let left = Mutex::new(parts.into_iter().enumerate());
    let answers = Mutex::new(Vec::with_capacity(count));
    let has_failed = AtomicBool::new(false);
    let next = || {
        let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
        if has_failed.load(Ordering::Relaxed) { None } else { next() }
    };
    let is_last = || left.lock().unwrap_or_else(PoisonError::into_inner).len() == 0;
    let run = || {
        while let Some((place, part)) = next() {
            let answer = work(part, &is_last);
            has_failed.fetch_or(answer.is_err(), Ordering::Relaxed);
            answers.lock().unwrap_or_else(PoisonError::into_inner).push((place, answer));
        }
    };
    let at_once = at_once.min(count);
    if at_once > 1 {
        // Who waits for an answer that another thread looks for is idle: the processor turns to another part then.
        let threads = rayon::current_num_threads() / at_once + 1;
        thread::scope(|scope| {
            for _ in 0..at_once {
                let pool = ThreadPoolBuilder::new().num_threads(threads).stack_size(STACK_SIZE).build()?;
                Builder::new().name("part".into()).spawn_scoped(scope, move || pool.install(run))?;
            }
            anyhow::Ok(())
        })?;
    } else {
        run();
    }
    let mut answers = answers.into_inner().unwrap_or_else(PoisonError::into_inner);
    answers.sort_unstable_by_key(|(place, _)| *place);
    answers.into_iter().map(|(_, answer)| answer).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Barrier;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use anyhow::bail;

    use super::on_each;

    #[test]
    fn answers_stand_in_the_order_of_the_parts() {
        // The two wait for each other: one after another they would never come to an end.
        let both = Barrier::new(2);
        let answers = on_each(vec![0, 1, 2, 3, 4, 5], 2, |part, _| {
            both.wait();
            Ok(part * 10)
        });
        assert_eq!(answers.unwrap(), [0, 10, 20, 30, 40, 50]);
        assert!(on_each(Vec::<u32>::new(), 2, |part, _| Ok(part)).unwrap().is_empty());
    }

    #[test]
    fn nothing_is_begun_behind_an_error() {
        let begun = AtomicUsize::new(0);
        let answers = on_each(vec![1, 2, 3], 1, |part, _| {
            begun.fetch_add(1, Ordering::Relaxed);
            if part == 2 { bail!("two") } else { Ok(part) }
        });
        assert_eq!(answers.unwrap_err().to_string(), "two");
        assert_eq!(begun.into_inner(), 2);
    }

    #[test]
    fn the_last_part_is_told_that_it_is() {
        assert_eq!(on_each(vec![(), (), ()], 1, |(), is_last| Ok(is_last())).unwrap(), [false, false, true]);
    }
}
