//! Causes that stand alone.

rule! {
    /// A cause is said to be the only one.
    ///
    /// # What it checks
    ///
    /// "Caused solely by", "entirely due to", "the only cause", unless it is denied.
    ///
    /// # Why it matters
    ///
    /// Whatever triggered the incident, something let it do harm: a missing limit, a silent alert, a page that nobody
    /// could act on. A text that leaves no room for it will not find it.
    ///
    /// # Example
    ///
    /// ```markdown
    /// The outage was caused solely by the provider.
    /// ```
    ///
    /// # How to fix it
    ///
    /// Name the second factor.
    ///
    /// ```markdown
    /// The provider lost a zone, and our sessions were kept in that zone only.
    /// ```
    SOLELY: "CAUSE003", "solely", Info, words "solely.yml"
}
