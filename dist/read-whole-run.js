import { D as formatMetric, N as formatShare, T as formatDigest, _ as runId, b as slug, d as InputError, j as formatQuantity, m as isoTime, n as readDocument, p as count, r as schemaVersion, t as UnreadableDocument, v as sentence, w as formatCount, y as sha256 } from "./version.js";
import { i as isOneAtATime, n as hashJson, r as canonicalize, t as sha256Text } from "./hash-text.js";
import { d as object, i as boolean, m as string, n as _enum, r as array, u as number } from "./schemas.js";
import { a as toPlainLine } from "./untrusted-text.js";
import { a as checkCounts, c as metricId, l as run, n as planDocument, r as readSample, s as distribution, u as variant } from "./documents.js";
import { i as median, l as sum, r as mean, t as gammaln } from "./simple-statistics.js";
import { t as readRunFolder } from "./read-run-folder.js";
import { f as judgeAnswer, i as remember, n as buildRequest, o as measure, r as countChecks, s as metricDefinitions, t as describeReadings } from "./distribution.js";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

// src/core/epochs.ts
/** Where and under what a run was measured: what no change of a config is meant to change. */
function listSurroundings({ machine, environment, plan }) {
	const { gpus, server } = environment;
	const drivers = [...new Set(gpus?.map(({ driver }) => driver ?? "unknown") ?? [])];
	return [
		{
			code: "machine",
			name: "machine",
			value: `${machine.label} (${machine.id})`
		},
		{
			code: "gpu",
			name: "GPU",
			value: gpus === null ? "unknown" : list$1(gpus.map(({ model }) => model))
		},
		{
			code: "driver",
			name: "GPU driver",
			value: list$1(drivers)
		},
		{
			code: "server-version",
			name: "Ollama",
			value: server.version
		},
		{
			code: "server-settings",
			name: "server settings",
			value: describeRecord(server.settings)
		},
		{
			code: "cache",
			name: "prompt cache",
			value: plan.cache === "allow" ? "allowed" : "defeated"
		}
	];
}
/**
* Why two runs cannot be held against each other; nothing where they can, and of one run with itself. What a variant
* declares is not looked at: in a comparison that is the treatment.
*/
function findIncomparable(base, head) {
	return findChanges(listSurroundings(base), listSurroundings(head)).map(({ code, name, before, after }) => ({
		code,
		reason: toPlainLine(`Not the same ${name}: ${before} → ${after}.`)
	}));
}
/** What of a model was changed on purpose, in words; nothing where it is held against itself. */
function describeTreatment(base, head) {
	return findChanges(listDeclared(base), listDeclared(head)).map(describeChange$1);
}
function listAsked({ options, think, contextLength }) {
	return [
		{
			code: "options",
			name: "options",
			value: describeRecord(options)
		},
		{
			code: "think",
			name: "think",
			value: String(think ?? false)
		},
		{
			code: "context",
			name: "context",
			value: String(contextLength ?? "unknown")
		}
	];
}
function listDeclared(variant) {
	const { name, digest, parameterSize, quantization, templateHash } = variant;
	return [
		{
			code: "name",
			name: "tag",
			value: name
		},
		{
			code: "digest",
			name: "digest",
			value: formatDigest(digest)
		},
		{
			code: "parameter-size",
			name: "parameters",
			value: parameterSize ?? "unknown"
		},
		{
			code: "quantization",
			name: "quantization",
			value: quantization ?? "unknown"
		},
		{
			code: "template",
			name: "template",
			value: templateHash === null ? "none" : formatDigest(templateHash)
		},
		...listAsked(variant)
	];
}
function findChanges(before, after) {
	return before.flatMap(({ code, name, value }) => {
		const now = after.find((it) => it.code === code)?.value ?? "none";
		return now === value ? [] : {
			code,
			name,
			before: value,
			after: now
		};
	});
}
function describeChange$1({ name, before, after }) {
	return toPlainLine(`${name} ${before} → ${after}`);
}
/** `num_ctx 4096, seed 7`, whatever the order of the keys. */
function describeRecord(record) {
	return list$1(Object.entries(record).filter(([, value]) => value !== void 0).sort(([a], [b]) => a.localeCompare(b, "en")).map(([key, value]) => `${key} ${typeof value === "string" ? value : JSON.stringify(value)}`));
}
function list$1(items) {
	return items.length === 0 ? "none" : items.join(", ");
}

// src/core/compare/bare-answers.ts
/** What the checks said of both sides' answers; with the checks of head where they had changed. */
function listJudged(base, head, { compared, rechecked }) {
	const prompts = head.prompts.filter(({ id }) => compared.includes(id));
	const isVectors = ({ embed }) => embed !== void 0;
	const lost = prompts.filter((prompt) => rechecked.includes(prompt.id) && isVectors(prompt));
	const judged = prompts.filter((prompt) => !lost.includes(prompt)).map((prompt) => {
		const judge = (side) => rechecked.includes(prompt.id) ? judgeAgain(side, prompt) : listResults(side, prompt.id);
		return {
			prompt: prompt.id,
			base: base.flatMap(judge),
			head: judge(head)
		};
	});
	const names = lost.map(({ id }) => id).join(", ");
	return {
		judged,
		notes: lost.length === 0 ? [] : [`Vectors are not saved, so new checks cannot judge old ones: ${names}.`]
	};
}
/** The saved answers of both sides, without vectors, which have no text. */
function listAnswered(base, head, compared) {
	return compared.map((prompt) => ({
		prompt,
		base: base.flatMap((side) => listTexts(side, prompt)),
		head: listTexts(head, prompt)
	}));
}
function listResults({ samples }, prompt) {
	return samples.filter((it) => it.phase === "bare" && it.status === "ok" && it.prompt === prompt && it.output !== null).map(({ checks }) => checks);
}
function judgeAgain(side, { id, checks }) {
	return listSaved(side, id).map(({ text, toolCalls }) => judgeAnswer(checks, {
		text,
		toolCalls: toolCalls.map((call) => ({ function: call }))
	}));
}
function listTexts(side, prompt) {
	return listSaved(side, prompt).filter(({ embedding }) => embedding === null).map(({ block, hash, text, toolCalls }) => ({
		run: side.run.id,
		block,
		hash,
		text: toolCalls.length === 0 ? text : `${text}\n${JSON.stringify(toolCalls)}`
	}));
}
/** Those of valid samples: what a model only thought is no answer. */
function listSaved({ samples, outputs }, prompt) {
	const valid = new Set(samples.filter((it) => it.phase === "bare" && it.status === "ok" && it.prompt === prompt).map(({ block }) => block));
	return outputs.filter((output) => output.prompt === prompt).flatMap(({ answers }) => answers.filter(({ block }) => valid.has(block)));
}

// src/core/compare/paired-effect.ts
/** What is trimmed at each end of a prompt's readings: bursts of spikes are some 2 % of them. */
const trimmedShare = 1 / 6;
/**
* The effect on one metric: trimmed over the readings within each prompt, then the plain mean over prompts, so that a
* spike is thrown out, and a prompt that became twice as slow is not (docs/adr/0008-verdicts.md).
*
* The load is the unit: what one load contributes is the mean of its winsorised deviations, scaled as in the variance
* of a trimmed mean (Yuen, Biometrika 61, 1974), so that a load's offset and autocorrelation within it both widen the
* interval. Deviations are taken within prompts: a load that lost a prompt is not moved by that.
*
* @param trim at each end; 0 where a load has a single reading of each prompt that stands for it.
*/
function computeEffect(prompts, trim = trimmedShare) {
	const measured = prompts.filter(({ pairs }) => pairs.length > 0);
	if (measured.length === 0) return null;
	const byLoad = /* @__PURE__ */ new Map();
	const effects = measured.map(({ prompt, pairs }) => {
		const { center, deviations } = deviateByLoad(pairs, trim);
		for (const [load, deviation] of deviations) add(byLoad, load, deviation);
		return {
			prompt,
			logRatio: center,
			pairs: pairs.length,
			variance: varianceOf([...deviations.values()])
		};
	});
	const perLoad = [...byLoad.values()].map(({ sum, count }) => sum / count);
	return {
		logRatio: mean(effects.map(({ logRatio }) => logRatio)),
		loads: perLoad.length,
		prompts: effects,
		pairs: effects.reduce((total, { pairs }) => total + pairs, 0),
		variance: varianceOf(perLoad)
	};
}
/** The mean of what is left when a sixth of the values is cut off at each end. */
function trimmedMean(values) {
	return trimmedBounds(values, trimmedShare).center;
}
function trimmedBounds(values, trim) {
	const sorted = values.toSorted((a, b) => a - b);
	const cut = Math.floor(sorted.length * trim);
	const kept = sorted.slice(cut, sorted.length - cut);
	const [low = NaN] = kept;
	return {
		center: mean(kept),
		low,
		high: kept.at(-1) ?? low,
		kept: kept.length
	};
}
/** The trimmed mean of a prompt, and by how much each load pulls it. */
function deviateByLoad(pairs, trim) {
	const n = pairs.length;
	const { center, low, high, kept } = trimmedBounds(pairs.map(({ logRatio }) => logRatio), trim);
	const sums = /* @__PURE__ */ new Map();
	let winsorised = 0;
	for (const { load, logRatio } of pairs) {
		const clamped = Math.min(Math.max(logRatio, low), high);
		winsorised += clamped;
		add(sums, load, clamped);
	}
	const scale = kept === n ? 1 : Math.sqrt(n * (n - 1) / (kept * (kept - 1)));
	const deviations = /* @__PURE__ */ new Map();
	for (const [load, { sum, count }] of sums) deviations.set(load, (sum / count - winsorised / n) * scale);
	return {
		center,
		deviations
	};
}
function add(totals, load, value) {
	const total = totals.get(load);
	if (total === void 0) totals.set(load, {
		sum: value,
		count: 1
	});
	else {
		total.sum += value;
		total.count++;
	}
}
/** Two passes: the textbook formula loses every digit where the mean is large. */
function varianceOf(values) {
	if (values.length < 2) return null;
	const middle = mean([...values]);
	return {
		variance: values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / (values.length - 1),
		degreesOfFreedom: values.length - 1
	};
}

// src/core/compare/incomplete-beta.ts
const precision = 1e-15;
/** Where a convergent would divide by zero (Lentz). */
const tiny = 1e-300;
const mostTerms = 1e4;
/**
* The regularised incomplete beta function I_x(a, b), of which the t, F and binomial distributions are made. By the
* continued fraction DLMF 8.17.22, evaluated with the modified Lentz method (Press et al., Numerical Recipes, 3rd ed.,
* 5.2 and 6.4); it converges in about √max(a, b) terms on the side of the mean that is used here.
*
* @param complement 1 − x where the caller knows it better than a subtraction would: far tails need it.
*/
function incompleteBeta(x, a, b, complement = 1 - x) {
	if (x <= 0) return 0;
	if (complement <= 0) return 1;
	if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(complement, b, a, x);
	const logFront = a * Math.log(x) + b * Math.log(complement) + gammaln(a + b) - gammaln(a) - gammaln(b);
	return Math.exp(logFront) * continueFraction(x, a, b) / a;
}
function continueFraction(x, a, b) {
	let d = 1 / awayFromZero(1 - (a + b) * x / (a + 1));
	let c = 1;
	let result = d;
	for (let m = 1; m < mostTerms; m++) {
		const even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / awayFromZero(1 + even * d);
		c = awayFromZero(1 + even / c);
		result *= d * c;
		const odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / awayFromZero(1 + odd * d);
		c = awayFromZero(1 + odd / c);
		result *= d * c;
		if (Math.abs(d * c - 1) < precision) break;
	}
	return result;
}
function awayFromZero(value) {
	return Math.abs(value) < tiny ? tiny : value;
}

// src/core/compare/distributions.ts
/**
* P(|T| ≥ |t|) of Student's t (DLMF 8.17: I at df / (df + t²) of df/2 and ½). Exact in the far tail too.
* @param degreesOfFreedom above 0, not necessarily whole.
*/
function twoSidedT(t, degreesOfFreedom) {
	const square = t * t;
	if (!Number.isFinite(square)) return 0;
	const whole = degreesOfFreedom + square;
	return incompleteBeta(degreesOfFreedom / whole, degreesOfFreedom / 2, .5, square / whole);
}
/** The t that |T| reaches with this probability: `criticalT(0.05, 10)` is 2.228. */
function criticalT(twoSided, degreesOfFreedom) {
	return findPositive((t) => twoSidedT(t, degreesOfFreedom) - twoSided);
}
/** P(F ≥ f) of the ratio of two variances. */
function upperF(f, numerator, denominator) {
	const scaled = numerator * f;
	const whole = denominator + scaled;
	return incompleteBeta(denominator / whole, denominator / 2, numerator / 2, scaled / whole);
}
/**
* P(Z ≥ z) of the standard normal. Near the middle Marsaglia's series (Journal of Statistical Software 11(4), 2004),
* beyond it the continued fraction of Laplace (DLMF 7.9.3), which keeps its digits in the far tail.
*/
function upperNormal(z) {
	if (z < 0) return 1 - upperNormal(-z);
	if (z > 38) return 0;
	if (z > 3) {
		let fraction = z;
		for (let term = 60; term > 0; term--) fraction = z + term / fraction;
		return normalDensity(z) / fraction;
	}
	let term = z;
	let sum = z;
	for (let odd = 3; term > 1e-17 * sum; odd += 2) {
		term *= z * z / odd;
		sum += term;
	}
	return .5 - sum * normalDensity(z);
}
function normalDensity(z) {
	return Math.exp(-.5 * z * z) / Math.sqrt(2 * Math.PI);
}
/** The z that |Z| reaches with this probability: `criticalNormal(0.05)` is 1.960. */
function criticalNormal(twoSided) {
	return findPositive((z) => 2 * upperNormal(z) - twoSided);
}
/** P(X ≤ k) of n tosses of a fair coin. */
function binomialHalf(k, n) {
	return k >= n ? 1 : incompleteBeta(.5, n - k, k + 1);
}
/** Where a decreasing function of positive numbers crosses zero, by bisection to the last digit. */
function findPositive(decreasing) {
	if (decreasing(0) <= 0) return 0;
	let low = 0;
	let high = 1;
	while (decreasing(high) > 0 && high < 0xe8d4a51000) {
		low = high;
		high *= 2;
	}
	for (let middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2) if (decreasing(middle) > 0) low = middle;
	else high = middle;
	return high;
}

// src/core/compare/pool-variances.ts
/** Below this probability a run is noisier than those before, and theirs say nothing about it. */
const surprise = .02;
/**
* Joins a variance of few degrees of freedom with others of the same thing, weighted by theirs (the pooled variance of
* the t test). Where its own is far above theirs (F test at 2 %) they are left out: a machine that is noisier
* today must not be believed on yesterday's word.
*/
function poolVariances(own, others) {
	const before = weigh(others);
	if (own === null || before === null) return own ?? before;
	if (isNoisier(own, before)) return own;
	return weigh([own, before]);
}
function isNoisier(own, others) {
	if (others.variance === 0) return own.variance > 0;
	return upperF(own.variance / others.variance, own.degreesOfFreedom, others.degreesOfFreedom) < surprise;
}
function weigh(variances) {
	const degreesOfFreedom = variances.reduce((sum, it) => sum + it.degreesOfFreedom, 0);
	if (degreesOfFreedom === 0) return null;
	return {
		variance: variances.reduce((sum, it) => sum + it.variance * it.degreesOfFreedom, 0) / degreesOfFreedom,
		degreesOfFreedom
	};
}

// src/core/compare/estimate-effect.ts
/** Of a metric that has no reading on both sides. */
function estimateNothing(metric) {
	return {
		metric,
		effect: null,
		loads: 0,
		prompts: 0,
		pairs: 0,
		found: null,
		errorShare: 0,
		ownVariance: null,
		pooledDegreesOfFreedom: 0,
		notes: ["There is no reading on both sides."]
	};
}
/** Stored loads of a fifth more readings are a tenth less noisy at the most; of more, they do not speak for ours. */
const mostPairs = 1.2;
/** A load that lost more than half of its readings is not as good a load as the others. */
const leastShare = .5;
/**
* Estimates the effect on one metric, with the load as the unit and its noise pooled with that of stored loads of
* the same machine and metric. What it rests on is said in the notes.
*/
function estimateEffect(metric, prompts, stored) {
	const { kept, dropped } = keepFullLoads(prompts);
	const found = computeEffect(kept);
	if (found === null) return estimateNothing(metric);
	const { loads, pairs, variance: own, logRatio } = found;
	const pairsPerLoad = pairs / loads;
	const { usable, notes } = chooseStored(own, stored.filter((it) => it.metric === metric), pairsPerLoad, loads);
	const pooled = poolVariances(own, usable);
	return {
		metric,
		loads,
		pairs,
		found,
		prompts: found.prompts.length,
		errorShare: 1 / loads,
		effect: {
			logRatio,
			standardError: pooled && Math.sqrt(pooled.variance / loads),
			degreesOfFreedom: pooled?.degreesOfFreedom ?? null
		},
		ownVariance: own && {
			metric,
			...own,
			pairs: pairsPerLoad
		},
		pooledDegreesOfFreedom: usable.reduce((sum, it) => sum + it.degreesOfFreedom, 0),
		notes: [...dropped === 0 ? [] : [`${formatQuantity(dropped, "load")} left out, with under half the readings.`], ...notes]
	};
}
function keepFullLoads(prompts) {
	const counts = /* @__PURE__ */ new Map();
	for (const { load } of prompts.flatMap(({ pairs }) => pairs)) counts.set(load, (counts.get(load) ?? 0) + 1);
	const least = leastShare * Math.max(0, ...counts.values());
	const isFull = (load) => (counts.get(load) ?? 0) >= least;
	return {
		kept: prompts.map(({ prompt, pairs }) => ({
			prompt,
			pairs: pairs.filter(({ load }) => isFull(load))
		})),
		dropped: [...counts.keys()].filter((load) => !isFull(load)).length
	};
}
function chooseStored(own, stored, pairsPerLoad, loads) {
	const usable = stored.filter(({ pairs }) => pairs <= pairsPerLoad * mostPairs);
	const before = poolVariances(null, usable);
	const alone = loads < 2 ? "one load does not tell its own noise" : `the noise is that of these ${loads} loads alone`;
	if (before === null) return {
		usable: [],
		notes: [`${stored.length === 0 ? "No stored loads of this machine" : "Stored loads had more readings each"}: ${alone}.`]
	};
	if (own !== null && isNoisier(own, before)) return {
		usable: [],
		notes: [`Noisier than stored loads can explain: ${alone}.`]
	};
	return {
		usable,
		notes: []
	};
}

// src/schema/verdict.ts
const verdictWord = _enum([
	"regressed",
	"improved",
	"unchanged",
	"inconclusive",
	"not comparable"
]).describe("unchanged: shown to be within the floor; inconclusive: could not be told, with what could have been seen");
const headlineMetric = _enum([
	"ttftMs",
	"tpotMs",
	"matchedE2eMs",
	"prefillTokensPerSecond"
]).describe("matchedE2eMs: E2E as it would be if head’s answer were as long as base’s");
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
/** The noise of one load's effect on a metric: what later comparisons pool with their own. */
const loadVariance = object({
	metric: headlineMetric,
	variance: number().nonnegative().describe("Of the log ratio of one load, over all its prompts and rounds"),
	degreesOfFreedom: number().positive(),
	pairs: number().positive().describe("Pairs of readings in one load: fewer are noisier")
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
	standsOut: boolean().describe("At least the floor, and beyond the false-discovery rate")
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
	prompts: count.describe("Prompts whose checks were put to both sides"),
	better: count.describe("Prompts on which head passed more checks"),
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
	metrics: array(metricVerdict),
	promptDetail: array(promptVerdict),
	tails: array(tail).describe("Described, never judged"),
	quality: qualityVerdict,
	text: textVerdict,
	memory: memoryVerdict,
	joint: object({
		speed: verdictWord,
		quality: verdictWord,
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
	looks: array(count.min(1)).nullable().describe("Numbers of loads at which it was agreed to look; null: once, at the end")
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
	models: array(modelVerdict)
});

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

// src/core/compare/pair-samples.ts
/** What headline metrics are measured on: timed, valid, one at a time, and not meant to come out of the cache. */
function isCompared({ phase, status, loadShape, cacheExpected, prompt }) {
	return phase === "timed" && status === "ok" && prompt !== null && cacheExpected !== "hit" && isOneAtATime(loadShape);
}
/** Puts the samples of two variants side by side, by prompt, load and round; what has no partner is left out. */
function pairSamples(base, head, prompts) {
	const place = ({ prompt, block, round, repeat }) => `${prompt}/${block}/${round}/${repeat}`;
	const heads = new Map(head.filter(isCompared).map((sample) => [place(sample), sample]));
	return base.filter(isCompared).flatMap((sample) => {
		const partner = heads.get(place(sample));
		const { prompt, block, round } = sample;
		if (partner === void 0 || prompt === null || !prompts.has(prompt)) return [];
		return {
			prompt,
			load: block,
			round: round ?? 0,
			base: sample,
			head: partner
		};
	});
}
/** One metric of the pairs as log ratios, by prompt. A pair of which one side has no reading is left out. */
function readPairs(metric, pairs) {
	const read = (of) => of.flatMap(({ load, base, head }) => {
		const tokens = base.server?.evalCount ?? null;
		const before = measureHeadline(metric, base, tokens);
		const after = measureHeadline(metric, head, tokens);
		return before !== null && after !== null && before > 0 && after > 0 ? {
			load,
			logRatio: toLogRatio(metric, before, after)
		} : [];
	});
	return [...Map.groupBy(pairs, ({ prompt }) => prompt)].map(([prompt, of]) => ({
		prompt,
		pairs: read(of)
	}));
}

// src/core/compare/history-effect.ts
/** With fewer earlier runs their spread is hardly known, and the interval so wide that no word but one is left. */
const fewRuns = 6;
/**
* Estimates the effect of a run against earlier ones of the same epoch. Nothing is interleaved, so the run is the unit: its
* noise is what the earlier runs differ by, and the interval is the one for a further run (t prediction interval: the
* variance between runs times 1 + 1 / runs). Runs are not trimmed: that a night was bad is part of how nights are.
*
* @param pairs head against each earlier run, which takes the place of a load.
*/
function estimateAgainstRuns(metric, pairs) {
	const found = computeEffect(pairs, 0);
	if (found === null) return estimateNothing(metric);
	const { logRatio, variance, loads: runs } = found;
	const errorShare = 1 + 1 / runs;
	return {
		metric,
		loads: runs,
		prompts: found.prompts.length,
		pairs: found.pairs,
		found,
		errorShare,
		effect: {
			logRatio,
			standardError: variance && Math.sqrt(variance.variance * errorShare),
			degreesOfFreedom: variance?.degreesOfFreedom ?? null
		},
		ownVariance: null,
		pooledDegreesOfFreedom: 0,
		notes: [`Against ${formatQuantity(runs, "earlier run")}, not interleaved: the noise is what runs differ by.`, ...runs < fewRuns ? [`That is few: to know, measure base and head in one job.`] : []]
	};
}
/**
* Head against each earlier run, with one reading of each prompt, which stands for all that the run has.
* @param earlier the samples of base, by run.
*/
function pairWithRuns(metric, earlier, head, prompts) {
	const byPrompt = (samples) => Map.groupBy(samples.filter(isCompared), ({ prompt }) => prompt ?? "");
	const runs = earlier.map(byPrompt);
	const now = byPrompt(head);
	return [...prompts].map((prompt) => {
		const tokens = medianTokens(runs.flatMap((run) => run.get(prompt) ?? []));
		const read = (samples) => summarise(metric, samples, tokens);
		const after = read(now.get(prompt) ?? []);
		return {
			prompt,
			pairs: runs.flatMap((run, load) => {
				const before = read(run.get(prompt) ?? []);
				if (before === null || after === null) return [];
				return {
					load,
					logRatio: toLogRatio(metric, before, after)
				};
			})
		};
	});
}
/** The geometric mean of a prompt's readings in one run, trimmed as those of a pair are. */
function summarise(metric, samples, tokens) {
	const logs = samples.map((sample) => measureHeadline(metric, sample, tokens)).filter((value) => value !== null && value > 0).map((value) => Math.log(value ?? 1));
	return logs.length === 0 ? null : Math.exp(trimmedMean(logs));
}
function medianTokens(samples) {
	const tokens = samples.map(({ server }) => server?.evalCount ?? null).filter((it) => it !== null);
	return tokens.length === 0 ? null : median(tokens);
}

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
	const size = Math.abs(change * 100);
	const digits = (size >= 99.95 ? whole : tenths).format(size);
	return `${change > 0 ? "+" : "−"}${digits} %`;
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

// src/core/compare/joint-line.ts
/** What headline metrics are called in a sentence. */
const headlineNames = {
	ttftMs: "TTFT",
	tpotMs: "TPOT",
	matchedE2eMs: "E2E at matched length",
	prefillTokensPerSecond: "prefill"
};
/** One word for a model's speed: the worst that was shown, and unchanged only where every metric is. */
function findSpeedWord(metrics) {
	const words = new Set(metrics.map(({ word }) => word));
	if (words.has("regressed")) return "regressed";
	if (words.has("improved")) return "improved";
	words.delete("not comparable");
	if (words.size === 0) return "not comparable";
	return words.has("inconclusive") ? "inconclusive" : "unchanged";
}
/** Speed, tail, quality, text and memory of a model in one line that a reviewer can act on. */
function joinVerdict(model, floor) {
	const clauses = model.reasons.length > 0 ? [`Not comparable. ${model.reasons.map(({ reason }) => reason).join(" ")}`] : [
		describeSpeed(model.metrics, floor),
		describeTail(model.tails),
		describeQuality(model.quality),
		describeText(model.text),
		describeMemory(model.memory)
	];
	return {
		speed: findSpeedWord(model.metrics),
		quality: model.quality.word,
		text: model.text.word,
		memory: model.memory.memory.change,
		line: clauses.filter((clause) => clause !== null).join(" ")
	};
}
function describeSpeed(metrics, floor) {
	const having = (word) => metrics.filter((it) => it.word === word);
	const names = (some) => some.map(({ metric }) => headlineNames[metric]).join(", ");
	const clauses = [
		list("slower", having("regressed"), describeChange),
		list("faster", having("improved"), describeChange),
		list(`unchanged within ${Number((floor * 100).toPrecision(3))} %`, having("unchanged"), ({ metric }) => headlineNames[metric]),
		list("cannot tell", having("inconclusive"), describeDetectable)
	].filter((clause) => clause !== null);
	const speed = clauses.length === 0 ? "not comparable" : clauses.join("; ");
	const missing = having("not comparable");
	return `Speed: ${speed}${missing.length === 0 || clauses.length === 0 ? "" : `; without ${names(missing)}`}.`;
}
function list(what, metrics, describe) {
	return metrics.length === 0 ? null : `${what}: ${metrics.map(describe).join(", ")}`;
}
/** `TTFT +5.1 % (+4.2 % to +6.0 %)`. */
function describeChange({ metric, change, interval }) {
	const range = interval === null ? "" : ` (${formatChange(interval.low)} to ${formatChange(interval.high)})`;
	return `${headlineNames[metric]} ${formatChange(change)}${range}`;
}
/** What would have been named, in the direction in which it is worse. */
function describeDetectable({ metric, change, detectableChange }) {
	const slower = detectableChange === null || directionOf(metric) === "lower" ? detectableChange : 1 / (1 + detectableChange) - 1;
	const seen = slower === null ? "its noise is unknown" : `${formatChange(slower)} would have shown`;
	return `${headlineNames[metric]} ${formatChange(change)} (${seen})`;
}
function describeTail(tails) {
	const [tail] = tails;
	if (tail === void 0) return null;
	const { metric, base, head } = tail;
	const percentile = [
		"p99",
		"p95",
		"p90"
	].find((it) => base[it] !== null && head[it] !== null);
	const of = percentile ?? "slowest";
	const value = (side) => formatMetric(metric, percentile === void 0 ? side.slowest?.value ?? null : side[percentile]);
	const n = formatCount(Math.min(base.n, head.n));
	return `Tail, not judged: ${of} ${metricDefinitions[metric].name} ${value(base)} → ${value(head)} (n ${n}).`;
}
function describeQuality({ word, prompts, better, worse, pValue }) {
	if (word === "not comparable") return "Checks: not comparable.";
	if (word === "unchanged") return `Checks: the same on ${formatQuantity(prompts, "prompt")}.`;
	const split = `${formatQuantity(better, "prompt")} better, ${formatCount(worse)} worse`;
	return `Checks: ${{
		improved: "better",
		regressed: "worse",
		inconclusive: "cannot tell"
	}[word]} (${split}, p ${formatProbability(pValue)}).`;
}
function describeText({ word, changed, prompts, changes }) {
	const differ = formatShare(changes.length, prompts);
	switch (word) {
		case "not comparable": return "Answers: not comparable.";
		case "same": return "Answers: the same.";
		case "cannot tell": return `Answers: ${differ} differ; the loads are too few to say whether by chance.`;
		case "within self-disagreement": return `Answers: ${differ} differ, no more than the models differ from themselves.`;
		case "changed": return changed === 0 ? `Answers: changed as a whole; ${differ} differ.` : `Answers: ${formatShare(changed, prompts)} changed.`;
	}
}
function describeMemory({ memory: { change } }) {
	return change === null ? null : `Memory: ${change === 0 ? "the same" : formatChange(change)}.`;
}

// src/core/compare/group-sequential.ts
/**
* Looking early, paid for. The p value at a look of an O'Brien–Fleming design: how likely the path of the test
* statistic, over all looks that were planned, goes as far out as it is now, by the chance of none having an
* effect. It is compared with α as it is, whichever look the run stopped at.
*
* The path is a Brownian motion seen at the looks' shares of the whole; the bound is flat on that scale (O'Brien &
* Fleming, Biometrics 35, 1979; Jennison & Turnbull 2000, 2.4, and 4.4 for taking a t statistic's own p value for z).
*
* @param p two-sided, of the data so far.
* @param loads how many loads they are of.
* @param looks numbers of loads at which looks are planned, ascending; `loads` is one of them.
*/
function sequentialP(p, loads, looks) {
	const last = looks.at(-1);
	if (last === void 0 || looks.length < 2 || p >= 1) return p;
	return crossingProbability(criticalNormal(Math.max(p, 1e-300)) * Math.sqrt(loads / last), looks.map((look) => look / last));
}
/** The level at which a look may be tested by itself, so that all of them together hold `alpha`. */
function nominalLevel(alpha, loads, looks) {
	const last = looks.at(-1);
	if (last === void 0 || looks.length < 2) return alpha;
	const times = looks.map((look) => look / last);
	const bound = findPositive((distance) => crossingProbability(distance, times) - alpha);
	return 2 * upperNormal(bound / Math.sqrt(loads / last));
}
/** Intervals of Simpson's rule over the region that has not been left; even. */
const cells = 64;
/**
* P(max |B(t)| ≥ distance) over the times, B a Brownian motion: by carrying the density of the paths still inside from
* one look to the next (Armitage, McPherson & Rowe, J. R. Statist. Soc. A 132, 1969).
*/
function crossingProbability(distance, times) {
	if (distance <= 0) return 1;
	const step = 2 * distance / cells;
	const points = Array.from({ length: 65 }, (_, index) => index * step - distance);
	const weights = points.map((_, index) => (index === 0 || index === cells ? 1 : index % 2 === 1 ? 4 : 2) * step / 3);
	let inside = [{
		at: 0,
		mass: 1
	}];
	let before = 0;
	let crossed = 0;
	for (const time of times) {
		const spread = Math.sqrt(time - before);
		for (const { at, mass } of inside) crossed += mass * (upperNormal((distance - at) / spread) + upperNormal((distance + at) / spread));
		inside = points.map((to, index) => {
			return {
				at: to,
				mass: inside.reduce((sum, { at, mass }) => sum + mass * normalDensity((to - at) / spread) / spread, 0) * (weights[index] ?? 0)
			};
		});
		before = time;
	}
	return Math.min(crossed, 1);
}

// src/core/compare/multiple-tests.ts
/** p values adjusted for the chance that any of the family is wrong (Holm, Scand. J. Statist. 6, 1979), in their order. */
function adjustHolm(pValues) {
	const n = pValues.length;
	let largest = 0;
	return inOrder(pValues, (p, rank) => {
		largest = Math.max(largest, Math.min((n - rank) * p, 1));
		return largest;
	});
}
/**
* p values adjusted for the share of those called that is wrong (Benjamini & Hochberg, J. R. Statist. Soc. B 57, 1995), in
* their order.
*/
function adjustFalseDiscovery(pValues) {
	const n = pValues.length;
	let smallest = 1;
	return inOrder(pValues, (p, rank) => {
		smallest = Math.min(smallest, n / (rank + 1) * p);
		return smallest;
	}, "largest first");
}
/**
* For tests that cannot reach a small p by themselves: the share of wrong ones among those that are at the smallest
* value `least` that any could have, told by how many could be and are not (Selective SeqStep+, Barber & Candès, Annals
* of Statistics 43, 2015). One number for each that is there; 1 for the others.
*/
function adjustByCount(pValues, least) {
	const isLeast = (p) => p <= least * (1 + 1e-9);
	const reached = pValues.filter(isLeast).length;
	const share = (pValues.length - reached + 1) * least / (1 - least) / Math.max(reached, 1);
	return pValues.map((p) => isLeast(p) && least < 1 ? Math.min(share, 1) : 1);
}
/** Goes through the values by size; the rank counts from 0 at the smallest. */
function inOrder(values, adjust, order = "smallest first") {
	const ranked = values.map((value, index) => ({
		value,
		index
	})).sort((a, b) => a.value - b.value);
	const adjusted = new Array(values.length);
	const ranks = ranked.map((it, rank) => ({
		...it,
		rank
	}));
	for (const { value, index, rank } of order === "smallest first" ? ranks : ranks.reverse()) adjusted[index] = adjust(value, rank);
	return adjusted;
}

// src/core/compare/judge-family.ts
const defaultSettings = {
	alpha: .005,
	floor: .02,
	qualityAlpha: .05,
	falseDiscoveryRate: .05,
	looks: null
};
/**
* Judges every headline metric of every changed model together: Holm over the family, O'Brien–Fleming over the looks.
*
* regressed, improved: adjusted p ≤ alpha, and at least the floor. unchanged: the 90 % interval lies inside the floor
* (two one-sided tests at 5 %; at an early look a wider one, by the same bounds). Else inconclusive.
*/
function judgeFamily(estimates, { alpha, floor }) {
	const tested = estimates.map(testEffect);
	const family = tested.filter((it) => it !== null);
	const adjusted = adjustHolm(family.map(({ sequentialP }) => sequentialP));
	const adjustedOf = new Map(family.map((it, index) => [it, adjusted[index] ?? 1]));
	const least = Math.log1p(floor);
	return estimates.map(({ metric, effect, loads, looks }, index) => {
		if (effect === null) return {
			...unjudged,
			word: "not comparable"
		};
		const { logRatio } = effect;
		const change = toChange(metric, logRatio);
		const test = tested[index] ?? null;
		if (test === null) return {
			...unjudged,
			change
		};
		const { standardError, degreesOfFreedom } = test;
		const adjustedPValue = adjustedOf.get(test) ?? 1;
		const atLook = (level) => looks === null ? level : nominal(level, loads, looks);
		const outside = atLook(.09999999999999998);
		const margin = standardError * critical(outside, degreesOfFreedom);
		const bounds = [toChange(metric, logRatio - margin), toChange(metric, logRatio + margin)];
		const seen = standardError * (critical(atLook(alpha / family.length), degreesOfFreedom) + critical(.3999999999999999, degreesOfFreedom));
		return {
			word: findWord$2(logRatio, margin, adjustedPValue <= alpha, least),
			change,
			interval: {
				level: 1 - outside,
				low: Math.min(...bounds),
				high: Math.max(...bounds)
			},
			pValue: test.p,
			adjustedPValue,
			detectableChange: Math.expm1(Math.max(seen, least))
		};
	});
}
const unjudged = {
	word: "inconclusive",
	change: null,
	interval: null,
	pValue: null,
	adjustedPValue: null,
	detectableChange: null
};
function findWord$2(logRatio, margin, isReal, least) {
	if (isReal && Math.abs(logRatio) >= least) return logRatio > 0 ? "regressed" : "improved";
	return Math.abs(logRatio) + margin <= least ? "unchanged" : "inconclusive";
}
function testEffect({ effect, loads, looks }) {
	if (effect === null) return null;
	const { logRatio, standardError, degreesOfFreedom } = effect;
	if (standardError === null || degreesOfFreedom === null || degreesOfFreedom <= 0) return null;
	const p = logRatio === 0 ? 1 : twoSidedT(logRatio / standardError, degreesOfFreedom);
	return {
		standardError,
		degreesOfFreedom,
		p,
		sequentialP: looks === null ? p : sequentialP(p, loads, looks)
	};
}
/** Each takes a search, and metrics mostly share their levels, loads and degrees of freedom. */
const critical = remember(criticalT);
const nominal = remember(nominalLevel);

// src/core/compare/quality.ts
/**
* Compares what the checks say of both sides. The prompt is the unit: the answers of several loads are mostly one
* answer, and the checks of one answer fail together. A prompt counts for the side that passed the larger share of its
* checks, and the exact sign test (McNemar's, on prompts) says how likely such a split is if neither is better.
* Six prompts that all go one way are the fewest that reach 5 %.
*/
function compareQuality(judged) {
	const both = judged.filter(({ base, head }) => base.length > 0 && head.length > 0);
	const gains = both.map(({ base, head }) => passShare(head) - passShare(base));
	const better = gains.filter((gain) => gain > 0).length;
	const worse = gains.filter((gain) => gain < 0).length;
	const checks = both.flatMap(tallyChecks);
	const passes = ({ base, head }) => base.passed + head.passed;
	const answers = ({ base, head }) => base.answers + head.answers;
	const name = ({ prompt, label }) => ({
		prompt,
		label
	});
	return {
		prompts: both.length,
		better,
		worse,
		pValue: better + worse === 0 ? null : signTest(better, worse),
		base: countChecks(both.flatMap(({ base }) => base)),
		head: countChecks(both.flatMap(({ head }) => head)),
		changes: checks.filter((it) => shareOf(it.base) !== shareOf(it.head)),
		neverFailed: checks.filter((it) => passes(it) === answers(it)).map(name),
		neverPassed: checks.filter((it) => passes(it) === 0).map(name)
	};
}
/** Two-sided exact p of so many of two kinds, if either is as likely. */
function signTest(some, others) {
	return Math.min(1, 2 * binomialHalf(Math.min(some, others), some + others));
}
/** The word for each model, Holm over the models: improved and regressed at `alpha`, unchanged where nothing differs. */
function judgeQuality(estimates, alpha) {
	const tested = estimates.filter(({ pValue }) => pValue !== null);
	const adjusted = adjustHolm(tested.map(({ pValue }) => pValue ?? 1));
	return estimates.map((it) => {
		const adjustedPValue = adjusted[tested.indexOf(it)] ?? null;
		return {
			word: findWord$1(it, adjustedPValue, alpha),
			adjustedPValue
		};
	});
}
function findWord$1({ prompts, better, worse }, adjustedPValue, alpha) {
	if (prompts === 0) return "not comparable";
	if (adjustedPValue === null) return "unchanged";
	if (adjustedPValue > alpha) return "inconclusive";
	return better > worse ? "improved" : "regressed";
}
function tallyChecks({ prompt, base, head }) {
	const tally = (answers, index) => ({
		passed: answers.filter((results) => results[index]?.pass).length,
		answers: answers.length
	});
	return (head[0] ?? []).map(({ label }, index) => ({
		prompt,
		label,
		base: tally(base, index),
		head: tally(head, index)
	}));
}
function shareOf({ passed, answers }) {
	return passed / answers;
}
/** Of whole numbers, so that equal shares are equal. */
function passShare(answers) {
	const results = answers.flat();
	return results.length === 0 ? 0 : sum(results.map(({ pass }) => Number(pass))) / results.length;
}

// src/core/compare/judge-together.ts
/**
* Gives a campaign its words: every metric of every changed model on every machine is one family, as whoever reads the
* comment is alarmed by any of them. Judging again what was judged alone changes words and adjusted p values, never an
* estimate.
*/
function judgeTogether(verdicts) {
	const [settings] = verdicts.map((it) => it.settings);
	if (settings === void 0) return [];
	const models = verdicts.flatMap((verdict) => verdict.models);
	const metrics = verdicts.flatMap((verdict) => verdict.models.flatMap((model) => model.metrics.map((metric) => ({
		metric,
		looks: verdict.settings.looks
	}))));
	const speed = judgeFamily(metrics.map(({ metric, looks }) => ({
		...metric,
		looks
	})), settings);
	const quality = judgeQuality(models.map((model) => model.quality), settings.qualityAlpha);
	const speedOf = new Map(metrics.map(({ metric }, index) => [metric, speed[index]]));
	const qualityOf = new Map(models.map((model, index) => [model, quality[index]]));
	const word = (model) => {
		const worded = {
			...model,
			metrics: model.metrics.map((metric) => ({
				...metric,
				...speedOf.get(metric)
			})),
			quality: {
				...model.quality,
				...qualityOf.get(model)
			}
		};
		return {
			...worded,
			joint: joinVerdict(worded, settings.floor)
		};
	};
	const familySize = speed.filter(({ pValue }) => pValue !== null).length;
	return verdicts.map((verdict) => ({
		...verdict,
		familySize,
		models: verdict.models.map(word)
	}));
}
/** What a paired comparison tells of the noise of loads, whether or not its models differ: for the machine's store. */
function listLoadVariances({ models }) {
	return models.flatMap(({ metrics }) => metrics.flatMap(({ ownVariance }) => ownVariance ?? []));
}

// src/core/compare/match-prompts.ts
/**
* Finds the prompts of which both sides' readings are of the same request. Options and `think` are part of a request's
* hash, and may be the very treatment: where they differ, what is held against each other is the rest of it.
*/
function matchPrompts(base, head, hashText) {
	const before = new Map(base.prompts.map((prompt) => [prompt.id, prompt]));
	const after = new Set(head.prompts.map(({ id }) => id));
	const isSame = describeSettings(base.variant) === describeSettings(head.variant);
	const found = head.prompts.map((prompt) => ({
		prompt: prompt.id,
		reason: findObstacle(prompt, before.get(prompt.id), {
			base,
			head,
			isSame,
			hashText
		})
	}));
	const compared = found.filter(({ reason }) => reason === null).map(({ prompt }) => prompt);
	const removed = base.prompts.filter(({ id }) => !after.has(id));
	return {
		compared,
		leftOut: [...found.flatMap(({ prompt, reason }) => reason === null ? [] : {
			prompt,
			reason
		}), ...removed.map(({ id }) => ({
			prompt: id,
			reason: "Only base asks it."
		}))],
		rechecked: compared.filter((id) => seriesOf(base, id)?.checksHash !== seriesOf(head, id)?.checksHash)
	};
}
function findObstacle(prompt, before, { base, head, isSame, hashText }) {
	if (before === void 0) return "Only head asks it.";
	const unsupported = [base, head].flatMap(({ variant }) => variant.unsupported.filter((it) => it.prompt === prompt.id).map(({ reason }) => reason));
	if (unsupported[0] !== void 0) return unsupported[0];
	const series = [seriesOf(base, prompt.id), seriesOf(head, prompt.id)];
	if (series.includes(void 0)) return `${series[0] === void 0 ? "Base" : "Head"} was not asked it.`;
	return (isSame ? series[0]?.requestHash === series[1]?.requestHash : hashQuestion(before, hashText) === hashQuestion(prompt, hashText)) ? null : "It is another request now: its text or what is sent with it has changed.";
}
function seriesOf({ run, variant }, prompt) {
	return run.series.find((it) => it.variant === variant.key && it.prompt === prompt);
}
function hashQuestion(prompt, hashText) {
	return hashJson(buildRequest(prompt, {
		options: {},
		think: null,
		nonce: null
	}), hashText);
}
function describeSettings({ options, think }) {
	return canonicalize([options, think]) ?? "";
}

// src/core/compare/memory.ts
/** What the models take, as the server tells: a fact of each, not a reading with noise. */
function compareMemory(base, head) {
	return {
		memory: compareBytes(base.memoryBytes, head.memoryBytes),
		vram: compareBytes(base.vramBytes, head.vramBytes)
	};
}
function compareBytes(base, head) {
	return {
		base,
		head,
		change: base === null || head === null || base === 0 ? null : head / base - 1
	};
}

// src/core/compare/prompt-detail.ts
/**
* Which prompts of a model stand out on which metric: for who looks for the cause. It is never an alarm, so it is held
* by the share of false ones among those that stand out (Benjamini–Hochberg over prompts × metrics).
* Few loads tell little of one prompt's noise, so it is pooled over prompts; a prompt far noisier than the others
* goes by its own.
*/
function detailPrompts(estimates, { floor, falseDiscoveryRate }) {
	const rows = estimates.flatMap((estimate) => {
		const { metric, found, errorShare } = estimate;
		const shared = shareVariance(estimate);
		return (found?.prompts ?? []).map((it) => ({
			...it,
			metric,
			pValue: testPrompt(it, shared, errorShare)
		}));
	});
	const tested = rows.filter(({ pValue }) => pValue !== null);
	const adjusted = adjustFalseDiscovery(tested.map(({ pValue }) => pValue ?? 1));
	const adjustedOf = new Map(tested.map((row, index) => [row, adjusted[index] ?? 1]));
	const least = Math.log1p(floor);
	return rows.map((row) => {
		const { prompt, metric, logRatio, pairs, pValue } = row;
		const adjustedPValue = adjustedOf.get(row) ?? null;
		return {
			prompt,
			metric,
			change: toChange(metric, logRatio),
			logRatio,
			pairs,
			pValue,
			adjustedPValue,
			standsOut: adjustedPValue !== null && adjustedPValue <= falseDiscoveryRate && Math.abs(logRatio) >= least
		};
	});
}
function testPrompt({ logRatio, variance: own }, shared, errorShare) {
	if (shared === null) return null;
	if (logRatio === 0) return 1;
	const variance = Math.max(shared.variance, own?.variance ?? 0);
	return twoSidedT(logRatio / Math.sqrt(variance * errorShare), shared.degreesOfFreedom);
}
/**
* The variance of one load's effect on one prompt: what a load does to all its prompts, as the metric's own interval
* has it, and what is left within loads, over all prompts. Degrees of freedom after Satterthwaite (Biometrics
* Bulletin 2, 1946).
*/
function shareVariance({ effect, found, errorShare }) {
	const { standardError = null, degreesOfFreedom = null } = effect ?? {};
	if (found?.variance == null || standardError === null || degreesOfFreedom === null) return null;
	const { variance: ofLoads, degreesOfFreedom: loads } = found.variance;
	const whole = poolVariances(null, found.prompts.flatMap(({ variance }) => variance ?? []));
	const between = standardError ** 2 / errorShare;
	const within = Math.max((whole?.variance ?? 0) - ofLoads, 0);
	const variance = between + within;
	if (variance === 0) return {
		variance,
		degreesOfFreedom
	};
	const prompts = Math.max(found.prompts.length - 1, 1);
	const spread = between ** 2 / degreesOfFreedom + within ** 2 / (prompts * loads);
	return {
		variance,
		degreesOfFreedom: variance ** 2 / spread
	};
}

// src/core/compare/tails.ts
const tailMetrics = [
	"ttftMs",
	"tpotMs",
	"e2eMs",
	"prefillTokensPerSecond"
];
/**
* Both sides' slow ends, over the prompts that are compared. They are described and never judged: what of a p95 can be
* told from a usual comparison is a change of 11 to 21 %, and its p99 takes 473 readings a side to be there at all.
*/
function describeTails(base, head, prompts) {
	const isOurs = (sample) => isCompared(sample) && prompts.has(sample.prompt ?? "");
	const [before, after] = [base.filter(isOurs), head.filter(isOurs)];
	return tailMetrics.map((metric) => ({
		metric,
		base: describe(metric, before),
		head: describe(metric, after)
	})).filter((it) => it.base.n > 0 && it.head.n > 0);
}
function describe(metric, samples) {
	const readings = samples.flatMap((sample) => {
		const value = measure(metric, sample);
		return value === null ? [] : [{
			sample: sample.id,
			prompt: sample.prompt,
			value
		}];
	});
	return describeReadings(readings, metricDefinitions[metric].direction);
}

// src/core/compare/seeded-random.ts
/** Uniform in [0, 1), the same for the same seed: sfc32 of Chris Doty-Humphrey's PractRand, which its tests do not break. */
function seedRandom(seed) {
	let [a, b, c, counter] = [
		seed | 0,
		2654435769,
		608135816,
		1
	];
	const next = () => {
		const result = (a + b | 0) + counter | 0;
		counter = counter + 1 | 0;
		a = b ^ b >>> 9;
		b = c + (c << 3) | 0;
		c = (c << 21 | c >>> 11) + result;
		return (result >>> 0) / 2 ** 32;
	};
	for (let index = 0; index < 16; index++) next();
	return next;
}

// src/core/compare/permutation-test.ts
/** C(13, 6) and so all of 6 against 7: enumerated. Above it as many are drawn. */
const mostLabellings = 1716;
const jointDraws = 9999;
/** Sums in another order differ in their last digits. */
const tolerance = 1e-9;
/**
* Whether points are further from those of the other side than from their own, by an exact permutation test.
* @param distances symmetric, of all points to all.
* @param first how many of them, from the first on, are of one side.
*/
function testLabels(distances, first) {
	const n = distances.length;
	const score = openScore(distances);
	const observed = score(Array.from({ length: first }, (_, index) => index));
	if (distances.every((row) => row.every((value) => value === 0)) || n < 3) return {
		observed,
		relabelled: [observed],
		p: 1,
		leastP: 1
	};
	const relabelled = listLabellings(n, first).map(score);
	const shareFrom = (least) => relabelled.filter((value) => value >= least - tolerance).length / relabelled.length;
	return {
		observed,
		relabelled,
		p: shareFrom(observed),
		leastP: shareFrom(Math.max(...relabelled))
	};
}
/**
* The same over several sets of points, whose labels are dealt independently of each other: the p of the sum, from
* seeded draws.
*/
function testTogether(tests) {
	const telling = tests.filter(({ relabelled }) => relabelled.length > 1);
	if (telling.length === 0) return 1;
	const observed = telling.reduce((sum, it) => sum + it.observed, 0);
	const random = seedRandom(telling.length);
	let atLeast = 1;
	for (let draw = 0; draw < jointDraws; draw++) {
		let sum = 0;
		for (const { relabelled } of telling) sum += relabelled[Math.floor(random() * relabelled.length)] ?? 0;
		if (sum >= observed - tolerance) atLeast++;
	}
	return atLeast / 1e4;
}
/** Scores a choice of points as one side, the others being the other. */
function openScore(distances) {
	const n = distances.length;
	const fromPoint = distances.map((row) => row.reduce((sum, value) => sum + value, 0));
	const total = fromPoint.reduce((sum, value) => sum + value, 0) / 2;
	return (chosen) => {
		let own = 0;
		let from = 0;
		chosen.forEach((i, place) => {
			from += fromPoint[i] ?? 0;
			for (let other = 0; other < place; other++) own += distances[i]?.[chosen[other] ?? 0] ?? 0;
		});
		const between = from - 2 * own;
		const [a, b] = [chosen.length, n - chosen.length];
		const within = [...a > 1 ? [own / (a * (a - 1) / 2)] : [], ...b > 1 ? [(total - own - between) / (b * (b - 1) / 2)] : []];
		return between / (a * b) - (within.length === 0 ? 0 : mean(within));
	};
}
/** Every way to choose `first` of `n`, the first ones first; where they are too many, that one and random others. */
const listLabellings = remember((n, first) => {
	if (countChoices(n, first) <= mostLabellings) return choose(n, first, 0);
	const random = seedRandom(n);
	const indices = Array.from({ length: n }, (_, index) => index);
	const drawn = Array.from({ length: 1715 }, () => drawSome(indices, first, random));
	return [indices.slice(0, first), ...drawn];
});
function choose(n, count, from) {
	if (count === 0) return [[]];
	if (n - from < count) return [];
	return [...choose(n, count - 1, from + 1).map((rest) => [from, ...rest]), ...choose(n, count, from + 1)];
}
function countChoices(n, k) {
	let choices = 1;
	for (let index = 1; index <= k; index++) choices *= (n - k + index) / index;
	return choices;
}
/** The start of a Fisher–Yates shuffle. */
function drawSome(items, count, random) {
	const shuffled = [...items];
	for (let index = 0; index < count; index++) {
		const other = index + Math.floor(random() * (shuffled.length - index));
		[shuffled[index], shuffled[other]] = [shuffled[other] ?? 0, shuffled[index] ?? 0];
	}
	return shuffled.slice(0, count);
}

// src/core/compare/text-distance.ts
/** Words, single signs, and single characters of scripts that are written without spaces. */
const token = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu;
/** A text as its word pairs, with its beginning and end as words of their own. Spacing does not count. */
function countWordPairs(text) {
	const words = text.match(token) ?? [];
	const counts = /* @__PURE__ */ new Map();
	let before = "";
	for (const word of [...words, ""]) {
		const pair = `${before} ${word}`;
		counts.set(pair, (counts.get(pair) ?? 0) + 1);
		before = word;
	}
	return {
		counts,
		total: words.length + 1
	};
}
/**
* 1 − the Sørensen–Dice coefficient of word pairs (Dice, Ecology 26, 1945): 0 for the same words in the same order, 1
* where no two words stand together in both. In time linear in the texts, unlike an edit distance.
*/
function measureDistance(a, b) {
	const [few, many] = a.counts.size <= b.counts.size ? [a, b] : [b, a];
	let common = 0;
	for (const [pair, count] of few.counts) common += Math.min(count, many.counts.get(pair) ?? 0);
	return 1 - 2 * common / (a.total + b.total);
}

// src/core/compare/text-changes.ts
/**
* Which answers changed, beyond what each side differs from itself.
*
* A prompt's excess is the mean distance between the sides less that within them (the energy distance of Székely &
* Rizzo, 2004, with texts for points); how unusual it is, the same with the labels base and head dealt anew tells
* exactly, as loads are exchangeable if nothing changed. All prompts are tested together first; only where they show a
* change is it asked which. One load a side says nothing.
*/
function compareTexts(answered, alpha) {
	const both = answered.filter(({ base, head }) => base.length > 0 && head.length > 0);
	const compared = both.map(comparePrompt);
	const differing = compared.filter(({ flips }) => flips.between > 0);
	const tests = differing.map(({ test }) => test);
	const pValue = both.length === 0 ? null : testTogether(tests);
	const isChanged = pValue !== null && pValue <= alpha;
	const adjusted = adjustTests(tests, alpha);
	const changes = differing.map(({ test, change }, index) => {
		const adjustedPValue = adjusted[index] ?? 1;
		return {
			...change,
			pValue: test.p,
			adjustedPValue,
			changed: isChanged && adjustedPValue <= alpha
		};
	}).sort((a, b) => Number(b.changed) - Number(a.changed) || b.excess - a.excess);
	const changed = changes.filter((it) => it.changed).length;
	const rateOf = (side) => meanOf(compared.map(({ flips }) => flips[side]));
	const flipRate = {
		base: rateOf("base"),
		head: rateOf("head"),
		between: rateOf("between")
	};
	const spaced = changes.filter(({ distance }) => distance === 0).length;
	return {
		word: findWord(both.length, changes.length - spaced, isChanged, flipRate),
		prompts: both.length,
		changed,
		pValue,
		changes,
		flipRate,
		notes: [...isChanged && changed === 0 ? ["The loads are too few to say which answers changed."] : [], ...spaced === 0 ? [] : [`${formatQuantity(spaced, "answer")} with nothing but other spacing.`]]
	};
}
function findWord(prompts, differing, isChanged, { base, head }) {
	if (prompts === 0) return "not comparable";
	if (differing === 0) return "same";
	if (isChanged) return "changed";
	return (base ?? 0) > 0 || (head ?? 0) > 0 ? "within self-disagreement" : "cannot tell";
}
/**
* From four loads a side on a prompt can be named by itself: Benjamini–Hochberg over those prompts that could show a
* change at all (Tarone, Biometrics 46, 1990). With fewer, prompts whose sides agree with themselves and not with each
* other are held against those that do not agree with themselves.
*/
function adjustTests(tests, alpha) {
	const able = tests.filter(({ leastP }) => leastP <= alpha);
	if (able.length === 0) {
		const telling = tests.map(({ p, relabelled }) => relabelled.length > 1 ? p : 1);
		return adjustByCount(telling, Math.min(1, ...tests.map(({ leastP }) => leastP)));
	}
	const adjusted = adjustFalseDiscovery(able.map(({ p }) => p));
	const adjustedOf = new Map(able.map((test, index) => [test, adjusted[index] ?? 1]));
	return tests.map((test) => adjustedOf.get(test) ?? 1);
}
function comparePrompt({ prompt, base, head }) {
	const answers = [...base, ...head];
	const distances = measureAll(answers);
	const differs = (i, j) => Number(answers[i]?.hash !== answers[j]?.hash);
	const [left, right] = [range(0, base.length), range(base.length, answers.length)];
	const test = testLabels(distances, base.length);
	const distance = mean(left.flatMap((i) => right.map((j) => distances[i]?.[j] ?? 0)));
	return {
		flips: {
			base: meanOf(left.flatMap((i) => left.filter((j) => j > i).map((j) => differs(i, j)))),
			head: meanOf(right.flatMap((i) => right.filter((j) => j > i).map((j) => differs(i, j)))),
			between: mean(left.flatMap((i) => right.map((j) => differs(i, j))))
		},
		test,
		change: {
			prompt,
			distance,
			excess: test.observed,
			base: findTypical(base, left, distances),
			head: findTypical(head, right, distances)
		}
	};
}
/** Between all answers, each pair of texts measured once. */
function measureAll(answers) {
	const pairsOf = new Map(answers.map(({ hash, text }) => [hash, countWordPairs(text)]));
	const known = /* @__PURE__ */ new Map();
	const measure = (a, b) => {
		if (a === b) return 0;
		const key = a < b ? `${a}/${b}` : `${b}/${a}`;
		const [left, right] = [pairsOf.get(a), pairsOf.get(b)];
		const value = known.get(key) ?? (left && right ? measureDistance(left, right) : 1);
		known.set(key, value);
		return value;
	};
	return answers.map((a) => answers.map((b) => measure(a.hash, b.hash)));
}
/** The answer that is most like the others of its side; the first of several. */
function findTypical(answers, own, distances) {
	const strangeness = own.map((i) => own.reduce((total, j) => total + (distances[i]?.[j] ?? 0), 0));
	const typical = answers[strangeness.indexOf(Math.min(...strangeness))] ?? answers[0];
	if (typical === void 0) throw new RangeError("There is no answer to choose from.");
	return {
		run: typical.run,
		block: typical.block,
		hash: typical.hash
	};
}
function range(from, to) {
	return Array.from({ length: to - from }, (_, index) => from + index);
}
function meanOf(values) {
	const known = values.filter((value) => value !== null);
	return known.length === 0 ? null : mean(known);
}

// src/core/compare/compose-verdict.ts
/** Compares every changed model of one machine, and judges them together. */
function composeVerdict(input) {
	const [first] = input.models;
	const { run } = first.head;
	const baseRuns = input.models.flatMap(({ base }) => base.map((side) => side.run));
	const runs = [...new Map(baseRuns.map((it) => [it.id, it])).values()];
	const latest = runs.reduce((last, it) => it.startedAt > last.startedAt ? it : last, first.base[0].run);
	const models = input.models.map((model) => compareModel(model, input));
	const [verdict] = judgeTogether([{
		schemaVersion: "2.0",
		design: input.design,
		machine: run.machine,
		base: {
			runs: runs.map(({ id }) => id),
			startedAt: latest.startedAt,
			source: latest.source
		},
		head: {
			runs: [run.id],
			startedAt: run.startedAt,
			source: run.source
		},
		settings: input.settings,
		familySize: 0,
		models
	}]);
	if (verdict === void 0) throw new RangeError("One verdict went in, none came out.");
	return verdict;
}
/** Everything about a model but the words, which its family has a say in. */
function compareModel({ base, head }, input) {
	const latest = base.reduce((last, it) => it.run.startedAt > last.run.startedAt ? it : last);
	const { compared, leftOut, rechecked } = matchPrompts(latest, head, input.hashText);
	const reasons = findReasons(base, head, compared);
	const prompts = reasons.length > 0 ? [] : compared;
	const { estimates, rounds } = estimateSpeed(base, head, new Set(prompts), input);
	const { judged, notes } = listJudged(base, head, {
		compared: prompts,
		rechecked
	});
	const quality = compareQuality(judged);
	return {
		base: identify(latest.variant),
		head: identify(head.variant),
		treatment: describeTreatment(latest.variant, head.variant),
		reasons,
		leftOut,
		metrics: estimates.map((it) => toMetricVerdict(it, rounds)),
		promptDetail: detailPrompts(estimates, input.settings),
		tails: describeTails(base.flatMap(({ samples }) => samples), head.samples, new Set(prompts)),
		quality: {
			...quality,
			...unworded,
			rejudged: rechecked,
			notes
		},
		text: compareTexts(listAnswered(base, head, prompts), input.settings.falseDiscoveryRate),
		memory: compareMemory(latest.variant, head.variant),
		joint: {
			speed: "inconclusive",
			quality: "inconclusive",
			text: "cannot tell",
			memory: null,
			line: "–"
		}
	};
}
const unworded = {
	word: "inconclusive",
	adjustedPValue: null
};
function findReasons(base, head, compared) {
	const reasons = base.flatMap(({ run }) => findIncomparable(run, head.run));
	const unique = [...new Map(reasons.map((it) => [it.code, it])).values()];
	return unique.length > 0 || compared.length > 0 ? unique : [{
		code: "no-prompts",
		reason: "No prompt was asked in the same words on both sides."
	}];
}
function estimateSpeed(base, head, prompts, { design, stored }) {
	const metrics = headlineMetrics.filter((metric) => [...base, head].some((side) => hasReading(metric, side)));
	if (design === "unpaired") {
		const earlier = base.map(({ samples }) => samples);
		return {
			estimates: metrics.map((metric) => estimateAgainstRuns(metric, pairWithRuns(metric, earlier, head.samples, prompts))),
			rounds: 1
		};
	}
	const pairs = pairSamples(base[0].samples, head.samples, prompts);
	return {
		estimates: metrics.map((metric) => estimateEffect(metric, readPairs(metric, pairs), stored)),
		rounds: new Set(pairs.map(({ round }) => round)).size
	};
}
/** A model that embeds has no TTFT to compare; one that has lost it has. */
function hasReading(metric, { samples }) {
	return samples.some((it) => isCompared(it) && measureHeadline(metric, it, it.server?.evalCount ?? null) !== null);
}
function toMetricVerdict({ found: _, errorShare: __, ...estimate }, rounds) {
	return {
		...estimate,
		rounds,
		word: "inconclusive",
		change: null,
		interval: null,
		pValue: null,
		adjustedPValue: null,
		detectableChange: null
	};
}
function identify(variant) {
	const { key, name, digest, quantization, parameterSize, contextLength, templateHash, options, think } = variant;
	return {
		key,
		name,
		digest,
		quantization,
		parameterSize,
		contextLength,
		templateHash,
		options,
		think
	};
}

// src/core/compare/compare-runs.ts
function isRefusal(result) {
	return "refusal" in result;
}
/**
* The verdict of a run that measured base and head in turn.
* @param stored how much loads differ on its machine, as earlier comparisons found.
*/
function compareTurns(whole, comparison, { stored, hashText }) {
	const contradiction = findContradiction(whole.run);
	if (contradiction !== null) return contradiction;
	const [first, ...others] = comparison?.pairs.flatMap(({ base, head }) => {
		const [before, after] = [sideOf(whole, base), sideOf(whole, head)];
		return before === null || after === null ? [] : [{
			base: [before],
			head: after
		}];
	}) ?? [];
	if (comparison === null || first === void 0) return {
		refusal: "no-comparison",
		message: `The run ${whole.run.id} did not measure two sides in turn: give two runs, or measure with --against.`
	};
	const { looks } = comparison;
	return composeVerdict({
		design: "paired",
		models: [first, ...others],
		stored,
		settings: {
			...defaultSettings,
			looks: looks.length > 1 ? looks : null
		},
		hashText
	});
}
/**
* One run has one prompt set. Were two of its checks told apart, both sides' answers would be judged again, with patterns
* and schemas that whoever made the artifact could have written for it.
*/
function findContradiction({ id, series }) {
	for (const [prompt, same] of Map.groupBy(series, (it) => it.prompt)) {
		if (new Set(same.map(({ checksHash }) => checksHash)).size <= 1) continue;
		return {
			refusal: "contradiction",
			message: `The run ${id} states two different checks of its prompt ${prompt}.`
		};
	}
	return null;
}
function sideOf({ run, prompts, samples, outputs }, key) {
	const variant = run.variants.find((it) => it.key === key);
	if (variant === void 0) return null;
	return {
		run,
		variant,
		prompts,
		samples: samples.filter((it) => it.variant === key),
		outputs: outputs.filter((it) => it.variant === key)
	};
}

// src/compare.ts
/**
* The verdict of a run that measured base and head in turn.
* @param stored how much loads differ on its machine, as earlier comparisons found.
* @throws {InputError} where the run is no comparison.
*/
function compareWithin(whole, { comparison }, stored) {
	return requireVerdict(compareTurns(whole, comparison, {
		stored,
		hashText: sha256Text
	}));
}
function requireVerdict(result) {
	if (isRefusal(result)) throw new InputError(result.refusal, result.message);
	return result;
}

// src/store/read-samples.ts
/**
* Reads samples.ndjson of a run's folder, of any age: its lines are of the version of the report beside them.
* @param schemaVersion as summary.json states it, before migration.
* @throws {UnreadableDocument} at the first line that is no sample, or where there are none.
*/
async function readSamples(folder, schemaVersion) {
	const samples = [];
	try {
		for await (const line of createInterface({ input: createReadStream(join(folder, "samples.ndjson")) })) samples.push(readSample(JSON.parse(line), schemaVersion));
	} catch (cause) {
		if (cause instanceof UnreadableDocument) throw cause;
		throw new UnreadableDocument("not-a-document", `${folder}: samples.ndjson cannot be read.`, { cause });
	}
	return samples;
}

// src/store/read-whole-run.ts
/** @throws {UnreadableDocument} at the first document that is missing or damaged. */
async function readWholeRun(folder) {
	const { run, outputs, promptSet } = await readRunFolder(folder);
	if (promptSet === null) throw new UnreadableDocument("not-a-document", `${folder}: inputs/prompt-set.json cannot be read.`);
	const read = async (name) => JSON.parse(await readFile(join(folder, name), "utf8"));
	const { schemaVersion } = await read("summary.json");
	return {
		folder,
		run,
		outputs,
		prompts: promptSet.prompts,
		samples: await readSamples(folder, String(schemaVersion)),
		plan: readDocument(planDocument, await read("plan.json"))
	};
}

export { headlineNames as a, formatPlainPercent as c, directionOf as d, loadVariance as f, listLoadVariances as i, formatProbability as l, compareWithin as n, formatChange as o, judgeTogether as r, formatDistance as s, readWholeRun as t, formatRange as u };