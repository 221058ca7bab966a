"""What the gate does wrong on purpose.

A fault is a dictionary:

- `do`: `cut_before` (the connection ends and nothing was done), `cut_after` (it was done, and the connection ends; both after
  `seconds` in which nothing comes, where they are given),
  `refuse` (`why`: a key of `refusals.NAMES`), `break_after` (it was done, and the answer is a 500), `short` (half of the answer comes),
  `slow` (`seconds` before the answer)
- `service`, `operation`: of which requests; without them, of all
- `changes`: true for those only that change something
- `each`: true for the first time of each request, by all that it asks; the same request then goes well
- `skip`: how many of these go well first; `times`: how many then do not, 1 unless said, 0 for all
- `status`, `retry_after` (seconds): of `refuse`
"""

import threading

# What operations that change nothing are called.
READS = ("Get", "List", "Describe", "Head", "Lookup", "Validate", "Filter", "Search", "Simulate", "Discover", "BatchGet")
STATUS = {"throttled": 429, "unavailable": 503, "broken": 500, "denied": 403, "expired": 403, "unknown": 403}
KNOWN = {"do", "why", "service", "operation", "changes", "skip", "times", "status", "retry_after", "seconds", "each"}
DEEDS = {"cut_before", "cut_after", "refuse", "break_after", "short", "slow"}


def changes(operation):
    """Whether an operation changes something."""
    return operation is not None and not operation.startswith(READS)


class Faults:
    """The faults to come, and whose turn it is."""

    def __init__(self):
        self.lock = threading.Lock()
        self.all = []

    def put(self, faults):
        """Replaces all."""
        for fault in faults:
            if fault.get("do") not in DEEDS or not set(fault) <= KNOWN:
                raise ValueError(f"no fault: {fault}")
        with self.lock:
            self.all = [{"skip": 0, "times": 1, **fault, "seen": 0, "met": set()} for fault in faults]

    def of(self, asked, whole=b""):
        """The fault that this request meets, if any; `whole` is all that it asks."""
        with self.lock:
            for fault in self.all:
                if not self.meets(fault, asked):
                    continue
                if fault.get("each"):
                    if whole in fault["met"]:
                        continue
                    fault["met"].add(whole)
                    return fault
                fault["seen"] += 1
                late = fault["seen"] - fault["skip"]
                if late >= 1 and (fault["times"] == 0 or late <= fault["times"]):
                    return fault
        return None

    @staticmethod
    def meets(fault, asked):
        return (
            fault.get("service") in (None, asked.service)
            and fault.get("operation") in (None, asked.operation)
            and (not fault.get("changes") or changes(asked.operation))
        )
