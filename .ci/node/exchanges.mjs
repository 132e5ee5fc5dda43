// Holds what the tests' fake GitHub was asked and answered (`FOLLOWTHROUGH_RECORD`) to GitHub's own descriptions.
import { createRequire } from "node:module";
import { schema } from "@octokit/graphql-schema";
import { GraphQl } from "./graphql.mjs";
import { Rest } from "./rest.mjs";

const PRODUCT = /^followthrough\//;

/** Checks exchange after exchange; a problem that several have is told once. */
export class Exchanges {
  /** Each problem, with the test that met it first. */
  problems = new Map();
  checked = 0;
  invented = 0;
  unanswered = 0;

  constructor(rest, graphql) {
    this.rest = rest;
    this.graphql = graphql;
  }

  check(exchange) {
    this.checked += 1;
    const { answer } = exchange;
    if (!answer) this.unanswered += 1;
    else if (answer.invented) this.invented += 1;
    // Tests of the fake ask what no client should; how it answers counts all the same.
    const isProduct = PRODUCT.test(exchange.headers["user-agent"] ?? "");
    const own = answer && !answer.invented ? answer : undefined;
    const graphql = exchange.path === "/graphql";
    const { label, problems } = graphql
      ? this.#graphql(exchange, isProduct, own)
      : this.#rest(exchange, isProduct, own);
    for (const problem of problems) {
      const text = `${label}: ${problem}`;
      if (!this.problems.has(text)) this.problems.set(text, exchange.test);
    }
  }

  #rest(exchange, isProduct, answer) {
    const { method, path } = exchange;
    const route = this.rest.find(method, path);
    if (!route) {
      const isFine = !isProduct && (!answer || answer.status === 404);
      return { label: `${method} ${path}`, problems: isFine ? [] : ["no operation is described"] };
    }
    const asked = isProduct ? this.rest.request(route, exchange) : [];
    const answered = answer ? this.rest.answer(route, answer) : [];
    return {
      label: `${method} ${route.template}, ${answer?.status ?? "no answer"}`,
      problems: [...asked, ...answered],
    };
  }

  #graphql(exchange, isProduct, answer) {
    const asked = this.graphql.request(exchange.body ?? {});
    // A request that the schema refuses has no answer to compare.
    const answered = answer && asked.length === 0 ? this.graphql.answer(exchange.body, answer) : [];
    return { label: "graphql", problems: isProduct ? [...asked, ...answered] : answered };
  }

  /** Entries of the list of gaps that nothing needed. */
  get stale() {
    const { paths, statuses } = this.rest.gaps;
    return [...paths, ...statuses, ...this.graphql.gaps].filter(gap => !gap.used);
  }
}

export function described(gaps) {
  const read = createRequire(import.meta.url);
  return new Exchanges(
    new Rest(read("@octokit/openapi/generated/api.github.com.json"), gaps.rest),
    new GraphQl(schema.idl, gaps.graphql)
  );
}
