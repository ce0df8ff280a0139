/** How wide a page is between the margins of A4, in CSS pixels. */
const paperPx = 720;

let isPrinting = false;
addEventListener('beforeprint', () => lay(true));
addEventListener('afterprint', () => lay(false));

/** The browser prints what is drawn when the events are over: all that follows the theme is drawn anew at once. */
function lay(onPaper: boolean): void {
  isPrinting = onPaper;
  document.dispatchEvent(new Event('themechange'));
}

export function isOnPaper(): boolean {
  return isPrinting;
}

/** Makes a place for a canvas as wide as it will be on paper, so that what is written on it is no smaller than the rest. */
export function fitPaper(box: HTMLElement): void {
  box.style.width = '';
  if (!isPrinting) return;
  const share = paperPx / document.documentElement.clientWidth;
  box.style.width = `${Math.round(box.clientWidth * share)}px`;
}
