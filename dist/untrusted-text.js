import { i as toPlainLine } from "./plain-text.js";

// src/core/render/untrusted-text.ts
/**
* Text from models, servers and artifacts, made fit to be shown. Two steps, as they answer two questions:
* `toPlainLine` makes it one readable line wherever it goes; `breakCommands` and `breakReferences` keep GitHub from
* acting on it.
* Escaping is neither's work: Markdown text is escaped by mdast-util-to-markdown, HTML by `escapeHtml`.
*/
/** Invisible, so that text reads the same; between the two characters, so that no pattern of GitHub's matches. */
const zeroWidthSpace = "​";
/** Keeps the runner from obeying ::commands:: and ##[commands] if the text ever reaches a log. */
function breakCommands(text) {
	return text.replace(/:(?=:)|#(?=#\[)/g, `$&${zeroWidthSpace}`);
}
/**
* Keeps GitHub from linking @mentions (and so e-mail addresses), #1 and GH-1 references and bare URLs. It looks for
* them in the rendered text, so neither a backslash nor a character reference would help.
*/
function breakReferences(text) {
	return text.replace(/@(?=\w)|#(?=\d)|:(?=\/\/)|\bGH-(?=\d)|\bwww(?=\.)/gi, `$&${zeroWidthSpace}`);
}
/** What may stand in a Markdown text node or, once escaped, in HTML. */
function toUntrustedText(text, maxCharacters = 300) {
	return breakReferences(breakCommands(toPlainLine(text, maxCharacters)));
}
const htmlEntities = {
	"&": "&amp;",
	"<": "&lt;",
	">": "&gt;",
	"\"": "&quot;",
	"'": "&#39;"
};
/** For the few places of a Markdown document that are HTML. */
function escapeHtml(text) {
	return text.replace(/[&<>"']/g, (character) => htmlEntities[character] ?? "");
}

export { toUntrustedText as i, breakReferences as n, escapeHtml as r, breakCommands as t };