import { describeOptions } from '../../core/model-lines.ts';
import type { Run, Series, Variant } from '../../schema/run.ts';
import { type Column, columnsOf, listCodes } from './export-tables.ts';

export interface ModelRow {
  run: Run;
  variant: Variant;
}

export interface PromptRow {
  run: Run;
  variant: Variant | undefined;
  series: Series;
}

const of = { model: columnsOf<ModelRow>(), prompt: columnsOf<PromptRow>() };

/** One row a run and model: what holds of it as a whole. */
export const modelColumns: Column<ModelRow>[] = [
  of.model.text('run', 'Id of the run', ({ run }) => run.id),
  of.model.time('started_at', 'When the run started, UTC', ({ run }) => run.startedAt),
  of.model.text('machine', 'Id of the machine', ({ run }) => run.machine.id),
  of.model.text('model', 'Tag of the model', ({ variant }) => variant.name),
  of.model.text('digest', 'Identity of the model', ({ variant }) => variant.digest),
  of.model.text('variant', 'Key of the model with its options', ({ variant }) => variant.key),
  of.model.text('options', 'What it was asked with', ({ variant }) => describeOptions(variant)),
  of.model.text('parameter_size', 'As the server tells it', ({ variant }) => variant.parameterSize),
  of.model.text('quantization', 'As the server tells it', ({ variant }) => variant.quantization),
  of.model.whole('context_length', 'That the server loaded', ({ variant }) => variant.contextLength),
  of.model.whole('size_bytes', 'Of the weights on disk', ({ variant }) => variant.sizeBytes),
  of.model.whole('memory_bytes', 'What the loaded model takes', ({ variant }) => variant.memoryBytes),
  of.model.whole('vram_bytes', 'How much of that is on the GPU', ({ variant }) => variant.vramBytes),
  of.model.whole('loads', 'How often it was loaded', ({ variant }) => variant.loadMs.n),
  of.model.number('load_ms', 'Median of the loads', ({ variant }) => variant.loadMs.median),
  of.model.number(
    'load_from_disk_ms',
    'Of those that read the weights from disk',
    ({ variant }) => variant.loadFromDiskMs.median,
  ),
  of.model.number(
    'load_from_page_cache_ms',
    'Of those that found them in memory',
    ({ variant }) => variant.loadFromPageCacheMs.median,
  ),
  of.model.number(
    'joules_per_output_token',
    'All GPUs of the machine, idle power included',
    ({ variant }) => variant.energy.joulesPerOutputToken,
  ),
  of.model.whole('requests_ok', 'Requests that count', ({ variant }) => variant.counts.ok),
  of.model.whole('requests_failed', 'Requests without an answer', ({ variant }) => variant.counts.failed),
  of.model.whole(
    'requests_invalid',
    'Requests kept out of the figures',
    ({ variant }) => variant.counts.invalid,
  ),
  of.model.whole('answers', 'Answers that were judged', ({ variant }) => variant.checks.answers),
  of.model.whole(
    'answers_passed',
    'Those that passed every check',
    ({ variant }) => variant.checks.answersPassed,
  ),
  of.model.text('flags', 'Codes of what was not as it should be', ({ variant }) => listCodes(variant.flags)),
];

/** One row a run, model and prompt: what was asked, and what the checks said of the answers. */
export const promptColumns: Column<PromptRow>[] = [
  of.prompt.text('run', 'Id of the run', ({ run }) => run.id),
  of.prompt.time('started_at', 'When the run started, UTC', ({ run }) => run.startedAt),
  of.prompt.text('machine', 'Id of the machine', ({ run }) => run.machine.id),
  of.prompt.text('model', 'Tag of the model', ({ variant }) => variant?.name),
  of.prompt.text('digest', 'Identity of the model', ({ variant }) => variant?.digest),
  of.prompt.text('variant', 'Key of the model with its options', ({ series }) => series.variant),
  of.prompt.text('prompt', 'Id of the prompt', ({ series }) => series.prompt),
  of.prompt.text('category', 'Of the prompt', ({ run, series }) => findCategory(run, series.prompt)),
  of.prompt.whole('requests_ok', 'Requests that count', ({ series }) => series.counts.ok),
  of.prompt.whole('requests_failed', 'Requests without an answer', ({ series }) => series.counts.failed),
  of.prompt.whole(
    'requests_invalid',
    'Requests kept out of the figures',
    ({ series }) => series.counts.invalid,
  ),
  of.prompt.whole('answers', 'Answers that were judged', ({ series }) => series.checks.answers),
  of.prompt.whole(
    'answers_passed',
    'Those that passed every check',
    ({ series }) => series.checks.answersPassed,
  ),
  of.prompt.whole('distinct_answers', 'How many of them differ', ({ series }) => series.distinctAnswers),
  of.prompt.whole('checks', 'Checks of the answers', ({ series }) => series.checks.total),
  of.prompt.whole('checks_passed', 'Those that passed', ({ series }) => series.checks.passed),
  of.prompt.whole('json_expected', 'Answers that had to be JSON', ({ series }) => series.checks.jsonExpected),
  of.prompt.whole(
    'json_failures',
    'Those that did not parse',
    ({ series }) => series.checks.jsonParseFailures,
  ),
  of.prompt.whole(
    'json_fenced',
    'Those that parsed only inside a code fence',
    ({ series }) => series.checks.jsonFenced,
  ),
];

function findCategory({ promptSet }: Run, prompt: string): string | undefined {
  return promptSet.prompts.find(({ id }) => id === prompt)?.category;
}
