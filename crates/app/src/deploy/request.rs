//! A request as it goes out: what for, its body, and the same as a command of the AWS CLI.

use leptos::prelude::*;
use serde_json::Value as Json;
use trazo_calls::Call;

use super::bits::Copyable;
use crate::words::t;

/// The command of the AWS CLI that does the same.
pub(super) fn command(call: &Call, region: &str) -> String {
    let mut words = format!("aws {} {} --region {region}", call.service.cli(), kebab(call.operation));
    if !call.input.is_empty() {
        let json = Json::Object(call.input.clone()).to_string();
        // As a shell of Unix takes it: a quotation mark ends the text, stands by itself, and begins it anew.
        words.push_str(" \\\n  --cli-input-json '");
        words.push_str(&json.replace('\'', "'\\''"));
        words.push('\'');
    }
    words
}

/// `CreateVpcLink` as `create-vpc-link`.
fn kebab(operation: &str) -> String {
    let letters: Vec<char> = operation.chars().collect();
    let mut out = String::with_capacity(operation.len() + 6);
    for (at, letter) in letters.iter().enumerate() {
        let after_small = at > 0 && !letters[at - 1].is_uppercase();
        let before_small = letters.get(at + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && at > 0 && (after_small || before_small) {
            out.push('-');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// The body of a request, laid out for reading.
pub(super) fn pretty(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}

/// The request and its command.
#[component]
pub(super) fn RequestView(
    /// The request.
    call: Call,
    /// The region that it goes to.
    region: String,
) -> impl IntoView {
    let body = (!call.input.is_empty()).then(|| pretty(&Json::Object(call.input.clone())));
    view! {
        <div class="deploy-request">
            {body.map(|body| view! { <Copyable label=move || t("ui.deploy.request.body") text=body /> })}
            <Copyable label=move || t("ui.deploy.request.command") text=command(&call, &region) />
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use trazo_calls::Service;

    #[test]
    fn operations_are_named_as_the_cli_names_them() {
        for (operation, name) in [
            ("CreateCluster", "create-cluster"),
            ("CreateVpcLink", "create-vpc-link"),
            ("CreateNatGateway", "create-nat-gateway"),
            ("DescribeStacks", "describe-stacks"),
        ] {
            assert_eq!(kebab(operation), name);
        }
    }

    #[test]
    fn a_command_survives_quotation_marks() {
        let call = Call::new(Service::Ecs, "CreateCluster").with("clusterName", "d'or");
        let expected =
            "aws ecs create-cluster --region us-east-1 \\\n  --cli-input-json '{\"clusterName\":\"d'\\''or\"}'";
        assert_eq!(command(&call, "us-east-1"), expected);
    }
}
