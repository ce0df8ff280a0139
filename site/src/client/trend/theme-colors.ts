import { isOnPaper } from './on-paper.ts';

/** Of the theme as it is now, by variable. */
const known = new Map<string, string>();
document.addEventListener('themechange', () => known.clear());

/** Canvas knows no CSS variables: a colour of the theme as it is now. Paper is light, whatever the theme is. */
export function themeColor(name: string): string {
  const found = known.get(name);
  if (found !== undefined) return found;
  const probe = document.createElement('span');
  if (isOnPaper()) probe.style.colorScheme = 'light';
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  known.set(name, color);
  return color;
}
