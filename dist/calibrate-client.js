import { S as version, a as summariseClientErrors, r as findClientErrors, t as toRequest, x as createOllamaClient } from "./shared.js";
import { connect } from "node:net";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { readFileSync } from "node:fs";
import { fork } from "node:child_process";

// src/calibrate/processor-wait.ts
const nanosecondsPerMs$1 = 1e6;
/**
* How long processes were ready to run, but something else on the machine had the processor: of their main threads, in
* milliseconds since they started, as Linux counts it. 0 where nobody counts.
*/
function readProcessorWaitMs(pids) {
	return pids.reduce((sum, pid) => sum + readWaitNs(pid), 0) / nanosecondsPerMs$1;
}
function readWaitNs(pid) {
	try {
		return Number(readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ")[1]);
	} catch {
		return 0;
	}
}

// src/calibrate/drive-readers.ts
/** Until a reader is compiled, and the compiler at rest, which else has the processor now and then. */
const warmUps = 300;
/** As a multiple of the requests: on a machine that is never at rest what comes is taken. */
const mostRetakes = .5;
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
	const ask = (name, script) => {
		signal?.throwIfAborted();
		return readers[name].ask({
			...script,
			chunks
		});
	};
	for (let turn = 0; turn < warmUps; turn++) for (const name of names) await ask(name, {
		id: "warm-up",
		pace: "unpaced",
		seed: 0
	});
	const asked = [];
	const processes = [process.pid, server.pid];
	let retakes = 0;
	const loop = monitorEventLoopDelay({ resolution: lookMs });
	loop.enable();
	for (let turn = 0; turn < requests; turn++) {
		for (const name of rotate(names, turn)) for (let isTaken = false; !isTaken;) {
			const id = `${name}/${turn}/${retakes}`;
			const waitedMs = readProcessorWaitMs(processes);
			const marks = await ask(name, {
				id,
				pace: "paced",
				seed: turn
			});
			isTaken = readProcessorWaitMs(processes) - waitedMs <= longestWaitMs || retakes >= mostRetakes * requests * names.length;
			if (isTaken) asked.push({
				name,
				id,
				marks
			});
			else retakes++;
		}
		onTurn?.(turn + 1);
	}
	loop.disable();
	const report = await server.report();
	const errorsOf = (name) => asked.filter((it) => it.name === name).map(({ id, marks }) => {
		const truth = report.get(id);
		if (truth === void 0) throw new Error(`The server knows nothing of ${id}.`);
		return findClientErrors(marks, truth);
	});
	return {
		errors: mapReaders(readers, (name) => summariseClientErrors(errorsOf(name))),
		eventLoopDelayMsP99: Math.max(0, loop.percentile(99) / nanosecondsPerMs - lookMs),
		retakes
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
	const answer = async () => {
		const [message] = await Promise.race([once(child, "message"), exited.then(() => Promise.reject(/* @__PURE__ */ new Error("The server of known timing ended before its time.")))]);
		return message;
	};
	const { port } = await answer();
	return {
		url: `http://127.0.0.1:${port}`,
		pid: child.pid ?? 0,
		async report() {
			child.send("report");
			return new Map(await answer());
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