import { a as formatMetric, l as formatQuantity, n as formatCount, r as formatDigest } from "./format.js";
import { i as toPlainLine } from "./plain-text.js";
import { _ as UnreadableDocument, v as readDocument } from "./run.js";
import "./untrusted-text.js";
import { t as InputError } from "./input-error.js";
import { n as hashJson, r as canonicalize, t as sha256Text } from "./hash-text.js";
import { r as planDocument } from "./documents.js";
import { i as median, l as sum, r as mean } from "./simple-statistics.js";
import { o as writeOutcome, t as readRunFolder } from "./read-run-folder.js";
import { a as toLogRatio, c as metricDefinitions, f as spoilsTimes, i as toChange, n as headlineMetrics, r as measureHeadline, s as measure, u as invalidates } from "./headline-metrics.js";
import { a as atLeisure, i as remember, n as buildRequest, o as judgeAnswer, r as countChecks, t as describeReadings } from "./distribution.js";
import { _ as pairSamples, a as computeEffect, c as criticalNormal, d as fisherExact, f as normalDensity, g as isToCompare, h as isCompared, i as poolVariances, l as criticalT, m as upperNormal, n as estimateNothing, o as trimmedMean, p as twoSidedT, s as binomialHalf, t as estimateEffect, u as findPositive, v as readPairs } from "./estimate-effect.js";
import { t as readSamples } from "./read-samples2.js";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

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
			value: gpus === null ? "unknown" : list(gpus.map(({ model }) => model))
		},
		{
			code: "driver",
			name: "GPU driver",
			value: list(drivers)
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
	return [...findChanges(listDeclared(base), listDeclared(head)).map(describeChange), ...describeAskedChanges(base, head)];
}
/** What of it differs, option by option: `num_ctx 512 → 1024`. */
function describeAskedChanges(before, after) {
	const names = [...new Set([before, after].flatMap(({ options }) => Object.keys(options)))].sort();
	const isAskedFor = ({ options, contextLength }) => options.num_ctx === contextLength;
	return findChanges([...listOptions(before, names), ...listThinkAndContext(before)], [...listOptions(after, names), ...listThinkAndContext(after)]).filter(({ code }) => code !== "context" || !isAskedFor(before) || !isAskedFor(after)).map(describeChange);
}
function listOptions({ options }, names) {
	const values = options;
	return names.map((name) => {
		const value = values[name];
		return {
			code: `option ${name}`,
			name,
			value: value === void 0 ? "default" : describeValue(value)
		};
	});
}
function listThinkAndContext({ think, contextLength }) {
	return [{
		code: "think",
		name: "think",
		value: String(think ?? false)
	}, {
		code: "context",
		name: "context",
		value: String(contextLength ?? "unknown")
	}];
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
		}
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
function describeChange({ name, before, after }) {
	return toPlainLine(`${name} ${before} → ${after}`);
}
/** `num_ctx 4096, seed 7`, whatever the order of the keys. */
function describeRecord(record) {
	return list(Object.entries(record).filter(([, value]) => value !== void 0).sort(([a], [b]) => a.localeCompare(b, "en")).map(([key, value]) => `${key} ${describeValue(value)}`));
}
function describeValue(value) {
	return typeof value === "string" ? value : JSON.stringify(value);
}
function list(items) {
	return items.length === 0 ? "none" : items.join(", ");
}

// src/core/compare/circumstances.ts
/**
* What the runs say against themselves and the models that are compared, each code once. Of single requests it has what
* spoils their times; what else makes them invalid is among the causes of those.
*/
function listVerdictFlags(models) {
	const isOneRun = models.every(({ base, head }) => base.run.id === head.run.id);
	return ["base", "head"].flatMap((side) => {
		const sides = models.map((it) => it[side]);
		const runs = isOneRun && side === "head" ? [] : [...new Set(sides.map(({ run }) => run))];
		const variants = [...new Set(sides.map(({ variant }) => variant))];
		return [...runs.flatMap((run) => countAlike(run.flags, {
			side: isOneRun ? null : side,
			model: null
		})), ...variants.flatMap(({ name: model, flags, flagged }) => [...countAlike(flags, {
			side,
			model
		}), ...flagged.filter(spoilsTimes).map(({ samples: count, code, reason }) => ({
			code,
			reason,
			side,
			model,
			count
		}))])];
	});
}
function countAlike(flags, of) {
	return [...Map.groupBy(flags, ({ code }) => code).values()].flatMap((alike) => {
		const [first] = alike;
		return first === void 0 ? [] : {
			...first,
			...of,
			count: alike.length
		};
	});
}
const endings = [
	"out-of-time",
	"cancelled",
	"server-lost",
	"server-busy",
	"interrupted"
];
/**
* What ended a comparison before it had all of its loads; null where it has them, where it had seen enough, where what is
* missing came to nothing by itself, and while it is under way. A load counts that both sides have readings of.
*/
function findEarlyEnd(run, models, looks) {
	const most = looks.at(-1) ?? run.plan.loads;
	const loads = Math.min(...models.map(countLoads));
	const ending = run.flags.find(({ code }) => endings.includes(code));
	return ending === void 0 || loads >= most ? null : {
		loads,
		most,
		...ending
	};
}
/**
* The looks of a run that has ended. What ended it, as its budget does, knows nothing of what was found: so the last look
* was there, and those that were to come are not paid for.
*/
function looksUntil(models, looks, end) {
	if (end === null) return [...looks];
	const last = Math.max(...models.map(countLoads));
	return [...looks.filter((look) => look < last), ...last > 0 ? [last] : []];
}
function countLoads({ base, head }) {
	const loadsOf = ({ samples }) => new Set(samples.filter(isCompared).map(({ block }) => block));
	return loadsOf(base).intersection(loadsOf(head)).size;
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

// src/core/compare/requests.ts
const longestReason = 500;
/** Failures of Herdmark's own making: they say nothing of the model. */
const brokenOff = [
	"interrupted",
	"cancelled",
	"still-loaded"
];
/** Whether the model left a request without an answer: it failed, or all of its budget went into thinking. */
function isUnanswered({ status, error, flags }) {
	if (status === "failed") return !brokenOff.includes(error?.code ?? "");
	return flags.some(({ code }) => code === "thinking-exhausted");
}
/**
* Counts what base and head left without an answer. The loads count too; and of the other requests those that the rest of
* a verdict is made of: bare, or timed one at a time, to the prompts that are compared.
*/
function compareRequests(base, head, prompts) {
	const asked = {
		base: listAsked(base, prompts),
		head: listAsked([head], prompts)
	};
	const counts = {
		base: countRequests(asked.base),
		head: countRequests(asked.head)
	};
	const lost = prompts.flatMap((prompt) => [...findLoss(prompt, "base", asked.base, asked.head), ...findLoss(prompt, "head", asked.head, asked.base)]);
	const { base: before, head: after } = counts;
	return {
		...counts,
		pValue: before.unanswered + after.unanswered === 0 ? null : fisherExact(before.unanswered, before.asked, after.unanswered, after.asked),
		lost
	};
}
/**
* The word for each model: regressed where a prompt is a total loss of head's alone, or more was left unanswered at `alpha`,
* Holm over the models. Requests that fail together, as in a moment without a network, hit both sides where they are
* asked in turn.
*/
function judgeRequests(estimates, alpha) {
	const tested = estimates.filter((it) => it !== null && it.pValue !== null);
	const adjusted = adjustHolm(tested.map((it) => it?.pValue ?? 1));
	return estimates.map((it) => {
		if (it === null) return null;
		const adjustedPValue = adjusted[tested.indexOf(it)] ?? null;
		return {
			word: findWord$3(it, adjustedPValue, alpha),
			adjustedPValue
		};
	});
}
function findWord$3({ base, head, lost }, adjustedPValue, alpha) {
	if (base.asked === 0 || head.asked === 0) return "not comparable";
	const isTotal = (side) => lost.some((it) => it.side === side && it.total);
	if (isTotal("head") !== isTotal("base")) return isTotal("head") ? "regressed" : "improved";
	if (adjustedPValue === null) return "unchanged";
	if (adjustedPValue > alpha) return "inconclusive";
	return head.unanswered / head.asked > base.unanswered / base.asked ? "regressed" : "improved";
}
function listAsked(sides, prompts) {
	const compared = new Set(prompts);
	const failedLoads = sides.flatMap(listFailedLoads);
	return {
		samples: sides.flatMap(({ samples }) => samples.filter((it) => it.prompt !== null && compared.has(it.prompt) && (it.phase === "bare" || isToCompare(it)))),
		loads: sides.reduce((sum, { variant }) => sum + variant.loadMs.n, failedLoads.length),
		failedLoads
	};
}
function listFailedLoads({ run, variant }) {
	return run.failures.filter(({ sample }) => sample.startsWith(`${variant.key}/load`) && sample.endsWith("/load")).map(({ code, message }) => ({
		status: "failed",
		error: {
			code,
			message
		},
		flags: []
	}));
}
function countRequests({ samples, loads, failedLoads }) {
	const all = [...failedLoads, ...samples];
	return {
		asked: samples.length + loads,
		failed: all.filter(({ status }) => status === "failed").length,
		invalid: all.filter(({ status }) => status === "invalid").length,
		unanswered: all.filter(isUnanswered).length,
		causes: listCauses(all)
	};
}
/** What a prompt lost on one side, if it did; what counts against the side by itself shows beside the other. */
function findLoss(prompt, side, own, other) {
	const samples = own.samples.filter((it) => it.prompt === prompt);
	const [bare, timed] = [samples.filter(isBare), samples.filter((it) => !isBare(it))];
	const [hasAnswers, hasReadings] = [bare.some(isValid), timed.some(isValid)];
	if (hasAnswers && hasReadings) return [];
	const lost = hasAnswers ? "readings" : hasReadings ? "answers" : "everything";
	const asked = lost === "readings" ? timed : lost === "answers" ? bare : samples;
	const unanswered = asked.filter(isUnanswered).length;
	const total = lost === "everything" && unanswered === asked.length && isTotal(prompt, own, other);
	const [cause] = listCauses(asked.length > 0 ? asked : own.failedLoads);
	const { code, reason } = cause ?? notAsked;
	return [{
		prompt,
		side,
		lost,
		asked: asked.length,
		unanswered,
		total,
		code,
		reason
	}];
}
/**
* Whether it counts by itself that a side answered none of a prompt's requests: where the other one, which answers each
* prompt always or never, always answers this one. Of one that answers now and then few requests would say so by chance.
*/
function isTotal(prompt, own, other) {
	const isOf = (it) => it.prompt === prompt;
	const there = other.samples.filter(isOf);
	if (there.some(isUnanswered) || !isSteady(other)) return false;
	return own.samples.some(isOf) ? there.length > 0 : isNeverLoaded(own) && isAlwaysLoaded(other);
}
function isSteady({ samples }) {
	return [...Map.groupBy(samples, ({ prompt }) => prompt).values()].every((alike) => !alike.some(isUnanswered) || alike.every(isUnanswered));
}
function isBare({ phase }) {
	return phase === "bare";
}
function isValid({ status }) {
	return status === "ok";
}
const notAsked = {
	code: "not-asked",
	reason: "It was not asked: nothing came of the load, or the run had ended."
};
function isNeverLoaded({ loads, failedLoads }) {
	return loads > 0 && failedLoads.filter(isUnanswered).length === loads;
}
function isAlwaysLoaded({ loads, failedLoads }) {
	return loads > 0 && failedLoads.length === 0;
}
/** The most frequent first. */
function listCauses(outcomes) {
	const causes = outcomes.flatMap(({ status, error, flags }) => {
		if (status === "failed") return [{
			status,
			code: error?.code ?? "unknown",
			reason: error?.message ?? ""
		}];
		if (status === "ok") return [];
		return flags.filter(invalidates).map(({ code, reason }) => ({
			status,
			code,
			reason
		}));
	});
	return [...Map.groupBy(causes, ({ status, code }) => `${status} ${code}`).values()].flatMap((alike) => {
		const [first] = alike;
		if (first === void 0) return [];
		const reason = toPlainLine(first.reason, longestReason) || first.code;
		return {
			...first,
			reason,
			count: alike.length
		};
	}).sort((a, b) => b.count - a.count);
}

// src/core/compare/bare-answers.ts
/** What the checks said of both sides' answers; with the checks of head where they had changed. */
function listJudged(base, head, { compared, rechecked, withinLimit }) {
	const prompts = head.prompts.filter(({ id }) => compared.includes(id));
	const isVectors = ({ embed }) => embed !== void 0;
	const lost = prompts.filter((prompt) => rechecked.includes(prompt.id) && isVectors(prompt));
	const judged = prompts.filter((prompt) => !lost.includes(prompt)).map((prompt) => {
		const judge = (side) => rechecked.includes(prompt.id) ? judgeAgain(side, prompt, withinLimit) : listResults(side, prompt.id);
		const unanswered = {
			base: sum(base.map((side) => countUnanswered(side, prompt.id))),
			head: countUnanswered(head, prompt.id)
		};
		return {
			prompt: prompt.id,
			base: base.flatMap(judge),
			head: judge(head),
			unanswered
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
function countUnanswered({ samples }, prompt) {
	return samples.filter((it) => it.phase === "bare" && it.prompt === prompt && isUnanswered(it)).length;
}
function judgeAgain(side, { id, checks }, withinLimit) {
	return listSaved(side, id).map(({ text, toolCalls }) => judgeAnswer(checks, {
		text,
		toolCalls: toolCalls.map((call) => ({ function: call }))
	}, withinLimit));
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

// src/core/compare/history-effect.ts
/** With fewer earlier runs their spread is hardly known, and the interval so wide that no word but one is left. */
const fewRuns = 6;
/**
* Estimates the effect of a run against earlier ones of the same epoch. Nothing is interleaved, so the run is the unit: its
* noise is what the earlier runs differ by, and the interval is the one for a further run (t prediction interval: the
* variance between runs times 1 + 1 / runs). Runs are not trimmed: that a night was bad is part of how nights are.
*
* Nights of what the tag stood for before tell how much nights differ as well: on a log scale that is the machine's doing,
* whichever model it runs. They are pooled by their own means (pooled variance of the t test), so that how fast that model
* was makes no difference, and left out where the runs since are noisier than they can explain.
*
* @param pairs head against each earlier run, which takes the place of a load.
* @param before the same of each earlier model of the tag.
*/
function estimateAgainstRuns(metric, pairs, before = []) {
	const found = computeEffect(pairs, 0);
	if (found === null) return estimateNothing(metric);
	const { logRatio, variance: own, loads: runs } = found;
	const others = before.map((it) => computeEffect(it, 0)).flatMap((it) => it?.variance ? [{
		...it.variance,
		runs: it.loads
	}] : []);
	const variance = poolVariances(own, others);
	const isPooled = others.length > 0 && variance !== own;
	const errorShare = 1 + 1 / runs;
	const otherRuns = isPooled ? others.reduce((sum, it) => sum + it.runs, 0) : 0;
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
		notes: [
			`Against ${formatQuantity(runs, "earlier run")}, not interleaved: ${describeNoise(runs, otherRuns)}.`,
			...others.length > 0 && !isPooled ? ["They are noisier than runs of what the tag stood for before can explain, which are left out."] : [],
			...runs + otherRuns < fewRuns ? [`That is few: to know, measure base and head in one job.`] : []
		]
	};
}
function describeNoise(runs, others) {
	if (others === 0) return runs === 1 ? "one does not tell what runs differ by" : "the noise is what runs differ by";
	const before = `${formatQuantity(others, "run")} of what the tag stood for before`;
	return runs === 1 ? `the noise is what ${before} differ by` : `the noise is what these and ${before} differ by, each among themselves`;
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
/** The same for each earlier model of the tag. */
function pairWithEarlierModels(metric, noise, head, prompts) {
	return [...Map.groupBy(noise, ({ variant }) => variant.digest).values()].map((sides) => pairWithRuns(metric, sides.map(({ samples }) => samples), head, prompts));
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
/** Speed, quality, text, memory and tail of a model in one line that a reviewer can act on. */
function joinVerdict(model, floor) {
	const speed = findSpeedWord(model.metrics);
	const tail = describeJointTail(model.tails);
	return {
		speed,
		quality: model.quality.word,
		text: model.text.word,
		memory: model.memory.memory.change,
		line: model.reasons.length > 0 ? `Not comparable. ${model.reasons.map(({ reason }) => reason).join(" ")}` : `${writeOutcome(model, speed, floor)}${tail === null ? "" : ` ${tail}`}`
	};
}
/** `Tail, not judged: p95 TTFT 66.1 ms → 69.6 ms (n 288).` The highest percentile that both sides have. */
function describeJointTail(tails) {
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
	return estimates.map(({ metric, effect, loads, looks: planned }, index) => {
		const looks = planned && withLook(planned, loads);
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
		sequentialP: looks === null ? p : sequentialP(p, loads, withLook(looks, loads))
	};
}
/** A model that lost a load is looked at where it is, between two of the looks: that is one more. */
function withLook(looks, loads) {
	return looks.includes(loads) ? looks : [...looks, loads].sort((a, b) => a - b);
}
/** Each takes a search, and metrics mostly share their levels, loads and degrees of freedom. */
const critical = remember(criticalT);
const nominal = remember(nominalLevel);

// src/core/compare/quality.ts
/**
* Compares what the checks say of both sides. The prompt is the unit: the answers of several loads are mostly one
* answer, and the checks of one answer fail together. A prompt counts for the side that passed the larger share of its
* checks, and the exact sign test (McNemar's, on prompts) says how likely such a split is if neither is better. A request
* without an answer has passed none of them, and a prompt without any is worse than one that failed them all.
* Six prompts that all go one way are the fewest that reach 5 %.
*/
function compareQuality(judged) {
	const both = judged.filter(({ base, head }) => base.length > 0 && head.length > 0);
	const gains = judged.flatMap((it) => gainOf(it) ?? []);
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
		prompts: gains.length,
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
/** Above 0 where head is better; null where there is nothing to tell it by. */
function gainOf({ base, head, unanswered = {
	base: 0,
	head: 0
} }) {
	if (base.length > 0 && head.length > 0) return passShare(head, unanswered.head) - passShare(base, unanswered.base);
	if (base.length > 0 && unanswered.head > 0) return -1;
	return head.length > 0 && unanswered.base > 0 ? 1 : null;
}
/** Of whole numbers, so that equal shares are equal. */
function passShare(answers, unanswered) {
	const results = answers.flat();
	const passed = sum(results.map(({ pass }) => Number(pass)));
	const checks = results.length / answers.length * (answers.length + unanswered);
	return results.length === 0 ? 0 : passed / checks;
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
	const requests = judgeRequests(models.map((model) => model.requests), settings.alpha);
	const speedOf = new Map(metrics.map(({ metric }, index) => [metric, speed[index]]));
	const qualityOf = new Map(models.map((model, index) => [model, quality[index]]));
	const requestsOf = new Map(models.map((model, index) => [model, requests[index]]));
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
			},
			requests: model.requests && {
				...model.requests,
				...requestsOf.get(model)
			}
		};
		const joint = joinVerdict(worded, settings.floor);
		return {
			...worded,
			joint: {
				...joint,
				quality: joinQuality(worded)
			}
		};
	};
	const familySize = speed.filter(({ pValue }) => pValue !== null).length;
	return verdicts.map((verdict) => ({
		...verdict,
		familySize,
		models: verdict.models.map(word)
	}));
}
/** What answers are worth: a request that comes to nothing outweighs what the checks say of those that did not. */
function joinQuality({ quality, requests }) {
	if (quality.word === "regressed" || requests?.word === "regressed") return "regressed";
	return requests?.word === "improved" ? "improved" : quality.word;
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

// src/core/compare/robust-variance.ts
/** Of as many values as there is an index; for more there is a formula. */
const smallSamples = [
	0,
	0,
	.399,
	.994,
	.512,
	.844,
	.611,
	.857,
	.669,
	.872
];
const normalScale = 2.2219;
/** How many of a sample's degrees of freedom are left, as it is less efficient than the variance itself. */
const efficiency = .82;
/**
* The variance of the bulk of the values, however far out up to half of them are: the square of Qn, the distance that a
* quarter of all pairs do not exceed (Rousseeuw & Croux, J. Am. Stat. Assoc. 88, 1993), with their factors for normal and
* for small samples. The median absolute deviation has 37 % of the efficiency, which twenty prompts are too few for.
*/
function robustVariance(values) {
	const n = values.length;
	const distances = values.flatMap((one, index) => values.slice(index + 1).map((other) => Math.abs(one - other))).sort((a, b) => a - b);
	const half = Math.floor(n / 2) + 1;
	const distance = distances[half * (half - 1) / 2 - 1] ?? 0;
	const factor = smallSamples[n] ?? n / (n + (n % 2 === 1 ? 1.4 : 3.8));
	return {
		variance: (normalScale * factor * distance) ** 2,
		degreesOfFreedom: efficiency * Math.max(n - 1, 1)
	};
}

// src/core/compare/prompt-detail.ts
/**
* Which prompts of a model stand out on which metric: those that changed otherwise than the model's prompts do. Where
* everything is slower, that all are is told by the metric itself. For who looks for the cause: it is never an alarm, so it
* is held by the share of false ones among those that stand out (Benjamini–Hochberg over prompts × metrics).
*
* Under the null a prompt's effect is the metric's common one, the median over prompts, but for noise and for what
* prompts differ by in any case, as a long one is slowed down otherwise than a short one. The latter is told robustly,
* so that what stands out does not hide itself.
*/
function detailPrompts(estimates, { floor, falseDiscoveryRate }) {
	const rows = estimates.flatMap((estimate) => {
		const { metric, found } = estimate;
		const prompts = found?.prompts ?? [];
		const test = prompts.length === 0 ? null : testAgainstCommon(estimate, prompts);
		return prompts.map((it) => ({
			...it,
			metric,
			...test?.(it) ?? {
				deviation: 0,
				pValue: null
			}
		}));
	});
	const tested = rows.filter(({ pValue }) => pValue !== null);
	const adjusted = adjustFalseDiscovery(tested.map(({ pValue }) => pValue ?? 1));
	const adjustedOf = new Map(tested.map((row, index) => [row, adjusted[index] ?? 1]));
	const least = Math.log1p(floor);
	return rows.map((row) => {
		const { prompt, metric, logRatio, deviation, pairs, pValue } = row;
		const adjustedPValue = adjustedOf.get(row) ?? null;
		return {
			prompt,
			metric,
			change: toChange(metric, logRatio),
			logRatio,
			pairs,
			pValue,
			adjustedPValue,
			standsOut: adjustedPValue !== null && adjustedPValue <= falseDiscoveryRate && Math.abs(deviation) >= least
		};
	});
}
/** Of a logarithm of a ratio: less is none. */
const roundingError = 1e-12;
/**
* Tests a prompt's distance from the common effect. What a load does to all its prompts is in both and cancels out. Degrees
* of freedom after Satterthwaite (Biometrics Bulletin 2, 1946). Null where nothing tells the noise.
*/
function testAgainstCommon({ found, errorShare }, prompts) {
	const noise = found?.variance == null ? null : shareNoise(found.variance, prompts, errorShare);
	if (noise === null) return null;
	const common = median(prompts.map(({ logRatio }) => logRatio));
	const spread = robustVariance(prompts.map(({ logRatio }) => logRatio));
	const between = Math.max(spread.variance - noise.shared.variance, 0);
	return (prompt) => {
		const deviation = prompt.logRatio - common;
		const within = noise.of(prompt);
		const variance = within + between;
		if (Math.abs(deviation) < roundingError) return {
			deviation,
			pValue: 1
		};
		if (variance === 0) return {
			deviation,
			pValue: 0
		};
		const sum = within ** 2 / noise.shared.degreesOfFreedom + between ** 2 / spread.degreesOfFreedom;
		return {
			deviation,
			pValue: twoSidedT(deviation / Math.sqrt(variance), variance ** 2 / sum)
		};
	};
}
/**
* The variance of a prompt's effect within loads, pooled over prompts as few loads tell little of one; one that is far
* noisier than the others goes by its own.
*/
function shareNoise(ofLoads, prompts, errorShare) {
	const whole = poolVariances(null, prompts.flatMap(({ variance }) => variance ?? []));
	if (whole === null) return null;
	const within = (it) => Math.max((it?.variance ?? 0) - ofLoads.variance, 0) * errorShare;
	const shared = {
		variance: within(whole),
		degreesOfFreedom: whole.degreesOfFreedom
	};
	return {
		shared,
		of: ({ variance }) => Math.max(shared.variance, within(variance))
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
		schemaVersion: "2.2",
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
		endedEarly: null,
		added: [],
		removed: [],
		...input.planned,
		flags: listVerdictFlags(input.models.map(({ base, head }) => ({
			base: latestOf(base),
			head
		}))),
		familySize: 0,
		models
	}]);
	if (verdict === void 0) throw new RangeError("One verdict went in, none came out.");
	return verdict;
}
/** Everything about a model but the words, which its family has a say in. */
function compareModel({ base, head, noise = [] }, input) {
	const latest = latestOf(base);
	const { compared, leftOut, rechecked } = matchPrompts(latest, head, input.hashText);
	const reasons = findReasons(base, head, compared);
	const prompts = reasons.length > 0 ? [] : compared;
	const { estimates, rounds } = estimateSpeed({
		base,
		head,
		noise
	}, new Set(prompts), input);
	const { judged, notes } = listJudged(base, head, {
		compared: prompts,
		rechecked,
		withinLimit: input.withinLimit ?? atLeisure
	});
	const quality = compareQuality(judged);
	return {
		base: identify(latest.variant),
		head: identify(head.variant),
		treatment: describeTreatment(latest.variant, head.variant),
		reasons,
		leftOut,
		requests: reasons.length > 0 ? null : {
			...compareRequests(base, head, prompts),
			...unworded
		},
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
function latestOf(base) {
	return base.reduce((last, it) => it.run.startedAt > last.run.startedAt ? it : last);
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
function estimateSpeed({ base, head, noise }, prompts, { design, stored }) {
	const metrics = headlineMetrics.filter((metric) => [...base, head].some((side) => hasReading(metric, side)));
	if (design === "unpaired") {
		const earlier = base.map(({ samples }) => samples);
		return {
			estimates: metrics.map((metric) => estimateAgainstRuns(metric, pairWithRuns(metric, earlier, head.samples, prompts), pairWithEarlierModels(metric, noise, head.samples, prompts))),
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
* The verdict of a run that measured base and head in turn. How much loads differ on its machine it knows from the run
* itself, so that it is the same wherever it is judged.
*/
function compareTurns(whole, comparison, { hashText }) {
	const contradiction = findContradiction(whole.run);
	if (contradiction !== null) return contradiction;
	const models = (comparison?.pairs ?? []).flatMap(({ base, head }) => {
		const [before, after] = [sideOf(whole, base), sideOf(whole, head)];
		return before === null || after === null ? [] : [{
			base: before,
			head: after
		}];
	});
	const [first, ...others] = models.map(({ base, head }) => ({
		base: [base],
		head
	}));
	if (comparison === null || first === void 0) return {
		refusal: "no-comparison",
		message: `The run ${whole.run.id} did not measure two sides in turn: give two runs, or measure with --against.`
	};
	const { added = [], removed = [] } = comparison;
	const endedEarly = findEarlyEnd(whole.run, models, comparison.looks);
	const looks = looksUntil(models, comparison.looks, endedEarly);
	return composeVerdict({
		design: "paired",
		models: [first, ...others],
		stored: isOfPlan(comparison, whole.run) ? whole.run.knownLoads ?? [] : [],
		settings: {
			...defaultSettings,
			looks: looks.length > 1 ? looks : null
		},
		planned: {
			endedEarly,
			added,
			removed
		},
		hashText
	});
}
/** Two models that were chosen by hand did not take turns as those of the plan did, of which alone its machine knew. */
function isOfPlan({ pairs }, { plan }) {
	const planned = plan.comparison?.pairs ?? [];
	return pairs.every((pair) => planned.some(({ base, head }) => base === pair.base && head === pair.head));
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
* The verdict of a run that measured base and head in turn, by its own loads and those that its machine knew of.
* @throws {InputError} where the run is no comparison.
*/
function compareWithin(whole, { comparison }) {
	return requireVerdict(compareTurns(whole, comparison, { hashText: sha256Text }));
}
function requireVerdict(result) {
	if (isRefusal(result)) throw new InputError(result.refusal, result.message);
	return result;
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

export { describeJointTail as a, listLoadVariances as i, compareWithin as n, headlineNames as o, judgeTogether as r, describeAskedChanges as s, readWholeRun as t };