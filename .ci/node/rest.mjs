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
    const statuses = gaps.statuses.flatMap(({ operations, ...gap }) =>
      operations.map(operation => ({ ...gap, operation }))
    );
    this.gaps = { paths: gaps.paths, statuses };
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

  #at(key) {
    return key.reduce((at, part) => at?.[part], this.#document);
  }

  /** Where that stands which stands at `key`, perhaps by reference. */
  #place(key) {
    const shared = this.#at(key)?.$ref;
    return shared ? this.#place(keyOf(shared)) : key;
  }

  #resolve(node) {
    return node?.$ref ? this.#at(this.#place(keyOf(node.$ref))) : node;
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
    const wanted = this.#json([...route.key, "requestBody"]);
    if (body !== null)
      problems.push(...(wanted ? this.#value("the body", wanted, body) : ["a body is sent where none is described"]));
    else if (this.#resolve(route.operation.requestBody)?.required) problems.push("the body is missing");
    return problems;
  }

  /** What is wrong with an answer of the fake's own making. */
  answer(route, { status, headers, body }) {
    const problems = this.#places(headers);
    if (this.#isKnown(["answer", route.operation.operationId, status, body])) return problems;
    const isDocumented = status in route.operation.responses;
    const gap = this.gaps.statuses.find(gap => gap.status === status && gap.operation === route.operation.operationId);
    if (!isDocumented && !gap) return [...problems, `the status ${status} is not documented`];
    if (!isDocumented) gap.used = true;
    const wanted = isDocumented
      ? this.#json([...route.key, "responses", String(status)])
      : ["components", "schemas", gap.schema];
    if (body !== null)
      problems.push(...(wanted ? this.#value("the answer", wanted, body) : [`a body comes with status ${status}`]));
    else if (wanted) problems.push("the body is missing");
    return problems;
  }

  /** Where the schema of the JSON stands that a request or an answer is; undefined where there is none. */
  #json(key) {
    const place = this.#place(key);
    return this.#at(place)?.content?.["application/json"] && [...place, "content", "application/json", "schema"];
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
    const index = route.parameters.findIndex(each => each.in === kind && each.name === name);
    if (index < 0) return [`the ${kind} parameter ${name} does not exist`];
    const { type } = this.#resolve(route.parameters[index].schema);
    const isNumber = ["integer", "number"].includes(type) && !Number.isNaN(Number(text));
    const value = isNumber ? Number(text) : type === "boolean" ? ({ true: true, false: false }[text] ?? text) : text;
    const place = this.#place([...route.key, "parameters", String(index)]);
    return this.#value(`the ${kind} parameter ${name}`, [...place, "schema"], value);
  }

  #value(what, key, value) {
    const pointer = `github#/${key.map(pointed).join("/")}`;
    if (!this.#checks.has(pointer)) this.#checks.set(pointer, this.#ajv.compile({ $ref: pointer }));
    const check = this.#checks.get(pointer);
    const wrong = check(value) ? [] : check.errors.map(error => `${what}${error.instancePath} ${error.message}`);
    return [...new Set([...wrong, ...this.#unknown(what, [this.#at(key)], value)])];
  }

  /** Fields that no schema speaks of, which JSON Schema lets pass. */
  #unknown(what, schemas, value) {
    const parts = schemas.flatMap(schema => this.#parts(schema));
    if (Array.isArray(value)) {
      const items = parts.flatMap(part => part.items ?? []);
      return items.length === 0 ? [] : value.flatMap((entry, index) => this.#unknown(`${what}/${index}`, items, entry));
    }
    if (value === null || typeof value !== "object") return [];
    const isOpen = parts.some(
      part => (part.additionalProperties ?? !part.properties) && (part.type ?? "object") === "object" && !part.required
    );
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
const keyOf = reference =>
  reference
    .slice(2)
    .split("/")
    .map(part => decodeURIComponent(part).replaceAll("~1", "/").replaceAll("~0", "~"));
