import { _ as runId, a as checkResult, b as slug, c as storedObjectives, f as calibration, g as nanoseconds, h as milliseconds, l as storedOptions, m as isoTime, n as readDocument, o as cacheMode, p as count, r as schemaVersion, u as think, v as sentence, x as variantKey, y as sha256 } from "./version.js";
import { _ as unknown, c as literal, d as object, f as record, h as tuple, i as boolean, m as string, n as _enum, o as discriminatedUnion, r as array, s as int, u as number } from "./schemas.js";

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
	looks: array(count.min(1)).describe("Numbers of loads after which it is looked whether more are needed; the last is the most")
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
	name: string().describe("The tag as it was asked for"),
	digest: sha256.describe("The identity of the model: tags move"),
	family: string().nullable(),
	format: string().nullable(),
	parameterSize: string().nullable(),
	quantization: string().nullable(),
	sizeBytes: count.nullable(),
	trainedContext: count.nullable().describe("The context length that the model was trained for"),
	contextLength: count.nullable().describe("The context length that the server really loaded"),
	templateHash: sha256.nullable(),
	capabilities: array(string()),
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
	vendor: string(),
	model: string(),
	vramBytes: count.nullable(),
	driver: string().nullable()
});
const environment = object({
	os: object({
		platform: string(),
		distro: string(),
		release: string(),
		arch: string()
	}),
	cpu: object({
		model: string(),
		physicalCores: count,
		logicalCores: count
	}),
	memoryBytes: count,
	virtual: boolean(),
	gpus: array(gpu).nullable().describe("null: could not be found out; []: none"),
	server: object({
		version: string(),
		settings: record(string(), string()).describe("Declared OLLAMA_* settings: the server does not tell them")
	}),
	runner: object({
		name: string().nullable(),
		environment: string().nullable(),
		labels: array(string())
	}).nullable().describe("The Actions runner; null outside Actions"),
	herdmark: object({
		version: string(),
		node: string()
	})
});
const source = object({
	event: string().nullable().describe("schedule, push, workflow_dispatch, pull_request …; null outside Actions"),
	repository: string().nullable(),
	workflowPath: string().nullable(),
	ref: string().nullable(),
	sha: string().nullable(),
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
		label: string().describe("CPU or GPU model, for people")
	}),
	shard: string().nullable(),
	source,
	status: runStatus,
	startedAt: isoTime,
	finishedAt: isoTime,
	environment,
	calibration: calibration.nullable().describe("The client's own error on this machine; null: not measured"),
	telemetry: telemetrySummary.nullable().describe("Of the machine while it measured; null: not sampled"),
	promptSet: object({
		id: slug,
		version: count,
		hash: sha256,
		title: string(),
		prompts: array(object({
			id: slug,
			title: string(),
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

// src/schema/changes.ts
const ratio = number().describe("after ÷ before − 1: 0.05 is 5 % more, whether that is better or worse");
/** A night is the run that measured it. */
const night = object({
	run: runId,
	at: isoTime
});
/** One tag with one set of options on one machine. */
const watchedLine = object({
	machine: string().describe("The id of the machine"),
	model: string().describe("The tag as it was asked for"),
	options: string().describe("Options and thinking in one line, sorted by name"),
	copy: count.describe("A run may ask for one model twice with the same options: 0 for the first")
});
const seriesStatus = _enum([
	"learning",
	"stable",
	"suspicious",
	"creeping"
]).describe("learning: fewer than 20 nights; suspicious: a candidate is open; creeping: a confirmed creep goes on");
/** One metric of one line, or of what all models of a machine do together, in the epoch that is going on. */
const watchedSeries = object({
	id: string().describe("What change points refer to"),
	machine: string(),
	line: watchedLine.nullable().describe("null: the common movement of the machine, the median over its models"),
	metric: metricId,
	status: seriesStatus,
	nights: count.describe("In this epoch"),
	epochFrom: night,
	stretchFrom: night.describe("With which the present stretch began: the epoch, or the last change in it"),
	level: number().nullable().describe("Median of the present stretch, in the unit of the metric, freed of the common movement; null for that"),
	noise: object({
		sd: number().positive(),
		autocorrelation: number().min(0).max(1)
	}).nullable().describe("Between nights, relative; correlation of a night with the one before. null while learning")
});
const changePoint = object({
	series: string().describe("The id of the series"),
	machine: string(),
	line: watchedLine.nullable(),
	metric: metricId,
	status: _enum([
		"candidate",
		"confirmed",
		"cleared",
		"interrupted"
	]).describe("interrupted: something else was changed before the nights could decide"),
	shape: _enum(["step", "creep"]),
	tone: _enum(["better", "worse"]),
	lastGood: night.describe("The last night before the change, as far as can be told"),
	firstChanged: night,
	suspectedAt: night,
	decidedAt: night.nullable().describe("The night of the alarm, or that cleared it; null while it is a candidate or was interrupted"),
	levelledAt: night.nullable().describe("When a creep was seen to have ended; null while it goes on"),
	before: number().nullable().describe("Median, in the unit of the metric; null for the common movement"),
	after: number().nullable().describe("The same since; of a creep, of its latest nights"),
	change: ratio,
	together: array(sentence).describe("What else changed around that night, such as the digest under the tag")
});
/** What a metric of a line did from one side of a boundary to the other. Not freed of the common movement. */
const shift = object({
	line: watchedLine,
	metric: metricId,
	before: number(),
	after: number(),
	nightsBefore: count,
	nightsAfter: count,
	change: ratio,
	interval: tuple([ratio, ratio]).nullable().describe("99 %; null: too few nights to tell the noise"),
	moved: boolean().nullable().describe("Whether the interval leaves out 0; null: cannot be told")
});
/** Between two epochs: what changed, and what moved together with it, which may be due to any of it or to none. */
const boundary = object({
	machine: string(),
	before: night,
	after: night,
	changes: array(sentence).min(1).describe("Such as \"Ollama 0.33.0 → 0.34.1\""),
	shifts: array(shift)
});
const gap = {
	machine: string(),
	last: night.describe("The last run before"),
	expectedAt: isoTime.describe("When the next one was due"),
	missed: int().positive().describe("How many were due"),
	next: night.nullable().describe("The run that ended it; null while it lasts")
};
const alarm = discriminatedUnion("kind", [
	object({
		kind: literal("digest-changed"),
		line: watchedLine,
		before: night,
		after: night,
		from: sha256,
		to: sha256,
		shifts: array(shift)
	}),
	object({
		kind: literal("missing-night"),
		...gap
	}),
	object({
		kind: literal("offline"),
		...gap
	})
]);
/** changes.json: what history says until now. Derived, so rebuilt and never edited. */
const changes = object({
	schemaVersion,
	asOf: isoTime,
	machines: array(object({
		id: string(),
		label: string(),
		last: night.describe("The newest night of the schedule"),
		runs: array(runId).min(1).describe("Of that night: one, or one for each shard"),
		everyMs: milliseconds.nullable().describe("How often it runs; null: no rhythm is to be seen")
	})),
	series: array(watchedSeries),
	changePoints: array(changePoint).describe("By the night on which they were suspected"),
	alarms: array(alarm),
	boundaries: array(boundary)
});

// src/schema/output.ts
const savedAnswer = object({
	block: count.describe("The load in which the model gave this answer"),
	text: string(),
	thinking: string(),
	toolCalls: array(object({
		name: string(),
		arguments: record(string(), unknown())
	})).describe("What the model called, without the ids that differ from one answer to the next"),
	embedding: object({
		vectors: count,
		dimensions: count
	}).nullable().describe("Of texts that were embedded; null where the model answered"),
	hash: sha256.describe("Of the text and, where there are any, the tool calls"),
	doneReason: string().max(40).nullable(),
	outputTokens: count.nullable(),
	checks: array(checkResult)
});
/** outputs/<variant>/<prompt>.json: what a model answered to one prompt as written, once in each load. */
const savedOutput = object({
	schemaVersion,
	variant: variantKey,
	model: string(),
	digest: sha256,
	prompt: slug,
	requestHash: sha256,
	checksHash: sha256,
	answers: array(savedAnswer)
});

// src/schema/history.ts
/**
* What a history keeps of its runs, in a branch or a folder:
*
*     runs/<yyyy>/<mm>/<run id>.json.gz      historyRun: what a run found, immutable
*     samples/<yyyy>/<mm>/<run id>.json.gz   historySamples: its single requests; a retention policy may remove it
*     inputs/<2 hex>/<30 hex>.json           content-addressed: configs, prompt sets, lists of questions
*     outputs/<2 hex>/<30 hex>.json          content-addressed: keptAnswer
*/
/** The first 32 hex digits of the SHA-256 of a document's canonical JSON (RFC 8785): its name in the history. */
const contentId = string().regex(/^[0-9a-f]{32}$/, "32 hex digits");
/** inputs/: which requests the columns of a run are of, in their order. The same on every night of the same models. */
const questions = object({
	schemaVersion,
	questions: array(object({
		variant: variantKey,
		prompt: slug,
		requestHash: sha256,
		checksHash: sha256
	}))
});
/** outputs/: one answer with what the checks of its time said of it. Named by its content, so an unchanged one costs nothing. */
const keptAnswer = savedAnswer.omit({ block: true }).extend({ schemaVersion });
const counts = array(count);
const numbers = array(number().nullable());
const offsets = array(int().nullable());
/** One entry a question in every column. */
const metricColumns = object({
	n: counts,
	median: numbers.describe("To four significant digits"),
	low: offsets.describe("Lower end of its 95 % interval, as 1000 × ln(end ÷ median), rounded"),
	high: offsets.describe("The upper end, in the same way"),
	slowest: offsets.describe("The worst case, in the same way")
});
const seriesColumns = object({
	counts: object({
		planned: counts,
		ok: counts,
		failed: counts,
		invalid: counts
	}),
	checks: object({
		total: counts,
		passed: counts,
		answers: counts,
		answersPassed: counts,
		jsonExpected: counts,
		jsonParseFailures: counts,
		jsonFenced: counts
	}),
	distinctAnswers: counts,
	metrics: record(metricId, metricColumns),
	answers: array(array(tuple([count, count]))).describe("By question: load of the model and index into the answers of the run, for each load that answered")
});
/** runs/: one run. What it shares with others is named by content and lies beside it. */
const historyRun = object({
	schemaVersion,
	run: run.omit({
		schemaVersion: true,
		series: true
	}),
	origin: object({
		repository: string(),
		workflowRun: string(),
		attempt: count,
		artifact: count
	}).nullable().describe("As the API told it; null for a run that was put in from a folder"),
	inputs: object({
		config: contentId.nullable(),
		promptSet: contentId.nullable(),
		questions: contentId
	}),
	answers: array(contentId).describe("The distinct answers of the run, in the order of their first question"),
	series: seriesColumns
});
/** A column of few different values: those, and for each sample the index of its own. */
const coded = (value) => object({
	values: array(value),
	at: array(count)
});
/** A column of times: by question their median, and for each sample 1000 × ln(time ÷ median), rounded; 0 ms is kept as a billionth of it. */
const times = object({
	median: numbers,
	at: offsets
});
/**
* samples/: the judged and the timed requests of a run, as columns with one entry a sample, in the order in which they
* were planned. Warm-ups, loads and the arrivals of single chunks are not kept; times are, to within 0.05 %.
*/
const historySamples = object({
	schemaVersion,
	run: runId,
	question: counts.describe("Index into the questions of the run"),
	phase: coded(phase),
	kind: coded(requestKind),
	loadShape: coded(loadShape),
	cacheExpected: coded(cacheExpected),
	status: coded(sampleStatus),
	flags: coded(array(flag)),
	error: coded(object({
		code: slug,
		message: string()
	}).nullable()),
	checks: coded(array(checkResult.omit({ reason: true }))).describe("The reasons are kept with the answers"),
	doneReason: coded(string().max(40).nullable()),
	block: counts,
	round: array(count.nullable()),
	repeat: counts,
	order: counts.describe("Position in the plan, as the difference from the sample before"),
	promptTokens: array(count.nullable()),
	cachedTokens: array(count.nullable()),
	outputTokens: array(count.nullable()),
	lagMs: times.describe("How long after it was due a request of an open loop left"),
	ttftMs: times,
	ttfaMs: times,
	tpotMs: times,
	e2eMs: times,
	promptEvalMs: times,
	evalMs: times
});

// src/schema/migrate-run.ts
const noReadings = {
	n: 0,
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
const noDiagnostics = {
	iclMs: noReadings,
	longestGapMs: noReadings,
	residualMs: noReadings,
	transportMs: noReadings
};
/** 1 → 2: load shapes, cache modes and validity flags came; warm-up is no longer counted among the requests. */
const migrateRun1 = ({ plan, variants, ...run }) => ({
	...run,
	schemaVersion: "2.0",
	calibration: null,
	telemetry: null,
	objectives: {},
	plan: migratePlanFacts(plan),
	variants: mapObjects(variants, (variant) => ({
		...variant,
		unsupported: [],
		loadFromDiskMs: noReadings,
		loadFromPageCacheMs: noReadings,
		flags: [],
		flagged: [],
		cachedMetrics: null,
		diagnostics: noDiagnostics,
		loadShapes: [],
		energy: {
			joulesPerOutputToken: null,
			reason: "This version of Herdmark did not measure it."
		}
	}))
});
/** 1 → 2 of plan.json. */
const migratePlan1 = ({ variants, requests, loadShape, ...plan }) => ({
	...plan,
	schemaVersion: "2.0",
	warmupMax: plan.warmup,
	cache: "defeat",
	loadShapes: [loadShape],
	comparison: null,
	variants: mapObjects(variants, (variant) => ({
		...variant,
		unsupported: []
	})),
	requests: mapObjects(requests, (request) => ({
		...request,
		loadShape,
		cacheExpected: expectedOf(request),
		scheduledMs: null
	}))
});
/** 1 → 2 of a saved output: models may call tools, and embed. */
const migrateOutput1 = ({ answers, ...output }) => ({
	...output,
	schemaVersion: "2.0",
	answers: mapObjects(answers, (answer) => ({
		...answer,
		toolCalls: [],
		embedding: null
	}))
});
/** 1 → 2 of a line of samples.ndjson. */
const migrateSample1 = (sample) => ({
	...sample,
	cacheExpected: expectedOf(sample),
	loadedFrom: null
});
function expectedOf({ phase }) {
	return phase === "load" ? "any" : "miss";
}
function migratePlanFacts(facts) {
	return mapObject(facts, ({ loadShape, ...rest }) => ({
		...rest,
		warmupMax: rest.warmup,
		cache: "defeat",
		loadShapes: [loadShape],
		comparison: null
	}));
}
function mapObjects(value, map) {
	return Array.isArray(value) ? value.map((it) => mapObject(it, map)) : value;
}
function mapObject(value, map) {
	return typeof value === "object" && value !== null ? map({ ...value }) : value;
}

// src/schema/documents.ts
const runDocument = {
	name: "run report",
	schema: run,
	major: 2,
	migrations: { 1: migrateRun1 }
};
const planDocument = {
	name: "plan",
	schema: plan,
	major: 2,
	migrations: { 1: migratePlan1 }
};
const outputDocument = {
	name: "saved output",
	schema: savedOutput,
	major: 2,
	migrations: { 1: migrateOutput1 }
};
const sampleDocument = {
	name: "sample",
	schema: sample,
	major: 2,
	migrations: { 1: migrateSample1 }
};
/**
* Reads one line of samples.ndjson, which has no version of its own.
* @param schemaVersion as the summary.json beside it states it.
* @throws {UnreadableDocument}
*/
function readSample(line, schemaVersion) {
	return readDocument(sampleDocument, {
		...line,
		schemaVersion
	});
}

export { checkCounts as a, metricId as c, telemetryReading as d, sample as f, runDocument as i, run as l, planDocument as n, diagnosticId as o, plannedVariant as p, readSample as r, distribution as s, outputDocument as t, variant as u };