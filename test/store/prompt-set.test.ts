import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Answer, judgeAnswer } from '../../src/core/checks/judge-answer.ts';
import { type Prompt, promptSet } from '../../src/schema/prompt-set.ts';
import { loadPromptSet, publishPromptSet } from '../../src/store/load-prompt-set.ts';

const set = `id: mine
version: 1
title: Mine
prompts:
  - id: greet
    title: Greet
    category: rewrite
    prompt: Say hello.
    checks:
      - type: facts
        present: [hello]
`;

const tool = {
  type: 'function',
  function: { name: 'now', description: 'The time', parameters: { type: 'object', properties: {} } },
};
/** A picture of one pixel. */
const dot = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'herdmark-prompts-'));
});

async function problemOf(text: string): Promise<string> {
  await writeFile(join(folder, 'mine.v1.yaml'), text);
  const error: unknown = await loadPromptSet('mine.v1.yaml', folder).catch((error: unknown) => error);
  return error instanceof Error ? error.message.replaceAll(folder, '') : 'none';
}

describe('a prompt set', () => {
  test('has an identity that neither comments nor the order of keys change', async () => {
    await writeFile(join(folder, 'a.yaml'), set);
    await writeFile(join(folder, 'b.yaml'), `# a comment\nversion: 1\n${set.replace('version: 1\n', '')}`);
    await writeFile(join(folder, 'c.yaml'), set.replace('Say hello.', 'Say hallo.'));
    const [a, b, c] = await Promise.all(
      ['a.yaml', 'b.yaml', 'c.yaml'].map((name) => loadPromptSet(name, folder)),
    );
    expect(a?.hash).toBe(b?.hash);
    expect(a?.hash).not.toBe(c?.hash);
  });

  test('once published is refused when it changes under its version', async () => {
    const path = join(folder, 'mine.v1.yaml');
    await writeFile(path, set);
    const { hash } = await publishPromptSet('mine.v1.yaml', folder);
    expect(JSON.parse(await readFile(join(folder, 'published.json'), 'utf8'))).toEqual({ 'mine@1': hash });

    expect(await problemOf(set.replace('Say hello.', 'Say hello!'))).toMatch(
      /mine\.v1\.yaml: version 1 of "mine" was published as sha256:\w{64} and is now sha256:\w{64}.*save it as mine\.v2\.yaml with version: 2/,
    );
    expect(await problemOf(set.replace('version: 1', 'version: 2').replace('Say hello.', 'Say hello!'))).toBe(
      'none',
    );
    expect(await problemOf(set)).toBe('none');
  });

  test.each([
    [
      'has no prompts',
      set.replace(/prompts:[\s\S]*/, 'prompts: []\n'),
      '/mine.v1.yaml:4:10: prompts: the prompt set is empty: add at least one prompt',
    ],
    ['is an empty file', '', '/mine.v1.yaml: id: is missing (string expected)'],
    [
      'has a prompt without a check',
      set.replace(/checks:[\s\S]*/, 'checks: []\n'),
      '/mine.v1.yaml:9:13: prompts[0].checks: Too small: expected array to have >=1 items',
    ],
    [
      'misspells a key',
      set.replace('prompt: Say', 'promt: Say'),
      '/mine.v1.yaml:8:5: prompts[0].promt: unknown key "promt": check the spelling, or take it out',
    ],
    [
      'has a check that is none',
      set.replace('facts', 'fact'),
      '/mine.v1.yaml:10:15: prompts[0].checks[0].type: Invalid discriminator value. Expected',
    ],
    [
      'uses an id twice',
      set + set.split('prompts:\n')[1],
      '/mine.v1.yaml:12:9: prompts[1].id: "greet" is used twice; ids must be unique',
    ],
    ['is not YAML', set.replace('title: Mine', 'title: "Mine'), '/mine.v1.yaml:12:1: Missing closing "quote'],
    [
      'has a regular expression that is none',
      set.replace(/- type: facts[\s\S]*/, "- type: regex\n        pattern: '('\n"),
      '/mine.v1.yaml:11:18: prompts[0].checks[0].pattern: pattern is not a valid regular expression',
    ],
  ])('that %s is refused with file, line and fix', async (_, text, expected) => {
    expect(await problemOf(text)).toContain(expected);
  });

  test.each([
    [
      'asks in two ways',
      set.replace('prompt: Say hello.', 'prompt: Say hello.\n    embed: [hello]'),
      '/mine.v1.yaml:5:5: prompts[0]: give one of prompt, messages and embed',
    ],
    [
      'has tools without a chat',
      set.replace('    checks', `    tools: [${JSON.stringify(tool)}]\n    checks`),
      '/mine.v1.yaml:9:12: prompts[0].tools: tools need a chat: write messages instead',
    ],
    [
      'has a message of nothing',
      set.replace('prompt: Say hello.', "messages: [{role: assistant, content: ''}]"),
      '/mine.v1.yaml:8:43: prompts[0].messages[0].content: says nothing: give it text, or tool_calls',
    ],
    [
      'gives an image to the system',
      set.replace('prompt: Say hello.', 'messages: [{role: system, content: x, images: [a.png]}]'),
      '/mine.v1.yaml:8:43: prompts[0].messages[0].images: unknown key "images": check the spelling, or take it out',
    ],
    [
      'judges text where there are vectors',
      set.replace('prompt: Say hello.', 'embed: [hello, goodbye]'),
      '/mine.v1.yaml:10:9: prompts[0].checks[0]: what is embedded has no text to judge: write an embedding check',
    ],
    [
      'wants a tool that there is not',
      set.replace(/- type: facts[\s\S]*/, '- type: tool-call\n'),
      '/mine.v1.yaml:10:9: prompts[0].checks[0]: the prompt has no tools to call: list them under tools',
    ],
    [
      'has an image that is not there',
      set.replace('    checks', '    images: [gone.png]\n    checks'),
      '/mine.v1.yaml:9:14: prompts[0].images[0]: there is no such image: its path counts from the folder of this file (found "gone.png")',
    ],
    [
      'has an image that is text',
      set.replace('    checks', '    images: [published.txt]\n    checks'),
      '/mine.v1.yaml:9:14: prompts[0].images[0]: the file is no PNG, JPEG or WebP image: convert it (found "published.txt")',
    ],
    [
      'has a huge image',
      set.replace(
        'prompt: Say hello.',
        'messages:\n      - {role: user, content: x, images: [dot.png, huge.png]}',
      ),
      '/mine.v1.yaml:9:52: prompts[0].messages[0].images[1]: the image has more than 4 MiB: scale it down (found "huge.png")',
    ],
    [
      'has too many images',
      set.replace('    checks', '    images: [large.png, large.png]\n    checks'),
      '/mine.v1.yaml:5:3: prompts: the images of a set may have 5 MiB together: scale them down',
    ],
  ])('that %s is refused with file, line and fix, too', async (_, text, expected) => {
    const mebibyte = 1024 ** 2;
    await Promise.all([
      writeFile(join(folder, 'published.txt'), 'an image of a cat'),
      writeFile(join(folder, 'dot.png'), dot),
      writeFile(join(folder, 'large.png'), Buffer.concat([dot], 3 * mebibyte)),
      writeFile(join(folder, 'huge.png'), Buffer.concat([dot], 4 * mebibyte + 1)),
    ]);
    expect(await problemOf(text)).toBe(expected);
  });

  test('holds the content of its images, and so does its hash', async () => {
    const pictured = (name: string) => set.replace('    checks', `    images: [${name}]\n    checks`);
    const said = set.replace(
      'prompt: Say hello.',
      'messages: [{role: user, content: What is this?, images: [images/dot.png]}]',
    );
    await mkdir(join(folder, 'images'));
    await Promise.all([
      writeFile(join(folder, 'images', 'dot.png'), dot),
      writeFile(join(folder, 'same.png'), dot),
      writeFile(join(folder, 'other.png'), Buffer.concat([dot, Buffer.from('.')])),
      writeFile(join(folder, 'a.yaml'), pictured('images/dot.png')),
      writeFile(join(folder, 'b.yaml'), pictured('same.png')),
      writeFile(join(folder, 'c.yaml'), pictured('other.png')),
      writeFile(join(folder, 'd.yaml'), said),
    ]);
    const [a, b, c, d] = await Promise.all(
      ['a.yaml', 'b.yaml', 'c.yaml', 'd.yaml'].map((name) => loadPromptSet(name, folder)),
    );
    expect(a?.document.prompts[0]?.images).toEqual([dot.toString('base64')]);
    expect(a?.prompts).toEqual(a?.document.prompts);
    expect(b?.hash).toBe(a?.hash);
    expect(c?.hash).not.toBe(a?.hash);
    expect(d?.document.prompts[0]?.messages).toEqual([
      { role: 'user', content: 'What is this?', images: [dot.toString('base64')] },
    ]);
    expect(promptSet.parse(JSON.parse(JSON.stringify(d?.document)))).toEqual(d?.document);
  });

  test('that does not exist is refused, with the names of those that do', async () => {
    await expect(loadPromptSet('nowhere.yaml', folder)).rejects.toThrow(
      'nowhere.yaml: there is no such prompt set',
    );
    await expect(loadPromptSet('kernel', folder)).rejects.toThrow(
      /"kernel" is no built-in prompt set \(there is core@1/,
    );
  });
});

describe('a built-in set', () => {
  test.each(['core', 'embed', 'tools'])('%s is published, and is still what was published', async (id) => {
    const { version, hash } = await loadPromptSet(id, folder);
    const published: unknown = JSON.parse(
      await readFile(new URL('../../prompts/published.json', import.meta.url), 'utf8'),
    );
    expect(published).toHaveProperty([`${id}@${version}`], hash);
  });

  test('core keeps the hash that all its runs name', async () => {
    expect((await loadPromptSet('core@1', folder)).hash).toBe(
      'sha256:8d02d05331f1e3f017882ce30e464804a9a7e33b99fd4bace0821d5608b40ed7',
    );
  });

  test('tools takes the right calls and answers, and no others', async () => {
    const { prompts } = await loadPromptSet('tools@1', folder);
    const call = (name: string, args: object) => ({
      text: '',
      toolCalls: [{ function: { name, arguments: args } }],
    });
    const right: Record<string, Answer> = {
      'tool-call-weather': call('get_weather', { city: 'Oslo, Norway', unit: 'celsius' }),
      'tool-choice-currency': call('convert_currency', { amount: 250, from: 'USD', to: 'JPY' }),
      'tool-restraint-greeting': { text: 'In French, you say "Bonjour".' },
      'tool-result-weather': { text: 'Yes, take an umbrella: it is 11 °C with heavy rain.' },
    };
    const passes = (asked: Prompt, answer: Answer) =>
      judgeAnswer(asked.checks, answer).every(({ pass }) => pass);
    expect(prompts.map(({ id }) => id)).toEqual(Object.keys(right));
    for (const asked of prompts) {
      const taken = Object.keys(right).filter((id) => passes(asked, right[id] ?? { text: '' }));
      expect(taken).toEqual([asked.id]);
      expect(passes(asked, call('get_weather', { city: 'Rome', unit: 'celsius' }))).toBe(false);
    }
  });

  test('core asks the three questions that Herdmark began with, word for word', async () => {
    const { prompts } = await loadPromptSet('core@1', folder);
    expect(prompts.map(({ prompt }) => prompt)).toEqual(
      expect.arrayContaining([
        'Summarize: Large language models are useful but require careful evaluation.',
        "Extract JSON with keys {name, email} from: 'Name: Sam, Email: sam@example.com'",
        'Write 3 bullet points about caching.',
      ]),
    );
  });
});
