//! The text of the query.

use super::*;

#[test]
fn numbers_become_aliases_and_names_travel_as_variables() {
    let repository = Repository::parse("acme/app").expect("a repository");
    let operation = issues_query(&repository, &[12, 13]);
    assert!(
        operation
            .text
            .starts_with("query Issues($owner: String!, $name: String!)")
    );
    assert!(
        operation
            .text
            .contains("i0: issueOrPullRequest(number: 12)")
    );
    assert!(
        operation
            .text
            .contains("i1: issueOrPullRequest(number: 13)")
    );
    assert!(!operation.text.contains("acme"));
    assert_eq!(
        operation.variables,
        json!({ "owner": "acme", "name": "app" })
    );
}
