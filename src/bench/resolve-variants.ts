import { explainMissingCapabilities, findMissingCapabilities } from '../core/capabilities.ts';
import { raise } from '../core/flags.ts';
import { hashJson } from '../core/hash.ts';
import type { AskedModel } from '../core/pair-models.ts';
import type { VariantToPlan } from '../core/plan.ts';
import type { Think } from '../core/request.ts';
import { nameVariants } from '../core/slug.ts';
import type { OllamaClient } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import { sameModel } from '../ollama/model-name.ts';
import type { Prompt } from '../schema/prompt-set.ts';
import type { Variant } from '../schema/run.ts';
import type { Flag } from '../schema/sample.ts';
import { sha256Text } from '../store/hash-text.ts';

/** What a tag stood for when the run began: what is planned with, and what the report says of it. */
export type ResolvedVariant = VariantToPlan &
  Pick<
    Variant,
    | 'family'
    | 'format'
    | 'parameterSize'
    | 'quantization'
    | 'sizeBytes'
    | 'trainedContext'
    | 'templateHash'
    | 'capabilities'
    | 'unsupported'
    | 'flags'
  >;

type Client = Pick<OllamaClient, 'tags' | 'show'>;

/**
 * Finds out which model each tag stands for: by digest, as tags move.
 * @throws {OllamaError} where the server is out of reach or has no such model.
 */
export async function resolveVariants(
  models: readonly AskedModel[],
  prompts: readonly Prompt[],
  client: Client,
): Promise<ResolvedVariant[]> {
  const tags = await client.tags();
  const found = await Promise.all(
    models.map(async (model) => {
      const details = await client.show(model.name);
      const tag = tags.find(({ name }) => sameModel(name, model.name));
      if (tag === undefined) {
        throw new OllamaError(
          'model-missing',
          `The server knows ${model.name}, but does not list it: name it as \`ollama list\` does.`,
        );
      }
      return { model, tag, details };
    }),
  );
  const keys = nameVariants(found.map(({ model, tag }) => ({ name: model.name, digest: tag.digest })));
  return found.map(({ model, tag, details }, index) => {
    const { capabilities } = details;
    const asked = model.think ?? false;
    const canThink = capabilities.includes('thinking');
    return {
      key: keys[index] ?? '',
      name: model.name,
      digest: tag.digest,
      family: tag.family,
      format: tag.format,
      parameterSize: tag.parameterSize,
      quantization: tag.quantization,
      sizeBytes: tag.sizeBytes,
      trainedContext: details.contextLength,
      templateHash: details.template === null ? null : hashJson(details.template, sha256Text),
      capabilities,
      options: model.options,
      think: canThink ? asked : null,
      unsupported: findUnsupported(model.name, prompts, capabilities),
      flags: asked !== false && !canThink ? [refuseThinking(model.name, asked)] : [],
    };
  });
}

/** The prompts that make no sense to the model, and why. */
function findUnsupported(
  name: string,
  prompts: readonly Prompt[],
  capabilities: readonly string[],
): ResolvedVariant['unsupported'] {
  return prompts.flatMap((prompt) => {
    const missing = findMissingCapabilities(prompt, capabilities);
    if (missing.length === 0) return [];
    return { prompt: prompt.id, reason: explainMissingCapabilities(name, missing, capabilities) };
  });
}

function refuseThinking(name: string, asked: Think): Flag {
  return raise('thinking-unsupported', `think: ${asked} was not sent, as ${name} cannot think.`);
}
