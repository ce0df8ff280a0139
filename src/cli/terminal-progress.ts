import { Presets, SingleBar } from 'cli-progress';
import { type Progress, progressLines } from '../bench/progress.ts';
import { formatTimeLeft } from '../core/remaining-time.ts';
import { clock } from '../open-ollama.ts';
import { terminalLog } from './terminal-log.ts';

/** A bar with the time left in a terminal; elsewhere a line now and then. */
export function terminalProgress(): Progress {
  return process.stderr.isTTY ? progressBar() : progressLines(terminalLog, clock);
}

function progressBar(): Progress {
  const bar = new SingleBar(
    {
      format: '{bar} {value}/{total} · {left} left · {what}',
      hideCursor: true,
      clearOnComplete: true,
      stream: process.stderr,
    },
    Presets.shades_grey,
  );
  return {
    begin: (total, done) => bar.start(total, done, { left: '…', what: 'starting' }),
    step: ({ done, request, remainingMs }) => {
      const left = remainingMs === null ? '…' : formatTimeLeft(remainingMs);
      bar.update(done, { left, what: `${request.variant} · load ${request.block + 1} · ${request.phase}` });
    },
    end: () => bar.stop(),
  };
}
