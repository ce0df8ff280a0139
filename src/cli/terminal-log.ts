import type { Log } from '../core/log.ts';
import { toPlainLine } from '../core/render/untrusted-text.ts';

const longestLine = 4000;

/** Lines for a person, on standard error: standard output is for results. Nothing in them can steer a terminal. */
export const terminalLog: Log = {
  info: (line) => void process.stderr.write(`${toPlainLine(line, longestLine)}\n`),
  warn: (line) => void process.stderr.write(`${toPlainLine(line, longestLine)}\n`),
};
