import { expect, it } from 'vitest';
import {
  explainEarlyMistrust,
  explainMistrust,
  type ListedRun,
  type WorkflowRun,
} from '../../src/store/collect-trust.ts';
import { makeWorkflowRun } from './github-api.ts';

const rules = { branch: 'main', workflows: ['.github/workflows/nightly.yml'] };

it.each<[string, Partial<WorkflowRun>, string | null]>([
  ['a schedule', {}, null],
  ['a push', { event: 'push' }, null],
  ['a dispatch', { event: 'workflow_dispatch' }, null],
  ['a path with its ref', { path: '.github/workflows/nightly.yml@main' }, null],
  ['a fork whose branch is called main', { head_repository: { id: 2 } }, 'it comes from a fork'],
  ['a fork that was deleted', { head_repository: null }, 'it comes from a fork'],
  ['a pull request', { event: 'pull_request' }, 'its workflow was started by pull_request'],
  [
    'a privileged pull request',
    { event: 'pull_request_target' },
    'its workflow was started by pull_request_target',
  ],
  ['another branch', { head_branch: 'try' }, 'it comes from branch try, not main'],
  [
    'another workflow',
    { path: '.github/workflows/ci.yml' },
    'workflow .github/workflows/ci.yml is not among .github/workflows/nightly.yml',
  ],
])('explainMistrust of %s', (_, changes, expected) => {
  expect(explainMistrust(makeWorkflowRun(changes), rules)).toBe(expected);
});

it.each<[string, ListedRun, string | null]>([
  ['nothing told', {}, null],
  ['nulls', { repository_id: 1, head_repository_id: null, head_branch: null }, null],
  ['its own branch', { repository_id: 1, head_repository_id: 1, head_branch: 'main' }, null],
  [
    'a fork whose branch is called main',
    { repository_id: 1, head_repository_id: 2, head_branch: 'main' },
    'it comes from a fork',
  ],
  ['another branch', { head_branch: 'try' }, 'it comes from branch try, not main'],
])('explainEarlyMistrust of %s', (_, listed, expected) => {
  expect(explainEarlyMistrust(listed, rules)).toBe(expected);
});
