import { C as prettifyError, S as _isoDateTime, _ as strictObject, a as ZodISODateTime, b as union, c as boolean, d as int, f as literal, g as record, h as object, m as number, n as plainLine, o as _enum, r as plainText, s as array, u as discriminatedUnion, v as string, x as unknown, y as tuple } from "./plain-text.js";

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
const sentence = plainText(string().min(1).max(2e3));

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
	label: plainLine,
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

// src/schema/load-variance.ts
const headlineMetric = _enum([
	"ttftMs",
	"tpotMs",
	"matchedE2eMs",
	"prefillTokensPerSecond"
]).describe("matchedE2eMs: E2E as it would be if head’s answer were as long as base’s");
/** The noise of one load's effect on a metric: what later comparisons pool with their own. */
const loadVariance = object({
	metric: headlineMetric,
	variance: number().nonnegative().describe("Of the log ratio of one load, over all its prompts and rounds"),
	degreesOfFreedom: number().positive(),
	pairs: number().positive().describe("Pairs of readings in one load: fewer are noisier")
});
/** Far above what any machine does: a document from elsewhere is not to overflow what is reckoned with it. */
const most = {
	variance: 100,
	degreesOfFreedom: 1e6,
	pairs: 1e6
};
/** What earlier loads of a machine tell. */
const knownLoads = loadVariance.extend({
	variance: loadVariance.shape.variance.max(most.variance),
	degreesOfFreedom: loadVariance.shape.degreesOfFreedom.max(most.degreesOfFreedom),
	pairs: loadVariance.shape.pairs.max(most.pairs),
	nightly: boolean().default(false).describe("Of two models that a night measured one after the other, not of a comparison")
});

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

// src/schema/plan.ts
const phase = _enum([
	"load",
	"warmup",
	"bare",
	"timed"
]).describe("bare: the prompts as written, judged and saved; timed: with the nonce of the round, measured");
const requestKind = _enum([
	"load",
	"generate",
	"chat",
	"embed"
]);
/** How requests arrive: one after another per client (closed loop), or at a rate of their own (open loop). */
const loadShape = discriminatedUnion("kind", [object({
	kind: literal("closed"),
	concurrency: int().min(1)
}), object({
	kind: literal("open"),
	requestsPerSecond: number().positive()
})]);
const cacheExpected = _enum([
	"miss",
	"hit",
	"any"
]).describe("Whether the server may serve the prompt from its cache: a sample that did otherwise is invalid");
const plannedRequest = object({
	id: string().max(300).describe("Unique in the plan, the same for the same inputs: variant/block/phase/shape/round/prompt/repeat"),
	variant: variantKey,
	prompt: slug.nullable().describe("null for a load; a warm-up prompt has an id of its own"),
	phase,
	kind: requestKind,
	block: count.describe("Which load of the model, from 0"),
	loadShape,
	round: count.nullable().describe("Which timed round of the load shape, from 0; null outside timed"),
	repeat: count.describe("Which repetition of the same request in the same round, from 0"),
	cacheExpected,
	scheduledMs: milliseconds.nullable().describe("When an open loop sends it, since its load shape began; null in a closed loop"),
	order: count.describe("Position in the plan"),
	nonce: string().nullable().describe("What is put before the prompt: a function of prompt set, prompt and round alone"),
	requestHash: sha256.nullable().describe("Of everything sent but the model name; null for a load")
});
const comparisonPlan = object({
	pairs: array(object({
		base: variantKey,
		head: variantKey
	})),
	resident: boolean().describe("true: both models of a pair are in memory and asked in turn; false: one at a time, a load for each round"),
	looks: array(count.min(1)).describe("Numbers of loads after which it is looked whether more are needed; the last is the most"),
	added: array(plainLine).default([]).describe("Models that only head asks for: there is nothing to hold them against"),
	removed: array(plainLine).default([]).describe("Models that only base asks for")
}).describe("Which variants are held against each other");
const plannedVariant = object({
	key: variantKey,
	name: string().describe("The tag as it was asked for"),
	digest: sha256,
	options: storedOptions,
	think: think.nullable().describe("What is sent as think; null where the model cannot think"),
	unsupported: array(object({
		prompt: slug,
		reason: sentence
	})).describe("Prompts of the set that are not put to the model, as it cannot take them")
});
const plan = object({
	schemaVersion,
	promptSet: object({
		id: slug,
		version: count,
		hash: sha256
	}),
	loads: count,
	rounds: count,
	warmup: count.describe("Warm-up requests of each load at the least"),
	warmupMax: count.describe("And at the most: those that prove needless are not sent"),
	cache: cacheMode,
	loadShapes: array(loadShape).describe("The first is one request at a time, of which series are made"),
	seed: count.nullable().describe("Of every random choice in the plan; null where there is none"),
	comparison: comparisonPlan.nullable().describe("null where variants are measured one after another"),
	variants: array(plannedVariant),
	requests: array(plannedRequest)
});

// src/schema/sample.ts
const flag = object({
	code: slug,
	reason: sentence
}).describe("Why a sample or a run is not what it should be");
/** What the client's monotonic clock saw, in milliseconds since the request's bytes left. Undefined is null, never 0. */
const clientTimings = object({
	headersMs: milliseconds.nullable(),
	firstByteMs: milliseconds.nullable(),
	ttftMs: milliseconds.nullable().describe("First chunk with text, of thinking or of the answer"),
	ttfaMs: milliseconds.nullable().describe("First chunk with text of the answer"),
	tpotMs: milliseconds.nullable().describe("(last content - first content) / (output tokens - 1); null below 2 tokens"),
	e2eMs: milliseconds,
	chunksMs: array(milliseconds).describe("When each chunk with text arrived; a chunk is not a token")
});
/** What the server reported, as received: Ollama leaves a zero out, so absent is null. */
const serverTimings = object({
	totalNs: nanoseconds.nullable(),
	loadNs: nanoseconds.nullable(),
	promptEvalNs: nanoseconds.nullable(),
	evalNs: nanoseconds.nullable(),
	promptEvalCount: count.nullable().describe("Prompt tokens, cached ones included"),
	promptEvalCachedCount: count.nullable(),
	evalCount: count.nullable().describe("Output tokens, thinking included"),
	doneReason: string().max(40).nullable()
});
const sampleStatus = _enum([
	"ok",
	"failed",
	"invalid"
]).describe("failed: no complete answer; invalid: answered, but flagged, so kept out of the statistics");
/** One line of samples.ndjson: one request, as it went. */
const sample = object({
	id: string().max(300).describe("The id of the planned request"),
	variant: variantKey,
	prompt: slug.nullable(),
	phase,
	kind: requestKind,
	block: count,
	round: count.nullable(),
	repeat: count,
	order: count,
	loadShape,
	cacheExpected,
	scheduledMs: milliseconds.nullable().describe("When an open loop meant to send it, since the run began"),
	sentMs: milliseconds.nullable().describe("When its bytes left, since the run began; null where it failed"),
	status: sampleStatus,
	flags: array(flag).describe("Those of an ok sample are remarks, or void some of its metrics"),
	error: object({
		code: slug,
		message: sentence
	}).nullable(),
	client: clientTimings.nullable(),
	server: serverTimings.nullable(),
	loadedFrom: _enum(["disk", "page-cache"]).nullable().describe("Of a load: where the weights came from, as far as the machine shows it"),
	checks: array(checkResult).describe("Of bare samples only: their answers are the ones judged"),
	output: sha256.nullable().describe("Of the answer text"),
	requestHash: sha256.nullable(),
	checksHash: sha256.nullable()
});

// src/schema/telemetry.ts
const percent = number().min(0).max(100);
const quantity = number().nonnegative();
/** One GPU at one moment. What its tool does not tell is null, never 0. */
const gpuReading = object({
	index: count.describe("As the vendor’s tool counts"),
	utilisationPercent: percent.nullable().describe("How much of the tool’s own sampling period (up to 1 s) the GPU had work in"),
	memoryUsedBytes: count.nullable(),
	powerWatts: quantity.nullable().describe("Of the board; newer NVIDIA GPUs tell the mean of the last second"),
	powerLimitWatts: quantity.nullable(),
	clockMHz: quantity.nullable().describe("Of the processors; where they differ, the fastest"),
	temperatureC: number().nullable(),
	throttle: array(slug).nullable().describe("What holds the clock down at this moment; []: nothing; null: unknown")
});
const cpuReading = object({
	loadPercent: percent.nullable().describe("Of all processors together, since the reading before"),
	frequencyMHz: quantity.nullable().describe("Of the fastest processor: idle ones say nothing")
});
/** One line of telemetry.ndjson: the machine at one moment of a run. */
const telemetryReading = object({
	atMs: milliseconds.describe("Since the run began, on the clock of the samples"),
	gpus: array(gpuReading).nullable().describe("null: unknown; []: the machine has none"),
	cpu: cpuReading
});
const telemetrySource = _enum([
	"nvidia-smi",
	"amd-smi",
	"rocm-smi"
]).describe("The tool that told of the GPUs");
const spread = object({
	min: number(),
	median: number(),
	max: number()
});
const gpuTelemetry = object({
	index: count,
	readings: count.describe("How many readings tell of this GPU"),
	utilisationPercent: spread.nullable(),
	memoryUsedBytes: spread.nullable(),
	powerWatts: spread.nullable(),
	powerLimitWatts: quantity.nullable().describe("The lowest that was in force"),
	clockMHz: spread.nullable(),
	temperatureC: spread.nullable(),
	throttle: array(object({
		reason: slug,
		share: number().min(0).max(1)
	})).nullable().describe("What held the clock down, and in which share of the readings that know; null: none does")
});
/** What a run report keeps of its telemetry. */
const telemetrySummary = object({
	source: telemetrySource.nullable().describe("null: no tool told of the GPUs"),
	intervalMs: milliseconds,
	readings: count,
	longestGapMs: milliseconds.nullable().describe("The longest time in which nothing was heard of the GPUs, or, without a tool, of the CPU"),
	gpus: array(gpuTelemetry).nullable(),
	cpu: object({
		loadPercent: spread.omit({ min: true }).nullable(),
		frequencyMHz: spread.omit({ max: true }).nullable()
	})
});

// src/schema/run.ts
/** One metric over the valid samples of a series. Percentiles that n cannot bound are null: see docs/methodology.md. */
const distribution = object({
	n: count,
	mean: number().nullable(),
	median: number().nullable(),
	medianInterval: tuple([number(), number()]).nullable().describe("95 %, distribution-free, from order statistics; null where n is too small"),
	min: number().nullable(),
	max: number().nullable(),
	p90: number().nullable(),
	p95: number().nullable(),
	p99: number().nullable(),
	slowest: object({
		sample: string(),
		prompt: slug.nullable(),
		value: number()
	}).nullable().describe("The worst case, and which sample it was")
});
const metricId = _enum([
	"ttftMs",
	"ttfaMs",
	"tpotMs",
	"e2eMs",
	"prefillTokensPerSecond",
	"decodeTokensPerSecond"
]);
/** By metric. A later version may add some: a reader leaves out what it does not know. */
const metrics = object({
	ttftMs: distribution,
	ttfaMs: distribution,
	tpotMs: distribution,
	e2eMs: distribution,
	prefillTokensPerSecond: distribution,
	decodeTokensPerSecond: distribution
});
const diagnosticId = _enum([
	"iclMs",
	"longestGapMs",
	"residualMs",
	"transportMs"
]);
/** What says how far the others can be trusted. Of a variant only: nobody reads them prompt by prompt. */
const diagnostics = object({
	iclMs: distribution,
	longestGapMs: distribution,
	residualMs: distribution,
	transportMs: distribution
});
/** Of loads, bare and timed requests; warm-up is not counted, as how much of it there is shows only on the way. */
const sampleCounts = object({
	planned: count,
	ok: count,
	failed: count,
	invalid: count
});
const checkCounts = object({
	total: count.describe("Check results over all bare answers"),
	passed: count,
	answers: count.describe("Bare answers that were judged"),
	answersPassed: count.describe("Those that passed every check"),
	jsonExpected: count.describe("Answers that had to be JSON"),
	jsonParseFailures: count.describe("Of those, the ones that did not parse"),
	jsonFenced: count.describe("Of those, the ones that parsed only inside a code fence")
});
/** How many samples carry a flag, and what the first of them says. */
const flagged = object({
	code: slug,
	samples: count,
	reason: sentence
});
/** What a variant did under one load shape, over all prompts and loads. */
const shapeResult = object({
	loadShape,
	counts: sampleCounts,
	metrics: metrics.describe("In an open loop TTFT, TTFA and E2E count from when the request was due"),
	wallMs: milliseconds.nullable().describe("From the first request sent to the last reply, summed over loads; ramps included"),
	requestsPerSecond: number().nullable().describe("Answered ones over wallMs"),
	outputTokensPerSecond: number().nullable().describe("Of answered requests, thinking included, over wallMs"),
	goodput: object({
		requestsPerSecond: number().nullable(),
		met: count.describe("Requests that met every objective"),
		of: count.describe("Requests that were sent")
	}).nullable().describe("null where no objectives are stated")
});
const energy = object({
	joulesPerOutputToken: number().nullable().describe("All GPUs of the machine, idle power included"),
	reason: sentence.nullable().describe("Why there is no figure")
});
/** One variant × prompt, one request at a time. */
const series = object({
	variant: variantKey,
	prompt: slug,
	requestHash: sha256.describe("Of the bare request: runs are compared prompt by prompt where it is the same"),
	checksHash: sha256,
	counts: sampleCounts,
	metrics,
	checks: checkCounts,
	distinctAnswers: count.describe("How many different bare answers the loads gave: above 1, the model disagrees with itself")
});
const variant = object({
	key: variantKey,
	name: plainLine.describe("The tag as it was asked for"),
	digest: sha256.describe("The identity of the model: tags move"),
	family: plainLine.nullable(),
	format: plainLine.nullable(),
	parameterSize: plainLine.nullable(),
	quantization: plainLine.nullable(),
	sizeBytes: count.nullable(),
	trainedContext: count.nullable().describe("The context length that the model was trained for"),
	contextLength: count.nullable().describe("The context length that the server really loaded"),
	templateHash: sha256.nullable(),
	capabilities: array(plainLine),
	options: storedOptions,
	think: think.nullable(),
	memoryBytes: count.nullable().describe("What the loaded model takes, from /api/ps"),
	vramBytes: count.nullable().describe("How much of that is on the GPU; 0 on a machine without one"),
	unsupported: array(object({
		prompt: slug,
		reason: sentence
	})).describe("Prompts of the set that the model was not asked, as it cannot take them"),
	loadMs: distribution.describe("From asking for the model to having it, timed by the client"),
	loadFromDiskMs: distribution.describe("Of those, the loads that read the weights from disk"),
	loadFromPageCacheMs: distribution.describe("Of those, the loads that found the weights in memory"),
	counts: sampleCounts,
	flags: array(flag).describe("What holds for the model as it ran here, not for single samples"),
	flagged: array(flagged),
	metrics,
	cachedMetrics: metrics.nullable().describe("Of the prompts sent again to be served from the cache; null unless that is measured"),
	diagnostics,
	loadShapes: array(shapeResult),
	energy,
	checks: checkCounts
});
const gpu = object({
	vendor: plainLine,
	model: plainLine,
	vramBytes: count.nullable(),
	driver: plainLine.nullable()
});
const environment = object({
	os: object({
		platform: plainLine,
		distro: plainLine,
		release: plainLine,
		arch: plainLine
	}),
	cpu: object({
		model: plainLine,
		physicalCores: count,
		logicalCores: count
	}),
	memoryBytes: count,
	virtual: boolean(),
	gpus: array(gpu).nullable().describe("null: could not be found out; []: none"),
	server: object({
		version: plainLine,
		settings: record(string(), plainLine).describe("Declared OLLAMA_* settings: the server does not tell them")
	}),
	runner: object({
		name: plainLine.nullable(),
		environment: plainLine.nullable(),
		labels: array(plainLine)
	}).nullable().describe("The Actions runner; null outside Actions"),
	herdmark: object({
		version: plainLine,
		node: plainLine
	})
});
const source = object({
	event: plainLine.nullable().describe("schedule, push, workflow_dispatch, pull_request …; null outside Actions"),
	repository: plainLine.nullable(),
	workflowPath: plainLine.nullable(),
	ref: plainLine.nullable(),
	sha: plainLine.nullable(),
	pullRequest: count.nullable()
});
const runStatus = _enum([
	"complete",
	"partial",
	"cancelled"
]).describe("partial: some requests failed or were invalid; cancelled: stopped early, with what was measured until then");
/** summary.json: what one benchmark on one machine found. */
const run = object({
	schemaVersion,
	id: runId,
	campaign: object({
		id: string(),
		workflowRun: string(),
		attempt: count
	}).nullable().describe("What one workflow run measured, perhaps on several machines; null outside Actions"),
	machine: object({
		id: string().regex(/^[0-9a-f]{12}$/).describe("Stable and not reversible: no host name, no serial number"),
		label: plainLine.describe("CPU or GPU model, for people")
	}),
	shard: plainLine.nullable(),
	source,
	status: runStatus,
	startedAt: isoTime,
	finishedAt: isoTime,
	environment,
	calibration: calibration.nullable().describe("The client's own error on this machine; null: not measured"),
	knownLoads: array(knownLoads).max(1e3).nullable().default(null).describe("How much loads differed here before, which the verdict of this run pools with its own; null: it compares nothing, or is from before 2.1"),
	telemetry: telemetrySummary.nullable().describe("Of the machine while it measured; null: not sampled"),
	promptSet: object({
		id: slug,
		version: count,
		hash: sha256,
		title: plainLine,
		prompts: array(object({
			id: slug,
			title: plainLine,
			category: slug
		}))
	}),
	plan: object({
		hash: sha256,
		loads: count,
		rounds: count,
		warmup: count,
		warmupMax: count,
		cache: cacheMode,
		loadShapes: array(loadShape),
		comparison: comparisonPlan.nullable(),
		requests: count
	}),
	counts: sampleCounts,
	flags: array(flag),
	failures: array(object({
		sample: string(),
		code: slug,
		message: sentence
	})).describe("Every sample that failed, and why"),
	objectives: storedObjectives.describe("What a request had to meet to count as goodput"),
	variants: array(variant),
	series: array(series)
});

export { runId as A, check as C, count as D, calibration as E, datetime as F, sha256 as M, slug as N, isoTime as O, variantKey as P, loadVariance as S, config as T, UnreadableDocument as _, run as a, headlineMetric as b, flag as c, cacheExpected as d, loadShape as f, requestKind as g, plannedVariant as h, metricId as i, sentence as j, milliseconds as k, sample as l, plan as m, diagnosticId as n, variant as o, phase as p, distribution as r, telemetryReading as s, checkCounts as t, sampleStatus as u, readDocument as v, checkResult as w, knownLoads as x, schemaVersion as y };