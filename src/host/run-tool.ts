import { execFile } from 'node:child_process';
import { dirname } from 'node:path';

/** absent: not on this machine, so what it would tell is unknown; failed: there, but it gave no answer. */
export type ToolAnswer =
  | { status: 'ok'; output: string }
  | { status: 'absent' }
  | { status: 'failed'; reason: string };

export type RunTool = (command: string, args: readonly string[]) => Promise<ToolAnswer>;

/** nvidia-smi wakes every GPU where no persistence daemon runs, which takes seconds. A wrong machine id would be worse. */
const timeoutMs = 15_000;
const maxOutputBytes = 1024 * 1024;

/** Runs a tool from the PATH without a shell; what it prints is untrusted and bounded. Never rejects. */
export function runTool(command: string, args: readonly string[]): Promise<ToolAnswer> {
  const options = {
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
    maxBuffer: maxOutputBytes,
    windowsHide: true,
    // Windows looks in the working directory before the PATH, and that is somebody's checkout.
    cwd: dirname(process.execPath),
    env: { ...process.env, LC_ALL: 'C' },
  } as const;
  return new Promise((resolve) => {
    execFile(command, args, options, (error, output) => {
      if (!error) resolve({ status: 'ok', output });
      else if (error.code === 'ENOENT') resolve({ status: 'absent' });
      else resolve({ status: 'failed', reason: error.message });
    });
  });
}
