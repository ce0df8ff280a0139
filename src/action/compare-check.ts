import type { CampaignComparison } from '../compare-folders.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';
import { describeOutcome } from '../core/render/verdict-headline.ts';
import type { GithubApi } from '../store/github/api.ts';
import { createCheckRun } from '../store/github/check-run.ts';
import { InputError } from '../store/input-error.ts';
import type { Campaign } from './compare-campaign.ts';
import type { CompareInputs } from './compare-inputs.ts';
import { renderCheckSummary, type Surroundings } from './compare-render.ts';
import { type Found, findWorstWord } from './compare-verdict.ts';
import { actionLog } from './log.ts';

/**
 * Says at the commit that was measured what was found, and marks the lines of its config. Needed where another workflow
 * run compares than the one that measured: what its own log marks, nobody sees in the pull request.
 * @param result null where no model was changed.
 * @param failure why the job fails; null if it does not.
 * @returns whether the check is there.
 * @throws {InputError} where it has to be, and cannot.
 */
export async function check(
  api: GithubApi,
  { pullRequest, isOwnRun }: Campaign,
  { check: wanted }: Pick<CompareInputs, 'check'>,
  { result, found }: { result: CampaignComparison | null; found: Found },
  around: Surroundings,
  failure: string | null,
): Promise<boolean> {
  if (wanted === 'false' || (wanted === 'auto' && (isOwnRun || 'reason' in pullRequest))) return false;
  try {
    if ('reason' in pullRequest) {
      throw new InputError('no-pull-request', `There is no commit to check: ${pullRequest.reason}.`);
    }
    const { url } = await createCheckRun(api, {
      ...{ name: 'Herdmark', headSha: pullRequest.headSha, detailsUrl: around.reportUrl },
      conclusion: conclude(found, failure),
      title: toPlainLine(result === null ? 'No model was changed' : describeOutcome(result.verdicts)),
      summary: renderCheckSummary(result, around),
      annotations: (result?.annotations ?? []).map((it) => ({
        ...it,
        message: toPlainLine(it.message, 1000),
      })),
    });
    actionLog.info(`The check is at the commit${url === null ? '' : `: ${url}`}`);
    return true;
  } catch (error) {
    if (wanted === 'true' || !(error instanceof InputError)) throw error;
    actionLog.info(error.message);
    return false;
  }
}

/** A check fails where its job does, so that a pull request is kept from being merged by `fail-on` alone. */
function conclude(found: Found, failure: string | null): 'success' | 'neutral' | 'failure' {
  if (failure !== null) return 'failure';
  const word = findWorstWord(found);
  return word === null || word === 'unchanged' || word === 'improved' ? 'success' : 'neutral';
}
