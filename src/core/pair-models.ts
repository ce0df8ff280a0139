import type { Config, ModelOptions } from '../schema/config.ts';
import type { Think } from './request.ts';

/** A model as a config asks for it, with everything that is laid over it. */
export interface AskedModel {
  name: string;
  options: ModelOptions;
  think: Think | null;
}

export interface Pairing {
  /** Models that were changed: what was asked for before, and what is asked for now. */
  changed: { base: AskedModel; head: AskedModel }[];
  /** Models that both ask for in the same way: nothing to compare. */
  unchanged: AskedModel[];
  /** Models that only one of the two asks for, and that no other could have taken the place of. */
  added: AskedModel[];
  removed: AskedModel[];
}

/** The models of a config. */
export function listAskedModels({ models, options }: Pick<Config, 'models' | 'options'>): AskedModel[] {
  return models.map((model) => ({
    name: model.name,
    options: { ...options, ...('options' in model ? model.options : {}) },
    think: ('think' in model ? model.think : undefined) ?? null,
  }));
}

/**
 * Finds out which model took the place of which between two configs: the same tag first, then the same model under
 * another tag (`qwen3:8b` → `qwen3:14b`), then whatever is left, if one was taken out and one put in.
 */
export function pairModels(base: readonly AskedModel[], head: readonly AskedModel[]): Pairing {
  const left = { base: [...base], head: [...head] };
  const take = (matches: (base: AskedModel, head: AskedModel) => boolean) => {
    const pairs: Pairing['changed'] = [];
    for (const candidate of [...left.head]) {
      const partner = left.base.find((it) => matches(it, candidate));
      if (partner === undefined) continue;
      pairs.push({ base: partner, head: candidate });
      left.base.splice(left.base.indexOf(partner), 1);
      left.head.splice(left.head.indexOf(candidate), 1);
    }
    return pairs;
  };
  const same = take(isSame);
  const changed = [
    ...take((a, b) => a.name === b.name),
    ...take((a, b) => familyOf(a.name) === familyOf(b.name)),
    ...(left.base.length === 1 && left.head.length === 1 ? take(() => true) : []),
  ];
  const order = (it: { head: AskedModel }) => head.indexOf(it.head);
  return {
    changed: changed.sort((a, b) => order(a) - order(b)),
    unchanged: same.map((it) => it.head),
    added: left.head,
    removed: left.base,
  };
}

/** The models of one side alone as people are to read of them: where several have one tag, with what tells them apart. */
export function nameRest({ changed, unchanged, added, removed }: Pairing): {
  added: string[];
  removed: string[];
} {
  const both = [...unchanged, ...changed.flatMap(({ base, head }) => [base, head])];
  const all = [...both, ...added, ...removed];
  const name = (asked: AskedModel) => {
    const isAlone = all.filter((it) => it.name === asked.name).length === 1;
    return isAlone ? asked.name : `${asked.name} with ${describeSettings(asked)}`;
  };
  return { added: added.map(name), removed: removed.map(name) };
}

function describeSettings({ options, think }: AskedModel): string {
  const settings = Object.entries({ ...options, ...(think === null ? {} : { think }) });
  return settings.length === 0
    ? 'no options'
    : settings.map(([option, value]) => `${option} ${String(value)}`).join(', ');
}

function isSame(a: AskedModel, b: AskedModel): boolean {
  return describe(a) === describe(b);
}

function describe({ name, options, think }: AskedModel): string {
  const sorted = Object.entries(options).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return JSON.stringify([name, sorted, think ?? false]);
}

/** `qwen3` of `qwen3:8b`. A colon before a slash is a registry's port. */
function familyOf(name: string): string {
  const lastPart = name.lastIndexOf('/') + 1;
  const colon = name.indexOf(':', lastPart);
  return colon === -1 ? name : name.slice(0, colon);
}
