import { _ as unknown, c as literal, d as object, f as record, g as union, h as tuple, i as boolean, m as string, n as _enum, o as discriminatedUnion, p as strictObject, r as array, s as int, t as ZodISODateTime, u as number, v as _isoDateTime, y as prettifyError } from "./schemas.js";

// src/core/render/format.ts
/** What stands where there is no number: undefined is never shown as 0. */
const missing = "–";
const durations = [
	["ms", 1],
	["s", 1e3],
	["min", 6e4],
	["h", 36e5]
];
const sizes = [
	["B", 1],
	["KiB", 1024],
	["MiB", 1024 ** 2],
	["GiB", 1024 ** 3],
	["TiB", 1024 ** 4]
];
const digits = /* @__PURE__ */ new Map();
/** Made when it is needed first: the first takes a process 5 ms and more. */
function digitsAfterPoint(count) {
	const known = digits.get(count);
	if (known !== void 0) return known;
	const made = new Intl.NumberFormat("en-US", {
		minimumFractionDigits: count,
		maximumFractionDigits: count
	});
	digits.set(count, made);
	return made;
}
/** Three significant digits: more would pretend to a precision that timings do not have. */
function formatNumber(value) {
	if (!isKnown(value)) return "–";
	if (value === 0) return "0";
	const rounded = Number(value.toPrecision(3));
	return digitsAfterPoint(Math.min(Math.max(2 - Math.floor(Math.log10(Math.abs(rounded))), 0), 20)).format(rounded).replace("-", "−");
}
/** Milliseconds, in the unit that reads best: `0.421 ms`, `12.3 ms`, `1.23 s`, `2.05 min`. */
function formatMs(milliseconds) {
	return formatIn(durations, milliseconds);
}
/** Bytes in binary units, as VRAM and model sizes are told: `5.20 GiB`. */
function formatBytes(bytes) {
	if (isKnown(bytes) && Math.abs(bytes) < 1024) return `${formatCount(bytes)} B`;
	return formatIn(sizes, bytes);
}
/** A quantity in the unit that it has: `212 W`, `0.482 req/s`. */
function formatUnit(value, unit) {
	return isKnown(value) ? `${formatNumber(value)} ${unit}` : "–";
}
/** Tokens per second: `42.1 tok/s`. */
function formatRate(tokensPerSecond) {
	return formatUnit(tokensPerSecond, "tok/s");
}
/** What an output token takes: `0.412 J`. */
function formatEnergy({ joulesPerOutputToken }) {
	return formatUnit(joulesPerOutputToken, "J");
}
/** A count, whole: `12,345`. */
function formatCount(count) {
	return isKnown(count) ? digitsAfterPoint(0).format(count).replace("-", "−") : "–";
}
/** `1 prompt`, `25 prompts`. */
function formatQuantity(count, singular, plural = `${singular}s`) {
	return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
/** `48 of 50`; of nothing there is no share. */
function formatShare(part, whole) {
	return whole === 0 ? "–" : `${formatCount(part)} of ${formatCount(whole)}`;
}
/** A value of one of the metrics in its own unit. */
function formatMetric(metric, value) {
	return metric.endsWith("PerSecond") ? formatRate(value) : formatMs(value);
}
/** A percentile; null although there are samples means that they are too few to bound it. */
function formatPercentile(metric, value, n) {
	if (value !== null || n === 0) return formatMetric(metric, value);
	return `n too small (${formatCount(n)})`;
}
/** The first eight hex digits of a `sha256:` digest: enough to tell two apart, as in folder names. */
function formatDigest(digest) {
	return digest.replace(/^sha256:/, "").slice(0, 8);
}
/** An ISO time in UTC to the minute: `2026-11-24 01:30 UTC`. */
function formatTime(isoTime) {
	return `${isoTime.slice(0, 10)} ${isoTime.slice(11, 16)} UTC`;
}
function formatIn(units, value) {
	if (!isKnown(value)) return "–";
	const [name, size] = units.findLast(([, size]) => Number(Math.abs(value / size).toPrecision(3)) >= 1) ?? units[0];
	return `${formatNumber(value / size)} ${name}`;
}
function isKnown(value) {
	return value !== null && value !== void 0 && Number.isFinite(value);
}

// node_modules/zod/v4/classic/iso.js
function datetime(params) {
	return _isoDateTime(ZodISODateTime, params);
}

// src/schema/primitives.ts
/** `sha256:` and 64 hex digits: of content, of a request, of a model (Ollama's own digests lack the prefix; we add it). */
const sha256 = string().regex(/^sha256:[0-9a-f]{64}$/, "a sha256 digest: \"sha256:\" and 64 hex digits");
/** Names that become folder names and URLs: lower-case letters, digits, dots and dashes. */
const slug = string().max(80).regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*$/, "lower-case letters, digits, single dots and dashes, e.g. \"extract-contact\"");
/** A variant's folder name: slug of the model's name, then eight characters of its digest. */
const variantKey = string().max(100).regex(/^[a-z0-9]+(?:[.-][a-z0-9]+)*-[0-9a-f]{8}$/, "a slug and eight hex digits, e.g. \"qwen3-8b-500a1f06\"");
/** A run's id: when it started (UTC, to the second) and six random hex digits, so that it sorts by time. */
const runId = string().regex(/^\d{8}t\d{6}z-[0-9a-f]{6}$/, "e.g. \"20261124t013000z-4f09ab\"");
const isoTime = datetime({ offset: false });
const count = int().nonnegative();
const milliseconds = number().nonnegative();
/** Integer nanoseconds as Ollama reports them, up to 2^53 (104 days). */
const nanoseconds = int().nonnegative();
/** Text for people, from us: one line, no markup. */
const sentence = string().min(1).max(2e3);

// src/schema/calibration.ts
/** Reported minus true, in milliseconds. p99 is the plain quantile of the sample, which bounds nothing. */
const errors = object({
	p50: number(),
	p99: number()
});
const ofBoth = object({
	herdmark: errors,
	raw: errors.describe("A bare socket reader in the same run, for comparison")
});
const rates = object({
	one: number(),
	thirtyTwo: number()
}).describe("By how many streams at once");
/** How wrong the client is on a machine: it was driven against a server of known timing in another process. */
const calibration = object({
	measuredAt: isoTime,
	requests: count,
	herdmarkVersion: string(),
	nodeVersion: string(),
	ttftErrorMs: ofBoth,
	gapErrorMs: ofBoth.describe("Of the gaps between chunks"),
	e2eErrorMs: ofBoth,
	eventLoopDelayMsP99: number(),
	chunksPerSecond: object({
		herdmark: rates,
		raw: rates
	}).describe("The most that were taken in")
});

// src/store/input-error.ts
/** Something a person gave us is wrong: the message names the file, the place, the value and the fix. */
var InputError = class extends Error {
	code;
	constructor(code, message, options) {
		super(message, options);
		this.name = "InputError";
		this.code = code;
	}
};

// src/schema/config.ts
/** Options that Ollama takes per request or per load; an unknown one is silently ignored by the server, so it is refused here. */
const modelOptions = strictObject({
	num_ctx: int().min(16).optional(),
	num_batch: int().min(1).optional(),
	num_gpu: int().min(0).optional(),
	main_gpu: int().min(0).optional(),
	use_mmap: boolean().optional(),
	num_thread: int().min(1).optional(),
	num_keep: int().optional(),
	seed: int().optional(),
	top_k: int().min(0).optional(),
	top_p: number().min(0).max(1).optional(),
	min_p: number().min(0).max(1).optional(),
	typical_p: number().min(0).max(1).optional(),
	repeat_last_n: int().optional(),
	temperature: number().min(0).optional(),
	repeat_penalty: number().min(0).optional(),
	presence_penalty: number().optional(),
	frequency_penalty: number().optional(),
	stop: array(string().min(1)).optional()
});
/** The same in a document: a later version may know more options, so a reader leaves out those it does not know. */
const storedOptions = object(modelOptions.shape);
const think = union([boolean(), _enum([
	"low",
	"medium",
	"high",
	"max"
])]);
const modelName = string().min(1).max(200).regex(/^[\w.-]+(?:[/:][\w.-]+)*$/, "an Ollama model name, e.g. \"qwen3:8b\" or \"hf.co/org/repo:Q4_K_M\"");
const modelConfig = union([modelName.transform((name) => ({ name })), strictObject({
	name: modelName,
	options: modelOptions.optional().describe("Laid over the options of the whole file"),
	think: think.optional().describe("Sent where the model can think; default false")
})]);
const cacheMode = _enum([
	"defeat",
	"allow",
	"measure"
]).describe("The server's prompt cache. defeat: timed prompts begin with a nonce, and a cached sample is invalid; allow: prompts as written, cached or not; measure: each is sent twice, to miss the cache and to hit it");
const objectives = strictObject({
	ttftMs: number().positive().optional(),
	ttfaMs: number().positive().optional(),
	tpotMs: number().positive().optional(),
	e2eMs: number().positive().optional()
});
const storedObjectives = object(objectives.shape);
const config = strictObject({
	host: string().min(1).optional().describe("Where Ollama is, in any form OLLAMA_HOST takes; default $OLLAMA_HOST or 127.0.0.1:11434"),
	models: array(modelConfig).min(1, { error: "name at least one model, e.g. models: [qwen3:8b]" }),
	prompts: string().min(1).default("core").describe("A built-in set (\"core\") or the path of a prompt-set file, relative to this file"),
	options: modelOptions.default({
		temperature: 0,
		seed: 7
	}).describe("Options of every model"),
	loads: int().min(1).max(50).default(3).describe("How often each model is loaded; the load is the unit of inference"),
	rounds: int().min(1).max(200).default(4).describe("Timed rounds of the prompt set in each load"),
	comparison: strictObject({
		loads: int().min(2).max(50).default(6),
		rounds: int().min(1).max(200).default(2),
		maxLoads: int().min(2).max(100).default(12)
	}).prefault({}).describe("How often both models of a comparison are loaded and asked: loads at the least, then 3 more at a time while a metric is inconclusive, maxLoads at the most"),
	warmup: int().min(1).max(50).default(1).describe("Warm-up requests after each load, on other prompts, at the least; more follow until the last three agree"),
	warmupMax: int().min(1).max(50).default(8).describe("After so many warm-up requests a load is measured all the same, and flagged; never fewer than warmup"),
	cache: cacheMode.default("defeat"),
	concurrency: array(int().min(1).max(512)).default([1]).describe("Requests under way at the same time, e.g. [1, 4, 16]; 1 is always measured, and it alone makes series"),
	requestRates: array(number().positive().max(1e3)).default([]).describe("Requests per second that arrive whether or not those before are answered, e.g. [0.5, 2]"),
	objectives: objectives.default({}).describe("What a request has to meet, all of it, to count as goodput"),
	busy: _enum([
		"wait",
		"skip",
		"fail"
	]).default("wait").describe("What to do where somebody else uses the server, whose models are never unloaded: wait (then skip), skip, or fail"),
	busyMinutes: number().positive().max(1440).default(10).describe("How long to wait for a busy server"),
	budgetMinutes: number().positive().optional().describe("How long a run may take: a round that would not end in time is not begun, and the report says how many were"),
	telemetry: boolean().default(true).describe("Sample the GPU and CPU while measuring: load, memory, power, clocks, temperature"),
	calibrate: boolean().default(true).describe("Measure the client's own error before a machine's first run with a version, which takes seconds"),
	pull: union([boolean(), literal("always")]).default(false).describe("true: pull a model that is missing; always: pull every model, and keep the one before under a name of ours"),
	keep: int().min(1).max(50).default(3).describe("With pull: always, how many earlier models of each tag stay on the server"),
	deadlines: strictObject({
		load: int().min(1).default(600),
		firstToken: int().min(1).default(300),
		stall: int().min(1).default(60),
		total: int().min(1).default(900)
	}).prefault({}).describe("Seconds after which a load, a first token, a silence or a whole request has failed"),
	server: record(string().regex(/^OLLAMA_[A-Z0-9_]+$/, "a server setting, e.g. OLLAMA_NUM_PARALLEL"), string()).default({}).describe("Settings of the Ollama server, which it does not tell over HTTP: declared here")
});

// src/schema/check.ts
const common = {
	label: string().min(1).max(120).optional().describe("What this check is called in reports; made from its content if left out"),
	not: literal(true).optional().describe("Inverts the result")
};
/** One fact, or several wordings of it of which one is enough. */
const fact = union([string().min(1), array(string().min(1)).min(1)]);
const jsonCheck = strictObject({
	type: literal("json"),
	form: _enum([
		"any",
		"bare",
		"fenced"
	]).optional().describe("bare: the answer is JSON; fenced: in one code fence; any (default): either"),
	...common
});
const keysCheck = strictObject({
	type: literal("keys"),
	keys: array(string().min(1)).min(1).describe("Keys that the parsed JSON object must have"),
	...common
});
const schemaCheck = strictObject({
	type: literal("schema"),
	schema: record(string(), unknown()).describe("A JSON Schema (draft 2020-12) that the parsed JSON must satisfy"),
	...common
});
const lengthCheck = strictObject({
	type: literal("length"),
	unit: _enum([
		"characters",
		"words",
		"sentences",
		"bullets"
	]),
	min: count.optional(),
	max: count.optional(),
	...common
}).refine(({ min, max }) => min !== void 0 || max !== void 0, { error: "give min, max or both" }).refine(({ min, max }) => (min ?? 0) <= (max ?? Number.MAX_SAFE_INTEGER), { error: "min is above max" });
const factsCheck = strictObject({
	type: literal("facts"),
	present: array(fact).min(1).optional().describe("Each must be in the answer; a nested list is one fact in several wordings"),
	absent: array(string().min(1)).min(1).optional().describe("None may be in the answer"),
	...common
}).refine(({ present, absent }) => present !== void 0 || absent !== void 0, { error: "give present, absent or both" });
const regexCheck = strictObject({
	type: literal("regex"),
	pattern: string().min(1).describe("A JavaScript regular expression; the u flag is always set"),
	flags: string().regex(/^[ims]{0,3}$/, "flags may be i, m and s").optional(),
	...common
}).refine(({ pattern, flags }) => isRegex(pattern, flags), {
	error: "pattern is not a valid regular expression",
	path: ["pattern"]
});
const equalsCheck = strictObject({
	type: literal("equals"),
	value: string().describe("The whole answer, compared after trimming"),
	ignoreCase: boolean().optional(),
	ignorePunctuation: boolean().optional().describe("Leaves out surrounding quotes and a final . or !"),
	...common
});
const toolCallCheck = strictObject({
	type: literal("tool-call"),
	name: string().min(1).max(64).optional().describe("The tool that must be called; any if left out"),
	arguments: record(string(), unknown()).optional().describe("A JSON Schema (draft 2020-12) that the arguments of the call must satisfy"),
	...common
});
const embeddingCheck = strictObject({
	type: literal("embedding"),
	dimensions: count.min(1).optional().describe("How long each vector must be"),
	vectors: count.min(1).optional().describe("How many vectors; as many as there are texts if left out"),
	closer: array(tuple([
		count,
		count,
		count
	])).min(1).optional().describe("[a, b, c]: text a must be closer to b than to c, by cosine; texts count from 0"),
	...common
});
const check = discriminatedUnion("type", [
	jsonCheck,
	keysCheck,
	schemaCheck,
	lengthCheck,
	factsCheck,
	regexCheck,
	equalsCheck,
	toolCallCheck,
	embeddingCheck
]);
/** What one check said of one answer. */
const checkResult = object({
	type: _enum([
		"json",
		"keys",
		"schema",
		"length",
		"facts",
		"regex",
		"equals",
		"tool-call",
		"embedding"
	]),
	label: string(),
	pass: boolean(),
	reason: sentence.describe("Why it passed or failed, with the value found"),
	jsonForm: _enum([
		"bare",
		"fenced",
		"none"
	]).optional().describe("Of a json, keys or schema check: where JSON was found")
});
function isRegex(pattern, flags = "") {
	try {
		new RegExp(pattern, `u${flags}`);
		return true;
	} catch {
		return false;
	}
}

// src/schema/version.ts
/** major.minor: a reader takes any minor of its major, migrates older majors, refuses newer ones. */
const schemaVersion = string().regex(/^\d+\.\d+$/, "major.minor, e.g. \"1.0\"");
var UnreadableDocument = class extends Error {
	code;
	constructor(code, message, options) {
		super(message, options);
		this.name = "UnreadableDocument";
		this.code = code;
	}
};
/**
* Reads a versioned document of any age: unknown fields are taken (and left out of the result), an older major
* is migrated step by step, a newer major is refused, as its numbers may mean something else.
* @throws {UnreadableDocument}
*/
function readDocument(kind, value) {
	if (typeof value !== "object" || value === null || Array.isArray(value)) throw new UnreadableDocument("not-a-document", `This is not a ${kind.name}: expected a JSON object.`);
	let document = value;
	const stated = schemaVersion.safeParse(document.schemaVersion);
	if (!stated.success) throw new UnreadableDocument("not-a-document", `This is not a ${kind.name}: it has no schemaVersion such as "${kind.major}.0".`);
	const major = Number.parseInt(stated.data, 10);
	if (major > kind.major) throw new UnreadableDocument("newer-major", `This ${kind.name} has schemaVersion ${stated.data}, and this Herdmark reads up to ${kind.major}.x: update Herdmark.`);
	for (let from = major; from < kind.major; from++) {
		const migrate = kind.migrations[from];
		if (!migrate) throw new UnreadableDocument("no-migration", `This ${kind.name} has schemaVersion ${stated.data}, which no longer can be read.`);
		document = migrate(document);
	}
	const result = kind.schema.safeParse(document);
	if (!result.success) throw new UnreadableDocument("invalid", `This ${kind.name} is damaged, or of a newer Herdmark (schemaVersion ${stated.data}): ${prettifyError(result.error)}`, { cause: result.error });
	return result.data;
}

export { formatPercentile as A, formatBytes as C, formatMetric as D, formatEnergy as E, formatUnit as F, formatRate as M, formatShare as N, formatMs as O, formatTime as P, datetime as S, formatDigest as T, runId as _, checkResult as a, slug as b, storedObjectives as c, InputError as d, calibration as f, nanoseconds as g, milliseconds as h, check as i, formatQuantity as j, formatNumber as k, storedOptions as l, isoTime as m, readDocument as n, cacheMode as o, count as p, schemaVersion as r, config as s, UnreadableDocument as t, think as u, sentence as v, formatCount as w, variantKey as x, sha256 as y };