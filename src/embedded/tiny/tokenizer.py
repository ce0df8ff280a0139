"""A byte-level BPE tokenizer that llama.cpp reproduces exactly (`tokenizer.ggml.pre = gpt-2`).

Digits are never merged: a number is the sequence of its digits, which makes sums and copying learnable
for a very small model.
"""

import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise

PAD, USER, ASSISTANT, END = SPECIALS = ("<|pad|>", "<|user|>", "<|assistant|>", "<|end|>")

# GPT-2's split into words, in the terms of Python's `re`: letters are [^\W\d_], numbers \d.
WORD = re.compile(r"'s|'t|'re|'ve|'m|'ll|'d| ?[^\W\d_]+| ?\d+| ?(?:[^\s\w]|_)+|\s+(?!\S)|\s+")

# A word that occurs less often in the sample (a random mail address, a nonce) teaches no merge.
RARE = 4


def _byte_alphabet() -> list[str]:
    """GPT-2's printable stand-in for each of the 256 bytes."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    stand_ins = iter(range(256, 512))
    return [chr(byte) if byte in printable else chr(next(stand_ins)) for byte in range(256)]


ALPHABET = _byte_alphabet()
BYTE_OF = {character: byte for byte, character in enumerate(ALPHABET)}


def _words(text: str) -> list[str]:
    return ["".join(ALPHABET[byte] for byte in word.encode()) for word in WORD.findall(text)]


def _merge(symbols: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    """Join every occurrence of the pair, from left to right."""
    merged: list[str] = []
    position = 0
    while position < len(symbols):
        if symbols[position : position + 2] == pair:
            merged.append("".join(pair))
            position += 2
        else:
            merged.append(symbols[position])
            position += 1
    return tuple(merged)


def learn_merges(texts: Iterable[str], vocabulary_size: int) -> list[tuple[str, str]]:
    """The most frequent pairs, one after the other, until the vocabulary is full."""
    seen = Counter(word for text in texts for word in _words(text))
    counts = {tuple(word): count for word, count in seen.items() if count >= RARE}
    merges: list[tuple[str, str]] = []
    while len(merges) < vocabulary_size - len(ALPHABET) - len(SPECIALS):
        pairs: Counter[tuple[str, str]] = Counter()
        for word, count in counts.items():
            for pair in pairwise(word):
                if not any(character.isdigit() for symbol in pair for character in symbol):
                    pairs[pair] += count
        # Ties are broken by the pair itself: the result must not depend on the order of a dict.
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        merges.append(best)
        counts = {_merge(word, best): count for word, count in counts.items()}
    return merges


class Tokenizer:
    """Text to token numbers and back, with the special tokens at the end of the vocabulary."""

    def __init__(self, merges: list[tuple[str, str]]) -> None:
        self.merges = merges
        self.tokens = [*ALPHABET, *(left + right for left, right in merges), *SPECIALS]
        self._number = {token: number for number, token in enumerate(self.tokens)}
        self._rank = {pair: rank for rank, pair in enumerate(merges)}
        self._known: dict[str, list[int]] = {}
        self.pad, self.user, self.assistant, self.end = (self._number[token] for token in SPECIALS)

    def encode(self, text: str) -> list[int]:
        """Token numbers of plain text; special tokens are not recognised in it."""
        return [number for word in _words(text) for number in self._encode_word(word)]

    def decode(self, numbers: Iterable[int]) -> str:
        """The text of token numbers, special tokens left out."""
        symbols = "".join(self.tokens[number] for number in numbers if self.tokens[number] not in SPECIALS)
        return bytes(BYTE_OF[symbol] for symbol in symbols).decode("utf-8", "replace")

    def question(self, prompt: str) -> list[int]:
        """A user turn up to the point where the assistant begins to speak."""
        return [self.user, *self.encode(prompt), self.end, self.assistant]

    def _encode_word(self, word: str) -> list[int]:
        if word not in self._known:
            symbols = tuple(word)
            while len(symbols) > 1:
                best = min(pairwise(symbols), key=lambda pair: self._rank.get(pair, len(self._rank)))
                if best not in self._rank:
                    break
                symbols = _merge(symbols, best)
            self._known[word] = [self._number[symbol] for symbol in symbols]
        return self._known[word]
