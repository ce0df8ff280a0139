import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFailed, setOutput, summary } from '@actions/core';
import type { compareFolders } from '../compare-folders.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { explainNoArtifacts } from '../store/artifacts.ts';
import { openGithubArtifacts } from '../store/collect-github.ts';
import { type GithubApi, type GithubApiAccess, openGithubApi } from '../store/github/api.ts';
import { listRunArtifacts } from '../store/github/run-artifacts.ts';
import { putStickyComment } from '../store/github/sticky-comment.ts';
import { InputError } from '../store/input-error.ts';
import { type Campaign, findCampaign } from './compare-campaign.ts';
import { check } from './compare-check.ts';
import { gatherRuns } from './compare-gather.ts';
import { type CompareInputs, readCompareInputs } from './compare-inputs.ts';
import { commentMarker, renderComment, renderCompareSummary } from './compare-render.ts';
import { annotate, uploadReport, writeReport } from './compare-report.ts';
import { explainComparison, findWorstWord, isNothingChanged } from './compare-verdict.ts';
import { type Env, type GithubContext, readGithubContext } from './github-context.ts';
import { actionLog, toLogText } from './log.ts';

/** `command: compare`: gathers what a workflow run measured, compares it, and says in its pull request what was found. */
export async function compareCommand(env: Env, compare: typeof compareFolders): Promise<void> {
  const inputs = readCompareInputs();
  const context = await readGithubContext(env);
  const uploads = canUpload(inputs, env);
  const access = readAccess(env, inputs, context);
  const api = openGithubApi(access);
  const campaign = await findCampaign(api, context, env.GITHUB_EVENT_PATH, inputs.workflowRun);
  const { workflowRun, pullRequest } = campaign;
  const temp = env.RUNNER_TEMP ?? tmpdir();

  const { folders, leftOut, unchanged } = await gatherRuns(
    openGithubArtifacts(access),
    await listRunArtifacts(api, workflowRun),
    workflowRun,
    await mkdtemp(join(temp, 'herdmark-runs-')),
  );
  // No warnings: the platform shows few of them, and the summary names these.
  for (const { artifact, reason } of leftOut) {
    actionLog.info(`Left out ${toPlainLine(artifact)}: ${toPlainLine(reason)}`);
  }
  const result = folders.length === 0 ? null : await compare(folders);
  const found = { result, leftOut: leftOut.length, unchanged: unchanged.length };
  setOutput('verdict', findWorstWord(found) ?? '');

  let reportUrl: string | null = null;
  if (result !== null) {
    const path = await writeReport(
      result.html,
      [inputs.artifactName, context.job, workflowRun, context.campaign?.id ?? 'here'],
      temp,
    );
    setOutput('report-path', path);
    if (uploads) reportUrl = await tryUpload(path, inputs, context);
  }
  const around = {
    ...{ leftOut, unchanged, reportUrl, headSha: 'headSha' in pullRequest ? pullRequest.headSha : null },
    runUrl: context.runUrl?.replace(/\d+$/, String(workflowRun)) ?? null,
  };
  await summary.addRaw(renderCompareSummary(result, around)).write();
  const failure = explainComparison(found, inputs.failOn);
  // Without a word from any benchmark there is nothing to be said of the commit.
  const isChecked =
    (result !== null || isNothingChanged(found)) &&
    (await check(api, campaign, inputs, { result, found }, around, failure));
  if (result !== null && !isChecked) annotate(result.annotations);
  if (inputs.comment !== 'false') await comment(api, campaign, inputs, renderComment(result, around));
  if (failure !== null) setFailed(toLogText(failure));
}

function readAccess(
  env: Env,
  { token }: CompareInputs,
  { source: { repository } }: GithubContext,
): GithubApiAccess {
  if (token === null || repository === null) {
    throw new InputError(
      'no-access',
      `${token === null ? 'Input token: it is empty' : 'GITHUB_REPOSITORY is not set'}, so that no artifacts can be read: compare in a job of GitHub Actions.`,
    );
  }
  const apiUrl = env.GITHUB_API_URL || 'https://api.github.com';
  return { repository, token, apiUrl, graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql` };
}

/** @throws {InputError} where the report has to be uploaded, and cannot be. */
function canUpload({ upload }: CompareInputs, env: Env): boolean {
  if (upload === 'false') return false;
  const obstacle = explainNoArtifacts(env);
  if (obstacle === null) return true;
  if (upload === 'true') throw new InputError('no-artifacts', obstacle);
  actionLog.warn(`The report will not be uploaded: ${obstacle}`);
  return false;
}

/** Without its report a comparison is worth saying, too. */
async function tryUpload(
  path: string,
  { upload, retentionDays }: CompareInputs,
  { runUrl }: GithubContext,
): Promise<string | null> {
  try {
    const { id } = await uploadReport(path, retentionDays);
    const url = runUrl === null ? null : `${runUrl}/artifacts/${id}`;
    if (url !== null) setOutput('report-url', url);
    return url;
  } catch (error) {
    if (upload === 'true') throw error;
    actionLog.warn(`The report could not be uploaded: ${String(error)}`);
    return null;
  }
}

async function comment(
  api: GithubApi,
  { pullRequest }: Campaign,
  { comment: wanted }: CompareInputs,
  text: string,
): Promise<void> {
  try {
    if ('reason' in pullRequest) {
      throw new InputError(
        'no-pull-request',
        `There is no pull request to comment on: ${pullRequest.reason}.`,
      );
    }
    const { url, outcome } = await putStickyComment(api, pullRequest.number, commentMarker, text);
    setOutput('comment-url', url);
    actionLog.info(`The comment was ${outcome}: ${url}`);
  } catch (error) {
    if (wanted === 'true' || !(error instanceof InputError)) throw error;
    actionLog.warn(error.message);
  }
}
