"""Operations that Trazo uses, or may come to use."""

OPERATIONS = {
    "apigateway": """
        CreateApiKey GetApiKey GetApiKeys UpdateApiKey DeleteApiKey CreateAuthorizer GetAuthorizer GetAuthorizers
        UpdateAuthorizer DeleteAuthorizer CreateDeployment GetDeployment GetDeployments UpdateDeployment
        DeleteDeployment PutGatewayResponse GetGatewayResponse GetGatewayResponses UpdateGatewayResponse
        DeleteGatewayResponse CreateResource GetResource GetResources UpdateResource DeleteResource PutMethod
        GetMethod UpdateMethod DeleteMethod PutMethodResponse GetMethodResponse UpdateMethodResponse
        DeleteMethodResponse PutIntegration GetIntegration UpdateIntegration DeleteIntegration
        PutIntegrationResponse GetIntegrationResponse UpdateIntegrationResponse DeleteIntegrationResponse
        CreateModel GetModel GetModels UpdateModel DeleteModel CreateRequestValidator GetRequestValidator
        GetRequestValidators UpdateRequestValidator DeleteRequestValidator CreateRestApi GetRestApi GetRestApis
        UpdateRestApi DeleteRestApi CreateStage GetStage GetStages UpdateStage DeleteStage CreateUsagePlan
        GetUsagePlan GetUsagePlans UpdateUsagePlan DeleteUsagePlan CreateUsagePlanKey GetUsagePlanKey
        GetUsagePlanKeys DeleteUsagePlanKey CreateVpcLink GetVpcLink GetVpcLinks UpdateVpcLink DeleteVpcLink
        GetAccount UpdateAccount TagResource UntagResource GetTags
    """.split(),
    "apigatewayv2": """
        CreateApi GetApi GetApis UpdateApi DeleteApi CreateAuthorizer GetAuthorizer GetAuthorizers UpdateAuthorizer
        DeleteAuthorizer CreateDeployment GetDeployment GetDeployments UpdateDeployment DeleteDeployment
        CreateIntegration GetIntegration GetIntegrations UpdateIntegration DeleteIntegration CreateRoute GetRoute
        GetRoutes UpdateRoute DeleteRoute DeleteRouteSettings DeleteCorsConfiguration DeleteAccessLogSettings
        CreateStage GetStage GetStages UpdateStage DeleteStage CreateVpcLink GetVpcLink GetVpcLinks UpdateVpcLink
        DeleteVpcLink TagResource UntagResource GetTags
    """.split(),
    "lambda": """
        CreateFunction GetFunction GetFunctionConfiguration ListFunctions UpdateFunctionCode
        UpdateFunctionConfiguration DeleteFunction AddPermission RemovePermission GetPolicy TagResource
        UntagResource ListTags PutFunctionConcurrency DeleteFunctionConcurrency GetAccountSettings
    """.split(),
    "ec2": """
        AllocateAddress DescribeAddresses ReleaseAddress DisassociateAddress CreateFlowLogs DescribeFlowLogs
        DeleteFlowLogs CreateInternetGateway DescribeInternetGateways DeleteInternetGateway AttachInternetGateway
        DetachInternetGateway CreateLaunchTemplate CreateLaunchTemplateVersion ModifyLaunchTemplate
        DescribeLaunchTemplates DescribeLaunchTemplateVersions DeleteLaunchTemplate DeleteLaunchTemplateVersions
        CreateNatGateway DescribeNatGateways DeleteNatGateway CreateRoute ReplaceRoute DeleteRoute CreateRouteTable
        DescribeRouteTables DeleteRouteTable AssociateRouteTable ReplaceRouteTableAssociation DisassociateRouteTable
        CreateSecurityGroup DescribeSecurityGroups DeleteSecurityGroup AuthorizeSecurityGroupIngress
        AuthorizeSecurityGroupEgress RevokeSecurityGroupIngress RevokeSecurityGroupEgress DescribeSecurityGroupRules
        ModifySecurityGroupRules UpdateSecurityGroupRuleDescriptionsIngress
        UpdateSecurityGroupRuleDescriptionsEgress CreateSubnet DescribeSubnets ModifySubnetAttribute DeleteSubnet
        CreateVpc DescribeVpcs DescribeVpcAttribute ModifyVpcAttribute DeleteVpc CreateVpcEndpoint
        DescribeVpcEndpoints ModifyVpcEndpoint DeleteVpcEndpoints DescribeNetworkInterfaces DeleteNetworkInterface
        DescribeAvailabilityZones DescribeAccountAttributes DescribeRegions DescribeInstances DescribePrefixLists
        DescribeManagedPrefixLists CreateTags DeleteTags DescribeTags TerminateInstances
    """.split(),
    "autoscaling": """
        CreateAutoScalingGroup UpdateAutoScalingGroup DescribeAutoScalingGroups DeleteAutoScalingGroup
        CreateOrUpdateTags DeleteTags DescribeTags SetDesiredCapacity DescribeAutoScalingInstances
        DescribeScalingActivities SetInstanceProtection TerminateInstanceInAutoScalingGroup DescribeAccountLimits
        PutScalingPolicy DeletePolicy DescribePolicies EnableMetricsCollection DisableMetricsCollection
    """.split(),
    "cloudformation": """
        ValidateTemplate CreateChangeSet DescribeChangeSet ListChangeSets ExecuteChangeSet DeleteChangeSet
        CreateStack UpdateStack DescribeStacks ListStacks DescribeStackEvents DescribeStackResources
        DescribeStackResource ListStackResources GetTemplate GetTemplateSummary DeleteStack CancelUpdateStack
        ContinueUpdateRollback RollbackStack DetectStackDrift DescribeStackDriftDetectionStatus
        DescribeStackResourceDrifts UpdateTerminationProtection DescribeAccountLimits DescribeEvents
    """.split(),
    "cloudwatch": """
        PutMetricAlarm DescribeAlarms DeleteAlarms TagResource UntagResource ListTagsForResource GetMetricData
        GetMetricStatistics
    """.split(),
    "elbv2": """
        CreateLoadBalancer DescribeLoadBalancers ModifyLoadBalancerAttributes DescribeLoadBalancerAttributes
        SetSecurityGroups SetSubnets SetIpAddressType DeleteLoadBalancer CreateTargetGroup DescribeTargetGroups
        ModifyTargetGroup ModifyTargetGroupAttributes DescribeTargetGroupAttributes DeleteTargetGroup CreateListener
        DescribeListeners ModifyListener DescribeListenerAttributes ModifyListenerAttributes DeleteListener
        AddListenerCertificates RemoveListenerCertificates DescribeListenerCertificates CreateRule DescribeRules
        ModifyRule SetRulePriorities DeleteRule RegisterTargets DeregisterTargets DescribeTargetHealth AddTags
        RemoveTags DescribeTags DescribeAccountLimits
    """.split(),
    "iam": """
        CreateRole GetRole ListRoles UpdateRole UpdateAssumeRolePolicy DeleteRole PutRolePolicy GetRolePolicy
        ListRolePolicies DeleteRolePolicy AttachRolePolicy DetachRolePolicy ListAttachedRolePolicies TagRole
        UntagRole ListRoleTags CreateInstanceProfile GetInstanceProfile ListInstanceProfiles
        ListInstanceProfilesForRole AddRoleToInstanceProfile RemoveRoleFromInstanceProfile DeleteInstanceProfile
        TagInstanceProfile UntagInstanceProfile CreateServiceLinkedRole PutRolePermissionsBoundary
        DeleteRolePermissionsBoundary SimulatePrincipalPolicy UpdateRoleDescription
    """.split(),
    "sts": """
        GetCallerIdentity AssumeRole GetSessionToken
    """.split(),
    "ecs": """
        CreateCluster DescribeClusters UpdateCluster UpdateClusterSettings DeleteCluster PutClusterCapacityProviders
        CreateCapacityProvider DescribeCapacityProviders UpdateCapacityProvider DeleteCapacityProvider CreateService
        DescribeServices UpdateService DeleteService RegisterTaskDefinition DescribeTaskDefinition
        DeregisterTaskDefinition DeleteTaskDefinitions ListTaskDefinitions ListTasks DescribeTasks StopTask
        ListServices TagResource UntagResource ListTagsForResource DescribeServiceDeployments ListServiceDeployments
        ListContainerInstances DescribeContainerInstances ExecuteCommand
    """.split(),
    "ecr": """
        CreateRepository DescribeRepositories DeleteRepository PutLifecyclePolicy GetLifecyclePolicy
        DeleteLifecyclePolicy PutImageScanningConfiguration PutImageTagMutability SetRepositoryPolicy
        GetRepositoryPolicy DeleteRepositoryPolicy ListImages BatchDeleteImage TagResource UntagResource
        ListTagsForResource DescribeImages
    """.split(),
    "logs": """
        CreateLogGroup DescribeLogGroups DeleteLogGroup PutRetentionPolicy DeleteRetentionPolicy AssociateKmsKey
        DisassociateKmsKey TagResource UntagResource ListTagsForResource DescribeLogStreams FilterLogEvents
        GetLogEvents
    """.split(),
    "application-autoscaling": """
        RegisterScalableTarget DescribeScalableTargets DeregisterScalableTarget PutScalingPolicy
        DescribeScalingPolicies DeleteScalingPolicy PutScheduledAction DescribeScheduledActions
        DeleteScheduledAction DescribeScalingActivities TagResource UntagResource ListTagsForResource
    """.split(),
    "servicediscovery": """
        CreateHttpNamespace CreatePrivateDnsNamespace GetNamespace ListNamespaces UpdateHttpNamespace
        DeleteNamespace GetOperation ListOperations ListServices DeleteService TagResource UntagResource
        ListTagsForResource
    """.split(),
    "resourcegroupstaggingapi": """
        GetResources TagResources UntagResources GetTagKeys GetTagValues
    """.split(),
    "service-quotas": """
        GetServiceQuota ListServiceQuotas GetAWSDefaultServiceQuota
    """.split(),
}
