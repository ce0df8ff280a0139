import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

/** absent: not on this machine, so what it would tell is unknown; failed: there, but it gave no answer. */
export type ToolAnswer =
  | { status: 'ok'; output: string }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

/** Aborting kills the tool, which has then failed. */
export type RunTool = (command: string, args: readonly string[], signal?: AbortSignal) => Promise<ToolAnswer>;

/** nvidia-smi wakes every GPU where no persistence daemon runs, which takes seconds. A wrong machine id would be worse. */
const timeoutMs = 15_000;
const maxOutputBytes = 1024 * 1024;

/** How every tool of the PATH is started: without a shell, away from where we are, and saying things in English. */
export function toolSetting() {
  return {
    windowsHide: true,
    // Windows looks in the working directory before the PATH, and that is somebody's checkout.
    cwd: dirname(process.execPath),
    env: { ...process.env, LC_ALL: 'C' },
  } as const;
}

/** Runs a tool from the PATH without a shell; what it prints is untrusted and bounded. Never rejects. */
export const runTool: RunTool = (command, args, signal) => {
  const options = {
    ...toolSetting(),
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
    ...(signal === undefined ? {} : { signal }),
  } as const;
  return new Promise((resolve) => {
    execFile(command, args, options, (error, output) => {
      if (!error) resolve({ status: 'ok', output });
      else if (error.code === 'ENOENT') resolve({ status: 'absent' });
      else resolve({ status: 'failed', reason: error.message });
    });
  });
};
