"""Ask a GGUF file the core prompts, bare and with a nonce, and judge the answers: `python evaluate.py v2`.

`format: json` is not enforced here: there is no grammar, the model has to write JSON by itself.
"""

import argparse
from pathlib import Path
from random import Random

import torch
import yaml

import gguf_file
from checks import passes
from corpus import CORE_PROMPTS, nonce

HERE = Path(__file__).resolve().parent


def main() -> None:
    """Print every answer, then the counts of prompts that passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("edition", choices=["v1", "v2"])
    parser.add_argument("--folder", type=Path, default=HERE)
    parser.add_argument("--nonces", type=int, default=3, help="rounds with a nonce before each prompt")
    options = parser.parse_args()

    torch.set_num_threads(1)
    model, tokenizer = gguf_file.read(options.folder / f"herdmark-tiny-{options.edition}.gguf")
    entries = yaml.safe_load(CORE_PROMPTS.read_text())["prompts"]
    rng = Random(0)
    for prefix in ["", *(nonce(rng) for _ in range(options.nonces))]:
        passed = 0
        for entry in entries:
            tokens = model.answer(tokenizer.question(prefix + entry["prompt"]), tokenizer.end, entry["maxTokens"])
            answer = tokenizer.decode(tokens)
            failed = [check.get("label", check["type"]) for check in entry["checks"] if not passes(check, answer)]
            passed += not failed
            print(f"{'FAIL' if failed else 'pass'}  {prefix}{entry['id']}  {len(tokens)} tokens  {'; '.join(failed)}")
            print("".join(f"      {line}\n" for line in answer.splitlines()))
        print(f"{options.edition}  {prefix or 'bare'}  {passed} of {len(entries)} prompts passed\n")


if __name__ == "__main__":
    main()
