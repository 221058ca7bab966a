//! Texts that AWS takes, for fields whose rule alone cannot say it.

/// Words that many rules accept.
pub(crate) const PLAIN: &[&str] = &[
    "app",
    "web",
    "tienda-virtual",
    "catalogo",
    "pedidos_2",
    "x1",
    "Prod",
    "GET",
    "POST",
    "/tienda",
    "/tienda/*",
    "x-request-id",
    "content-type",
    "dev",
    "v1",
    "s3:GetObject",
    "sqs:*",
    "*",
    "8080",
];

/// Several lines, and other letters than those of English.
pub(crate) const PROSE: &[&str] = &["Tienda Virtual", "No existe la página.", "Primera línea\nSegunda línea", "{}"];

/// Names of environment variables.
pub(crate) const VARIABLES: &[&str] = &["NODE_ENV", "DB_HOST", "PORT", "LOG_LEVEL", "_x", "spring.profiles.active"];

/// Values of environment variables and tags.
pub(crate) const VALUES: &[&str] = &["", "production", "db.interna", "8080", "a=b", "ñandú con espacios", "true"];

/// Keys of tags.
pub(crate) const TAGS: &[&str] = &["curso", "Equipo", "centro-de-coste", "Año", "entorno:fase"];

/// Fields, by the end of their path, with values as JSON. The first that fits is taken.
const KNOWN: &[(&str, &[&str])] = &[
    ("lambda_function.handler", &[r#""index.handler""#, r#""tienda.App::run""#]),
    (
        "lambda_function.code",
        &[
            r#""def handler(event, context):\n    return {}\n""#,
            r#""exports.handler = async (event) => ({ statusCode: 204 });""#,
        ],
    ),
    ("lambda_function.s3Version", &[r#""3HL4kqCxf3vjVBH40Nrjfkd""#]),
    ("lambda_function.s3Bucket", &[r#""tienda-codigo""#]),
    (
        "lambda_function.layers",
        &[
            r#"["arn:aws:lambda:us-east-1:123456789012:layer:comun:1"]"#,
            r#"["arn:aws:lambda:us-east-1:123456789012:layer:comun:2","arn:aws:lambda:us-east-1:123456789012:layer:x_y:30"]"#,
        ],
    ),
    ("lambda_function.imageUri", &[r#""123456789012.dkr.ecr.us-east-1.amazonaws.com/confirmaciones:1.0""#]),
    ("lambda_function.imageCommand", &[r#"["app.handler"]"#]),
    (
        "authorizers.issuer",
        &[r#""https://cognito-idp.us-east-1.amazonaws.com/us-east-1_AbCdEfGhI""#, r#""https://id.example.com/""#],
    ),
    ("authorizers.functionArn", &[r#""arn:aws:lambda:us-east-1:123456789012:function:porteria""#]),
    ("authorizers.identitySources", &[r#"["$request.header.Authorization"]"#, r#"["$request.querystring.token"]"#]),
    ("accessLogs.customFormat", &[r#""$context.requestId $context.status""#, r#""{\"id\":\"$context.requestId\"}""#]),
    ("role.arn", &[r#""arn:aws:iam::123456789012:role/LabRole""#, r#""LabRole""#]),
    (
        "role.managedPolicies",
        &[
            r#"["arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess"]"#,
            r#"["arn:aws:iam::aws:policy/AmazonSQSFullAccess","arn:aws:iam::123456789012:policy/propia"]"#,
        ],
    ),
    ("statements.actions", &[r#"["s3:GetObject"]"#, r#"["sqs:SendMessage","sqs:ReceiveMessage"]"#]),
    ("statements.resources", &[r#"["*"]"#, r#"["arn:aws:s3:::tienda-imagenes/*"]"#]),
    ("lambda_function.s3Version", &[r#""3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY""#]),
    ("other_resource.type", &[r#""AWS::S3::Bucket""#, r#""AWS::SQS::Queue""#, r#""AWS::SNS::Topic""#]),
    (
        "other_resource.body",
        &[
            r#""{}""#,
            r#""{\"Properties\":{\"Tags\":[{\"Key\":\"curso\",\"Value\":\"tienda\"}]}}""#,
            r#""{\"DeletionPolicy\":\"Retain\",\"UpdateReplacePolicy\":\"Retain\"}""#,
        ],
    ),
    ("refs.name", &[r#""Catalogo""#]),
    ("refs.element", &[r#""service1""#, r#""""#]),
    ("refs.type", &[r#""AWS::ECS::Service""#, r#""String""#]),
    ("vpc.cidr", &[r#""10.0.0.0/16""#, r#""172.16.0.0/20""#, r#""192.168.0.0/24""#]),
    (
        "containers.image",
        &[
            r#""public.ecr.aws/docker/library/httpd:2.4""#,
            r#""nginx""#,
            r#""123456789012.dkr.ecr.us-east-1.amazonaws.com/catalogo:1.0""#,
            r#""ghcr.io/tienda/web@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef""#,
        ],
    ),
    (
        "secrets.valueFrom",
        &[
            r#""arn:aws:secretsmanager:us-east-1:123456789012:secret:tienda/db-AbCdEf""#,
            r#""arn:aws:ssm:us-east-1:123456789012:parameter/tienda/clave""#,
            r#""arn:aws:secretsmanager:us-east-1:123456789012:secret:tienda/db-AbCdEf:clave::""#,
        ],
    ),
    (
        "healthCheck.command",
        &[r#"["CMD-SHELL","curl -f http://localhost/ || exit 1"]"#, r#"["CMD","/salud","--rapido"]"#],
    ),
    ("healthCheck.matcher", &[r#""200""#, r#""200-299""#, r#""200,202""#]),
    ("healthCheck.path", &[r#""/""#, r#""/salud?todo=1""#]),
    (".paths", &[r#"["/catalogo*"]"#, r#"["/pedidos","/pedidos/*"]"#, r#"["/v?/tienda/*"]"#]),
    (".hosts", &[r#"["api.example.com"]"#, r#"["*.tienda.example.com","tienda.example.com"]"#]),
    ("load_balancer-service.methods", &[r#"["GET"]"#, r#"["GET","HEAD"]"#]),
    ("load_balancer-service.header.name", &[r#""X-Version""#]),
    ("load_balancer-service.header.values", &[r#"["beta*"]"#, r#"["1","2"]"#]),
    ("rest_api.stageVariables", &[r#"[{"name":"entorno","value":"prod"}]"#]),
    (
        "rest_api.models.schema",
        &[
            r#""{\"type\":\"object\",\"required\":[\"nombre\"]}""#,
            r#""{\"type\":\"array\",\"items\":{\"type\":\"number\",\"minimum\":0.5}}""#,
        ],
    ),
    ("rest_api-load_balancer.routes.backendPath", &[r#""/v1/{id}""#, r#""/v1""#]),
    ("rest_api-load_balancer.requestParameters.name", &[r#""x-cliente""#, r#""version""#, r#""id""#]),
    (
        "rest_api-load_balancer.requestParameters.value",
        &[
            r#""method.request.header.x-api""#,
            r#""method.request.path.id""#,
            r#""context.requestId""#,
            r#""'fijo'""#,
            r#""stageVariables.version""#,
        ],
    ),
    ("cors.allowOrigins", &[r#"["*"]"#, r#"["https://tienda.example.com","http://localhost:3000"]"#]),
    ("cors.allowMethods", &[r#"["*"]"#, r#"["GET","POST"]"#]),
    ("routes.path", &[r#""/tienda""#, r#""/tienda/{id}""#, r#""/{proxy+}""#, r#""$default""#, r#""/""#]),
    ("requestParameters.name", &[r#""x-cliente""#, r#""version""#]),
    (
        "requestParameters.value",
        &[
            r#""$request.header.x-api""#,
            r#""$request.path""#,
            r#""$context.requestId""#,
            r#""fijo""#,
            r#""${request.header.a}-${context.stage}""#,
            r#""$stageVariables.version""#,
        ],
    ),
    ("responseParameters.name", &[r#""x-respuesta""#]),
    ("responseParameters.value", &[r#""$response.header.etag""#, r#""204""#, r#""fijo""#, r#""$context.requestId""#]),
];

/// Values for the field at `key`, if its rule alone cannot say what AWS takes.
pub(crate) fn known(key: &str) -> Option<&'static [&'static str]> {
    KNOWN.iter().find(|(end, _)| key.ends_with(end)).map(|(_, values)| *values)
}
