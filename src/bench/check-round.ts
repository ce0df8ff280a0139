import { raise, statusOf } from '../core/flags.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import type { OllamaClient, RunningModel } from '../ollama/client.ts';
import { OllamaError } from '../ollama/errors.ts';
import type { Flag, Sample } from '../schema/sample.ts';
import { hasMoved, type LoadedModel, pickLoaded } from './model-lifetime.ts';
import { isUsed, type OurModels } from './other-clients.ts';
import type { Variant } from './take-sample.ts';

export interface RoundToCheck {
  /** What the run has loaded. */
  members: readonly { variant: Variant; model: LoadedModel }[];
  /** What the server was when the run began. */
  serverVersion: string;
  ours: OurModels;
  /** Models of somebody else as they were before the round. */
  othersBefore: readonly RunningModel[];
}

/**
 * What the server looks like after a round, held against before it: reasons why none of the round counts.
 * A server that gives no answer now has its say in the requests that follow.
 */
export async function checkRound(
  { members, serverVersion, ours, othersBefore }: RoundToCheck,
  client: Pick<OllamaClient, 'ps' | 'version'>,
): Promise<{ flags: Flag[]; others: readonly RunningModel[] }> {
  try {
    const [version, inMemory] = await Promise.all([client.version(), client.ps()]);
    const others = inMemory.filter(({ digest }) => !ours.has(digest));
    const used = others.find((it) => isUsed(it, othersBefore));
    return {
      others,
      flags: [
        ...(version === serverVersion
          ? []
          : [
              raise(
                'server-changed',
                `The server was Ollama ${serverVersion} and is ${toPlainLine(version, 40)}.`,
              ),
            ]),
        ...members.flatMap(({ variant, model }) =>
          describeChange(pickLoaded(inMemory, variant), variant, model),
        ),
        ...(used === undefined
          ? []
          : [
              raise(
                'other-model-loaded',
                `${toPlainLine(used.name, 80)} of somebody else was loaded or used.`,
              ),
            ]),
      ],
    };
  } catch (error) {
    if (!(error instanceof OllamaError)) throw error;
    return { flags: [], others: othersBefore };
  }
}

function describeChange(loaded: RunningModel | undefined, variant: Variant, model: LoadedModel): Flag[] {
  if (loaded === undefined) {
    return [raise('model-changed', `${variant.name} is no longer in the server’s memory: it was unloaded.`)];
  }
  if (hasMoved(loaded, variant)) {
    return [raise('model-changed', `${variant.name} stands for another model than before the round.`)];
  }
  if (loaded.contextLength !== model.contextLength) {
    return [
      raise(
        'model-changed',
        `The context was ${model.contextLength ?? 'unknown'} and is ${loaded.contextLength ?? 'unknown'}: the model was loaded anew.`,
      ),
    ];
  }
  return [];
}

/** When a sample was under way, in milliseconds since the run began; null where that is not known. */
export function windowOf({ sentMs, client }: Sample): { fromMs: number; toMs: number } | null {
  return sentMs === null || client === null ? null : { fromMs: sentMs, toMs: sentMs + client.e2eMs };
}

/** A sample with flags that showed only afterwards. */
export function flagLater(sample: Sample, flags: readonly Flag[]): Sample {
  if (flags.length === 0 || sample.status === 'failed') return sample;
  const all = [...sample.flags, ...flags];
  return { ...sample, status: statusOf(all, sample.phase), flags: all };
}
