import { normalizeModelName } from '../../ollama/model-name.ts';
import { humanCount } from '../gguf-facts.ts';
import type { ModelStore, StoredModel } from '../model-store.ts';
import { renderParameters } from '../modelfile.ts';
import { modelNotFound, modelRequired, Refusal } from '../refusal.ts';
import type { Route } from '../reply.ts';
import { copyBody, parseBody, pullBody, showBody } from '../request-body.ts';
import type { Residents } from '../residents.ts';

const capabilitiesOf = ({ facts }: StoredModel) => [facts.embeds ? 'embedding' : 'completion'];

/** GET /api/tags */
export const tagsRoute =
  (store: ModelStore): Route =>
  async () => {
    const models = (await store.list()).map((model) => ({
      name: model.name,
      model: model.name,
      modified_at: model.modifiedAt.toISOString(),
      size: model.facts.sizeBytes,
      digest: model.digest,
      details: {
        ...detailsOf(model),
        ...(model.facts.contextLength === null ? {} : { context_length: model.facts.contextLength }),
        ...(model.facts.embeddingLength === null ? {} : { embedding_length: model.facts.embeddingLength }),
      },
      capabilities: capabilitiesOf(model),
    }));
    return { kind: 'json', body: { models } };
  };

/** GET /api/ps */
export const psRoute =
  (residents: Residents): Route =>
  async () => {
    const models = residents.list().map(({ stored, open, expiresAt }) => ({
      name: stored.name,
      model: stored.name,
      size: open.memoryBytes,
      digest: stored.digest,
      details: detailsOf(stored),
      expires_at: expiresAt.toISOString(),
      size_vram: 0,
      context_length: open.contextLength,
    }));
    return { kind: 'json', body: { models } };
  };

/** POST /api/show. The template is the one that is used: the GGUF's own, in Jinja. */
export const showRoute =
  (store: ModelStore): Route =>
  async ({ body }) => {
    const { model, name } = parseBody(body, showBody);
    const asked = model || name;
    if (asked === '') throw modelRequired();
    const stored = await store.find(asked);
    if (stored === null) throw modelNotFound(normalizeModelName(asked));
    const parameters = renderParameters(stored.parameters);
    return {
      kind: 'json',
      body: {
        modelfile: stored.modelfile,
        ...(parameters === '' ? {} : { parameters }),
        ...(stored.facts.chatTemplate === null ? {} : { template: stored.facts.chatTemplate }),
        details: detailsOf(stored),
        model_info: stored.facts.modelInfo,
        tensors: stored.facts.tensors,
        capabilities: capabilitiesOf(stored),
        modified_at: stored.modifiedAt.toISOString(),
      },
    };
  };

/** POST /api/copy: a second name for a model, or another model for a name. */
export const copyRoute =
  (store: ModelStore): Route =>
  async ({ body }) => {
    const { source, destination } = parseBody(body, copyBody);
    if (destination === '') throw new Refusal(400, 'destination "" is invalid');
    if (!store.point(destination, source)) {
      throw new Refusal(404, `model ${JSON.stringify(source)} not found`);
    }
    return { kind: 'empty' };
  };

/** POST /api/pull: what is here is up to date, and there is no registry for anything else. */
export const pullRoute =
  (store: ModelStore): Route =>
  async ({ body }) => {
    const { model, name } = parseBody(body, pullBody);
    const present = (await store.find(model || name)) !== null;
    return { kind: 'lines', lines: pullLines(present) };
  };

async function* pullLines(present: boolean) {
  yield { status: 'pulling manifest' };
  yield present ? { status: 'success' } : { error: 'pull model manifest: file does not exist' };
}

function detailsOf({ facts }: StoredModel) {
  return {
    parent_model: '',
    format: 'gguf',
    family: facts.family,
    families: [facts.family],
    parameter_size: humanCount(facts.parameterCount),
    quantization_level: facts.quantization,
  };
}
