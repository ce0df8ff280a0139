import { render } from 'preact';
import { namesTrendOf, writeTrendState } from '../../view/trend-state.ts';
import { readQuery, writeQuery } from '../ui/query-state.ts';
import { readTrendState, type TrendLine } from './trend-line.ts';
import { TrendPanel } from './trend-panel.tsx';

/** Puts the chart where the page has a drawing, and lets the tiles above it choose what it shows. */
export function mountPanel(section: HTMLElement, host: HTMLElement, line: TrendLine): void {
  const tiles = [...section.querySelectorAll<HTMLAnchorElement>('a[data-trend]')];
  for (const tile of tiles) {
    tile.addEventListener('click', (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      const trend = line.trends.find(({ id }) => id === tile.dataset.trend)?.id;
      if (trend === undefined) return;
      event.preventDefault();
      const state = { ...readTrendState(line, readQuery(), ''), trend };
      const search = writeQuery(readQuery(), writeTrendState(state, line.anchor));
      // Without a hash that may name another trend of the line.
      const hash = namesTrendOf(location.hash, line.anchor) ? '' : location.hash;
      history.pushState(null, '', location.pathname + search + hash);
      dispatchEvent(new PopStateEvent('popstate'));
    });
  }
  host.replaceChildren();
  host.classList.add('live');
  render(
    <TrendPanel
      line={line}
      onTrend={(trend) => {
        for (const tile of tiles) {
          if (tile.dataset.trend === trend) tile.setAttribute('aria-current', 'true');
          else tile.removeAttribute('aria-current');
        }
      }}
    />,
    host,
  );
}
