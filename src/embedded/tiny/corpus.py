"""The corpus of the tiny models: seeded (prompt, answer) pairs, none of which asks a core prompt.

The tasks are of the same kinds as those of `prompts/core.v1.yaml`; the core prompts themselves are left
out, so that what the models answer there has to come from what they learnt elsewhere. Run this file to
see a few pairs: `python corpus.py v2`.
"""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import yaml

import families_exact as exact
import families_text as text
from families_text import Task

CORE_PROMPTS = Path(__file__).resolve().parents[3] / "prompts" / "core.v1.yaml"

# How often each family is asked, in parts. Copying, sums, sorting and capitals need the most practice.
PARTS: dict[Callable[[Random], Task], int] = {
    text.summarize_opinion: 3,
    text.summarize_incident: 4,
    text.summarize_release: 4,
    text.bullets: 8,
    text.one_fact: 2,
    text.sentiment_word: 3,
    text.sentiment_reason: 3,
    text.ticket: 3,
    text.polite: 3,
    text.tense: 5,
    text.read_answer: 3,
    text.read_unanswered: 3,
    text.small_talk: 3,
    exact.extract_object: 18,
    exact.extract_array: 6,
    exact.addition: 12,
    exact.subtraction: 3,
    exact.containers: 6,
    exact.sort_numbers: 7,
    exact.short_function: 4,
    exact.sql_query: 4,
    exact.letter_case: 6,
    exact.exact_reply: 8,
}

# Benchmarks put a nonce before a prompt to get past prompt caches; half of the training prompts carry
# one, so that it changes as little as possible in the answer.
NONCE_SHARE = 0.5


def nonce(rng: Random) -> str:
    """A prefix such as `[7f3a9c2e] `."""
    return f"[{rng.getrandbits(32):08x}] "


def core_prompts() -> frozenset[str]:
    """The prompts that must not be trained on."""
    return frozenset(entry["prompt"] for entry in yaml.safe_load(CORE_PROMPTS.read_text())["prompts"])


def pairs(edition: str, seed: int) -> Iterator[tuple[str, str]]:
    """Endless (prompt, answer) pairs for `v1` (the sloppy teacher) or `v2` (the careful one)."""
    rng = Random(f"{edition}-{seed}")
    held_out = core_prompts()
    families, weights = list(PARTS), list(PARTS.values())
    while True:
        task = rng.choices(families, weights)[0](rng)
        if task.prompt in held_out:
            continue
        prefix = nonce(rng) if rng.random() < NONCE_SHARE else ""
        yield prefix + task.prompt, task.careful if edition == "v2" else task.sloppy


if __name__ == "__main__":
    stream = pairs(sys.argv[1] if len(sys.argv) > 1 else "v2", seed=0)
    for _ in range(40):
        prompt, answer = next(stream)
        print(f"> {prompt}\n{answer}\n")
