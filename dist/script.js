import { s as quantile } from "./simple-statistics.js";

// src/core/calibration.ts
/**
* Compares spans only, as two processes do not share a clock: TTFT and E2E count from the request's end at the server,
* from the request's beginning at the client. The way there and back is in their errors: no client is without it.
*/
function findClientErrors(client, server) {
	if (client.chunksMs.length !== server.chunksMs.length) throw new Error(`The client saw ${client.chunksMs.length} of ${server.chunksMs.length} chunks.`);
	const gaps = findGaps(server.chunksMs);
	return {
		ttftMs: firstOf(client.chunksMs) - client.sentMs - (firstOf(server.chunksMs) - server.receivedMs),
		gapsMs: findGaps(client.chunksMs).map((gap, index) => Math.abs(gap - (gaps[index] ?? NaN))),
		e2eMs: client.doneMs - client.sentMs - (server.doneMs - server.receivedMs)
	};
}
/** Plain quantiles of what was seen (Hyndman–Fan type 7): of so few requests, p99 bounds nothing. */
function summariseClientErrors(errors) {
	const describe = (values) => ({
		p50: quantile(values, .5),
		p99: quantile(values, .99)
	});
	return {
		ttftErrorMs: describe(errors.map(({ ttftMs }) => ttftMs)),
		gapErrorMs: describe(errors.flatMap(({ gapsMs }) => gapsMs)),
		e2eErrorMs: describe(errors.map(({ e2eMs }) => e2eMs))
	};
}
const shortestMs = 2;
/** Waits of 2 to 8 ms, the same for the same seed (mulberry32, a generator of T. Ettinger's in the public domain). */
function planWaitsMs(seed, count) {
	let state = seed >>> 0;
	return Array.from({ length: count }, () => {
		state = state + 1831565813 >>> 0;
		let mixed = Math.imul(state ^ state >>> 15, state | 1);
		mixed ^= mixed + Math.imul(mixed ^ mixed >>> 7, mixed | 61);
		const uniform = ((mixed ^ mixed >>> 14) >>> 0) / 2 ** 32;
		return shortestMs + uniform * 6;
	});
}
function findGaps(marksMs) {
	return marksMs.slice(1).map((mark, index) => mark - (marksMs[index] ?? NaN));
}
function firstOf(marksMs) {
	return marksMs[0] ?? NaN;
}

// src/calibrate/script.ts
/** The script as a request to /api/generate, with nothing in it that Ollama does not know. */
function toRequest({ id, pace, chunks, seed }) {
	return {
		model: pace,
		prompt: id,
		options: {
			num_predict: chunks,
			seed
		}
	};
}
function toScript({ model, prompt, options }) {
	return {
		id: prompt,
		pace: model,
		chunks: options.num_predict,
		seed: options.seed
	};
}

export { summariseClientErrors as a, planWaitsMs as i, toScript as n, findClientErrors as r, toRequest as t };