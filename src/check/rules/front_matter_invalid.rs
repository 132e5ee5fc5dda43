//! Front matter that is no YAML.

use crate::{
    check::{Context, Found},
    document::{Document, ProblemKind},
};

rule! {
    /// The front matter cannot be read.
    ///
    /// # What it checks
    ///
    /// What stands between the `---` lines at the top of the file is a YAML mapping: keys with values.
    ///
    /// # Why it matters
    ///
    /// Title, date, severity and the document's id are taken from there. A value with a stray colon loses them all.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ---
    /// title: Checkout down: orders lost
    /// ---
    /// ```
    ///
    /// # How to fix it
    ///
    /// Quote values that hold a colon, a `#`, an `@` or brackets.
    ///
    /// ```markdown
    /// ---
    /// title: "Checkout down: orders lost"
    /// ---
    /// ```
    FRONT_MATTER_INVALID: "STRUCT010", "front-matter-invalid", Warning, Some(check)
}

fn check(document: &Document, _: &Context<'_>, found: &mut Found<'_>) {
    for problem in &document.problems {
        if problem.kind == ProblemKind::FrontMatter {
            let detail = problem.detail.trim().trim_end_matches('.');
            let detail = detail.lines().next().unwrap_or_default();
            found.add(
                problem.span,
                match detail {
                    "" => "The front matter cannot be read".to_owned(),
                    _ => format!("The front matter cannot be read: {detail}"),
                },
                "Make it a YAML mapping; quote values that hold a colon, a #, an @ or brackets",
            );
        }
    }
}
