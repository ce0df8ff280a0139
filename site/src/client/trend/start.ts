import { startPart } from '../start-part.ts';
import { whenNear } from '../when-near.ts';
import type { TrendLine } from './trend-line.ts';

// The chart and its library come when somebody is about to see them.
for (const section of document.querySelectorAll<HTMLElement>('[data-trend-line]')) {
  whenNear(section, () => void start(section));
}

async function start(section: HTMLElement): Promise<void> {
  const host = section.querySelector<HTMLElement>('[data-trend-panel]');
  if (!host || section.dataset.trendLine === undefined) return;
  const line = JSON.parse(section.dataset.trendLine) as TrendLine;
  await startPart(host, async () => {
    const { mountPanel } = await import('./mount-panel.tsx');
    mountPanel(section, host, line);
  });
}
