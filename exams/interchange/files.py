"""Text files that somebody gives us: their encoding found, their lines read one by one within limits.

Nothing is held but the present line. What cannot be read becomes a `Fault` with its line.
"""

import codecs
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

MAX_LINE = 262_144
_CHUNK = 1 << 20
_UTF8_BOM = b"\xef\xbb\xbf"
_UTF16_BOMS = (b"\xff\xfe", b"\xfe\xff")

Opener = Callable[[], BinaryIO]


@dataclass(frozen=True, kw_only=True)
class Fault:
    """Something in a file that cannot be taken: in which line (from 1; 0 for the file as a whole), and why."""

    line: int
    reason: str
    code: str = ""

    def __str__(self) -> str:
        place = f"line {self.line}" if self.line else "the file"
        return f"{place}{f' ({self.code})' if self.code else ''}: {self.reason}"


class UnreadableFile(Exception):
    """The file is no text that we can read. `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


@dataclass(frozen=True, kw_only=True)
class TextFile:
    """A file that can be read any number of times. `notice` says what the reader should know about its encoding."""

    name: str
    opener: Opener
    encoding: str
    notice: str = ""

    @classmethod
    def of(cls, *, name: str, opener: Opener) -> "TextFile":
        """The file with its encoding: UTF-8, with or without a mark, else Windows-1252. Raises UnreadableFile."""
        with opener() as stream:
            start = stream.read(3)
        if start.startswith(_UTF16_BOMS):
            raise UnreadableFile(Fault(line=0, reason="This is UTF-16. Save the file as UTF-8."))
        if start == _UTF8_BOM:
            if line := _first_undecodable(opener, "utf-8"):
                raise UnreadableFile(Fault(line=line, reason="The file is marked as UTF-8, but this line is not."))
            return cls(name=name, opener=opener, encoding="utf-8-sig")
        line = _first_undecodable(opener, "utf-8")
        if not line:
            return cls(name=name, opener=opener, encoding="utf-8")
        if wrong := _first_undecodable(opener, "cp1252"):
            raise UnreadableFile(Fault(line=wrong, reason="This line is neither UTF-8 nor Windows-1252."))
        return cls(
            name=name,
            opener=opener,
            encoding="cp1252",
            notice=f"The file is not UTF-8 (line {line}); it was read as Windows-1252. Check letters with accents.",
        )

    def lines(self) -> "Lines":
        """The lines, from the start."""
        return Lines(self)


class Lines(Iterator[str]):
    """The lines of a file with their ends. `number` is that of the last one; lines that cannot be taken are left out
    and stand in `faults`.
    """

    def __init__(self, file: TextFile) -> None:
        self._stream = io.TextIOWrapper(io.BufferedReader(_Raw(file.opener())), encoding=file.encoding, newline="")
        self.number = 0
        self.faults: list[Fault] = []

    def __next__(self) -> str:
        while line := self._stream.readline(MAX_LINE):
            self.number += 1
            if not line.endswith(("\n", "\r")) and len(line) >= MAX_LINE:
                self._skip_rest()
                self.faults.append(Fault(line=self.number, reason=f"The line is longer than {MAX_LINE} characters."))
            elif "\0" in line:
                self.faults.append(Fault(line=self.number, reason="The line has a NUL byte."))
            else:
                return line
        self._stream.close()
        raise StopIteration

    def close(self) -> None:
        """Give the file back early."""
        self._stream.close()

    def _skip_rest(self) -> None:
        while (rest := self._stream.readline(MAX_LINE)) and not rest.endswith(("\n", "\r")):
            pass


class _Raw(io.RawIOBase):
    """Any binary file as what `BufferedReader` wants: storages hand out files with less than the full interface."""

    def __init__(self, stream: BinaryIO) -> None:
        self._from = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        data = self._from.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._from.close()
        super().close()


def _first_undecodable(opener: Opener, encoding: str) -> int:
    """The number of the first line that is not in the encoding; 0 if all are."""
    decoder = codecs.getincrementaldecoder(encoding)()
    line = 1
    with opener() as stream:
        while True:
            chunk = stream.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                # The decoder may have held back some bytes of the chunk before; they hold no line end.
                return line + _line_ends(error.object[: error.start])
            if not chunk:
                return 0
            line += _line_ends(chunk)


def _line_ends(data: bytes) -> int:
    return data.count(b"\n") or data.count(b"\r")
