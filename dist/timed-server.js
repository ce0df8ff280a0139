import { i as planWaitsMs, n as toScript } from "./script.js";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";
import { readFileSync } from "node:fs";

// src/calibrate/processor-wait.ts
const nanosecondsPerMs = 1e6;
/**
* How long processes were ready to run, but something else on the machine had the processor: of their main threads, in
* milliseconds since they started, as Linux counts it. 0 where nobody counts.
*/
function readProcessorWaitMs(pids) {
	return pids.reduce((sum, pid) => sum + readWaitNs(pid), 0) / nanosecondsPerMs;
}
function readWaitNs(pid) {
	try {
		return Number(readFileSync(`/proc/${pid}/schedstat`, "latin1").split(" ")[1]);
	} catch {
		return 0;
	}
}

// src/calibrate/timed-server.ts
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n";
const model = "{\"model\":\"known\",\"created_at\":\"2026-11-24T00:00:00.123456789Z\",\"response\":";
const word = frame(`${model}" word","done":false}\n`);
const done = (chunks) => `${frame(`${model}"","done":true,"done_reason":"stop","total_duration":1,"load_duration":1,"prompt_eval_count":1,"prompt_eval_duration":1,"eval_count":${chunks},"eval_duration":1}\n`)}0\r\n\r\n`;
/** What is written at once where there is no pace: about as much as a socket takes. */
const wordsAtOnce = 500;
const words = Buffer.from(word.repeat(wordsAtOnce));
/** Who asks, and who answers. */
const processes = [process.ppid, process.pid];
/** How long they had waited for the processor when the last answer was over. */
let waitedBeforeMs = 0;
const server = createServer((socket) => {
	socket.setNoDelay(true);
	socket.on("error", () => socket.destroy());
	let heard = "";
	socket.on("data", (bytes) => {
		const receivedMs = performance.now();
		heard += bytes.toString("latin1");
		const body = findBody(heard);
		if (body === null) return;
		heard = "";
		const script = toScript(JSON.parse(body));
		(script.pace === "paced" ? writePaced(socket, script, receivedMs) : pour(socket, script)).catch(() => socket.destroy());
	});
});
server.listen(0, "127.0.0.1", () => process.send?.(server.address()));
process.once("disconnect", () => process.exit());
/** As Ollama does, sends its headers with the first chunk. */
async function writePaced(socket, { id, chunks, seed }, receivedMs) {
	const chunksMs = [];
	let firstWaitMs = NaN;
	for (const waitMs of planWaitsMs(seed, chunks + 1)) {
		await setTimeout(waitMs);
		if (chunksMs.length === 1) firstWaitMs = readProcessorWaitMs(processes) - waitedBeforeMs;
		if (chunksMs.length === chunks) break;
		const text = chunksMs.length === 0 ? `${head}${word}` : word;
		chunksMs.push(performance.now());
		socket.write(text);
	}
	const doneMs = performance.now();
	socket.write(done(chunks));
	await setTimeout(1);
	const waitedMs = readProcessorWaitMs(processes);
	const waitMs = waitedMs - waitedBeforeMs;
	waitedBeforeMs = waitedMs;
	process.send?.({
		id,
		receivedMs,
		chunksMs,
		doneMs,
		firstWaitMs,
		waitMs
	});
}
async function pour(socket, { chunks }) {
	socket.write(head);
	for (let left = chunks; left > 0; left -= wordsAtOnce) {
		const block = words.subarray(0, Math.min(left, wordsAtOnce) * word.length);
		if (!socket.write(block)) await new Promise((resolve) => socket.once("drain", resolve));
	}
	socket.write(done(chunks));
	waitedBeforeMs = readProcessorWaitMs(processes);
}
/** A line as an HTTP chunk of its own. */
function frame(line) {
	return `${line.length.toString(16)}\r\n${line}\r\n`;
}
/** null until all of the request is there. */
function findBody(heard) {
	const headEnd = heard.indexOf("\r\n\r\n");
	const length = /^content-length: *(\d+)/im.exec(heard.slice(0, headEnd))?.[1];
	const body = heard.slice(headEnd + 4);
	return headEnd < 0 || body.length < Number(length) ? null : body;
}

export {  };