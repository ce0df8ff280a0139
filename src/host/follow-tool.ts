import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { toolSetting } from './run-tool.ts';

/** A line of a tool is a hundred characters; what is longer is none of ours, and left out. */
const longestLine = 4096;
const killAfterMs = 1000;

/**
 * Starts a tool from the PATH that prints for as long as it runs, and hands over its lines one by one. No shell; what it
 * prints is untrusted, and its lines are bounded. A tool that is absent or ends tells no more. Our own end is its end,
 * too: without a reader its next line kills it.
 * @returns what kills it, and waits until it is gone. Never rejects.
 */
export function followTool(
  command: string,
  args: readonly string[],
  onLine: (line: string) => void,
): () => Promise<void> {
  const child = spawn(command, args, { ...toolSetting(), stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.setEncoding('utf8').on('data', cutLines(onLine));
  const { promise: gone, resolve: leave } = Promise.withResolvers<boolean>();
  child.on('error', () => leave(true)).on('exit', () => leave(true));
  const isGoneIn = (ms: number) => Promise.race([gone, sleep(ms, false, { ref: false })]);
  return async () => {
    child.kill();
    if (!(await isGoneIn(killAfterMs))) {
      child.kill('SIGKILL');
      // Stuck in the driver, not even that ends it: then nobody waits for it.
      if (!(await isGoneIn(killAfterMs))) child.unref();
    }
    child.stdout.destroy();
  };
}

/** Takes chunks, wherever they were cut, and hands over whole lines. */
function cutLines(onLine: (line: string) => void): (chunk: string) => void {
  let rest = '';
  let isOverlong = false;
  return (chunk) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (!isOverlong && line.length <= longestLine) onLine(line);
      isOverlong = false;
    }
    if (rest.length > longestLine) {
      rest = '';
      isOverlong = true;
    }
  };
}
