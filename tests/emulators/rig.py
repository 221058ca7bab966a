"""Starts an emulator with its gate, and ends both.

In Python: `with rig.moto() as gate:`. From elsewhere: `python rig.py moto|ministack` writes one line of JSON once it answers
(`url`, `region`, and the credentials that the gate knows), and ends when its input does, so that nothing is left where a test was killed.
"""

import contextlib
import functools
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent))

import gate  # noqa: E402
import signature  # noqa: E402

# Made up, of the form of temporary credentials, with the characters that have to be escaped somewhere.
KEY = signature.Key(
    access_key_id="ASIATRAZOEMULATOR001",
    secret_access_key="trazo/emulator+secret/0123456789abcdefgh",
    session_token="FwoGZXIvYXdzEMULATOR/trazo+token==",
)
# The regions of a Learner Lab.
REGIONS = ("us-east-1", "us-west-2")
# How long an emulator may take to come up, in seconds, and how often it is started.
PATIENCE = 90
TRIES = 3


@contextlib.contextmanager
def opened(emulator, reset=None, key=KEY):
    """A gate before an emulator."""
    door = gate.Gate(emulator, key, REGIONS, reset)
    threading.Thread(target=door.serve_forever, daemon=True).start()
    try:
        yield door
    finally:
        door.shutdown()
        door.server_close()


@contextlib.contextmanager
def moto():
    """moto in this process."""
    # AWS's own policies are there, and services come up.
    os.environ["MOTO_ECS_SERVICE_RUNNING"] = "2"
    os.environ["MOTO_IAM_LOAD_MANAGED_POLICIES"] = "true"
    os.environ["MOTO_DISABLE_GLOBAL_CORS"] = "true"
    import logging

    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    every_certificate_is_there()
    as_many_run_as_are_wanted()
    what_does_not_scale_any_more_is_not_found()
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = server.get_host_and_port()

    def reset():
        asked(address, "POST", "/moto-api/reset")
        give("http://%s:%s" % address)

    # What it holds belongs to the process, which may have had one before.
    reset()
    try:
        with opened(address, reset) as door:
            yield door
    finally:
        server.stop()


@contextlib.contextmanager
def ministack():
    """ministack in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        child, port = started(folder)
        try:

            def reset():
                asked(("127.0.0.1", port), "POST", "/_ministack/reset")
                give(f"http://127.0.0.1:{port}")

            give(f"http://127.0.0.1:{port}")
            with opened(("127.0.0.1", port), reset) as door:
                yield door
        finally:
            end(child)


def started(folder):
    """ministack once it answers, and its port. Who else is looking for a port may take that one first: then it is another."""
    environment = {
        **os.environ,
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": KEY.access_key_id,
        "AWS_SECRET_ACCESS_KEY": KEY.secret_access_key,
        "AWS_SESSION_TOKEN": KEY.session_token,
        "BIND_HOST": "127.0.0.1",
        "LOG_LEVEL": "WARNING",
        "TMPDIR": folder,
        # Nothing of it is kept, and no container is run.
        "DOCKER_HOST": "unix:///nonexistent",
    }
    program = [sys.executable, str(pathlib.Path(__file__).with_name("ministack_starts.py"))]
    said = pathlib.Path(folder, "log")
    for _ in range(TRIES):
        port = free_port()
        with said.open("wb") as log:
            child = subprocess.Popen(
                program,
                env={**environment, "GATEWAY_PORT": str(port)}, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        if answers(child, port):
            return child, port
        end(child)
    raise RuntimeError(f"the emulator does not answer: {said.read_text(errors='replace')[-2000:]}")


def end(child):
    """Ends a process, in one way or the other."""
    child.terminate()
    try:
        child.wait(10)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


def give(url):
    """What a learner's account has from the beginning."""
    trust = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": {"Service": "ecs-tasks.amazonaws.com"}, "Action": "sts:AssumeRole"}]}
    client(url, "iam").create_role(RoleName="LabRole", AssumeRolePolicyDocument=json.dumps(trust))


def every_certificate_is_there():
    """Designs name certificates that nobody can make in an emulator with the very ARN."""
    import re

    from moto.acm.models import AWSCertificateManagerBackend
    from moto.elbv2.models import ELBv2Backend

    form = re.compile(r"arn:aws:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]{36}")
    ELBv2Backend._certificate_exists = lambda _, arn: form.fullmatch(arn) is not None
    AWSCertificateManagerBackend.set_certificate_in_use_by = lambda *_: None


def as_many_run_as_are_wanted():
    """moto lets the same number of tasks run in each service, whatever it asks for."""
    from moto.ecs.models import Service

    made = Service.__init__

    def make(self, *words, **named):
        made(self, *words, **named)
        self.running_count, self.pending_count = self.desired_count or 0, 0
        for deployment in self.deployments:
            deployment.update(runningCount=self.running_count, pendingCount=0, rolloutState="COMPLETED")

    if made.__name__ != "make":
        Service.__init__ = make


def what_does_not_scale_any_more_is_not_found():
    """moto calls it invalid when a scaling policy or target is taken away that is not there; AWS says that it is not found
    (https://docs.aws.amazon.com/autoscaling/application/APIReference/API_DeleteScalingPolicy.html)."""
    from moto.applicationautoscaling.exceptions import AWSValidationException
    from moto.applicationautoscaling.models import ApplicationAutoscalingBackend
    from moto.core.exceptions import JsonRESTError

    def telling(take_away):
        def told(self, *words, **named):
            try:
                return take_away(self, *words, **named)
            except AWSValidationException as error:
                raise JsonRESTError("ObjectNotFoundException", error.message) from error

        return told

    for name in ("delete_scaling_policy", "deregister_scalable_target"):
        take_away = getattr(ApplicationAutoscalingBackend, name)
        if take_away.__name__ != "told":
            setattr(ApplicationAutoscalingBackend, name, telling(take_away))


def answers(child, port):
    """Waits until the port answers; tells whether it does."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and child.poll() is None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            if asked(("127.0.0.1", port), "GET", "/_ministack/health") == 200:
                return child.poll() is None
        time.sleep(0.1)
    return False


def asked(address, method, path):
    """The status of an answer."""
    connection = http.client.HTTPConnection(*address, timeout=gate.PATIENCE)
    try:
        connection.request(method, path)
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def client(door, service, region=REGIONS[0]):
    """A client of boto3 that asks through the gate."""
    return kept_client(door if isinstance(door, str) else door.url, service, region)


@functools.cache
def kept_client(url, service, region):
    """Making one takes longer than many questions."""
    import boto3
    from botocore.config import Config

    return boto3.client(
        service,
        region_name=region,
        endpoint_url=url,
        aws_access_key_id=KEY.access_key_id,
        aws_secret_access_key=KEY.secret_access_key,
        aws_session_token=KEY.session_token,
        config=Config(retries={"total_max_attempts": 1}, read_timeout=gate.PATIENCE, parameter_validation=False),
    )


def main(arguments):
    emulators = {"moto": moto, "ministack": ministack}
    with emulators[arguments[0]]() as door:
        told = {
            "url": door.url,
            # The emulator itself: a look into the account meets no fault and stands in no log.
            "direct": "http://%s:%s" % door.emulator,
            "region": REGIONS[0],
            "accessKeyId": KEY.access_key_id,
            "secretAccessKey": KEY.secret_access_key,
            "sessionToken": KEY.session_token,
        }
        print(json.dumps(told), flush=True)
        # Whoever started it holds the other end, and lets go of it when it ends, however that is.
        sys.stdin.read()


if __name__ == "__main__":
    main(sys.argv[1:])
