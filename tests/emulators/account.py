"""All that lies in an account."""

import apis
import containers
import network
import others

READERS = (
    network.networks,
    network.addresses,
    network.groups,
    network.balancers,
    containers.clusters,
    containers.task_definitions,
    containers.capacity,
    containers.scaling,
    apis.http_apis,
    apis.rest_apis,
    apis.plans,
    others.roles,
    others.logs,
    others.functions,
    others.repositories,
    others.namespaces,
    others.alarms,
    others.stacks,
)
# A learner's account has this role from the beginning.
GIVEN = ("LabRole", "LabInstanceProfile")


def things(ask):
    """Everything; `ask` gives a client for the name of a service."""
    clients = {}

    def kept(service):
        if service not in clients:
            clients[service] = ask(service)
        return clients[service]

    return [thing for reader in READERS for thing in reader(kept)]


def left(ask):
    """What an account holds beside what it had from the beginning."""
    return sorted(str(thing) for thing in things(ask) if not thing.given and thing.ref not in GIVEN)
