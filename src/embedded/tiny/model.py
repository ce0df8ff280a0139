"""The llama architecture, as small as it goes: what llama.cpp computes for `general.architecture = llama`."""

from dataclasses import dataclass

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ROPE_BASE = 10_000.0
NORM_EPSILON = 1e-5


@dataclass(frozen=True)
class Shape:
    """The sizes of a model; they travel in the metadata of its GGUF file."""

    vocabulary: int
    layers: int
    width: int
    heads: int
    feed_forward: int
    context: int = 512

    @property
    def head_width(self) -> int:
        return self.width // self.heads


def rotation(shape: Shape) -> tuple[Tensor, Tensor]:
    """Cosines and sines of the rotary position embedding, a row for each position."""
    steps = torch.arange(0, shape.head_width, 2, dtype=torch.float32) / shape.head_width
    angles = torch.outer(torch.arange(shape.context, dtype=torch.float32), ROPE_BASE**-steps)
    return angles.cos(), angles.sin()


def rotate(vectors: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """Turn neighbouring pairs of components: the interleaved form that llama.cpp uses for llama."""
    even, odd = vectors[..., 0::2], vectors[..., 1::2]
    return torch.stack([even * cosines - odd * sines, even * sines + odd * cosines], -1).flatten(-2)


class Norm(nn.Module):
    """Root mean square normalisation with a learnt scale."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, hidden: Tensor) -> Tensor:
        return F.rms_norm(hidden, self.weight.shape, self.weight, NORM_EPSILON)


class Block(nn.Module):
    """One layer: causal attention, then a gated feed-forward net; names as GGUF has them."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.heads = shape.heads
        self.attn_norm = Norm(shape.width)
        self.attn_q = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_k = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_v = nn.Linear(shape.width, shape.width, bias=False)
        self.attn_output = nn.Linear(shape.width, shape.width, bias=False)
        self.ffn_norm = Norm(shape.width)
        self.ffn_gate = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_up = nn.Linear(shape.width, shape.feed_forward, bias=False)
        self.ffn_down = nn.Linear(shape.feed_forward, shape.width, bias=False)

    def forward(self, hidden: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        normed = self.attn_norm(hidden)
        query, key, value = (
            project(normed).unflatten(-1, (self.heads, -1)).transpose(1, 2)
            for project in (self.attn_q, self.attn_k, self.attn_v)
        )
        mixed = F.scaled_dot_product_attention(
            rotate(query, cosines, sines), rotate(key, cosines, sines), value, is_causal=True
        )
        hidden = hidden + self.attn_output(mixed.transpose(1, 2).flatten(-2))
        normed = self.ffn_norm(hidden)
        return hidden + self.ffn_down(F.silu(self.ffn_gate(normed)) * self.ffn_up(normed))


class TinyLlama(nn.Module):
    """Token numbers to hidden states, and hidden states to logits, through one shared embedding."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        self.token_embd = nn.Embedding(shape.vocabulary, shape.width)
        self.blk = nn.ModuleList(Block(shape) for _ in range(shape.layers))
        self.output_norm = Norm(shape.width)
        cosines, sines = rotation(shape)
        self.register_buffer("cosines", cosines, persistent=False)
        self.register_buffer("sines", sines, persistent=False)
        for parameter in self.parameters():
            if parameter.dim() == 2:
                nn.init.normal_(parameter, std=0.02)

    def forward(self, tokens: Tensor) -> Tensor:
        """Hidden states; `logits` is apart, because training needs it at few positions only."""
        length = tokens.shape[1]
        hidden = self.token_embd(tokens)
        for block in self.blk:
            hidden = block(hidden, self.cosines[:length], self.sines[:length])
        return self.output_norm(hidden)

    def logits(self, hidden: Tensor) -> Tensor:
        return F.linear(hidden, self.token_embd.weight)

    @torch.inference_mode()
    def answer(self, question: list[int], stop: int, limit: int) -> list[int]:
        """The greedy continuation of a question, without the stop token."""
        tokens = list(question)
        while len(tokens) < min(len(question) + limit, self.shape.context):
            following = int(self.logits(self(torch.tensor([tokens]))[0, -1]).argmax())
            if following == stop:
                break
            tokens.append(following)
        return tokens[len(question) :]
