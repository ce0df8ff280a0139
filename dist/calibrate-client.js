import { t as version } from "./package.js";
import { a as summariseClientErrors, r as findClientErrors, t as toRequest } from "./script.js";
import { t as createOllamaClient } from "./client.js";
import { connect } from "node:net";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { fork } from "node:child_process";

// src/calibrate/drive-readers.ts
/** Until a reader is compiled, and the compiler at rest, which else has the processor now and then. */
const warmUps = 300;
const nanosecondsPerMs = 1e6;
/** How often the event loop is looked at: the histogram counts from one look to the next. */
const lookMs = 10;
/**
* Has readers take in the same paced answers, request by request in turn, so that what else the machine does hits them
* alike.
* @throws the signal's reason where it is aborted.
*/
async function measureTimings(readers, server, { requests, chunks, longestWaitMs = Number.POSITIVE_INFINITY, signal, onTurn }) {
	const names = namesOf(readers);
	for (let turn = 0; turn < warmUps; turn++) {
		signal?.throwIfAborted();
		for (const name of names) await readers[name].ask({
			id: "warm-up",
			pace: "unpaced",
			chunks,
			seed: 0
		});
	}
	const takes = mapReaders(readers, () => []);
	const countUndisturbed = (name) => takes[name].filter(({ firstWaitMs }) => firstWaitMs <= longestWaitMs).length;
	const loop = monitorEventLoopDelay({ resolution: lookMs });
	loop.enable();
	for (let turn = 0; turn < requests * 1.5; turn++) {
		const unfinished = names.filter((name) => countUndisturbed(name) < requests);
		if (unfinished.length === 0) break;
		for (const name of rotate(unfinished, turn)) {
			signal?.throwIfAborted();
			const id = `${name}/${turn}`;
			const marks = await readers[name].ask({
				id,
				pace: "paced",
				chunks,
				seed: turn
			});
			const { firstWaitMs, waitMs, ...written } = await server.tellOf(id);
			takes[name].push({
				...findClientErrors(marks, written),
				firstWaitMs,
				waitMs
			});
		}
		onTurn?.(Math.min(...names.map(countUndisturbed)));
	}
	loop.disable();
	const made = names.reduce((sum, name) => sum + takes[name].length, 0);
	return {
		errors: mapReaders(readers, (name) => summariseTakes(takes[name], requests)),
		eventLoopDelayMsP99: Math.max(0, loop.percentile(99) / nanosecondsPerMs - lookMs),
		retakes: made - requests * names.length
	};
}
/** Of the requests that had to wait least: for TTFT until its end, else all in all. */
function summariseTakes(takes, requests) {
	const least = (wait) => takes.toSorted((a, b) => a[wait] - b[wait]).slice(0, requests);
	const { ttftErrorMs } = summariseClientErrors(least("firstWaitMs"));
	return {
		...summariseClientErrors(least("waitMs")),
		ttftErrorMs
	};
}
/** The most chunks per second that each reader takes in of what comes as fast as the socket takes it. */
async function measureRates(readers, { streams, chunks, turns, signal, onTurn }) {
	const best = /* @__PURE__ */ new Map();
	for (let turn = 0; turn < turns; turn++) {
		for (const name of rotate(namesOf(readers), turn)) {
			signal?.throwIfAborted();
			const script = {
				id: "poured",
				pace: "unpaced",
				chunks: Math.ceil(chunks / streams),
				seed: 0
			};
			const askedMs = performance.now();
			const answers = await Promise.all(Array.from({ length: streams }, () => readers[name].ask(script)));
			const tookMs = performance.now() - askedMs;
			const got = answers.reduce((sum, { chunksMs }) => sum + chunksMs.length, 0);
			if (got !== script.chunks * streams) throw new Error(`${name} lost chunks: ${got} came.`);
			best.set(name, Math.max(best.get(name) ?? 0, got / tookMs * 1e3));
		}
		onTurn?.(turn + 1);
	}
	return mapReaders(readers, (name) => best.get(name) ?? NaN);
}
function namesOf(readers) {
	return Object.keys(readers);
}
function mapReaders(readers, valueFor) {
	return Object.fromEntries(namesOf(readers).map((name) => [name, valueFor(name)]));
}
/** So that nobody always comes after the same one. */
function rotate(items, by) {
	const at = by % items.length;
	return [...items.slice(at), ...items.slice(0, at)];
}

// src/calibrate/herdmark-reader.ts
const deadlineMs = 3e4;
/** The client that benchmarks, as it is. */
function openHerdmarkReader(baseUrl, clock) {
	const client = createOllamaClient({
		baseUrl,
		deadlines: {
			loadMs: deadlineMs,
			firstTokenMs: deadlineMs,
			stallMs: deadlineMs,
			totalMs: deadlineMs
		},
		clock
	});
	return {
		async ask(script) {
			const { chunks, marks } = await client.generate(toRequest(script));
			const { sentMs, doneMs } = marks;
			const chunksMs = [];
			for (const { atMs, kind } of chunks) if (kind !== "empty") chunksMs.push(sentMs + atMs);
			return {
				sentMs,
				chunksMs,
				doneMs
			};
		},
		close: () => client.close()
	};
}

// src/calibrate/raw-reader.ts
const newline = 10;
const carriageReturn = 13;
/**
* The least that takes in a streamed answer: a socket, the clock read first thing when bytes arrive and right before
* the request is written, HTTP chunks and lines found by hand, each line parsed once. It knows one kind of reply from
* one kind of server, and nothing of errors: it is what a client could be measured against, not used as.
*/
function openRawReader(url, clock) {
	const { hostname, port } = new URL(url);
	const idle = [];
	const open = async () => {
		const socket = connect(Number(port), hostname).setNoDelay(true);
		await once(socket, "connect");
		return socket;
	};
	return {
		async ask(script) {
			const socket = idle.pop() ?? await open();
			const marks = await readAnswer(socket, formatRequest(script), clock);
			idle.push(socket);
			return marks;
		},
		async close() {
			for (const socket of idle.splice(0)) socket.destroy();
		}
	};
}
function formatRequest(script) {
	const body = JSON.stringify(toRequest(script));
	return `POST /api/generate HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
function readAnswer(socket, request, clock) {
	return new Promise((resolve, reject) => {
		const chunksMs = [];
		let doneMs = NaN;
		let isHeadRead = false;
		let unread = null;
		let lineStart = "";
		const readLines = (buffer, from, to, atMs) => {
			let start = from;
			for (let end = buffer.indexOf(newline, start); end >= 0 && end < to; end = buffer.indexOf(newline, start)) {
				const { done } = JSON.parse(lineStart + buffer.toString("utf8", start, end));
				if (done) doneMs = atMs;
				else chunksMs.push(atMs);
				lineStart = "";
				start = end + 1;
			}
			if (start < to) lineStart += buffer.toString("utf8", start, to);
		};
		const onData = (bytes) => {
			const atMs = clock();
			const buffer = unread === null ? bytes : Buffer.concat([unread, bytes]);
			let at = 0;
			unread = buffer;
			if (!isHeadRead) {
				at = buffer.indexOf("\r\n\r\n") + 4;
				isHeadRead = at >= 4;
			}
			while (isHeadRead) {
				let size = 0;
				let sizeEnd = at;
				while (sizeEnd < buffer.length && buffer[sizeEnd] !== carriageReturn) size = size * 16 + hexValue(buffer[sizeEnd++] ?? 0);
				const start = sizeEnd + 2;
				const end = start + size + 2;
				if (end > buffer.length) break;
				if (size === 0) {
					socket.off("data", onData).off("error", reject);
					resolve({
						sentMs,
						chunksMs,
						doneMs
					});
					return;
				}
				readLines(buffer, start, start + size, atMs);
				at = end;
			}
			unread = at < buffer.length ? buffer.subarray(at) : null;
		};
		socket.on("data", onData).once("error", reject);
		const sentMs = clock();
		socket.write(request);
	});
}
/** Of an ASCII digit. */
function hexValue(code) {
	return code <= 57 ? code - 48 : (code | 32) - 87;
}

// src/calibrate/start-timed-server.ts
/** Starts the server of known timing in a process of its own. It ends with ours, whatever becomes of us. */
async function startTimedServer() {
	const entry = import.meta.url.endsWith(".ts") ? "./timed-server.ts" : "./timed-server.js";
	const child = fork(fileURLToPath(new URL(entry, import.meta.url)), {
		execArgv: [],
		stdio: [
			"ignore",
			"ignore",
			"inherit",
			"ipc"
		]
	});
	const exited = once(child, "exit");
	const lost = exited.then(() => Promise.reject(/* @__PURE__ */ new Error("The server of known timing ended before its time.")));
	lost.catch(() => void 0);
	const listening = (await Promise.race([once(child, "message"), lost]))[0];
	const told = /* @__PURE__ */ new Map();
	child.on("message", (written) => told.set(written.id, written));
	return {
		url: `http://127.0.0.1:${listening.port}`,
		async tellOf(id) {
			for (;;) {
				const written = told.get(id);
				if (told.delete(id) && written !== void 0) return written;
				await Promise.race([once(child, "message"), lost]);
			}
		},
		async [Symbol.asyncDispose]() {
			child.kill();
			await exited;
		}
	};
}

// src/calibrate/calibrate-client.ts
/** Of each paced answer; they last 50 ms. */
const pacedChunks = 8;
/** Of each poured round, whose longest take a tenth of a second. */
const pouredChunks = 6e4;
const turns = 4;
/**
* Drives the real client and a bare socket reader against a server of known timing, and tells how far off they are.
* @returns null where it was cancelled.
*/
async function calibrateClient(request) {
	const { requests, clock, signal, onProgress } = request;
	await using server = await startTimedServer();
	const readers = {
		herdmark: openHerdmarkReader(server.url, clock),
		raw: openRawReader(server.url, clock)
	};
	try {
		const { errors, eventLoopDelayMsP99 } = await measureTimings(readers, server, {
			requests,
			chunks: pacedChunks,
			signal,
			onTurn: (done) => onProgress?.({
				done,
				total: requests
			})
		});
		const one = await measureRates(readers, {
			streams: 1,
			chunks: pouredChunks,
			turns,
			signal
		});
		const thirtyTwo = await measureRates(readers, {
			streams: 32,
			chunks: pouredChunks,
			turns,
			signal
		});
		const { herdmark, raw } = errors;
		return {
			measuredAt: (/* @__PURE__ */ new Date()).toISOString(),
			requests,
			herdmarkVersion: version,
			nodeVersion: process.versions.node,
			ttftErrorMs: {
				herdmark: herdmark.ttftErrorMs,
				raw: raw.ttftErrorMs
			},
			gapErrorMs: {
				herdmark: herdmark.gapErrorMs,
				raw: raw.gapErrorMs
			},
			e2eErrorMs: {
				herdmark: herdmark.e2eErrorMs,
				raw: raw.e2eErrorMs
			},
			eventLoopDelayMsP99,
			chunksPerSecond: {
				herdmark: {
					one: one.herdmark,
					thirtyTwo: thirtyTwo.herdmark
				},
				raw: {
					one: one.raw,
					thirtyTwo: thirtyTwo.raw
				}
			}
		};
	} catch (error) {
		if (signal?.aborted) return null;
		throw error;
	} finally {
		await Promise.all(Object.values(readers).map((reader) => reader.close()));
	}
}

export { calibrateClient };