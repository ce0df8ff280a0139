import { detailedMachine, detailedVariant, makeAbilitiesRun } from './detailed-run.ts';
import { type MadeRun, type ModelSpec, makeRun } from './make-run.ts';

/** What a model may answer that must never be more than text. */
export const hostileAnswer =
  '<img src=x onerror="document.title=\'owned\'"></pre><script>alert(1)</script> ::error::x';

/** Twelve readings around a value, one of them three times as slow. */
const around = (value: number) =>
  [1, 1.01, 0.99, 1.02, 0.98, 3, 1, 1, 1.01, 0.99, 1, 1].map((factor) => factor * value);

/**
 * Six nights of two models on one machine, and one on another: on the fourth night the tag of the first model moves
 * to another digest, on the fifth the second model is not measured, on the sixth it is slower and answers markup, and
 * the run says all that a run may say. On a third machine models call tools and embed.
 */
export function makeNightlyRuns(): MadeRun[] {
  const nights = [1, 2, 3, 4, 5, 6].map((night) => {
    const isUpgraded = night >= 4;
    const moving: ModelSpec = {
      ...{ name: 'moving:latest', weights: isUpgraded ? 'v2' : 'v1', ttftMs: around(isUpgraded ? 60 : 48) },
      answers: {
        capital: [isUpgraded ? 'The capital of France is Paris.' : 'The capital of France is Lyon.'],
        contact: [isUpgraded ? '{"name":"Sam","email":"sam@example.com"}' : 'Sam, sam@example.com'],
      },
      ...(night === 6 ? { more: detailedVariant } : {}),
    };
    const steady: ModelSpec = {
      ...{ name: 'steady:135m', weights: 's', ttftMs: around(night === 6 ? 19 : 14) },
      answers: { capital: ['Paris'], contact: [night === 6 ? hostileAnswer : '{"name":"Sam"}'] },
    };
    const models = night === 5 ? [moving] : [moving, steady];
    return makeRun({
      startedAt: `2026-11-0${night}T01:30:00Z`,
      models,
      status: night === 5 ? 'partial' : 'complete',
      ...(night === 6 ? { more: detailedMachine } : {}),
    });
  });
  const elsewhere = makeRun({
    ...{ startedAt: '2026-11-04T03:00:00Z', machine: 'bbbbbbbbbbbb' },
    models: [{ name: 'steady:135m', weights: 's', ttftMs: around(7), answers: { capital: ['Paris'] } }],
  });
  return [...nights, elsewhere, makeAbilitiesRun()];
}
