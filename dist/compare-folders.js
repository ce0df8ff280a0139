import { a as describeJointTail, n as compareWithin, o as headlineNames, r as judgeTogether, s as describeAskedChanges, t as readWholeRun } from "./read-whole-run.js";
import { i as toPlainLine, t as cutText } from "./plain-text.js";
import { r as escapeHtml } from "./untrusted-text.js";
import { a as formatMetric, c as formatPercentile, d as formatShare, f as formatTime, l as formatQuantity, n as formatCount, r as formatDigest, t as formatBytes } from "./format.js";
import { a as paragraph, i as list, n as details, o as renderMarkdown, r as heading, s as table, t as code } from "./markdown.js";
import { c as formatDetectable, d as formatProbability, f as formatRange, i as rareShare, l as formatDistance, n as measureSizes, o as writeOutcome, p as formatRoughChange, s as formatChange, u as formatPlainPercent } from "./read-run-folder.js";
import { c as metricDefinitions, f as spoilsTimes, t as directionOf } from "./headline-metrics.js";
import { a as strong, c as defineWords, d as toneOf, f as wordAnswer, i as sentence, l as isQuiet, n as joinPhrases, o as toCodeLines, r as revealHidden, s as describeOutcome, t as capPhrases, u as textWords } from "./verdict-text.js";
import { c as findJson } from "./distribution.js";
import { r as readConfigLines } from "./config-lines.js";

// src/core/compare/answer-pairs.ts
/** The answers that a verdict points to, out of the runs that it was made of; what is not among them is left out. */
function listAnswerPairs(verdict, runs) {
	const outputs = new Map(runs.flatMap(({ run, outputs: own }) => own.map((output) => [`${run.id}/${output.variant}/${output.prompt}`, output])));
	const find = (variant, prompt, { run, block, hash }) => outputs.get(`${run}/${variant}/${prompt}`)?.answers.find((it) => it.block === block && it.hash === hash);
	return verdict.models.flatMap(({ base, head, text }) => text.changes.flatMap((change) => {
		const { prompt } = change;
		const [before, now] = [find(base.key, prompt, change.base), find(head.key, prompt, change.head)];
		if (before === void 0 || now === void 0) return [];
		return [{
			machine: verdict.machine.id,
			variantBase: base.key,
			variantHead: head.key,
			prompt,
			base: before,
			head: now
		}];
	}));
}

// src/core/render/verdict-trouble.ts
/** What is said of how a machine measured: why it ended early, what was in the way, and which models are not judged. */
function listCircumstances({ endedEarly, flags, added, removed, models }) {
	const names = (title, text, models) => models.length === 0 ? [] : [{
		title,
		text,
		names: models
	}];
	const isToldThere = models.every(({ requests }) => requests !== null);
	const others = flags.filter((it) => !(it.model === null && it.code === endedEarly?.code) && !(isToldThere && spoilsTimes(it)));
	return [
		...endedEarly === null ? [] : [{
			title: "Ended early",
			text: `after ${endedEarly.loads} of at most ${formatQuantity(endedEarly.most, "load")}: ${endedEarly.reason}`,
			names: []
		}],
		...names("New", "with nothing to be held against", added),
		...names("Gone", "only base has it", removed),
		...[...Map.groupBy(others, ({ code }) => code).values()].flatMap(describeFlag).toSorted((a, b) => Number(changesModel.has(b.code)) - Number(changesModel.has(a.code))).map(({ code: _, ...trouble }) => trouble)
	];
}
/** Then it is not the model that was asked for, which is worse than what was going on beside it. */
const changesModel = /* @__PURE__ */ new Set([
	"context-lowered",
	"cpu-spill",
	"thinking-unsupported",
	"skipped-busy"
]);
function describeFlag(alike) {
	const [first] = alike;
	if (first === void 0) return [];
	const count = alike.reduce((sum, it) => sum + it.count, 0);
	const sides = [...new Set(alike.flatMap(({ side }) => side ?? []))];
	const times = count === 1 ? "" : `${formatQuantity(count, "time")}, first: `;
	return [{
		code: first.code,
		title: sides.length === 1 ? `${first.code}, ${sides[0]}` : first.code,
		text: `${times}${first.reason}`,
		names: [...new Set(alike.flatMap(({ model }) => model ?? []))]
	}];
}
/** Requests of a model that came to nothing, side by side, and the prompts that lost all of theirs. */
function listLosses({ requests }) {
	if (requests === null) return [];
	const { lost } = requests;
	const groups = Map.groupBy(lost, (it) => `${it.side} ${it.lost} ${it.total} ${it.reason}`);
	const whatOf = {
		everything: "neither an answer nor a reading",
		answers: "no answer to judge",
		readings: "no reading of its speed"
	};
	return [...["head", "base"].filter((side) => isWorthSaying(requests[side])).flatMap((side) => describeCounts(side, requests[side])), ...[...groups.values()].flatMap((alike) => {
		const [first] = alike;
		if (first === void 0) return [];
		const told = `${first.side} has ${whatOf[first.lost]}`;
		return [{
			title: `Lost, ${formatQuantity(alike.length, "prompt")}`,
			text: `${told}: ${first.reason}`,
			names: alike.map(({ prompt }) => prompt)
		}];
	})];
}
/** What else is left out of a model's numbers: single requests that are flagged, of which there always are some. */
function listRareLosses({ requests }) {
	if (requests === null) return [];
	return ["head", "base"].filter((side) => !isWorthSaying(requests[side])).flatMap((side) => describeCounts(side, requests[side])).map(({ title, text }) => `${title}: ${text}`);
}
function isWorthSaying({ asked, failed, invalid, unanswered }) {
	return failed + unanswered > 0 || invalid > .01 * asked;
}
/** `failed: 252 of 936 requests; invalid: 3 of 936 requests. 252 × model-crashed, The model runner crashed.` */
function describeCounts(side, { asked, failed, invalid, causes }) {
	if (failed + invalid === 0) return [];
	const counts = [...failed === 0 ? [] : [`failed: ${formatShare(failed, asked)} requests`], ...invalid === 0 ? [] : [`invalid: ${formatShare(invalid, asked)} requests`]].join("; ");
	const why = causes.slice(0, mostCauses).map(({ code, count, reason }) => `${count} × ${code}, ${reason}`).join(" ");
	return [{
		title: side === "head" ? "Head" : "Base",
		text: `${counts}. ${why}`,
		names: []
	}];
}
/** Of the causes on one side, so many are told; the run's own report has all. */
const mostCauses = 2;

// src/core/render/verdict-facts.ts
/**
* What checks say of both sides, in sentences: answers, then JSON where it was asked for. As shares, as the same answer
* counts once for each load.
*/
function describeChecks({ prompts, base, head, rejudged, notes }) {
	if (prompts === 0) return ["No check was put to both sides.", ...notes];
	if (base.answers + head.answers === 0) return ["No prompt has answers of both sides to judge.", ...notes];
	const change = (part, whole) => {
		const [before, after] = [base, head].map((it) => formatPlainPercent(shareOf(part(it), whole(it))));
		return before === after ? `${before} as before` : `${before} → ${after}`;
	};
	const asked = (it) => it.jsonExpected;
	const fenced = base.jsonFenced + head.jsonFenced === 0 ? "" : `, only in a code fence ${change(({ jsonFenced }) => jsonFenced, asked)}`;
	return [
		`Over ${formatQuantity(prompts, "prompt")}, answers that pass all of theirs: ${change(({ answersPassed }) => answersPassed, ({ answers }) => answers)}.`,
		...base.jsonExpected + head.jsonExpected === 0 ? [] : [`JSON that does not parse: ${change(({ jsonParseFailures }) => jsonParseFailures, asked)}${fenced}.`],
		...rejudged.length === 0 ? [] : [`Both sides were judged by the new checks, as they had changed: ${rejudged.join(", ")}.`],
		...notes
	];
}
function shareOf(part, whole) {
	return whole === 0 ? null : part / whole;
}
/** Checks that passed more or less often, the worse first. */
function listCheckChanges({ changes }) {
	const share = ({ passed, answers }) => passed / answers;
	return changes.map(({ prompt, label, base, head }) => ({
		prompt,
		label,
		isBetter: share(head) > share(base),
		passed: `${describePassed(base)} → ${describePassed(head)}`
	})).sort((a, b) => Number(a.isBetter) - Number(b.isBetter));
}
function describePassed({ passed, answers }) {
	if (answers === 0) return "no answer";
	if (passed === 0) return answers === 1 ? "failed" : "never";
	if (passed === answers) return answers === 1 ? "passed" : "always";
	return `${formatShare(passed, answers)} times`;
}
/** How much answers differ, from each other and among themselves. */
function describeAnswers({ word, prompts, changed, changes, flipRate, notes }) {
	if (word === "not comparable") return ["No prompt was answered by both sides."];
	if (word === "same") return [`The same on ${formatQuantity(prompts, "prompt")}.`];
	return [
		word === "cannot tell" ? `${formatShare(changes.length, prompts)} differ.` : `${formatShare(changes.length, prompts)} differ, ${changed === changes.length && changed > 0 ? "all of them" : formatCount(changed)} beyond self-disagreement.`,
		...describeFlipRate(flipRate),
		...notes
	];
}
function describeFlipRate({ base, head, between }) {
	const percent = formatPlainPercent;
	if (base === null || head === null) return [];
	if (base === 0 && head === 0) return ["Loaded again, each answers as it did."];
	return [`Loaded again, base answers otherwise in ${percent(base)} of cases and head in ${percent(head)}; the two differ in ${percent(between)}.`];
}
/** What the speed of a model rests on: how many readings, and what there is to say of their noise, each thing once. */
function describeBasis({ design }, { metrics, requests }) {
	const notes = metrics.flatMap(({ metric, notes }) => notes.map((note) => ({
		note,
		metric
	})));
	const told = [...Map.groupBy(notes, ({ note }) => note)].map(([note, of]) => of.length === metrics.length ? note : `${of.map(({ metric }) => headlineNames[metric]).join(", ")}: ${note}`);
	return [
		...countReadings(design, metrics),
		...told,
		...listRareLosses({ requests })
	];
}
/** `6 loads × 2 rounds, 24 to 26 prompts, 287 to 312 pairs of readings.` */
function countReadings(design, metrics) {
	const measured = metrics.filter(({ pairs }) => pairs > 0);
	if (measured.length === 0) return [];
	const count = (read, singular, plural) => {
		const counts = measured.map(read);
		const [least, most] = [Math.min(...counts), Math.max(...counts)];
		return `${least === most ? "" : `${formatCount(least)} to `}${formatQuantity(most, singular, plural)}`;
	};
	const degrees = measured.map((it) => it.pooledDegreesOfFreedom);
	return [`${[
		design === "paired" ? `${count(({ loads }) => loads, "load")} × ${count(({ rounds }) => rounds, "round")}` : count(({ loads }) => loads, "earlier run"),
		count(({ prompts }) => prompts, "prompt"),
		count(({ pairs }) => pairs, "pair of readings", "pairs of readings"),
		...Math.min(...degrees) === 0 ? [] : [`noise pooled with stored loads (${count((it) => it.pooledDegreesOfFreedom, "degree", "degrees")} of freedom)`]
	].join(", ")}.`];
}
/** How the metrics of a machine were judged. */
function describeMethod({ settings, familySize }) {
	const { alpha, floor, looks } = settings;
	return [`${formatQuantity(familySize, "metric")} judged together: α ${formatPlainPercent(alpha)} over all of them, and a change has to be at least ${formatPlainPercent(floor)} to be named.`, looks === null ? "A range is a 90 % interval." : `A range is a 90 % interval, wider at an early look: it was agreed to look after ${looks.join(", ")} loads, and looking early is paid for in every p as well.`];
}
/** Which runs the two sides are from, and what that means for the verdict. */
function describeDesign({ design, base, head }) {
	const time = formatTime(head.startedAt);
	return design === "paired" ? `Base and head measured in turn, in one job of ${time}` : `Head of ${time} against ${formatQuantity(base.runs.length, "earlier run")}, the last of ${formatTime(base.startedAt)}: not interleaved, so it sees less`;
}

// src/core/render/verdict-fit.ts
const encoder = new TextEncoder();
/** What the note on what was left out may take. */
const noteBytes = 600;
/**
* Head, sections and foot in at most `maxBytes` of UTF-8; so many characters are never more. First come the sections
* themselves, by rank; then what is folded: of the folds of the lowest rank the first piece in each section, then the
* second ones, and so on. From the first that has no room, all others are left out, so that nothing stands there without
* what it hangs on, and a note says how many.
*/
function fitSections({ head, sections, foot }, maxBytes, describeLeftOut) {
	const wanted = listByImportance(sections);
	const room = maxBytes - countBytes(head) - countBytes(foot);
	const count = countFitting(wanted, room);
	const kept = new Set(wanted.slice(0, count === wanted.length ? count : countFitting(wanted, room - noteBytes)).map(({ piece }) => piece));
	const lost = Map.groupBy(wanted.filter(({ piece }) => !kept.has(piece)), ({ kind }) => kind);
	const note = describeLeftOut([...lost].map(([kind, of]) => ({
		kind,
		count: of.length
	})));
	return [
		head,
		...sections.filter((it) => kept.has(it)).flatMap((it) => [it.markdown, ...it.folds.flatMap((fold) => unfold(fold, kept))]),
		...lost.size === 0 ? [] : [note],
		foot
	].join("\n");
}
function unfold({ open, close, pieces }, kept) {
	const shown = pieces.filter((piece) => kept.has(piece)).map(({ markdown }) => markdown);
	return shown.length === 0 ? [] : [
		open,
		...shown,
		close
	];
}
function listByImportance(sections) {
	const pieces = sections.flatMap(({ folds }, section) => folds.flatMap((fold) => fold.pieces.map((piece, position) => ({
		piece,
		kind: fold.kind,
		order: [
			fold.rank,
			position,
			section
		],
		bytes: countBytes(piece.markdown) + (position === 0 ? countBytes(fold.open) + countBytes(fold.close) : 0)
	}))));
	const own = sections.map((section, index) => ({
		piece: section,
		kind: section.kind,
		order: [
			section.rank,
			0,
			index
		],
		bytes: countBytes(section.markdown)
	}));
	const compare = (a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
	return [...own.sort((a, b) => compare(a.order, b.order)), ...pieces.sort((a, b) => compare(a.order, b.order))];
}
function countFitting(wanted, room) {
	let left = room;
	const first = wanted.findIndex(({ bytes }) => {
		left -= bytes;
		return left < 0;
	});
	return first === -1 ? wanted.length : first;
}
/** In UTF-8, with the line end that parts it from the next. */
function countBytes(markdown) {
	return encoder.encode(markdown).length + 1;
}

// node_modules/diff/libesm/diff/base.js
var Diff = class {
	diff(oldStr, newStr, options = {}) {
		let callback;
		if (typeof options === "function") {
			callback = options;
			options = {};
		} else if ("callback" in options) callback = options.callback;
		const oldString = this.castInput(oldStr, options);
		const newString = this.castInput(newStr, options);
		const oldTokens = this.removeEmpty(this.tokenize(oldString, options));
		const newTokens = this.removeEmpty(this.tokenize(newString, options));
		return this.diffWithOptionsObj(oldTokens, newTokens, options, callback);
	}
	diffWithOptionsObj(oldTokens, newTokens, options, callback) {
		var _a;
		const done = (value) => {
			value = this.postProcess(value, options);
			if (callback) {
				setTimeout(function() {
					callback(value);
				}, 0);
				return;
			} else return value;
		};
		const newLen = newTokens.length, oldLen = oldTokens.length;
		let editLength = 1;
		let maxEditLength = newLen + oldLen;
		if (options.maxEditLength != null) maxEditLength = Math.min(maxEditLength, options.maxEditLength);
		const maxExecutionTime = (_a = options.timeout) !== null && _a !== void 0 ? _a : Infinity;
		const abortAfterTimestamp = Date.now() + maxExecutionTime;
		const bestPath = [{
			oldPos: -1,
			lastComponent: void 0
		}];
		let newPos = this.extractCommon(bestPath[0], newTokens, oldTokens, 0, options);
		if (bestPath[0].oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(bestPath[0].lastComponent, newTokens, oldTokens));
		let minDiagonalToConsider = -Infinity, maxDiagonalToConsider = Infinity;
		const execEditLength = () => {
			for (let diagonalPath = Math.max(minDiagonalToConsider, -editLength); diagonalPath <= Math.min(maxDiagonalToConsider, editLength); diagonalPath += 2) {
				let basePath;
				const removePath = bestPath[diagonalPath - 1], addPath = bestPath[diagonalPath + 1];
				if (removePath) bestPath[diagonalPath - 1] = void 0;
				let canAdd = false;
				if (addPath) {
					const addPathNewPos = addPath.oldPos - diagonalPath;
					canAdd = addPath && 0 <= addPathNewPos && addPathNewPos < newLen;
				}
				const canRemove = removePath && removePath.oldPos + 1 < oldLen;
				if (!canAdd && !canRemove) {
					bestPath[diagonalPath] = void 0;
					continue;
				}
				if (!canRemove || canAdd && removePath.oldPos < addPath.oldPos) basePath = this.addToPath(addPath, true, false, 0, options);
				else basePath = this.addToPath(removePath, false, true, 1, options);
				newPos = this.extractCommon(basePath, newTokens, oldTokens, diagonalPath, options);
				if (basePath.oldPos + 1 >= oldLen && newPos + 1 >= newLen) return done(this.buildValues(basePath.lastComponent, newTokens, oldTokens)) || true;
				else {
					bestPath[diagonalPath] = basePath;
					if (basePath.oldPos + 1 >= oldLen) maxDiagonalToConsider = Math.min(maxDiagonalToConsider, diagonalPath - 1);
					if (newPos + 1 >= newLen) minDiagonalToConsider = Math.max(minDiagonalToConsider, diagonalPath + 1);
				}
			}
			editLength++;
		};
		if (callback) (function exec() {
			setTimeout(function() {
				if (editLength > maxEditLength || Date.now() > abortAfterTimestamp) return callback(void 0);
				if (!execEditLength()) exec();
			}, 0);
		})();
		else while (editLength <= maxEditLength && Date.now() <= abortAfterTimestamp) {
			const ret = execEditLength();
			if (ret) return ret;
		}
	}
	addToPath(path, added, removed, oldPosInc, options) {
		const last = path.lastComponent;
		if (last && !options.oneChangePerToken && last.added === added && last.removed === removed) return {
			oldPos: path.oldPos + oldPosInc,
			lastComponent: {
				count: last.count + 1,
				added,
				removed,
				previousComponent: last.previousComponent
			}
		};
		else return {
			oldPos: path.oldPos + oldPosInc,
			lastComponent: {
				count: 1,
				added,
				removed,
				previousComponent: last
			}
		};
	}
	extractCommon(basePath, newTokens, oldTokens, diagonalPath, options) {
		const newLen = newTokens.length, oldLen = oldTokens.length;
		let oldPos = basePath.oldPos, newPos = oldPos - diagonalPath, commonCount = 0;
		while (newPos + 1 < newLen && oldPos + 1 < oldLen && this.equals(oldTokens[oldPos + 1], newTokens[newPos + 1], options)) {
			newPos++;
			oldPos++;
			commonCount++;
			if (options.oneChangePerToken) basePath.lastComponent = {
				count: 1,
				previousComponent: basePath.lastComponent,
				added: false,
				removed: false
			};
		}
		if (commonCount && !options.oneChangePerToken) basePath.lastComponent = {
			count: commonCount,
			previousComponent: basePath.lastComponent,
			added: false,
			removed: false
		};
		basePath.oldPos = oldPos;
		return newPos;
	}
	equals(left, right, options) {
		if (options.comparator) return options.comparator(left, right);
		else return left === right || !!options.ignoreCase && left.toLowerCase() === right.toLowerCase();
	}
	removeEmpty(array) {
		const ret = [];
		for (let i = 0; i < array.length; i++) if (array[i]) ret.push(array[i]);
		return ret;
	}
	castInput(value, options) {
		return value;
	}
	tokenize(value, options) {
		return Array.from(value);
	}
	join(chars) {
		return chars.join("");
	}
	postProcess(changeObjects, options) {
		return changeObjects;
	}
	get useLongestToken() {
		return false;
	}
	buildValues(lastComponent, newTokens, oldTokens) {
		const components = [];
		let nextComponent;
		while (lastComponent) {
			components.push(lastComponent);
			nextComponent = lastComponent.previousComponent;
			delete lastComponent.previousComponent;
			lastComponent = nextComponent;
		}
		components.reverse();
		const componentLen = components.length;
		let componentPos = 0, newPos = 0, oldPos = 0;
		for (; componentPos < componentLen; componentPos++) {
			const component = components[componentPos];
			if (!component.removed) {
				if (!component.added && this.useLongestToken) {
					let value = newTokens.slice(newPos, newPos + component.count);
					value = value.map(function(value, i) {
						const oldValue = oldTokens[oldPos + i];
						return oldValue.length > value.length ? oldValue : value;
					});
					component.value = this.join(value);
				} else component.value = this.join(newTokens.slice(newPos, newPos + component.count));
				newPos += component.count;
				if (!component.added) oldPos += component.count;
			} else {
				component.value = this.join(oldTokens.slice(oldPos, oldPos + component.count));
				oldPos += component.count;
			}
		}
		return components;
	}
};

// node_modules/diff/libesm/diff/character.js
var CharacterDiff = class extends Diff {};
const characterDiff = new CharacterDiff();

// node_modules/diff/libesm/util/string.js
function longestCommonPrefix(str1, str2) {
	let i = 0;
	for (; i < str1.length && i < str2.length; i++) if (str1[i] != str2[i]) return str1.slice(0, i);
	return str1.slice(0, i);
}
function longestCommonSuffix(str1, str2) {
	let i;
	if (!str1 || !str2 || str1[str1.length - 1] != str2[str2.length - 1]) return "";
	for (i = 0; i < str1.length && i < str2.length; i++) if (str1[str1.length - (i + 1)] != str2[str2.length - (i + 1)]) return str1.slice(-i);
	return str1.slice(-i);
}
function replacePrefix(string, oldPrefix, newPrefix) {
	if (string.slice(0, oldPrefix.length) != oldPrefix) throw Error(`string ${JSON.stringify(string)} doesn't start with prefix ${JSON.stringify(oldPrefix)}; this is a bug`);
	return newPrefix + string.slice(oldPrefix.length);
}
function replaceSuffix(string, oldSuffix, newSuffix) {
	if (!oldSuffix) return string + newSuffix;
	if (string.slice(-oldSuffix.length) != oldSuffix) throw Error(`string ${JSON.stringify(string)} doesn't end with suffix ${JSON.stringify(oldSuffix)}; this is a bug`);
	return string.slice(0, -oldSuffix.length) + newSuffix;
}
function removePrefix(string, oldPrefix) {
	return replacePrefix(string, oldPrefix, "");
}
function removeSuffix(string, oldSuffix) {
	return replaceSuffix(string, oldSuffix, "");
}
function maximumOverlap(string1, string2) {
	return string2.slice(0, overlapCount(string1, string2));
}
function overlapCount(a, b) {
	let startA = 0;
	if (a.length > b.length) startA = a.length - b.length;
	let endB = b.length;
	if (a.length < b.length) endB = a.length;
	const map = Array(endB);
	let k = 0;
	map[0] = 0;
	for (let j = 1; j < endB; j++) {
		if (b[j] == b[k]) map[j] = map[k];
		else map[j] = k;
		while (k > 0 && b[j] != b[k]) k = map[k];
		if (b[j] == b[k]) k++;
	}
	k = 0;
	for (let i = startA; i < a.length; i++) {
		while (k > 0 && a[i] != b[k]) k = map[k];
		if (a[i] == b[k]) k++;
	}
	return k;
}
/**
* Split a string into segments using a word segmenter, merging consecutive
* segments if they are both whitespace segments. Whitespace segments can
* appear adjacent to one another for two reasons:
* - newlines always get their own segment
* - where a diacritic is attached to a whitespace character in the text, the
*   segment ends after the diacritic, so e.g. " \u0300 " becomes two segments.
* This function therefore runs the segmenter's .segment() method and then
* merges consecutive segments of whitespace into a single part.
*/
function segment(string, segmenter) {
	const parts = [];
	for (const segmentObj of Array.from(segmenter.segment(string))) {
		const segment = segmentObj.segment;
		if (parts.length && /\s/.test(parts[parts.length - 1]) && /\s/.test(segment)) parts[parts.length - 1] += segment;
		else parts.push(segment);
	}
	return parts;
}
function trailingWs(string, segmenter) {
	if (segmenter) return leadingAndTrailingWs(string, segmenter)[1];
	let i;
	for (i = string.length - 1; i >= 0; i--) if (!string[i].match(/\s/)) break;
	return string.substring(i + 1);
}
function leadingWs(string, segmenter) {
	if (segmenter) return leadingAndTrailingWs(string, segmenter)[0];
	const match = string.match(/^\s*/);
	return match ? match[0] : "";
}
function leadingAndTrailingWs(string, segmenter) {
	if (!segmenter) return [leadingWs(string), trailingWs(string)];
	if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \"word\"");
	const segments = segment(string, segmenter);
	const firstSeg = segments[0];
	const lastSeg = segments[segments.length - 1];
	return [/\s/.test(firstSeg) ? firstSeg : "", /\s/.test(lastSeg) ? lastSeg : ""];
}

// node_modules/diff/libesm/diff/word.js
const extendedWordChars = "a-zA-Z0-9_\\u{AD}\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2C6}\\u{2C8}-\\u{2D7}\\u{2DE}-\\u{2FF}\\u{1E00}-\\u{1EFF}";
const tokenizeIncludingWhitespace = new RegExp(`[${extendedWordChars}]+|\\s+|[^${extendedWordChars}]`, "ug");
var WordDiff = class extends Diff {
	equals(left, right, options) {
		if (options.ignoreCase) {
			left = left.toLowerCase();
			right = right.toLowerCase();
		}
		return left.trim() === right.trim();
	}
	tokenize(value, options = {}) {
		let parts;
		if (options.intlSegmenter) {
			const segmenter = options.intlSegmenter;
			if (segmenter.resolvedOptions().granularity != "word") throw new Error("The segmenter passed must have a granularity of \"word\"");
			parts = segment(value, segmenter);
		} else parts = value.match(tokenizeIncludingWhitespace) || [];
		const tokens = [];
		let prevPart = null;
		parts.forEach((part) => {
			if (/\s/.test(part)) {
				if (prevPart == null) tokens.push(part);
				else tokens.push(tokens.pop() + part);
			} else if (prevPart != null && /\s/.test(prevPart)) {
				if (tokens[tokens.length - 1] == prevPart) tokens.push(tokens.pop() + part);
				else tokens.push(prevPart + part);
			} else tokens.push(part);
			prevPart = part;
		});
		return tokens;
	}
	join(tokens) {
		return tokens.map((token, i) => {
			if (i == 0) return token;
			else return token.replace(/^\s+/, "");
		}).join("");
	}
	postProcess(changes, options) {
		if (!changes || options.oneChangePerToken) return changes;
		let lastKeep = null;
		let insertion = null;
		let deletion = null;
		changes.forEach((change) => {
			if (change.added) insertion = change;
			else if (change.removed) deletion = change;
			else {
				if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, change, options.intlSegmenter);
				lastKeep = change;
				insertion = null;
				deletion = null;
			}
		});
		if (insertion || deletion) dedupeWhitespaceInChangeObjects(lastKeep, deletion, insertion, null, options.intlSegmenter);
		return changes;
	}
};
const wordDiff = new WordDiff();
function dedupeWhitespaceInChangeObjects(startKeep, deletion, insertion, endKeep, segmenter) {
	if (deletion && insertion) {
		const [oldWsPrefix, oldWsSuffix] = leadingAndTrailingWs(deletion.value, segmenter);
		const [newWsPrefix, newWsSuffix] = leadingAndTrailingWs(insertion.value, segmenter);
		if (startKeep) {
			const commonWsPrefix = longestCommonPrefix(oldWsPrefix, newWsPrefix);
			startKeep.value = replaceSuffix(startKeep.value, newWsPrefix, commonWsPrefix);
			deletion.value = removePrefix(deletion.value, commonWsPrefix);
			insertion.value = removePrefix(insertion.value, commonWsPrefix);
		}
		if (endKeep) {
			const commonWsSuffix = longestCommonSuffix(oldWsSuffix, newWsSuffix);
			endKeep.value = replacePrefix(endKeep.value, newWsSuffix, commonWsSuffix);
			deletion.value = removeSuffix(deletion.value, commonWsSuffix);
			insertion.value = removeSuffix(insertion.value, commonWsSuffix);
		}
	} else if (insertion) {
		if (startKeep) {
			const ws = leadingWs(insertion.value, segmenter);
			insertion.value = insertion.value.substring(ws.length);
		}
		if (endKeep) {
			const ws = leadingWs(endKeep.value, segmenter);
			endKeep.value = endKeep.value.substring(ws.length);
		}
	} else if (startKeep && endKeep) {
		const newWsFull = leadingWs(endKeep.value, segmenter), [delWsStart, delWsEnd] = leadingAndTrailingWs(deletion.value, segmenter);
		const newWsStart = longestCommonPrefix(newWsFull, delWsStart);
		deletion.value = removePrefix(deletion.value, newWsStart);
		const newWsEnd = longestCommonSuffix(removePrefix(newWsFull, newWsStart), delWsEnd);
		deletion.value = removeSuffix(deletion.value, newWsEnd);
		endKeep.value = replacePrefix(endKeep.value, newWsFull, newWsEnd);
		startKeep.value = replaceSuffix(startKeep.value, newWsFull, newWsFull.slice(0, newWsFull.length - newWsEnd.length));
	} else if (endKeep) {
		const endKeepWsPrefix = leadingWs(endKeep.value, segmenter);
		const deletionWsSuffix = trailingWs(deletion.value, segmenter);
		const overlap = maximumOverlap(deletionWsSuffix, endKeepWsPrefix);
		deletion.value = removeSuffix(deletion.value, overlap);
	} else if (startKeep) {
		const startKeepWsSuffix = trailingWs(startKeep.value, segmenter);
		const deletionWsPrefix = leadingWs(deletion.value, segmenter);
		const overlap = maximumOverlap(startKeepWsSuffix, deletionWsPrefix);
		deletion.value = removePrefix(deletion.value, overlap);
	}
}
var WordsWithSpaceDiff = class extends Diff {
	tokenize(value) {
		const regex = new RegExp(`(\\r?\\n)|[${extendedWordChars}]+|[^\\S\\n\\r]+|[^${extendedWordChars}]`, "ug");
		return value.match(regex) || [];
	}
};
const wordsWithSpaceDiff = new WordsWithSpaceDiff();

// node_modules/diff/libesm/diff/line.js
var LineDiff = class extends Diff {
	constructor() {
		super(...arguments);
		this.tokenize = tokenize;
	}
	equals(left, right, options) {
		if (options.ignoreWhitespace) {
			if (!options.newlineIsToken || !left.includes("\n")) left = left.trim();
			if (!options.newlineIsToken || !right.includes("\n")) right = right.trim();
		} else if (options.ignoreNewlineAtEof && !options.newlineIsToken) {
			if (left.endsWith("\n")) left = left.slice(0, -1);
			if (right.endsWith("\n")) right = right.slice(0, -1);
		}
		return super.equals(left, right, options);
	}
};
const lineDiff = new LineDiff();
function tokenize(value, options) {
	if (options.stripTrailingCr) value = value.replace(/\r\n/g, "\n");
	const retLines = [], linesAndNewlines = value.split(/(\n|\r\n)/);
	if (!linesAndNewlines[linesAndNewlines.length - 1]) linesAndNewlines.pop();
	for (let i = 0; i < linesAndNewlines.length; i++) {
		const line = linesAndNewlines[i];
		if (i % 2 && !options.newlineIsToken) retLines[retLines.length - 1] += line;
		else retLines.push(line);
	}
	return retLines;
}

// node_modules/diff/libesm/diff/sentence.js
function isSentenceEndPunct(char) {
	return char == "." || char == "!" || char == "?";
}
var SentenceDiff = class extends Diff {
	tokenize(value) {
		var _a;
		const result = [];
		let tokenStartI = 0;
		for (let i = 0; i < value.length; i++) {
			if (i == value.length - 1) {
				result.push(value.slice(tokenStartI));
				break;
			}
			if (isSentenceEndPunct(value[i]) && value[i + 1].match(/\s/)) {
				result.push(value.slice(tokenStartI, i + 1));
				i = tokenStartI = i + 1;
				while ((_a = value[i + 1]) === null || _a === void 0 ? void 0 : _a.match(/\s/)) i++;
				result.push(value.slice(tokenStartI, i + 1));
				tokenStartI = i + 1;
			}
		}
		return result;
	}
};
const sentenceDiff = new SentenceDiff();

// node_modules/diff/libesm/diff/css.js
var CssDiff = class extends Diff {
	tokenize(value) {
		return value.split(/([{}:;,]|\s+)/);
	}
};
const cssDiff = new CssDiff();

// node_modules/diff/libesm/diff/json.js
var JsonDiff = class extends Diff {
	constructor() {
		super(...arguments);
		this.tokenize = tokenize;
	}
	get useLongestToken() {
		return true;
	}
	castInput(value, options) {
		const { undefinedReplacement, stringifyReplacer = (k, v) => typeof v === "undefined" ? undefinedReplacement : v } = options;
		return typeof value === "string" ? value : JSON.stringify(canonicalize(value, null, null, stringifyReplacer), null, "  ");
	}
	equals(left, right, options) {
		return super.equals(left.replace(/,([\r\n])/g, "$1"), right.replace(/,([\r\n])/g, "$1"), options);
	}
};
const jsonDiff = new JsonDiff();
function canonicalize(obj, stack, replacementStack, replacer, key) {
	stack = stack || [];
	replacementStack = replacementStack || [];
	if (replacer) obj = replacer(key === void 0 ? "" : key, obj);
	let i = 0;
	for (; i < stack.length; i += 1) if (stack[i] === obj) return replacementStack[i];
	let canonicalizedObj;
	if ("[object Array]" === Object.prototype.toString.call(obj)) {
		stack.push(obj);
		canonicalizedObj = new Array(obj.length);
		replacementStack.push(canonicalizedObj);
		for (i = 0; i < obj.length; i += 1) canonicalizedObj[i] = canonicalize(obj[i], stack, replacementStack, replacer, String(i));
		stack.pop();
		replacementStack.pop();
		return canonicalizedObj;
	}
	if (obj && obj.toJSON) obj = obj.toJSON();
	if (typeof obj === "object" && obj !== null) {
		stack.push(obj);
		canonicalizedObj = {};
		replacementStack.push(canonicalizedObj);
		const sortedKeys = [];
		let key;
		for (key in obj)
 /* istanbul ignore else */
		if (Object.prototype.hasOwnProperty.call(obj, key)) sortedKeys.push(key);
		sortedKeys.sort();
		for (i = 0; i < sortedKeys.length; i += 1) {
			key = sortedKeys[i];
			canonicalizedObj[key] = canonicalize(obj[key], stack, replacementStack, replacer, key);
		}
		stack.pop();
		replacementStack.pop();
	} else canonicalizedObj = obj;
	return canonicalizedObj;
}

// node_modules/diff/libesm/diff/array.js
var ArrayDiff = class extends Diff {
	tokenize(value) {
		return value.slice();
	}
	join(value) {
		return value;
	}
	removeEmpty(value) {
		return value;
	}
};
const arrayDiff = new ArrayDiff();
function diffArrays(oldArr, newArr, options) {
	return arrayDiff.diff(oldArr, newArr, options);
}

// src/core/word-diff.ts
/** Comparing costs (length × edits): a text that does its worst takes milliseconds, and nobody reads such a diff. */
const mostEdits = 400;
const mostDiffedCharacters = 2e4;
/** Deeper JSON is nobody's answer, and would exhaust the stack. */
const deepestJson = 100;
const words = new Intl.Segmenter("en", { granularity: "word" });
/**
* What one text became: by the structure where both are JSON, bare or in a code fence, else word by word, spaces and
* line breaks included. JSON that is the same but for order and spacing is compared word by word.
*/
function diffTexts(base, head) {
	const isCut = Math.max(base.length, head.length) > mostDiffedCharacters;
	const [before, now] = isCut ? [null, null] : [printJson(base), printJson(head)];
	if (before !== null && now !== null && before !== now) return {
		by: "json",
		parts: diffTokens(before.split(/(?<=\n)/), now.split(/(?<=\n)/)),
		isCut
	};
	return {
		by: "words",
		parts: diffWords(cut(base), cut(head)),
		isCut
	};
}
function diffWords(base, head) {
	const parts = diffTokens(splitWords(base), splitWords(head));
	return parts && joinOverSpaces(parts);
}
function diffTokens(base, head) {
	if (countLeastEdits(base, head) > mostEdits) return null;
	return diffArrays([...base], [...head], { maxEditLength: mostEdits })?.map(({ added, removed, value }) => ({
		kind: added ? "added" : removed ? "removed" : "same",
		text: value.join("")
	})) ?? null;
}
/** What one has more often than the other has to be edited, wherever it stands: texts on other things are told at once. */
function countLeastEdits(base, head) {
	const surplus = /* @__PURE__ */ new Map();
	for (const token of head) surplus.set(token, (surplus.get(token) ?? 0) + 1);
	for (const token of base) surplus.set(token, (surplus.get(token) ?? 0) - 1);
	return surplus.values().reduce((sum, count) => sum + Math.abs(count), 0);
}
function splitWords(text) {
	return Array.from(words.segment(text), ({ segment }) => segment);
}
/** Spaces that two changes have in common would tear them into single words: `a b` → `x y` is one change. */
function joinOverSpaces(parts) {
	const joined = [];
	let run = {
		removed: "",
		added: ""
	};
	const flush = () => {
		for (const kind of ["removed", "added"]) if (run[kind] !== "") joined.push({
			kind,
			text: run[kind]
		});
		run = {
			removed: "",
			added: ""
		};
	};
	parts.forEach(({ kind, text }, index) => {
		if (kind !== "same") run = {
			...run,
			[kind]: run[kind] + text
		};
		else if (run.removed !== "" && run.added !== "" && /^[^\S\n]+$/.test(text) && index + 1 < parts.length) run = {
			removed: run.removed + text,
			added: run.added + text
		};
		else {
			flush();
			joined.push({
				kind,
				text
			});
		}
	});
	flush();
	return joined;
}
/** An object or a list, a value on each line; null where the text is something else. */
function printJson(text) {
	const found = findJson(text);
	if (found.form === "none" || typeof found.value !== "object" || found.value === null) return null;
	if (!isShallow(found.value, deepestJson)) return null;
	return `${JSON.stringify(sortKeys(found.value), null, 2)}\n`;
}
function isShallow(value, levels) {
	if (typeof value !== "object" || value === null) return true;
	return levels > 0 && Object.values(value).every((it) => isShallow(it, levels - 1));
}
function sortKeys(value) {
	if (Array.isArray(value)) return value.map(sortKeys);
	if (typeof value !== "object" || value === null) return value;
	const entries = Object.entries(value).sort(([a], [b]) => a < b ? -1 : 1);
	return Object.fromEntries(entries.map(([key, it]) => [key, sortKeys(it)]));
}
/** Not through the middle of a character. */
function cut(text) {
	return text.slice(0, mostDiffedCharacters).replace(/[\ud800-\udbff]$/, "");
}

// src/core/render/write-answer.ts
/**
* All that a model answered, as one text in which nothing is hidden: what it said, called and embedded. Calls alone are
* JSON, so that they are compared by their structure.
*/
function writeAnswer({ text, toolCalls, embedding }) {
	const parts = [
		...text === "" ? [] : [text],
		...toolCalls.length === 0 ? [] : [JSON.stringify(toolCalls, null, 2)],
		...embedding === null ? [] : [describeEmbedding(embedding)]
	];
	return revealHidden(parts.join("\n"));
}
/** `3 vectors of 384 dimensions` */
function describeEmbedding({ vectors, dimensions }) {
	return `${formatQuantity(vectors, "vector")} of ${formatQuantity(dimensions, "dimension")}`;
}

// src/core/render/verdict-answers.ts
/** The answers of one model that differ, the most changed first, at most so many; a diff is made of each. */
function listChangedAnswers({ machine }, { base, head, text }, answers, most) {
	const own = answers.filter((it) => it.machine === machine.id && it.variantBase === base.key && it.variantHead === head.key);
	const pairs = new Map(own.map((pair) => [pair.prompt, pair]));
	return text.changes.slice(0, most).map((change) => {
		const pair = pairs.get(change.prompt);
		if (pair === void 0) return {
			change,
			found: null
		};
		const [before, now] = [writeAnswer(pair.base), writeAnswer(pair.head)];
		return {
			change,
			found: {
				pair,
				base: before,
				head: now,
				diff: diffTexts(before, now)
			}
		};
	});
}

// src/core/render/verdict-diff.ts
/** A comment shows how answers changed, the report the answers. */
const mostLines = 40;
const mostCharacters = 2500;
/** Of each side, where there is no diff. */
const mostOfSide = 600;
/** Unchanged text beside a change: enough to know the place. */
const contextCharacters = 70;
const contextLines = 3;
/**
* A diff as a block of code: of words `[-before-]{+after+}`, as git writes them; of JSON line by line, which GitHub
* colours. Where the texts are too different, the beginnings of both. Always short.
*/
function renderDiff$1(diff, base, head) {
	if (diff.parts === null) return renderBoth(base, head);
	return diff.by === "json" ? block(writeLines(diff.parts), "diff") : block(toCodeLines(writeWords(diff.parts), mostCharacters));
}
function renderBoth(base, head) {
	const side = (sign, text) => toCodeLines(cutText(text, mostOfSide), mostOfSide).slice(0, mostLines / 2).map((line) => `${sign} ${line}`);
	return block([...side("-", base), ...side("+", head)], "diff");
}
function block(lines, lang) {
	const shown = lines.slice(0, mostLines);
	const value = cutText(shown.join("\n"), mostCharacters);
	return {
		type: "code",
		...lang === void 0 ? {} : { lang },
		value: shown.length < lines.length ? `${value}\n…` : value
	};
}
function writeWords(parts) {
	return parts.map(({ kind, text }, index) => {
		if (kind === "removed") return `[-${text}-]`;
		if (kind === "added") return `{+${text}+}`;
		return shorten(text, {
			isFirst: index === 0,
			isLast: index === parts.length - 1
		});
	}).join("");
}
/** Both ends of what did not change, cut between words where there are any. */
function shorten(text, { isFirst, isLast }) {
	const sides = (isFirst ? 0 : 1) + (isLast ? 0 : 1);
	if (text.length <= sides * contextCharacters + 20) return text;
	return `${isFirst ? "" : text.slice(0, contextCharacters).replace(/\s\S*$/, " ")}…${isLast ? "" : text.slice(-70).replace(/^\S*\s/, " ")}`.replace(/[\ud800-\udbff](?=…)|(?<=…)[\udc00-\udfff]/, "");
}
function writeLines(parts) {
	const signs = {
		same: " ",
		added: "+",
		removed: "-"
	};
	return parts.flatMap(({ kind, text }, index) => {
		const lines = toCodeLines(text.replace(/\n$/, "")).map((line) => `${signs[kind]} ${line}`);
		if (kind !== "same") return lines;
		const start = index === 0 ? 0 : contextLines;
		const end = index === parts.length - 1 ? 0 : contextLines;
		if (lines.length <= start + end + 1) return lines;
		return [
			...lines.slice(0, start),
			"  …",
			...lines.slice(lines.length - end)
		];
	});
}

// src/core/render/verdict-rows.ts
function describeMetric(verdict, tails) {
	const { metric, word, change, interval } = verdict;
	const tail = tails.find((it) => it.metric === metric);
	const median = (side) => tail === void 0 ? "–" : formatMetric(tail.metric, tail[side].median);
	return {
		metric: capitalise(headlineNames[metric]),
		base: median("base"),
		head: median("head"),
		change: formatChange(change),
		interval: interval === null ? null : formatRange(interval),
		word,
		detectable: word === "inconclusive" ? formatDetectable(verdict.detectableChange, directionOf(metric)) : null
	};
}
/** The slow end of both sides, as cells: metric, then base → head of each percentile and of the slowest case. */
function describeTail({ metric, base, head }) {
	const both = (describe) => [.../* @__PURE__ */ new Set([describe(base), describe(head)])].join(" → ");
	const percentile = (it) => both((side) => formatPercentile(metric, side[it], side.n));
	return [
		metricDefinitions[metric].name,
		both(({ median }) => formatMetric(metric, median)),
		...[
			"p90",
			"p95",
			"p99"
		].map(percentile),
		both(({ slowest }) => formatMetric(metric, slowest?.value))
	];
}
const tailColumns = [
	"Metric",
	"Median",
	"p90",
	"p95",
	"p99",
	"Slowest"
];
/** `Memory: 5.20 GiB → 5.41 GiB, all of it on the GPU`; null where it is not known. */
function describeMemory({ memory, vram }) {
	if (memory.base === null && memory.head === null) return null;
	const tell = ({ base, head, change }) => change === 0 ? `${formatBytes(base)} as before` : `${formatBytes(base)} → ${formatBytes(head)}`;
	const onGpu = vram.base === 0 && vram.head === 0 ? ", none of it on a GPU" : vram.base === memory.base && vram.head === memory.head ? ", all of it on the GPU" : `; of that on the GPU ${tell(vram)}`;
	return `Memory: ${tell(memory)}${onGpu}`;
}
/** The prompts × metrics that stand out, the largest changes first. */
function listOutstanding({ promptDetail }) {
	return promptDetail.filter(({ standsOut }) => standsOut).sort((a, b) => Math.abs(b.logRatio) - Math.abs(a.logRatio));
}
/** A metric of prompt detail, short. */
function nameHeadline(metric) {
	return capitalise(headlineNames[metric]);
}
function capitalise(text) {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

// src/core/render/verdict-folds.ts
/** More than these are in the report. */
const most$1 = {
	answers: 10,
	checks: 30,
	prompts: 30,
	vacuous: 10,
	notes: 30
};
/** What is given up last comes first. */
const ranks = {
	numbers: 0,
	answers: 1,
	prompts: 2,
	checks: 3,
	tails: 4,
	notes: 5
};
/** Of a model there is something to say about: a block for each kind of detail that it has. */
function foldDetails(verdict, model, answers) {
	const changed = listChangedAnswers(verdict, model, answers, most$1.answers);
	return [
		fold$1(describeChanged(model, changed), "answers", "answer", changed.flatMap(renderAnswer$1)),
		fold$1("Prompts that changed otherwise than the rest", "prompts", "prompt table", renderPrompts(verdict, model)),
		fold$1("Checks, one by one", "checks", "check list", renderChecks(model)),
		fold$1("Tails, described and not judged", "tails", "tail table", renderTails(model)),
		fold$1("What the numbers rest on", "notes", "note list", renderNotes(verdict, model))
	].filter(({ pieces }) => pieces.length > 0);
}
/** Of a model without news: everything in one block. */
function foldNumbers(verdict, model, facts) {
	return fold$1("Its numbers", "numbers", "number table", [[
		...facts,
		...renderTails(model).flat(),
		...renderNotes(verdict, model).flat()
	]]);
}
function describeChanged({ text }, changed) {
	const shown = changed.filter(({ found }) => found !== null).length;
	return shown === text.changes.length ? `Answers that differ: ${formatQuantity(shown, "prompt")}` : `Answers that differ most: ${formatShare(shown, text.changes.length)} prompts`;
}
function renderAnswer$1({ change, found }) {
	if (found === null) return [];
	const { diff, base, head } = found;
	const notes = [
		change.changed ? "" : `, ${wordAnswer(change)}`,
		diff.by === "json" ? ", as JSON with its keys in order" : "",
		diff.parts === null ? ", too different for a diff" : "",
		diff.isCut ? ", the beginning" : ""
	].join("");
	return [[paragraph(code(change.prompt), `: distance ${formatDistance(change.distance)}${notes}`), renderDiff$1(diff, base, head)]];
}
function renderPrompts({ settings }, model) {
	const rows = listOutstanding(model).map(({ prompt, metric, change, adjustedPValue }) => [...[
		code(prompt),
		nameHeadline(metric),
		formatChange(change),
		formatProbability(adjustedPValue)
	]]);
	if (rows.length === 0) return [];
	return [[table([
		"Prompt",
		"Metric",
		"Change",
		"Adjusted p"
	], rows.slice(0, most$1.prompts)), paragraph(`${formatShare(rows.length, model.promptDetail.length)} prompts × metrics, against what all prompts changed by; at most ${formatPlainPercent(settings.falseDiscoveryRate)} of those named are expected to be false. For who looks for the cause, not an alarm.`)]];
}
function renderChecks({ quality }) {
	const changes = listCheckChanges(quality).map(({ prompt, label, passed, isBetter }) => [...[
		strong(isBetter ? "better" : "worse"),
		" ",
		code(prompt),
		` ${label}: ${passed}`
	]]);
	const vacuous = (title, checks) => checks.length === 0 ? [] : [[
		title,
		joinPhrases(checks.map(({ prompt, label }) => [code(prompt), ` ${label}`]), most$1.vacuous, "; "),
		"."
	]];
	const items = [
		...capPhrases(changes, most$1.checks),
		...vacuous("No answer of either side failed: ", quality.neverFailed),
		...vacuous("No answer of either side passed: ", quality.neverPassed)
	];
	return items.length === 0 ? [] : [[list(items)]];
}
function renderTails({ tails }) {
	return tails.length === 0 ? [] : [[table([...tailColumns], tails.map(describeTail))]];
}
function renderNotes(verdict, model) {
	if (model.reasons.length > 0) return [];
	const notes = describeBasis(verdict, model).map(sentence);
	return notes.length === 0 ? [] : [[list(capPhrases(notes, most$1.notes))]];
}
function fold$1(title, rank, kind, pieces) {
	const [open, close] = details(title, []).map((node) => renderMarkdown([node]));
	return {
		open: open ?? "",
		close: close ?? "",
		rank: ranks[rank],
		kind,
		pieces: pieces.map((nodes) => ({ markdown: renderMarkdown(nodes) }))
	};
}

// src/core/model-lines.ts
/** Options and thinking in one line, sorted by name: `seed 7, temperature 0`. */
function describeOptions({ options, think }) {
	return [...Object.entries(options).sort(([a], [b]) => a < b ? -1 : 1).map(([name, value]) => `${name} ${JSON.stringify(value)}`), ...think === null || think === false ? [] : [`think ${think}`]].join(", ");
}

// src/core/render/verdict-sides.ts
/** What the two sides are; what differs is the treatment. */
function describeSides({ base, head }) {
	return [
		[
			"Tag",
			base.name,
			head.name
		],
		[
			"Digest",
			formatDigest(base.digest),
			formatDigest(head.digest)
		],
		[
			"Parameters",
			base.parameterSize,
			head.parameterSize
		],
		[
			"Quantization",
			base.quantization,
			head.quantization
		],
		[
			"Context",
			show(base.contextLength),
			show(head.contextLength)
		],
		[
			"Template",
			digestOf(base.templateHash),
			digestOf(head.templateHash)
		],
		[
			"Options",
			optionsOf(base),
			optionsOf(head)
		],
		[
			"Think",
			show(base.think),
			show(head.think)
		]
	].map(([name, before, after]) => ({
		name,
		base: before ?? "–",
		head: after ?? "–",
		isSame: before === after
	}));
}
function nameSides({ base, head }) {
	const change = (before, after, name = "") => before === after ? [] : [`${name}${before ?? "unknown"} → ${after ?? "unknown"}`];
	const others = [...change(base.parameterSize, head.parameterSize, "parameters "), ...change(digestOf(base.templateHash), digestOf(head.templateHash), "template ")];
	if (base.name !== head.name) {
		const asked = describeAskedChanges({
			...base,
			contextLength: null
		}, {
			...head,
			contextLength: null
		});
		return {
			from: base.name,
			to: head.name,
			changes: asked,
			also: [...change(base.quantization, head.quantization, "quantization "), ...others]
		};
	}
	return {
		from: head.name,
		to: null,
		also: others,
		changes: [
			...change(base.quantization, head.quantization),
			...change(formatDigest(base.digest), formatDigest(head.digest)),
			...describeAskedChanges(base, head)
		]
	};
}
function show(value) {
	return value === null ? null : String(value);
}
function digestOf(hash) {
	return hash === null ? null : formatDigest(hash);
}
/** Thinking has a row of its own. */
function optionsOf({ options }) {
	return describeOptions({
		options,
		think: null
	}) || "none";
}

// src/core/render/verdict-model.ts
/** More than these are folded, or in the report. */
const most = {
	worse: 5,
	named: 3,
	leftOut: 10,
	changes: 4,
	losses: 8
};
/**
* A model of a verdict: what came to nothing and what got worse, then the table, then everything else folded. One without
* news is folded as a whole.
*/
function renderModel(verdict, model, { answers, isOnly }) {
	const title = heading(3, nameModel(model));
	const facts = listFacts(model);
	if (!isOnly && isQuiet(model)) {
		const line = writeOutcome(model, model.joint.speed, verdict.settings.floor);
		return {
			kind: "model",
			rank: 1,
			markdown: renderMarkdown([title, paragraph(sentence(line))]),
			folds: [foldNumbers(verdict, model, facts)]
		};
	}
	return {
		kind: "model",
		rank: 0,
		markdown: renderMarkdown([
			title,
			...listNews(model),
			...facts
		]),
		folds: foldDetails(verdict, model, answers)
	};
}
/** `qwen3:8b` → `qwen3:14b`; of one tag what was changed of it: `qwen3:8b`: num_ctx 512 → 1024. */
function nameModel(model) {
	const { from, to, changes } = nameSides(model);
	const tags = to === null ? code(from) : [
		code(from),
		" → ",
		code(to)
	];
	return changes.length === 0 ? tags : [
		tags,
		": ",
		joinPhrases(changes.map(sentence), most.changes)
	];
}
/** What has to be read first: why there is no verdict, what came to nothing, and the checks that passed before. */
function listNews(model) {
	const { reasons, quality } = model;
	const { also } = nameSides(model);
	const worse = listCheckChanges(quality).filter(({ isBetter }) => !isBetter).map(({ prompt, label, passed }) => [code(prompt), ` ${label}: ${passed}`]);
	const losses = listLosses(model).map(renderTrouble);
	return [
		...reasons.length === 0 ? [] : [paragraph("Not comparable. ", sentence(reasons.map(({ reason }) => reason).join(" ")))],
		...losses.length === 0 ? [] : [list(capPhrases(losses, most.losses))],
		...worse.length === 0 ? [] : [paragraph(strong("Checks that pass less often than before")), list(capPhrases(worse, most.worse))],
		...also.length === 0 ? [] : [paragraph("Changed with it: ", joinPhrases(also.map(sentence), 9), ".")]
	];
}
/** `**Ended early** after 4 of at most 12 loads: …`, or of prompts and models `**Lost, 2 prompts** `a`, `b`: …`. */
function renderTrouble({ title, text, names }) {
	const of = names.length === 0 ? "" : [
		" ",
		joinPhrases(names.map((it) => code(it)), most.leftOut),
		":"
	];
	return [
		strong(title),
		of,
		" ",
		sentence(text)
	];
}
function listFacts(model) {
	const { metrics, reasons, quality, text } = model;
	const memory = describeMemory(model.memory);
	const tail = describeJointTail(model.tails);
	const outstanding = listOutstanding(model).map(({ prompt, metric, change }) => [code(prompt), ` ${nameHeadline(metric)} ${formatChange(change)}`]);
	const facts = [
		...reasons.length > 0 ? [] : [[
			"Checks. ",
			sentence(describeChecks(quality).join(" ")),
			nameBetter(model)
		], ["Answers. ", sentence(describeAnswers(text).join(" "))]],
		...outstanding.length === 0 ? [] : [[
			"Prompts that changed otherwise than the rest: ",
			joinPhrases(outstanding, most.named),
			"."
		]],
		...tail === null ? [] : [tail],
		...memory === null ? [] : [`${memory}.`],
		...model.leftOut.length === 0 ? [] : [describeLeftOut$1(model)]
	];
	return [...reasons.length > 0 || metrics.every(({ word }) => word === "not comparable") ? [] : [renderMetrics(model)], ...facts.length === 0 ? [] : [list(facts)]];
}
function renderMetrics({ metrics, tails }) {
	const rows = metrics.map((metric) => {
		const { metric: name, base, head, change, interval, word, detectable } = describeMetric(metric, tails);
		const named = toneOf(word) === "worse" || toneOf(word) === "better" ? strong(word) : word;
		return [...[
			name,
			base,
			head,
			change,
			interval ?? "–"
		], detectable === null ? named : [named, `: ${detectable}`]];
	});
	return table([
		"Metric",
		"Base",
		"Head",
		"Change",
		"Range",
		"Verdict"
	], rows);
}
/** The first few that pass more often. */
function nameBetter({ quality }) {
	const better = listCheckChanges(quality).filter(({ isBetter }) => isBetter);
	if (better.length === 0) return "";
	const names = better.map(({ prompt, label }) => [code(prompt), ` ${label}`]);
	return [
		" Better: ",
		joinPhrases(names, most.named, "; "),
		"."
	];
}
function describeLeftOut$1({ leftOut }) {
	const byReason = [...Map.groupBy(leftOut, ({ reason }) => reason)].map(([reason, of]) => [
		joinPhrases(of.map(({ prompt }) => code(prompt)), most.leftOut),
		" (",
		sentence(reason.replace(/\.$/, "")),
		")"
	]);
	return [
		`Left out, ${formatQuantity(leftOut.length, "prompt")}: `,
		joinPhrases(byReason, most.leftOut, "; "),
		"."
	];
}

// src/core/render/verdict-markdown.ts
/** GitHub takes 65,536 characters in a comment; the rest is for what a caller sets around it. */
const maxCommentBytes = 6e4;
/** More comparisons than anybody reads in a table. */
const mostRows = 50;
const mostMethods = 20;
const mostCircumstances = 5;
/**
* The verdicts of a campaign, one for each machine, as GitHub-flavoured Markdown for a comment or a job summary: what
* came out over all, then model by model one line to act on, a table, and details folded. What has no room is left out,
* what is folded first, and it says so.
*/
function renderVerdicts(verdicts, options) {
	const { reportUrl, answers = [], maxBytes = maxCommentBytes } = options;
	const count = verdicts.reduce((sum, { models }) => sum + models.length, 0);
	const title = heading(2, sentence(`Herdmark: ${describeOutcome(verdicts)}`));
	const sections = verdicts.flatMap((verdict) => [renderMachine(verdict, verdicts.length === 1), ...verdict.models.map((model) => renderModel(verdict, model, {
		answers,
		isOnly: count === 1
	}))]);
	const link = reportUrl === null ? [] : [[linkTo(reportUrl, "The whole report"), ", with every answer that changed."]];
	return fitSections({
		head: renderMarkdown([title, ...link.length === 0 ? [] : [paragraph(link)]]),
		sections: [...count > 1 ? [renderOverview(verdicts)] : [], ...sections],
		foot: renderMarkdown(explain(verdicts))
	}, maxBytes, (leftOut) => renderMarkdown([paragraph(describeLeftOut(leftOut, reportUrl))]));
}
/** Of several comparisons, a line each: whoever has a minute reads on where a word is bold. */
function renderOverview(verdicts) {
	const rows = verdicts.flatMap(({ machine, models, settings }) => models.map((model) => {
		const { speed, quality, text } = model.joint;
		const sizes = measureSizes(model, settings.floor);
		const checks = [sizes.requests, sizes.checks].filter((it) => it !== null).join("; ");
		return [
			nameModel(model),
			...verdicts.length > 1 ? [machine.label] : [],
			...[
				sized(speed, sizes.speed),
				sized(quality, checks || null),
				sized(text, sizes.answers)
			],
			sizes.memory ?? (model.joint.memory === null ? "–" : "as before")
		];
	}));
	const columns = [
		"Model",
		...verdicts.length > 1 ? ["Machine"] : [],
		"Speed",
		"Checks",
		"Answers",
		"Memory"
	];
	const rest = rows.length - mostRows;
	return {
		kind: "overview",
		rank: -1,
		folds: [],
		markdown: renderMarkdown([table(columns, rows.slice(0, mostRows), "left"), ...rest > 0 ? [paragraph(`${formatQuantity(rest, "more comparison")}: see below.`)] : []])
	};
}
const readings = "Base and head are medians; a change is of pairs, prompt by prompt, and not their quotient. E2E at matched length is how long head takes for an answer as long as base’s.";
/** What a machine measured, of which commit, and what was in the way. */
function renderMachine(verdict, isOnly) {
	const { machine, head } = verdict;
	const name = [
		machine.label,
		" (",
		code(machine.id),
		")"
	];
	const circumstances = listCircumstances(verdict).map(renderTrouble);
	const commit = head.source.sha === null ? "" : [" of ", code(head.source.sha.slice(0, 12))];
	return {
		kind: "machine",
		rank: 0,
		folds: [],
		markdown: renderMarkdown([
			...isOnly ? [] : [heading(2, "On ", name)],
			paragraph(isOnly ? [
				"On ",
				name,
				". "
			] : "", describeDesign(verdict), commit, "."),
			...circumstances.length === 0 ? [] : [list(capPhrases(circumstances, mostCircumstances))]
		])
	};
}
/** A word with what it is about, bold where it is news. */
function sized(word, size) {
	return [toneOf(word) === "worse" || toneOf(word) === "better" || word === "changed" ? strong(word) : word, size === null ? "" : `: ${size}`];
}
/** The five words, and how each machine came to them. */
function explain(verdicts) {
	const [first] = verdicts;
	if (first === void 0) return [];
	const words = defineWords(first.settings).map(({ word, meaning }) => [
		strong(word),
		": ",
		meaning
	]);
	const methods = new Set(verdicts.flatMap(describeMethod));
	return details("How to read this", [list(words), list([...[...methods].slice(0, mostMethods), readings])]);
}
function describeLeftOut(leftOut, reportUrl) {
	const counts = leftOut.map(({ kind, count }) => formatQuantity(count, kind)).join(", ");
	const where = reportUrl === null ? "" : [
		" ",
		linkTo(reportUrl, "The whole report"),
		" has everything."
	];
	return [`Left out as too long: ${counts}.`, where];
}
function linkTo(url, text) {
	return {
		type: "link",
		url,
		children: [{
			type: "text",
			value: text
		}]
	};
}

// src/report/html.ts
/** Markup. Made by `html` alone, so whatever is not this was not escaped yet. */
var Html = class {
	markup;
	constructor(markup) {
		this.markup = markup;
	}
};
/**
* Escapes every value that is not markup already, and makes visible what is hidden in it. Attributes have to be quoted:
* then no value can end one.
*/
function html(strings, ...values) {
	return new Html(strings.map((part, index) => part + write(values[index] ?? null)).join(""));
}
function write(content) {
	if (content === null || content === false) return "";
	if (content instanceof Html) return content.markup;
	if (typeof content === "object") return content.map(write).join("");
	return escapeHtml(revealHidden(String(content)));
}

// src/report/fold.ts
/** A block that a reader opens, or that is open from the beginning. On paper all are. */
function fold(title, content, isOpen = false) {
	const summary = html`<summary>${title}</summary><div class="folded">${content}</div>`;
	return isOpen ? html`<details open>${summary}</details>` : html`<details>${summary}</details>`;
}
/** A table in a box that scrolls by itself, so that the page never does. */
function tableBox(label, head, rows) {
	return html`<div class="table-box" tabindex="0" role="group" aria-label="${label}"><table>
<thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead>
<tbody>${rows.map(([first, ...cells]) => html`<tr><th scope="row">${first ?? ""}</th>${cells.map((cell) => html`<td>${cell}</td>`)}</tr>\n`)}</tbody>
</table></div>`;
}
/** Names and what they are. */
function facts(items) {
	return html`<dl class="facts">${items.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}
function bullets(items) {
	return items.length > 0 && html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`;
}

// src/report/answer-section.ts
/** More than anybody reads; a model with more prompts has the most changed ones here. */
const mostAnswers = 200;
/** Open from the beginning: those that a reader came for. */
const mostOpen = 3;
/** Every answer that differs, the most changed first. */
function answerSection(verdict, model, answers) {
	const { text } = model;
	const changed = listChangedAnswers(verdict, model, answers, mostAnswers);
	const rest = text.changes.length - changed.length;
	return [
		html`<h4>Answers</h4>`,
		bullets(describeAnswers(text)),
		changed.length > 0 && html`<p class="muted">A distance of 0 is the same words in the same order, one of 1 none in common. Of each side the answer is shown that is most like its others.</p>`,
		changed.map((answer, index) => renderAnswer(answer, index < mostOpen && answer.change.changed)),
		rest > 0 && html`<p class="muted">${formatQuantity(rest, "other")} that differ less are not shown.</p>`
	];
}
function renderAnswer({ change, found }, isOpen) {
	const { prompt, distance, excess, changed, adjustedPValue } = change;
	const title = html`<code>${prompt}</code> <span class="badge ${changed ? "open" : "level"}">${wordAnswer(change)}</span> <span class="muted">distance ${formatDistance(distance)}</span>`;
	const basis = html`<p class="muted">Of the distance ${formatDistance(Math.max(excess, 0))} is beyond what each side differs from itself; adjusted p ${formatProbability(adjustedPValue)}.</p>`;
	if (found === null) return fold(title, [basis, html`<p>The two answers are not at hand.</p>`]);
	const { diff, base, head, pair } = found;
	return fold(title, [
		diff.by === "json" && html`<p class="muted">Compared as JSON, with its keys in order.</p>`,
		diff.isCut && html`<p class="muted">Only the beginnings are compared.</p>`,
		diff.parts === null ? [html`<p class="muted">Too different for a diff.</p>`, bothTexts(prompt, base, head)] : [renderDiff(prompt, diff.parts), fold("Both in full", bothTexts(prompt, base, head))],
		listFailed("Base", pair.base),
		listFailed("Head", pair.head),
		basis
	], isOpen);
}
/** A parser drops the first line end of a pre: so there is one to drop. */
function renderDiff(prompt, parts) {
	if (parts.every(({ kind }) => kind === "same")) return html`<p>What differs does not show in text, such as the kind of its line ends.</p>`;
	const marked = parts.map(({ kind, text }) => {
		if (kind === "added") return html`<ins>${text}</ins>`;
		return kind === "removed" ? html`<del>${text}</del>` : text;
	});
	return html`<pre tabindex="0" role="group" aria-label="How the answer to ${prompt} changed" dir="auto">\n${marked}</pre>`;
}
function bothTexts(prompt, base, head) {
	const side = (name, text) => html`<div><h5>${name}</h5><pre tabindex="0" role="group" aria-label="${name}’s answer to ${prompt}" dir="auto">\n${cutText(text, mostDiffedCharacters)}</pre></div>`;
	return html`<div class="sides">${side("Base", base)}${side("Head", head)}</div>`;
}
function listFailed(side, { checks }) {
	const failed = checks.filter(({ pass }) => !pass);
	return failed.length > 0 && [html`<p>${side} failed:</p>`, bullets(failed.map(({ label, reason }) => html`<strong>${label}</strong>: ${reason}`))];
}

// src/report/check-section.ts
/** What the answers are worth by the checks of the prompt set. */
function checkSection({ quality }) {
	const { prompts, better, worse, adjustedPValue, neverFailed, neverPassed } = quality;
	const changes = listCheckChanges(quality);
	const test = adjustedPValue === null ? "" : ` An exact sign test gives p ${formatProbability(adjustedPValue)}.`;
	return [
		html`<h4>Checks</h4>`,
		html`<p>Of ${formatQuantity(prompts, "prompt")}, head passed more of its checks on ${formatCount(better)} and fewer on ${formatCount(worse)}.${test}</p>`,
		bullets(describeChecks(quality)),
		changes.length > 0 && tableBox("Checks that passed more or less often", [
			"Prompt",
			"Check",
			"How often it passed",
			"Head is"
		], changes.map(({ prompt, label, passed, isBetter }) => [
			html`<code>${prompt}</code>`,
			...[label, passed],
			html`<span class="badge ${isBetter ? "better" : "worse"}">${isBetter ? "better" : "worse"}</span>`
		])),
		listVacuous("that no answer of either side failed", neverFailed),
		listVacuous("that no answer of either side passed", neverPassed)
	];
}
function listVacuous(what, checks) {
	return checks.length > 0 && fold(`${formatQuantity(checks.length, "check")} ${what}: nothing to tell the two by`, bullets(checks.map(({ prompt, label }) => html`<code>${prompt}</code> ${label}`)));
}

// src/core/render/interval-layout.ts
/** Beyond this a bar would make all others unreadable: it is cut, with an arrow. */
const widest = .5;
/** Half the width of the common axis: the longest interval, and well beyond the floor. */
function chooseSpan(metrics, floor) {
	const ends = metrics.flatMap(({ change, interval }) => [
		Math.abs(change ?? 0),
		Math.abs(interval?.low ?? 0),
		Math.abs(interval?.high ?? 0)
	]);
	return Math.min(Math.max(1.1 * Math.max(0, ...ends), 2.5 * floor), widest);
}
/** A change and its interval around zero, with the floor as a band; null where there is no change to draw. */
function layoutInterval({ change, interval }, span, floor) {
	if (change === null) return null;
	const x = (ratio) => round((clamp(ratio / span) + 1) / 2 * 148 + 6);
	const { low, high } = interval ?? {
		low: change,
		high: change
	};
	return {
		zero: x(0),
		floor: {
			left: x(-floor),
			width: round(x(floor) - x(-floor))
		},
		change: x(change),
		low: x(low),
		high: x(high),
		isLowCut: low < -span,
		isHighCut: high > span
	};
}
function clamp(value) {
	return Math.min(Math.max(value, -1), 1);
}
function round(value) {
	return Math.round(value * 10) / 10;
}

// src/report/interval-bar.ts
const middle = 26 / 2;
/** The change and its interval around zero; the band is the floor. The cells beside it say the same in numbers. */
function intervalBar(metric, span, floor) {
	const bar = layoutInterval(metric, span, floor);
	if (bar === null) return null;
	return html`<svg class="bar ${toneOf(metric.word)}" width="${160}" height="${26}" viewBox="0 0 ${160} ${26}" aria-hidden="true">
<rect class="floor" x="${bar.floor.left}" y="1" width="${bar.floor.width}" height="${26 - 2}"/>
<path class="zero" d="M${bar.zero} 0V${26}"/>
<path class="line" d="M${bar.low} ${middle}H${bar.high}"/>
${bar.isLowCut ? arrow(bar.low, 1) : end(bar.low)}${bar.isHighCut ? arrow(bar.high, -1) : end(bar.high)}
<circle class="dot" cx="${bar.change}" cy="${middle}" r="4"/>
</svg>`;
}
/** What the two ends of the axis stand for. */
function axisLabel(span) {
	return html`<span class="axis"><span>${formatRoughChange(-span)}</span><span>0</span><span>${formatRoughChange(span)}</span></span>`;
}
function end(x) {
	return html`<path class="line" d="M${x} ${middle - 5}v10"/>`;
}
function arrow(x, direction) {
	return html`<path class="line" d="M${x + 5 * direction} ${middle - 5}L${x} ${middle}l${5 * direction} 5"/>`;
}

// src/core/render/verdict-prompts.ts
/** The change of each prompt on each metric, as a table. */
function arrangePrompts(detail) {
	const metrics = [...new Set(detail.map(({ metric }) => metric))];
	return {
		metrics,
		rows: [...Map.groupBy(detail, ({ prompt }) => prompt)].sort(([, a], [, b]) => countOutstanding(b) - countOutstanding(a) || largest(b) - largest(a)).map(([prompt, own]) => ({
			prompt,
			cells: metrics.map((metric) => own.find((it) => it.metric === metric) ?? null)
		})),
		outstanding: countOutstanding(detail)
	};
}
/** How a prompt lies against base. One may stand out for being as before where the others are not. */
function compareToBase({ logRatio }, floor) {
	if (Math.abs(logRatio) < Math.log1p(floor)) return "as before";
	return logRatio > 0 ? "worse" : "better";
}
function countOutstanding(details) {
	return details.filter(({ standsOut }) => standsOut).length;
}
function largest(details) {
	return Math.max(...details.map(({ logRatio }) => Math.abs(logRatio)));
}

// src/report/prompt-table.ts
/** The change of each prompt on each metric, what stands out first: for who looks for the cause. */
function promptTable({ settings }, { promptDetail }) {
	if (promptDetail.length === 0) return null;
	const { metrics, rows, outstanding } = arrangePrompts(promptDetail);
	return fold(`Prompt by prompt: ${formatShare(outstanding, promptDetail.length)} readings changed otherwise than the rest`, [tableBox("Prompt by prompt", ["Prompt", ...metrics.map(nameHeadline)], rows.map(({ prompt, cells }) => [html`<code>${prompt}</code>`, ...cells.map((it) => cell(it, settings.floor))])), html`<p class="muted">Marked is what changed otherwise than all prompts did on that metric, beyond chance and by at least the floor; of what is marked, ${formatPlainPercent(settings.falseDiscoveryRate)} at most are expected to be false. Never an alarm.</p>`], outstanding > 0);
}
function cell(detail, floor) {
	if (detail === null) return "–";
	const { change, standsOut } = detail;
	if (!standsOut) return formatChange(change);
	const word = compareToBase(detail, floor);
	return html`<span class="badge ${word === "as before" ? "open" : word}">${formatChange(change)} ${word}</span>`;
}

// src/report/word-badge.ts
/** One of the words, in a colour that only repeats it. */
function wordBadge(word) {
	return html`<span class="badge ${toneOf(word)}">${word}</span>`;
}
/** The same with how much it is. */
function sizedBadge(word, size) {
	return [wordBadge(word), size !== null && size !== "" && html` ${size}`];
}

// src/report/metric-section.ts
/** How fast a model is: the headline metrics, what they rest on, prompt by prompt, and the tails. */
function metricSection(verdict, model) {
	const { metrics, tails } = model;
	return [
		html`<h4>Speed</h4>`,
		metrics.length === 0 ? html`<p>There is no metric that both sides have.</p>` : metricTable(verdict, model),
		bullets(describeBasis(verdict, model)),
		promptTable(verdict, model),
		tails.length > 0 && fold("Tails: described, never judged", [tableBox("Tails", tailColumns, tails.map(describeTail)), html`<p class="muted">Base → head, over all valid readings. A percentile is shown where there are enough readings to bound it.</p>`])
	];
}
function metricTable({ settings: { floor } }, { metrics, tails }) {
	const span = chooseSpan(metrics, floor);
	const rows = metrics.map((metric) => {
		const row = describeMetric(metric, tails);
		return [
			[html`${row.metric}<br>${wordBadge(row.word)}`, row.detectable !== null && html`<br><span class="muted">${row.detectable}</span>`],
			html`<strong>${row.change}</strong>`,
			intervalBar(metric, span, floor),
			...[
				row.interval ?? "–",
				row.base,
				row.head,
				formatProbability(metric.adjustedPValue)
			]
		];
	});
	const head = [...[
		"Metric",
		"Change",
		axisLabel(span),
		"Range",
		"Base",
		"Head",
		"Adjusted p"
	]];
	const matched = metrics.some(({ metric }) => metric === "matchedE2eMs");
	return [tableBox("Speed, metric by metric", head, rows), html`<p class="muted">Base and head are medians; the change is of pairs, prompt by prompt, and not their quotient. The band is the floor: no change within it is named.${matched && ` ${headlineNames.matchedE2eMs} is how long head takes for an answer as long as base’s: computed pair by pair, it has no median.`}</p>`];
}

// src/report/trouble-list.ts
/** What has to be read with the figures, each with what it is said of. */
function troubleList(troubles) {
	return bullets(troubles.map(({ title, text, names }) => {
		const of = names.map((name, at) => [at > 0 && ", ", html`<code>${name}</code>`]);
		return html`<strong>${title}</strong> ${names.length > 0 && [of, ": "]}${text}`;
	}));
}

// src/report/model-section.ts
/** Everything a verdict has on one model. */
function modelSection(verdict, model, { answers, anchor }) {
	const { joint, reasons, leftOut, quality } = model;
	const sizes = measureSizes(model, verdict.settings.floor);
	const losses = listLosses(model);
	const worse = listCheckChanges(quality).filter(({ isBetter }) => !isBetter);
	return html`<article class="card" id="${anchor}" aria-labelledby="${anchor}-name">
<h3 id="${anchor}-name">${modelName(model)}</h3>
<p class="words"><span>speed ${sizedBadge(joint.speed, sizes.speed)}</span> <span>checks ${sizedBadge(joint.quality, sizes.checks)}</span> <span>answers ${sizedBadge(joint.text, sizes.answers)}</span>${sizes.memory !== null && html` <span>memory <span class="badge open">${sizes.memory}</span></span>`}</p>
${losses.length > 0 && [html`<h4>What came to nothing</h4>`, troubleList(losses)]}
${worse.length > 0 && [html`<h4>Checks that pass less often than before</h4>`, bullets(worse.map(({ prompt, label, passed }) => html`<code>${prompt}</code> ${label}: ${passed}`))]}
${reasons.length > 0 && [html`<h4>Why the two cannot be compared</h4>`, bullets(reasons.map(({ code, reason }) => html`<code>${code}</code> ${reason}`))]}
${sidesTable(model)}
${reasons.length === 0 && [
		metricSection(verdict, model),
		checkSection(model),
		answerSection(verdict, model, answers)
	]}
${leftOut.length > 0 && fold(`${formatQuantity(leftOut.length, "prompt")} left out`, bullets(leftOut.map(({ prompt, reason }) => html`<code>${prompt}</code> ${reason}`)))}
</article>`;
}
/** Both tags, or of one tag what was changed of it. */
function modelName(model) {
	const { from, to, changes } = nameSides(model);
	return [
		html`<code>${from}</code>`,
		to !== null && html` → <code>${to}</code>`,
		changes.length > 0 && `: ${changes.join(", ")}`
	];
}
/** What the two sides are; what differs is the treatment. */
function sidesTable(model) {
	const { treatment, memory } = model;
	return [
		html`<h4>What was changed</h4>`,
		treatment.length === 0 ? html`<p>Nothing: the same model was measured twice.</p>` : bullets(treatment),
		html`<p>${describeMemory(memory) ?? "Memory: not known"}.</p>`,
		fold("Both sides as they were asked", tableBox("Both sides", [
			"Of the model",
			"Base",
			"Head"
		], describeSides(model).map(({ name, base, head, isSame }) => [...[name, base], isSame ? head : html`<strong>${head}</strong>`])))
	];
}

// src/report/machine-section.ts
/** Where a model is in the page. */
function anchorOf(machine, model) {
	return `machine-${machine + 1}-model-${model + 1}`;
}
/** A machine: what it measured and how that was judged, then its models. */
function machineSection(verdict, index, answers) {
	const { design, machine, base, head, settings, models } = verdict;
	const side = ({ runs, startedAt, source }) => html`${runs.map((run, at) => [at > 0 && ", ", html`<code>${run}</code>`])}, ${formatTime(startedAt)}${source.sha !== null && html`, commit <code>${source.sha.slice(0, 12)}</code>`}`;
	const { repository, pullRequest } = head.source;
	return html`<section aria-labelledby="machine-${index + 1}">
<h2 id="machine-${index + 1}">${machine.label} <code class="muted">${machine.id}</code></h2>
<p>${describeDesign(verdict)}.</p>
${troubleList(listCircumstances(verdict))}
${fold("How it was measured and judged", facts([
		...repository === null ? [] : [["Repository", pullRequest === null ? repository : `${repository}, pull request ${pullRequest}`]],
		...design === "paired" ? [["Run", side(head)]] : [["Head", side(head)], ["Base", side(base)]],
		["Judged", describeMethod(verdict).join(" ")],
		["Checks", `α ${formatPlainPercent(settings.qualityAlpha)} of their own, over all models.`],
		["Detail", `At most ${formatPlainPercent(settings.falseDiscoveryRate)} false among the prompts and answers that are named.`]
	]))}
${models.map((model, at) => modelSection(verdict, model, {
		answers,
		anchor: anchorOf(index, at)
	}))}
</section>`;
}

// src/report/style.ts
/** The colours of the site, in one sheet for screen, phone and paper. */
const style = `
:root {
  color-scheme: light dark;
  --paper: light-dark(#f7f6f1, #121412);
  --card: light-dark(#fffefb, #1a1d1a);
  --sunken: light-dark(#efede5, #0d0f0d);
  --ink: light-dark(#1c211e, #e8e7e0);
  --muted: light-dark(#595f59, #a4a99f);
  --line: light-dark(#dfdcd1, #2e332e);
  --strong-line: light-dark(#8b8f86, #6e746c);
  --accent: light-dark(#0b5f50, #6fcbb6);
  --mark: light-dark(#8f4506, #eba757);
  --mark-tint: light-dark(#fbeedb, #34250f);
  --good: light-dark(#0c6638, #74d19b);
  --good-tint: light-dark(#e2f1e6, #14301f);
  --bad: light-dark(#ab2618, #ff9486);
  --bad-tint: light-dark(#fbe8e4, #3b1b17);
  --sans: ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Code", Menlo, Consolas, "DejaVu Sans Mono", monospace;
}
* { box-sizing: border-box; }
html { background: var(--paper); color: var(--ink); font: 400 0.9375rem/1.55 var(--sans); font-variant-numeric: tabular-nums; text-size-adjust: none; }
body { margin: 0 auto; max-width: 76rem; padding: 2rem 1.5rem 4rem; }
h1, h2, h3, h4, h5, p, dl, dd, ul, pre { margin: 0; }
h1, h2, h3, h4, h5 { line-height: 1.25; font-weight: 620; letter-spacing: -0.012em; text-wrap: balance; overflow-wrap: anywhere; }
h1 { font-size: clamp(1.35rem, 1.1rem + 1vw, 1.85rem); letter-spacing: -0.02em; }
h2 { font-size: 1.375rem; }
h3 { font-size: 1.125rem; }
h4 { font-size: 1rem; margin-top: 0.75rem; }
h5 { font-size: 0.8125rem; color: var(--muted); }
ul { padding-left: 1.1rem; }
li { overflow-wrap: anywhere; }
p { text-wrap: pretty; overflow-wrap: anywhere; max-width: 60rem; }
a { color: inherit; text-decoration-color: var(--strong-line); text-underline-offset: 0.2em; }
a:hover { color: var(--accent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
code, pre { font-family: var(--mono); font-size: 0.92em; }
code { overflow-wrap: anywhere; }
header { display: grid; gap: 0.4rem; padding-bottom: 1.5rem; }
main, section, article, .folded { display: grid; gap: 0.75rem; grid-template-columns: minmax(0, 1fr); align-content: start; }
main { gap: 2.5rem; }
section { gap: 1rem; }
.brand { color: var(--accent); font-weight: 640; letter-spacing: -0.03em; }
.muted { color: var(--muted); font-size: 0.8125rem; font-weight: 400; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 10px; padding: 1.25rem; min-width: 0; }
.words { display: flex; flex-wrap: wrap; gap: 0.3rem 1.2rem; font-size: 0.8125rem; color: var(--muted); }
.badge { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 99px; font-size: 0.8125rem; font-weight: 550; background: var(--sunken); color: var(--muted); white-space: nowrap; }
.badge.worse { background: var(--bad-tint); color: var(--bad); }
.badge.better { background: var(--good-tint); color: var(--good); }
.badge.open { background: var(--mark-tint); color: var(--mark); }
.table-box { overflow: auto; border: 1px solid var(--line); border-radius: 10px; background: var(--card); max-width: 100%; }
table { border-collapse: collapse; width: 100%; font-size: 0.8125rem; line-height: 1.4; }
th, td { padding: 0.45rem 0.75rem; text-align: left; vertical-align: middle; border-bottom: 1px solid var(--line); white-space: nowrap; }
tbody tr:last-child > * { border-bottom: 0; }
thead th { color: var(--muted); font-weight: 550; vertical-align: bottom; }
tbody th { font-weight: 500; white-space: normal; min-width: 5.5rem; }
tbody th code { overflow-wrap: break-word; }
tbody th .badge { margin-top: 0.15rem; }
.axis { display: flex; justify-content: space-between; width: 160px; }
.bar { display: block; height: auto; color: var(--muted); }
.bar.worse { color: var(--bad); }
.bar.better { color: var(--good); }
.bar.open { color: var(--mark); }
.bar .floor { fill: var(--sunken); stroke: var(--line); }
.bar .zero { stroke: var(--strong-line); }
.bar .line { stroke: currentColor; stroke-width: 2; fill: none; }
.bar .dot { fill: currentColor; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 0.35rem 1.25rem; font-size: 0.8125rem; }
.facts dt { color: var(--muted); }
.facts dd { overflow-wrap: anywhere; max-width: 60rem; }
summary { cursor: pointer; overflow-wrap: anywhere; }
summary:hover { color: var(--accent); }
.folded { padding: 0.75rem 0 0.25rem 1rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: 0.8125rem; line-height: 1.55; padding: 0.85rem 1rem; background: var(--sunken); border-radius: 8px; max-height: 30rem; overflow: auto; tab-size: 2; }
ins, del { border-radius: 3px; text-decoration-thickness: 1px; }
ins { background: var(--good-tint); color: var(--good); text-decoration: underline; }
del { background: var(--bad-tint); color: var(--bad); text-decoration: line-through; }
.sides { display: grid; gap: 0.75rem; grid-template-columns: repeat(auto-fit, minmax(min(22rem, 100%), 1fr)); }
.sides > div { min-width: 0; display: grid; gap: 0.3rem; align-content: start; }
@media (max-width: 40rem) {
  body { padding-inline: 1rem; }
  .card { padding: 1rem; }
  .facts { grid-template-columns: minmax(0, 1fr); gap: 0.1rem; }
  .facts dd { margin-bottom: 0.5rem; }
  .folded { padding-left: 0; }
  th, td { padding-inline: 0.4rem; }
  .axis, .bar { width: 112px; }
}
@media print {
  :root { color-scheme: light; }
  html { font-size: 9pt; background: none; }
  body { max-width: none; padding: 0; }
  details::details-content { content-visibility: visible; height: auto; }
  .card { border: 0; padding: 0; }
  tr, svg { break-inside: avoid; }
  h2, h3, h4, summary { break-after: avoid; }
  .table-box, pre { overflow: visible; max-height: none; border: 0; }
  th, td { white-space: normal; padding: 0.25rem 0.4rem; }
}
`;

// src/report/page.ts
/** Nothing is fetched, run or sent, whatever should get into the page. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";
/** A whole HTML document. */
function renderPage(title, content) {
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

// src/report/html-report.ts
/**
* Everything about the verdicts of a campaign, one for each machine, in one HTML file that asks for nothing: no script,
* no font, no picture. It opens from a disk, from an artifact, on a phone and on paper.
* @param answers those that differ; what is not among them is told without its text.
*/
function renderReport(verdicts, answers) {
	const outcome = describeOutcome(verdicts);
	const title = outcome.charAt(0).toUpperCase() + outcome.slice(1);
	const content = html`<header>
<p class="brand">Herdmark</p>
<h1>${title}</h1>
</header>
<main>
${overview(verdicts)}
${verdicts.map((verdict, index) => machineSection(verdict, index, answers))}
${explanation(verdicts)}
</main>`;
	return renderPage(title, content);
}
/** A line for each comparison, where there are several. */
function overview(verdicts) {
	const rows = verdicts.flatMap(({ machine, models, settings }, index) => models.map((model, at) => {
		const { speed, quality, text } = model.joint;
		const sizes = measureSizes(model, settings.floor);
		return [
			html`<a href="#${anchorOf(index, at)}">${modelName(model)}</a>`,
			sizedBadge(speed, sizes.speed),
			sizedBadge(quality, [sizes.requests, sizes.checks].filter((it) => it !== null).join("; ")),
			sizedBadge(text, sizes.answers),
			...[sizes.memory ?? (model.joint.memory === null ? "–" : "as before"), machine.label]
		];
	}));
	return rows.length > 1 && tableBox("All comparisons", [
		"Model",
		"Speed",
		"Checks",
		"Answers",
		"Memory",
		"Machine"
	], rows);
}
function explanation(verdicts) {
	const [first] = verdicts;
	if (first === void 0) return null;
	const { ttftMs, tpotMs, e2eMs, prefillTokensPerSecond } = metricDefinitions;
	return html`<section aria-labelledby="how">
<h2 id="how">How to read this</h2>
<h3>Speed and checks have one of five words</h3>
${facts(defineWords(first.settings).map(({ word, meaning }) => [wordBadge(word), meaning]))}
<h3>Answers have words of their own</h3>
${facts(textWords.map(({ word, meaning }) => [wordBadge(word), meaning]))}
<h3>What is measured</h3>
${facts([
		...[ttftMs, tpotMs].map(({ name, definition }) => [name, definition]),
		[e2eMs.name, `${e2eMs.definition} At matched length: TTFT + (tokens of base’s answer − 1) · TPOT, as a shorter answer is no faster model.`],
		[prefillTokensPerSecond.name, prefillTokensPerSecond.definition.replaceAll("`", "")]
	])}
</section>`;
}

// src/compare-folders.ts
/** Room is left below GitHub's 1 MiB for what the job says beside it. */
const summaryBytes = 1e6;
/**
* Compares the two sides of every run of a campaign, one for each machine, and judges all of them as one family: whoever
* reads the comment is alarmed by any of them. What its machine knew of its loads comes with each run.
*/
async function compareFolders(folders) {
	const runs = await Promise.all(folders.map(readWholeRun));
	const verdicts = judgeTogether(runs.map((whole) => compareWithin(whole, whole.plan)));
	const answers = verdicts.flatMap((verdict) => listAnswerPairs(verdict, runs));
	const lines = await Promise.all(folders.map(readConfigLines));
	const words = verdicts.flatMap(({ models }) => models.flatMap(({ joint }) => [joint.speed, joint.quality]));
	return {
		verdicts,
		markdown: renderVerdicts(verdicts, {
			reportUrl: null,
			answers
		}),
		summaryMarkdown: renderVerdicts(verdicts, {
			reportUrl: null,
			answers,
			maxBytes: summaryBytes
		}),
		html: renderReport(verdicts, answers),
		words: Object.fromEntries([...Map.groupBy(words, (word) => word)].map(([word, same]) => [word, same.length])),
		annotations: verdicts.flatMap((verdict, index) => verdict.models.flatMap((model) => annotate(model, lines[index] ?? null)))
	};
}
/** On the line of the config that asks for the model. */
function annotate({ head, joint }, lines) {
	const line = lines?.models[head.name];
	if (lines === null || line === void 0) return [];
	const isWorse = joint.speed === "regressed" || joint.quality === "regressed";
	const message = toPlainLine(`${head.name}: ${joint.line}`, 2e3);
	return [{
		file: lines.file,
		line,
		message,
		level: isWorse ? "error" : "notice"
	}];
}

export { compareFolders };