import { s as formatNumber } from "./format.js";

// src/core/load-shape.ts
/** One request at a time: the load shape of which series are made. */
const oneAtATime = {
	kind: "closed",
	concurrency: 1
};
/** `[1, 4, 16]` and `[0.5]` as load shapes, each once; one at a time is always there, and first. */
function listLoadShapes(concurrency, requestRates) {
	const ascending = (values) => [...new Set(values)].sort((a, b) => a - b);
	return [...ascending([1, ...concurrency]).map((it) => ({
		kind: "closed",
		concurrency: it
	})), ...ascending(requestRates).map((it) => ({
		kind: "open",
		requestsPerSecond: it
	}))];
}
function isOneAtATime(shape) {
	return shape.kind === "closed" && shape.concurrency === 1;
}
/** What a load shape is called in ids and nonces: `c4`, `r0.5`; nothing where requests go one at a time. */
function keyOfLoadShape(shape) {
	if (shape.kind === "open") return `r${shape.requestsPerSecond}`;
	return shape.concurrency === 1 ? "" : `c${shape.concurrency}`;
}
/** What people call it: `1 at a time`, `4 at a time`, `0.5 a second`. */
function nameLoadShape(shape) {
	return shape.kind === "open" ? `${formatNumber(shape.requestsPerSecond)} a second` : `${shape.concurrency} at a time`;
}
/** So that the same requests arrive at the same moments on every night and for every model. */
const arrivalSeed = 1;
/**
* When the requests of an open loop are due, in milliseconds since it began: a Poisson process, whose gaps are
* exponential (by inversion, Devroye 1986, II.2), drawn from hashes of seed, rate and position.
*/
function scheduleArrivals(requests, requestsPerSecond, hashText) {
	const gaps = Array.from({ length: requests }, (_, index) => {
		const hex = hashText(`arrivals/${1}/${requestsPerSecond}/${index}`).replace("sha256:", "");
		const uniform = Number.parseInt(hex.slice(0, 12), 16) / 2 ** 48;
		return -Math.log1p(-uniform) / requestsPerSecond * 1e3;
	});
	let dueMs = 0;
	return gaps.map((gapMs) => {
		dueMs += gapMs;
		return dueMs;
	});
}

export { oneAtATime as a, nameLoadShape as i, keyOfLoadShape as n, scheduleArrivals as o, listLoadShapes as r, isOneAtATime as t };