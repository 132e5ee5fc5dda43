//! Roles as the subject of an error.

rule! {
    /// A role or a pronoun is the subject of a mistake.
    ///
    /// # What it checks
    ///
    /// Sentences in which an engineer, the DBA, the on-call or "she" forgot, overlooked, misconfigured, did not
    /// check, or pushed the wrong thing. Programs may fail, skip and ignore as they like. Where a team writes so
    /// about itself ("we forgot"), the finding is an info at most.
    ///
    /// # Why it matters
    ///
    /// Everybody forgets. A sentence that ends with who forgot explains nothing: the next person in the same place,
    /// with the same tools, will forget as well. And people who read themselves as the cause tell less next time.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The DBA forgot to add an index before the release.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Tell what the situation looked like from inside, and what could have caught the slip.
    ///
    /// ```markdown
    /// Schema changes were reviewed by hand, and no test measured their queries, so the missing index showed only
    /// under the load of production.
    /// ```
    ROLE_AND_ERROR_VERB: "BLAME004", "role-and-error-verb", Warning, words "role_and_error_verb.yml"
}
