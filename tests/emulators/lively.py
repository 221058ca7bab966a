"""Lets an account look as if tasks were running: lines in each log group, a target in each target group.

    python lively.py http://127.0.0.1:PORT [region]
"""

import pathlib
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import rig  # noqa: E402

LINES = ["GET / 200", "GET /salud 200", "POST /pedidos 201"]


def main(arguments):
    url, region = (*arguments, rig.REGIONS[0])[:2]
    ecs, logs, elb = (rig.client(url, service, region) for service in ("ecs", "logs", "elbv2"))
    for arn in ecs.list_task_definitions(status="ACTIVE")["taskDefinitionArns"]:
        for container in ecs.describe_task_definition(taskDefinition=arn)["taskDefinition"]["containerDefinitions"]:
            options = container.get("logConfiguration", {}).get("options", {})
            if "awslogs-group" in options:
                stream = f"{options.get('awslogs-stream-prefix', '')}/{container['name']}/0a1b2c3d"
                logs.create_log_stream(logGroupName=options["awslogs-group"], logStreamName=stream)
                now = int(time.time() * 1000)
                events = [{"timestamp": now - 1000 * (len(LINES) - at), "message": line} for at, line in enumerate(LINES)]
                logs.put_log_events(logGroupName=options["awslogs-group"], logStreamName=stream, logEvents=events)
                print(stream)
    for group in elb.describe_target_groups()["TargetGroups"]:
        elb.register_targets(TargetGroupArn=group["TargetGroupArn"], Targets=[{"Id": "172.31.0.10", "Port": group["Port"]}])
        print(group["TargetGroupName"])


if __name__ == "__main__":
    main(sys.argv[1:])
