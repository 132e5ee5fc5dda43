// Holds requests and answers to GitHub's OpenAPI description (3.0.3, npm `@octokit/openapi`).
import Ajv from "ajv";
import addFormats from "ajv-formats";

const METHODS = ["get", "put", "post", "delete", "patch"];

/** OpenAPI 3.0 says `nullable` where JSON Schema lists the type `null`; ajv understands it beside a `type` only. */
function allowNull(node) {
  if (Array.isArray(node)) return node.map(allowNull);
  if (node === null || typeof node !== "object") return node;
  const copy = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, allowNull(value)]));
  if (copy.nullable !== true) return copy;
  if (typeof copy.type === "string") {
    return copy.enum && !copy.enum.includes(null) ? { ...copy, enum: [...copy.enum, null] } : copy;
  }
  const { nullable, ...rest } = copy;
  return { anyOf: [rest, { type: "null" }] };
}

export class Rest {
  #document;
  #ajv;
  #routes = [];
  #checks = new Map();
  #seen = new Set();
  /** What was checked: operations asked for, and distinct requests and answers. */
  operations = new Set();

  constructor(document, gaps) {
    this.gaps = gaps;
    this.#document = allowNull(document);
    this.#ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
    addFormats(this.#ajv);
    this.#ajv.addSchema({ $id: "github", ...this.#document });
    for (const [template, item] of Object.entries(this.#document.paths)) {
      for (const method of METHODS.filter(method => item[method])) {
        this.#routes.push(this.#route(template, method, item[method]));
      }
    }
  }

  #route(template, method, operation) {
    const parameters = (operation.parameters ?? []).map(parameter => this.#resolve(parameter));
    const names = [];
    const pattern = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(.+?)\}/g, (_, name) => {
      names.push(name);
      const spans = parameters.some(each => each.in === "path" && each.name === name && each["x-multi-segment"]);
      return spans ? "(.+)" : "([^/]+)";
    });
    const key = ["paths", template, method];
    return { template, method, operation, parameters, names, pattern: new RegExp(`^${pattern}$`), key };
  }

  #resolve(node) {
    while (node?.$ref) {
      node = node.$ref.slice(2).split("/").reduce((at, part) => at[unpointed(part)], this.#document);
    }
    return node;
  }

  /** The operation of a path; where several fit, the one with the fewest blanks. */
  find(method, path) {
    for (const gap of this.gaps.paths) {
      const known = path.replace(gap.pattern, gap.like);
      if (known !== path) {
        gap.used = true;
        path = known;
      }
    }
    const found = this.#routes
      .filter(route => route.method === method.toLowerCase() && route.pattern.test(path))
      .sort((one, other) => one.names.length - other.names.length)[0];
    return found && { ...found, path };
  }

  /** What is wrong with a request, as a list of texts. */
  request(route, { path, query, body }) {
    this.operations.add(route.operation.operationId);
    if (this.#isKnown(["request", route.operation.operationId, path, query, body])) return [];
    const values = route.pattern.exec(route.path).slice(1).map(decodeURIComponent);
    const problems = route.names.flatMap((name, index) => this.#parameter(route, "path", name, values[index]));
    const asked = new URLSearchParams(query ?? "");
    for (const [name, value] of asked) problems.push(...this.#parameter(route, "query", name, value));
    for (const parameter of route.parameters) {
      if (parameter.in === "query" && parameter.required && !asked.has(parameter.name)) {
        problems.push(`the query lacks ${parameter.name}`);
      }
    }
    const wanted = this.#resolve(route.operation.requestBody);
    const schema = wanted?.content?.["application/json"]?.schema;
    if (body === null) {
      if (wanted?.required) problems.push("the body is missing");
    } else if (schema) {
      const key = [...route.key, "requestBody", "content", "application/json", "schema"];
      problems.push(...this.#value("the body", key, schema, body));
    } else {
      problems.push("a body is sent where none is described");
    }
    return problems;
  }

  /** What is wrong with an answer of the fake's own making. */
  answer(route, { status, headers, body }) {
    const problems = this.#places(headers);
    if (this.#isKnown(["answer", route.operation.operationId, status, body])) return problems;
    const documented = route.operation.responses[status];
    const gap = documented ? undefined : this.gaps.statuses.find(
      gap => gap.status === status && gap.operations.includes(route.operation.operationId),
    );
    if (!documented && !gap) return [...problems, `the status ${status} is not documented`];
    if (gap) gap.used = true;
    const key = gap
      ? ["components", "schemas", gap.schema]
      : this.#answerKey([...route.key, "responses", String(status)]);
    const schema = key && this.#at(key);
    if (!schema) return body === null ? problems : [...problems, `a body comes with status ${status}`];
    if (body === null) return [...problems, "the body is missing"];
    return [...problems, ...this.#value("the answer", key, schema, body)];
  }

  /** Where the schema of a documented JSON answer stands. */
  #answerKey(key) {
    const shared = this.#at(key).$ref;
    const place = shared ? shared.slice(2).split("/").map(unpointed) : key;
    return this.#at(place).content?.["application/json"] && [...place, "content", "application/json", "schema"];
  }

  /** Addresses in headers must lead somewhere. */
  #places(headers) {
    const links = [...(headers.link ?? "").matchAll(/<([^>]*)>/g)].map(match => match[1]);
    const places = headers.location ? [...links, headers.location] : links;
    return places
      .filter(place => !this.find("get", new URL(place).pathname.replace(/^\/api\/v3/, "")))
      .map(place => `a header leads to ${place}, which no operation answers`);
  }

  #parameter(route, kind, name, text) {
    const index = (route.operation.parameters ?? []).findIndex(each => {
      const parameter = this.#resolve(each);
      return parameter.in === kind && parameter.name === name;
    });
    if (index < 0) return [`the ${kind} parameter ${name} does not exist`];
    const { schema } = this.#resolve(route.operation.parameters[index]);
    const { type } = this.#resolve(schema);
    const value = { integer: Number, number: Number, boolean: text => ({ true: true, false: false })[text] ?? text }[type]?.(text) ?? text;
    const shared = route.operation.parameters[index].$ref;
    const key = shared ? shared.slice(2).split("/").map(unpointed) : [...route.key, "parameters", String(index)];
    return this.#value(`the ${kind} parameter ${name}`, [...key, "schema"], schema, value);
  }

  #value(what, key, schema, value) {
    const pointer = `github#/${key.map(pointed).join("/")}`;
    if (!this.#checks.has(pointer)) this.#checks.set(pointer, this.#ajv.compile({ $ref: pointer }));
    const check = this.#checks.get(pointer);
    const wrong = check(value) ? [] : check.errors.map(error => `${what}${error.instancePath} ${error.message}`);
    return [...new Set([...wrong, ...this.#unknown(what, [schema], value)])];
  }

  /** Fields that no schema speaks of, which JSON Schema lets pass. */
  #unknown(what, schemas, value) {
    const parts = schemas.flatMap(schema => this.#parts(schema));
    if (Array.isArray(value)) {
      const items = parts.flatMap(part => part.items ?? []);
      return items.length === 0 ? [] : value.flatMap((entry, index) => this.#unknown(`${what}/${index}`, items, entry));
    }
    if (value === null || typeof value !== "object") return [];
    const isOpen = parts.some(part => (part.additionalProperties ?? !part.properties) && (part.type ?? "object") === "object" && !part.required);
    return Object.entries(value).flatMap(([name, entry]) => {
      const known = parts.flatMap(part => part.properties?.[name] ?? []);
      if (known.length > 0) return this.#unknown(`${what}/${name}`, known, entry);
      return isOpen ? [] : [`${what} has a field ${name}, which does not exist`];
    });
  }

  /** A schema and all that it is combined from. */
  #parts(schema, within = new Set()) {
    const part = this.#resolve(schema);
    if (within.has(part)) return [];
    within.add(part);
    const combined = ["allOf", "anyOf", "oneOf"].flatMap(word => part[word] ?? []);
    const own = combined.length > 0 && !part.properties ? [] : [part];
    return [...own, ...combined.flatMap(each => this.#parts(each, within))];
  }

  #at(key) {
    return key.reduce((at, part) => at[part], this.#document);
  }

  #isKnown(exchange) {
    const text = JSON.stringify(exchange);
    const known = this.#seen.has(text);
    this.#seen.add(text);
    return known;
  }

  get distinct() {
    return this.#seen.size;
  }
}

const pointed = part => encodeURIComponent(part.replaceAll("~", "~0").replaceAll("/", "~1"));
const unpointed = part => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~");
