import { type Content, Html, html } from './html.ts';
import { style } from './style.ts';

/** Nothing is fetched, run or sent, whatever should get into the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A whole HTML document. */
export function renderPage(title: string, content: Content): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${title} · Herdmark</title>
<style>${new Html(style)}</style>
</head>
<body>
${content}
</body>
</html>
`.markup;
}
