// Holds GraphQL requests and answers to GitHub's schema (npm `@octokit/graphql-schema`).
import {
  GraphQLError,
  Kind,
  TypeInfo,
  buildSchema,
  extendSchema,
  getNullableType,
  getVariableValues,
  isAbstractType,
  isEnumType,
  isListType,
  isNonNullType,
  isObjectType,
  isScalarType,
  parse,
  typeFromAST,
  validate,
  visit,
  visitWithTypeInfo,
} from "graphql";

/** Forms of the scalars that GitHub's schema only names. */
const FORMS = {
  Base64String: /^[A-Za-z0-9+/]*={0,2}$/,
  BigInt: /^-?\d+$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/,
  GitObjectID: /^[0-9a-f]{40}$/,
  ID: /^\S+$/,
  String: /^/,
  URI: /^https?:\/\/\S+$/,
};

export class GraphQl {
  #schema;
  #documents = new Map();
  #seen = new Set();
  /** Root fields asked for. */
  operations = new Set();

  /** `gaps` are fields that GitHub has and the published schema lacks. */
  constructor(text, gaps) {
    this.gaps = gaps;
    // The published schema repeats fields.
    this.#schema = buildSchema(text, { assumeValid: true, assumeValidSDL: true });
    for (const gap of gaps) {
      const type = this.#schema.getType(gap.type);
      if (type.getFields()[gap.field]) throw new Error(`${gap.type}.${gap.field} is no gap any more: remove it`);
      const addition = parse(`extend type ${gap.type} { ${gap.schema} }`);
      this.#schema = extendSchema(this.#schema, addition, { assumeValid: true, assumeValidSDL: true });
    }
  }

  get documents() {
    return this.#documents.size;
  }

  get distinct() {
    return this.#seen.size;
  }

  /** What is wrong with a request, as a list of texts. */
  request({ query, variables }) {
    const { operation, problems } = this.#read(query);
    if (problems.length > 0 || this.#isKnown(["request", query, variables])) return problems;
    const declared = operation.variableDefinitions ?? [];
    const names = new Set(declared.map(each => each.variable.name.value));
    const strangers = Object.keys(variables ?? {}).filter(name => !names.has(name));
    const { errors } = getVariableValues(this.#schema, declared, variables ?? {});
    const bad = errors?.map(error => error.message) ?? this.#badScalars(declared, variables ?? {});
    return [...bad, ...strangers.map(name => `the variable ${name} is not declared`)];
  }

  /** What is wrong with an answer of the fake's own making. */
  answer({ query, variables }, { status, body }) {
    if (status !== 200) {
      // What keeps a request from being looked at is told as REST tells it.
      return typeof body?.message === "string" ? [] : [`the answer with status ${status} has no message`];
    }
    if (this.#isKnown(["answer", query, body])) return [];
    const problems = (body.errors ?? []).flatMap(error => this.#error(error, body.data));
    if (body.data === undefined || body.data === null) {
      return body.errors?.length > 0 ? problems : [...problems, "the answer has neither data nor errors"];
    }
    const strangers = Object.keys(body).filter(name => !["data", "errors", "extensions"].includes(name));
    problems.push(...strangers.map(name => `the answer has a field ${name}, which does not exist`));
    const { operation, fragments } = this.#read(query);
    const root = this.#schema.getRootType(operation.operation);
    problems.push(...this.#object(fragments, root, [operation.selectionSet], body.data, []));
    return problems;
  }

  #read(query) {
    if (!this.#documents.has(query)) this.#documents.set(query, this.#readNew(query));
    return this.#documents.get(query);
  }

  #readNew(query) {
    let document;
    try {
      document = parse(query);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { problems: [error.message] };
    }
    const info = new TypeInfo(this.#schema);
    visit(document, visitWithTypeInfo(info, { Field: node => this.#note(info.getParentType(), node.name.value) }));
    const fragments = new Map(
      document.definitions.filter(each => each.kind === Kind.FRAGMENT_DEFINITION).map(each => [each.name.value, each])
    );
    const operation = document.definitions.find(each => each.kind === Kind.OPERATION_DEFINITION);
    return { operation, fragments, problems: validate(this.#schema, document).map(error => error.message) };
  }

  #note(parent, field) {
    const root = [this.#schema.getQueryType(), this.#schema.getMutationType()].includes(parent);
    if (root) this.operations.add(field);
    for (const gap of this.gaps) gap.used ||= gap.type === parent?.name && gap.field === field;
  }

  /** Values whose scalar has a form that graphql-js does not know. */
  #badScalars(declared, variables) {
    return declared.flatMap(each => {
      const name = each.variable.name.value;
      return this.#badInput(`$${name}`, typeFromAST(this.#schema, each.type), variables[name]);
    });
  }

  #badInput(place, type, value) {
    const plain = getNullableType(type);
    if (value === undefined || value === null) return [];
    if (isListType(plain))
      return [value].flat().flatMap((entry, at) => this.#badInput(`${place}[${at}]`, plain.ofType, entry));
    if (isScalarType(plain)) return badScalar(place, plain, value);
    if (isEnumType(plain)) return [];
    return Object.entries(value).flatMap(([name, entry]) =>
      this.#badInput(`${place}.${name}`, plain.getFields()[name]?.type, entry)
    );
  }

  #error(error, data) {
    if (typeof error.message !== "string") return ["an error has no message"];
    let at = data;
    for (const part of error.path ?? []) at = at?.[part];
    return at === undefined || at === null ? [] : [`an error is told at ${error.path.join(".")}, where there is data`];
  }

  #value(fragments, type, nodes, value, path) {
    const place = path.join(".");
    if (value === null) {
      return isNonNullType(type) ? [`${place} is null, and ${type} never is`] : [];
    }
    const plain = getNullableType(type);
    if (isListType(plain)) {
      if (!Array.isArray(value)) return [`${place} is no list`];
      return value.flatMap((entry, index) => this.#value(fragments, plain.ofType, nodes, entry, [...path, index]));
    }
    if (isEnumType(plain)) return plain.getValue(value) ? [] : [`${place} is ${value}, which ${plain} does not have`];
    if (isScalarType(plain)) return badScalar(place, plain, value);
    if (typeof value !== "object") return [`${place} is no ${plain}`];
    const sets = nodes.map(node => node.selectionSet);
    if (isObjectType(plain)) return this.#object(fragments, plain, sets, value, path);
    const named = value.__typename;
    const possible = this.#schema.getPossibleTypes(plain).filter(each => !named || each.name === named);
    // Without a name, any type will do whose fields are those that came.
    const tries = possible.map(each => this.#object(fragments, each, sets, value, path));
    return tries.sort((one, other) => one.length - other.length)[0] ?? [`${place} is a ${named}, which is no ${plain}`];
  }

  #object(fragments, type, sets, value, path) {
    const wanted = new Map();
    for (const set of sets) this.#collect(fragments, type, set, wanted);
    const problems = Object.keys(value)
      .filter(name => !wanted.has(name))
      .map(name => `${[...path, name].join(".")} was not asked for`);
    for (const [name, nodes] of wanted) {
      const at = [...path, name];
      const field = nodes[0].name.value;
      if (!(name in value)) problems.push(`${at.join(".")} is missing`);
      else if (field === "__typename")
        problems.push(...(value[name] === type.name ? [] : [`${at.join(".")} is ${value[name]}, not ${type.name}`]));
      else problems.push(...this.#value(fragments, type.getFields()[field].type, nodes, value[name], at));
    }
    return problems;
  }

  /** Fields that a selection asks of an object of `type`, by the name that they are answered under. */
  #collect(fragments, type, set, wanted) {
    for (const each of set.selections) {
      if (each.kind === Kind.FIELD) {
        const name = (each.alias ?? each.name).value;
        wanted.set(name, [...(wanted.get(name) ?? []), each]);
        continue;
      }
      const fragment = each.kind === Kind.INLINE_FRAGMENT ? each : fragments.get(each.name.value);
      const about = fragment.typeCondition && this.#schema.getType(fragment.typeCondition.name.value);
      const fits = !about || about === type || (isAbstractType(about) && this.#schema.isSubType(about, type));
      if (fits) this.#collect(fragments, type, fragment.selectionSet, wanted);
    }
  }

  #isKnown(exchange) {
    const text = JSON.stringify(exchange);
    const known = this.#seen.has(text);
    this.#seen.add(text);
    return known;
  }
}

function badScalar(place, type, value) {
  const fits =
    type.name === "Int"
      ? Number.isInteger(value) && Math.abs(value) < 2 ** 31
      : type.name === "Float"
        ? typeof value === "number"
        : type.name === "Boolean"
          ? typeof value === "boolean"
          : typeof value === "string" && FORMS[type.name]?.test(value);
  return fits ? [] : [`${place} is ${JSON.stringify(value)}, which is no ${type.name}`];
}
