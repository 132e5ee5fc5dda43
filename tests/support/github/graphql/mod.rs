//! The GraphQL endpoint: reads the document for real, so that any formatting works, and walks its selections.

mod fields;
mod mutations;
mod roots;
mod values;

use std::collections::BTreeMap;

use graphql_parser::query::{
    Definition, Document, Field, FragmentDefinition, OperationDefinition, Selection, SelectionSet,
    TypeCondition, VariableDefinition, parse_query,
};
use serde_json::{Map, Value, json};

use super::{
    Call, Reply, rest,
    state::{Token, World},
};
use values::{Out, Problem};

/// Arguments of a field, variables filled in.
pub(super) type Arguments = Map<String, Value>;

/// The root fields of a request, joined by `+`, and whether it is a mutation.
pub fn operation(body: &Value) -> (Option<String>, bool) {
    let Some(Ok(document)) = body["query"].as_str().map(parse_query::<String>) else {
        return (Some("unreadable".into()), false);
    };
    let Some((selections, _, is_mutation)) = root(&document) else {
        return (Some("nothing".into()), false);
    };
    let names: Vec<String> = selections
        .items
        .iter()
        .filter_map(|item| match item {
            Selection::Field(field) => Some(field.name.clone()),
            _ => None,
        })
        .filter(|name| name != "rateLimit")
        .collect();
    let names = if names.is_empty() {
        "rateLimit".to_owned()
    } else {
        names.join("+")
    };
    (Some(names), is_mutation)
}

/// Selections and variables of the operation, and whether it is a mutation.
type Root<'d> = (
    &'d SelectionSet<'d, String>,
    &'d [VariableDefinition<'d, String>],
    bool,
);

fn root<'d>(document: &'d Document<'d, String>) -> Option<Root<'d>> {
    document.definitions.iter().find_map(|definition| {
        let Definition::Operation(operation) = definition else {
            return None;
        };
        match operation {
            OperationDefinition::SelectionSet(set) => Some((set, [].as_slice(), false)),
            OperationDefinition::Query(query) => Some((
                &query.selection_set,
                query.variable_definitions.as_slice(),
                false,
            )),
            OperationDefinition::Mutation(mutation) => Some((
                &mutation.selection_set,
                mutation.variable_definitions.as_slice(),
                true,
            )),
            OperationDefinition::Subscription(_) => None,
        }
    })
}

pub fn answer(world: &mut World, call: &Call) -> Reply {
    let token = match rest::authenticate(world, call) {
        Ok(Some(token)) => token,
        Ok(None) => {
            let message = "This endpoint requires you to be authenticated.";
            return Reply::refusal(401, message);
        }
        Err(refusal) => return refusal,
    };
    let text = call.body["query"].as_str().unwrap_or("");
    let document = match parse_query::<String>(text) {
        Ok(document) => document,
        Err(error) => return errors(&[Problem::new("", &format!("Parse error: {error}"))]),
    };
    let problems = invalid(text, &document, &call.body["variables"]);
    if !problems.is_empty() {
        world
            .unknown
            .extend(problems.iter().map(|problem| problem.message.clone()));
        return errors(&problems);
    }
    let Some((selections, definitions, is_mutation)) = root(&document) else {
        return errors(&[Problem::new("", "No operation")]);
    };
    let mut run = Run {
        world,
        token,
        variables: variables(definitions, &call.body["variables"]),
        fragments: fragments(&document),
        problems: Vec::new(),
        path: Vec::new(),
    };
    let start = if is_mutation {
        Out::Mutation
    } else {
        Out::Query
    };
    match run.select(&start, selections) {
        Err(abort) => {
            let message = abort.message.clone();
            world.unknown.push(message);
            errors(&[abort])
        }
        Ok(data) if run.problems.is_empty() => Reply::new(200, json!({"data": data})),
        Ok(data) => {
            let problems: Vec<Value> = run.problems.iter().map(Problem::json).collect();
            Reply::new(200, json!({"data": data, "errors": problems}))
        }
    }
}

/// A document that is refused whole: errors, and no data at all.
fn errors(problems: &[Problem]) -> Reply {
    let problems: Vec<Value> = problems.iter().map(Problem::json).collect();
    Reply::new(200, json!({"errors": problems}))
}

fn fragments<'d>(
    document: &'d Document<'d, String>,
) -> BTreeMap<&'d str, &'d FragmentDefinition<'d, String>> {
    let fragments = document.definitions.iter().filter_map(|entry| match entry {
        Definition::Fragment(fragment) => Some((fragment.name.as_str(), fragment)),
        Definition::Operation(_) => None,
    });
    fragments.collect()
}

/// What GitHub refuses before it runs anything.
fn invalid<'d>(text: &str, document: &'d Document<'d, String>, given: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    let definitions = root(document).map_or([].as_slice(), |(_, definitions, _)| definitions);
    for variable in definitions {
        let name = &variable.name;
        let required = matches!(
            variable.var_type,
            graphql_parser::query::Type::NonNullType(_)
        );
        if required && variable.default_value.is_none() && given[name].is_null() {
            let message = format!(
                "Variable ${name} of type {} was provided invalid value",
                variable.var_type
            );
            problems.push(Problem::new("", &message));
        }
        let uses = text.match_indices(&format!("${name}")).count();
        if uses < 2 {
            let message = format!("Variable ${name} is declared but not used");
            problems.push(Problem::new("", &message));
        }
    }
    for name in fragments(document).keys() {
        if !text.replace(' ', "").contains(&format!("...{name}")) {
            let message = format!("Fragment {name} was defined, but not used");
            problems.push(Problem::new("", &message));
        }
    }
    problems
}

fn variables(definitions: &[VariableDefinition<'_, String>], given: &Value) -> Map<String, Value> {
    definitions
        .iter()
        .map(|variable| {
            let default = variable.default_value.as_ref();
            let value = match given.get(&variable.name) {
                Some(value) => value.clone(),
                None => default.map_or(Value::Null, |value| values::plain(value, &Map::new())),
            };
            (variable.name.clone(), value)
        })
        .collect()
}

/// One request under way.
struct Run<'d> {
    world: &'d mut World,
    token: Token,
    variables: Map<String, Value>,
    fragments: BTreeMap<&'d str, &'d FragmentDefinition<'d, String>>,
    problems: Vec<Problem>,
    path: Vec<Value>,
}

impl<'d> Run<'d> {
    /// The selected fields of one object; `Err` aborts the whole request.
    fn select(
        &mut self,
        node: &Out,
        selections: &'d SelectionSet<'d, String>,
    ) -> Result<Value, Problem> {
        let mut object = Map::new();
        self.select_into(node, selections, &mut object)?;
        Ok(Value::Object(object))
    }

    fn select_into(
        &mut self,
        node: &Out,
        selections: &'d SelectionSet<'d, String>,
        object: &mut Map<String, Value>,
    ) -> Result<(), Problem> {
        for item in &selections.items {
            match item {
                Selection::Field(field) => {
                    let name = field.alias.as_ref().unwrap_or(&field.name).clone();
                    self.path.push(json!(name));
                    let value = self.field(node, field)?;
                    self.path.pop();
                    object.insert(name, value);
                }
                Selection::FragmentSpread(spread) => {
                    let name = spread.fragment_name.as_str();
                    let fragment = *self.fragments.get(name).ok_or_else(|| {
                        Problem::new("", &format!("Fragment {name} was used, but not defined"))
                    })?;
                    let TypeCondition::On(kind) = &fragment.type_condition;
                    if node.is(kind) {
                        self.select_into(node, &fragment.selection_set, object)?;
                    }
                }
                Selection::InlineFragment(fragment) => {
                    let applies = match &fragment.type_condition {
                        Some(TypeCondition::On(kind)) => node.is(kind),
                        None => true,
                    };
                    if applies {
                        self.select_into(node, &fragment.selection_set, object)?;
                    }
                }
            }
        }
        Ok(())
    }

    fn field(&mut self, node: &Out, field: &'d Field<'d, String>) -> Result<Value, Problem> {
        if field.name == "__typename" {
            return Ok(json!(node.kind()));
        }
        let arguments: Arguments = field
            .arguments
            .iter()
            .map(|(name, value)| (name.clone(), values::plain(value, &self.variables)))
            .collect();
        match self.resolve(node, &field.name, &arguments) {
            Ok(out) => self.finish(&out, field),
            Err(problem) if problem.is_fatal => Err(problem),
            Err(problem) => {
                self.problems.push(problem.at(&self.path));
                Ok(Value::Null)
            }
        }
    }

    fn finish(&mut self, out: &Out, field: &'d Field<'d, String>) -> Result<Value, Problem> {
        let is_leaf = field.selection_set.items.is_empty();
        match out {
            Out::Value(value) if is_leaf || value.is_null() => Ok(value.clone()),
            Out::List(list) => {
                let mut values = Vec::new();
                for (index, entry) in list.iter().enumerate() {
                    self.path.push(json!(index));
                    values.push(self.finish(entry, field)?);
                    self.path.pop();
                }
                Ok(Value::Array(values))
            }
            Out::Value(_) => Err(Problem::fatal(&format!(
                "Selections can't be made on scalars (field '{}')",
                field.name
            ))),
            _ if is_leaf => Err(Problem::fatal(&format!(
                "Field must have selections (field '{}' returns {} but has no selections)",
                field.name,
                out.kind()
            ))),
            node => self.select(node, &field.selection_set),
        }
    }
}
