"""Models to GGUF files and back. Norms stay F32, everything else is F16."""

from pathlib import Path

import gguf
import torch

from model import NORM_EPSILON, ROPE_BASE, Shape, TinyLlama
from tokenizer import SPECIALS, Tokenizer

# A system message is left out: a model of this size cannot follow it.
CHAT_TEMPLATE = (
    "{% for message in messages %}{% if message['role'] != 'system' %}"
    "<|{{ message['role'] }}|>{{ message['content'] }}<|end|>"
    "{% endif %}{% endfor %}{% if add_generation_prompt %}<|assistant|>{% endif %}"
)


def write(path: Path, name: str, model: TinyLlama, tokenizer: Tokenizer) -> None:
    """Write the file that llama.cpp and Ollama load. The embedding serves as the output matrix too."""
    shape = model.shape
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name(name)
    writer.add_size_label(f"{sum(parameter.numel() for parameter in model.parameters()) / 1e6:.1f}M")
    writer.add_license("mit")
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)
    writer.add_vocab_size(shape.vocabulary)
    writer.add_context_length(shape.context)
    writer.add_embedding_length(shape.width)
    writer.add_block_count(shape.layers)
    writer.add_feed_forward_length(shape.feed_forward)
    writer.add_head_count(shape.heads)
    writer.add_head_count_kv(shape.heads)
    writer.add_rope_dimension_count(shape.head_width)
    writer.add_rope_freq_base(ROPE_BASE)
    writer.add_layer_norm_rms_eps(NORM_EPSILON)

    writer.add_tokenizer_model("gpt2")
    writer.add_tokenizer_pre("gpt-2")
    writer.add_token_list(tokenizer.tokens)
    writer.add_token_types([
        gguf.TokenType.CONTROL if token in SPECIALS else gguf.TokenType.NORMAL for token in tokenizer.tokens
    ])
    writer.add_token_merges([f"{left} {right}" for left, right in tokenizer.merges])
    # llama.cpp wants a BOS to be named even where none is added.
    writer.add_bos_token_id(tokenizer.end)
    writer.add_eos_token_id(tokenizer.end)
    writer.add_pad_token_id(tokenizer.pad)
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_chat_template(CHAT_TEMPLATE)

    for tensor_name, tensor in model.state_dict().items():
        precision = torch.float32 if tensor.dim() == 1 else torch.float16
        writer.add_tensor(tensor_name, tensor.to(precision).numpy())
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(path: Path) -> tuple[TinyLlama, Tokenizer]:
    """Load a file that `write` made."""
    reader = gguf.GGUFReader(path)

    def field(key: str):
        return reader.fields[key].contents()

    merges = [tuple(merge.split(" ")) for merge in field("tokenizer.ggml.merges")]
    model = TinyLlama(Shape(
        vocabulary=field("llama.vocab_size"),
        layers=field("llama.block_count"),
        width=field("llama.embedding_length"),
        heads=field("llama.attention.head_count"),
        feed_forward=field("llama.feed_forward_length"),
        context=field("llama.context_length"),
    ))
    model.load_state_dict({tensor.name: torch.tensor(tensor.data).float() for tensor in reader.tensors})
    return model, Tokenizer(merges)
