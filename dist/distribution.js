import { g as record, h as object, i as toPlainLine, v as string, x as unknown } from "./plain-text.js";
import "./untrusted-text.js";
import { a as min, c as quantileSorted, i as median, n as max, o as probit, r as mean } from "./simple-statistics.js";
import { a as wordingsOf, c as listOf, l as quote, n as examineSchema, o as countOf, r as findFacts, s as describeValue, u as toReason } from "./json-schema.js";
import { Script, createContext } from "node:vm";

// src/bench/time-limit.ts
const limitMs = 1e3;
const script = new Script("work()");
/** A new one for each check would take longer than most checks do. */
const context = createContext({});
/**
* A prompt set may have the pattern `(a+)+$`, in a check or in a JSON Schema, by mistake or by somebody's pull request:
* a check has a second. While it runs nothing else does, no deadline and no signal.
*/
const withinSecond = (work) => {
	try {
		context.work = work;
		return script.runInContext(context, { timeout: limitMs });
	} catch (error) {
		if ((typeof error === "object" && error !== null && Reflect.get(error, "code")) === "ERR_SCRIPT_EXECUTION_TIMEOUT") return "out of time";
		throw error;
	}
};

// src/core/checks/answer-json.ts
/**
* Finds the JSON that an answer is. Bare: the whole answer parses. Fenced: the whole answer is one fence of three or
* more backticks, with a language or without, and what is in it parses. Prose beside either means that there is no
* JSON: a program that reads the answer would have to guess where it begins.
*/
function findJson(answer) {
	const bare = parseJson(answer);
	if ("value" in bare) return {
		form: "bare",
		value: bare.value
	};
	const trimmed = answer.trim();
	const inside = unwrapFence(trimmed);
	if (inside === null) return {
		form: "none",
		problem: trimmed.includes("```") ? "its code fence is not closed, or does not stand alone" : bare.problem
	};
	const fenced = parseJson(inside);
	return "value" in fenced ? {
		form: "fenced",
		value: fenced.value
	} : {
		form: "none",
		...fenced
	};
}
/** What is between the fences of a text that is a fence, or null. A second fence inside cannot parse as JSON. */
function unwrapFence(text) {
	const [opening, backticks] = /^(`{3,})[ \t]*[\w+.-]*[ \t]*\r?\n/.exec(text) ?? [];
	if (opening === void 0 || backticks === void 0) return null;
	const body = text.slice(opening.length);
	return body.endsWith(backticks) ? body.slice(0, body.length - backticks.length) : null;
}
function parseJson(text) {
	if (text.trim() === "") return { problem: "there is no text" };
	try {
		return { value: JSON.parse(text) };
	} catch (error) {
		return { problem: error instanceof Error ? error.message : String(error) };
	}
}

// src/core/checks/embeddings.ts
/**
* Looks at how many vectors there are, how long they are, and which lie closer together. That there are as many as
* texts, and all as long, is what the client requires of a reply.
*/
function examineEmbeddings({ vectors, dimensions, closer = [] }, embeddings) {
	const [first] = embeddings;
	if (first === void 0) return {
		holds: false,
		finding: "the answer has no vectors",
		unanswerable: true
	};
	const zero = embeddings.findIndex((vector) => norm(vector) === 0);
	if (zero >= 0) return {
		holds: false,
		finding: `the vector of text ${zero} is all zeros`,
		unanswerable: true
	};
	const size = (count, length) => `${countOf(count, "vector")} of ${countOf(length, "dimension")}`;
	const found = `the answer has ${size(embeddings.length, first.length)}`;
	const wanted = size(vectors ?? embeddings.length, dimensions ?? first.length);
	if (found !== `the answer has ${wanted}`) return {
		holds: false,
		finding: found,
		wanted
	};
	const wrong = closer.flatMap(([a, b, c]) => {
		const near = cosine(embeddings[a], embeddings[b]);
		const far = cosine(embeddings[a], embeddings[c]);
		return near > far ? [] : [`text ${a} is not closer to text ${b} (${near.toFixed(3)}) than to text ${c} (${far.toFixed(3)})`];
	});
	if (wrong.length > 0) return {
		holds: false,
		finding: listOf(wrong)
	};
	return {
		holds: true,
		finding: closer.length === 0 ? found : `${found}, closer as wanted in ${closer.length} of ${closer.length}`
	};
}
/** From -1 to 1; NaN where a vector is missing, which compares as closer to nothing. */
function cosine(a = [], b = []) {
	return a.reduce((sum, value, index) => sum + value * (b[index] ?? NaN), 0) / (norm(a) * norm(b));
}
function norm(vector) {
	return Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
}

// src/core/checks/equality.ts
const quotationMarks = /* @__PURE__ */ new Set("\"'`“”„‘’‚«»");
const closingMarks = /* @__PURE__ */ new Set([
	...quotationMarks,
	".",
	"!"
]);
/** Whether an answer is the wanted text, white space around either and the composition of characters aside. */
function equalsText({ value, ignoreCase, ignorePunctuation }, answer) {
	const fold = (text) => {
		const trimmed = text.normalize("NFC").trim();
		const bare = ignorePunctuation ? stripMarks(trimmed) : trimmed;
		return ignoreCase ? bare.toLowerCase() : bare;
	};
	return fold(answer) === fold(value);
}
/** Without quotation marks around it and without final full stops and exclamation marks, inside the quotes or outside. */
function stripMarks(text) {
	let start = 0;
	let end = text.length;
	while (start < end && quotationMarks.has(text.charAt(start))) start++;
	while (end > start && closingMarks.has(text.charAt(end - 1))) end--;
	return text.slice(start, end).trim();
}

// src/core/checks/label.ts
const longestLabel = 120;
/** What a check is called in reports: its own label, or one made from its content. */
function labelCheck(check) {
	const label = check.label ?? `${check.not ? "not: " : ""}${describeCheck(check)}`;
	return toPlainLine(label, longestLabel);
}
/** `exactly 3 bullets`, `at most 12 words`, `4 to 40 words`. */
function describeRange({ unit, min = 0, max }) {
	const name = unit.slice(0, -1);
	if (max === void 0) return `at least ${countOf(min, name)}`;
	if (min === max) return `exactly ${countOf(max, name)}`;
	return min === 0 ? `at most ${countOf(max, name)}` : `${min} to ${countOf(max, name)}`;
}
/** `JSON`, `bare JSON`, `fenced JSON`. */
function describeJsonForm({ form = "any" }) {
	return form === "any" ? "JSON" : `${form} JSON`;
}
function describeCheck(check) {
	switch (check.type) {
		case "json": return describeJsonForm(check);
		case "keys": return `JSON with ${listOf(check.keys)}`;
		case "schema": return typeof check.schema.title === "string" ? `JSON Schema ${quote(check.schema.title)}` : "JSON Schema";
		case "length": return describeRange(check);
		case "facts": {
			const { present = [], absent = [] } = check;
			const has = present.length > 0 ? [`has ${listOf(present.map((fact) => wordingsOf(fact)[0] ?? ""))}`] : [];
			const lacks = absent.length > 0 ? [`lacks ${listOf(absent)}`] : [];
			return [...has, ...lacks].join("; ");
		}
		case "regex": return `matches ${check.pattern}`;
		case "equals": return `is ${quote(check.value)}`;
		case "tool-call": return `calls ${check.name ?? "a tool"}${check.arguments ? " with the right arguments" : ""}`;
		case "embedding": return describeEmbedding(check);
	}
}
/** `8 vectors of 384 dimensions, 2 similarities`: what is asked for of it, and `vectors` where nothing is. */
function describeEmbedding({ vectors, dimensions, closer }) {
	const many = vectors === void 0 ? "vectors" : countOf(vectors, "vector");
	const long = dimensions === void 0 ? "" : ` of ${countOf(dimensions, "dimension")}`;
	if (closer === void 0) return many + long;
	const similarities = closer.length === 1 ? "1 similarity" : `${closer.length} similarities`;
	return vectors === void 0 && dimensions === void 0 ? similarities : `${many}${long}, ${similarities}`;
}

// src/core/checks/json-checks.ts
function examineJson(check, json) {
	if (json.form === "none") {
		const finding = `the answer is not JSON: ${json.problem}`;
		return check.type === "json" ? {
			holds: false,
			finding
		} : {
			holds: false,
			finding,
			unanswerable: true
		};
	}
	switch (check.type) {
		case "json": {
			const { form = "any" } = check;
			const place = json.form === "bare" ? "bare JSON" : "JSON in a code fence";
			return {
				holds: form === "any" || form === json.form,
				finding: `the answer is ${place}: ${describeValue(json.value)}`,
				wanted: describeJsonForm(check)
			};
		}
		case "keys": return examineKeys(check.keys, json.value);
		case "schema": return examineSchema(check.schema, json.value);
	}
}
function examineKeys(keys, value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) return {
		holds: false,
		finding: `the JSON is ${describeValue(value)}, not an object`
	};
	const missing = keys.filter((key) => !Object.hasOwn(value, key));
	if (missing.length === 0) return {
		holds: true,
		finding: `the JSON has ${listOf(keys.map(quote))}`
	};
	return {
		holds: false,
		finding: `the JSON is ${describeValue(value)} and lacks ${listOf(missing.map(quote))}`
	};
}

// src/core/checks/text-length.ts
const wordSegmenter = new Intl.Segmenter("en", { granularity: "word" });
const sentenceSegmenter = new Intl.Segmenter("en", { granularity: "sentence" });
/** A list item of Markdown, or one with the • that models write, at any depth; not the rule `* * *`. */
const bullet = /^[ \t]*(?:[-*+•]|\d{1,9}[.)])[ \t]+(?=\S)(?!(?:[-*][ \t]*)+$)/gmu;
/** How long a text is; white space around it does not count, and characters are code points. */
function measureLength(text, unit) {
	const trimmed = text.trim();
	switch (unit) {
		case "characters": return Array.from(trimmed).length;
		case "words": return count(wordSegmenter.segment(trimmed), ({ isWordLike }) => isWordLike === true);
		case "sentences": return count(sentenceSegmenter.segment(trimmed.replace(bullet, "")), ({ segment }) => /[\p{L}\p{N}]/u.test(segment));
		case "bullets": return trimmed.match(bullet)?.length ?? 0;
	}
}
function count(items, counts) {
	let total = 0;
	for (const item of items) if (counts(item)) total++;
	return total;
}

// src/core/checks/tool-calls.ts
const toolCall = object({ function: object({
	name: string(),
	arguments: record(string(), unknown())
}) });
/** The calls of an answer as the server sent them, without those that are none. The arguments are the model's own. */
function readToolCalls(calls) {
	return calls.flatMap((call) => toolCall.safeParse(call).data?.function ?? []);
}
/** Looks for the wanted call among those that a model made, wherever it stands. */
function examineToolCalls(check, calls) {
	const made = readToolCalls(calls);
	const wanted = check.name === void 0 ? "a tool call" : `a call of ${quote(check.name)}`;
	if (made.length === 0) return {
		holds: false,
		finding: "the answer calls no tool",
		wanted
	};
	const candidates = made.filter(({ name }) => check.name === void 0 || name === check.name);
	const { arguments: schema } = check;
	if (candidates.length === 0 || schema === void 0) {
		const finding = `the answer calls ${listOf(made.map(({ name }) => quote(name)))}`;
		return {
			holds: candidates.length > 0,
			finding,
			wanted
		};
	}
	const examined = candidates.map((call) => examineSchema(schema, call.arguments, `the input of ${quote(call.name)}`));
	const [first = {
		holds: false,
		finding: "the answer calls no tool"
	}] = examined;
	return examined.find(({ holds }) => holds) ?? first;
}

// src/core/checks/judge-answer.ts
/**
* Answers are capped by their prompt's maxTokens (8192 at most), so only a broken server sends more than this, and
* that is not judged. Below it all that follows is linear in the answer, but for the patterns and schemas of the
* prompt set. These may come from a pull request: whoever runs them gives each check a time limit by `withinLimit`.
*/
const longestJudgedAnswer = 1e6;
const atLeisure = (work) => work();
/**
* Judges one answer by every check of its prompt, in their order. An answer of nothing but text may be given as it.
* `not` inverts what a check says of the answer. But an answer without JSON says nothing about keys or a schema, and
* fails those checks inverted too: otherwise "has no password" would pass a model that answered in prose.
*/
function judgeAnswer(checks, given, withinLimit = atLeisure) {
	const answer = typeof given === "string" ? { text: given } : given;
	const { length } = answer.text;
	const problem = `it has ${length} characters, and above ${longestJudgedAnswer} an answer is not judged`;
	const tooLong = length > longestJudgedAnswer;
	const json = tooLong ? {
		form: "none",
		problem
	} : findJson(answer.text);
	return checks.map((check) => {
		const finding = tooLong ? {
			holds: false,
			finding: problem,
			unanswerable: true
		} : examineAnswer(check, answer, json, withinLimit);
		const pass = !finding.unanswerable && finding.holds !== (check.not ?? false);
		return {
			type: check.type,
			label: labelCheck(check),
			pass,
			reason: toReason(pass ? finding.finding : explainFailure(finding, check.not)),
			...expectsJson(check) ? { jsonForm: json.form } : {}
		};
	});
}
function examineAnswer(check, answer, json, withinLimit) {
	const { text } = answer;
	switch (check.type) {
		case "json":
		case "keys": return examineJson(check, json);
		case "schema": return limitFinding("the schema", () => examineJson(check, json), withinLimit);
		case "length": {
			const length = measureLength(text, check.unit);
			return {
				holds: (check.min ?? 0) <= length && length <= (check.max ?? Number.POSITIVE_INFINITY),
				finding: `the answer has ${countOf(length, check.unit.slice(0, -1))}`,
				wanted: describeRange(check)
			};
		}
		case "facts": return findFacts(check, text);
		case "regex": return limitFinding("the pattern", () => examinePattern(check, text), withinLimit);
		case "equals": return {
			holds: equalsText(check, text),
			finding: `the answer is ${quote(text)}`,
			wanted: quote(check.value)
		};
		case "tool-call": return limitFinding("the schema", () => examineToolCalls(check, answer.toolCalls ?? []), withinLimit);
		case "embedding": return examineEmbeddings(check, answer.embeddings ?? []);
	}
}
function examinePattern({ pattern, flags }, text) {
	const [match] = new RegExp(pattern, `u${flags ?? ""}`).exec(text) ?? [];
	return match === void 0 ? {
		holds: false,
		finding: `the pattern matches nowhere in ${quote(text)}`
	} : {
		holds: true,
		finding: `the pattern matches ${quote(match)}`
	};
}
function limitFinding(what, examine, withinLimit) {
	const finding = withinLimit(examine);
	if (finding !== "out of time") return finding;
	return {
		holds: false,
		finding: `${what} took too long to match`,
		unanswerable: true
	};
}
function explainFailure({ finding, wanted, unanswerable }, not) {
	if (unanswerable || wanted === void 0 && !not) return finding;
	if (!not) return `${finding}; wanted ${wanted}`;
	return `${finding}; wanted ${wanted === void 0 ? "the opposite" : `anything but ${wanted}`}`;
}
/** An answer that must not be JSON was not expected to be: it is no parse failure. */
function expectsJson({ type, not }) {
	return type === "keys" || type === "schema" || type === "json" && !not;
}

// src/core/compare/remember.ts
/** The same function, computing each value once. What it knows it keeps: for few arguments, told apart by how they read. */
function remember(compute) {
	const known = /* @__PURE__ */ new Map();
	return (...given) => {
		const key = given.join("/");
		const value = known.get(key) ?? compute(...given);
		known.set(key, value);
		return value;
	};
}

// src/core/checks/count-checks.ts
/** Counts what the checks said of several answers: one list of results for each answer that was judged. */
function countChecks(answers) {
	const results = answers.flat();
	const jsonForms = answers.flatMap((checks) => checks.find(({ jsonForm }) => jsonForm !== void 0)?.jsonForm ?? []);
	return {
		total: results.length,
		passed: results.filter(({ pass }) => pass).length,
		answers: answers.length,
		answersPassed: answers.filter((checks) => checks.every(({ pass }) => pass)).length,
		jsonExpected: jsonForms.length,
		jsonParseFailures: jsonForms.filter((form) => form === "none").length,
		jsonFenced: jsonForms.filter((form) => form === "fenced").length
	};
}

// src/core/request.ts
/** What is sent for a prompt. The nonce goes to the very start of everything that a cache could know by its start. */
function buildRequest(prompt, { options, think, nonce }) {
	const prefix = nonce ?? "";
	if (prompt.embed) return {
		input: prompt.embed.map((text) => prefix + text),
		options,
		truncate: false
	};
	return {
		...prompt.messages ? { messages: prefixFirst(prompt.messages, prefix) } : { prompt: prefix + (prompt.prompt ?? "") },
		...prompt.images ? { images: prompt.images } : {},
		...prompt.tools ? { tools: prefixFirstTool(prompt.tools, prefix) } : {},
		options: {
			...options,
			num_predict: prompt.maxTokens
		},
		...think === null ? {} : { think },
		...prompt.format === void 0 ? {} : { format: prompt.format },
		truncate: false
	};
}
/** Whatever its role: behind a system message, that message would come out of the cache. */
function prefixFirst([first, ...rest], prefix) {
	return first === void 0 ? [] : [{
		...first,
		content: prefix + first.content
	}, ...rest];
}
/** Many chat templates put the tools before every message. */
function prefixFirstTool([first, ...rest], prefix) {
	if (first === void 0) return [];
	const description = prefix + first.function.description;
	return [{
		...first,
		function: {
			...first.function,
			description
		}
	}, ...rest];
}

// src/core/distribution.ts
/**
* Describes one metric's readings. The slowest case is the largest where lower is better, else the smallest.
* A percentile that so few readings cannot bound is null, and so is everything of no readings.
*/
function describeReadings(readings, direction) {
	const sorted = readings.map(({ value }) => value).sort((a, b) => a - b);
	const n = sorted.length;
	if (n === 0) return {
		n,
		mean: null,
		median: null,
		medianInterval: null,
		min: null,
		max: null,
		p90: null,
		p95: null,
		p99: null,
		slowest: null
	};
	return {
		n,
		mean: mean(sorted),
		median: median(sorted),
		medianInterval: medianInterval(sorted),
		min: min(sorted),
		max: max(sorted),
		p90: tailPercentile(sorted, .9, direction),
		p95: tailPercentile(sorted, .95, direction),
		p99: tailPercentile(sorted, .99, direction),
		slowest: readings.reduce((worst, it) => isWorse(it.value, worst.value, direction) ? it : worst)
	};
}
/**
* How many readings it takes before the p-quantile can be bounded by a reading, one being allowed to lie beyond it:
* the smallest n with P(Binomial(n, 1 - p) ≤ 1) ≤ 5 %. p50 8, p75 18, p90 46, p95 93, p99 473
* (after the early-stopping criterion of MLPerf's endpoint rules).
*/
const readingsNeeded = remember((p) => {
	let n = 2;
	while (p ** n + n * (1 - p) * p ** (n - 1) > .050000000000000044) n++;
	return n;
});
/** The percentile on the bad side: of a rate, where higher is better, p95 is what 95 % of readings reach. */
function tailPercentile(sorted, p, direction) {
	if (sorted.length < readingsNeeded(p)) return null;
	return quantileSorted([...sorted], direction === "lower" ? p : 1 - p);
}
/** Distribution-free 95 % interval of the median, from order statistics (Conover, Practical Nonparametric Statistics, 3.2). */
function medianInterval(sorted) {
	const n = sorted.length;
	const rank = n > mostExact ? normalRank(n) : exactRank(n);
	const low = sorted[rank - 1];
	const high = sorted[n - rank];
	return low === void 0 || high === void 0 ? null : [low, high];
}
/** Above it 0.5 ** n is 0, and the normal approximation has long been as good. */
const mostExact = 1e3;
/** The largest k with 2 · P(Binomial(n, ½) < k) ≤ 5 %; 0 where there is none. */
function exactRank(n) {
	let term = .5 ** n;
	let below = term;
	let rank = 0;
	while (2 * below <= .050000000000000044) {
		rank++;
		term = term * (n - rank + 1) / rank;
		below += term;
	}
	return rank;
}
/** The same from the normal approximation, with continuity correction. */
function normalRank(n) {
	return Math.floor((n + 1 - probit(1 - .050000000000000044 / 2) * Math.sqrt(n)) / 2);
}
function isWorse(value, than, direction) {
	return direction === "lower" ? value > than : value < than;
}

export { atLeisure as a, findJson as c, remember as i, withinSecond as l, buildRequest as n, judgeAnswer as o, countChecks as r, readToolCalls as s, describeReadings as t };