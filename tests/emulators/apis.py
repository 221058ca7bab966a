"""APIs of API Gateway, both kinds."""

from things import Thing, asked, pages, renamed


def http_apis(ask):
    client = ask("apigatewayv2")
    for api in pages(client, "get_apis", "Items"):
        of = {"ApiId": api["ApiId"]}
        attributes = {"ApiEndpoint": api.get("ApiEndpoint"), **of}
        yield Thing("AWS::ApiGatewayV2::Api", api["ApiId"], api, api.get("Tags", {}), attributes)
        for item in pages(client, "get_integrations", "Items", **of):
            words = {**item, **of}
            # CloudFormation lists what the API maps.
            if "ResponseParameters" in item:
                words["ResponseParameters"] = {
                    status: {"ResponseParameters": [{"Destination": key, "Source": value} for key, value in mapped.items()]}
                    for status, mapped in item["ResponseParameters"].items()
                }
            yield Thing("AWS::ApiGatewayV2::Integration", item["IntegrationId"], words, attributes={"IntegrationId": item["IntegrationId"]})
        routes = list(pages(client, "get_routes", "Items", **of))
        for item in routes:
            yield Thing("AWS::ApiGatewayV2::Route", item["RouteId"], {**item, **of}, attributes={"RouteId": item["RouteId"]})
        for item in pages(client, "get_stages", "Items", **of):
            yield Thing("AWS::ApiGatewayV2::Stage", item["StageName"], {**item, **of}, item.get("Tags", {}), name=f"{api['ApiId']} {item['StageName']}")
        # moto lists none of them, but knows each.
        for name in sorted({route["AuthorizerId"] for route in routes if route.get("AuthorizerId")}):
            item = client.get_authorizer(**of, AuthorizerId=name)
            yield Thing("AWS::ApiGatewayV2::Authorizer", item["AuthorizerId"], {**item, **of}, attributes={"AuthorizerId": item["AuthorizerId"]})
    # ministack has none.
    for link in asked(client.get_vpc_links, {}).get("Items", []):
        if link.get("VpcLinkStatus") != "DELETING":
            yield Thing("AWS::ApiGatewayV2::VpcLink", link["VpcLinkId"], link, link.get("Tags", {}), {"VpcLinkId": link["VpcLinkId"]})


def rest_apis(ask):
    client = ask("apigateway")
    for api in pages(client, "get_rest_apis", "items"):
        of = {"restApiId": api["id"]}
        resources = list(pages(client, "get_resources", "items", **of, embed=["methods"]))
        root = next((item["id"] for item in resources if item["path"] == "/"), None)
        attributes = {"RootResourceId": root, "RestApiId": api["id"]}
        words = renamed(api, {"apiKeySource": "ApiKeySourceType"})
        yield Thing("AWS::ApiGateway::RestApi", api["id"], words, api.get("tags", {}), attributes)
        for item in resources:
            if item["path"] != "/":
                yield Thing("AWS::ApiGateway::Resource", item["id"], {**item, **of}, attributes={"ResourceId": item["id"]})
            for verb in item.get("resourceMethods", {}):
                yield method(client, of, item["id"], verb)
        yield from parts(client, of, api["id"])


def method(client, of, resource, verb):
    words = client.get_method(**of, resourceId=resource, httpMethod=verb)
    back = words.get("methodIntegration", {})
    if back:
        back = renamed(back, {"httpMethod": "IntegrationHttpMethod"})
        back["IntegrationResponses"] = list(back.get("integrationResponses", {}).values())
    answers = list(words.get("methodResponses", {}).values())
    words = {**words, **of, "ResourceId": resource, "Integration": back, "MethodResponses": answers}
    # It goes with its resource.
    return Thing("AWS::ApiGateway::Method", f"{resource}|{verb}", words, given=True)


def parts(client, of, api):
    for item in pages(client, "get_deployments", "items", **of):
        yield Thing("AWS::ApiGateway::Deployment", item["id"], {**item, **of}, attributes={"DeploymentId": item["id"]})
    for item in client.get_stages(**of).get("item", []):
        words = {**item, **of, "MethodSettings": list(listed(item.get("methodSettings", {})))}
        yield Thing("AWS::ApiGateway::Stage", item["stageName"], words, item.get("tags", {}), name=f"{api} {item['stageName']}")
    for item in asked(client.get_models, {}, **of).get("items", []):
        # Each API has these from the beginning.
        given = item["name"] in ("Empty", "Error")
        yield Thing("AWS::ApiGateway::Model", item["name"], {**item, **of}, given=given)
    for item in asked(client.get_request_validators, {}, **of).get("items", []):
        yield Thing("AWS::ApiGateway::RequestValidator", item["id"], {**item, **of})
    for item in asked(client.get_authorizers, {}, **of).get("items", []):
        yield Thing("AWS::ApiGateway::Authorizer", item["id"], {**item, **of})
    for item in asked(client.get_gateway_responses, {}, **of).get("items", []):
        given = bool(item.get("defaultResponse"))
        yield Thing("AWS::ApiGateway::GatewayResponse", item["responseType"], {**item, **of}, given=given)


def listed(method_settings):
    """Settings of methods, which the API has by path and method, as CloudFormation lists them."""
    for key, words in method_settings.items():
        path, _, verb = key.rpartition("/")
        path = "/*" if path == "*" else "/" + path.replace("~1", "/").strip("/")
        names = {"throttlingBurstLimit": "ThrottlingBurstLimit", "throttlingRateLimit": "ThrottlingRateLimit"}
        yield {**renamed(words, names), "ResourcePath": path, "HttpMethod": verb}


def plans(ask):
    client = ask("apigateway")
    for plan in pages(client, "get_usage_plans", "items"):
        words = renamed(plan, {"name": "UsagePlanName"})
        yield Thing("AWS::ApiGateway::UsagePlan", plan["id"], words, plan.get("tags", {}), {"Id": plan["id"]})
        for key in pages(client, "get_usage_plan_keys", "items", usagePlanId=plan["id"]):
            words = {"KeyId": key["id"], "KeyType": key.get("type"), "UsagePlanId": plan["id"]}
            yield Thing("AWS::ApiGateway::UsagePlanKey", f"{key['id']}:{plan['id']}", words)
    for key in pages(client, "get_api_keys", "items"):
        yield Thing("AWS::ApiGateway::ApiKey", key["id"], key, key.get("tags", {}), {"APIKeyId": key["id"]})
    for link in asked(client.get_vpc_links, {}).get("items", []):
        yield Thing("AWS::ApiGateway::VpcLink", link["id"], link, link.get("tags", {}))
