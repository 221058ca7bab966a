//! Which address stands for which operation, of the services that have one for each thing.
//!
//! Most operations are a verb and a thing: `CreateStage` posts to all stages, `GetStage` asks one. So the tables hold the
//! things, and single operations that do not go so. Members of the input stand in braces.

use trazo_calls::Service;

/// A thing: its name, its address, and what can be done: `C`reate, `G`et, `L`ist (get all), `P`ut, `U`pdate, `D`elete.
type Thing = (&'static str, &'static str, &'static str);
/// An operation, its method, its address.
type Single = (&'static str, &'static str, &'static str);

#[rustfmt::skip]
const API_GATEWAY: &[Thing] = &[
    ("Account", "/account", "GU"),
    ("ApiKey", "/apikeys/{apiKey}", "CGLUD"),
    ("Authorizer", "/restapis/{restApiId}/authorizers/{authorizerId}", "CGLUD"),
    ("Deployment", "/restapis/{restApiId}/deployments/{deploymentId}", "CGLUD"),
    ("GatewayResponse", "/restapis/{restApiId}/gatewayresponses/{responseType}", "PGLUD"),
    ("Integration", "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration", "PGUD"),
    ("IntegrationResponse", "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration/responses/{statusCode}", "PGUD"),
    ("Method", "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}", "PGUD"),
    ("MethodResponse", "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/responses/{statusCode}", "PGUD"),
    ("Model", "/restapis/{restApiId}/models/{modelName}", "CGLUD"),
    ("RequestValidator", "/restapis/{restApiId}/requestvalidators/{requestValidatorId}", "CGLUD"),
    ("Resource", "/restapis/{restApiId}/resources/{resourceId}", "GLUD"),
    ("RestApi", "/restapis/{restApiId}", "CGLUD"),
    ("Stage", "/restapis/{restApiId}/stages/{stageName}", "CGLUD"),
    ("UsagePlan", "/usageplans/{usagePlanId}", "CGLUD"),
    ("UsagePlanKey", "/usageplans/{usagePlanId}/keys/{keyId}", "CGLD"),
    ("VpcLink", "/vpclinks/{vpcLinkId}", "CGLUD"),
];

const API_GATEWAY_SINGLE: &[Single] = &[
    ("CreateResource", "POST", "/restapis/{restApiId}/resources/{parentId}"),
    ("GetTags", "GET", "/tags/{resourceArn}"),
    ("TagResource", "PUT", "/tags/{resourceArn}"),
    ("UntagResource", "DELETE", "/tags/{resourceArn}"),
];

const API_GATEWAY_V2: &[Thing] = &[
    ("Api", "/v2/apis/{ApiId}", "CGLUD"),
    ("Authorizer", "/v2/apis/{ApiId}/authorizers/{AuthorizerId}", "CGLUD"),
    ("Deployment", "/v2/apis/{ApiId}/deployments/{DeploymentId}", "CGLUD"),
    ("Integration", "/v2/apis/{ApiId}/integrations/{IntegrationId}", "CGLUD"),
    ("Route", "/v2/apis/{ApiId}/routes/{RouteId}", "CGLUD"),
    ("Stage", "/v2/apis/{ApiId}/stages/{StageName}", "CGLUD"),
    ("VpcLink", "/v2/vpclinks/{VpcLinkId}", "CGLUD"),
];

const API_GATEWAY_V2_SINGLE: &[Single] = &[
    ("DeleteAccessLogSettings", "DELETE", "/v2/apis/{ApiId}/stages/{StageName}/accesslogsettings"),
    ("DeleteCorsConfiguration", "DELETE", "/v2/apis/{ApiId}/cors"),
    ("DeleteRouteSettings", "DELETE", "/v2/apis/{ApiId}/stages/{StageName}/routesettings/{RouteKey}"),
    ("GetTags", "GET", "/v2/tags/{ResourceArn}"),
    ("TagResource", "POST", "/v2/tags/{ResourceArn}"),
    ("UntagResource", "DELETE", "/v2/tags/{ResourceArn}"),
];

const LAMBDA_SINGLE: &[Single] = &[
    ("AddPermission", "POST", "/2015-03-31/functions/{FunctionName}/policy"),
    ("CreateFunction", "POST", "/2015-03-31/functions"),
    ("DeleteFunction", "DELETE", "/2015-03-31/functions/{FunctionName}"),
    ("DeleteFunctionConcurrency", "DELETE", "/2017-10-31/functions/{FunctionName}/concurrency"),
    ("GetAccountSettings", "GET", "/2016-08-19/account-settings"),
    ("GetFunction", "GET", "/2015-03-31/functions/{FunctionName}"),
    ("GetFunctionConfiguration", "GET", "/2015-03-31/functions/{FunctionName}/configuration"),
    ("GetPolicy", "GET", "/2015-03-31/functions/{FunctionName}/policy"),
    ("ListFunctions", "GET", "/2015-03-31/functions"),
    ("ListTags", "GET", "/2017-03-31/tags/{Resource}"),
    ("PutFunctionConcurrency", "PUT", "/2017-10-31/functions/{FunctionName}/concurrency"),
    ("RemovePermission", "DELETE", "/2015-03-31/functions/{FunctionName}/policy/{StatementId}"),
    ("TagResource", "POST", "/2017-03-31/tags/{Resource}"),
    ("UntagResource", "DELETE", "/2017-03-31/tags/{Resource}"),
    ("UpdateFunctionCode", "PUT", "/2015-03-31/functions/{FunctionName}/code"),
    ("UpdateFunctionConfiguration", "PUT", "/2015-03-31/functions/{FunctionName}/configuration"),
];

/// What can be done with a thing: the letter, the verb, the method, and whether it is done to all of its kind.
const VERBS: &[(char, &str, &str, bool)] = &[
    ('C', "Create", "POST", true),
    ('G', "Get", "GET", false),
    ('L', "Get", "GET", true),
    ('P', "Put", "PUT", false),
    ('U', "Update", "PATCH", false),
    ('D', "Delete", "DELETE", false),
];

/// Method and address of an operation; None where it is not known.
pub(super) fn route(service: Service, operation: &str) -> Option<(&'static str, &'static str)> {
    let (things, singles) = match service {
        Service::ApiGateway => (API_GATEWAY, API_GATEWAY_SINGLE),
        Service::ApiGatewayV2 => (API_GATEWAY_V2, API_GATEWAY_V2_SINGLE),
        Service::Lambda => (&[][..], LAMBDA_SINGLE),
        _ => return None,
    };
    if let Some((_, method, path)) = singles.iter().find(|(name, _, _)| *name == operation) {
        return Some((method, path));
    }
    VERBS.iter().find_map(|(letter, verb, method, all)| {
        let rest = operation.strip_prefix(verb)?;
        // All are told in the plural when they are asked for.
        let name = if *letter == 'L' { rest.strip_suffix('s')? } else { rest };
        let (_, path, able) = things.iter().find(|(thing, _, _)| *thing == name)?;
        let path = if *all { path.rsplit_once('/').map_or(*path, |(kind, _)| kind) } else { *path };
        able.contains(*letter).then_some((*method, path))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_and_things_make_addresses() {
        let of = |operation| route(Service::ApiGatewayV2, operation);
        assert_eq!(of("CreateStage"), Some(("POST", "/v2/apis/{ApiId}/stages")));
        assert_eq!(of("GetStages"), Some(("GET", "/v2/apis/{ApiId}/stages")));
        assert_eq!(of("GetStage"), Some(("GET", "/v2/apis/{ApiId}/stages/{StageName}")));
        assert_eq!(of("UpdateStage"), Some(("PATCH", "/v2/apis/{ApiId}/stages/{StageName}")));
        assert_eq!(of("PutStage"), None);
        assert_eq!(of("CreateStages"), None);
        assert_eq!(
            route(Service::ApiGateway, "CreateResource"),
            Some(("POST", "/restapis/{restApiId}/resources/{parentId}"))
        );
        assert_eq!(route(Service::ApiGateway, "CreateMethod"), None);
        assert_eq!(route(Service::Ecs, "CreateCluster"), None);
    }
}
