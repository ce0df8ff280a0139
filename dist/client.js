import { i as __toESM } from "./rolldown-runtime.js";
import { c as boolean, d as int, g as record, h as object, i as toPlainLine, l as custom, s as array, v as string, x as unknown } from "./plain-text.js";
import "./untrusted-text.js";
import { b as require_errors, i as require_connect, t as require_pool } from "./pool.js";
import { setTimeout as setTimeout$1 } from "node:timers/promises";

// src/ollama/model-name.ts
/** A model name in full: `x` is `x:latest`, as the server itself lists it. A colon before a slash is a registry's port. */
function normalizeModelName(name) {
	return name.slice(name.lastIndexOf("/") + 1).includes(":") ? name : `${name}:latest`;
}
/** Whether two names stand for the same tag. The server compares them without regard to case. */
function sameModel(a, b) {
	return normalizeModelName(a).toLowerCase() === normalizeModelName(b).toLowerCase();
}

// src/ollama/errors.ts
/** Whatever the client throws for a server's or a network's fault: what happened, and what to do about it. */
var OllamaError = class extends Error {
	name = "OllamaError";
	code;
	/** HTTP status of the reply; null where there was none. An error line in the middle of a stream comes under 200. */
	status;
	constructor(code, message, { status = null, cause } = {}) {
		super(message, cause === void 0 ? void 0 : { cause });
		this.code = code;
		this.status = status;
	}
};
/** A reply that ended before it was complete. Part of an answer is never a sample. */
function streamCut({ baseUrl }, status, cause) {
	return new OllamaError("stream-cut", `${baseUrl} ended its reply before it was complete: see the server’s log for a crash or a restart.`, {
		status,
		cause
	});
}
/** A reply that no Ollama sends: a proxy's page, another program's port. */
function notOllama({ baseUrl }, what, detail) {
	return new OllamaError("not-ollama", `${baseUrl} answered with ${what}: another program or a proxy is there. Point host at Ollama itself.`, detail);
}
/** A reply of Ollama's kind that lacks what it must have. */
function badReply({ baseUrl }, what, cause) {
	return new OllamaError("bad-reply", `${baseUrl} sent a reply that cannot be read: ${what}. Check that its version of Ollama is a supported one.`, {
		status: 200,
		cause
	});
}
/** No connection, or one that nobody answered on. */
function unreachable({ baseUrl }, cause) {
	const reason = "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
	return new OllamaError("unreachable", `${baseUrl} cannot be reached (${toPlainLine(reason)}): start it with \`ollama serve\`, or point host or OLLAMA_HOST at it.`, { cause });
}
/** Given up by us: aborted, or the client was closed. */
function cancelled(cause) {
	return new OllamaError("cancelled", "The request was cancelled before its reply was complete.", { cause });
}

// src/ollama/plain-chunk.ts
const word = /"[ !#-[\]-\uffff]*"/.source;
/** Of /api/generate and of /api/chat: what comes before the text, and what comes after it. */
const forms = [["\"response\":\"", "\",\"done\":false}\n"], [String.raw`"message":\{"role":"assistant","content":"`, "\"},\"done\":false}\n"]].map(([key, tail]) => ({
	head: new RegExp(String.raw`\{"model":${word},"created_at":${word},${key}`, "y"),
	tail: tail ?? ""
}));
const thinkingKey = "\",\"thinking\":\"";
/**
* Reads the line that begins at `start`, if it is one as Ollama writes all but the last of an answer: as its schema
* would, in a tenth of the time and with little garbage. null for any other, which then has to be parsed as JSON.
*/
function readPlainChunk(lines, start) {
	for (const { head, tail } of forms) {
		head.lastIndex = start;
		if (!head.test(lines)) continue;
		const textStart = head.lastIndex;
		const textEnd = findStringEnd(lines, textStart);
		const text = readString(lines, textStart, textEnd);
		if (text === null) return null;
		if (lines.startsWith(tail, textEnd)) return {
			text,
			thinking: "",
			end: textEnd + tail.length
		};
		if (!lines.startsWith(thinkingKey, textEnd)) return null;
		const thinkingStart = textEnd + 14;
		const thinkingEnd = findStringEnd(lines, thinkingStart);
		const thinking = readString(lines, thinkingStart, thinkingEnd);
		if (thinking === null || !lines.startsWith(tail, thinkingEnd)) return null;
		return {
			text,
			thinking,
			end: thinkingEnd + tail.length
		};
	}
	return null;
}
const quote = 34;
const backslash = 92;
const space = 32;
/** Where the quote is that ends a string; the end of the line where there is none. */
function findStringEnd(lines, start) {
	for (let at = start;; at++) {
		const code = lines.charCodeAt(at);
		if (code === backslash) at++;
		else if (code === quote || !(code >= space)) return at;
	}
}
/** null where an escape in it is none. */
function readString(lines, start, end) {
	const raw = lines.slice(start, end);
	if (!raw.includes("\\")) return raw;
	try {
		return JSON.parse(`"${raw}"`);
	} catch {
		return null;
	}
}

// src/ollama/error-text.ts
/**
* The sentence within an error text. Ollama passes its runner's errors on as JSON inside a string:
* `{"error":{"code":400,"message":"…"}}`.
*/
function unwrapErrorText(text) {
	let inner = text;
	for (let depth = 0; depth < 4; depth++) {
		if (typeof inner === "string") inner = parseObject(inner) ?? inner;
		if (typeof inner === "string") return inner;
		inner = readKey(inner, "error") ?? readKey(inner, "message");
	}
	return typeof inner === "string" ? inner : text;
}
function parseObject(text) {
	if (!text.startsWith("{")) return null;
	try {
		const value = JSON.parse(text);
		return typeof value === "object" ? value : null;
	} catch {
		return null;
	}
}
function readKey(value, key) {
	return typeof value === "object" && value !== null ? Reflect.get(value, key) : void 0;
}

// src/ollama/refusal.ts
const kinds = [
	{
		code: "prompt-too-long",
		text: /exceed_context_size_error|exceeds the (?:available )?context|input length exceeds/i,
		explain: ({ model, said }) => `The prompt does not fit the context of ${model}: ${said}. Shorten it, or raise options.num_ctx.`
	},
	{
		code: "unsupported",
		text: /(?<!raw mode )does not support/i,
		status: (status) => status === 501,
		explain: ({ model, said }) => `${model} cannot do what was asked: ${said}. Leave it out of the request, or take another model.`
	},
	{
		code: "out-of-memory",
		text: /requires more system memory|out of memory|unable to allocate|insufficient memory/i,
		explain: ({ model, said }) => `There is not enough memory for ${model}: ${said}. Free some, lower options.num_ctx, or take a smaller model.`
	},
	{
		code: "runner-died",
		text: /error was encountered while running the model|runner (?:process )?(?:has )?(?:terminated|unexpectedly stopped|no longer running)/i,
		explain: ({ model, said }) => `${model} stopped running: ${said}. See the server’s log; memory is the usual cause.`
	},
	{
		code: "bad-request",
		text: /^option ".*" must be of type|^invalid format/i,
		status: (status) => status >= 400 && status < 500 && status !== 403 && status !== 404,
		explain: ({ server, said }) => `${server} refused the request: ${said}. Correct what it names.`
	},
	{
		code: "busy",
		status: (status) => status === 503,
		explain: ({ server, said }) => `${server} has too much to do: ${said}. Try again when it is idle, or raise its OLLAMA_MAX_QUEUE.`
	},
	{
		code: "forbidden-host",
		status: (status) => status === 403,
		explain: ({ server, said }) => `${server} refused us (403): ${said}. A server bound to loopback takes only local names: use 127.0.0.1, or start it with OLLAMA_HOST=0.0.0.0.`
	},
	{
		code: "model-missing",
		status: (status) => status === 404,
		explain: ({ server, model }) => `${model} is not on ${server}: run \`ollama pull ${model}\`, or set pull: true.`
	}
];
/** Turns an error in the server's own words, before a stream or as a line of it, into one with a code and advice. */
function explainRefusal(errorText, status, { baseUrl, model }) {
	const text = errorText.trim();
	const kind = kinds.find((candidate) => candidate.text?.test(text)) ?? kinds.find((candidate) => candidate.status?.(status));
	const said = `“${toPlainLine(unwrapErrorText(text)) || "no reason given"}”`;
	if (kind === void 0) return new OllamaError("server-error", `${baseUrl} failed: ${said}. See the server’s log.`, { status });
	return new OllamaError(kind.code, kind.explain({
		server: baseUrl,
		model: model === null ? "The model" : toPlainLine(model),
		said
	}), { status });
}

// src/ollama/read-reply.ts
/** Reads one JSON text as what the schema says, or throws what the server said instead, explained by `refuse`. */
function readJson(text, schema, asked, refuse = explainRefusal) {
	const value = parseJson(text, asked);
	const said = errorOf(value);
	if (said !== null) throw refuse(said, 200, asked);
	const result = schema.safeParse(value);
	if (result.success) return result.data;
	const [issue] = result.error.issues;
	const where = issue?.path.join(".") || "the reply";
	throw badReply(asked, toPlainLine(`${where}: ${issue?.message}`), result.error);
}
/** Reads a reply that is one document. */
function readDocument({ batches, cut }, schema, asked) {
	if (cut !== null) throw streamCut(asked, 200, cut);
	return readJson(textOf(batches), schema, asked);
}
/** What a reply with any status but 200 means. */
function readRefusal({ status, batches, cut }, asked) {
	if (cut !== null) return streamCut(asked, status, cut);
	const text = textOf(batches);
	if (status === 403 && text === "") return explainRefusal("", status, asked);
	const said = readErrorText(text);
	return said === null || status === 404 && asked.model === null ? notOllama(asked, `status ${status} and ${describeText(text)}`, { status }) : explainRefusal(said, status, asked);
}
/** By hand, as nearly every value has none: a schema takes its time to say so. */
function errorOf(value) {
	return typeof value === "object" && value !== null && "error" in value && typeof value.error === "string" ? value.error : null;
}
function textOf(batches) {
	return batches.map(({ text }) => text).join("").trim();
}
function readErrorText(text) {
	try {
		return errorOf(JSON.parse(text));
	} catch {
		return null;
	}
}
function parseJson(text, asked) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		if (text.startsWith("{")) throw streamCut(asked, 200, cause);
		throw notOllama(asked, describeText(text), {
			status: 200,
			cause
		});
	}
}
function describeText(text) {
	if (text === "") return "nothing";
	return /^<(?:!doctype|html)/i.test(text) ? "a web page" : `“${toPlainLine(text.slice(0, 60))}”`;
}

// src/ollama/replies.ts
const nullable = (schema) => schema.nullish().transform((value) => value ?? null);
const textOr = (fallback) => string().nullish().transform((value) => value || fallback);
/** Durations are integer nanoseconds and, like counts, exact up to 2^53. The server leaves a zero out. */
const measured = nullable(int().nonnegative());
const digest = string().regex(/^(?:sha256:)?[0-9a-f]{64}$/).transform((hex) => hex.startsWith("sha256:") ? hex : `sha256:${hex}`);
const details = object({
	family: textOr(null),
	format: textOr(null),
	parameter_size: textOr(null),
	quantization_level: textOr(null)
}).transform((it) => ({
	family: it.family,
	format: it.format,
	parameterSize: it.parameter_size,
	quantization: it.quantization_level
}));
const capabilities = array(string()).nullish().transform((names) => names ?? []);
const versionReply = object({ version: string().min(1).max(100) });
const tag = object({
	name: string(),
	digest,
	size: int().nonnegative(),
	modified_at: textOr(null),
	details,
	capabilities
}).transform(({ details: known, size, modified_at, ...it }) => ({
	...it,
	...known,
	sizeBytes: size,
	modifiedAt: modified_at
}));
const tagsReply = object({ models: array(tag) });
const loaded = object({
	name: string(),
	digest,
	size: measured,
	size_vram: measured,
	context_length: measured,
	expires_at: textOr(null),
	details
}).transform((it) => ({
	name: it.name,
	digest: it.digest,
	...it.details,
	sizeBytes: it.size,
	vramBytes: it.size_vram,
	contextLength: it.context_length,
	expiresAt: it.expires_at
}));
const psReply = object({ models: array(loaded) });
const showReply = object({
	template: textOr(null),
	parameters: textOr(null),
	details,
	model_info: record(string(), unknown()).nullish(),
	capabilities
}).transform(({ details: known, model_info: info, ...it }) => {
	const trained = info?.[`${info["general.architecture"]}.context_length`];
	return {
		...it,
		...known,
		contextLength: typeof trained === "number" ? trained : null
	};
});
const toolCalls = array(unknown()).nullish().transform((calls) => calls ?? []);
/** A line of /api/generate, which has its text in `response`, or of /api/chat, which has it in `message`. */
const answerChunk = object({
	response: textOr(""),
	thinking: textOr(""),
	tool_calls: toolCalls,
	message: object({
		content: textOr(""),
		thinking: textOr(""),
		tool_calls: toolCalls
	}).nullish(),
	done: boolean(),
	done_reason: textOr(null).transform((reason) => reason?.slice(0, 40) ?? null),
	total_duration: measured,
	load_duration: measured,
	prompt_eval_duration: measured,
	eval_duration: measured,
	prompt_eval_count: measured,
	prompt_eval_cached_count: measured,
	eval_count: measured
}).transform((it) => ({
	text: it.message?.content || it.response,
	thinking: it.message?.thinking || it.thinking,
	toolCalls: [...it.tool_calls, ...it.message?.tool_calls ?? []],
	done: it.done,
	doneReason: it.done_reason,
	server: {
		totalNs: it.total_duration,
		loadNs: it.load_duration,
		promptEvalNs: it.prompt_eval_duration,
		evalNs: it.eval_duration,
		promptEvalCount: it.prompt_eval_count,
		promptEvalCachedCount: it.prompt_eval_cached_count,
		evalCount: it.eval_count
	}
}));
/** A plain loop: a batch holds tens of thousands of numbers, and a schema for each would cost more than parsing them. */
function isVector(value) {
	return Array.isArray(value) && value.length > 0 && value.every(Number.isFinite);
}
/** The reply of /api/embed. */
const embedReply = object({
	embeddings: array(custom(isVector, "not a list of numbers")),
	total_duration: measured,
	load_duration: measured,
	prompt_eval_count: measured
}).transform((it) => ({
	embeddings: it.embeddings,
	server: {
		totalNs: it.total_duration,
		loadNs: it.load_duration,
		promptEvalCount: it.prompt_eval_count
	}
}));
const pullLine = object({
	status: string(),
	digest: nullable(string()),
	total: measured,
	completed: measured
});

// src/ollama/completion.ts
/**
* Reads a reply to /api/generate or /api/chat, streamed or whole. It is complete with the line that says `done`, and
* never without it.
* @throws {OllamaError} what the server said instead, or `stream-cut`, `not-ollama`, `bad-reply`.
*/
function readCompletion(reply, asked) {
	const { batches, cut, sentMs, headersMs, firstByteMs, retried } = reply;
	const answer = new Answer(sentMs);
	const last = readUntilDone(batches, answer, asked);
	if (last === null || firstByteMs === null) throw streamCut(asked, 200, cut);
	const { text, thinking, toolCalls, chunks, firstNonEmptyMs, firstAnswerMs, lastContentMs } = answer;
	return {
		text,
		thinking,
		doneReason: last.chunk.doneReason,
		toolCalls,
		marks: {
			sentMs,
			headersMs,
			firstByteMs,
			firstNonEmptyMs,
			firstAnswerMs,
			lastContentMs,
			doneMs: last.atMs
		},
		chunks,
		server: last.chunk.server,
		retried
	};
}
/** What of an answer has been read. */
var Answer = class {
	text = "";
	thinking = "";
	toolCalls = [];
	chunks = [];
	firstNonEmptyMs = null;
	firstAnswerMs = null;
	lastContentMs = null;
	#sentMs;
	constructor(sentMs) {
		this.#sentMs = sentMs;
	}
	add(text, thinking, toolCalls, atMs) {
		const isAnswer = text !== "" || toolCalls !== null;
		const kind = isAnswer ? "answer" : thinking === "" ? "empty" : "thinking";
		const before = this.chunks.at(-1);
		const sinceSentMs = atMs - this.#sentMs;
		const isSame = before?.kind === kind && before.atMs === sinceSentMs;
		this.chunks.push(isSame ? before : {
			atMs: sinceSentMs,
			kind
		});
		if (kind === "empty") return;
		this.firstNonEmptyMs ??= atMs;
		this.lastContentMs = atMs;
		if (isAnswer) this.firstAnswerMs ??= atMs;
		this.text += text;
		this.thinking += thinking;
		if (toolCalls !== null) this.toolCalls.push(...toolCalls);
	}
};
/** Returns the line that says `done`; null where there is none. */
function readUntilDone(batches, answer, asked) {
	for (const { text, atMs } of batches) for (let start = 0; start < text.length;) {
		const plain = readPlainChunk(text, start);
		if (plain !== null) {
			answer.add(plain.text, plain.thinking, null, atMs);
			start = plain.end;
			continue;
		}
		const newline = text.indexOf("\n", start);
		const end = newline < 0 ? text.length : newline;
		const line = text.slice(start, end).trim();
		start = end + 1;
		if (line === "") continue;
		const chunk = readJson(line, answerChunk, asked);
		answer.add(chunk.text, chunk.thinking, chunk.toolCalls.length > 0 ? chunk.toolCalls : null, atMs);
		if (chunk.done) return {
			chunk,
			atMs
		};
	}
	return null;
}

// src/ollama/deadlines.ts
/** Longer timers than this fire at once in Node. */
const maxTimerMs = 2 ** 31 - 1;
/** Calls `expire` once, with the deadline that passed first, unless it is stopped before. */
function watchDeadlines({ firstByte, stall, total }, expire) {
	const start = (deadline) => setTimeout(() => expire(deadline), Math.min(deadline.ms, maxTimerMs));
	let silence = null;
	const first = start(firstByte);
	const whole = total && start(total);
	return {
		onBytes() {
			clearTimeout(first);
			silence = silence?.refresh() ?? start(stall);
		},
		stop() {
			for (const timer of [
				first,
				silence,
				whole
			]) clearTimeout(timer ?? void 0);
		}
	};
}
/** What a passed deadline means, and which setting is the one to raise. */
function explainDeadline({ ms, code }, { baseUrl, model }) {
	const limit = `${ms / 1e3} s`;
	const who = model ?? baseUrl;
	const sentences = {
		"load-deadline": `${who} was not ready after ${limit} without a word from the server. Raise deadlines.load, or take a smaller model.`,
		"first-token-deadline": `${who} gave no answer within ${limit}. See whether the server is busy with something else, or raise deadlines.firstToken.`,
		"stall-deadline": `${baseUrl} has been silent for ${limit}. See its log, or raise deadlines.stall.`,
		"total-deadline": `${who} had not finished after ${limit}. Lower num_predict, or raise deadlines.total.`,
		"unload-deadline": `${who} was still in memory ${limit} after it was unloaded. See whether somebody else is using it.`
	};
	return new OllamaError(code, sentences[code]);
}

// src/ollama/embedding.ts
/**
* Reads a reply to /api/embed, which is one document: it is complete with its last byte.
* @throws {OllamaError} what the server said instead, or `stream-cut`, `not-ollama`, `bad-reply`.
*/
function readEmbedding(reply, texts, asked) {
	const { embeddings, server } = readDocument(reply, embedReply, asked);
	if (embeddings.length !== texts) throw badReply(asked, `it has ${embeddings.length} embeddings for ${texts} texts`);
	const dimensions = embeddings[0]?.length;
	if (embeddings.some(({ length }) => length !== dimensions)) throw badReply(asked, "its embeddings differ in length");
	const { sentMs, headersMs, firstByteMs, batches } = reply;
	const doneMs = batches.at(-1)?.atMs ?? headersMs;
	return {
		embeddings,
		marks: {
			sentMs,
			headersMs,
			firstByteMs: firstByteMs ?? doneMs,
			doneMs
		},
		server
	};
}

// src/ollama/marked-connection.ts
var import_pool = /* @__PURE__ */ __toESM(require_pool(), 1);
var import_connect = /* @__PURE__ */ __toESM(require_connect(), 1);
/**
* Opens connections that are marked where bytes enter and leave the process: around them, undici's own work would be
* in every time. It writes a request and parses what arrived in one go, within the call of a handler: until that
* returns, the marks are of the handler's own bytes.
*/
function connectMarked(marks) {
	const connect = (0, import_connect.default)({ allowH2: false });
	return (options, callback) => connect(options, (...[error, socket]) => {
		if (error !== null) return callback(error, null);
		markSocket(socket, marks);
		callback(null, socket);
	});
}
/** Through the methods that a stream is implemented by: they are the last before the system, and the first after it. */
function markSocket(socket, marks) {
	const { push, _write, _writev } = socket;
	let arrivedMs = NaN;
	socket.push = (...bytes) => {
		arrivedMs = marks.now();
		return push.apply(socket, bytes);
	};
	socket.on("readable", () => {
		marks.arrivedMs = arrivedMs;
	});
	socket._write = (...bytes) => {
		marks.wroteMs = marks.now();
		_write.apply(socket, bytes);
	};
	if (_writev === void 0) return;
	socket._writev = (...bytes) => {
		marks.wroteMs = marks.now();
		_writev.apply(socket, bytes);
	};
}

// src/ollama/ndjson.ts
var import_errors = /* @__PURE__ */ __toESM(require_errors(), 1);
const newline = 10;
const firstBytes = 65536;
/**
* Keeps the lines for the end. What arrived is turned into text when more arrives, whose mark is set by then: reading
* delays no mark. Text is decoded from newline to newline: a character that was cut in two stays one.
*/
function collectBatches() {
	const batches = [];
	let pending = Buffer.allocUnsafe(0);
	let length = 0;
	let searched = 0;
	let arrivedMs = NaN;
	const take = (end) => {
		if (end === 0) return;
		batches.push({
			text: pending.toString("utf8", 0, end),
			atMs: arrivedMs
		});
		pending.copyWithin(0, end, length);
		length -= end;
	};
	const takeLines = () => {
		const last = pending.subarray(searched, length).lastIndexOf(newline);
		if (last >= 0) take(searched + last + 1);
		searched = length;
	};
	return {
		push(bytes, atMs) {
			if (atMs !== arrivedMs) takeLines();
			arrivedMs = atMs;
			if (length + bytes.length > pending.length) {
				const larger = Buffer.allocUnsafeSlow(Math.max(firstBytes, 2 * (length + bytes.length)));
				pending.copy(larger, 0, 0, length);
				pending = larger;
			}
			pending.set(bytes, length);
			length += bytes.length;
		},
		end(isWhole) {
			takeLines();
			if (isWhole) take(length);
			return batches;
		}
	};
}
/** Passes each line on as soon as it is whole, and keeps none. Empty lines are left out. */
function passLines(onLine) {
	const utf8 = new TextDecoder();
	let pending = [];
	let lastMs = 0;
	const pass = (atMs) => {
		const text = utf8.decode(Buffer.concat(pending)).trim();
		pending = [];
		if (text !== "") onLine({
			text,
			atMs
		});
	};
	return {
		push(bytes, atMs) {
			lastMs = atMs;
			let start = 0;
			for (let end = bytes.indexOf(newline); end >= 0; end = bytes.indexOf(newline, start)) {
				pending.push(bytes.subarray(start, end));
				pass(atMs);
				start = end + 1;
			}
			if (start < bytes.length) pending.push(bytes.subarray(start));
		},
		end(isWhole) {
			if (isWhole) pass(lastMs);
			return [];
		}
	};
}

// src/ollama/reply-handler.ts
/** No reply is as long as this, a day of pull progress included: whoever sends more will not stop. */
const maxReplyBytes = 268435456;
/** Takes in one reply from undici. */
var ReplyHandler = class {
	/** Settles when the reply has ended, early or not, or has failed. */
	reply;
	#asked;
	#marks;
	#onLine;
	#watch;
	#resolve;
	#reject;
	#reader = collectBatches();
	#controller = null;
	#failure = null;
	#status = 0;
	#starts = 0;
	#sentMs = NaN;
	#headersMs = null;
	#firstByteMs = null;
	#lastByteMs = NaN;
	#bytes = 0;
	constructor(asked, marks, deadlines, onLine) {
		const { promise, resolve, reject } = Promise.withResolvers();
		this.reply = promise;
		this.#resolve = resolve;
		this.#reject = reject;
		this.#asked = asked;
		this.#marks = marks;
		this.#onLine = onLine;
		this.#watch = watchDeadlines(deadlines, (deadline) => this.fail(explainDeadline(deadline, asked)));
	}
	/** Gives the reply up and closes its socket, which is how the server learns that nobody waits for it any more. */
	fail(error) {
		this.#watch.stop();
		this.#failure = error;
		this.#reject(error);
		this.#controller?.abort(error);
	}
	/** undici has an open socket, and is about to write; again, if it has to write to another one. */
	onRequestStart(controller) {
		this.#starts += 1;
		this.#controller = controller;
		if (this.#failure) controller.abort(this.#failure);
	}
	onRequestSent() {
		this.#sentMs = this.#marks.wroteMs;
	}
	onResponseStart(_, status) {
		this.#headersMs = this.#marks.arrivedMs;
		this.#status = status;
		if (status === 200 && this.#onLine !== void 0) this.#reader = passLines(this.#onLine);
	}
	onResponseData(_, bytes) {
		const atMs = this.#marks.arrivedMs;
		if (atMs !== this.#lastByteMs) this.#watch.onBytes();
		this.#firstByteMs ??= atMs;
		this.#lastByteMs = atMs;
		this.#bytes += bytes.length;
		if (this.#bytes > maxReplyBytes) {
			this.fail(badReply(this.#asked, "it does not end"));
			return;
		}
		try {
			this.#reader.push(bytes, atMs);
		} catch (error) {
			this.#failInListener(error);
		}
	}
	onResponseEnd() {
		this.#finish(null);
	}
	onResponseError(_, error) {
		if (error instanceof import_errors.default.ClientDestroyedError) this.fail(cancelled(error));
		else if (this.#headersMs !== null) this.#finish(error);
		else if (this.#starts === 0) this.fail(unreachable(this.#asked, error));
		else if (error instanceof import_errors.default.HTTPParserError) this.fail(notOllama(this.#asked, "something that is not HTTP", { cause: error }));
		else this.fail(streamCut(this.#asked, null, error));
	}
	#finish(cut) {
		this.#watch.stop();
		try {
			this.#resolve({
				status: this.#status,
				sentMs: this.#sentMs,
				retried: this.#starts > 1,
				headersMs: this.#headersMs ?? NaN,
				firstByteMs: this.#firstByteMs,
				batches: this.#reader.end(cut === null),
				cut
			});
		} catch (error) {
			this.#failInListener(error);
		}
	}
	/** undici would report what a listener for lines throws as a broken connection. */
	#failInListener(error) {
		this.fail(error instanceof Error ? error : new Error("onLine threw", { cause: error }));
	}
};

// src/ollama/exchange.ts
/** Opens connections to one server, kept open between requests, with the deadlines of each request and no others. */
function openTransport(baseUrl, clock) {
	const { origin, pathname } = new URL(baseUrl);
	const prefix = pathname.replace(/\/$/, "");
	const marks = {
		now: clock,
		wroteMs: NaN,
		arrivedMs: NaN
	};
	const pool = new import_pool.default(origin, {
		headersTimeout: 0,
		bodyTimeout: 0,
		allowH2: false,
		connect: connectMarked(marks)
	});
	return {
		async exchange({ method, path, body, model, deadlines, signal, onLine }) {
			const asked = {
				baseUrl,
				model
			};
			if (signal?.aborted) throw cancelled(signal.reason);
			const content = body === void 0 ? {} : {
				body: JSON.stringify(body),
				headers: { "content-type": "application/json" }
			};
			const handler = new ReplyHandler(asked, marks, deadlines, onLine);
			const cancel = () => handler.fail(cancelled(signal?.reason));
			signal?.addEventListener("abort", cancel);
			try {
				pool.dispatch({
					method,
					path: `${prefix}${path}`,
					...content
				}, handler);
				const reply = await handler.reply;
				if (reply.status !== 200) throw readRefusal(reply, asked);
				return reply;
			} finally {
				signal?.removeEventListener("abort", cancel);
			}
		},
		close: () => pool.destroy()
	};
}

// src/ollama/pull.ts
/** Reads a pull as it comes. It fails under status 200, with a line that says why. */
function createPullReader(asked, onProgress) {
	let lastStatus = "";
	return {
		onLine({ text }) {
			const progress = readJson(text, pullLine, asked, pullFailed);
			lastStatus = progress.status;
			onProgress?.(progress);
		},
		finish(cut) {
			if (lastStatus !== "success") throw streamCut(asked, 200, cut);
		}
	};
}
function pullFailed(said, status, { baseUrl, model }) {
	const reason = toPlainLine(unwrapErrorText(said));
	return new OllamaError("pull-failed", `${baseUrl} could not pull ${model}: “${reason}”. Check the name, the network and the space on its disk.`, { status });
}

// src/ollama/client.ts
const pollMs = 50;
/** A client for one Ollama server, that keeps its connections open and measures what it does. */
function createOllamaClient({ baseUrl, deadlines: { loadMs, firstTokenMs, stallMs, totalMs }, clock = () => performance.now() }) {
	const transport = openTransport(baseUrl, clock);
	const stall = {
		ms: stallMs,
		code: "stall-deadline"
	};
	const quick = {
		firstByte: stall,
		stall
	};
	const load = {
		ms: loadMs,
		code: "load-deadline"
	};
	const answering = {
		firstByte: {
			ms: firstTokenMs,
			code: "first-token-deadline"
		},
		stall,
		total: {
			ms: totalMs,
			code: "total-deadline"
		}
	};
	async function read(path, schema) {
		const reply = await transport.exchange({
			method: "GET",
			path,
			model: null,
			deadlines: quick
		});
		return readDocument(reply, schema, {
			baseUrl,
			model: null
		});
	}
	async function complete(path, body, deadlines, { signal }) {
		const { model } = body;
		const reply = await transport.exchange({
			method: "POST",
			path,
			body,
			model,
			deadlines,
			signal
		});
		return readCompletion(reply, {
			baseUrl,
			model
		});
	}
	async function embed(body, deadlines, { signal }) {
		const { model, input } = body;
		const request = {
			method: "POST",
			path: "/api/embed",
			body,
			model,
			deadlines,
			signal
		};
		return readEmbedding(await transport.exchange(request), input.length, {
			baseUrl,
			model
		});
	}
	const ps = async () => (await read("/api/ps", psReply)).models;
	return {
		version: async () => (await read("/api/version", versionReply)).version,
		tags: async () => (await read("/api/tags", tagsReply)).models,
		ps,
		async show(model) {
			const reply = await transport.exchange({
				method: "POST",
				path: "/api/show",
				body: { model },
				model,
				deadlines: quick
			});
			return readDocument(reply, showReply, {
				baseUrl,
				model
			});
		},
		async pull(model, { signal, onProgress } = {}) {
			const { onLine, finish } = createPullReader({
				baseUrl,
				model
			}, onProgress);
			const { cut } = await transport.exchange({
				method: "POST",
				path: "/api/pull",
				body: { model },
				model,
				deadlines: {
					firstByte: load,
					stall: load
				},
				signal,
				onLine
			});
			finish(cut);
		},
		async copy(source, destination) {
			const body = {
				source,
				destination
			};
			await transport.exchange({
				method: "POST",
				path: "/api/copy",
				body,
				model: source,
				deadlines: quick
			});
		},
		async remove(model) {
			const body = { model };
			await transport.exchange({
				method: "DELETE",
				path: "/api/delete",
				body,
				model,
				deadlines: quick
			});
		},
		async load(model, { options, keepAlive, embeds = false, signal } = {}) {
			const body = {
				model,
				options,
				keep_alive: keepAlive
			};
			const deadlines = {
				firstByte: load,
				stall
			};
			const { marks } = embeds ? await embed({
				...body,
				input: []
			}, deadlines, { signal }) : await complete("/api/generate", body, deadlines, { signal });
			return {
				sentMs: marks.sentMs,
				doneMs: marks.doneMs
			};
		},
		async unload(model) {
			await complete("/api/generate", {
				model,
				keep_alive: 0
			}, quick, {});
			const patience = {
				ms: stallMs,
				code: "unload-deadline"
			};
			const askedMs = clock();
			while ((await ps()).some(({ name }) => sameModel(name, model))) {
				if (clock() - askedMs > patience.ms) throw explainDeadline(patience, {
					baseUrl,
					model
				});
				await setTimeout$1(pollMs);
			}
		},
		generate: (request, settings = {}) => complete("/api/generate", request, answering, settings),
		chat: (request, settings = {}) => complete("/api/chat", request, answering, settings),
		embed: (request, settings = {}) => embed(request, answering, settings),
		close: transport.close
	};
}

export { OllamaError as n, sameModel as r, createOllamaClient as t };