// The validator itself: it lets pass what GitHub describes and names what it does not.
import assert from "node:assert/strict";
import { test } from "node:test";
import { described } from "./exchanges.mjs";

const UNAUTHORIZED = {
  status: 401,
  schema: "basic-error",
  operations: ["issues/list-labels-for-repo"],
  reason: "a test",
  source: "a test",
};
const exchanges = described({ rest: { paths: [], statuses: [UNAUTHORIZED] }, graphql: [] });

/** The problems of one exchange of the product. */
function problems(exchange) {
  exchanges.problems.clear();
  exchanges.check({
    test: "a test",
    query: null,
    body: null,
    headers: { "user-agent": "followthrough/0" },
    ...exchange,
  });
  return [...exchanges.problems.keys()].map(problem => problem.replace(/^.*?: /, ""));
}

const refused = (status, body) => ({ status, headers: {}, body });
const comment = { method: "POST", path: "/repos/acme/shop/issues/1/comments" };
const graphql = (query, variables, body) => ({
  method: "POST",
  path: "/graphql",
  body: { query, variables },
  answer: { status: 200, headers: {}, body },
});

test("a request as described has no problem", () => {
  assert.deepEqual(problems({ ...comment, body: { body: "text" } }), []);
});

test("a request is held to path, query and body", () => {
  assert.deepEqual(problems({ ...comment, path: "/repos/acme/shop/issues/one/comments", body: { body: "text" } }), [
    "the path parameter issue_number must be integer",
  ]);
  assert.deepEqual(
    problems({ method: "GET", path: "/repos/acme/shop/issues", query: "state=shut&pages=2&since=today" }),
    [
      "the query parameter state must be equal to one of the allowed values",
      "the query parameter pages does not exist",
      'the query parameter since must match format "date-time"',
    ]
  );
  assert.deepEqual(problems({ ...comment, body: { text: "text" } }), [
    "the body must have required property 'body'",
    "the body has a field text, which does not exist",
  ]);
  assert.deepEqual(problems(comment), ["the body is missing"]);
  assert.deepEqual(problems({ method: "GET", path: "/repos/acme/shop/promises" }), ["no operation is described"]);
});

test("an answer is held to status and schema", () => {
  const list = { method: "GET", path: "/repos/acme/shop/labels" };
  const label = {
    id: 1,
    node_id: "L",
    url: "https://h/l",
    name: "a",
    description: null,
    color: "ededed",
    default: false,
  };
  assert.deepEqual(problems({ ...list, answer: refused(200, [label]) }), []);
  assert.deepEqual(problems({ ...list, answer: refused(200, [{ ...label, color: null, colour: "red" }]) }), [
    "the answer/0/color must be string",
    "the answer/0 has a field colour, which does not exist",
  ]);
  assert.deepEqual(problems({ ...list, answer: refused(418, {}) }), ["the status 418 is not documented"]);
  assert.deepEqual(problems({ ...list, answer: refused(404, null) }), ["the body is missing"]);
  assert.deepEqual(
    problems({
      ...list,
      answer: { ...refused(200, []), headers: { link: '<https://h/api/v3/x?page=2>; rel="next"' } },
    }),
    ["a header leads to https://h/api/v3/x?page=2, which no operation answers"]
  );
});

test("a listed gap lets its status pass, with the schema that it names, and counts as needed", () => {
  const bad = { method: "GET", path: "/repos/acme/shop/labels" };
  assert.deepEqual(
    exchanges.stale.map(gap => gap.operation),
    UNAUTHORIZED.operations
  );
  assert.deepEqual(problems({ ...bad, answer: refused(401, { message: 1 }) }), ["the answer/message must be string"]);
  assert.deepEqual(problems({ ...bad, answer: refused(401, { message: "Bad credentials" }) }), []);
  assert.deepEqual(exchanges.stale, []);
});

test("an answer that a fault gave counts for nothing, its request does", () => {
  const answer = { ...refused(502, "<html>"), invented: true };
  assert.deepEqual(problems({ ...comment, body: { body: "another" }, answer }), []);
  assert.deepEqual(problems({ ...comment, body: {}, answer }), ["the body must have required property 'body'"]);
});

test("a GraphQL request is held to the schema, its variables to their types", () => {
  const query = 'query($n: Int!) { repository(owner: "a", name: "b") { issue(number: $n) { title } } }';
  assert.deepEqual(problems(graphql(query, { n: 1 }, { data: { repository: { issue: { title: "t" } } } })), []);
  assert.match(problems(graphql(query, { n: "1" }, { data: {} }))[0], /^Variable "\$n" got invalid value "1"/);
  assert.deepEqual(problems(graphql(query, { n: 1, m: 2 }, { data: {} })), ["the variable m is not declared"]);
  assert.deepEqual(problems(graphql("{ viewer { logins } }", {}, { data: {} })), [
    'Cannot query field "logins" on type "User". Did you mean "login"?',
  ]);
  const mutation = "mutation($i: CreateCommitOnBranchInput!) { createCommitOnBranch(input: $i) { clientMutationId } }";
  const input = { branch: { branchName: "b" }, message: { headline: "h" }, expectedHeadOid: "short" };
  assert.deepEqual(problems(graphql(mutation, { i: input }, { data: { createCommitOnBranch: null } })), [
    '$i.expectedHeadOid is "short", which is no GitObjectID',
  ]);
  const unknown = problems(graphql(mutation, { i: { ...input, author: "me" } }, {}));
  assert.match(unknown[0], /Field "author" is not defined by type "CreateCommitOnBranchInput"/);
});

test("a GraphQL answer has the shape that its query asks for", () => {
  const query =
    '{ repository(owner: "a", name: "b") { n: issueOrPullRequest(number: 1) { __typename ... on Issue { title state closedAt } } } }';
  const answer = (node, more) => problems(graphql(query, {}, { data: { repository: { n: node } }, ...more }));
  const issue = { __typename: "Issue", title: "t", state: "OPEN", closedAt: null };
  assert.deepEqual(answer(issue), []);
  assert.deepEqual(answer({ __typename: "PullRequest" }), []);
  assert.deepEqual(answer({ ...issue, state: "open", title: null, closedAt: "today", extra: 1 }), [
    "repository.n.extra was not asked for",
    "repository.n.title is null, and String! never is",
    "repository.n.state is open, which IssueState does not have",
    'repository.n.closedAt is "today", which is no DateTime',
  ]);
  assert.deepEqual(answer({ __typename: "Issue", title: "t", state: "OPEN" }), ["repository.n.closedAt is missing"]);
  assert.deepEqual(answer({ __typename: "User" }), ["repository.n is a User, which is no IssueOrPullRequest"]);
  const error = { message: "gone", path: ["repository", "n"] };
  assert.deepEqual(answer(null, { errors: [error] }), []);
  assert.deepEqual(answer(issue, { errors: [error] }), ["an error is told at repository.n, where there is data"]);
  assert.deepEqual(problems(graphql(query, {}, {})), ["the answer has neither data nor errors"]);
});
