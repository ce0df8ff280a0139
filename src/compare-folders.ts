import { compareWithin } from './compare.ts';
import { listAnswerPairs } from './core/compare/answer-pairs.ts';
import { judgeTogether } from './core/compare/judge-together.ts';
import { toPlainLine } from './core/render/untrusted-text.ts';
import { renderVerdicts } from './core/render/verdict-markdown.ts';
import { renderReport } from './report/html-report.ts';
import type { ModelVerdict, Verdict, VerdictWord } from './schema/verdict.ts';
import { type ConfigLines, readConfigLines } from './store/config-lines.ts';
import { readWholeRun } from './store/read-whole-run.ts';

export interface CampaignComparison {
  verdicts: Verdict[];
  markdown: string;
  summaryMarkdown: string;
  html: string;
  /** How often each word was given, to the speed of a model or to what its answers are worth. */
  words: Partial<Record<VerdictWord, number>>;
  annotations: { file: string; line: number; message: string; level: 'error' | 'notice' }[];
}

/** Room is left below GitHub's 1 MiB for what the job says beside it. */
const summaryBytes = 1_000_000;

/**
 * Compares the two sides of every run of a campaign, one for each machine, and judges all of them as one family: whoever
 * reads the comment is alarmed by any of them. What its machine knew of its loads comes with each run.
 */
export async function compareFolders(folders: readonly string[]): Promise<CampaignComparison> {
  const runs = await Promise.all(folders.map(readWholeRun));
  const verdicts = judgeTogether(runs.map((whole) => compareWithin(whole, whole.plan)));
  const answers = verdicts.flatMap((verdict) => listAnswerPairs(verdict, runs));
  const lines = await Promise.all(folders.map(readConfigLines));
  const words = verdicts.flatMap(({ models }) => models.flatMap(({ joint }) => [joint.speed, joint.quality]));
  return {
    verdicts,
    markdown: renderVerdicts(verdicts, { reportUrl: null, answers }),
    summaryMarkdown: renderVerdicts(verdicts, { reportUrl: null, answers, maxBytes: summaryBytes }),
    html: renderReport(verdicts, answers),
    words: Object.fromEntries(
      [...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length]),
    ),
    annotations: verdicts.flatMap((verdict, index) =>
      verdict.models.flatMap((model) => annotate(model, lines[index] ?? null)),
    ),
  };
}

/** On the line of the config that asks for the model. */
function annotate(
  { head, joint }: ModelVerdict,
  lines: ConfigLines | null,
): CampaignComparison['annotations'] {
  const line = lines?.models[head.name];
  if (lines === null || line === undefined) return [];
  const isWorse = joint.speed === 'regressed' || joint.quality === 'regressed';
  const message = toPlainLine(`${head.name}: ${joint.line}`, 2000);
  return [{ file: lines.file, line, message, level: isWorse ? 'error' : 'notice' }];
}
