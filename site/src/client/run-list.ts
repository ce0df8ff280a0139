import type { RunRows } from '../data/contract.ts';
import { links } from '../view/href.ts';
import { describeRun, filterRuns, type RunFilter } from '../view/run-rows.ts';
import { bindToUrl } from './filter-state.ts';
import { explainError, readBuiltFile } from './history/read-file.ts';

const step = 100;

const list = document.querySelector<HTMLElement>('[data-run-list]');
if (list) listen(list);

/** The page comes with the newest runs; the others are asked for when somebody filters, or wants more. */
function listen(list: HTMLElement): void {
  const form = list.querySelector<HTMLFormElement>('[data-filter]');
  const body = list.querySelector('tbody');
  const template = list.querySelector<HTMLTemplateElement>('[data-run-row]');
  const box = list.querySelector<HTMLElement>('[data-more-box]');
  const more = list.querySelector('[data-more]');
  const state = list.querySelector('[data-state]');
  const retry = list.querySelector<HTMLElement>('[data-retry]');
  if (!form || !body || !template || !box || !state || !retry) return;
  const count = form.querySelector('[data-count]');
  let rows: RunRows | null = null;
  let found: number[] = [];
  let filter: ReadonlyMap<string, string> = new Map();
  let shown = body.rows.length;

  const draw = () => {
    if (rows === null) return;
    const all = rows;
    body.replaceChildren(...found.slice(0, shown).map((index) => drawRow(template, all, index)));
    box.hidden = found.length <= shown;
    const note = box.querySelector('span');
    if (note) note.textContent = `${Math.min(shown, found.length)} of ${found.length} shown.`;
    if (count) count.textContent = `${found.length} of ${rows.id.length}`;
    state.textContent = found.length === 0 ? 'No run fits all of these: empty one of the fields.' : '';
  };
  let asking: Promise<RunRows> | null = null;
  const ask = async () => {
    try {
      if (rows === null) state.textContent = 'Loading the list of runs …';
      asking ??= readBuiltFile<RunRows>(links.data('runs.json'));
      rows = await asking;
    } catch (error) {
      asking = null;
      state.textContent = `The list of runs cannot be read. ${explainError(error)}`;
    }
    retry.hidden = rows !== null;
    if (rows === null) return;
    found = filterRuns(rows, readFilter(filter));
    draw();
  };
  retry.addEventListener('click', ask);
  more?.addEventListener('click', () => {
    shown += step;
    ask();
  });
  bindToUrl(form, (values) => {
    filter = values;
    shown = step;
    // Of the newest runs without a filter the page has the rows already.
    if (rows !== null || [...values.values()].some((it) => it !== '')) ask();
  });
}

function readFilter(values: ReadonlyMap<string, string>): RunFilter {
  const of = (name: keyof RunFilter) => values.get(name) ?? '';
  return {
    ...{ machine: of('machine'), status: of('status'), event: of('event') },
    ...{ model: of('model'), from: of('from'), to: of('to') },
  };
}

function drawRow(template: HTMLTemplateElement, rows: RunRows, index: number): Node {
  const row = template.content.cloneNode(true) as DocumentFragment;
  for (const [name, text] of Object.entries(describeRun(rows, index))) {
    const cell = row.querySelector<HTMLElement>(`[data-cell="${name}"]`);
    if (cell) cell.textContent = text;
    if (cell instanceof HTMLAnchorElement) cell.href = links.run(rows.id[index] ?? '');
    if (name === 'status' && text !== 'complete' && cell) cell.className = 'badge mark';
  }
  return row;
}
