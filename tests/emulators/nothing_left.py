"""Says what is left in an account, one line a thing; nothing is said of an account that is as it was at the beginning.

    python nothing_left.py http://127.0.0.1:PORT [region]
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import account  # noqa: E402
import rig  # noqa: E402


def main(arguments):
    url, region = (*arguments, rig.REGIONS[0])[:2]
    for line in account.left(lambda service: rig.client(url, service, region)):
        print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
