const { App, Stack } = require("aws-cdk-lib");
const { Cluster, ContainerImage } = require("aws-cdk-lib/aws-ecs");
const { ApplicationLoadBalancedFargateService } = require("aws-cdk-lib/aws-ecs-patterns");

const stack = new Stack(new App(), "Tienda");
new ApplicationLoadBalancedFargateService(stack, "Catalogo", {
  cluster: new Cluster(stack, "Cluster"),
  taskImageOptions: { image: ContainerImage.fromRegistry("nginx") },
  publicLoadBalancer: true,
});
