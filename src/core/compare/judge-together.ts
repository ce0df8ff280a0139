import type { LoadVariance, ModelVerdict, Verdict, VerdictWord } from '../../schema/verdict.ts';
import { joinVerdict } from './joint-line.ts';
import { judgeFamily } from './judge-family.ts';
import { judgeQuality } from './quality.ts';
import { judgeRequests } from './requests.ts';

/**
 * Gives a campaign its words: every metric of every changed model on every machine is one family, as whoever reads the
 * comment is alarmed by any of them. Judging again what was judged alone changes words and adjusted p values, never an
 * estimate.
 */
export function judgeTogether(verdicts: readonly Verdict[]): Verdict[] {
  const [settings] = verdicts.map((it) => it.settings);
  if (settings === undefined) return [];
  const models = verdicts.flatMap((verdict) => verdict.models);
  const metrics = verdicts.flatMap((verdict) =>
    verdict.models.flatMap((model) =>
      model.metrics.map((metric) => ({ metric, looks: verdict.settings.looks })),
    ),
  );
  const speed = judgeFamily(
    metrics.map(({ metric, looks }) => ({ ...metric, looks })),
    settings,
  );
  const quality = judgeQuality(
    models.map((model) => model.quality),
    settings.qualityAlpha,
  );
  const requests = judgeRequests(
    models.map((model) => model.requests),
    settings.alpha,
  );
  const speedOf = new Map(metrics.map(({ metric }, index) => [metric, speed[index]]));
  const qualityOf = new Map(models.map((model, index) => [model, quality[index]]));
  const requestsOf = new Map(models.map((model, index) => [model, requests[index]]));
  const word = (model: ModelVerdict): ModelVerdict => {
    const worded = {
      ...model,
      metrics: model.metrics.map((metric) => ({ ...metric, ...speedOf.get(metric) })),
      quality: { ...model.quality, ...qualityOf.get(model) },
      requests: model.requests && { ...model.requests, ...requestsOf.get(model) },
    };
    const joint = joinVerdict(worded, settings.floor);
    return { ...worded, joint: { ...joint, quality: joinQuality(worded) } };
  };
  const familySize = speed.filter(({ pValue }) => pValue !== null).length;
  return verdicts.map((verdict) => ({ ...verdict, familySize, models: verdict.models.map(word) }));
}

/** What answers are worth: a request that comes to nothing outweighs what the checks say of those that did not. */
function joinQuality({ quality, requests }: Pick<ModelVerdict, 'quality' | 'requests'>): VerdictWord {
  if (quality.word === 'regressed' || requests?.word === 'regressed') return 'regressed';
  return requests?.word === 'improved' ? 'improved' : quality.word;
}

/** What a paired comparison tells of the noise of loads, whether or not its models differ: for the machine's store. */
export function listLoadVariances({ models }: Pick<Verdict, 'models'>): LoadVariance[] {
  return models.flatMap(({ metrics }) => metrics.flatMap(({ ownVariance }) => ownVariance ?? []));
}
