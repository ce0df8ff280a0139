import canonicalize from 'canonicalize';
import type { Run, Variant } from '../schema/run.ts';
import type { Reason } from '../schema/verdict.ts';
import { formatDigest } from './render/format.ts';
import { toPlainLine } from './render/untrusted-text.ts';

/** One thing that must be the same for two readings to be of the same thing. */
interface Circumstance {
  code: string;
  /** What people call it, as the start of `Ollama 0.33.0 → 0.34.1`. */
  name: string;
  /** Its value, fit to be shown; `none` where there is none. */
  value: string;
}

/** Where and under what a run was measured: what no change of a config is meant to change. */
function listSurroundings({
  machine,
  environment,
  plan,
}: Omit<Surrounded['run'], 'promptSet'>): Circumstance[] {
  const { gpus, server } = environment;
  const drivers = [...new Set(gpus?.map(({ driver }) => driver ?? 'unknown') ?? [])];
  return [
    { code: 'machine', name: 'machine', value: `${machine.label} (${machine.id})` },
    { code: 'gpu', name: 'GPU', value: gpus === null ? 'unknown' : list(gpus.map(({ model }) => model)) },
    { code: 'driver', name: 'GPU driver', value: list(drivers) },
    { code: 'server-version', name: 'Ollama', value: server.version },
    { code: 'server-settings', name: 'server settings', value: describeRecord(server.settings) },
    { code: 'cache', name: 'prompt cache', value: plan.cache === 'allow' ? 'allowed' : 'defeated' },
  ];
}

/**
 * Why two runs cannot be held against each other; nothing where they can, and of one run with itself. What a variant
 * declares is not looked at: in a comparison that is the treatment.
 */
export function findIncomparable(base: Run, head: Run): Reason[] {
  return findChanges(listSurroundings(base), listSurroundings(head)).map(({ code, name, before, after }) => ({
    code,
    reason: toPlainLine(`Not the same ${name}: ${before} → ${after}.`),
  }));
}

/** What of a model was changed on purpose, in words; nothing where it is held against itself. */
export function describeTreatment(base: Variant, head: Variant): string[] {
  return [
    ...findChanges(listDeclared(base), listDeclared(head)).map(describeChange),
    ...describeAskedChanges(base, head),
  ];
}

/** What a model is asked with. */
export type Asked = Pick<Variant, 'options' | 'think' | 'contextLength'>;

/** What of it differs, option by option: `num_ctx 512 → 1024`. */
export function describeAskedChanges(before: Asked, after: Asked): string[] {
  const names = [...new Set([before, after].flatMap(({ options }) => Object.keys(options)))].sort();
  const isAskedFor = ({ options, contextLength }: Asked) => options.num_ctx === contextLength;
  return findChanges(
    [...listOptions(before, names), ...listThinkAndContext(before)],
    [...listOptions(after, names), ...listThinkAndContext(after)],
  )
    .filter(({ code }) => code !== 'context' || !isAskedFor(before) || !isAskedFor(after))
    .map(describeChange);
}

/**
 * Which stretch of history a variant's readings belong to: within one epoch they can be held against each other night by
 * night. The digest is not in it: a tag that moved is news of the model, and an alarm of its own.
 */
export function epochOf(run: Surrounded['run'], variant: Surrounded['variant']): string {
  return canonicalize(listEpoch(run, variant).map(({ code, value }) => [code, value])) ?? '';
}

/** A reading's run and its variant there. */
export interface Measured {
  run: Run;
  variant: Variant;
}

/** What of a reading tells its epoch. */
export interface Surrounded {
  run: Pick<Run, 'machine'> & {
    environment: Pick<Run['environment'], 'gpus' | 'server'>;
    plan: Pick<Run['plan'], 'cache'>;
    promptSet: Pick<Run['promptSet'], 'id' | 'version' | 'hash'>;
  };
  variant: Asked;
}

/** What an epoch's boundary came with, such as `Ollama 0.33.0 → 0.34.1`: what moved there may be due to any of it. */
export function describeEpochChange(before: Surrounded, after: Surrounded): string[] {
  return [
    ...findChanges(listRunEpoch(before.run), listRunEpoch(after.run)).map(describeChange),
    ...describeAskedChanges(before.variant, after.variant),
  ];
}

function listEpoch(run: Surrounded['run'], variant: Asked): Circumstance[] {
  return [
    ...listRunEpoch(run),
    { code: 'options', name: 'options', value: describeRecord(variant.options) },
    ...listThinkAndContext(variant),
  ];
}

function listRunEpoch(run: Surrounded['run']): Circumstance[] {
  const { id, version, hash } = run.promptSet;
  return [
    ...listSurroundings(run),
    { code: 'prompt-set', name: 'prompt set', value: `${id}@${version} (${formatDigest(hash)})` },
  ];
}

function listOptions({ options }: Asked, names: readonly string[]): Circumstance[] {
  const values: Readonly<Record<string, unknown>> = options;
  return names.map((name) => {
    const value = values[name];
    return { code: `option ${name}`, name, value: value === undefined ? 'default' : describeValue(value) };
  });
}

function listThinkAndContext({ think, contextLength }: Asked): Circumstance[] {
  return [
    { code: 'think', name: 'think', value: String(think ?? false) },
    { code: 'context', name: 'context', value: String(contextLength ?? 'unknown') },
  ];
}

function listDeclared(variant: Variant): Circumstance[] {
  const { name, digest, parameterSize, quantization, templateHash } = variant;
  return [
    { code: 'name', name: 'tag', value: name },
    { code: 'digest', name: 'digest', value: formatDigest(digest) },
    { code: 'parameter-size', name: 'parameters', value: parameterSize ?? 'unknown' },
    { code: 'quantization', name: 'quantization', value: quantization ?? 'unknown' },
    {
      code: 'template',
      name: 'template',
      value: templateHash === null ? 'none' : formatDigest(templateHash),
    },
  ];
}

interface Change {
  code: string;
  name: string;
  before: string;
  after: string;
}

function findChanges(before: readonly Circumstance[], after: readonly Circumstance[]): Change[] {
  return before.flatMap(({ code, name, value }) => {
    const now = after.find((it) => it.code === code)?.value ?? 'none';
    return now === value ? [] : { code, name, before: value, after: now };
  });
}

function describeChange({ name, before, after }: Change): string {
  return toPlainLine(`${name} ${before} → ${after}`);
}

/** `num_ctx 4096, seed 7`, whatever the order of the keys. */
function describeRecord(record: Readonly<Record<string, unknown>>): string {
  return list(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => a.localeCompare(b, 'en'))
      .map(([key, value]) => `${key} ${describeValue(value)}`),
  );
}

function describeValue(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function list(items: readonly string[]): string {
  return items.length === 0 ? 'none' : items.join(', ');
}
