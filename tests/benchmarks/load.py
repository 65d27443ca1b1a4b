"""A load generator that costs little itself: one thread, raw sockets, whole requests prepared beforehand."""

import json
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

HOST = "127.0.0.1"
# A request without an answer for this long means that something is broken, not slow.
PATIENCE_SECONDS = 30.0
_HEADERS_END = b"\r\n\r\n"


class LoadError(RuntimeError):
    """An answer that a benchmark did not expect, or none."""


@dataclass
class Load:
    """What came of a number of requests. Latencies in seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How many were answered."""
        return len(self.latencies)

    def percentile(self, share: float) -> float:
        """The latency in milliseconds that this share of the requests did not exceed."""
        ordered = sorted(self.latencies)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


def request_of(method: str, path: str, *, body: object = None, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole HTTP/1.1 request over a connection that stays open."""
    content = b"" if body is None else json.dumps(body, separators=(",", ":")).encode()
    lines = [f"{method} {path} HTTP/1.1", f"Host: {HOST}"]
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(content)}"]
    return "\r\n".join(lines).encode() + _HEADERS_END + content


def closed_loop(port: int, requests: Sequence[Iterable[bytes]], *, expected: frozenset[int]) -> Load:
    """Send each sequence over a connection of its own, the next request when the one before is answered.

    Raises LoadError for a status that is not expected.
    """
    load = Load()
    with selectors.DefaultSelector() as selector:
        started = time.perf_counter()
        for sequence in requests:
            connection = _Connection(port, iter(sequence))
            if connection.send_next():
                selector.register(connection.socket, selectors.EVENT_READ, connection)
        while selector.get_map():
            ready = selector.select(PATIENCE_SECONDS)
            if not ready:
                raise LoadError(f"no answer for {PATIENCE_SECONDS:g} s")
            for key, _ in ready:
                connection = key.data
                if connection.receive():
                    load.latencies.append(time.perf_counter() - connection.sent_at)
                    connection.settle(load, expected)
                    if not connection.send_next():
                        selector.unregister(connection.socket)
                        connection.socket.close()
        load.seconds = time.perf_counter() - started
    return load


def paced(
    port: int, schedule: Sequence[tuple[float, bytes]], *, expected: frozenset[int], most_connections: int = 200
) -> Load:
    """Send each request at its time (seconds from the start), whether or not earlier ones are answered.

    A latency counts from the time at which the request was due, so that waiting for a connection counts, too. Like a
    proxy, it keeps connections open, takes another where one was closed, and repeats what went into a closed one: the
    requests have to be repeatable.
    """
    load = Load()
    due = deque(sorted(schedule, key=lambda entry: entry[0]))
    idle: list[_Connection] = []
    busy = 0
    with selectors.DefaultSelector() as selector:
        started = time.perf_counter()

        def send(at: float, content: bytes) -> None:
            connection = idle.pop() if idle else None
            if connection is None:
                connection = _Connection(port, iter(()))
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            connection.sent_at, connection.content = started + at, content
            connection.is_busy = True
            try:
                connection.socket.sendall(content)
            except OSError:
                repeat(connection)

        def repeat(connection: "_Connection") -> None:
            selector.unregister(connection.socket)
            connection.socket.close()
            fresh = _Connection(port, iter(()))
            fresh.sent_at, fresh.content, fresh.is_busy = connection.sent_at, connection.content, True
            selector.register(fresh.socket, selectors.EVENT_READ, fresh)
            fresh.socket.sendall(fresh.content)

        while due or busy:
            now = time.perf_counter() - started
            while due and due[0][0] <= now and busy < most_connections:
                busy += 1
                send(*due.popleft())
            wait = max(0.0, due[0][0] - now) if due and busy < most_connections else PATIENCE_SECONDS
            ready = selector.select(wait)
            if not ready and wait == PATIENCE_SECONDS:
                raise LoadError(f"no answer for {PATIENCE_SECONDS:g} s")
            for key, _ in ready:
                connection = key.data
                try:
                    is_answered = connection.receive()
                except LoadError:
                    if connection.is_busy:
                        repeat(connection)
                    else:
                        selector.unregister(connection.socket)
                        connection.socket.close()
                        idle.remove(connection)
                    continue
                if is_answered:
                    load.latencies.append(time.perf_counter() - connection.sent_at)
                    connection.settle(load, expected)
                    connection.is_busy = False
                    busy -= 1
                    idle.append(connection)
        load.seconds = time.perf_counter() - started
        for connection in idle:
            connection.socket.close()
    return load


class _Connection:
    """One socket and the answer that is coming in on it."""

    def __init__(self, port: int, requests: Iterator[bytes]) -> None:
        self.socket = socket.create_connection((HOST, port), timeout=PATIENCE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.requests = requests
        self.content = b""
        self.is_busy = False
        self.sent_at = 0.0
        self.received = b""

    def send_next(self) -> bool:
        """Send the next request; false when there is none left."""
        content = next(self.requests, None)
        if content is None:
            return False
        self.sent_at = time.perf_counter()
        self.socket.sendall(content)
        return True

    def receive(self) -> bool:
        """Take what has come in; true when the answer is whole. Raises LoadError when the connection is closed."""
        try:
            part = self.socket.recv(262144)
        except OSError as error:
            raise LoadError(str(error)) from error
        if not part:
            raise LoadError("the connection was closed")
        self.received += part
        head, found, body = self.received.partition(_HEADERS_END)
        if not found:
            return False
        lowered = head.lower()
        place = lowered.find(b"\r\ncontent-length:")
        if place >= 0:
            return len(body) >= int(lowered[place + 17 :].split(b"\r\n", 1)[0])
        if b"\r\ntransfer-encoding: chunked" in lowered:
            return body.endswith(b"0\r\n\r\n")
        return True

    def settle(self, load: Load, expected: frozenset[int]) -> None:
        """Count the answer and forget it. Raises LoadError when its status is not expected."""
        status = int(self.received[9:12])
        load.statuses[status] += 1
        if status not in expected:
            raise LoadError(self.received[:2000].decode(errors="replace"))
        self.received = b""


def spread(requests: Iterable[bytes], connections: int) -> list[list[bytes]]:
    """The requests dealt out to so many connections."""
    dealt: list[list[bytes]] = [[] for _ in range(connections)]
    for index, request in enumerate(requests):
        dealt[index % connections].append(request)
    return dealt
