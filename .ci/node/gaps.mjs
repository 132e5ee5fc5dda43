// What GitHub does and its published descriptions do not say. An entry that no exchange needs is an error.

export const rest = {
  /** Addresses that GitHub hands out and describes under another name. */
  paths: [
    {
      pattern: /^\/repositories\/\d+(?=\/|$)/,
      like: "/repos/by-id/by-id",
      reason: "Redirects of renamed repositories and `Link` headers name repositories by id.",
      source: "@octokit/fixtures: rename-repository, paginate-issues",
    },
  ],
  /** Statuses that come with operations all the same, and the schema of their body. */
  statuses: [
    {
      status: 307,
      schema: "basic-error",
      operations: ["issues/create"],
      reason: "A renamed repository redirects every write, and the description says so for some operations alone.",
      source:
        "@octokit/fixtures: rename-repository; https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects",
    },
    {
      status: 401,
      schema: "basic-error",
      operations: ["issues/list-for-repo", "repos/get"],
      reason: "A bad token is refused everywhere, and the description says so for some operations alone.",
      source: "https://docs.github.com/rest/authentication/authenticating-to-the-rest-api#failed-login-limit",
    },
  ],
};

/** Fields of the live schema that npm `@octokit/graphql-schema` lacks: `type`, `field`, and the field as `schema`. */
export const graphql = [];
