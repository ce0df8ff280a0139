import { describe, expect, test } from 'vitest';
import type { AnswerStretch, SitePrompt } from '../../site/src/data/contract.ts';
import { listAnswerOptions, suggestPair } from '../../site/src/view/answer-options.ts';
import { describeTimeline, drawTimeline, nameAnswers } from '../../site/src/view/answer-timeline.ts';
import { buildMatrix } from '../../site/src/view/prompt-matrix.ts';
import { describeAsked, listPromptLines } from '../../site/src/view/prompt-view.ts';
import { writeAnswer } from '../../src/core/render/write-answer.ts';
import { idOf, makeLine, makeMachine, makeState, timeOf } from './state.ts';

const [a, b, c] = ['a', 'b', 'c'].map((it) => it.repeat(32)) as [string, string, string];
const stretch = (from: number, to: number, answers: string[], state: AnswerStretch['state'] = 'passed') => ({
  ...{ from, to, answers, state },
});
const prompt: SitePrompt = {
  ...{ set: 'facts', id: 'capital', title: 'Capital', category: 'facts' },
  ...{ promptSet: null, version: 1, isCurrent: true },
};

const lineWith = (answers: AnswerStretch[], more = {}) => lineOf(6, answers, more);
function lineOf(nights: number, answers: AnswerStretch[], more = {}) {
  const times = Array<number>(nights).fill(10);
  return makeLine(nights, {
    prompts: { 'facts/capital': { ttftMs: times, e2eMs: times, answers } },
    ...more,
  });
}
function linesOf(...lines: ReturnType<typeof makeLine>[]) {
  return listPromptLines(makeState({ machines: [makeMachine(6)], lines }), prompt);
}

describe('a timeline of answers', () => {
  const [first] = linesOf(
    lineWith([stretch(0, 2, [a]), stretch(3, 3, [b, a], 'mixed'), stretch(4, 5, [a])], {
      marks: [{ night: 3, kind: 'digest', words: ['digest 1 → 2'] }],
    }),
  );

  test('numbers the answers as they first came, and knows one that comes back', () => {
    expect(first?.timeline.entries.map((it) => [it.numbers, it.nights, it.state, it.before])).toEqual([
      [[1], 2, 'passed', b],
      [[2, 1], 1, 'mixed', a],
      [[1], 3, 'passed', null],
    ]);
    expect(first?.timeline.entries[1]).toMatchObject({
      ...{ from: timeOf(3), to: timeOf(3), run: idOf(3), marks: ['digest 1 → 2'] },
    });
  });

  test('says how often it changed, and how often loads did not agree', () => {
    expect(first && describeTimeline(first.timeline)).toBe(
      '2 different answers in 6 nights, changed 2 times; loads of one night disagreed on 1 of them',
    );
  });

  test.each([
    [[stretch(0, 5, [a])], 'the same answer in 6 nights'],
    [[stretch(0, 5, [], 'unanswered')], 'no answer in 6 nights'],
    [[stretch(5, 5, [a])], 'the same answer in 1 night'],
  ])('of %j is %s', (answers, words) => {
    const [line] = linesOf(lineWith(answers));
    expect(line && describeTimeline(line.timeline)).toBe(words);
  });

  test('is drawn over time', () => {
    expect(first && drawTimeline(first.timeline, 100)).toEqual([
      { x: 0, width: 50, state: 'passed', label: '1', isOther: false },
      { x: 50, width: 16.7, state: 'mixed', label: '2+1', isOther: true },
      { x: 66.7, width: 33.3, state: 'passed', label: '1', isOther: false },
    ]);
  });

  test('shows what changed on the newest night, however many there are', () => {
    const [changed] = listPromptLines(
      makeState({
        machines: [makeMachine(28)],
        lines: [lineOf(28, [stretch(0, 26, [a]), stretch(27, 27, [b])])],
      }),
      prompt,
    );
    expect(changed && drawTimeline(changed.timeline, 20)).toEqual([
      { x: 0, width: 18, state: 'passed', label: '1', isOther: false },
      { x: 18, width: 2, state: 'passed', label: '2', isOther: true },
    ]);
  });

  test.each([
    [[], 'no answer'],
    [[2], 'answer 2'],
    [[1, 2, 3], 'answers 1, 2 and 3'],
  ])('names %j %s', (numbers, name) => {
    expect(nameAnswers(numbers)).toBe(name);
  });
});

describe('two answers to be compared', () => {
  test('are the newest change of a line that has one', () => {
    const lines = linesOf(lineWith([stretch(0, 5, [c])]), lineWith([stretch(0, 2, [a]), stretch(3, 5, [b])]));
    expect(suggestPair(lines)).toEqual({ a: `m-1-aaaaaa:${a}`, b: `m-1-aaaaaa:${b}` });
  });
  test('are those of two lines where none changed', () => {
    const lines = linesOf(lineWith([stretch(0, 5, [a])]), lineWith([stretch(0, 5, [c])], { slug: 'n' }));
    expect(suggestPair(lines)).toEqual({ a: `m-1-aaaaaa:${a}`, b: `n:${c}` });
  });
  test('are none of one answer', () => {
    expect(suggestPair(linesOf(lineWith([stretch(0, 5, [a])]), lineWith([stretch(0, 5, [a])])))).toBeNull();
  });

  test('can be chosen by line, each once', () => {
    const lines = linesOf(lineWith([stretch(0, 2, [a]), stretch(3, 3, [b], 'failed'), stretch(4, 5, [a])]));
    expect(listAnswerOptions(lines)).toEqual([
      {
        label: 'm:1, NVIDIA L4',
        options: [
          { value: `m-1-aaaaaa:${a}`, label: 'm:1: answer 1, 2026-11-05 to 2026-11-06, passed' },
          { value: `m-1-aaaaaa:${b}`, label: 'm:1: answer 2, 2026-11-04, failed' },
        ],
      },
    ]);
  });
});

test('lines that are asked no more come last', () => {
  const retired = lineWith([stretch(0, 3, [a])], { model: 'old:1' });
  const lines = linesOf(retired, lineWith([stretch(0, 5, [a])]), makeLine(6, { model: 'other:1' }));
  expect(lines.map(({ history, isCurrent }) => [history.line.model, isCurrent])).toEqual([
    ['m:1', true],
    ['old:1', false],
  ]);
});

test('a matrix has what every model of the newest night made of every prompt', () => {
  const machine = makeMachine(6);
  const lines = [
    lineWith([stretch(0, 4, [a]), stretch(5, 5, [b], 'failed')]),
    lineWith([stretch(0, 4, [a])], { model: 'n:1' }),
    lineWith([stretch(0, 4, [a])], { model: 'retired:1', nights: [0, 1, 2, 3, 4] }),
  ];
  const { columns, rows } = buildMatrix(
    makeState({ machines: [machine], lines, prompts: [prompt] }),
    machine,
  );
  expect(columns.map(({ model }) => model)).toEqual(['m:1', 'n:1']);
  expect(rows.map(({ cells }) => cells)).toEqual([[{ state: 'failed', isNew: true }, null]]);
});

test.each([
  ['the same of all', ['seed 7', 'seed 7'], 'seed 7'],
  ['not the same', ['seed 7', ''], null],
])('a matrix tells options once that are %s', (_, options, told) => {
  const lines = options.map((it, index) =>
    lineWith([stretch(0, 5, [a])], { model: `m:${index}`, options: it }),
  );
  const state = makeState({ machines: [makeMachine(6)], lines, prompts: [prompt] });
  expect(buildMatrix(state, makeMachine(6)).options).toBe(told);
});

describe('an answer as one text', () => {
  const none = { text: '', toolCalls: [], embedding: null };
  test.each([
    ['what it said', { ...none, text: 'Paris' }, 'Paris'],
    [
      'which tools it called',
      { ...none, text: 'Let me see.', toolCalls: [{ name: 'weather', arguments: { city: 'Bern' } }] },
      'Let me see.\n[\n  {\n    "name": "weather",\n    "arguments": {\n      "city": "Bern"\n    }\n  }\n]',
    ],
    ['what nobody sees of it', { ...none, text: 'Pa\u200bris' }, 'Pa⟨U+200B⟩ris'],
    [
      'what it embedded',
      { ...none, embedding: { vectors: 2, dimensions: 384 } },
      '2 vectors of 384 dimensions',
    ],
  ])('is %s', (_, answer, text) => {
    expect(writeAnswer(answer)).toBe(text);
  });
});

describe('a prompt as it is sent', () => {
  const base = { id: 'p', title: 'P', category: 'facts', maxTokens: 8, checks: [] };
  test.each([
    [
      'text with pictures',
      { prompt: 'What is it?', images: ['x', 'y'] },
      [[null, '[2 images]\nWhat is it?']],
    ],
    [
      'messages',
      {
        messages: [
          { role: 'system' as const, content: 'Be brief.' },
          { role: 'user' as const, content: 'Hi' },
        ],
      },
      [
        ['system', 'Be brief.'],
        ['user', 'Hi'],
      ],
    ],
    [
      'texts to embed',
      { embed: ['one', 'two'] },
      [
        ['text 0, to be embedded', 'one'],
        ['text 1, to be embedded', 'two'],
      ],
    ],
  ])('shows %s', (_, sent, shown) => {
    expect(describeAsked({ ...base, ...sent }).map(({ title, content }) => [title, content])).toEqual(shown);
  });
});
