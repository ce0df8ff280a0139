import { l as formatQuantity } from "./format.js";
import { t as isOneAtATime } from "./load-shape.js";
import { r as mean, t as gammaln } from "./simple-statistics.js";
import { a as toLogRatio, r as measureHeadline } from "./headline-metrics.js";

// src/core/compare/pair-samples.ts
/** What headline metrics are to be measured on: timed, one at a time, and not meant to come out of the cache. */
function isToCompare({ phase, loadShape, cacheExpected, prompt }) {
	return phase === "timed" && prompt !== null && cacheExpected !== "hit" && isOneAtATime(loadShape);
}
/** What they are measured on: the valid ones. */
function isCompared(sample) {
	return sample.status === "ok" && isToCompare(sample);
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
/**
* Fisher's exact test, two-sided: how likely a split of so many of one kind over two groups is that is no likelier than
* this one, if the kind has nothing to do with the group (Fisher 1935; as R's fisher.test sums it).
*/
function fisherExact(some, of, others, ofOthers) {
	const kind = some + others;
	const all = logChoose(of + ofOthers, kind);
	const likelihood = (in1) => Math.exp(logChoose(of, in1) + logChoose(ofOthers, kind - in1) - all);
	const observed = likelihood(some);
	let p = 0;
	for (let it = Math.max(0, kind - ofOthers); it <= Math.min(kind, of); it++) {
		const here = likelihood(it);
		if (here <= observed * (1 + 1e-7)) p += here;
	}
	return Math.min(p, 1);
}
function logChoose(n, k) {
	return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1);
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

// src/core/compare/pool-variances.ts
/** Below this probability a run is noisier than those before, and theirs say nothing about it. */
const surprise = .02;
/**
* Below this one a run is calmer than nights, whose loads did not take turns with each other, can be right about. Left out
* at chance they cost little: a run that goes by itself keeps its level too.
*/
const tooCalm = .1;
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
/** Whether others are noisier than what its own says of the same thing. */
function isCalmer(own, others) {
	if (own.variance === 0) return others.variance > 0;
	return upperF(others.variance / own.variance, others.degreesOfFreedom, own.degreesOfFreedom) < tooCalm;
}
/**
* Joins those that are alike in all that is asked of them before they are pooled, so that a hundred comparisons are a few
* lines of a run report. What is pooled of them stays the same.
*/
function joinAlike(known) {
	return [...Map.groupBy(known, ({ metric, nightly, pairs }) => `${metric}/${nightly}/${pairs}`).values()].flatMap((alike) => {
		const [first] = alike;
		const joined = weigh(alike);
		return first === void 0 || joined === null ? [] : {
			...first,
			...joined
		};
	});
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
	const pooled = poolVariances(own, usable === null ? [] : [usable]);
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
		pooledDegreesOfFreedom: usable?.degreesOfFreedom ?? 0,
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
/**
* Loads of comparisons go first, as they are what is to be pooled. Those of nights did not take turns request by request,
* and are mostly noisier: they have no more of a say than the run itself, and none where it is calmer.
*/
function chooseStored(own, stored, pairsPerLoad, loads) {
	const alone = loads < 2 ? "one load does not tell its own noise" : `the noise is that of these ${loads} loads alone`;
	const leave = (why) => ({
		usable: null,
		notes: [`${why}: ${alone}.`]
	});
	const fit = stored.filter(({ pairs }) => pairs <= pairsPerLoad * mostPairs);
	const compared = poolVariances(null, fit.filter(({ nightly }) => !nightly));
	const before = compared ?? poolVariances(null, fit);
	if (before === null) return leave(stored.length === 0 ? "No stored loads of this machine" : "Stored loads had more readings each");
	if (own !== null && isNoisier(own, before)) return leave("Noisier than stored loads can explain");
	if (compared !== null) return {
		usable: compared,
		notes: []
	};
	if (own === null) return leave("Stored loads are of nights, which say nothing by themselves");
	if (isCalmer(own, before)) return leave("Calmer than loads of nights, which are all that is stored");
	const degreesOfFreedom = Math.min(before.degreesOfFreedom, own.degreesOfFreedom);
	return {
		usable: {
			...before,
			degreesOfFreedom
		},
		notes: ["No comparison on this machine is stored: the noise is pooled with that of its nights."]
	};
}

export { pairSamples as _, computeEffect as a, criticalNormal as c, fisherExact as d, normalDensity as f, isToCompare as g, isCompared as h, poolVariances as i, criticalT as l, upperNormal as m, estimateNothing as n, trimmedMean as o, twoSidedT as p, joinAlike as r, binomialHalf as s, estimateEffect as t, findPositive as u, readPairs as v };