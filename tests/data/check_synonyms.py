#!/usr/bin/env python3
"""Checks the form of a file of synonyms, and what its members fold to: TAP on stdout.

usage: check_synonyms.py SYNONYMS DUMP_TOKENS

The form is explained at the top of the file itself. DUMP_TOKENS (tests/unit/analysis/) folds as the programs do.
"""
import re
import subprocess
import sys

GROUPS_MIN = 400
MEMBERS_MIN, MEMBERS_MAX = 2, 6
TOKEN = re.compile(r"\d+ (han|word|part) (\d+)-(\d+) (.*?)(?: <- .*)?")


def fold(members, dump_tokens):
    """{member: its folded text}: the tokens between the bytes of its line, without the parts of larger ones."""
    text = "\n".join(members).encode()
    ran = subprocess.run([dump_tokens], input=text, stdout=subprocess.PIPE, check=True)
    folded = {member: "" for member in members}
    line_of = [line for line, member in enumerate(members) for _ in range(len(member.encode()) + 1)]
    for line in ran.stdout.decode().splitlines():
        kind, start, end, token = TOKEN.fullmatch(line).groups()
        if kind != "part":
            assert line_of[int(start)] == line_of[int(end) - 1], "a token over two lines: " + line
            folded[members[line_of[int(start)]]] += token
    return folded


def form_faults(text):
    """What is wrong with lines, whatever they say."""
    if not text.endswith("\n"):
        yield "the last line has no end"
    for number, line in enumerate(text.split("\n"), 1):
        members = line.split(" ")
        if "\t" in line or "\r" in line or "\ufeff" in line or "\u3000" in line:
            yield f"line {number}: a blank that is none"
        elif line and not line.startswith("#") and "" in members:
            yield f"line {number}: more than one blank"
        elif line and not line.startswith("#") and not MEMBERS_MIN <= len(members) <= MEMBERS_MAX:
            yield f"line {number}: {len(members)} members"


def twice(words):
    """The words that come again."""
    seen = set()
    return [word for word in words if word in seen or seen.add(word)]


def main(path, dump_tokens):
    with open(path, encoding="utf-8", newline="") as file:  # the codec is strict
        text = file.read()
    groups = [line.split(" ") for line in text.split("\n") if line and not line.startswith("#")]
    members = [member for group in groups for member in group]
    folded = fold(list(dict.fromkeys(members)), dump_tokens)
    checks = [
        ("the form of each line", list(form_faults(text))),
        (f"{GROUPS_MIN} groups or more", [] if len(groups) >= GROUPS_MIN else [f"{len(groups)} groups"]),
        ("no member twice in the file", twice(members)),
        ("no member folds to another one", twice(folded[member] for member in dict.fromkeys(members))),
        ("every member has a token", [member for member in members if not folded[member]]),
        ("the first member is Simplified", [group[0] for group in groups if folded[group[0]] != group[0].lower()]),
    ]
    print(f"1..{len(checks)}")
    for number, (name, faults) in enumerate(checks, 1):
        print(f"{'not ok' if faults else 'ok'} {number} - {name}")
        for fault in faults:
            print(f"# {fault}")
    return 1 if any(faults for _, faults in checks) else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
