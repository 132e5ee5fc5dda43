//! Owners who are one person.

use crate::{
    check::{Context, Found},
    document::Document,
    model::item::Owner,
};

rule! {
    /// An open action item is owned by one person.
    ///
    /// # What it checks
    ///
    /// Open action items whose owner is a login, or a name that `owners:` maps to a login or `names: people:` lists. For
    /// teams that want teams as owners; off by default.
    ///
    /// # Why it matters
    ///
    /// People change teams and leave. What one person owns is left behind, and nobody hears of it.
    ///
    /// # Example
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Limit the queue of the importer (Owner: @alice, due 2024-02-01)
    /// ```
    ///
    /// # How to fix it
    ///
    /// Name the team, and leave it to them who does it.
    ///
    /// ```markdown
    /// ## Action Items
    ///
    /// - Limit the queue of the importer (Owner: @acme/sre, due 2024-02-01)
    /// ```
    NAMED_INDIVIDUAL: "ACT008", "named-individual", Off, Some(check)
}

fn check(document: &Document, context: &Context<'_>, found: &mut Found<'_>) {
    for (_, item) in context.open_items(document) {
        let Some(owners) = &item.owners else { continue };
        if owners.value.iter().any(|owner| is_person(owner, context)) {
            found.add(
                owners.span,
                "This item is owned by one person",
                "Name the team that will do it, such as @acme/sre",
            );
        }
    }
}

fn is_person(owner: &Owner, context: &Context<'_>) -> bool {
    match owner {
        Owner::Login(_) => true,
        Owner::Team(_) => false,
        Owner::Name(name) => {
            let config = context.config;
            let is_login = |name: &str| !name.contains('/');
            config
                .owners
                .get(name)
                .is_some_and(|target| target.names().all(is_login))
                || config
                    .names
                    .people
                    .iter()
                    .any(|known| known.eq_ignore_ascii_case(name))
        }
    }
}
