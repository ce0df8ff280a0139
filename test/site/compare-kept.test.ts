import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compareKept } from '../../site/src/client/compare/compare-kept.ts';
import type { Outcome } from '../../site/src/client/compare/protocol.ts';
import type { SiteHistory } from '../../site/src/client/history/open-history.ts';
import { readSide, type SideChoice } from '../../site/src/view/compare-sides.ts';
import { compareWithEarlier, compareWithin } from '../../src/compare.ts';
import type { Refusal } from '../../src/core/compare/compare-runs.ts';
import { encodeRun } from '../../src/core/history/encode-run.ts';
import { sha256Text } from '../../src/store/hash-text.ts';
import { readRunFolder } from '../../src/store/read-run-folder.ts';
import { readWholeRun } from '../../src/store/read-whole-run.ts';
import { type CopyChanges, copyRun } from '../browser/copy-run.ts';

const recorded = join(import.meta.dirname, '../schema/fixtures/run-1.0');
const model = 'herdmark-tiny-v1-a515083f';
const idOf = (night: number) => `2026110${night}t013000z-00000${night}`;
const nights: Omit<CopyChanges, 'id' | 'startedAt'>[] = [
  ...[{ slower: 1 }, { slower: 1.002 }, { slower: 0.999 }, { slower: 1 }],
  { slower: 1.3, answers: { capital: { text: 'Paris', pass: true } } },
  { server: '9.9.9' },
  { twin: { key: 'twin-1-0123abcd', name: 'twin:1', slower: 1.1 } },
];
const twin = 'twin-1-0123abcd';
const folders = new Map<string, string>();
let root: string;
let kept: Map<string, ReturnType<typeof encodeRun>>;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'herdmark-kept-'));
  const encoded = nights.map(async (changes, index) => {
    const id = idOf(index + 1);
    const startedAt = `2026-11-0${index + 1}T01:30:00.000Z`;
    const folder = await copyRun(recorded, root, { id, startedAt, ...changes });
    folders.set(id, folder);
    const { promptSet } = await readRunFolder(folder);
    const run = { ...(await readWholeRun(folder)), promptSet, config: null };
    return [id, encodeRun(run, { origin: null, hashText: sha256Text })] as const;
  });
  kept = new Map(await Promise.all(encoded));
});
afterAll(() => rm(root, { recursive: true, force: true }));

/** A site's history in memory, and what was asked of it. */
function openKept({ pruned = [] as string[] } = {}) {
  const asked: string[] = [];
  const documents = new Map(
    [...kept.values()].flatMap(({ inputs, outputs }) =>
      [...inputs, ...outputs].map(({ id, document }) => [id, document] as const),
    ),
  );
  const find = async (kind: string, id: string) => {
    asked.push(`${kind} ${id}`);
    return documents.get(id);
  };
  const runOf = (id: string) => {
    const found = kept.get(id);
    if (found === undefined) throw new Error(`There is no run ${id}.`);
    return found;
  };
  const history = {
    run: async (id: string) => runOf(id).run,
    samples: async (id: string) => {
      asked.push(`samples ${id}`);
      return pruned.includes(id) ? null : runOf(id).samples;
    },
    questions: (id: string) => find('questions', id),
    promptSet: (id: string) => find('prompt set', id),
    answer: (id: string) => find('answer', id),
  } as SiteHistory;
  return { history, asked, countAsked: (kind: string) => asked.filter((it) => it.startsWith(kind)).length };
}

const side = (text: string): SideChoice => readSide(text) ?? { run: text, variant: null };
const compare = (
  history: SiteHistory,
  base: string,
  head: string,
  earlier: string[] = [],
): Promise<Outcome | Refusal> =>
  compareKept(history, { base: side(base), head: side(head), earlier, url: 'https://site' }, () => undefined);

async function verdictOf(found: Promise<Outcome | Refusal>) {
  const outcome = await found;
  if ('refusal' in outcome) throw new Error(outcome.message);
  return outcome;
}

/** The verdict of the command line on the same folders. */
async function compareFolders(earlier: string[], head: string) {
  const read = (id: string) => readWholeRun(folders.get(id) ?? '');
  return compareWithEarlier(await Promise.all(earlier.map(read)), await read(head));
}

describe('of kept runs', () => {
  test.each([
    ['two', [], ['inconclusive']],
    ['one and those before it', [idOf(1), idOf(2), idOf(3)], ['regressed']],
  ])('%s have the words of the command line', async (_, earlier, words) => {
    const { history, countAsked } = openKept();
    const { verdict, changed } = await verdictOf(compare(history, idOf(4), idOf(5), earlier));
    const expected = await compareFolders([...earlier, idOf(4)], idOf(5));
    expect(verdict.models.map(({ joint }) => [joint.speed, joint.quality, joint.text])).toEqual(
      expected.models.map(({ joint }) => [joint.speed, joint.quality, joint.text]),
    );
    expect(verdict.models.map(({ joint }) => joint.speed)).toEqual(words);
    expect(verdict.models[0]?.quality).toEqual(expected.models[0]?.quality);
    const { changes, ...text } = expected.models[0]?.text ?? { changes: [] };
    expect(verdict.models[0]?.text).toEqual({ changes, ...text });
    expect(changed[0]?.map(({ change, found }) => [change.prompt, found?.head])).toEqual([
      ['capital', 'Paris'],
    ]);
    // Of the prompt with the same answer on both sides nothing is fetched.
    expect(countAsked('answer')).toBe(2);
  });

  test('those of another epoch do not stand for base', async () => {
    const { history } = openKept();
    const { verdict, notes } = await verdictOf(compare(history, idOf(4), idOf(5), [idOf(6), idOf(3)]));
    expect(verdict.base.runs).toEqual([idOf(3), idOf(4)]);
    expect(notes[0]).toBe(
      'Base is its run and 1 of 2 runs before it on the machine: those of the same model and epoch.',
    );
  });

  test('those without samples do not either', async () => {
    const { history } = openKept({ pruned: [idOf(2)] });
    const { verdict, notes } = await verdictOf(compare(history, idOf(4), idOf(5), [idOf(2), idOf(3)]));
    expect(verdict.base.runs).toEqual([idOf(3), idOf(4)]);
    expect(notes[0]).toContain('and of 1 the samples are kept no longer');
  });

  test('those that were measured otherwise are not compared, and no sample is fetched', async () => {
    const { history, countAsked } = openKept();
    const { verdict } = await verdictOf(compare(history, idOf(4), idOf(6)));
    expect(verdict.models[0]?.reasons.map(({ code }) => code)).toEqual(['server-version']);
    expect(countAsked('samples')).toBe(0);
  });

  test('two models that were named are compared, and nothing else', async () => {
    const { history } = openKept();
    const { verdict } = await verdictOf(compare(history, `${idOf(4)}:${model}`, `${idOf(5)}:${model}`));
    expect(verdict.models.map(({ base, head }) => [base.key, head.key])).toEqual([[model, model]]);
  });
});

describe('of one kept run', () => {
  const comparison = {
    pairs: [{ base: model, head: twin }],
    resident: false,
    looks: [2],
    added: [],
    removed: [],
  };
  const expected = async () => {
    const folder = folders.get(idOf(7)) ?? '';
    return compareWithin(await readWholeRun(folder), { comparison });
  };
  const describeMetrics = (models: Outcome['verdict']['models']) =>
    models.flatMap(({ metrics }) => metrics.map((it) => [it.metric, it.word, it.change?.toFixed(2)]));

  test('two models are compared load by load', async () => {
    const { history } = openKept();
    const { verdict, notes } = await verdictOf(compare(history, `${idOf(7)}:${model}`, `${idOf(7)}:${twin}`));
    expect(verdict.design).toBe('paired');
    expect(describeMetrics(verdict.models)).toEqual(describeMetrics((await expected()).models));
    expect(notes).toEqual([
      'Two models of one run: their loads took turns, load by load, and are compared load by load.',
    ]);
  });

  test('the two sides that it measured in turn are what is compared', async () => {
    const { history } = openKept();
    const measured: SiteHistory = {
      ...history,
      run: async (id) => {
        const kept = await history.run(id);
        return { ...kept, run: { ...kept.run, plan: { ...kept.run.plan, comparison } } };
      },
    };
    const { verdict, notes } = await verdictOf(compare(measured, idOf(7), idOf(7)));
    expect(describeMetrics(verdict.models)).toEqual(describeMetrics((await expected()).models));
    expect(notes).toEqual([]);
  });
});

test.each([
  ['the same run twice', idOf(4), idOf(4), 'same-run'],
  ['a model twice', `${idOf(4)}:${model}`, `${idOf(4)}:${model}`, 'same-run'],
  ['a model that is not there', `${idOf(4)}:other-0123abcd`, `${idOf(5)}:${model}`, 'no-such-model'],
])('%s is refused', async (_, base, head, refusal) => {
  await expect(compare(openKept().history, base, head)).resolves.toMatchObject({ refusal });
});

test('a run without its samples is refused, with what to do', async () => {
  const { history } = openKept({ pruned: [idOf(5)] });
  await expect(compare(history, idOf(4), idOf(5))).resolves.toMatchObject({
    refusal: 'no-samples',
    message: expect.stringContaining('Choose a newer run'),
  });
});
