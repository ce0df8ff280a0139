// What src/action/main.ts is to the real comparison: `command: compare` with one that a test has made up.
import { basename } from 'node:path';
import { compareCommand } from '../../src/action/compare-command.ts';
import { reportFailure } from '../../src/action/report-failure.ts';

const madeUp = JSON.parse(process.env.MADE_UP_RESULT ?? '{}');

await compareCommand(process.env, async (folders) => {
  const runs = folders.map((it) => basename(it)).join(', ');
  return {
    markdown: `### Compared\n\n${runs}\n`,
    summaryMarkdown: `### Compared in full\n\n${runs}\n`,
    html: `<!doctype html><title>Report</title><p>${runs}`,
    words: { unchanged: 4 },
    annotations: [],
    verdicts: [],
    ...madeUp,
  };
}).catch(reportFailure);
