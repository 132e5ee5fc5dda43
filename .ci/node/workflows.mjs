// Reads workflows and actions with the parser of GitHub's own language server, and fails on what it objects to.
import { readFileSync } from "node:fs";
import { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } from "@actions/workflow-parser";
import { parseAction } from "@actions/workflow-parser/actions/action-parser";

async function objections(name) {
  const file = { name, content: readFileSync(name, "utf8") };
  const isAction = /(^|\/)action\.ya?ml$/.test(name);
  const parsed = (isAction ? parseAction : parseWorkflow)(file, new NoOperationTraceWriter());
  const errors = parsed.context.errors.getErrors().map(error => error.message);
  if (!isAction && parsed.value && errors.length === 0) {
    const template = await convertWorkflowTemplate(parsed.context, parsed.value);
    errors.push(...(template.errors ?? []).map(error => error.Message));
  }
  return errors.map(error => (error.includes(name) ? error : `${name}: ${error}`));
}

async function main(files) {
  const found = (await Promise.all(files.map(objections))).flat();
  found.forEach(objection => console.error(objection));
  console.log(`${files.length} files, ${found.length} objections`);
  return found.length > 0 || files.length === 0 ? 1 : 0;
}

main(process.argv.slice(2)).then(
  code => (process.exitCode = code),
  error => {
    console.error(error);
    process.exitCode = 1;
  }
);
