import { describe, expect, test } from 'vitest';
import type { RunRows } from '../../site/src/data/contract.ts';
import { byHand, describeRun, filterRuns, type RunFilter } from '../../site/src/view/run-rows.ts';
import { findEntries, listEntries } from '../../site/src/view/search-entries.ts';

const rows: RunRows = {
  schemaVersion: '2.2',
  id: ['20261103t013000z-cccccc', '20261102t013000z-bbbbbb', '20261101t013000z-aaaaaa'],
  at: [3, 2, 1].map((day) => Date.parse(`2026-11-0${day}T01:30:00Z`)),
  ...{
    machine: [0, 1, 0],
    machines: [
      { id: 'aaaaaaaaaaaa', label: 'NVIDIA L4' },
      { id: 'bbbbbbbbbbbb', label: 'CPU' },
    ],
  },
  ...{ status: ['complete', 'partial', 'complete'], event: ['schedule', null, 'push'] },
  sha: ['0123456789abcdef', null, null],
  ...{ ok: [1200, 8, 8], failed: [0, 1, 0], invalid: [0, 2, 0] },
  ...{ variants: [[0, 1], [2], [0]], models: ['llama3.2:3b', 'qwen3:0.6b', 'qwen3:8b'] },
};

describe('the table of runs', () => {
  const all: RunFilter = { machine: '', status: '', event: '', model: '', from: '', to: '' };
  test.each<[string, Partial<RunFilter>, number[]]>([
    ['has all, newest first', {}, [0, 1, 2]],
    ['by machine', { machine: 'aaaaaaaaaaaa' }, [0, 2]],
    ['of a machine that nobody knows', { machine: 'x' }, []],
    ['by status', { status: 'partial' }, [1]],
    ['by event', { event: 'push' }, [2]],
    ['started by hand', { event: byHand }, [1]],
    ['by a part of a model’s name, in any case', { model: 'QWEN' }, [0, 1]],
    ['from a day on', { from: '2026-11-02' }, [0, 1]],
    ['to a day, which is included', { to: '2026-11-02' }, [1, 2]],
    ['between days', { from: '2026-11-02', to: '2026-11-02' }, [1]],
    ['of a day that is none', { from: 'yesterday' }, [0, 1, 2]],
    ['by several', { machine: 'aaaaaaaaaaaa', model: 'qwen3' }, [0]],
  ])('%s', (_, filter, expected) => {
    expect(filterRuns(rows, { ...all, ...filter })).toEqual(expected);
  });

  test('says of each what came of it', () => {
    expect([0, 1].map((index) => describeRun(rows, index))).toEqual([
      {
        ...{
          id: '20261103t013000z-cccccc',
          time: '2026-11-03 01:30:00',
          status: 'complete',
          machine: 'NVIDIA L4',
        },
        ...{ event: 'schedule', commit: '01234567', models: 'llama3.2:3b, qwen3:0.6b', requests: '1,200 ok' },
      },
      {
        ...{ id: '20261102t013000z-bbbbbb', time: '2026-11-02 01:30:00', status: 'partial', machine: 'CPU' },
        ...{ event: byHand, commit: '', models: 'qwen3:8b', requests: '8 ok, 1 failed, 2 invalid' },
      },
    ]);
  });

  test('names a few models, and tells how many more there are', () => {
    const many = { ...rows, variants: [[0, 1, 2, 0]] };
    expect(describeRun(many, 0).models).toBe('llama3.2:3b, qwen3:0.6b and 2 more');
  });
});

describe('the search', () => {
  const machine = 'aaaaaaaaaaaa';
  const entries = listEntries(
    {
      machines: rows.machines,
      lines: [
        { model: 'qwen3:8b', modelSlug: 'qwen3-8b', machine, options: '', digests: ['f'.repeat(64)] },
        {
          model: 'qwen3:8b',
          modelSlug: 'qwen3-8b',
          machine: 'bbbbbbbbbbbb',
          options: '',
          digests: ['e'.repeat(64)],
        },
      ],
      prompts: [{ set: 'facts', id: 'capital', title: 'Name a capital', category: 'recall' }],
    },
    rows,
  );
  const find = (query: string) => findEntries(entries, query, 10).map(({ kind, name }) => `${kind} ${name}`);

  test.each([
    ['a model', 'qwen', ['model qwen3:8b']],
    ['any case and order', 'cpu QWEN3', ['model qwen3:8b']],
    ['a model by what it was', 'eeeeeeee', ['model qwen3:8b']],
    ['a prompt by its id', 'facts/capital', ['prompt Name a capital']],
    [
      'a machine, and what ran on it',
      'nvidia',
      ['machine NVIDIA L4', 'model qwen3:8b', 'run 2026-11-03 01:30', 'run 2026-11-01 01:30'],
    ],
    ['a run by its commit', '01234567', ['run 2026-11-03 01:30']],
    ['a run by its day', '2026-11-02', ['run 2026-11-02 01:30']],
    ['runs that were partial', 'run partial', ['run 2026-11-02 01:30']],
    ['nothing', 'mistral', []],
  ])('finds %s', (_, query, expected) => {
    expect(find(query)).toEqual(expected);
  });

  test('leads to the page of what was found', () => {
    const hrefs = ['qwen', 'capital', 'nvidia', '01234567'].map((it) => findEntries(entries, it, 1)[0]?.href);
    expect(hrefs).toEqual([
      '/models/qwen3-8b/',
      '/prompts/facts/capital/',
      '/runs/?machine=aaaaaaaaaaaa',
      '/run/?id=20261103t013000z-cccccc',
    ]);
  });

  test('offers pages first where nothing is asked', () => {
    expect(findEntries(entries, ' ', 3).map(({ name }) => name)).toEqual(['Overview', 'Models', 'Prompts']);
  });
});
