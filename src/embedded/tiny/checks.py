"""The checks of a prompt set, just enough of them to judge a tiny model while it is trained.

What counts in a benchmark is Herdmark's own implementation; this one only has to agree with it on the
core set.
"""

import json
import re
from typing import Any

import jsonschema

FENCE = re.compile(r"```[a-z]*\n(.*)\n?```", re.DOTALL)
REGEX_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL}
UNITS = {
    "characters": len,
    "words": lambda text: len(text.split()),
    "sentences": lambda text: len(re.findall(r"[^.!?]+(?:[.!?]+(?=\s|$)|$)", re.sub(r"(?<=\d)\.(?=\d)", "", text))),
    "bullets": lambda text: len(re.findall(r"^\s*(?:[-*•]|\d+[.)])\s+\S", text, re.MULTILINE)),
}


def _parsed(answer: str, form: str = "any") -> Any:
    """The JSON in an answer; raises ValueError where there is none in the wanted form."""
    fenced = FENCE.fullmatch(answer.strip())
    if fenced if form == "bare" else form == "fenced" and not fenced:
        raise ValueError(f"not {form}")
    return json.loads(fenced[1] if fenced else answer)


def _contains(text: str, wanted: str | list[str]) -> bool:
    return any(option.lower() in text for option in ([wanted] if isinstance(wanted, str) else wanted))


def _plain(text: str, check: dict[str, Any]) -> str:
    text = text.strip()
    if check.get("ignorePunctuation"):
        text = text.strip("\"'“”").rstrip(".!")
    return text.lower() if check.get("ignoreCase") else text


def _holds(check: dict[str, Any], answer: str) -> bool:
    match check["type"]:
        case "json":
            _parsed(answer, check.get("form", "any"))
            return True
        case "keys":
            record = _parsed(answer)
            return isinstance(record, dict) and set(check["keys"]) <= set(record)
        case "schema":
            jsonschema.validate(_parsed(answer), check["schema"])
            return True
        case "length":
            return check.get("min", 0) <= UNITS[check["unit"]](answer) <= check.get("max", float("inf"))
        case "facts":
            text = " ".join(answer.lower().split())
            absent = check.get("absent", [])
            return all(_contains(text, fact) for fact in check["present"]) and not _contains(text, absent)
        case "regex":
            flags = sum(REGEX_FLAGS[flag] for flag in check.get("flags", ""))
            return bool(re.search(check["pattern"].replace("[^]", r"[\s\S]"), answer, flags))
        case "equals":
            return _plain(answer, check) == _plain(check["value"], check)
    raise NotImplementedError(check["type"])


def passes(check: dict[str, Any], answer: str) -> bool:
    """Whether the answer passes; an answer that cannot be parsed fails."""
    try:
        held = _holds(check, answer)
    except (ValueError, jsonschema.ValidationError):
        held = False
    return held != check.get("not", False)
