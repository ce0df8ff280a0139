import { warning } from '@actions/core';
import type { Log } from '../core/log.ts';

const invisible = '\u200b';

/**
 * Makes text harmless for the log of a job, whose runner obeys `::command::` at the start of a line (after blanks)
 * and `##[command]` anywhere in one, on stdout and stderr alike. A carriage return starts a line there too.
 */
export function toLogText(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}/gu, ' ')
    .replace(/##\[/g, `#${invisible}#[`)
    .replace(/^(\s*):(?=:)/gmu, `$1:${invisible}`);
}

/** The log of a job. Lines may hold what models, servers and artifacts say. */
export const actionLog: Log = {
  info: (line) => void process.stdout.write(`${toLogText(line)}\n`),
  warn: (line) => warning(toLogText(line)),
};
