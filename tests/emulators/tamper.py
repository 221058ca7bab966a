"""Changes an account behind CloudFormation's back: lines of each log group are kept for 400 days.

    python tamper.py http://127.0.0.1:PORT [region]
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import rig  # noqa: E402

DAYS = 400


def main(arguments):
    url, region = (*arguments, rig.REGIONS[0])[:2]
    logs = rig.client(url, "logs", region)
    for group in logs.describe_log_groups()["logGroups"]:
        logs.put_retention_policy(logGroupName=group["logGroupName"], retentionInDays=DAYS)
        print(group["logGroupName"])


if __name__ == "__main__":
    main(sys.argv[1:])
