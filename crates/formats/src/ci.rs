//! What builds the images and rolls them out when the code changes: a workflow of GitHub Actions and build specifications of
//! CodeBuild (<https://docs.aws.amazon.com/codebuild/latest/userguide/build-spec-ref.html>).

use trazo_model::Account;
use trazo_stack::{Expr, Object, Origin, Resource, Value, list, map};

use crate::export::{Source, Written, stem};
use crate::yaml;

/// What is rolled out.
struct Target {
    service: String,
    cluster: String,
    family: String,
    container: String,
    repository: String,
    origin: Origin,
}

pub(crate) fn write(source: &Source<'_>) -> Written {
    let mut written = Written::default();
    let targets: Vec<Target> =
        source.stack.of_type("AWS::ECS::Service").filter_map(|(_, service)| target(source, service)).collect();
    if targets.is_empty() {
        return written;
    }
    written.add(".github/workflows/deploy.yml", yaml::document(&workflow(source, &targets)));
    let alone = targets.len() == 1;
    for target in &targets {
        let path = |stem: &str| format!("buildspec-{stem}.yml");
        let taken = |stem: &str| written.files.iter().any(|file| file.path == path(stem));
        let name = if alone { "buildspec.yml".to_owned() } else { path(&stem(&target.service, "service", taken)) };
        written.add(name, yaml::document(&buildspec(target)));
    }
    if source.design.account() == Account::LearnerLab {
        written.note("ci_lab", source.design.name(), None);
    }
    written
}

fn target(source: &Source<'_>, service: &Resource) -> Option<Target> {
    let stack = source.stack;
    let named = |value: Option<&Value>| stack.resources.get(value?.names()?);
    let task = named(service.get("TaskDefinition"))?;
    let containers = task.items("ContainerDefinitions");
    let balanced = service.items("LoadBalancers").first().and_then(|one| one.get("ContainerName")?.as_str());
    let first = containers.first().and_then(|one| one.get("Name")?.as_str());
    let container = balanced.or(first)?.to_owned();
    let is_it = |one: &&Value| one.get("Name").and_then(Value::as_str) == Some(container.as_str());
    let image = containers.iter().find(is_it).and_then(|one| one.get("Image"));
    let name = service.text("ServiceName").to_owned();
    let family = task.text("Family").to_owned();
    Some(Target {
        cluster: named(service.get("Cluster")).map(|it| it.text("ClusterName").to_owned()).unwrap_or_default(),
        repository: image.and_then(|image| repository(source, image)).unwrap_or_else(|| family.clone()),
        service: name,
        family,
        container,
        origin: service.origin.clone(),
    })
}

/// The repository that an image lies in, where it lies in one of the account.
fn repository(source: &Source<'_>, image: &Value) -> Option<String> {
    let text = match &image.expr {
        Expr::Sub(text) | Expr::Str(text) => text,
        _ => return None,
    };
    if let Some((_, path)) = text.split_once(".dkr.ecr.") {
        let (_, path) = path.split_once('/')?;
        let path = path.split(['@', ':']).next()?;
        return (!path.contains("${")).then(|| path.to_owned());
    }
    // `${Repository.RepositoryUri}:1.0`
    let (_, rest) = text.split_once("${")?;
    let (id, _) = rest.split_once(['.', '}'])?;
    let name = source.stack.resources.get(id)?.text("RepositoryName").to_owned();
    (!name.is_empty()).then_some(name)
}

fn workflow(source: &Source<'_>, targets: &[Target]) -> Value {
    let include: Vec<Value> = targets
        .iter()
        .map(|target| {
            map([
                ("service", target.service.as_str().into()),
                ("cluster", target.cluster.as_str().into()),
                ("family", target.family.as_str().into()),
                ("container", target.container.as_str().into()),
                ("repository", target.repository.as_str().into()),
                ("context", if targets.len() == 1 { ".".into() } else { format!("./{}", target.service).into() }),
            ])
            .from_origin(target.origin.clone())
        })
        .collect();
    let job = map([
        ("name", "${{ matrix.service }}".into()),
        ("runs-on", "ubuntu-latest".into()),
        ("concurrency", "deploy-${{ matrix.service }}".into()),
        ("strategy", map([("fail-fast", false.into()), ("matrix", map([("include", include.into())]))])),
        ("steps", steps(source).into()),
    ]);
    map([
        ("name", "Deploy".into()),
        ("on", map([("push", map([("branches", list(["main"]))])), ("workflow_dispatch", map([]))])),
        ("permissions", map([("contents", "read".into()), ("id-token", "write".into())])),
        ("env", map([("AWS_REGION", source.design.region().into())])),
        ("jobs", map([("deploy", job)])),
    ])
}

fn steps(source: &Source<'_>) -> Vec<Value> {
    let mut access = Object::new();
    access.insert("aws-region".into(), "${{ env.AWS_REGION }}".into());
    if source.design.account() == Account::LearnerLab {
        // A lab makes no identity provider: its keys are secrets of the repository, and end with the lab's session.
        access.insert("aws-access-key-id".into(), "${{ secrets.AWS_ACCESS_KEY_ID }}".into());
        access.insert("aws-secret-access-key".into(), "${{ secrets.AWS_SECRET_ACCESS_KEY }}".into());
        access.insert("aws-session-token".into(), "${{ secrets.AWS_SESSION_TOKEN }}".into());
    } else {
        access.insert("role-to-assume".into(), "${{ vars.AWS_ROLE_ARN }}".into());
    }
    let build = "docker build --tag \"$IMAGE\" \"${{ matrix.context }}\"\ndocker push \"$IMAGE\"\necho \"image=$IMAGE\" >> \"$GITHUB_OUTPUT\"\n";
    let image = "${{ steps.ecr.outputs.registry }}/${{ matrix.repository }}:${{ github.sha }}";
    let read = "aws ecs describe-task-definition --task-definition \"${{ matrix.family }}\" --query taskDefinition > task-definition.json";
    vec![
        map([("uses", "actions/checkout@v4".into())]),
        map([("uses", "aws-actions/configure-aws-credentials@v4".into()), ("with", access.into())]),
        map([("id", "ecr".into()), ("uses", "aws-actions/amazon-ecr-login@v2".into())]),
        map([
            ("id", "build".into()),
            ("name", "Build and push the image".into()),
            ("env", map([("IMAGE", image.into())])),
            ("run", build.into()),
        ]),
        map([("name", "Read the task definition".into()), ("run", read.into())]),
        map([
            ("id", "render".into()),
            ("name", "Put the image into it".into()),
            ("uses", "aws-actions/amazon-ecs-render-task-definition@v1".into()),
            (
                "with",
                map([
                    ("task-definition", "task-definition.json".into()),
                    ("container-name", "${{ matrix.container }}".into()),
                    ("image", "${{ steps.build.outputs.image }}".into()),
                ]),
            ),
        ]),
        map([
            ("name", "Roll it out and wait".into()),
            ("uses", "aws-actions/amazon-ecs-deploy-task-definition@v2".into()),
            (
                "with",
                map([
                    ("task-definition", "${{ steps.render.outputs.task-definition }}".into()),
                    ("cluster", "${{ matrix.cluster }}".into()),
                    ("service", "${{ matrix.service }}".into()),
                    ("wait-for-service-stability", true.into()),
                ]),
            ),
        ]),
    ]
}

fn buildspec(target: &Target) -> Value {
    let image = format!("$REGISTRY/{}:$TAG", target.repository);
    let before = [
        "ACCOUNT=$(aws sts get-caller-identity --query Account --output text)".to_owned(),
        "REGISTRY=$ACCOUNT.dkr.ecr.$AWS_REGION.amazonaws.com".to_owned(),
        "TAG=$(echo \"$CODEBUILD_RESOLVED_SOURCE_VERSION\" | cut -c 1-12)".to_owned(),
        "aws ecr get-login-password | docker login --username AWS --password-stdin \"$REGISTRY\"".to_owned(),
    ];
    let after = [
        format!("docker push \"{image}\""),
        format!(
            "printf '[{{\"name\":\"{}\",\"imageUri\":\"%s\"}}]' \"{image}\" > imagedefinitions.json",
            target.container
        ),
    ];
    map([
        ("version", 0.2.into()),
        (
            "phases",
            map([
                ("pre_build", map([("commands", list(before))])),
                ("build", map([("commands", list([format!("docker build --tag \"{image}\" .")]))])),
                ("post_build", map([("commands", list(after))])),
            ]),
        ),
        ("artifacts", map([("files", list(["imagedefinitions.json"]))])),
    ])
    .from_origin(target.origin.clone())
}
