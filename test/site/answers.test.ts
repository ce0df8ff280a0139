import { describe, expect, test } from 'vitest';
import { diffChange, latestChange, traceAnswers, writeAnswer } from '../../site/src/view/answers.ts';
import { diffAnswers } from '../../site/src/view/diff.ts';
import { buildLines } from '../../site/src/view/lines.ts';
import { describeAsked, viewMatrix, viewPrompt } from '../../site/src/view/prompt-view.ts';
import { arrangeSite } from '../../site/src/view/site-model.ts';
import { makeAbilitiesRun } from './detailed-run.ts';
import { makeRun } from './make-run.ts';

describe('a word diff', () => {
  test.each([
    ['the same', 'a b', 'a b', [['same', 'a b']]],
    ['nothing at all', '', '', []],
    [
      'a word',
      'a b c',
      'a x c',
      [
        ['same', 'a '],
        ['removed', 'b'],
        ['added', 'x'],
        ['same', ' c'],
      ],
    ],
    ['from nothing', '', 'a', [['added', 'a']]],
    [
      'a line break',
      'a b',
      'a\nb',
      [
        ['same', 'a'],
        ['removed', ' '],
        ['added', '\n'],
        ['same', 'b'],
      ],
    ],
    [
      'markup is text',
      '<b>',
      '<i>',
      [
        ['same', '<'],
        ['removed', 'b'],
        ['added', 'i'],
        ['same', '>'],
      ],
    ],
  ])('%s', (_, before, now, parts) => {
    expect(diffAnswers(before, now)?.map(({ kind, text }) => [kind, text])).toEqual(parts);
  });

  test('gives up on long texts with nothing in common', () => {
    const words = (prefix: string) =>
      Array.from({ length: 2000 }, (_, index) => `${prefix}${index}`).join(' ');
    expect(diffAnswers(words('a'), words('b'))).toBeNull();
  });
});

/** One answer to `capital` a night; null for a night in which there was none. */
function nights(answers: (string[] | null)[], weights = answers.map(() => 'a')) {
  return answers.map((capital, index) =>
    makeRun({
      startedAt: `2026-11-0${index + 1}T01:30:00Z`,
      models: [
        {
          name: 'm',
          weights: weights[index] ?? 'a',
          ttftMs: [1],
          answers: capital === null ? {} : { capital },
        },
      ],
    }),
  );
}

function trace(runs: ReturnType<typeof nights>) {
  const [line] = buildLines(runs);
  if (!line) throw new Error('there is a line');
  return traceAnswers(line, 'facts', 'capital');
}

describe('the history of an answer', () => {
  test('has each change, with the day, the digests and the difference', () => {
    const { changes } = trace(nights([['Rome'], ['Rome'], ['Paris'], ['Paris']], ['a', 'a', 'b', 'b']));
    expect(changes).toMatchObject([
      {
        answer: { point: { run: { startedAt: '2026-11-03T01:30:00Z' } }, state: 'passed' },
        before: { point: { run: { startedAt: '2026-11-02T01:30:00Z' } }, state: 'failed' },
        digestChanged: true,
        sameRequest: true,
      },
    ]);
  });

  test('shows a change word by word', () => {
    const [change] = trace(nights([['It is Rome.'], ['It is Paris.']])).changes;
    expect(change && diffChange(change)).toEqual([
      { kind: 'same', text: 'It is ' },
      { kind: 'removed', text: 'Rome' },
      { kind: 'added', text: 'Paris' },
      { kind: 'same', text: '.' },
    ]);
  });

  test('compares over a night without an answer', () => {
    const history = trace(nights([['Paris'], null, ['Paris'], ['Rome']]));
    expect(history.answers.map(({ state }) => state)).toEqual(['passed', 'unanswered', 'passed', 'failed']);
    expect(history.changes).toHaveLength(1);
  });

  test.each([
    ['is what the latest run changed', [['Rome'], ['Paris']], true],
    ['is none where an earlier run did', [['Rome'], ['Paris'], ['Paris']], false],
    ['is none of a first answer', [['Paris']], false],
    ['is none where the latest run has no answer', [['Rome'], ['Paris'], null], false],
  ])('the latest change %s', (_, answers, expected) => {
    expect(latestChange(trace(nights(answers))) !== null).toBe(expected);
  });

  test('shows the first load and keeps what other loads said, once each', () => {
    const { answers } = trace(nights([['Paris', 'Rome', 'Paris', 'Rome', 'Oslo']]));
    expect(answers[0]).toMatchObject({ state: 'mixed', first: { text: 'Paris' } });
    expect(answers[0]?.others.map(({ text, block }) => [text, block])).toEqual([
      ['Rome', 1],
      ['Oslo', 4],
    ]);
  });
});

test('a prompt shows the models of the newest run, and those of earlier runs apart', () => {
  const spec = (name: string) => ({ name, weights: 'a', ttftMs: [1], answers: { capital: ['Paris'] } });
  const runs = [
    makeRun({ startedAt: '2026-11-01T01:30:00Z', models: [spec('old'), spec('m')] }),
    makeRun({ startedAt: '2026-11-02T01:30:00Z', models: [spec('m'), spec('new')] }),
  ];
  const { machines, prompts } = arrangeSite({ runs, skipped: [], base: '/' });
  const [machine] = machines;
  const [capital] = prompts;
  if (!machine || !capital) throw new Error('there is a machine and a prompt');
  const view = viewPrompt(capital, machine);
  expect(view?.histories.map(({ line }) => line.model)).toEqual(['m', 'new']);
  expect(view?.retired.map(({ line }) => line.model)).toEqual(['old']);
  expect(viewPrompt({ ...capital, set: 'other' }, machine)).toBeNull();

  const matrix = viewMatrix(machine);
  expect(matrix.columns.map(({ model }) => model)).toEqual(['m', 'new']);
  expect(matrix.rows.map(({ prompt, cells }) => [prompt.id, cells.map((it) => it?.state)])).toEqual([
    ['capital', ['passed', 'passed']],
    ['contact', ['unanswered', 'unanswered']],
  ]);
});

describe('tools and embeddings', () => {
  const stored = makeAbilitiesRun();
  const { machines, prompts } = arrangeSite({ runs: [stored], skipped: [], base: '/' });
  const [machine] = machines;
  const [weather, near] = prompts;
  const [weatherText, nearText] = [weather?.text, near?.text];
  if (!machine || !weather || !weatherText || !nearText) throw new Error('there are two prompts');

  test('what was asked is told piece by piece, without the images', () => {
    expect(describeAsked(weatherText)).toEqual([
      { title: 'user', content: '[1 image]\nOslo?' },
      { title: 'assistant', content: 'where {\n  "of": "Oslo"\n}' },
      { title: 'tool', content: 'Norway' },
      { title: 'tool that may be called', content: expect.stringMatching(/^\{\n {2}"name": "weather"/) },
    ]);
    expect(describeAsked(nearText).map(({ title }) => title)).toEqual([
      ...['text 0, to be embedded', 'text 1, to be embedded', 'text 2, to be embedded'],
    ]);
  });

  test('an answer is one text, whatever it consists of', () => {
    const answer = stored.outputs[0]?.answers[0];
    if (!answer) throw new Error('there is an answer');
    expect(writeAnswer(null)).toBe('');
    expect(writeAnswer({ ...answer, text: 'I ask.', toolCalls: [{ name: 'a', arguments: {} }] })).toBe(
      'I ask.\na {}',
    );
    const embedding = { vectors: 1, dimensions: 384 };
    expect(writeAnswer({ ...answer, toolCalls: [], embedding })).toBe('1 vector of 384 dimensions');
  });

  test('a model that cannot take a prompt was not asked: it did not fail, nor is it missing', () => {
    const view = viewPrompt(weather, machine);
    expect(view?.histories.map(({ line }) => line.model)).toEqual(['caller:1b']);
    expect(view?.notAsked).toEqual([
      {
        model: 'embedder:30m',
        reason: 'embedder:30m cannot answer a prompt (the server lists: embedding).',
      },
    ]);
    expect(viewMatrix(machine).rows.map(({ cells }) => cells.map((it) => it?.state ?? null))).toEqual([
      ['passed', null],
      [null, 'passed'],
    ]);
  });
});
