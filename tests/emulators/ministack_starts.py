"""Starts ministack, told which properties make CloudFormation replace the ECS types: of these alone it knows nothing, and a change
set would say that it depends. They are the `createOnlyProperties` of the types in CloudFormation's registry."""

import sys

from ministack.app import main
from ministack.services.cloudformation import provisioners

provisioners._REPLACING_PROPERTIES.update(
    {
        "AWS::ECS::Service": ("Cluster", "Role", "SchedulingStrategy", "ServiceName"),
        "AWS::ECS::TaskDefinition": (
            "ContainerDefinitions",
            "Cpu",
            "EnableFaultInjection",
            "EphemeralStorage",
            "ExecutionRoleArn",
            "Family",
            "InferenceAccelerators",
            "IpcMode",
            "Memory",
            "NetworkMode",
            "PidMode",
            "PlacementConstraints",
            "ProxyConfiguration",
            "RequiresCompatibilities",
            "RuntimePlatform",
            "TaskRoleArn",
            "Volumes",
        ),
    }
)

if __name__ == "__main__":
    sys.argv = ["ministack"]
    main()
