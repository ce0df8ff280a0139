"""Train one edition and write its GGUF file: `python train.py v2`.

The same kind of processor and the same number of threads give the same file, byte for byte. `--steps`
and `--out` are for trying things out.
"""

import argparse
import math
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from random import Random

import torch
import torch.nn.functional as F
from torch import Tensor, nn

import gguf_file
from corpus import pairs
from model import Shape, TinyLlama
from tokenizer import Tokenizer, learn_merges

HERE = Path(__file__).resolve().parent
VOCABULARY = 1024
SEED = 7
BATCH = 48
BATCHES_PER_POOL = 16
TWO_TURNS_SHARE = 0.05
WARM_UP_STEPS = 50
IGNORED = -100


@dataclass(frozen=True)
class Recipe:
    """What makes an edition: its size and how long it studies."""

    layers: int
    feed_forward: int
    steps: int
    peak_rate: float = 4e-3


RECIPES = {"v1": Recipe(layers=4, feed_forward=256, steps=1200), "v2": Recipe(layers=6, feed_forward=256, steps=2500)}


def make_tokenizer() -> Tokenizer:
    """Both editions share a tokenizer, learnt from a sample of the careful corpus."""
    sample = [text for pair in islice(pairs("v2", SEED), 20_000) for text in pair]
    return Tokenizer(learn_merges(sample, VOCABULARY))


def conversations(tokenizer: Tokenizer, edition: str) -> Iterator[tuple[list[int], list[int]]]:
    """Endless (tokens, targets); only what the assistant says is a target. Some have two turns."""
    stream, rng = pairs(edition, SEED), Random(SEED)
    while True:
        tokens: list[int] = []
        targets: list[int] = []
        for prompt, answer in islice(stream, 2 if rng.random() < TWO_TURNS_SHARE else 1):
            question, reply = tokenizer.question(prompt), [*tokenizer.encode(answer), tokenizer.end]
            tokens += question + reply
            targets += [IGNORED] * len(question) + reply
        yield tokens[:-1], targets[1:]


def batches(tokenizer: Tokenizer, edition: str) -> Iterator[tuple[Tensor, Tensor]]:
    """Padded batches of conversations of like length, so that little is spent on padding."""
    stream, rng = conversations(tokenizer, edition), Random(SEED)
    while True:
        pool = sorted(islice(stream, BATCH * BATCHES_PER_POOL), key=lambda item: len(item[0]))
        groups = [pool[start : start + BATCH] for start in range(0, len(pool), BATCH)]
        rng.shuffle(groups)
        for group in groups:
            width = max(len(tokens) for tokens, _ in group)
            yield (
                torch.tensor([tokens + [tokenizer.pad] * (width - len(tokens)) for tokens, _ in group]),
                torch.tensor([targets + [IGNORED] * (width - len(targets)) for _, targets in group]),
            )


def optimizers(model: TinyLlama) -> list[torch.optim.Optimizer]:
    """Muon for the matrices of the layers, AdamW for the embedding and the norms."""
    matrices = [parameter for parameter in model.blk.parameters() if parameter.dim() == 2]
    others = [parameter for parameter in model.parameters() if all(parameter is not matrix for matrix in matrices)]
    return [
        torch.optim.Muon(matrices, weight_decay=0.05, adjust_lr_fn="match_rms_adamw"),
        torch.optim.AdamW(others, betas=(0.9, 0.95), weight_decay=0.0),
    ]


def train(edition: str, recipe: Recipe, tokenizer: Tokenizer) -> TinyLlama:
    """Study the edition's corpus; the rate warms up, then falls as a cosine."""
    torch.manual_seed(SEED)
    shape = Shape(len(tokenizer.tokens), recipe.layers, width=128, heads=4, feed_forward=recipe.feed_forward)
    model = TinyLlama(shape)
    print(f"{edition}: {sum(parameter.numel() for parameter in model.parameters()):,} parameters", flush=True)
    steppers = optimizers(model)
    started, seen = time.monotonic(), 0
    for step, (tokens, targets) in enumerate(islice(batches(tokenizer, edition), recipe.steps)):
        decay = 0.02 + 0.98 * (0.5 + 0.5 * math.cos(math.pi * step / recipe.steps))
        for stepper in steppers:
            stepper.param_groups[0]["lr"] = recipe.peak_rate * min(1.0, (step + 1) / WARM_UP_STEPS) * decay
        spoken = targets != IGNORED
        loss = F.cross_entropy(model.logits(model(tokens)[spoken]), targets[spoken])
        model.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for stepper in steppers:
            stepper.step()
        seen += tokens.numel()
        if (step + 1) % 100 == 0:
            elapsed = time.monotonic() - started
            progress = f"{step + 1}/{recipe.steps}  loss {loss.item():.4f}"
            print(f"{progress}  {elapsed:.0f} s  {seen / elapsed:,.0f} tokens/s", flush=True)
    return model


def main() -> None:
    """Read the command line, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", choices=RECIPES)
    parser.add_argument("--steps", type=int, help="instead of the recipe's")
    parser.add_argument("--threads", type=int, default=1, help="the shipped files were made with 1")
    parser.add_argument("--out", type=Path, default=HERE)
    options = parser.parse_args()

    torch.set_num_threads(options.threads)
    torch.use_deterministic_algorithms(True)
    recipe = RECIPES[options.edition]
    if options.steps:
        recipe = replace(recipe, steps=options.steps)
    tokenizer = make_tokenizer()
    model = train(options.edition, recipe, tokenizer)
    path = options.out / f"herdmark-tiny-{options.edition}.gguf"
    gguf_file.write(path, f"Herdmark Tiny {options.edition}", model, tokenizer)
    print(f"{path}: {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
