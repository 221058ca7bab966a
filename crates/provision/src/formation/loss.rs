//! What is lost when a resource is replaced or taken away.

/// Type and the text that says what is lost.
const LOSSES: &[(&str, &str)] = &[
    ("AWS::ApiGateway::ApiKey", "deploy.formation.loss.key"),
    ("AWS::ApiGateway::RestApi", "deploy.formation.loss.url"),
    ("AWS::ApiGatewayV2::Api", "deploy.formation.loss.url"),
    ("AWS::ApiGatewayV2::VpcLink", "deploy.formation.loss.link"),
    ("AWS::ApiGateway::VpcLink", "deploy.formation.loss.link"),
    ("AWS::EC2::EIP", "deploy.formation.loss.ip"),
    ("AWS::EC2::NatGateway", "deploy.formation.loss.ip"),
    ("AWS::EC2::Subnet", "deploy.formation.loss.network"),
    ("AWS::EC2::VPC", "deploy.formation.loss.network"),
    ("AWS::ECR::Repository", "deploy.formation.loss.images"),
    ("AWS::ECS::Cluster", "deploy.formation.loss.tasks"),
    ("AWS::ECS::Service", "deploy.formation.loss.tasks"),
    ("AWS::ElasticLoadBalancingV2::Listener", "deploy.formation.loss.break"),
    ("AWS::ElasticLoadBalancingV2::LoadBalancer", "deploy.formation.loss.address"),
    ("AWS::ElasticLoadBalancingV2::TargetGroup", "deploy.formation.loss.break"),
    ("AWS::IAM::Role", "deploy.formation.loss.role"),
    ("AWS::Lambda::Function", "deploy.formation.loss.function"),
    ("AWS::Logs::LogGroup", "deploy.formation.loss.logs"),
    ("AWS::S3::Bucket", "deploy.formation.loss.objects"),
    ("AWS::ServiceDiscovery::HttpNamespace", "deploy.formation.loss.names"),
    ("AWS::ServiceDiscovery::PrivateDnsNamespace", "deploy.formation.loss.names"),
];

/// The text that says what is lost with a resource of a type; `None` where nothing is that anybody would miss.
pub fn loss(type_name: &str) -> Option<&'static str> {
    LOSSES.iter().find(|(known, _)| *known == type_name).map(|(_, key)| *key)
}

/// All such texts.
pub fn loss_keys() -> impl Iterator<Item = &'static str> {
    LOSSES.iter().map(|(_, key)| *key)
}
