import { l as formatQuantity, n as formatCount } from "./format.js";
import { i as toPlainLine, t as cutText } from "./plain-text.js";
import { i as toUntrustedText, n as breakReferences, t as breakCommands } from "./untrusted-text.js";
import { a as tellOutcome, n as measureSizes, p as formatRoughChange, r as measureSlowdown, u as formatPlainPercent } from "./read-run-folder.js";

// src/core/render/verdict-words.ts
/** The five words in the order in which they are told, those to act on first. */
const wordOrder = [
	"regressed",
	"improved",
	"not comparable",
	"inconclusive",
	"unchanged"
];
/** What the five words mean with these settings. */
function defineWords({ alpha, floor }) {
	const least = formatPlainPercent(floor);
	const meanings = {
		regressed: `Worse by at least ${least}, and beyond chance: were nothing changed at all, ${formatPlainPercent(alpha)} of pull requests would be told so of anything.`,
		improved: "Better, held to the same standard.",
		"not comparable": "The two sides were not measured under the same circumstances, or one has no reading.",
		inconclusive: "It cannot be told. What this comparison would have seen is given: a smaller change may be there.",
		unchanged: `Shown to be within ${least} of before; not merely that nothing was found.`
	};
	return wordOrder.map((word) => ({
		word,
		meaning: meanings[word]
	}));
}
/** What is said of answers. */
const textWords = [
	{
		word: "changed",
		meaning: "Answers of base and head differ more than those of either do among themselves."
	},
	{
		word: "within self-disagreement",
		meaning: "They differ, but no more than a model differs from itself when it is loaded again."
	},
	{
		word: "cannot tell",
		meaning: "They differ, and no side differed from itself: the loads are too few to tell a change from chance."
	},
	{
		word: "not comparable",
		meaning: "No prompt was answered by both sides."
	},
	{
		word: "same",
		meaning: "Not a word is different."
	}
];
/** Whether a word is good or bad news, for colours; the words themselves always stand beside them. */
/**
* The word of one answer. Where neither side differs from itself, nothing explains the difference but that loads are too few.
*/
function wordAnswer({ changed, distance, excess }) {
	if (changed) return "changed";
	if (distance === 0) return "same";
	return excess < distance - tolerance ? "within self-disagreement" : "cannot tell";
}
/** Sums in another order differ in their last digits. */
const tolerance = 1e-9;
function toneOf(word) {
	if (word === "regressed") return "worse";
	if (word === "improved") return "better";
	return word === "unchanged" || word === "same" || word === "within self-disagreement" ? "level" : "open";
}
/** Whether a reviewer has nothing to do about a model. */
function isQuiet({ reasons, requests, joint, metrics }) {
	const isLevel = (word) => toneOf(word) === "level";
	return reasons.length === 0 && (requests === null || isLevel(requests.word)) && isLevel(joint.speed) && metrics.every(({ word }) => isLevel(word)) && isLevel(joint.quality) && isLevel(joint.text);
}

// src/core/render/verdict-headline.ts
/**
* What came out, in a line: `slower: E2E +35 %; checks better on 10 prompts, worse on 1; 24 of 26 answers changed; memory
* +18 %`. Of several comparisons how many have a word that is news, and which is the worst: `4 comparisons: slower in 2 (at
* worst qwen3:8b, E2E +35 %); checks better in 1; answers changed in 2; 1 not comparable`.
*/
function describeOutcome(verdicts) {
	const models = verdicts.flatMap((verdict) => verdict.models);
	const added = [...new Set(verdicts.flatMap((verdict) => verdict.added))];
	const news = added.length === 0 ? [] : [`${nameFew(added)} ${added.length === 1 ? "is" : "are"} new`];
	const [only] = models;
	if (only === void 0) return news.length === 0 ? "nothing was compared" : `no model was changed; ${news.join("")}`;
	return [...models.length === 1 ? tellOnly(only, verdicts) : tellAll(verdicts), ...news].join("; ");
}
function tellOnly(model, verdicts) {
	const { reasons, joint } = model;
	if (reasons.length > 0) return [`not comparable: ${reasons.map(({ reason }) => withoutStop(reason)).join(", ")}`];
	return tellOutcome(model, joint.speed, floorOf(verdicts));
}
function tellAll(verdicts) {
	const all = verdicts.flatMap(({ models, machine }) => models.map((model) => {
		const on = verdicts.length > 1 ? ` on ${cutText(machine.label, mostOfName)}` : "";
		return {
			model,
			name: `${cutText(model.head.name, mostOfName)}${on}`,
			sizes: measureSizes(model, floorOf(verdicts))
		};
	}));
	const found = all.filter(({ model }) => model.reasons.length === 0);
	const apart = all.length - found.length;
	const count = formatQuantity(all.length, "comparison");
	if (found.length === 0) return [`${count}: none comparable`];
	const [first, ...others] = [
		...tellRequests(found),
		...tellWords("speed", found.map(({ model }) => model.joint.speed), { regressed: describeWorstSpeed(found) }),
		...tellWords("checks", found.map(({ model }) => model.quality.word), { regressed: describeWorstChecks(found) }),
		...tellWords("answers", found.map(({ model }) => model.text.word), {}),
		...tellMemory(found, floorOf(verdicts)),
		...apart === 0 ? [] : [`${formatCount(apart)} not comparable`]
	];
	return [`${count}: ${first ?? ""}`, ...others];
}
const mostOfName = 60;
const mostNamed = 3;
function nameFew(names) {
	const rest = names.length - mostNamed;
	return `${names.slice(0, mostNamed).map((name) => cutText(name, mostOfName)).join(", ")}${rest > 0 ? ` and ${formatQuantity(rest, "other")}` : ""}`;
}
function tellRequests(found) {
	const worse = found.filter(({ model }) => model.requests?.word === "regressed");
	const lost = ({ model: { requests } }) => (requests?.head.unanswered ?? 0) / Math.max(requests?.head.asked ?? 1, 1);
	return worse.length === 0 ? [] : [`fewer requests answered in ${countOf(worse.length, found.length)}${nameWorst(worse, lost, (it) => it.sizes.requests)}`];
}
function describeWorstSpeed(found) {
	return nameWorst(found.filter(({ model }) => model.joint.speed === "regressed"), ({ model }) => measureSlowdown(model.metrics), ({ sizes }) => sizes.speed);
}
function describeWorstChecks(found) {
	return nameWorst(found.filter(({ model }) => model.quality.word === "regressed"), ({ model }) => model.quality.worse - model.quality.better, ({ sizes }) => sizes.checks);
}
/** ` (at worst qwen3:8b, E2E +35 %)`. */
function nameWorst(some, badness, size) {
	const [worst] = some.toSorted((a, b) => badness(b) - badness(a));
	if (worst === void 0) return "";
	const told = size(worst);
	return ` (${some.length > 1 ? "at worst " : ""}${worst.name}${told === null ? "" : `, ${told}`})`;
}
function tellMemory(found, floor) {
	const [most] = found.flatMap(({ model }) => model.joint.memory ?? []).toSorted((a, b) => Math.abs(b) - Math.abs(a));
	if (most === void 0 || Math.abs(most) < floor) return [];
	return [`memory ${most > 0 ? "up to" : "down to"} ${formatRoughChange(most)}`];
}
function floorOf(verdicts) {
	return Math.max(0, ...verdicts.map(({ settings }) => settings.floor));
}
function withoutStop(text) {
	const sentence = text.replace(/\.$/, "");
	return `${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}
const plainWords = {
	"speed regressed": "slower",
	"speed improved": "faster",
	"checks regressed": "checks worse",
	"checks improved": "checks better",
	"answers same": "answers the same",
	"answers cannot tell": "answers perhaps changed"
};
/** `slower in 1`, `speed inconclusive in 2`. What is level goes without saying where something else is not. */
function tellWords(aspect, words, worst) {
	const order = aspect === "answers" ? textWords.map(({ word }) => word) : wordOrder;
	const counts = [...Map.groupBy(words, (word) => word)].map(([word, { length: count }]) => ({
		word,
		count
	})).sort((a, b) => order.indexOf(a.word) - order.indexOf(b.word));
	const news = counts.filter(({ word }) => toneOf(word) !== "level");
	const name = (word) => plainWords[`${aspect} ${word}`] ?? `${aspect} ${word}`;
	return news.length === 0 ? counts.slice(0, 1).map(({ word }) => name(word)) : news.map(({ word, count }) => `${name(word)} in ${countOf(count, words.length)}${worst[word] ?? ""}`);
}
function countOf(count, all) {
	return count === all ? "all" : formatCount(count);
}

// src/core/render/verdict-text.ts
/** Longer than a phrase: a sentence of the contract may have so many characters. */
const longestSentence = 2e3;
/** A sentence of a verdict, whole. */
function sentence(text) {
	return {
		type: "text",
		value: toUntrustedText(text, longestSentence)
	};
}
function strong(text) {
	return {
		type: "strong",
		children: [{
			type: "text",
			value: toUntrustedText(text)
		}]
	};
}
/** The first so many, and how many others there are. */
function capPhrases(phrases, most) {
	if (phrases.length <= most) return phrases;
	return [...phrases.slice(0, most), `and ${formatQuantity(phrases.length - most, "other")}`];
}
/** The same in one line. */
function joinPhrases(phrases, most, separator = ", ") {
	return capPhrases(phrases, most).flatMap((phrase, index) => index === 0 ? [phrase] : [separator, phrase]);
}
/**
* Several lines of a model's with what cannot be seen made visible, so that two texts which differ look different:
* control, bidi and other hidden characters become their code points, as ⟨U+200B⟩. Joiners stay, as emoji and several
* scripts are written with them.
*/
function revealHidden(text) {
	return text.toWellFormed().replaceAll("\r\n", "\n").replace(/(?![\n\t\u200c\u200d])[\p{Cc}\p{Cf}\u2028\u2029]/gu, nameCodePoint);
}
/**
* Lines for a block of code in a comment: indented as they are, each fit to be shown. Nobody is mentioned and nothing
* linked; and none begins with a slash, as bots read commands such as /approve at the beginning of any line.
*/
function toCodeLines(text, maxCharacters = 300) {
	return text.split("\n").map((line) => {
		const indent = /^[ \t]*/.exec(line)?.[0].slice(0, maxCharacters) ?? "";
		const plain = toPlainLine(line, maxCharacters).replace(/^\//, "​/");
		return plain === "" ? "" : `${indent}${breakReferences(breakCommands(plain))}`;
	});
}
function nameCodePoint(character) {
	return `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}⟩`;
}

export { strong as a, defineWords as c, toneOf as d, wordAnswer as f, sentence as i, isQuiet as l, joinPhrases as n, toCodeLines as o, revealHidden as r, describeOutcome as s, capPhrases as t, textWords as u };