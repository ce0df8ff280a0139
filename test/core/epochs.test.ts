import { describe, expect, test } from 'vitest';
import { describeEpochChange, describeTreatment, epochOf, findIncomparable } from '../../src/core/epochs.ts';
import type { Run, Variant } from '../../src/schema/run.ts';
import { digest, makeRun, makeVariant } from '../blank-run.ts';

const gpu = { vendor: 'NVIDIA', model: 'RTX 4090', vramBytes: null, driver: '570.86' };
const run = makeRun();
const environment = { ...run.environment, gpus: [gpu] };
const base = makeRun({ environment });
const on = (changes: Partial<Run['environment']>) => makeRun({ environment: { ...environment, ...changes } });

describe('two runs', () => {
  test('on the same machine under the same server are comparable, and so is a run with itself', () => {
    expect(findIncomparable(base, base)).toEqual([]);
    expect(findIncomparable(base, makeRun({ environment, id: '20261125t013000z-4f09ab' }))).toEqual([]);
  });

  test.each<[string, Run, string]>([
    [
      'machine',
      makeRun({ environment, machine: { id: 'ba9876543210', label: 'another' } }),
      'Not the same machine: a GPU (0123456789ab) → another (ba9876543210).',
    ],
    ['gpu', on({ gpus: [{ ...gpu, model: 'RTX 5090' }] }), 'Not the same GPU: RTX 4090 → RTX 5090.'],
    ['gpu', on({ gpus: [gpu, gpu] }), 'Not the same GPU: RTX 4090 → RTX 4090, RTX 4090.'],
    ['driver', on({ gpus: [{ ...gpu, driver: '575.10' }] }), 'Not the same GPU driver: 570.86 → 575.10.'],
    [
      'server-version',
      on({ server: { version: '0.15.0', settings: {} } }),
      'Not the same Ollama: 0.14.0 → 0.15.0.',
    ],
    [
      'server-settings',
      on({ server: { version: '0.14.0', settings: { OLLAMA_FLASH_ATTENTION: '1' } } }),
      'Not the same server settings: none → OLLAMA_FLASH_ATTENTION 1.',
    ],
    [
      'cache',
      makeRun({ environment, plan: { ...run.plan, cache: 'allow' } }),
      'Not the same prompt cache: defeated → allowed.',
    ],
  ])('differ in %s', (code, head, reason) => {
    expect(findIncomparable(base, head)).toEqual([{ code, reason }]);
  });

  test('that measure the cache and that defeat it send the same', () => {
    expect(findIncomparable(base, makeRun({ environment, plan: { ...run.plan, cache: 'measure' } }))).toEqual(
      [],
    );
  });

  test('say every reason, and nothing that could be markup or a command', () => {
    const server = { version: '0.15.0\n::error::x', settings: {} };
    const reasons = findIncomparable(base, on({ server, gpus: null }));
    expect(reasons.map(({ code }) => code)).toEqual(['gpu', 'driver', 'server-version']);
    expect(reasons.at(-1)?.reason).toBe('Not the same Ollama: 0.14.0 → 0.15.0 ::error::x.');
  });
});

const tiny: Variant = {
  ...makeVariant('tiny', 1, 1, 1),
  ...{ quantization: 'Q4_K_M', contextLength: 2048, options: { seed: 7, temperature: 0 } },
};

describe('what was changed of a model', () => {
  test.each<[string, Partial<Variant>, string[]]>([
    ['nothing', {}, []],
    ['nothing but the order of options', { options: { temperature: 0, seed: 7 } }, []],
    ['the tag moved', { digest: digest('ffffffff') }, ['digest 0123abcd → ffffffff']],
    [
      'quantization and context',
      { quantization: 'Q8_0', contextLength: 4096, options: { seed: 7, temperature: 0, num_ctx: 4096 } },
      ['quantization Q4_K_M → Q8_0', 'num_ctx default → 4096', 'context 2048 → 4096'],
    ],
    [
      'an option is gone, and another is new',
      { options: { seed: 7, stop: ['a', 'b'] } },
      ['stop default → ["a","b"]', 'temperature 0 → default'],
    ],
    ['it may think', { think: 'high' }, ['think false → high']],
    ['another template', { templateHash: digest('a') }, ['template none → a0000000']],
  ])('%s', (_, changes, words) => {
    expect(describeTreatment(tiny, { ...tiny, ...changes })).toEqual(words);
  });

  test('a context that num_ctx asks for on both sides is told once', () => {
    const before = { ...tiny, options: { num_ctx: 2048 } };
    const after = { ...tiny, options: { num_ctx: 4096 }, contextLength: 4096 };
    expect(describeTreatment(before, after)).toEqual(['num_ctx 2048 → 4096']);
    const lowered = { ...after, contextLength: 3072 };
    expect(describeTreatment(before, lowered)).toEqual(['num_ctx 2048 → 4096', 'context 2048 → 3072']);
  });
});

describe('an epoch', () => {
  const key = epochOf(base, tiny);

  test('goes on where the tag moved or another night came', () => {
    const later = makeRun({ environment, id: '20261125t013000z-4f09ab' });
    const moved: Variant = { ...tiny, digest: digest('ffffffff') };
    expect(epochOf(later, moved)).toBe(key);
    expect(epochOf(base, { ...tiny, options: { temperature: 0, seed: 7 } })).toBe(key);
  });

  test.each<[string, Run, Variant, string[]]>([
    ['Ollama', on({ server: { version: '0.15.0', settings: {} } }), tiny, ['Ollama 0.14.0 → 0.15.0']],
    [
      'the prompt set',
      makeRun({ environment, promptSet: { ...run.promptSet, version: 2, hash: digest('b') } }),
      tiny,
      ['prompt set core@1 (a0000000) → core@2 (b0000000)'],
    ],
    ['options', base, { ...tiny, options: {} }, ['seed 7 → default', 'temperature 0 → default']],
    ['context', base, { ...tiny, contextLength: null }, ['context 2048 → unknown']],
  ])('ends with another %s, and says so', (_, after, variant, words) => {
    expect(epochOf(after, variant)).not.toBe(key);
    expect(describeEpochChange({ run: base, variant: tiny }, { run: after, variant })).toEqual(words);
  });
});
