import { render } from 'preact';
import { readAnswerId } from '../../view/answer-choice.ts';
import { readQuery, writeQuery } from '../ui/query-state.ts';
import { Comparison } from './comparison.tsx';

/** Compares what the form has chosen; the form follows the URL, and the URL the form and the timelines of the page. */
export function compareAnswers(form: HTMLFormElement, result: HTMLElement): void {
  const selects = [...form.querySelectorAll('select')];
  const suggested = selects.map(suggestionOf);
  // What was chosen before this ran counts as if it had been chosen after.
  const isEarly = selects.some((it, index) => it.value !== suggested[index]);
  const show = () => {
    const query = readQuery();
    for (const [index, select] of selects.entries())
      choose(select, query[select.name] ?? suggested[index] ?? '');
    const [from = '', to = ''] = selects.map(({ value }) => readAnswerId(value) ?? '');
    render(<Comparison a={from} b={to} />, result);
  };
  const write = (a: string, b: string) => {
    history.pushState(null, '', location.pathname + writeQuery(readQuery(), { a, b }) + location.hash);
    show();
  };
  form.addEventListener('change', () => {
    const [a, b] = selects.map(({ value }) => value);
    write(a ?? '', b ?? '');
  });
  form.querySelector('[data-swap]')?.addEventListener('click', () => {
    const [a, b] = selects.map(({ value }) => value);
    write(b ?? '', a ?? '');
  });
  for (const link of document.querySelectorAll<HTMLAnchorElement>('a[data-compare]')) {
    link.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      const query = new URL(link.href).searchParams;
      write(query.get('a') ?? '', query.get('b') ?? '');
      document.querySelector('#compare')?.scrollIntoView();
    });
  }
  addEventListener('popstate', show);
  if (isEarly) form.dispatchEvent(new Event('change'));
  else show();
}

/** What the page came with. */
function suggestionOf({ options }: HTMLSelectElement): string {
  return ([...options].find((it) => it.defaultSelected) ?? options[0])?.value ?? '';
}

/** An answer that is not in the list, as it is old, is added: a URL may name any. */
function choose(select: HTMLSelectElement, name: string): void {
  const id = readAnswerId(name);
  if (id === null) return;
  const values = [...select.options].map(({ value }) => value);
  const known = values.includes(name) ? name : values.find((it) => name === id && readAnswerId(it) === id);
  if (known === undefined) select.add(new Option(`answer ${id.slice(0, 8)}`, name));
  select.value = known ?? name;
}
