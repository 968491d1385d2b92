#!/usr/bin/env python3
"""Packs a target's sources into units that are compiled as one (CMake's UNITY_BUILD_MODE GROUP).

usage: pack.py LINES < sources      one path a line; prints "path unit" for each

Compiled together, sources take less than half of the time: what they include is read, and the templates they share
are made, once. A source keeps helpers of its own in an unnamed namespace, and two of them may use one name (every
deed has a `decide`), so a source joins a unit only where none of its helpers is a word of another's, either way.
"""
import re
import sys
from pathlib import Path

NOT_CODE = re.compile(r"""//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)'""", re.S)
SPACE = re.compile(r"^(?:inline )?namespace(?: ([\w:]+))? \{")
WORD = re.compile(r"(?<![\w.])(?<!->)(?<!::)[A-Za-z_]\w*")
NAME = re.compile(r"(?:struct|class|enum class|enum|concept|using) (?:\w+::)*(\w+)|([A-Za-z_]\w*)(?: =|\(|\{|\[|;)")
# Unnamed or not, what a source declares at the left edge is its own unless a header has it too.
NOT_A_DECLARATION = re.compile(r"^(?:\s|[})#/]|namespace|using (?:namespace|:*\w+::)|template|TEST|INSTANTIATE|RC_|BENCHMARK|BOOST_|$)")


class Source:
    def __init__(self, path):
        text = Path(path).read_text(encoding="utf-8")
        self.path, self.lines = path, text.count("\n") + 1
        bare = NOT_CODE.sub(" ", text)
        self.words = set(WORD.findall(bare))
        self.space, self.names = "", set()
        for line in bare.split("\n"):
            opened = SPACE.match(line)
            if opened:
                self.space = self.space or opened.group(1) or ""
            elif not NOT_A_DECLARATION.match(line):
                found = NAME.search(line)
                if found:
                    self.names.add(found.group(1) or found.group(2))
        self.alone = bool(re.search(r"^\s*#\s*(define|pragma|if)", text, re.M)) or re.search(r"\bint main\(", text)

    def meets(self, other):
        return sees(self.space, other.space) and (self.names & other.words or other.names & self.words)


def sees(one, other):
    """whether what lies in one of the namespaces is found by its bare name in the other"""
    return f"{one}::".startswith(f"{other}::") or f"{other}::".startswith(f"{one}::")


def pack(sources, limit):
    units = []
    for source in sources:
        if source.alone:
            continue
        for unit in units:
            if sum(s.lines for s in unit) + source.lines <= limit and not any(source.meets(s) for s in unit):
                unit.append(source)
                break
        else:
            units.append([source])
    return [unit for unit in units if len(unit) > 1]


def main():
    limit = int(sys.argv[1])
    for number, unit in enumerate(pack([Source(path) for path in sys.stdin.read().splitlines()], limit)):
        for source in unit:
            print(f"{source.path} {number}")


if __name__ == "__main__":
    main()
