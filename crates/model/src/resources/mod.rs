//! The kinds of resources, one folder each, and the kinds of links between them.
//!
//! Adding a kind: make its folder, name it in the list below, write its texts in `locales/` and draw its glyph in
//! `public/glyphs/`. The compiler and the tests name what is missing.

pub mod routing;

use serde_json::Value;

use crate::spec::{Family, KindSpec, KindWork, LinkSpec, LinkWork, Shape};

/// Properties that belong to one kind.
pub trait Typed: Sized {
    /// The properties, if they are of this type.
    fn of(props: &Props) -> Option<&Self>;
}

macro_rules! kinds {
    ($($(#[$doc:meta])* $variant:ident = $module:ident),* $(,)?) => {
        $(pub mod $module;)*

        /// A kind of node.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind { $($(#[$doc])* $variant,)* }

        /// The properties of a node.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Props { $($(#[$doc])* $variant(Box<$module::$variant>),)* }

        impl Kind {
            /// All kinds, in the order in which they are offered and lowered.
            pub const ALL: [Self; [$(stringify!($variant)),*].len()] = [$(Self::$variant),*];

            /// What Trazo knows of it.
            pub fn spec(self) -> &'static KindSpec {
                match self { $(Self::$variant => &$module::SPEC,)* }
            }

            /// Its name in manifests and text keys. Like [`Kind::family`] and [`Kind::shape`] it is read from the
            /// specification when this is compiled: who draws sketches need not carry all that is known of each kind.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $module::SPEC.key,)* }
            }

            /// The family that gives its colour.
            pub fn family(self) -> Family {
                match self { $(Self::$variant => $module::SPEC.family,)* }
            }

            /// How it is drawn.
            pub fn shape(self) -> Shape {
                match self { $(Self::$variant => $module::SPEC.shape,)* }
            }

            /// What Trazo does with it.
            pub fn work(self) -> &'static KindWork {
                match self { $(Self::$variant => &$module::WORK,)* }
            }
        }

        impl Props {
            /// The kind that they belong to.
            pub fn kind(&self) -> Kind {
                match self { $(Self::$variant(_) => Kind::$variant,)* }
            }

            /// The properties as the manifest holds them.
            pub fn to_json(&self) -> Value {
                match self { $(Self::$variant(props) => serde_json::to_value(props).unwrap_or_default(),)* }
            }
        }

        $(impl Typed for $module::$variant {
            fn of(props: &Props) -> Option<&Self> {
                match props { Props::$variant(props) => Some(props), _ => None }
            }
        })*
    };
}

macro_rules! links {
    ($($(#[$doc:meta])* $variant:ident = $module:ident :: {$spec:ident, $work:ident}),* $(,)?) => {
        /// A kind of link.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum LinkKind { $($(#[$doc])* $variant,)* }

        /// What a link carries.
        #[derive(Clone, Debug, PartialEq)]
        pub enum LinkProps { $($(#[$doc])* $variant(Box<$module::links::$variant>),)* }

        impl LinkKind {
            /// All kinds of links.
            pub const ALL: [Self; [$(stringify!($variant)),*].len()] = [$(Self::$variant),*];

            /// What Trazo knows of it.
            pub fn spec(self) -> &'static LinkSpec {
                match self { $(Self::$variant => &$module::links::$spec,)* }
            }

            /// What Trazo does with it.
            pub fn work(self) -> &'static LinkWork {
                match self { $(Self::$variant => &$module::links::$work,)* }
            }
        }

        impl LinkProps {
            /// The kind that they belong to.
            pub fn kind(&self) -> LinkKind {
                match self { $(Self::$variant(_) => LinkKind::$variant,)* }
            }

            /// What it carries as the manifest holds it.
            pub fn to_json(&self) -> Value {
                match self { $(Self::$variant(props) => serde_json::to_value(props).unwrap_or_default(),)* }
            }
        }

        $(impl $module::links::$variant {
            /// What a link carries, if it is of this kind.
            pub fn of(props: &LinkProps) -> Option<&Self> {
                #[allow(unreachable_patterns, reason = "a list of one kind has no other")]
                match props { LinkProps::$variant(props) => Some(props), _ => None }
            }
        })*
    };
}

// The order is that of the palette and of lowering.
kinds! {
    /// Where traffic comes from.
    Users = users,
    /// An HTTP API of API Gateway.
    HttpApi = http_api,
    /// A REST API of API Gateway.
    RestApi = rest_api,
    /// An Application Load Balancer.
    LoadBalancer = load_balancer,
    /// A virtual private cloud.
    Vpc = vpc,
    /// An ECS cluster.
    Cluster = cluster,
    /// An ECS service.
    Service = service,
    /// An ECS task definition.
    TaskDefinition = task_definition,
    /// A Lambda function.
    LambdaFunction = lambda_function,
    /// An ECR repository.
    EcrRepository = ecr_repository,
    /// An IAM role.
    Role = role,
    /// A resource of a kind that Trazo does not draw.
    OtherResource = other_resource,
    /// Text on the canvas.
    Note = note,
}

links! {
    /// Users come in by an API.
    UsersApi = users::{USERS_API, USERS_API_WORK},
    /// Users come in by a REST API.
    UsersRestApi = users::{USERS_REST_API, USERS_REST_API_WORK},
    /// Users come in by a load balancer.
    UsersLoadBalancer = users::{USERS_LOAD_BALANCER, USERS_LOAD_BALANCER_WORK},
    /// An API's integration with a load balancer.
    Integration = http_api::{INTEGRATION, INTEGRATION_WORK},
    /// An API's integration with a function.
    FunctionIntegration = http_api::{FUNCTION_INTEGRATION, FUNCTION_INTEGRATION_WORK},
    /// A REST API's integration with a load balancer.
    RestIntegration = rest_api::{REST_INTEGRATION, REST_INTEGRATION_WORK},
    /// A REST API's integration with a function.
    RestFunction = rest_api::{REST_FUNCTION, REST_FUNCTION_WORK},
    /// A listener rule and target group that lead to a service.
    Forward = load_balancer::{FORWARD, FORWARD_WORK},
    /// A service runs a task definition.
    Runs = service::{RUNS, RUNS_WORK},
    /// A service calls another by Service Connect.
    ServiceConnect = service::{CONNECT, CONNECT_WORK},
    /// A task definition uses a role.
    UsesRole = task_definition::{USES_ROLE, USES_ROLE_WORK},
    /// A function runs with a role.
    FunctionRole = lambda_function::{FUNCTION_ROLE, FUNCTION_ROLE_WORK},
    /// A task definition pulls images from a repository.
    Pulls = task_definition::{PULLS, PULLS_WORK},
}

impl Kind {
    /// The kind whose key this is.
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }

    /// The link that may be drawn from this kind to another.
    pub fn link_to(self, to: Self) -> Option<&'static LinkSpec> {
        self.spec().links.iter().find(|spec| spec.to == to).copied()
    }
}
