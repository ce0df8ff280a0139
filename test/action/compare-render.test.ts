import { expect, it } from 'vitest';
import { commentMarker, renderComment, renderCompareSummary } from '../../src/action/compare-render.ts';
import type { CampaignComparison } from '../../src/compare-folders.ts';

const result: CampaignComparison = {
  ...{ markdown: 'In short.\n', summaryMarkdown: 'In full.\n', html: '' },
  ...{ words: {}, annotations: [], verdicts: [] },
};
const nowhere = { leftOut: [], unchanged: [], headSha: null, reportUrl: null, runUrl: null };
const around = {
  unchanged: [],
  leftOut: [{ artifact: '@mallory `x`', reason: 'it holds "<b>" and closes #1' }],
  headSha: 'a1b2c3d4e5f60718293a4b5c6d7e8f9001122334',
  reportUrl: 'https://github.com/acme/llm-bench/actions/runs/5151/artifacts/7000',
  runUrl: 'https://github.com/acme/llm-bench/actions/runs/4242',
};
const links =
  'Commit `a1b2c3d4e5f6` · [Report with all answers that changed](https://github.com/acme/llm-bench/actions/runs/5151/artifacts/7000) · [Workflow run](https://github.com/acme/llm-bench/actions/runs/4242)\n';

it('puts around the comparison what a reader needs', () => {
  expect(renderComment(result, around)).toBe(
    `In short.

<details>
<summary>Left out: 1 of the artifacts</summary>

- \`\` @mallory \`x\` \`\`: it holds "\\<b>" and closes #\u200b1

</details>

${links}`,
  );
  expect(renderCompareSummary(result, nowhere)).toBe('In full.\n\n');
});

it('says that nothing was compared', () => {
  expect(renderComment(null, nowhere)).toContain('**Nothing was compared.**');
});

it('says that no model was changed, and what came and went', () => {
  const unchanged = [
    { added: ['gemma3:27b', '@mallory'], removed: [] },
    { added: ['gemma3:27b'], removed: ['qwen3:8b'] },
  ];
  const said = renderComment(null, { ...nowhere, unchanged });
  expect(said.trimEnd()).toBe(
    [
      '**No model was changed, so there was nothing to compare.**',
      '`gemma3:27b`, `@mallory` are new: there is nothing to hold them against.',
      '`qwen3:8b` is no longer asked for.',
    ].join('\n\n'),
  );
  const beside = renderComment(result, { ...nowhere, unchanged: unchanged.slice(1) });
  expect(beside).toContain('In short.\n\nWhere no model was changed: `gemma3:27b` is new: there is');
  expect(renderComment(null, { ...nowhere, unchanged: [{ added: [], removed: [] }] }).trimEnd()).toBe(
    '**No model was changed, so there was nothing to compare.**',
  );
});

it('cuts nothing in half: what is too long is only pointed at', () => {
  const short = `The comparison is too long to be shown here.\n\n${links}`;
  const most = 65_536 - commentMarker.length - 1;
  const nothingLeftOut = { ...around, leftOut: [] };
  const rest = renderComment({ ...result, markdown: 'x' }, nothingLeftOut).length - 1;
  const write = (characters: number) =>
    renderComment({ ...result, markdown: 'é'.repeat(characters) }, nothingLeftOut);
  expect(write(most - rest)).toHaveLength(most);
  expect(write(most - rest + 1)).toBe(short);
  expect(renderCompareSummary({ ...result, summaryMarkdown: 'é'.repeat(2 ** 19) }, around)).toBe(short);
  expect(renderCompareSummary({ ...result, summaryMarkdown: 'é'.repeat(2 ** 18) }, around)).toContain('éé');
});

it('leaves the names of artifacts to the log before it leaves out the verdict', () => {
  const leftOut = Array.from({ length: 20 }, () => ({ artifact: 'a'.repeat(120), reason: 'r'.repeat(300) }));
  const text = renderComment({ ...result, markdown: 'é'.repeat(60_000) }, { ...around, leftOut });
  expect(text).toMatch(/^é+\n\nLeft out: 20 of the artifacts\. The log of this job names them\.\n\nCommit/);
});

it('names no more artifacts than a reader reads', () => {
  const leftOut = Array.from({ length: 22 }, (_, n) => ({ artifact: `a-${n}`, reason: 'it has expired' }));
  const text = renderComment(result, { ...nowhere, leftOut });
  expect(text).toContain('Left out: 22 of the artifacts');
  expect(text).toContain('- `a-19`: it has expired\n- and 2 more\n');
});
