import { links } from '../view/href.ts';
import {
  findEntries,
  listEntries,
  type SearchEntry,
  type SearchIndex,
  type SearchRuns,
} from '../view/search-entries.ts';
import { explainError, readBuiltFile } from './history/read-file.ts';

const mostShown = 30;

/** Fills the search of an open dialog, which is a combobox. Its data is asked for on first use, and after a failure. */
export function openSearch(dialog: HTMLDialogElement): void {
  const open = searches.get(dialog) ?? start(dialog);
  searches.set(dialog, open);
  open();
}

const searches = new WeakMap<HTMLDialogElement, () => void>();

/** @returns What is to be done each time the dialog is opened. */
function start(dialog: HTMLDialogElement): () => void {
  const input = find(dialog, 'input', HTMLInputElement);
  const list = find(dialog, '[role=listbox]', HTMLElement);
  const status = find(dialog, '[role=status]', HTMLElement);
  let entries: SearchEntry[] | null = null;
  let isLoading = false;
  // Enter before there is anything to go to goes there as soon as there is.
  let isEntered = false;
  let active = 0;

  const mark = (index: number) => {
    const options = [...list.children];
    active = Math.min(Math.max(index, 0), Math.max(options.length - 1, 0));
    for (const [at, option] of options.entries()) option.setAttribute('aria-selected', String(at === active));
    const option = options[active];
    option?.scrollIntoView({ block: 'nearest' });
    if (option === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', option.id);
  };
  const show = () => {
    if (entries === null) return;
    const found = findEntries(entries, input.value, mostShown);
    list.replaceChildren(...found.map(drawOption));
    input.setAttribute('aria-expanded', String(found.length > 0));
    status.textContent =
      found.length === 0
        ? 'Nothing has all of these words: try fewer.'
        : found.length === mostShown
          ? `The first ${mostShown}: more words tell them apart.`
          : `${found.length} found`;
    mark(0);
    if (isEntered && input.value.trim() !== '') follow(list.children[0], false);
    isEntered = false;
  };

  input.addEventListener('input', () => {
    isEntered = false;
    show();
  });
  input.addEventListener('keydown', (event) => {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    const step = steps[event.key];
    if (step !== undefined) {
      event.preventDefault();
      mark(active + step);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (entries === null) isEntered = true;
      else follow(list.children[active], event.ctrlKey || event.metaKey);
    }
  });
  dialog.addEventListener('click', (event) => {
    // Beside the dialog's content there is only its backdrop.
    if (event.target === dialog) dialog.close();
    else if (event.target instanceof Element)
      follow(event.target.closest('[role=option]'), event.ctrlKey || event.metaKey);
  });
  dialog.addEventListener('close', () => {
    isEntered = false;
  });
  return async () => {
    if (entries !== null) {
      input.select();
      return;
    }
    if (isLoading) return;
    isLoading = true;
    status.textContent = 'Loading …';
    try {
      entries = await load();
      show();
    } catch (error) {
      status.textContent = `The index of this site cannot be read. ${explainError(error)} Open the search again to try once more.`;
    }
    isLoading = false;
  };
}

async function load(): Promise<SearchEntry[]> {
  const [index, runs] = await Promise.all([
    readBuiltFile<SearchIndex>(links.data('index.json')),
    readBuiltFile<SearchRuns>(links.data('runs.json')),
  ]);
  return listEntries(index, runs);
}

/** An option holds no link: within a listbox it would be one that nobody can reach. */
function follow(option: Element | null | undefined, inNewTab: boolean): void {
  const href = option instanceof HTMLElement ? option.dataset.href : undefined;
  if (href === undefined) return;
  if (inNewTab) window.open(href, '_blank', 'noopener');
  else location.assign(href);
}

function drawOption({ kind, name, detail, href }: SearchEntry, index: number): HTMLElement {
  const option = document.createElement('li');
  option.id = `search-option-${index}`;
  option.setAttribute('role', 'option');
  option.dataset.href = href;
  for (const [className, text] of [
    ['kind', kind],
    ['name', name],
    ['detail', detail],
  ] as const) {
    const part = document.createElement('span');
    part.className = className;
    part.textContent = text;
    option.append(part, ' ');
  }
  return option;
}

function find<T extends Element>(parent: Element, selector: string, type: new () => T): T {
  const found = parent.querySelector(selector);
  if (!(found instanceof type)) throw new Error(`The search has no ${selector}.`);
  return found;
}
