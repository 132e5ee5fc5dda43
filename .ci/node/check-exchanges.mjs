// Reads the recorded exchanges of a folder and fails on every one that GitHub's descriptions do not allow.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { described } from "./exchanges.mjs";
import * as gaps from "./gaps.mjs";

const [folder] = process.argv.slice(2);
const exchanges = described(gaps);
const files = readdirSync(folder).filter(name => name.endsWith(".jsonl"));
for (const file of files) {
  for (const line of readFileSync(join(folder, file), "utf8").split("\n").filter(Boolean))
    exchanges.check(JSON.parse(line));
}

const { rest, graphql, problems, stale } = exchanges;
for (const [problem, test] of problems) console.error(`${problem} (${test})`);
for (const { operation, reason } of stale)
  console.error(`an entry of gaps.mjs is needed by nothing: ${operation ?? ""} ${reason}`);
console.log(
  `${exchanges.checked} exchanges of ${files.length} servers: ${exchanges.unanswered} cut off and ${exchanges.invented} answered by a fault, of which the request alone was checked`
);
console.log(
  `${rest.operations.size} operations asked for by the program: ${[...rest.operations].sort().join(", ")}; ${rest.distinct} different requests and answers`
);
console.log(
  `${graphql.documents} GraphQL documents with the fields ${[...graphql.operations].sort().join(", ")}; ${graphql.distinct} different requests and answers`
);
console.log(`${problems.size} disagreements with GitHub's descriptions`);
const isEmpty = rest.operations.size === 0 || graphql.operations.size === 0;
process.exitCode = problems.size + stale.length > 0 || isEmpty ? 1 : 0;
