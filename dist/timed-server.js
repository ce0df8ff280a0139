import { i as planWaitsMs, n as toScript } from "./shared.js";
import { createServer } from "node:net";
import { setTimeout } from "node:timers/promises";

// src/calibrate/timed-server.ts
const head = "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n";
const model = "{\"model\":\"known\",\"created_at\":\"2026-11-24T00:00:00.123456789Z\",\"response\":";
const word = frame(`${model}" word","done":false}\n`);
const done = (chunks) => `${frame(`${model}"","done":true,"done_reason":"stop","total_duration":1,"load_duration":1,"prompt_eval_count":1,"prompt_eval_duration":1,"eval_count":${chunks},"eval_duration":1}\n`)}0\r\n\r\n`;
/** What is written at once where there is no pace: about as much as a socket takes. */
const wordsAtOnce = 500;
const words = Buffer.from(word.repeat(wordsAtOnce));
const written = /* @__PURE__ */ new Map();
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
process.on("message", () => process.send?.([...written]));
process.once("disconnect", () => process.exit());
/** As Ollama does, sends its headers with the first chunk. */
async function writePaced(socket, { id, chunks, seed }, receivedMs) {
	const chunksMs = [];
	const waitsMs = planWaitsMs(seed, chunks + 1);
	for (const waitMs of waitsMs) {
		await setTimeout(waitMs);
		const isFirst = chunksMs.length === 0;
		if (chunksMs.length === chunks) break;
		chunksMs.push(performance.now());
		socket.write(isFirst ? `${head}${word}` : word);
	}
	const doneMs = performance.now();
	socket.write(done(chunks));
	written.set(id, {
		receivedMs,
		chunksMs,
		doneMs
	});
}
async function pour(socket, { chunks }) {
	socket.write(head);
	for (let left = chunks; left > 0; left -= wordsAtOnce) {
		const block = words.subarray(0, Math.min(left, wordsAtOnce) * word.length);
		if (!socket.write(block)) await new Promise((resolve) => socket.once("drain", resolve));
	}
	socket.write(done(chunks));
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