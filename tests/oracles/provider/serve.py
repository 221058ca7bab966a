"""Terraform's protocol 5 (https://developer.hashicorp.com/terraform/plugin/terraform-plugin-protocol), served to one machine."""

import json
import os
import pathlib
from concurrent import futures

import grpc
import msgpack

from .proto import entries, fields, message
from .schema import made, planned, schema

SCHEMA = json.loads(pathlib.Path(__file__).parents[1].joinpath("terraform_schema.json").read_text(encoding="utf-8"))
REGION = "us-east-1"
# What AWS would tell that asks.
KNOWN = {
    "aws_availability_zones": {"names": [f"{REGION}{zone}" for zone in "abcd"], "id": REGION},
    "aws_caller_identity": {"account_id": "123456789012", "id": "123456789012"},
    "aws_partition": {"partition": "aws", "dns_suffix": "amazonaws.com", "reverse_dns_prefix": "com.amazonaws"},
    "aws_region": {"region": REGION, "name": REGION, "id": REGION},
    "aws_ssm_parameter": {"insecure_value": "ami-0123456789abcdef0", "type": "String"},
    "archive_file": {"output_base64sha256": "c2VsbG8=", "output_size": 1},
}


def read(dynamic):
    """A DynamicValue."""
    held = fields(dynamic)
    if held.get(1):
        return msgpack.unpackb(held[1], raw=False, strict_map_key=False)
    return json.loads(held[2]) if held.get(2) else None


def write(value):
    return message((1, msgpack.packb(value)))


class Provider:
    """Each method answers the call of its name: a message for a message."""

    def __init__(self, settings, resources, data):
        self.settings, self.resources, self.data = settings, resources, data

    def GetSchema(self, _):
        whole = lambda kinds: entries((name, schema(said)) for name, said in sorted(kinds.items()))
        return message((1, schema({"arguments": self.settings})), (2, whole(self.resources)), (3, whole(self.data)))

    def PrepareProviderConfig(self, asked):
        return message((1, fields(asked)[1]))

    def ValidateResourceTypeConfig(self, _):
        return b""

    ValidateDataSourceConfig = Configure = Stop = ValidateResourceTypeConfig

    def UpgradeResourceState(self, asked):
        raw = fields(fields(asked)[3])
        return message((1, write(json.loads(raw[1]))))

    def ReadResource(self, asked):
        return message((1, fields(asked)[2]))

    def PlanResourceChange(self, asked):
        held = fields(asked)
        proposed = read(held[3])
        # What is taken away, and what stands already, is as it is asked for.
        if proposed is None or read(held[2]) is not None:
            return message((1, write(proposed)))
        return message((1, write(planned(self.resources[held[1].decode()], proposed))))

    def ApplyResourceChange(self, asked):
        held = fields(asked)
        kind, value = held[1].decode(), read(held[3])
        said = None if value is None else made(self.resources[kind], value, kind)
        return message((1, write(said)))

    def ReadDataSource(self, asked):
        held = fields(asked)
        kind, config = held[1].decode(), read(held[2])
        given = {**made(self.data[kind], planned(self.data[kind], config), kind), **KNOWN.get(kind, {})}
        return message((1, write(given)))


class Handler(grpc.GenericRpcHandler):
    def __init__(self, provider):
        self.provider = provider

    def service(self, details):
        service, _, method = details.method.strip("/").partition("/")
        answer = getattr(self.provider, method, None) if service == "tfplugin5.Provider" else None
        if answer is None:
            return None
        return grpc.unary_unary_rpc_method_handler(lambda asked, _: answer(asked))


class Served:
    """Both providers, while the block lasts; `environment` is what makes Terraform use them."""

    def __enter__(self):
        self.servers, reattach = [], {}
        providers = {
            "aws": Provider(SCHEMA["settings"], SCHEMA["resource"], SCHEMA["data"]),
            "archive": Provider({}, {}, SCHEMA["archive"]),
        }
        for name, provider in providers.items():
            server = grpc.server(futures.ThreadPoolExecutor(8), options=[("grpc.max_receive_message_length", -1)])
            server.add_generic_rpc_handlers((Handler(provider),))
            port = server.add_insecure_port("127.0.0.1:0")
            server.start()
            self.servers.append(server)
            reattach[f"registry.terraform.io/hashicorp/{name}"] = {
                "Protocol": "grpc",
                "ProtocolVersion": 5,
                "Pid": os.getpid(),
                "Test": True,
                "Addr": {"Network": "tcp", "String": f"127.0.0.1:{port}"},
            }
        self.environment = {"TF_REATTACH_PROVIDERS": json.dumps(reattach)}
        return self

    def __exit__(self, *_):
        for server in self.servers:
            server.stop(None)
