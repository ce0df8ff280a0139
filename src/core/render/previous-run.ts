import type { Run, Variant } from '../../schema/run.ts';

/** Why the numbers of two runs may not stand side by side, as clauses; none where they may. */
export function findDifferences(run: Run, previous: Run): string[] {
  const { environment: now, promptSet: asked } = run;
  const { environment: before, promptSet: askedBefore } = previous;
  return [
    ...(run.machine.id === previous.machine.id
      ? []
      : [`it ran on another machine (${previous.machine.label})`]),
    ...(asked.hash === askedBefore.hash
      ? []
      : [`it asked ${askedBefore.id}@${askedBefore.version}, other prompts`]),
    ...((run.plan.cache === 'allow') === (previous.plan.cache === 'allow')
      ? []
      : [`it treated the prompt cache otherwise (cache: ${previous.plan.cache})`]),
    ...(now.server.version === before.server.version ? [] : [`it had Ollama ${before.server.version}`]),
    ...(describeDrivers(now) === describeDrivers(before) ? [] : ['its GPU or driver was another']),
  ];
}

/** The same model as it was in a run before, where it was asked with the same options. */
export function findVariantBefore(variant: Variant, previous: Run): Variant | undefined {
  const asked = describeOptions(variant);
  return previous.variants.find(
    (before) => before.name === variant.name && describeOptions(before) === asked,
  );
}

function describeDrivers({ gpus }: Run['environment']): string {
  return JSON.stringify(gpus?.map(({ model, driver }) => [model, driver]) ?? null);
}

function describeOptions({ options, think, contextLength }: Variant): string {
  const sorted = Object.entries(options).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return JSON.stringify([sorted, think, contextLength]);
}
