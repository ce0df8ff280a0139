import { expect, test } from 'vitest';
import { runTool } from '../../src/host/run-tool.ts';

const node = (script: string, ...args: string[]) => runTool(process.execPath, ['-e', script, ...args]);

test('a tool that is not there is absent', async () => {
  expect(await runTool('herdmark-no-such-tool', ['--json'])).toEqual({ status: 'absent' });
});

test('what a tool prints is its answer, and its complaints are not', async () => {
  expect(await node('console.log("out"); console.error("err")')).toEqual({ status: 'ok', output: 'out\n' });
});

test('arguments reach the tool as they are: there is no shell', async () => {
  const hostile = '$(id); `id` && echo "x" > y | cat *';
  expect(await node('console.log(process.argv[1])', hostile)).toEqual({
    status: 'ok',
    output: `${hostile}\n`,
  });
});

test('a tool does not run in the working directory, which may be an untrusted checkout', async () => {
  const answer = await node('console.log(process.cwd())');
  expect(answer.status === 'ok' && answer.output.trim() !== process.cwd()).toBe(true);
});

test.each([
  ['exits with an error', 'process.exit(9)'],
  ['prints without end', 'for (;;) require("fs").writeSync(1, "x".repeat(65536))'],
  ['dies', 'process.kill(process.pid, "SIGKILL")'],
])('a tool that %s has failed', async (_, script) => {
  expect((await node(script)).status).toBe('failed');
});
