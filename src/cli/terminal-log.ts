import type { Log } from '../core/log.ts';
import { breakCommands, toPlainLine } from '../core/render/untrusted-text.ts';

const longestLine = 4000;

/**
 * Lines for a person, on standard error: standard output is for results. Nothing in them can steer a terminal, or the
 * runner of a job that calls the command.
 */
export const terminalLog: Log = {
  info: write,
  warn: write,
};

function write(line: string): void {
  process.stderr.write(`${breakCommands(toPlainLine(line, longestLine))}\n`);
}
