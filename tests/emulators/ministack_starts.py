"""Starts ministack, told which properties make CloudFormation replace the ECS types: of these alone it knows nothing, and a change
set would say that it depends. They are the `createOnlyProperties` of the types in CloudFormation's registry."""

import os
import sys
import threading
import time

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


def end_with(parent):
    """Ends with whoever has started it: one that is killed cannot end it."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_with, args=(os.getppid(),), daemon=True).start()
    sys.argv = ["ministack"]
    main()
