"""AWS's own CLI, loaded once: it takes half a second to come up, and a design takes a hundred calls.

`loaded.py SOCKET` answers `aws`, which `opened` puts before everything else in the PATH: each call is a copy of this process with
the words, the files, the folder and the environment of whoever called.
"""

import contextlib
import json
import os
import pathlib
import socket
import socketserver
import stat
import subprocess
import sys
import tempfile
import time

PATIENCE = 60
SERVICES = (
    "apigateway apigatewayv2 application-autoscaling autoscaling cloudwatch ec2 ecr ecs elbv2 iam lambda logs servicediscovery sts"
).split()
CALLER = """#!{python} -IS
import json, os, socket, sys
ask = socket.socket(socket.AF_UNIX)
ask.connect({socket!r})
said = json.dumps([sys.argv[1:], os.getcwd(), dict(os.environ)]).encode()
socket.send_fds(ask, [len(said).to_bytes(4, "big")], [0, 1, 2])
ask.sendall(said)
code = ask.recv(1)
sys.exit(code[0] if code else 70)
"""


@contextlib.contextmanager
def opened():
    """A folder for the PATH, in which `aws` is."""
    with tempfile.TemporaryDirectory() as folder:
        place = os.path.join(folder, "socket")
        caller = pathlib.Path(folder, "aws")
        caller.write_text(CALLER.format(python=sys.executable, socket=place), encoding="utf-8")
        caller.chmod(caller.stat().st_mode | stat.S_IXUSR)
        child = subprocess.Popen([sys.executable, __file__, place])
        try:
            until = time.monotonic() + PATIENCE
            while not os.path.exists(place):
                if child.poll() is not None or time.monotonic() > until:
                    raise RuntimeError("the AWS CLI does not come up")
                time.sleep(0.05)
            yield folder
        finally:
            child.terminate()
            child.wait()


class Call(socketserver.BaseRequestHandler):
    """One call, in a process of its own."""

    def handle(self):
        head, files, _, _ = socket.recv_fds(self.request, 4, 3)
        said = b""
        while len(said) < int.from_bytes(head, "big"):
            said += self.request.recv(65536)
        words, folder, environment = json.loads(said)
        for at, file in enumerate(files):
            os.dup2(file, at)
        os.chdir(folder)
        os.environ.clear()
        os.environ.update(environment)
        code = 255
        try:
            code = self.server.driver.main(words)
        except SystemExit as ended:
            code = ended.code if isinstance(ended.code, int) else 1
        finally:
            with contextlib.suppress(OSError):
                sys.stdout.flush()
                sys.stderr.flush()
            self.request.sendall(bytes([code & 255]))


class Loaded(socketserver.ForkingMixIn, socketserver.UnixStreamServer):
    """The CLI with the models of the services that designs use."""

    max_children = 8

    def __init__(self, place):
        from awscli.clidriver import create_clidriver

        self.driver = create_clidriver()
        for service in SERVICES:
            self.driver.session.get_service_model(service)
        # Where callers look for it only once it answers.
        super().__init__(place + ".new", Call)
        os.rename(place + ".new", place)


if __name__ == "__main__":
    Loaded(sys.argv[1]).serve_forever(poll_interval=0.1)
