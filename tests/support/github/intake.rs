//! How a call is taken in: by which fault it is struck, who answers it, and what the limits say.

use serde_json::{Value, json};

use super::{
    Call, Reply,
    faults::{self, Effect},
    graphql, real_seconds, rest,
    state::World,
};

impl World {
    /// The fault that this call suffers, if any.
    pub(super) fn faults_for(&mut self, call: &Call) -> Option<Effect> {
        self.faults.iter_mut().find_map(|fault| {
            let struck = fault.strikes(call);
            struck.then(|| fault.effect.clone())
        })
    }

    /// Answers a call and notes it; `None` cuts the connection.
    pub(super) fn receive(&mut self, mut call: Call, effect: Option<&Effect>) -> Option<Reply> {
        let is_graphql = call.operation.is_some();
        let refused = match effect {
            Some(Effect::CutBefore | Effect::HoldBefore) => {
                self.calls.push(call);
                return None;
            }
            Some(Effect::Refuse(status, body)) => Some(Reply::new(*status, body.clone())),
            Some(Effect::GraphQlErrors(errors)) => {
                Some(Reply::new(200, json!({"data": null, "errors": errors})))
            }
            Some(effect) => faults::limit(effect, is_graphql),
            None => None,
        };
        let reply = if let Some(reply) = refused {
            reply
        } else {
            if let Some(Effect::MovedHead {
                branch,
                path,
                content,
            }) = effect
            {
                self.push(branch, &[(path, content)]);
            }
            if let Some(Effect::GoneFile { branch, path }) = effect {
                self.remove(branch, path);
            }
            if let Some(Effect::GoneBranch(branch)) = effect {
                self.shop().git.delete_branch(branch);
            }
            if let Some(Effect::LagBehind(number)) = effect {
                self.lag = Some(*number);
            }
            let reply = if is_graphql {
                graphql::answer(self, &call)
            } else {
                rest::answer(self, &call)
            };
            self.lag = None;
            call.took_effect = reply.status < 300 && !has_null_data(&reply);
            reply
        };
        let reply = match effect {
            Some(Effect::RefuseAfter(status, body)) => Reply::new(*status, body.clone()),
            _ => reply,
        };
        call.status = reply.status;
        self.calls.push(call);
        let is_lost = matches!(effect, Some(Effect::CutAfter | Effect::HoldAfter));
        (!is_lost).then(|| self.with_limits(reply, is_graphql))
    }

    fn with_limits(&mut self, reply: Reply, is_graphql: bool) -> Reply {
        let told = reply
            .headers
            .iter()
            .any(|(name, _)| name.starts_with("x-ratelimit"));
        let Some(quota) = self.quota.filter(|_| !told) else {
            return reply;
        };
        let left = quota.saturating_sub(1);
        self.quota = Some(left);
        reply
            .header("x-ratelimit-limit", "1000")
            .header("x-ratelimit-remaining", left.to_string())
            .header("x-ratelimit-used", (1000 - left.min(1000)).to_string())
            .header("x-ratelimit-reset", (real_seconds() + 3600).to_string())
            .header(
                "x-ratelimit-resource",
                if is_graphql { "graphql" } else { "core" },
            )
    }
}

/// Whether a GraphQL answer holds no data: the mutation in it failed.
fn has_null_data(reply: &Reply) -> bool {
    reply.body.as_ref().is_some_and(|body| {
        let data = body.get("data").and_then(|data| data.as_object());
        body.get("errors").is_some() && data.is_none_or(|data| data.values().all(Value::is_null))
    })
}
