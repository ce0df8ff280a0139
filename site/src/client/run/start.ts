import { readStart } from '../../view/night-time.ts';
import { startPart } from '../start-part.ts';
import { readQuery } from '../ui/query-state.ts';

const root = document.querySelector<HTMLElement>('#run');
if (root !== null) {
  nameRun(root, readQuery().id ?? '');
  await startPart(root, async () => {
    await import('../quiet-schemas.ts');
    const { showRun } = await import('./run-page.tsx');
    showRun(root);
  });
}

/** What the address says of the run already is seen while the rest is fetched. */
function nameRun(root: HTMLElement, id: string): void {
  const [date = '', time] = readStart(id)?.split(' ') ?? [];
  const title = root.querySelector('h1');
  if (title === null || time === undefined) return;
  const day = document.createElement('span');
  day.className = 'nowrap';
  day.textContent = date;
  title.replaceChildren('Run of ', day, ` ${time} UTC`);
}
