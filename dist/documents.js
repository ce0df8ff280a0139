import { A as runId, D as count, M as sha256, N as slug, O as isoTime, P as variantKey, a as run, c as flag, d as cacheExpected, f as loadShape, g as requestKind, i as metricId, j as sentence, k as milliseconds, l as sample, m as plan, p as phase, u as sampleStatus, v as readDocument, w as checkResult, y as schemaVersion } from "./run.js";
import { c as boolean, d as int, f as literal, g as record, h as object, m as number, n as plainLine, o as _enum, s as array, u as discriminatedUnion, v as string, x as unknown, y as tuple } from "./plain-text.js";

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
		artifact: count,
		uploadedAt: isoTime.nullish().describe("When GitHub had it, by GitHub's own clock; absent before 2.1, null where it did not tell")
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

// src/schema/nothing-changed.ts
const names = array(plainLine).max(100);
/** What a benchmark uploads that was to compare two configs and found no model changed: it has no run to upload. */
const nothingChanged = object({
	schemaVersion,
	workflowRun: string().describe("The workflow run that it is of"),
	added: names.describe("Models that only head asks for"),
	removed: names.describe("Models that only base asks for")
});

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
const nothingChangedDocument = {
	name: "note that nothing was changed",
	schema: nothingChanged,
	major: 2,
	migrations: {}
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

export { runDocument as a, readSample as i, outputDocument as n, planDocument as r, nothingChangedDocument as t };