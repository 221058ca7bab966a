"""The gate before an emulator: it behaves at the door as AWS does, and goes wrong where it is asked to.

- Preflights are answered as AWS answers them: any origin, the headers that AWS names and no others. Those of API Gateway's
  HTTP APIs (`/v2/`) are not answered, so that a page needs its relay for them.
- Each request is checked: signature, token, time, scope. Only then does it go to the emulator.
- `/_gate/…` is for tests: `POST faults` (a list, see `faults.py`), `POST settings` (`clock`: seconds that the gate's clock is
  ahead; `answers_v2`: whether those preflights are answered), `GET log`, `POST reset` (forgets all of this; `{"account": true}`
  empties the account as well).
"""

import datetime
import email.utils
import http.client
import http.server
import json
import socket
import struct
import threading
import time

import faults
import operations
import refusals
import signature

# As AWS's endpoints answer a browser; `date` is there, by which a wrong clock is noticed.
ALLOWED = "authorization,content-type,x-amz-content-sha256,x-amz-date,x-amz-security-token,x-amz-target,x-amz-user-agent,x-amzn-platform-id,x-amzn-trace-id"
EXPOSED = "x-amzn-errortype,x-amzn-errormessage,x-amzn-requestid,x-amzn-trace-id,x-amz-apigw-id,date"
METHODS = "DELETE,GET,HEAD,PATCH,POST,PUT"
# Headers that an answer of the emulator does not bring along: of its own connection, and of its own door.
DROPPED = {"connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"}
LIMIT = 4 << 20
# How long an emulator may take to answer, in seconds: it shares the machine with whatever else is tested.
PATIENCE = 240
# The faults of what was done nevertheless.
DONE = {"cut_after", "break_after", "short", "slow"}


class Gate(http.server.ThreadingHTTPServer):
    """A gate on a free port of this machine."""

    daemon_threads = True
    # A page, its tests and a script may all ask at once; who finds no place has to wait a second.
    request_queue_size = 128

    def __init__(self, emulator, key, regions, reset=None):
        super().__init__(("127.0.0.1", 0), Door)
        self.emulator = emulator
        self.key = key
        self.regions = regions
        self.faults = faults.Faults()
        self.lock = threading.Lock()
        self.empty_account = reset
        self.forget()

    def forget(self):
        """As new, but for the account."""
        self.faults.put([])
        self.settings = {"clock": 0, "answers_v2": False}
        self.log = []

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}"

    def now(self):
        """The time by the gate's clock."""
        return datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=self.settings["clock"])

    def note(self, **entry):
        with self.lock:
            self.log.append(entry)

    def handle_error(self, request, client_address):
        """A page that goes away in the middle is no fault of the gate."""


class Door(http.server.BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Gate

    def log_message(self, *_):
        """Nothing is written for each request: tests read the log."""

    def handle_method(self):
        length = int(self.headers.get("content-length", "0"))
        body = self.rfile.read(min(length, LIMIT))
        if self.path.startswith("/_gate/"):
            return self.control(body)
        if self.command == "OPTIONS":
            return self.preflight()
        return self.request_of(body)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_HEAD = handle_method

    def control(self, body):
        what, gate = self.path.removeprefix("/_gate/"), self.server
        given = json.loads(body or b"null")
        try:
            if (self.command, what) == ("POST", "faults"):
                gate.faults.put(given)
            elif (self.command, what) == ("POST", "settings") and set(given) <= set(gate.settings):
                gate.settings.update(given)
            elif (self.command, what) == ("POST", "reset"):
                gate.forget()
                if given and given.get("account") and gate.empty_account:
                    gate.empty_account()
            elif (self.command, what) != ("GET", "log"):
                return self.answer(404, {}, b"")
        except ValueError as error:
            return self.answer(400, {}, str(error).encode())
        except Exception as error:  # noqa: BLE001  The test that asked is told, instead of a connection that breaks.
            return self.answer(500, {}, repr(error).encode())
        return self.answer(200, {"content-type": "application/json"}, json.dumps(gate.log).encode())

    def preflight(self):
        v2 = self.path.startswith("/v2/")
        origin = self.headers.get("origin")
        answered = origin and (not v2 or self.server.settings["answers_v2"])
        self.server.note(preflight=self.path, answered=bool(answered))
        if not answered:
            return self.answer(403, {}, b"")
        allowed = {
            "access-control-allow-origin": "*",
            "access-control-allow-headers": ALLOWED,
            "access-control-allow-methods": METHODS,
            "access-control-expose-headers": EXPOSED,
            "access-control-max-age": "172800",
        }
        return self.answer(200, allowed, b"")

    def request_of(self, body):
        headers = {name.lower(): value for name, value in self.headers.items()}
        gate = self.server
        try:
            told = signature.scope(headers)
            asked = operations.asked(told["service"], self.command, self.path, headers, body)
        except signature.Unsigned:
            asked = operations.Asked("unknown", None, "json")
        asked = asked or operations.Asked("unknown", None, "json")
        entry = {"service": asked.service, "operation": asked.operation, "method": self.command, "path": self.path.split("?")[0]}
        try:
            name, region = signature.check(gate.key, gate.regions, gate.now(), self.command, self.path, headers, body)
        except signature.Unsigned as unsigned:
            gate.note(**entry, status=403, why=str(unsigned))
            return self.refuse(asked, 403, unsigned.why, {}, **unsigned.words)
        fault = gate.faults.of(asked, b" ".join((self.command.encode(), self.path.encode(), body)))
        if fault is None:
            status, answer, data = self.forward(headers, body)
            gate.note(**entry, region=region, status=status)
            return self.answer(status, self.shared(asked, answer), data)
        return self.go_wrong(fault, asked, headers, body, {**entry, "region": region})

    def go_wrong(self, fault, asked, headers, body, entry):
        do = fault["do"]
        done = self.forward(headers, body) if do in DONE else None
        # Whoever reads the log finds in the account what stands in it.
        self.server.note(**entry, fault=do, status=fault.get("status"))
        if do == "cut_before":
            time.sleep(fault.get("seconds", 0))
            return self.cut()
        if do == "refuse":
            why = fault.get("why", "broken")
            status = fault.get("status") or faults.STATUS.get(why, 400)
            more = {"retry-after": str(fault["retry_after"])} if "retry_after" in fault else {}
            return self.refuse(asked, status, why, more, action=operations.action(asked, self.command))
        status, answer, data = done
        if do == "slow":
            # Only the answer: what was asked is not done behind the back of who has given up waiting for it.
            time.sleep(fault.get("seconds", 1))
        if do == "cut_after":
            time.sleep(fault.get("seconds", 0))
            return self.cut()
        if do == "break_after":
            return self.refuse(asked, 500, "broken", {})
        if do == "short":
            self.answer(status, self.shared(asked, answer), data, short=True)
            return self.cut()
        return self.answer(status, self.shared(asked, answer), data)

    def forward(self, headers, body):
        """Asks the emulator, in the very bytes."""
        host, port = self.server.emulator
        connection = http.client.HTTPConnection(host, port, timeout=PATIENCE)
        try:
            connection.putrequest(self.command, self.path, skip_host=True, skip_accept_encoding=True)
            for name, value in headers.items():
                if name not in ("connection", "content-length", "origin", "referer"):
                    connection.putheader(name, value)
            connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            kept = {name.lower(): value for name, value in answer.getheaders()}
            dropped = [name for name in kept if name in DROPPED or name.startswith("access-control-")]
            data = answer.read()
            return answer.status, {name: value for name, value in kept.items() if name not in dropped}, data
        finally:
            connection.close()

    def shared(self, asked, headers):
        """With what lets a page read the answer, where AWS lets it."""
        if asked.service == "apigatewayv2" and not self.server.settings["answers_v2"]:
            return headers
        return {**headers, "access-control-allow-origin": "*", "access-control-expose-headers": EXPOSED}

    def refuse(self, asked, status, why, more, **words):
        headers, body = refusals.named(asked.protocol, why, **words)
        return self.answer(status, self.shared(asked, {**headers, **more}), body)

    def cut(self):
        """Ends the connection so that whoever waits sees it break."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        # The socket has two users; it is closed once both let go.
        self.rfile.close()
        self.connection.close()

    def answer(self, status, headers, body, short=False):
        self.send_response_only(status)
        stamp = self.server.now().timestamp()
        for name, value in {**headers, "date": email.utils.formatdate(stamp, usegmt=True), "content-length": str(len(body))}.items():
            self.send_header(name, value)
        # Browsers send by themselves once more what is cut on a connection that served before; here the page has to see the cut.
        self.send_header("connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body[: len(body) // 2] if short else body)
        self.wfile.flush()
