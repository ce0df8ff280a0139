import type { WholeRun } from '../../../../src/core/compare/compare-runs.ts';
import { decodeOutputs } from '../../../../src/core/history/decode-run.ts';
import { currentSchemaVersion } from '../../../../src/schema/documents.ts';
import type { ContentId, HistoryRun, KeptAnswer, Questions } from '../../../../src/schema/history.ts';
import type { Prompt } from '../../../../src/schema/prompt-set.ts';
import { type LoadedRun, loadSamples } from '../history/load-run.ts';
import type { SiteHistory } from '../history/open-history.ts';
import type { Tell } from './protocol.ts';

/** The models that are held against each other: a key in each run of base, and one in head. */
export interface KeyPair {
  /** By run id. */
  base: ReadonlyMap<string, string>;
  head: { run: string; key: string };
}

/** A run as far as no sample and no answer is looked at: where two cannot be compared, that is enough. */
export function withoutSamples({ run }: LoadedRun): WholeRun {
  return { run, prompts: [], samples: [], outputs: [] };
}

/**
 * The samples and prompts of a run, still without its answers; null where its samples are kept no longer.
 * @throws {DataError}
 */
export async function readSamples(history: SiteHistory, opened: LoadedRun): Promise<WholeRun | null> {
  const { kept, run } = opened;
  const [samples, set] = await Promise.all([
    loadSamples(history, opened),
    history.promptSet(kept.inputs.promptSet),
  ]);
  if (samples === null) return null;
  return { run, prompts: set?.prompts ?? [], samples, outputs: [] };
}

const atOnce = 8;

/**
 * Adds their answers to runs. An answer is fetched only where the two sides did not all give the same to a prompt, or
 * where its checks changed: of others it is enough to know that they are the same.
 * @returns the runs, and how many answers are kept no longer.
 * @throws {DataError}
 */
export async function addAnswers(
  history: SiteHistory,
  runs: readonly { opened: LoadedRun; whole: WholeRun }[],
  pairs: readonly KeyPair[],
  tell: Tell,
): Promise<{ wholes: WholeRun[]; lost: number }> {
  const wanted = [...findNeeded(runs, pairs)];
  const found = new Map<ContentId, KeptAnswer | null>();
  let done = 0;
  const next = async (): Promise<void> => {
    const id = wanted.pop();
    if (id === undefined) return;
    found.set(id, await history.answer(id));
    done++;
    tell({ what: 'answers', done, total: done + wanted.length });
    return next();
  };
  await Promise.all(Array.from({ length: atOnce }, next));
  const wholes = runs.map(({ opened: { kept, questions }, whole }) => {
    const embeds = findEmbedding(kept, questions, whole.prompts);
    const read = (id: ContentId) => (found.has(id) ? (found.get(id) ?? null) : standIn(id, embeds.has(id)));
    return { ...whole, outputs: decodeOutputs(kept, questions, read) };
  });
  return { wholes, lost: [...found.values()].filter((it) => it === null).length };
}

/** By pair and prompt: if more than one answer was given, or the checks are others now, all of them are needed. */
function findNeeded(runs: readonly { opened: LoadedRun }[], pairs: readonly KeyPair[]): Set<ContentId> {
  const needed = new Set<ContentId>();
  const given = new Map<string, { ids: Set<ContentId>; checks: Set<string> }>();
  for (const [number, pair] of pairs.entries()) {
    for (const { opened } of runs) {
      const { kept, questions, run } = opened;
      const keys = [pair.base.get(run.id), pair.head.run === run.id ? pair.head.key : undefined];
      questions.questions.forEach(({ variant, prompt, checksHash }, index) => {
        if (!keys.includes(variant)) return;
        const place = `${number}/${prompt}`;
        const known = given.get(place) ?? { ids: new Set(), checks: new Set() };
        given.set(place, known);
        known.checks.add(checksHash);
        for (const [, at] of kept.series.answers[index] ?? []) {
          const id = kept.answers[at];
          if (id !== undefined) known.ids.add(id);
        }
      });
    }
  }
  for (const { ids, checks } of given.values()) {
    if (ids.size < 2 && checks.size < 2) continue;
    for (const id of ids) needed.add(id);
  }
  return needed;
}

/** Names of answers that are vectors, which have no text to compare. */
function findEmbedding(
  { answers, series }: HistoryRun,
  { questions }: Questions,
  prompts: readonly Prompt[],
): Set<ContentId> {
  const embedding = new Set(prompts.filter(({ embed }) => embed !== undefined).map(({ id }) => id));
  return new Set(
    questions.flatMap(({ prompt }, index) =>
      embedding.has(prompt) ? (series.answers[index] ?? []).flatMap(([, at]) => answers[at] ?? []) : [],
    ),
  );
}

/** For an answer that both sides gave alike: what it says makes no difference. */
function standIn(id: ContentId, isEmbedding: boolean): KeptAnswer {
  return {
    schemaVersion: currentSchemaVersion,
    ...{ text: '', thinking: '', toolCalls: [], hash: `sha256:${id}${id}` },
    embedding: isEmbedding ? { vectors: 0, dimensions: 0 } : null,
    ...{ doneReason: null, outputTokens: null, checks: [] },
  };
}
