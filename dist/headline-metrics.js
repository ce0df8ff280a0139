import { A as runId, D as count, M as sha256, N as slug, O as isoTime, S as loadVariance, a as run, b as headlineMetric, c as flag, i as metricId, j as sentence, n as diagnosticId, o as variant, r as distribution, t as checkCounts, u as sampleStatus, y as schemaVersion } from "./run.js";
import { c as boolean, h as object, m as number, n as plainLine, o as _enum, s as array, v as string } from "./plain-text.js";

// src/schema/verdict.ts
const verdictWord = _enum([
	"regressed",
	"improved",
	"unchanged",
	"inconclusive",
	"not comparable"
]).describe("unchanged: shown to be within the floor; inconclusive: could not be told, with what could have been seen");
const ratio = number().describe("head ÷ base − 1: 0.05 is 5 % more, whether that is better or worse");
const probability = number().min(0).max(1);
/** Why something cannot be held against something else. */
const reason = object({
	code: slug,
	reason: sentence
});
const leftOut = object({
	prompt: slug,
	reason: sentence
});
const effect = object({
	logRatio: number().describe("ln(head ÷ base), turned so that above 0 is worse"),
	standardError: number().nonnegative().nullable().describe("null: nothing to tell the noise by"),
	degreesOfFreedom: number().nonnegative().nullable()
});
const sideName = _enum(["base", "head"]);
const requestCounts = object({
	asked: count.describe("Loads; and bare and timed requests, one at a time, to the prompts that are compared"),
	failed: count.describe("No complete answer came: a stall, a crash, a refusal, nothing at all"),
	invalid: count.describe("Answered, and flagged: it stays out of every statistic"),
	unanswered: count.describe("Without an answer by the model’s doing: the failed ones but for those that Herdmark broke off itself, and those in which the model only thought. This is what is tested"),
	causes: array(object({
		status: sampleStatus.exclude(["ok"]),
		code: slug.describe("Of the error or of the flag"),
		count,
		reason: sentence.describe("What the first of them says, perhaps in the server’s own words")
	})).describe("Why requests failed or are invalid, the most frequent first; an invalid one may have several")
});
const lostPrompt = object({
	prompt: slug,
	side: sideName.describe("The side that has nothing; where both have, there are two entries"),
	lost: _enum([
		"everything",
		"answers",
		"readings"
	]).describe("answers: of the bare requests none is valid; readings: of the timed ones none is"),
	asked: count.describe("Requests of this kind, or both kinds, that the side was sent"),
	unanswered: count.describe("Those of them that the model left without an answer; the others are invalid"),
	total: boolean().describe("Counts against the side by itself: it never answered, or could never be loaded, and the other side, which answers every prompt always or never, always did"),
	code: slug.describe("The most frequent cause; not-asked where the run did not come to it"),
	reason: sentence
});
/** Whether base and head answered what they were asked, and what was lost where not. */
const requestsVerdict = object({
	word: verdictWord.describe("regressed: a prompt is a total loss of head’s alone, or head left more requests without an answer by Fisher’s exact test; improved: the other way round; unchanged: every request was answered; else inconclusive"),
	base: requestCounts,
	head: requestCounts,
	pValue: probability.nullable().describe("Two-sided, of Fisher’s exact test; null where all were answered"),
	adjustedPValue: probability.nullable().describe("Over the models of the campaign; to be held against alpha"),
	lost: array(lostPrompt).describe("Prompts of which a side has no valid answer, or no valid reading")
});
const metricVerdict = object({
	metric: headlineMetric,
	word: verdictWord,
	change: ratio.nullable(),
	interval: object({
		level: probability,
		low: ratio,
		high: ratio
	}).nullable().describe("Of the change; unchanged means that it lies inside the floor"),
	effect: effect.nullable(),
	pValue: probability.nullable().describe("Two-sided, by itself and at this look alone"),
	adjustedPValue: probability.nullable().describe("For the family and for looking early; to be held against alpha"),
	detectableChange: number().nonnegative().nullable().describe("The slowdown that this comparison would have named in 8 of 10 cases"),
	loads: count.describe("What the interval counts: loads, or earlier runs"),
	rounds: count,
	prompts: count,
	pairs: count,
	ownVariance: loadVariance.nullable().describe("What this comparison adds to the store; null with one load"),
	pooledDegreesOfFreedom: number().nonnegative().describe("Of stored loads; 0: this run’s own noise only"),
	notes: array(sentence)
});
/** One prompt × metric: detail for who looks for the cause, never an alarm. */
const promptVerdict = object({
	prompt: slug,
	metric: headlineMetric,
	change: ratio,
	logRatio: number(),
	pairs: count,
	pValue: probability.nullable(),
	adjustedPValue: probability.nullable().describe("For the share of false ones among those that stand out"),
	standsOut: boolean().describe("By at least the floor, and beyond the false-discovery rate, against what all prompts changed by")
});
const passed = object({
	passed: count,
	answers: count
});
const named = object({
	prompt: slug,
	label: string()
});
const qualityVerdict = object({
	word: verdictWord,
	prompts: count.describe("Prompts whose checks were put to both sides; and those that one side alone left without any answer"),
	better: count.describe("Prompts on which head passed more checks, a request without an answer passing none"),
	worse: count,
	pValue: probability.nullable().describe("Exact sign test over prompts; null where they are all the same"),
	adjustedPValue: probability.nullable(),
	base: checkCounts,
	head: checkCounts,
	changes: array(named.extend({
		base: passed,
		head: passed
	})).describe("Checks that passed more or less often"),
	neverFailed: array(named).describe("Vacuous: on neither side has an answer failed it"),
	neverPassed: array(named).describe("Vacuous: on neither side has an answer passed it"),
	rejudged: array(slug).describe("Prompts whose checks had changed, so both sides were judged again"),
	notes: array(sentence)
});
const answer = object({
	run: runId,
	block: count.describe("The load whose answer stands for the side: the one most like the others"),
	hash: sha256
});
const textChange = object({
	prompt: slug,
	distance: probability.describe("Between the sides: 0 is the same words in the same order, 1 none in common"),
	excess: number().describe("The same less what each side differs from itself"),
	pValue: probability,
	adjustedPValue: probability,
	changed: boolean().describe("Beyond what the models differ from themselves"),
	base: answer,
	head: answer
});
const textWord = _enum([
	"changed",
	"same",
	"within self-disagreement",
	"cannot tell",
	"not comparable"
]).describe("cannot tell: the loads are too few to say whether it is more than the models differ from themselves");
const textVerdict = object({
	word: textWord,
	prompts: count,
	changed: count.describe("Prompts whose answers changed beyond self-disagreement"),
	flipRate: object({
		base: probability.nullable(),
		head: probability.nullable(),
		between: probability.nullable()
	}).describe("How often two answers to the same prompt differ: of one side, and of both"),
	pValue: probability.nullable().describe("Of all prompts together"),
	changes: array(textChange).describe("Those that differ, the most changed first"),
	notes: array(sentence)
});
const tail = object({
	metric: metricId,
	base: distribution,
	head: distribution
});
const bytes = object({
	base: count.nullable(),
	head: count.nullable(),
	change: ratio.nullable()
});
const memoryVerdict = object({
	memory: bytes,
	vram: bytes
});
const identity = variant.pick({
	key: true,
	name: true,
	digest: true,
	quantization: true,
	parameterSize: true,
	contextLength: true,
	templateHash: true,
	options: true,
	think: true
});
const modelVerdict = object({
	base: identity,
	head: identity,
	treatment: array(sentence).describe("What of the model was changed, in words"),
	reasons: array(reason).describe("Why the two cannot be compared; none where they can"),
	leftOut: array(leftOut),
	requests: requestsVerdict.nullable().default(null).describe("How many requests came to nothing, on which side and why; null: it is not comparable, or from before 2.2"),
	metrics: array(metricVerdict),
	promptDetail: array(promptVerdict),
	tails: array(tail).describe("Described, never judged"),
	quality: qualityVerdict,
	text: textVerdict,
	memory: memoryVerdict,
	joint: object({
		speed: verdictWord,
		quality: verdictWord.describe("Of the checks; regressed or improved also where requests are, which outweighs what the checks say"),
		text: textWord,
		memory: ratio.nullable(),
		line: sentence.describe("Speed, tail, quality, text and memory in one line")
	})
});
const measured = object({
	runs: array(runId).min(1).describe("One, or with a baseline from history several"),
	startedAt: isoTime,
	source: run.shape.source
});
const verdictSettings = object({
	alpha: probability.describe("How often a campaign without any change may call one, over all its metrics"),
	floor: number().positive().describe("The smallest change worth a word: 0.02 is 2 %"),
	qualityAlpha: probability,
	falseDiscoveryRate: probability.describe("Of prompt detail and of changed answers"),
	looks: array(count.min(1)).nullable().describe("Numbers of loads at which it was looked; the last is the most there could be, or where the run ended early. null: once, at the end")
});
/** What is said against the circumstances under which a side was measured. */
const verdictFlag = flag.extend({
	side: sideName.nullable().describe("null: of the run that measured both"),
	model: plainLine.nullable().describe("Whose loads or requests it speaks of; null: the whole run"),
	count: count.min(1).describe("How many requests have it, or how often it is said of loads; the sentence is the first’s")
});
const earlyEnd = object({
	loads: count.describe("Loads that both sides of every pair were measured in"),
	most: count.min(1).describe("Loads that the plan had at the most"),
	code: slug.describe("The flag of the run: out-of-time, cancelled, server-lost, server-busy, interrupted"),
	reason: sentence
});
/** verdict.json: what comparing two sides on one machine found. */
const verdict = object({
	schemaVersion,
	design: _enum(["paired", "unpaired"]).describe("paired: interleaved in one job; unpaired: against earlier runs, which sees less"),
	machine: run.shape.machine,
	base: measured,
	head: measured,
	settings: verdictSettings,
	familySize: count.describe("How many metrics the p values are adjusted for, over all machines of the campaign"),
	endedEarly: earlyEnd.nullable().default(null).describe("What ended the run before all of its loads were measured; null: they were, or as many as were needed, or some came to nothing by themselves"),
	flags: array(verdictFlag).default([]).describe("Everything that the runs say against themselves and the models that are compared, as out-of-time, host-busy, gpu-hot; and of requests what spoiled their times, as gpu-throttled"),
	added: array(plainLine).default([]).describe("Models that only head asks for, or that have no base: there is nothing to hold them against"),
	removed: array(plainLine).default([]).describe("Models that only base asks for"),
	models: array(modelVerdict)
});

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
/** Whether an answer with the flag is as good as any, but for its times. */
function spoilsTimes({ code }) {
	return effectOf(code) === "not timed";
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

// src/core/compare/headline-metrics.ts
/** What a model upgrade is judged by: few, as each one more makes every other harder to see. */
const headlineMetrics = headlineMetric.options;
function directionOf(metric) {
	return metric === "matchedE2eMs" ? "lower" : metricDefinitions[metric].direction;
}
/**
* One metric of one sample. E2E at matched length is TTFT + (tokens − 1) · TPOT: how long this model takes to the last
* token of an answer as long as base's, as a shorter answer is no faster model. Of texts that were embedded there is no
* length, so it is E2E.
*
* @param tokens of base's answer.
*/
function measureHeadline(metric, sample, tokens) {
	if (metric !== "matchedE2eMs") return measure(metric, sample);
	if (sample.kind === "embed") return measure("e2eMs", sample);
	const ttftMs = measure("ttftMs", sample);
	if (tokens === 1) return ttftMs;
	const tpotMs = measure("tpotMs", sample);
	return tokens === null || ttftMs === null || tpotMs === null ? null : ttftMs + (tokens - 1) * tpotMs;
}
/** ln(head / base), turned so that above 0 is worse. */
function toLogRatio(metric, base, head) {
	const ratio = Math.log(head / base);
	return directionOf(metric) === "lower" ? ratio : -ratio;
}
/** Back to what people read: head ÷ base − 1. */
function toChange(metric, logRatio) {
	return Math.expm1(directionOf(metric) === "lower" ? logRatio : -logRatio);
}

export { toLogRatio as a, metricDefinitions as c, raise as d, spoilsTimes as f, toChange as i, residualMs as l, headlineMetrics as n, computeClientTimings as o, statusOf as p, measureHeadline as r, measure as s, directionOf as t, invalidates as u };