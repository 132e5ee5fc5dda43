//! Looks for the largest set of changes that can be made together.

/// How often a set is tried while the changes that break it are looked for. Beyond, the rest is refused.
const MOST_ATTEMPTS: usize = 64;

/// What `attempt` makes of the groups that it accepts: of all of them at once as a rule, else of those that are left
/// when the others are found by halves. `attempt` gets the groups that are accepted already, and those to add; its error
/// says why they cannot be. Each group that is not accepted goes to `refuse` with the reason.
pub(super) fn largest<G, T>(
    groups: Vec<G>,
    mut attempt: impl FnMut(&[G], &[G]) -> Result<T, String>,
    mut refuse: impl FnMut(&G, &str),
) -> Option<T> {
    let mut accepted: Vec<G> = Vec::new();
    let mut best = None;
    let mut attempts = 0;
    let mut waiting = vec![groups];
    while let Some(mut groups) = waiting.pop() {
        if groups.is_empty() {
            continue;
        }
        attempts += 1;
        let reason = match attempt(&accepted, &groups) {
            Ok(made) => {
                best = Some(made);
                accepted.extend(groups);
                continue;
            }
            Err(reason) => reason,
        };
        if groups.len() == 1 || attempts >= MOST_ATTEMPTS {
            for group in &groups {
                refuse(group, &reason);
            }
            continue;
        }
        let rest = groups.split_off(groups.len() / 2);
        waiting.push(rest);
        waiting.push(groups);
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bad_ones_are_found_and_all_others_made() {
        let mut refused = Vec::new();
        let sum = |accepted: &[u32], new: &[u32]| {
            let all = || accepted.iter().chain(new);
            match all().find(|number| **number > 90) {
                Some(number) => Err(format!("{number} is too much")),
                None => Ok(all().sum::<u32>()),
            }
        };
        let best = largest(vec![1, 91, 2, 3, 92], sum, |number, reason| {
            refused.push((*number, reason.to_owned()));
        });
        assert_eq!(best, Some(6));
        refused.sort();
        assert_eq!(
            refused,
            [
                (91, "91 is too much".to_owned()),
                (92, "92 is too much".to_owned())
            ]
        );
    }

    #[test]
    fn what_breaks_everywhere_is_not_tried_for_ever() {
        let (mut tried, mut refused) = (0, 0);
        let none = |_: &[u32], _: &[u32]| {
            tried += 1;
            Err::<u32, _>("never".to_owned())
        };
        assert_eq!(
            largest((0..10_000).collect(), none, |_, _| refused += 1),
            None
        );
        assert_eq!(refused, 10_000);
        assert!(tried < 10_000, "{tried}");
    }
}
