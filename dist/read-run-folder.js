import { d as formatShare, l as formatQuantity, n as formatCount } from "./format.js";
import { _ as UnreadableDocument, v as readDocument } from "./run.js";
import "./untrusted-text.js";
import { n as promptSet } from "./prompt-set.js";
import { a as runDocument, n as outputDocument } from "./documents.js";
import { t as directionOf } from "./headline-metrics.js";
import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

// src/core/render/verdict-format.ts
const tenths = new Intl.NumberFormat("en-US", {
	minimumFractionDigits: 1,
	maximumFractionDigits: 1
});
const hundredths = new Intl.NumberFormat("en-US", {
	minimumFractionDigits: 2,
	maximumFractionDigits: 2
});
const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
/** A tenfold value; beyond it the percentage says nothing. */
const mostChange = 9;
/** A change as head ÷ base − 1: `+5.1 %`, `−3.0 %`, `0 %`, `+102 %`. Tenths, as nothing smaller is worth a word. */
function formatChange(change) {
	if (change !== null && change > mostChange) return `over +900 %`;
	if (change === null) return "–";
	if (change === 0) return "0 %";
	if (change > -1 && change < -.9995) return "over −99.9 %";
	const size = Math.abs(change * 100);
	const digits = (size >= 99.95 ? whole : tenths).format(size);
	if (size < .05) return `${digits} %`;
	return `${change > 0 ? "+" : "−"}${digits} %`;
}
/** The same for a line that is read in passing, in two digits: `+35 %`, `−5.1 %`, `+0.3 %`. */
function formatRoughChange(change) {
	const size = Math.abs((change ?? 0) * 100);
	if (change === null || size < 9.95 || size >= 99.5) return formatChange(change);
	return `${change > 0 ? "+" : "−"}${whole.format(size)} %`;
}
/** Twofold: beyond it a percentage is no measure of a change, and the same change of a rate is another percentage. */
const mostDetectable = 1;
/**
* What a comparison would have named, in the direction in which it is worse: `+3.1 % would have shown`; of a rate the
* fall. A change so large that it says nothing is said as what it is, in either direction: `only a change by a factor of
* 3.4 would have shown`. Null, with unknown noise, is said too.
*/
function formatDetectable(detectableChange, better) {
	if (detectableChange === null) return "its noise is unknown";
	const factor = 1 + detectableChange;
	if (detectableChange <= mostDetectable) return `${formatChange(better === "lower" ? detectableChange : 1 / factor - 1)} would have shown`;
	return `only a change by a factor of ${detectableChange > mostChange ? `over 10` : Number(factor.toPrecision(2))} would have shown`;
}
/** `−0.4 % to +1.1 %`. */
function formatRange({ low, high }) {
	return `${formatChange(low)} to ${formatChange(high)}`;
}
/** A number that somebody chose, as it was chosen: `2 %`, `0.5 %`, `90 %`; and how often something is, `8 %`. */
function formatPlainPercent(ratio) {
	return ratio === null ? "–" : `${Number((ratio * 100).toPrecision(3))} %`;
}
/** `0.031`, `< 0.001`: no p of a table or a simulation is known better. */
function formatProbability(p) {
	if (p === null) return "–";
	return p < .001 ? "< 0.001" : String(Number(p.toPrecision(2)));
}
/** How far two answers are apart, from 0 to 1: `0.41`. */
function formatDistance(distance) {
	return hundredths.format(distance);
}

// src/core/render/verdict-outcome.ts
/** In a line there is room for the short ones. */
const shortNames = {
	ttftMs: "TTFT",
	tpotMs: "TPOT",
	matchedE2eMs: "E2E",
	prefillTokensPerSecond: "prefill"
};
function measureSizes(model, floor) {
	return {
		requests: sizeRequests(model.requests),
		speed: sizeSpeed(model.metrics),
		checks: sizeChecks(model.quality),
		answers: sizeAnswers(model.text),
		memory: sizeMemory(model.memory, floor)
	};
}
/** What came of a model, the most pressing first: `slower: E2E +35 %`, `checks better on 10 prompts, worse on 1` … */
function tellOutcome(model, speed, floor) {
	const sizes = measureSizes(model, floor);
	return [
		...sizes.requests === null ? [] : [sizes.requests],
		tellSpeed(model.metrics, speed, sizes.speed),
		sizes.checks === null ? `checks ${model.quality.word}` : `checks ${sizes.checks}`,
		tellAnswers(model.text.word, sizes.answers),
		...sizes.memory === null ? [] : [`memory ${sizes.memory}`]
	];
}
/** The same as a sentence. */
function writeOutcome(model, speed, floor) {
	const line = tellOutcome(model, speed, floor).join("; ");
	return `${line.charAt(0).toUpperCase()}${line.slice(1)}.`;
}
/** A share of requests that is no news by itself. */
const rareShare = .01;
/** How much worse the speed of a model became by what was named, as a logarithm; 0 where nothing was. */
function measureSlowdown(metrics) {
	const slower = metrics.filter(({ word }) => word === "regressed");
	const total = slower.filter(({ metric }) => metric === "matchedE2eMs");
	const ratios = (total.length > 0 ? total : slower).map(({ change }) => Math.abs(Math.log1p(change ?? 0)));
	return Math.max(0, ...ratios);
}
/** Requests that were left unanswered, and why the first of them was; null where there were few on both sides alike. */
function sizeRequests(requests) {
	if (requests === null) return null;
	if (["base", "head"].every((it) => requests[it].unanswered <= .01 * requests[it].asked) && (requests.word === "inconclusive" || requests.word === "unchanged")) return null;
	const side = (name) => {
		const { unanswered, asked, causes } = requests[name];
		if (unanswered === 0) return [];
		const cause = causes.find(({ status, code }) => status === "failed" || code === "thinking-exhausted");
		const why = cause === void 0 ? "" : ` (${cause.code.replaceAll("-", " ")})`;
		return [`${name} left ${formatShare(unanswered, asked)} requests unanswered${why}`];
	};
	const told = [...side("head"), ...side("base")];
	return told.length === 0 ? null : told.join(", ");
}
function sizeSpeed(metrics) {
	const having = (word) => metrics.filter((it) => it.word === word);
	const [slower, faster] = [having("regressed"), having("improved")];
	const named = [...slower, ...faster];
	if (named.length === 0) return sizeUnknown(having("inconclusive"));
	const total = named.filter(({ metric }) => metric === "matchedE2eMs");
	return (total.length > 0 && (slower.length === 0 || faster.length === 0) ? total : named).map(({ metric, change }) => `${shortNames[metric]} ${formatRoughChange(change)}`).join(", ");
}
/** `E2E +1.4 %, +3.1 % would have shown`: of the metric that says the most. */
function sizeUnknown(unknown) {
	const told = unknown.find(({ metric }) => metric === "matchedE2eMs") ?? unknown[0];
	if (told === void 0) return null;
	const { metric, change, detectableChange } = told;
	const seen = formatDetectable(detectableChange, directionOf(metric));
	return `${shortNames[metric]} ${formatRoughChange(change)}, ${seen}`;
}
function tellSpeed(metrics, word, size) {
	if (size === null) return `speed ${word}`;
	if (word === "inconclusive") return `speed inconclusive (${size})`;
	return word === "regressed" && metrics.some((it) => it.word === "improved") ? `speed mixed: ${size}` : `${word === "regressed" ? "slower" : "faster"}: ${size}`;
}
function sizeChecks({ word, better, worse }) {
	if (better + worse === 0) return null;
	const parts = [{
		what: "better",
		count: better
	}, {
		what: "worse",
		count: worse
	}].filter(({ count }) => count > 0);
	const text = (word === "improved" ? parts : parts.reverse()).map(({ what, count }, index) => index === 0 ? `${what} on ${formatQuantity(count, "prompt")}` : `${what} on ${formatCount(count)}`).join(", ");
	return word === "inconclusive" ? `${text} (too few to tell)` : text;
}
function sizeAnswers({ word, changed, changes, prompts }) {
	if (word === "changed") return changed === 0 ? null : formatShare(changed, prompts);
	return word === "cannot tell" ? formatShare(changes.length, prompts) : null;
}
function tellAnswers(word, size) {
	if (word === "changed") return size === null ? "answers changed as a whole" : `${size} answers changed`;
	if (word === "cannot tell") return `${size ?? "no"} answers differ, perhaps by chance`;
	if (word === "within self-disagreement") return "answers as unlike as each model’s own";
	return word === "same" ? "answers the same" : "answers not comparable";
}
function sizeMemory({ memory: { change } }, floor) {
	return change === null || Math.abs(change) < floor ? null : formatRoughChange(change);
}

// src/store/read-run-folder.ts
const mebibyte = 1024 ** 2;
/** A real nightly stays a hundred times below these: whoever exceeds them is not a benchmark. */
const largestBytes = {
	summary: 32 * mebibyte,
	promptSet: 8 * mebibyte,
	output: 8 * mebibyte,
	samples: 256 * mebibyte
};
/**
* Reads one run folder. Its content is untrusted: sizes are capped, links out of it refused, and only names that
* the schema has taken become part of a path.
* @throws {UnreadableDocument} at the first document that is missing or damaged.
*/
async function readRunFolder(folder) {
	const run = readDocument(runDocument, await readJson(folder, "summary.json", largestBytes.summary));
	const outputs = (await Promise.all(run.series.map(async ({ variant, prompt }) => {
		const file = `outputs/${variant}/${prompt}.json`;
		const json = await readJson(folder, file, largestBytes.output, "optional");
		if (json === void 0) return null;
		const output = readDocument(outputDocument, json);
		if (output.variant !== variant || output.prompt !== prompt) throw new UnreadableDocument("invalid", `${file} holds the answer of another model or prompt.`);
		return {
			file,
			output
		};
	}))).filter((it) => it !== null);
	const lineFiles = ["samples.ndjson", "telemetry.ndjson"];
	const readable = await Promise.all(lineFiles.map((file) => isReadable(folder, file, largestBytes.samples)));
	return {
		folder,
		run,
		promptSet: await readPromptSet(folder, run),
		outputs: outputs.map(({ output }) => output),
		files: [
			"summary.json",
			...lineFiles.filter((_, index) => readable[index]),
			...outputs.map(({ file }) => file)
		]
	};
}
/** Prompt sets have no version of their own document: one that a newer Herdmark wrote costs its texts, not the run. */
async function readPromptSet(folder, run) {
	const json = await readJson(folder, "inputs/prompt-set.json", largestBytes.promptSet, "optional");
	const result = promptSet.safeParse(json);
	return result.success && result.data.id === run.promptSet.id ? result.data : null;
}
async function readJson(folder, file, maxBytes, need) {
	if (!await isReadable(folder, file, maxBytes)) {
		if (need === "optional") return void 0;
		throw new UnreadableDocument("not-a-document", `It has no ${file}.`);
	}
	const text = await readFile(join(folder, file), "utf8");
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new UnreadableDocument("not-a-document", `${file} is not JSON.`, { cause });
	}
}
/**
* Whether the file is there.
* @throws {UnreadableDocument} where it is too large, no file, or leads out of the folder.
*/
async function isReadable(folder, file, maxBytes) {
	let path;
	try {
		path = await realpath(join(folder, file));
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
		throw new UnreadableDocument("not-a-document", `${file} cannot be read.`, { cause: error });
	}
	if (!path.startsWith(await realpath(folder) + sep)) throw new UnreadableDocument("invalid", `${file} is a link out of the run's folder.`);
	const found = await stat(path);
	if (!found.isFile()) throw new UnreadableDocument("invalid", `${file} is not a file.`);
	if (found.size > maxBytes) throw new UnreadableDocument("invalid", `${file} is larger than ${maxBytes / mebibyte} MiB.`);
	return true;
}

export { tellOutcome as a, formatDetectable as c, formatProbability as d, formatRange as f, rareShare as i, formatDistance as l, measureSizes as n, writeOutcome as o, formatRoughChange as p, measureSlowdown as r, formatChange as s, readRunFolder as t, formatPlainPercent as u };