//! Names as the subject of an error.

use crate::check::names;

rule! {
    /// A person is named as the one who made a mistake.
    ///
    /// # What it checks
    ///
    /// Sentences that begin with a name (after a time, in a timeline) or hold a `@login`, followed at once by what only
    /// people do: forgot, misconfigured, did not check, pushed bad code. What somebody simply did ("Alice deployed
    /// v2.3") is no finding. Products have names as well, so a first word that is a known product, that the document
    /// also writes in small letters or with an article, or that stands under `names: allow:` is nobody;
    /// those under `names: people:` are people, whatever they are called.
    ///
    /// # Why it matters
    ///
    /// When the report names who failed, the next person hides what happened, and the search stops before the
    /// conditions that made the action look right.
    ///
    /// # Example
    ///
    /// ```markdown
    /// John pushed bad code.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Say what the system let through, and leave the name out. Roles will do in a timeline.
    ///
    /// ```markdown
    /// Our review process didn't catch the issue: nothing in it ran the new migration.
    /// ```
    NAME_AND_ERROR_VERB: "BLAME005", "name-and-error-verb", Error, words "name_and_error_verb.yml", names::judge
}
