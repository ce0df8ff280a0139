import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compareWithEarlier } from '../../../src/compare.ts';
import { decodeOutputs, decodeRun } from '../../../src/core/history/decode-run.ts';
import { decodeSamples } from '../../../src/core/history/decode-samples.ts';
import { type EncodedRun, encodeRun, nameContent } from '../../../src/core/history/encode-run.ts';
import { measure, metricIds } from '../../../src/core/metrics.ts';
import { currentSchemaVersion } from '../../../src/schema/documents.ts';
import {
  historyRun,
  historySamples,
  type KeptAnswer,
  keptAnswer,
  questions,
} from '../../../src/schema/history.ts';
import { sha256Text } from '../../../src/store/hash-text.ts';
import { readRunFolder } from '../../../src/store/read-run-folder.ts';
import { readWholeRun } from '../../../src/store/read-whole-run.ts';

const folder = join(import.meta.dirname, '../../schema/fixtures/run-1.0');
const whole = await readWholeRun(folder);
const { promptSet } = await readRunFolder(folder);
const encode = (of = whole) =>
  encodeRun({ ...of, promptSet, config: { models: ['a'] } }, { origin: null, hashText: sha256Text });

/** What a history gives back of a run, through JSON as files are. */
function decode(encoded: EncodedRun) {
  const run = historyRun.parse(JSON.parse(JSON.stringify(encoded.run)));
  const samples = historySamples.parse(JSON.parse(JSON.stringify(encoded.samples)));
  const asked = questions.parse(encoded.inputs.find(({ id }) => id === run.inputs.questions)?.document);
  const answers = new Map<string, KeptAnswer>(
    encoded.outputs.map(({ id, document }) => [id, keptAnswer.parse(document)]),
  );
  return {
    run: decodeRun(run, asked),
    samples: decodeSamples(samples, run, asked),
    outputs: decodeOutputs(run, asked, (id) => answers.get(id) ?? null),
  };
}

describe('of a run that was measured, a history gives back', () => {
  const found = decode(encode());

  test('who was asked what, how often, and what the checks said', () => {
    const facts = ({ series }: typeof whole.run) =>
      series.map(({ metrics, ...rest }) => ({ ...rest, medians: metricIds.map((it) => metrics[it].n) }));
    expect(facts(found.run)).toEqual(facts(whole.run));
    const { series, variants, ...rest } = found.run;
    const { series: _, variants: before, schemaVersion, ...same } = whole.run;
    expect({ ...rest, schemaVersion }).toEqual({ ...same, schemaVersion });
    expect(variants.map(({ key, digest }) => [key, digest])).toEqual(
      before.map(({ key, digest }) => [key, digest]),
    );
  });

  test('medians, their intervals and worst cases to four digits', () => {
    for (const [index, { metrics }] of whole.run.series.entries()) {
      for (const metric of metricIds) {
        const [was, is] = [metrics[metric], found.run.series[index]?.metrics[metric]];
        const pairs = [
          [was.median, is?.median],
          [was.medianInterval?.[0] ?? null, is?.medianInterval?.[0] ?? null],
          [was.slowest?.value ?? null, is?.slowest?.value ?? null],
        ] as const;
        for (const [before, now] of pairs) {
          if (before === null) expect(now).toBeNull();
          else expect(Math.abs((now ?? 0) / before - 1)).toBeLessThan(0.0006);
        }
      }
    }
  });

  test('what its machine knew of loads, as the same verdict is made of it', () => {
    const known = { metric: 'ttftMs' as const, variance: 0.000123456, degreesOfFreedom: 20, pairs: 48 };
    const knownLoads = [{ ...known, nightly: false }];
    const kept = { ...whole, run: { ...whole.run, knownLoads } };
    expect(decode(encode(kept)).run.knownLoads).toEqual(knownLoads);
  });

  test('every answer as it was', () => {
    // Whoever takes them out of a history writes them anew.
    const asWritten = whole.outputs.map((it) => ({ ...it, schemaVersion: currentSchemaVersion }));
    expect(found.outputs).toEqual(asWritten);
  });

  test('every judged and timed request, its metrics within half a per mille', () => {
    const kept = whole.samples.filter(({ phase }) => phase === 'bare' || phase === 'timed');
    expect(found.samples.map(({ id }) => id)).toEqual(
      kept.toSorted((a, b) => a.order - b.order).map(({ id }) => id),
    );
    const before = new Map(kept.map((it) => [it.id, it]));
    for (const sample of found.samples) {
      const was = before.get(sample.id);
      expect(sample.status).toBe(was?.status);
      expect(sample.order).toBe(was?.order);
      expect(sample.checks.map(({ pass, label }) => [pass, label])).toEqual(
        was?.checks.map(({ pass, label }) => [pass, label]),
      );
      for (const metric of metricIds) {
        const [value, now] = [was === undefined ? null : measure(metric, was), measure(metric, sample)];
        if (value === null) expect(now).toBeNull();
        else expect(Math.abs((now ?? 0) / value - 1)).toBeLessThan(0.0011);
      }
    }
  });

  test('the same words of a verdict', () => {
    const words = (verdict: ReturnType<typeof compareWithEarlier>) =>
      verdict.models.map(({ metrics, quality }) => [metrics.map(({ word }) => word), quality.word]);
    const { prompts } = whole;
    expect(words(compareWithEarlier([{ ...found, prompts }], { ...found, prompts }))).toEqual(
      words(compareWithEarlier([whole], whole)),
    );
  });
});

test('on another night, the same answers, questions, prompts and config have the same names', () => {
  const later = { ...whole, run: { ...whole.run, id: '20300101t000000z-000000' } };
  const names = ({ inputs, outputs }: EncodedRun) => [...inputs, ...outputs].map(({ id }) => id);
  expect(names(encode(later))).toEqual(names(encode()));
});

test('a document is named by its content, whatever the order of its keys', () => {
  expect(nameContent({ b: 1, a: [2] }, sha256Text)).toBe(nameContent({ a: [2], b: 1 }, sha256Text));
  // printf '{"a":[2],"b":1}' | sha256sum
  expect(nameContent({ a: [2], b: 1 }, sha256Text)).toBe('63c9663de90ee828bbda6cd9acf02d0c');
});

test('columns of other questions are refused', () => {
  const { run } = encode();
  expect(() => decodeRun(run, { schemaVersion: '2.0', questions: [] })).toThrow('for 0 questions');
});
