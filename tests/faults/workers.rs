//! Work that several threads take from one heap: most of a case is waiting for a process.

use std::{
    sync::{Condvar, Mutex},
    thread,
};

const WORKERS: usize = 6;

struct Heap<T> {
    open: Vec<T>,
    under_way: usize,
}

/// Does `work` for each of `cases` and for the cases that it adds; gives how many there were.
///
/// A case that ends with a text has failed; the text is printed at once.
#[track_caller]
pub fn exhaust<T: Send>(
    cases: Vec<T>,
    work: impl Fn(T, &mut Vec<T>) -> Result<(), String> + Sync,
) -> usize {
    let heap = Mutex::new(Heap {
        open: cases,
        under_way: 0,
    });
    let changed = Condvar::new();
    let ended: Mutex<Vec<Result<(), String>>> = Mutex::default();
    let worker = || {
        loop {
            let mut now = heap.lock().unwrap();
            let case = loop {
                match now.open.pop() {
                    Some(case) => break case,
                    None if now.under_way == 0 => return,
                    None => now = changed.wait(now).unwrap(),
                }
            };
            now.under_way += 1;
            drop(now);
            let mut more = Vec::new();
            let tried =
                std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| work(case, &mut more)));
            let result = tried.unwrap_or_else(|_| Err("a case panicked, as told above".to_owned()));
            if let Err(how) = &result {
                println!("{how}");
            }
            ended.lock().unwrap().push(result);
            let mut now = heap.lock().unwrap();
            now.under_way -= 1;
            now.open.append(&mut more);
            changed.notify_all();
        }
    };
    thread::scope(|scope| {
        for _ in 0..WORKERS {
            scope.spawn(worker);
        }
    });
    let ended = ended.into_inner().unwrap();
    let count = ended.len();
    let failed = ended.iter().filter(|result| result.is_err()).count();
    assert_eq!(failed, 0, "of {count} cases, as told above");
    count
}
