"""What the scripts for the AWS CLI call, as the shells' own readers see it."""

import re

import tree_sitter
import tree_sitter_powershell

POWERSHELL = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
# The lines of a bash script that hold a call, with the lines that go on with it.
CALL = re.compile(r"^ +aws (?:\\[\s\S]|'[^']*'|[^\n'])*", re.MULTILINE)
INPUT = re.compile(r'aws (\S+) (\S+) --cli-input-json "\$\(fill (\S+?)[ )]')


class Broken(Exception):
    """A script that its shell does not read."""


def files(script):
    """File, service and operation of each call that is made of a file, in the order of the calls."""
    return [(file, service, operation) for service, operation, file in INPUT.findall(script)]


def outlines_of_bash(script):
    """Service, operation and options of each call."""
    return [outline(re.split(r"\s+", call.strip().replace("\\\n", " "))) for call in CALL.findall(script)]


def outlines_of_powershell(script):
    """The same of a script of PowerShell."""
    text = script.removeprefix("\ufeff").encode()
    tree = POWERSHELL.parse(text)
    wrong = next(faults(tree.root_node), None)
    if wrong is not None:
        raise Broken(f"line {wrong.start_point[0] + 1}: {text[wrong.start_byte : wrong.end_byte][:200].decode(errors='replace')}")
    calls = [words(node, text) for node in commands(tree.root_node)]
    return [outline(call) for call in calls if call[0] == "aws" and call[1] != "sts"]


def faults(node):
    """What the grammar has no place for."""
    if node.type == "ERROR" or node.is_missing:
        yield node
    elif node.has_error:
        for inner in node.children:
            yield from faults(inner)


def commands(node):
    """Every command, the outer ones before those in them."""
    if node.type == "command":
        yield node
    for inner in node.children:
        yield from commands(inner)


def words(command, text):
    """The words of a command: its name, and what stands behind it."""
    found = []

    def gather(node):
        if node.type in ("command_name", "generic_token", "command_parameter", "command_argument_sep") or not node.children:
            found.append(text[node.start_byte : node.end_byte].decode())
        else:
            for inner in node.children:
                gather(inner)

    gather(command)
    return [word for word in found if word.strip()]


def outline(call):
    """A call without its values."""
    return call[1], call[2], sorted(word for word in call[3:] if word.startswith("--"))
