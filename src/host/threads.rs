//! Spreads work that is the same for many things over the machine's processors.

use std::{
    num::NonZero,
    panic,
    sync::{Mutex, PoisonError},
    thread,
};

/// Fewer things than this for each thread are done sooner than a thread is started.
const LEAST: usize = 8;

/// What `change` makes of each of `things`, in their order.
pub fn map<T: Send, U: Send>(things: Vec<T>, change: impl Fn(T) -> U + Sync) -> Vec<U> {
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    let workers = processors.min(things.len() / LEAST);
    if workers < 2 {
        return things.into_iter().map(change).collect();
    }
    let waiting = Mutex::new(things.into_iter().enumerate());
    // Taken one by one, since one thing may take as long as a hundred others.
    let next = || {
        let mut waiting = waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.next()
    };
    let work = || -> Vec<(usize, U)> {
        std::iter::from_fn(next)
            .map(|(index, thing)| (index, change(thing)))
            .collect()
    };
    let mut done: Vec<(usize, U)> = thread::scope(|scope| {
        let others: Vec<_> = (1..workers).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for other in others {
            done.extend(
                other
                    .join()
                    .unwrap_or_else(|cause| panic::resume_unwind(cause)),
            );
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_things_stays() {
        let things: Vec<usize> = (0..1000).collect();
        let made = map(things.clone(), |thing| {
            if thing % 3 == 0 {
                thread::yield_now();
            }
            thing
        });
        assert_eq!(made, things);
        assert!(map(Vec::<usize>::new(), |thing| thing).is_empty());
    }
}
