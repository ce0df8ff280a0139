import { n as keyOfLoadShape } from "./load-shape.js";

// src/core/remaining-time.ts
/** @param requests those that are still to be done. */
function startRemainingTime(requests) {
	const sums = /* @__PURE__ */ new Map();
	const left = /* @__PURE__ */ new Map();
	for (const request of requests) {
		const keys = likenessesOf(request);
		const kind = left.get(keys[0] ?? "") ?? {
			likenesses: keys,
			count: 0
		};
		left.set(keys[0] ?? "", {
			...kind,
			count: kind.count + 1
		});
	}
	const drop = (request) => {
		const kind = left.get(likenessesOf(request)[0] ?? "");
		if (kind !== void 0) kind.count--;
	};
	return {
		drop,
		add(request, tookMs) {
			drop(request);
			for (const key of likenessesOf(request)) {
				const { totalMs, n } = sums.get(key) ?? {
					totalMs: 0,
					n: 0
				};
				sums.set(key, {
					totalMs: totalMs + tookMs,
					n: n + 1
				});
			}
		},
		estimateMs() {
			let remainingMs = 0;
			for (const { likenesses, count } of left.values()) {
				if (count <= 0) continue;
				const sum = likenesses.map((key) => sums.get(key)).find((it) => it !== void 0);
				if (sum === void 0) return null;
				remainingMs += count * sum.totalMs / sum.n;
			}
			return remainingMs;
		}
	};
}
function likenessesOf({ variant, phase, loadShape }) {
	const kind = `${phase}/${keyOfLoadShape(loadShape)}`;
	return [
		`${variant}/${kind}`,
		kind,
		...phase === "load" ? [] : ["answer"]
	];
}
/** As a person would say it: `45 s`, `3 min`, `1 h 20 min`. */
function formatTimeLeft(milliseconds) {
	const seconds = Math.round(milliseconds / 1e3);
	if (seconds < 90) return `${seconds} s`;
	const minutes = Math.round(seconds / 60);
	if (minutes < 90) return `${minutes} min`;
	return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

// src/core/run-id.ts
/** A run's id, e.g. `20261124t013000z-4f09ab`: it sorts by start time, and two runs of one second differ. */
function createRunId(startedAt, randomHex) {
	return `${startedAt.toISOString().replace(/\.\d+/, "").replace(/[-:]/g, "").toLowerCase()}-${randomHex}`;
}

export { formatTimeLeft as n, startRemainingTime as r, createRunId as t };