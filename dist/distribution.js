import { _ as unknown, d as object, f as record, m as string } from "./schemas.js";
import { a as toPlainLine } from "./untrusted-text.js";
import { c as metricId, o as diagnosticId } from "./documents.js";
import { a as min, c as quantileSorted, i as median, n as max, o as probit, r as mean } from "./simple-statistics.js";
import { a as wordingsOf, c as listOf, l as quote, n as examineSchema, o as countOf, r as findFacts, s as describeValue, u as toReason } from "./json-schema.js";

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
* prompt set. A pattern may come from a pull request: whoever runs it gives it a time limit by `execRegex`.
*/
const longestJudgedAnswer = 1e6;
const execAtLeisure = (regex, text) => regex.exec(text)?.[0] ?? null;
/**
* Judges one answer by every check of its prompt, in their order. An answer of nothing but text may be given as it.
* `not` inverts what a check says of the answer. But an answer without JSON says nothing about keys or a schema, and
* fails those checks inverted too: otherwise "has no password" would pass a model that answered in prose.
*/
function judgeAnswer(checks, given, execRegex = execAtLeisure) {
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
		} : examineAnswer(check, answer, json, execRegex);
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
function examineAnswer(check, answer, json, execRegex) {
	const { text } = answer;
	switch (check.type) {
		case "json":
		case "keys":
		case "schema": return examineJson(check, json);
		case "length": {
			const length = measureLength(text, check.unit);
			return {
				holds: (check.min ?? 0) <= length && length <= (check.max ?? Number.POSITIVE_INFINITY),
				finding: `the answer has ${countOf(length, check.unit.slice(0, -1))}`,
				wanted: describeRange(check)
			};
		}
		case "facts": return findFacts(check, text);
		case "regex": {
			const match = execRegex(new RegExp(check.pattern, `u${check.flags ?? ""}`), text);
			if (match === "out of time") return {
				holds: false,
				finding: "the pattern took too long to match",
				unanswerable: true
			};
			return match === null ? {
				holds: false,
				finding: `the pattern matches nowhere in ${quote(text)}`
			} : {
				holds: true,
				finding: `the pattern matches ${quote(match)}`
			};
		}
		case "equals": return {
			holds: equalsText(check, text),
			finding: `the answer is ${quote(text)}`,
			wanted: quote(check.value)
		};
		case "tool-call": return examineToolCalls(check, answer.toolCalls ?? []);
		case "embedding": return examineEmbeddings(check, answer.embeddings ?? []);
	}
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

// src/core/flags.ts
/** Everything that can be said against a sample, a model or a run, in one table: documentation and site render it. */
const flagDefinitions = {
	"cache-contaminated": {
		on: "sample",
		effect: "invalid",
		meaning: "More of the prompt came out of the server’s cache than can stand before its nonce: the server says so or, where it does not count, read it in less than a quarter of the time that prompts no longer took before. A fast GPU needs no longer for a short prompt: then only the count tells."
	},
	"cache-missed": {
		on: "sample",
		effect: "invalid",
		meaning: "With `cache: measure`, less than half of a prompt that was sent again came out of the cache, as the server counts."
	},
	queued: {
		on: "sample",
		effect: "not timed",
		meaning: "The server’s total holds time that it does not account for, more than 50 ms above three times the usual: the request waited behind another client’s. Told only where ours go one at a time."
	},
	reloaded: {
		on: "sample",
		effect: "not timed",
		meaning: "`load_duration` is above 200 ms and ten times the usual, though the model was loaded: it was loaded again. Told only where requests go one at a time."
	},
	"clocks-disagree": {
		on: "sample",
		effect: "not timed",
		meaning: "E2E by the client’s clock is below the server’s total, or above it by more than is usual plus 50 ms and 5 %: the client or the network held the reply up."
	},
	retried: {
		on: "sample",
		effect: "not timed",
		meaning: "The connection was lost before the request was answered, and it was sent again: the server may have begun on it before."
	},
	"prompt-truncated": {
		on: "sample",
		effect: "invalid",
		meaning: "The server counted fewer prompt tokens than the text can have (over 12 characters each), or a whole context of them: it cut the prompt although it was told not to."
	},
	"context-full": {
		on: "sample",
		effect: "invalid",
		meaning: "Prompt and answer filled the context before the answer was as long as it may be: it is cut."
	},
	"thinking-exhausted": {
		on: "sample",
		effect: "invalid",
		meaning: "The model only thought, and gave no answer: it is not judged either."
	},
	"gpu-throttled": {
		on: "sample",
		effect: "not timed",
		meaning: "In two or more readings, and a tenth of them, around the request the GPU said that heat or its power supply slowed it down."
	},
	"other-model-loaded": {
		on: "sample",
		effect: "not timed",
		meaning: "A model of somebody else came into the server’s memory, or was used, during the round."
	},
	"model-changed": {
		on: "sample",
		effect: "invalid",
		meaning: "At the end of the round the server had another model, or other context, under the name."
	},
	"server-changed": {
		on: "sample",
		effect: "invalid",
		meaning: "At the end of the round the server was of another version than at the start of the run."
	},
	"output-too-short": {
		on: "sample",
		effect: "no rates",
		meaning: "Fewer than 8 output tokens: too few to tell a rate of."
	},
	"cpu-spill": {
		on: "model",
		effect: "note",
		meaning: "A part of the model did not fit on the GPU and ran on the CPU."
	},
	"context-lowered": {
		on: "model",
		effect: "note",
		meaning: "The server loaded a smaller context than `num_ctx` asked for."
	},
	"thinking-unsupported": {
		on: "model",
		effect: "note",
		meaning: "The config asks the model to think, and the server says that it cannot: `think` was not sent."
	},
	"warmup-unsettled": {
		on: "model",
		effect: "note",
		meaning: "The readings before the last warm-up request were still slower than it, by more than 10 % in decoding or 25 % in TTFT, when `warmupMax` was reached."
	},
	"power-capped": {
		on: "model",
		effect: "note",
		meaning: "In two or more readings, and a tenth of them, the GPU was held at its power limit."
	},
	"gpu-hot": {
		on: "model",
		effect: "note",
		meaning: "The GPU reached 90 °C."
	},
	"gpu-busy": {
		on: "model",
		effect: "note",
		meaning: "A GPU was more than 10 % busy just before the model was loaded, with nothing of ours on it."
	},
	"host-busy": {
		on: "model",
		effect: "note",
		meaning: "The processors were more than 25 % busy just before the model was loaded, with nothing of ours on them."
	},
	"other-model-resident": {
		on: "model",
		effect: "note",
		meaning: "A model of somebody else was in the server’s memory all along, unused."
	},
	"skipped-busy": {
		on: "model",
		effect: "note",
		meaning: "Loads of the model were not measured, as somebody else was using the server."
	},
	cancelled: {
		on: "run",
		effect: "note",
		meaning: "The run was stopped by a signal."
	},
	"out-of-time": {
		on: "run",
		effect: "note",
		meaning: "`budgetMinutes` was used up."
	},
	"server-lost": {
		on: "run",
		effect: "note",
		meaning: "The server went away in the middle."
	},
	"server-busy": {
		on: "run",
		effect: "note",
		meaning: "Somebody else used the server, with `busy: fail`."
	},
	resumed: {
		on: "run",
		effect: "note",
		meaning: "The run was killed and went on later."
	},
	interrupted: {
		on: "run",
		effect: "note",
		meaning: "The run was killed, and nobody went on with it."
	}
};
/** A flag and its reason: a sentence with the values that raised it. */
function raise(code, reason) {
	return {
		code,
		reason
	};
}
/** Whether the times of a sample with the flag stay out of every statistic. A code of a newer Herdmark is taken for one. */
function invalidates({ code }) {
	const effect = effectOf(code);
	return effect === "invalid" || effect === "not timed";
}
/** What becomes of an answered request with these flags. Of a bare one it is the answer that counts, not its times. */
function statusOf(flags, phase) {
	const isSpoilt = (flag) => invalidates(flag) && !(phase === "bare" && effectOf(flag.code) === "not timed");
	return flags.some(isSpoilt) ? "invalid" : "ok";
}
function voidsRates({ code }) {
	return effectOf(code) === "no rates";
}
const effects = new Map(Object.entries(flagDefinitions).map(([code, { effect }]) => [code, effect]));
function effectOf(code) {
	return effects.get(code) ?? "invalid";
}

// src/core/metrics.ts
const nanosecondsPerSecond = 1e9;
const nanosecondsPerMillisecond = 1e6;
/** Every metric of a request in one table, from which reports, site and documentation take names, units and definitions. */
const metricDefinitions = {
	ttftMs: {
		name: "TTFT",
		unit: "ms",
		direction: "lower",
		definition: "Time to first token: from the request’s bytes leaving to the first chunk with text, of thinking or of the answer.",
		source: "Client clock; OpenTelemetry gen_ai.server.time_to_first_token, seen from the client",
		measure: ({ client, lagMs }) => after(lagMs, client.ttftMs)
	},
	ttfaMs: {
		name: "TTFA",
		unit: "ms",
		direction: "lower",
		definition: "Time to first answer token: as TTFT, but thinking does not count.",
		source: "Client clock",
		measure: ({ client, lagMs }) => after(lagMs, client.ttfaMs)
	},
	tpotMs: {
		name: "TPOT",
		unit: "ms",
		direction: "lower",
		definition: "Time per output token after the first: (last chunk with text − first chunk with text) ÷ (output tokens − 1).",
		source: "Client clock, the server’s token count; OpenTelemetry gen_ai.server.time_per_output_token. TTFT is not in it",
		isRate: true,
		measure: ({ client }) => client.tpotMs
	},
	e2eMs: {
		name: "E2E",
		unit: "ms",
		direction: "lower",
		definition: "End to end: from the request’s bytes leaving to the end of the reply.",
		source: "Client clock; OpenTelemetry gen_ai.client.operation.duration",
		measure: ({ client, lagMs }) => after(lagMs, client.e2eMs)
	},
	prefillTokensPerSecond: {
		name: "Prefill",
		unit: "tokens/s",
		direction: "higher",
		definition: "Prompt tokens read per second: (prompt tokens − cached ones) ÷ prompt_eval_duration. Null where the prompt was meant to come out of the cache, or may have and the server does not say.",
		source: "Server durations",
		measure: ({ cacheExpected, server: { promptEvalCount, promptEvalCachedCount, promptEvalNs } }) => {
			if (promptEvalCount === null || cacheExpected === "hit" || cacheExpected === "any" && promptEvalCachedCount === null) return null;
			return perSecond(promptEvalCount - (promptEvalCachedCount ?? 0), promptEvalNs);
		}
	},
	decodeTokensPerSecond: {
		name: "Decode",
		unit: "tokens/s",
		direction: "higher",
		definition: "Output tokens per second after the first: (output tokens − 1) ÷ eval_duration.",
		source: "Server durations; eval_duration starts when the first token is ready, so the first is not counted",
		isRate: true,
		measure: ({ server: { evalCount, evalNs } }) => evalCount === null ? null : perSecond(evalCount - 1, evalNs)
	},
	iclMs: {
		name: "ICL",
		unit: "ms",
		direction: "lower",
		definition: "Inter-chunk latency: the mean gap between chunks with text. A chunk is not a token: a server may send several at once, or hold one back.",
		source: "Client clock; AIPerf inter_chunk_latency",
		measure: ({ client: { chunksMs } }) => {
			const [first, last] = [chunksMs[0], chunksMs.at(-1)];
			return first === void 0 || last === void 0 || chunksMs.length < 2 ? null : (last - first) / (chunksMs.length - 1);
		}
	},
	longestGapMs: {
		name: "Longest gap",
		unit: "ms",
		direction: "lower",
		definition: "The longest gap between two chunks with text: what a reader sees as a hitch.",
		source: "Client clock",
		measure: ({ client: { chunksMs } }) => chunksMs.length < 2 ? null : chunksMs.slice(1).reduce((most, at, index) => Math.max(most, at - (chunksMs[index] ?? at)), 0)
	},
	residualMs: {
		name: "Residual",
		unit: "ms",
		direction: "lower",
		definition: "What of the server’s total it does not account for: total − load − prompt_eval − eval. A request that waited behind another shows it here alone.",
		source: "Server durations",
		measure: ({ server }) => residualMs(server)
	},
	transportMs: {
		name: "Transport",
		unit: "ms",
		direction: "lower",
		definition: "The two clocks against each other: E2E by the client’s clock − total_duration by the server’s. What is left is HTTP and the network.",
		source: "Both clocks",
		measure: ({ client, server }) => server.totalNs === null ? null : client.e2eMs - server.totalNs / nanosecondsPerMillisecond
	}
};
/** In the order in which reports show them. */
const metricIds = metricId.options;
const diagnosticIds = diagnosticId.options;
/** One metric of one sample; null where the sample is not valid or the metric is not defined for it. */
function measure(metric, { status, client, server, flags, scheduledMs, sentMs, cacheExpected }) {
	const definition = metricDefinitions[metric];
	if (status !== "ok" || !client || !server) return null;
	if (definition.isRate && flags.some(voidsRates)) return null;
	const lagMs = scheduledMs === null || sentMs === null ? 0 : Math.max(sentMs - scheduledMs, 0);
	return definition.measure({
		client,
		server,
		lagMs,
		cacheExpected
	});
}
/** Server time that belongs to nothing, in milliseconds; null where the server gave no total. */
function residualMs({ totalNs, loadNs, promptEvalNs, evalNs }) {
	if (totalNs === null) return null;
	return (totalNs - ((loadNs ?? 0) + (promptEvalNs ?? 0) + (evalNs ?? 0))) / nanosecondsPerMillisecond;
}
/** Turns clock marks into durations since the request's bytes left. Undefined is null, never 0. */
function computeClientTimings(marks, chunksMs, outputTokens) {
	const since = (mark) => mark === null ? null : mark - marks.sentMs;
	const spanMs = marks.lastContentMs === null || marks.firstNonEmptyMs === null ? null : marks.lastContentMs - marks.firstNonEmptyMs;
	return {
		headersMs: since(marks.headersMs),
		firstByteMs: since(marks.firstByteMs),
		ttftMs: since(marks.firstNonEmptyMs),
		ttfaMs: since(marks.firstAnswerMs),
		tpotMs: spanMs === null || outputTokens === null || outputTokens < 2 ? null : spanMs / (outputTokens - 1),
		e2eMs: marks.doneMs - marks.sentMs,
		chunksMs: [...chunksMs]
	};
}
function after(lagMs, value) {
	return value === null ? null : lagMs + value;
}
function perSecond(tokens, durationNs) {
	return durationNs === null || durationNs === 0 || tokens < 1 ? null : tokens * nanosecondsPerSecond / durationNs;
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

export { computeClientTimings as a, residualMs as c, statusOf as d, judgeAnswer as f, remember as i, invalidates as l, findJson as m, buildRequest as n, measure as o, readToolCalls as p, countChecks as r, metricDefinitions as s, describeReadings as t, raise as u };