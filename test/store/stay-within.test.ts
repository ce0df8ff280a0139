import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadBenchInputs } from '../../src/store/load-bench-inputs.ts';
import { loadPromptSet } from '../../src/store/load-prompt-set.ts';
import { stayWithin } from '../../src/store/stay-within.ts';

const set =
  'id: mine\nversion: 1\ntitle: Mine\nprompts: [{ id: one, title: One, category: c, prompt: Hi, checks: [{ type: json }] }]\n';

test('a pull request’s prompts are read from the workspace alone, links followed', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-within-'));
  const workspace = join(folder, 'workspace');
  await mkdir(workspace);
  await writeFile(join(folder, 'secret.yaml'), set);
  await writeFile(join(workspace, 'mine.yaml'), set);
  await symlink(join(folder, 'secret.yaml'), join(workspace, 'link.yaml'));

  const refused = { code: 'outside-workspace' };
  await expect(loadPromptSet('mine.yaml', workspace, workspace)).resolves.toMatchObject({ id: 'mine' });
  await expect(loadPromptSet('core', workspace, workspace)).resolves.toMatchObject({ id: 'core' });
  await expect(loadPromptSet('../secret.yaml', workspace, workspace)).rejects.toMatchObject(refused);
  await expect(loadPromptSet('link.yaml', workspace, workspace)).rejects.toMatchObject(refused);
  await expect(loadPromptSet('../secret.yaml', workspace)).resolves.toMatchObject({ id: 'mine' });
  await writeFile(join(folder, 'image.png'), '');
  const withImage = set.replace('prompt: Hi', 'prompt: Hi, images: [../image.png]');
  await writeFile(join(workspace, 'image.yaml'), withImage);
  await expect(loadPromptSet('image.yaml', workspace, workspace)).rejects.toMatchObject(refused);
});

test('and so is its config', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'herdmark-within-'));
  const workspace = join(folder, 'workspace');
  await mkdir(workspace);
  await writeFile(join(folder, 'secret.yml'), 'AKIASECRET: 1\n');
  const [link, own] = [join(workspace, 'herdmark.yml'), join(workspace, 'own.yml')];
  await symlink(join(folder, 'secret.yml'), link);
  await writeFile(own, 'models: [a]\n');

  await expect(loadBenchInputs(own, {}, workspace)).resolves.toMatchObject({ config: { prompts: 'core' } });
  const refusal = await loadBenchInputs(link, {}, workspace).catch((error) => error);
  expect(refusal).toMatchObject({ code: 'outside-workspace' });
  expect(String(refusal)).not.toContain('AKIASECRET');
});

test('what is not there is for its reader to tell', async () => {
  await expect(stayWithin(tmpdir(), join(tmpdir(), 'not-there.yaml'))).resolves.toBeUndefined();
});
