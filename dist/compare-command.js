import { r as __require, t as __commonJSMin } from "./rolldown-runtime.js";
import { c as setFailed, d as warning, l as setOutput, n as error, o as notice, r as getInput } from "./core.js";
import { a as toPlainLine } from "./untrusted-text.js";
import { a as findRunId, i as explainNoArtifacts, n as toLogText, r as readGithubContext, t as actionLog } from "./log.js";
import { _ as unknown, d as object, i as boolean, m as string, r as array, s as int } from "./schemas.js";
import { t as require_undici } from "./undici.js";
import { S as datetime, b as slug, d as InputError, n as readDocument, t as UnreadableDocument, x as variantKey } from "./version.js";
import { d as telemetryReading, n as planDocument, r as readSample } from "./documents.js";
import { t as readRunFolder } from "./read-run-folder.js";
import { i as createInputReader, o as summary, r as uploadWords } from "./inputs.js";
import { a as paragraph, i as list, n as details, o as renderMarkdown, t as code } from "./markdown.js";
import { n as slugify } from "./slug.js";
import { mkdir, mkdtemp, readFile, readdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import { Transform } from "node:stream";
import { createHash } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { createInterface } from "node:readline";

// src/store/collect-trust.ts
var import_undici = require_undici();
/** What the API tells of a workflow run, as far as it decides whether its artifacts may enter the history. */
const workflowRun$1 = object({
	id: int(),
	event: string(),
	path: string(),
	head_branch: string().nullable(),
	repository: object({ id: int() }),
	head_repository: object({ id: int() }).nullable()
});

// src/store/collect-unfit.ts
/** An artifact is not what a run's artifact is, so it stays out and the others are taken; the message says why. */
var UnfitArtifact = class extends Error {
	code = "unfit-artifact";
	name = "UnfitArtifact";
};

// src/store/collect-github.ts
const repository = object({
	id: int(),
	default_branch: string()
});
const artifact = object({
	id: int(),
	name: string(),
	size_in_bytes: int().nonnegative(),
	expired: boolean(),
	created_at: datetime().nullable(),
	digest: string().nullish(),
	workflow_run: object({ id: int() }).nullable()
});
const artifactPage = object({ artifacts: array(artifact) });
const pageSize$1 = 100;
const redirects = [
	301,
	302,
	303,
	307,
	308
];
/** Reads the artifacts of a repository over GitHub's REST API. Its answers are validated; a refusal is an InputError. */
function openGithubArtifacts(access) {
	const root = `${access.apiUrl.replace(/\/+$/, "")}/repos/${access.repository}`;
	const headers = {
		accept: "application/vnd.github+json",
		"x-github-api-version": "2022-11-28",
		"user-agent": "herdmark",
		...access.token === null ? {} : { authorization: `Bearer ${access.token}` }
	};
	const read = async (path, schema) => {
		const { statusCode, body } = await (0, import_undici.request)(`${root}${path}`, { headers });
		if (statusCode !== 200) throw await refusal(statusCode, body, access);
		return schema.parse(await body.json());
	};
	return {
		defaultBranch: async () => (await read("", repository)).default_branch,
		async *list() {
			for (let page = 1;; page++) {
				const { artifacts } = await read(`/actions/artifacts?per_page=${pageSize$1}&page=${page}`, artifactPage);
				yield* artifacts;
				if (artifacts.length < pageSize$1) return;
			}
		},
		workflowRun: (id) => read(`/actions/runs/${id}`, workflowRun$1),
		async download({ id, digest }, path, maxBytes) {
			const answer = await (0, import_undici.request)(`${root}/actions/artifacts/${id}/zip`, { headers });
			const location = answer.headers.location;
			if (!redirects.includes(answer.statusCode) || typeof location !== "string") throw await refuseDownload(answer, access);
			await answer.body.dump();
			const blob = await (0, import_undici.request)(location, { headers: { "user-agent": "herdmark" } });
			if (blob.statusCode !== 200) {
				await blob.body.dump();
				throw new UnfitArtifact(`its storage answered ${blob.statusCode}`);
			}
			const hash = createHash("sha256");
			await pipeline(blob.body, capBytes(maxBytes, hash), createWriteStream(path, { flags: "wx" }));
			const received = `sha256:${hash.digest("hex")}`;
			if (digest && digest !== received) throw new UnfitArtifact(`it arrived as ${received}, but GitHub announced ${digest}`);
		}
	};
}
function capBytes(maxBytes, hash) {
	let received = 0;
	return new Transform({ transform(chunk, _encoding, done) {
		received += chunk.length;
		hash.update(chunk);
		if (received > maxBytes) done(new UnfitArtifact(`it is larger than the ${maxBytes} bytes that are taken`));
		else done(null, chunk);
	} });
}
/** Where GitHub refuses us, all downloads would fail; else it is this artifact that cannot be had. */
async function refuseDownload({ statusCode, body }, access) {
	if ([
		401,
		403,
		429
	].includes(statusCode)) return refusal(statusCode, body, access);
	await body.dump();
	return new UnfitArtifact(`GitHub answered ${statusCode} for its download`);
}
async function refusal(status, body, { repository, token }) {
	await body.dump();
	return new InputError("github-refused", `GitHub answered ${status} for ${repository}. ${status === 403 || status === 429 ? "The token may lack `actions: read`, or its hourly limit of requests is used up." : status === 401 || status === 404 ? `Check the name of the repository${token === null ? ", and give a token in GITHUB_TOKEN" : " and that the token may read its actions"}.` : "Try again later."}`);
}

// src/store/github/try-again.ts
const serverFaults = [
	500,
	502,
	503,
	504
];
/**
* How many seconds to wait before asking again; null where asking again is no use. As GitHub's documentation has it:
* `retry-after` first, else the reset of a used-up limit, else a minute for a secondary limit.
* @param attempt how often it was asked already.
* @param repeatable whether asking twice does no more than asking once: GitHub may have done what it failed to confirm.
*/
function findWaitSeconds({ status, headers, message }, attempt, repeatable, now) {
	if (serverFaults.includes(status)) return repeatable ? 2 ** (attempt - 1) : null;
	if (status !== 403 && status !== 429) return null;
	const retryAfter = readWhole(headers["retry-after"]);
	if (retryAfter !== null) return retryAfter;
	const reset = readWhole(headers["x-ratelimit-reset"]);
	if (headers["x-ratelimit-remaining"] === "0" && reset !== null) return Math.max(0, Math.ceil(reset - now.getTime() / 1e3));
	return status === 429 || /rate limit/i.test(message) ? 60 : null;
}
function readWhole(header) {
	return typeof header === "string" && /^\d+$/.test(header) ? Number(header) : null;
}

// src/store/github/api.ts
const pageSize = 100;
const mostAttempts = 4;
/** A job waits for a secondary limit, but not the hour that a used-up one may take. */
const longestWaitSeconds = 300;
const answerMs = 3e4;
/**
* Opens the API. A refusal is an InputError with GitHub's own words; where GitHub asks to wait, it is waited for.
* @param wait takes seconds.
*/
function openGithubApi(access, wait = (seconds) => setTimeout(seconds * 1e3)) {
	const root = `${access.apiUrl.replace(/\/+$/, "")}/repos/${access.repository}`;
	const headers = {
		accept: "application/vnd.github+json",
		"content-type": "application/json",
		"x-github-api-version": "2022-11-28",
		"user-agent": "herdmark",
		...access.token === null ? {} : { authorization: `Bearer ${access.token}` }
	};
	const ask = async (method, url, body, repeatable = method !== "POST") => {
		for (let attempt = 1;; attempt++) {
			const answer = await (0, import_undici.request)(url, {
				method,
				headers,
				headersTimeout: answerMs,
				bodyTimeout: answerMs,
				...body === void 0 ? {} : { body: JSON.stringify(body) }
			});
			const text = await answer.body.text();
			if (answer.statusCode >= 200 && answer.statusCode < 300) return text === "" ? null : JSON.parse(text);
			const refused = {
				status: answer.statusCode,
				headers: answer.headers,
				message: readMessage(text)
			};
			const seconds = findWaitSeconds(refused, attempt, repeatable, /* @__PURE__ */ new Date());
			if (seconds === null || seconds > longestWaitSeconds || attempt === mostAttempts) throw explainRefusal(refused, `${method} ${new URL(url).pathname}`, seconds);
			await wait(seconds);
		}
	};
	return {
		get: async (path, schema) => schema.parse(await ask("GET", `${root}${path}`)),
		async list(path, schema) {
			const found = [];
			for (let page = 1;; page++) {
				const query = `${path.includes("?") ? "&" : "?"}per_page=${pageSize}&page=${page}`;
				const items = schema.parse(await ask("GET", `${root}${path}${query}`));
				found.push(...items);
				if (items.length < pageSize) return found;
			}
		},
		create: async (path, body, schema) => schema.parse(await ask("POST", `${root}${path}`, body)),
		update: async (path, body, schema) => schema.parse(await ask("PATCH", `${root}${path}`, body)),
		async remove(path) {
			await ask("DELETE", `${root}${path}`);
		},
		async query(query, schema) {
			const answer = graphqlAnswer.parse(await ask("POST", access.graphqlUrl, { query }, true));
			if (answer.errors === void 0) return schema.parse(answer.data);
			const [first] = answer.errors;
			throw new InputError("github-refused", `GitHub refused a query: ${toPlainLine(first?.message ?? "it did not say why")}.`);
		}
	};
}
const graphqlAnswer = object({
	data: unknown(),
	errors: array(object({ message: string() })).optional()
});
const refusalBody = object({ message: string() });
function readMessage(body) {
	try {
		return toPlainLine(refusalBody.parse(JSON.parse(body)).message);
	} catch {
		return "";
	}
}
function explainRefusal({ status, message }, asked, waitSeconds) {
	const said = message === "" ? "" : ` (${message})`;
	const fix = waitSeconds !== null ? `It asks to wait ${waitSeconds} seconds: run the job again later.` : [
		401,
		403,
		404
	].includes(status) ? "The token needs `actions: read`, and to comment `pull-requests: write`." : "Try again later.";
	return new InputError("github-refused", `GitHub answered ${status} to ${asked}${said}. ${fix}`);
}

// src/store/github/run-artifacts.ts
const artifacts = object({ artifacts: array(object({
	id: int(),
	name: string(),
	size_in_bytes: int().nonnegative(),
	expired: boolean(),
	created_at: datetime().nullable(),
	digest: string().nullish(),
	workflow_run: object({ id: int() }).nullable()
})) }).transform((page) => page.artifacts);
/** Everything that a workflow run uploaded, in all its attempts, the newest first. */
async function listRunArtifacts(api, workflowRun) {
	return (await api.list(`/actions/runs/${workflowRun}/artifacts`, artifacts)).sort((a, b) => (b.created_at ?? "").localeCompare(a.created_at ?? "") || b.id - a.id);
}

// src/store/github/sticky-comment.ts
/** In characters; GitHub refuses a longer one. */
const longestComment = 65536;
const comment$1 = object({
	id: int(),
	html_url: string(),
	body: string().nullish(),
	user: object({ login: string() }).nullable()
});
const viewer = object({ viewer: object({ login: string() }) });
/**
* Writes the one comment that a pull request has from us: over what it said before, or as a new one. It is known by
* the marker that it begins with and by its author, over all pages: anybody can write a marker. Should there be more
* than one, as two jobs wrote at once, the oldest is kept.
*
* Who we are is asked of GraphQL, as `GET /user` refuses the token of a job. Its `viewer` is the same login as the
* author of a comment has in REST, e.g. `github-actions[bot]`: nobody can register a name with a bracket.
*/
async function putStickyComment(api, pullRequest, marker, text) {
	const body = `${marker}\n${text}`;
	const us = (await api.query("query { viewer { login } }", viewer)).viewer.login;
	const [kept, ...more] = (await api.list(`/issues/${pullRequest}/comments`, array(comment$1))).filter((it) => it.user?.login === us && it.body?.startsWith(marker)).sort((a, b) => a.id - b.id);
	for (const { id } of more) await api.remove(`/issues/comments/${id}`);
	if (kept === void 0) {
		const { html_url: url } = await api.create(`/issues/${pullRequest}/comments`, { body }, comment$1);
		return {
			url,
			outcome: "created"
		};
	}
	const { html_url: url } = await api.update(`/issues/comments/${kept.id}`, { body }, comment$1);
	return {
		url,
		outcome: "updated"
	};
}

// src/store/github/pull-request.ts
const workflowRun = object({
	event: string(),
	head_sha: string(),
	head_branch: string().nullable(),
	head_repository: object({
		id: int(),
		owner: object({ login: string() })
	}).nullable()
});
const pullRequest = object({
	number: int().positive(),
	head: object({
		sha: string(),
		repo: object({ id: int() }).nullable()
	})
});
/**
* Finds the pull request that a workflow run was started by. GitHub tells it for no run of a fork, so that it is
* looked up by what GitHub does tell: the head's repository, branch and commit. All three have to be the same, and
* nothing that the run uploaded is asked.
*/
async function findPullRequest(api, runId) {
	const { event, head_sha: sha, head_branch: branch, head_repository: repository } = await api.get(`/actions/runs/${runId}`, workflowRun);
	if (event !== "pull_request") return { reason: `workflow run ${runId} was started by ${event}` };
	if (repository === null || branch === null) return { reason: "the head of the pull request was deleted" };
	const head = encodeURIComponent(`${repository.owner.login}:${branch}`);
	const found = (await api.list(`/pulls?state=open&head=${head}`, array(pullRequest))).filter((it) => it.head.sha === sha && it.head.repo?.id === repository.id);
	const [only, another] = found;
	if (only === void 0) return { reason: `no open pull request has ${sha} as its head: it was closed, or pushed to since` };
	if (another !== void 0) return { reason: `the pull requests ${found.map(({ number }) => `#${number}`).join(" and ")} have the same head, ${sha}` };
	return {
		number: only.number,
		headSha: sha
	};
}
/** Looks whether a pull request, as the event of this job tells it, still has the head that was measured. */
async function confirmPullRequest(api, number, sha) {
	const { head } = await api.get(`/pulls/${number}`, pullRequest);
	return head.sha === sha ? {
		number,
		headSha: sha
	} : { reason: `pull request #${number} was pushed to since: its head is ${head.sha}, not ${sha}` };
}

// src/action/compare-campaign.ts
const event = object({
	pull_request: object({
		number: int().positive(),
		head: object({ sha: string() })
	}).optional(),
	workflow_run: object({ id: int().positive() }).optional()
});
/**
* Finds out which workflow run is compared, and for which pull request. What it is, the event of this job or GitHub's
* API say, and never an artifact: the workflow of a fork may upload whatever it likes.
* @param asked the workflow run that the inputs name, if they do.
* @throws {InputError}
*/
async function findCampaign(api, { campaign }, eventPath, asked) {
	const given = event.parse(eventPath ? JSON.parse(await readFile(eventPath, "utf8")) : {});
	const own = campaign === null ? null : Number(campaign.workflowRun);
	const workflowRun = asked ?? given.workflow_run?.id ?? own;
	if (workflowRun === null) throw new InputError("no-workflow-run", "Input workflow-run: there is no current workflow run, so name the one whose artifacts are to be compared.");
	const { pull_request: pull } = given;
	if (workflowRun !== own) return {
		workflowRun,
		pullRequest: await findPullRequest(api, workflowRun)
	};
	return {
		workflowRun,
		pullRequest: pull === void 0 ? { reason: "this workflow run was not started by a pull request" } : await confirmPullRequest(api, pull.number, pull.head.sha)
	};
}

// src/store/collect-run.ts
/**
* Reads everything in an unpacked run, also what the site does not read, so that nothing that is kept can surprise
* a reader later.
* @throws {UnreadableDocument} at the first document that is missing or not what it should be.
*/
async function validateRunFolder(folder) {
	const { run, files } = await readRunFolder(folder);
	for (const file of await listOutputs(folder)) if (!files.includes(file)) throw new UnreadableDocument("invalid", `${file} is no answer of this run.`);
	if (!files.includes("samples.ndjson")) throw new UnreadableDocument("invalid", "It has no samples.ndjson.");
	readDocument(planDocument, parseJson(await readText(folder, "plan.json"), "plan.json"));
	const { schemaVersion } = asObject(parseJson(await readText(folder, "summary.json"), "summary.json"));
	await checkLines(folder, "samples.ndjson", (line) => readSample(asObject(line), schemaVersion));
	if (files.includes("telemetry.ndjson")) await checkLines(folder, "telemetry.ndjson", (line) => telemetryReading.parse(line));
	return run;
}
async function checkLines(folder, file, read) {
	const lines = createInterface({ input: createReadStream(join(folder, file)) });
	for await (const line of lines) try {
		read(parseJson(line, file));
	} catch (cause) {
		throw new UnreadableDocument("invalid", `${file} holds a line that does not belong there.`, { cause });
	}
}
function asObject(value) {
	return typeof value === "object" && value !== null ? value : {};
}
async function listOutputs(folder) {
	return (await readdir(folder, {
		recursive: true,
		withFileTypes: true
	})).filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll(sep, "/")).filter((path) => path.startsWith("outputs/"));
}
async function readText(folder, file) {
	try {
		return await readFile(join(folder, file), "utf8");
	} catch (cause) {
		throw new UnreadableDocument("not-a-document", `It has no ${file}.`, { cause });
	}
}
function parseJson(text, file) {
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new UnreadableDocument("not-a-document", `${file} is not JSON.`, { cause });
	}
}

// node_modules/pend/index.js
var require_pend = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	module.exports = Pend;
	function Pend() {
		this.pending = 0;
		this.max = Infinity;
		this.listeners = [];
		this.waiting = [];
		this.error = null;
	}
	Pend.prototype.go = function(fn) {
		if (this.pending < this.max) pendGo(this, fn);
		else this.waiting.push(fn);
	};
	Pend.prototype.wait = function(cb) {
		if (this.pending === 0) cb(this.error);
		else this.listeners.push(cb);
	};
	Pend.prototype.hold = function() {
		return pendHold(this);
	};
	function pendHold(self) {
		self.pending += 1;
		var called = false;
		return onCb;
		function onCb(err) {
			if (called) throw new Error("callback called twice");
			called = true;
			self.error = self.error || err;
			self.pending -= 1;
			if (self.waiting.length > 0 && self.pending < self.max) pendGo(self, self.waiting.shift());
			else if (self.pending === 0) {
				var listeners = self.listeners;
				self.listeners = [];
				listeners.forEach(cbListener);
			}
		}
		function cbListener(listener) {
			listener(self.error);
		}
	}
	function pendGo(self, fn) {
		fn(pendHold(self));
	}
}));

// node_modules/yauzl/fd-slicer.js
var require_fd_slicer = /* @__PURE__ */ __commonJSMin(((exports) => {
	var fs = __require("fs");
	var util = __require("util");
	var stream = __require("stream");
	var Readable = stream.Readable;
	var PassThrough = stream.PassThrough;
	var Pend = require_pend();
	var EventEmitter = __require("events").EventEmitter;
	exports.BufferSlicer = BufferSlicer;
	exports.FdSlicer = FdSlicer;
	util.inherits(FdSlicer, EventEmitter);
	function FdSlicer(fd) {
		EventEmitter.call(this);
		this.fd = fd;
		this.pend = new Pend();
		this.pend.max = 1;
		this.refCount = 0;
	}
	FdSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		var self = this;
		self.pend.go(function(cb) {
			fs.read(self.fd, buffer, offset, length, position, function(err, bytesRead, buffer) {
				cb();
				callback(err, bytesRead, buffer);
			});
		});
	};
	FdSlicer.prototype.createReadStream = function(options) {
		return new ReadStream(this, options);
	};
	FdSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	FdSlicer.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount < 0) throw new Error("invalid unref");
		if (self.refCount > 0) return;
		fs.close(self.fd, onCloseDone);
		function onCloseDone(err) {
			if (err) self.emit("error", err);
			else self.emit("close");
		}
	};
	util.inherits(ReadStream, Readable);
	function ReadStream(context, options) {
		options = options || {};
		Readable.call(this, options);
		this.context = context;
		this.context.ref();
		this.start = options.start || 0;
		this.endOffset = options.end;
		this.pos = this.start;
	}
	ReadStream.prototype._read = function(n) {
		var self = this;
		var toRead = Math.min(self._readableState.highWaterMark, n);
		if (self.endOffset != null) toRead = Math.min(toRead, self.endOffset - self.pos);
		if (toRead <= 0) {
			self.push(null);
			this._cleanup();
			return;
		}
		self.context.pend.go(function(cb) {
			var buffer = Buffer.allocUnsafe(toRead);
			fs.read(self.context.fd, buffer, 0, toRead, self.pos, function(err, bytesRead) {
				if (err) self.destroy(err);
				else if (bytesRead === 0) {
					self.push(null);
					self._cleanup();
				} else {
					self.pos += bytesRead;
					self.push(buffer.slice(0, bytesRead));
				}
				cb();
			});
		});
	};
	ReadStream.prototype._destroy = function(err, cb) {
		this._cleanup();
		cb(err);
	};
	ReadStream.prototype._cleanup = function() {
		if (this.context != null) {
			this.context.unref();
			this.context = null;
		}
	};
	util.inherits(BufferSlicer, EventEmitter);
	function BufferSlicer(buffer) {
		EventEmitter.call(this);
		this.refCount = 0;
		this.buffer = buffer;
	}
	BufferSlicer.prototype.read = function(buffer, offset, length, position, callback) {
		if (!(0 <= offset && offset <= buffer.length)) throw new RangeError("offset outside buffer: 0 <= " + offset + " <= " + buffer.length);
		if (position < 0) throw new RangeError("position is negative: " + position);
		if (offset + length > buffer.length) length = buffer.length - offset;
		if (position + length > this.buffer.length) length = this.buffer.length - position;
		if (length <= 0) {
			setImmediate(function() {
				callback(null, 0);
			});
			return;
		}
		this.buffer.copy(buffer, offset, position, position + length);
		setImmediate(function() {
			callback(null, length);
		});
	};
	BufferSlicer.prototype.createReadStream = function(options) {
		options = options || {};
		var readStream = new PassThrough(options);
		readStream.start = options.start || 0;
		readStream.endOffset = options.end;
		readStream.pos = readStream.endOffset || this.buffer.length;
		var entireSlice = this.buffer.slice(readStream.start, readStream.pos);
		var maxChunkSize = 65536;
		var offset = 0;
		while (true) {
			var nextOffset = offset + maxChunkSize;
			if (nextOffset >= entireSlice.length) {
				if (offset < entireSlice.length) readStream.write(entireSlice.slice(offset, entireSlice.length));
				break;
			}
			readStream.write(entireSlice.slice(offset, nextOffset));
			offset = nextOffset;
		}
		readStream.end();
		return readStream;
	};
	BufferSlicer.prototype.ref = function() {
		this.refCount += 1;
	};
	BufferSlicer.prototype.unref = function() {
		this.refCount -= 1;
		if (this.refCount < 0) throw new Error("invalid unref");
	};
}));

// node_modules/yauzl/crc32.js
var require_crc32 = /* @__PURE__ */ __commonJSMin(((exports, module) => {
	const CRC_TABLE = new Int32Array([
		0,
		1996959894,
		3993919788,
		2567524794,
		124634137,
		1886057615,
		3915621685,
		2657392035,
		249268274,
		2044508324,
		3772115230,
		2547177864,
		162941995,
		2125561021,
		3887607047,
		2428444049,
		498536548,
		1789927666,
		4089016648,
		2227061214,
		450548861,
		1843258603,
		4107580753,
		2211677639,
		325883990,
		1684777152,
		4251122042,
		2321926636,
		335633487,
		1661365465,
		4195302755,
		2366115317,
		997073096,
		1281953886,
		3579855332,
		2724688242,
		1006888145,
		1258607687,
		3524101629,
		2768942443,
		901097722,
		1119000684,
		3686517206,
		2898065728,
		853044451,
		1172266101,
		3705015759,
		2882616665,
		651767980,
		1373503546,
		3369554304,
		3218104598,
		565507253,
		1454621731,
		3485111705,
		3099436303,
		671266974,
		1594198024,
		3322730930,
		2970347812,
		795835527,
		1483230225,
		3244367275,
		3060149565,
		1994146192,
		31158534,
		2563907772,
		4023717930,
		1907459465,
		112637215,
		2680153253,
		3904427059,
		2013776290,
		251722036,
		2517215374,
		3775830040,
		2137656763,
		141376813,
		2439277719,
		3865271297,
		1802195444,
		476864866,
		2238001368,
		4066508878,
		1812370925,
		453092731,
		2181625025,
		4111451223,
		1706088902,
		314042704,
		2344532202,
		4240017532,
		1658658271,
		366619977,
		2362670323,
		4224994405,
		1303535960,
		984961486,
		2747007092,
		3569037538,
		1256170817,
		1037604311,
		2765210733,
		3554079995,
		1131014506,
		879679996,
		2909243462,
		3663771856,
		1141124467,
		855842277,
		2852801631,
		3708648649,
		1342533948,
		654459306,
		3188396048,
		3373015174,
		1466479909,
		544179635,
		3110523913,
		3462522015,
		1591671054,
		702138776,
		2966460450,
		3352799412,
		1504918807,
		783551873,
		3082640443,
		3233442989,
		3988292384,
		2596254646,
		62317068,
		1957810842,
		3939845945,
		2647816111,
		81470997,
		1943803523,
		3814918930,
		2489596804,
		225274430,
		2053790376,
		3826175755,
		2466906013,
		167816743,
		2097651377,
		4027552580,
		2265490386,
		503444072,
		1762050814,
		4150417245,
		2154129355,
		426522225,
		1852507879,
		4275313526,
		2312317920,
		282753626,
		1742555852,
		4189708143,
		2394877945,
		397917763,
		1622183637,
		3604390888,
		2714866558,
		953729732,
		1340076626,
		3518719985,
		2797360999,
		1068828381,
		1219638859,
		3624741850,
		2936675148,
		906185462,
		1090812512,
		3747672003,
		2825379669,
		829329135,
		1181335161,
		3412177804,
		3160834842,
		628085408,
		1382605366,
		3423369109,
		3138078467,
		570562233,
		1426400815,
		3317316542,
		2998733608,
		733239954,
		1555261956,
		3268935591,
		3050360625,
		752459403,
		1541320221,
		2607071920,
		3965973030,
		1969922972,
		40735498,
		2617837225,
		3943577151,
		1913087877,
		83908371,
		2512341634,
		3803740692,
		2075208622,
		213261112,
		2463272603,
		3855990285,
		2094854071,
		198958881,
		2262029012,
		4057260610,
		1759359992,
		534414190,
		2176718541,
		4139329115,
		1873836001,
		414664567,
		2282248934,
		4279200368,
		1711684554,
		285281116,
		2405801727,
		4167216745,
		1634467795,
		376229701,
		2685067896,
		3608007406,
		1308918612,
		956543938,
		2808555105,
		3495958263,
		1231636301,
		1047427035,
		2932959818,
		3654703836,
		1088359270,
		936918e3,
		2847714899,
		3736837829,
		1202900863,
		817233897,
		3183342108,
		3401237130,
		1404277552,
		615818150,
		3134207493,
		3453421203,
		1423857449,
		601450431,
		3009837614,
		3294710456,
		1567103746,
		711928724,
		3020668471,
		3272380065,
		1510334235,
		755167117
	]);
	function crc32(buf) {
		let crc = -1;
		for (let x of buf) crc = CRC_TABLE[(crc ^ x) & 255] ^ crc >>> 8;
		return (crc ^ -1) >>> 0;
	}
	module.exports = crc32;
}));

// node_modules/yauzl/index.js
var require_yauzl = /* @__PURE__ */ __commonJSMin(((exports) => {
	var fs = __require("fs");
	var zlib = __require("zlib");
	var fd_slicer = require_fd_slicer();
	var util = __require("util");
	var EventEmitter = __require("events").EventEmitter;
	var Transform = __require("stream").Transform;
	var PassThrough = __require("stream").PassThrough;
	var Writable = __require("stream").Writable;
	const crc32 = typeof zlib.crc32 === "function" ? zlib.crc32 : require_crc32();
	exports.openPromise = openPromise;
	function openPromise(path, options) {
		return new Promise((resolve, reject) => {
			open(path, {
				...options,
				lazyEntries: true
			}, function(err, zipfile) {
				if (err) return reject(err);
				resolve(zipfile);
			});
		});
	}
	function open(path, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.open(path, "r", function(err, fd) {
			if (err) return callback(err);
			fromFd(fd, options, function(err, zipfile) {
				if (err) fs.close(fd, defaultCallback);
				callback(err, zipfile);
			});
		});
	}
	function fromFd(fd, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = false;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		fs.fstat(fd, function(err, stats) {
			if (err) return callback(err);
			fromRandomAccessReader(new fd_slicer.FdSlicer(fd), stats.size, options, callback);
		});
	}
	function fromRandomAccessReader(reader, totalSize, options, callback) {
		if (typeof options === "function") {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		if (options.autoClose == null) options.autoClose = true;
		if (options.lazyEntries == null) options.lazyEntries = false;
		if (options.decodeStrings == null) options.decodeStrings = true;
		var decodeStrings = !!options.decodeStrings;
		if (options.validateEntrySizes == null) options.validateEntrySizes = true;
		if (options.strictFileNames == null) options.strictFileNames = false;
		if (callback == null) callback = defaultCallback;
		if (typeof totalSize !== "number") throw new Error("expected totalSize parameter to be a number");
		if (totalSize > Number.MAX_SAFE_INTEGER) throw new Error("zip file too large. only file sizes up to 2^52 are supported due to JavaScript's Number type being an IEEE 754 double.");
		reader.ref();
		var eocdrWithoutCommentSize = 22;
		var zip64EocdlSize = 20;
		var bufferSize = Math.min(zip64EocdlSize + eocdrWithoutCommentSize + 65535, totalSize);
		var buffer = newBuffer(bufferSize);
		readAndAssertNoEof(reader, buffer, 0, bufferSize, totalSize - buffer.length, function(err) {
			if (err) return callback(err);
			for (var i = bufferSize - eocdrWithoutCommentSize; i >= 0; i -= 1) {
				if (buffer.readUInt32LE(i) !== 101010256) continue;
				var eocdrBuffer = buffer.subarray(i);
				var diskNumber = eocdrBuffer.readUInt16LE(4);
				var entryCount = eocdrBuffer.readUInt16LE(10);
				var centralDirectoryOffset = eocdrBuffer.readUInt32LE(16);
				var commentLength = eocdrBuffer.readUInt16LE(20);
				var expectedCommentLength = eocdrBuffer.length - eocdrWithoutCommentSize;
				if (commentLength !== expectedCommentLength) return callback(/* @__PURE__ */ new Error("Invalid comment length. Expected: " + expectedCommentLength + ". Found: " + commentLength + ". Are there extra bytes at the end of the file? Or is the end of central dir signature `PK☺☻` in the comment?"));
				var comment = decodeStrings ? decodeBuffer(eocdrBuffer.subarray(22), false) : eocdrBuffer.subarray(22);
				if (i - zip64EocdlSize >= 0 && buffer.readUInt32LE(i - zip64EocdlSize) === 117853008) {
					var zip64EocdrOffset = readUInt64LE(buffer.subarray(i - zip64EocdlSize, i - zip64EocdlSize + zip64EocdlSize), 8);
					var zip64EocdrBuffer = newBuffer(56);
					return readAndAssertNoEof(reader, zip64EocdrBuffer, 0, zip64EocdrBuffer.length, zip64EocdrOffset, function(err) {
						if (err) return callback(err);
						if (zip64EocdrBuffer.readUInt32LE(0) !== 101075792) return callback(/* @__PURE__ */ new Error("invalid zip64 end of central directory record signature"));
						diskNumber = zip64EocdrBuffer.readUInt32LE(16);
						if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
						entryCount = readUInt64LE(zip64EocdrBuffer, 32);
						centralDirectoryOffset = readUInt64LE(zip64EocdrBuffer, 48);
						return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
					});
				}
				if (diskNumber !== 0) return callback(/* @__PURE__ */ new Error("multi-disk zip files are not supported: found disk number: " + diskNumber));
				return callback(null, new ZipFile(reader, centralDirectoryOffset, totalSize, entryCount, comment, options.autoClose, options.lazyEntries, decodeStrings, options.validateEntrySizes, options.strictFileNames));
			}
			callback(/* @__PURE__ */ new Error("End of central directory record signature not found. Either not a zip file, or file is truncated."));
		});
	}
	util.inherits(ZipFile, EventEmitter);
	function ZipFile(reader, centralDirectoryOffset, fileSize, entryCount, comment, autoClose, lazyEntries, decodeStrings, validateEntrySizes, strictFileNames) {
		var self = this;
		EventEmitter.call(self);
		self.reader = reader;
		self.reader.on("error", function(err) {
			emitError(self, err);
		});
		self.reader.once("close", function() {
			self.emit("close");
		});
		self.readEntryCursor = centralDirectoryOffset;
		self.fileSize = fileSize;
		self.entryCount = entryCount;
		self.comment = comment;
		self.entriesRead = 0;
		self.autoClose = !!autoClose;
		self.lazyEntries = !!lazyEntries;
		self.decodeStrings = !!decodeStrings;
		self.validateEntrySizes = !!validateEntrySizes;
		self.strictFileNames = !!strictFileNames;
		self.isOpen = true;
		self.emittedError = false;
		self.hasEachEntryBeenCalled = false;
		if (!self.lazyEntries) self._readEntry();
	}
	ZipFile.prototype.close = function() {
		if (!this.isOpen) return;
		this.isOpen = false;
		this.reader.unref();
	};
	function emitErrorAndAutoClose(self, err) {
		if (self.autoClose) self.close();
		emitError(self, err);
	}
	function emitError(self, err) {
		if (self.emittedError) return;
		self.emittedError = true;
		self.emit("error", err);
	}
	ZipFile.prototype.readEntry = function() {
		if (!this.lazyEntries) throw new Error("readEntry() called without lazyEntries:true");
		this._readEntry();
	};
	ZipFile.prototype._readEntry = function() {
		var self = this;
		if (self.entryCount === self.entriesRead) {
			setImmediate(function() {
				if (self.autoClose) self.close();
				if (self.emittedError) return;
				self.emit("end");
			});
			return;
		}
		if (self.emittedError) return;
		var buffer = newBuffer(46);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
			if (err) return emitErrorAndAutoClose(self, err);
			if (self.emittedError) return;
			var entry = new Entry();
			var signature = buffer.readUInt32LE(0);
			if (signature !== 33639248) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("invalid central directory file header signature: 0x" + signature.toString(16)));
			entry.versionMadeBy = buffer.readUInt16LE(4);
			entry.versionNeededToExtract = buffer.readUInt16LE(6);
			entry.generalPurposeBitFlag = buffer.readUInt16LE(8);
			entry.compressionMethod = buffer.readUInt16LE(10);
			entry.lastModFileTime = buffer.readUInt16LE(12);
			entry.lastModFileDate = buffer.readUInt16LE(14);
			entry.crc32 = buffer.readUInt32LE(16);
			entry.compressedSize = buffer.readUInt32LE(20);
			entry.uncompressedSize = buffer.readUInt32LE(24);
			entry.fileNameLength = buffer.readUInt16LE(28);
			entry.extraFieldLength = buffer.readUInt16LE(30);
			entry.fileCommentLength = buffer.readUInt16LE(32);
			entry.internalFileAttributes = buffer.readUInt16LE(36);
			entry.externalFileAttributes = buffer.readUInt32LE(38);
			entry.relativeOffsetOfLocalHeader = buffer.readUInt32LE(42);
			if (entry.generalPurposeBitFlag & 64) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("strong encryption is not supported"));
			self.readEntryCursor += 46;
			buffer = newBuffer(entry.fileNameLength + entry.extraFieldLength + entry.fileCommentLength);
			readAndAssertNoEof(self.reader, buffer, 0, buffer.length, self.readEntryCursor, function(err) {
				if (err) return emitErrorAndAutoClose(self, err);
				if (self.emittedError) return;
				entry.fileNameRaw = buffer.subarray(0, entry.fileNameLength);
				var fileCommentStart = entry.fileNameLength + entry.extraFieldLength;
				entry.extraFieldRaw = buffer.subarray(entry.fileNameLength, fileCommentStart);
				entry.fileCommentRaw = buffer.subarray(fileCommentStart, fileCommentStart + entry.fileCommentLength);
				try {
					entry.extraFields = parseExtraFields(entry.extraFieldRaw);
				} catch (err) {
					return emitErrorAndAutoClose(self, err);
				}
				if (self.decodeStrings) {
					var isUtf8 = (entry.generalPurposeBitFlag & 2048) !== 0;
					entry.fileComment = decodeBuffer(entry.fileCommentRaw, isUtf8);
					entry.fileName = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, self.strictFileNames);
					var errorMessage = validateFileName(entry.fileName);
					if (errorMessage != null) return emitErrorAndAutoClose(self, new Error(errorMessage));
				} else {
					entry.fileComment = entry.fileCommentRaw;
					entry.fileName = entry.fileNameRaw;
				}
				entry.comment = entry.fileComment;
				self.readEntryCursor += buffer.length;
				self.entriesRead += 1;
				for (var i = 0; i < entry.extraFields.length; i++) {
					var extraField = entry.extraFields[i];
					if (extraField.id !== 1) continue;
					var zip64EiefBuffer = extraField.data;
					var index = 0;
					if (entry.uncompressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include uncompressed size"));
						entry.uncompressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.compressedSize === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include compressed size"));
						entry.compressedSize = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					if (entry.relativeOffsetOfLocalHeader === 4294967295) {
						if (index + 8 > zip64EiefBuffer.length) return emitErrorAndAutoClose(self, /* @__PURE__ */ new Error("zip64 extended information extra field does not include relative header offset"));
						entry.relativeOffsetOfLocalHeader = readUInt64LE(zip64EiefBuffer, index);
						index += 8;
					}
					break;
				}
				if (self.validateEntrySizes && entry.compressionMethod === 0) {
					var expectedCompressedSize = entry.uncompressedSize;
					if (entry.isEncrypted()) expectedCompressedSize += 12;
					if (entry.compressedSize !== expectedCompressedSize) {
						var msg = "compressed/uncompressed size mismatch for stored file: " + entry.compressedSize + " != " + entry.uncompressedSize;
						return emitErrorAndAutoClose(self, new Error(msg));
					}
				}
				self.emit("entry", entry);
				if (!self.lazyEntries) self._readEntry();
			});
		});
	};
	ZipFile.prototype.eachEntry = function() {
		const self = this;
		if (!self.lazyEntries) throw new Error("eachEntry() requires lazyEntries: true");
		if (self.hasEachEntryBeenCalled) throw new Error("eachEntry() must only be called once per ZipFile");
		self.hasEachEntryBeenCalled = true;
		let pendingResolveReject = null;
		self.on("entry", onEntry);
		self.on("end", onEnd);
		self.on("error", onError);
		function cleanup() {
			self.removeListener("entry", onEntry);
			self.removeListener("end", onEnd);
			self.removeListener("error", onError);
			if (self.autoClose) self.close();
		}
		function onEntry(entry) {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			resolve({ value: entry });
		}
		function onEnd() {
			let { resolve } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			resolve({ done: true });
		}
		function onError(err) {
			let { reject } = pendingResolveReject;
			pendingResolveReject = null;
			cleanup();
			reject(err);
		}
		return {
			[Symbol.asyncIterator]() {
				return this;
			},
			next() {
				const promise = new Promise((resolve, reject) => {
					if (pendingResolveReject != null) throw new Error("next() called before previous Promise was resolved.");
					pendingResolveReject = {
						resolve,
						reject
					};
				});
				self.readEntry();
				return promise;
			},
			return(value) {
				cleanup();
				return Promise.resolve({
					done: true,
					value
				});
			},
			throw(value) {
				cleanup();
				return Promise.reject(value);
			}
		};
	};
	ZipFile.prototype.openReadStream = function(entry, options, callback) {
		var self = this;
		var relativeStart = 0;
		var relativeEnd = entry.compressedSize;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		else {
			if (options.decodeFileData === false) {
				if (options.decrypt != null) throw new Error("cannot use options.decrypt when options.decodeFileData === false");
				if (options.decompress != null) throw new Error("cannot use options.decompress when options.decodeFileData === false");
			} else {
				if (options.decrypt != null) {
					if (!entry.isEncrypted()) throw new Error("options.decrypt can only be specified for encrypted entries. See also option decodeFileData.");
					if (options.decrypt !== false) throw new Error("invalid options.decrypt value: " + options.decrypt);
					if (entry.isCompressed()) {
						if (options.decompress !== false) throw new Error("entry is encrypted and compressed, and options.decompress !== false. See also option decodeFileData.");
					}
				}
				if (options.decompress != null) {
					if (!entry.isCompressed()) throw new Error("options.decompress can only be specified for compressed entries. See also option decodeFileData.");
					if (!(options.decompress === false || options.decompress === true)) throw new Error("invalid options.decompress value: " + options.decompress);
					decompress = options.decompress;
				}
			}
			if (options.start != null) {
				relativeStart = options.start;
				if (relativeStart < 0) throw new Error("options.start < 0");
				if (relativeStart > entry.compressedSize) throw new Error("options.start > entry.compressedSize");
			}
			if (options.end != null) {
				relativeEnd = options.end;
				if (relativeEnd < 0) throw new Error("options.end < 0");
				if (relativeEnd > entry.compressedSize) throw new Error("options.end > entry.compressedSize");
				if (relativeEnd < relativeStart) throw new Error("options.end < options.start");
			}
		}
		var rawMode = options.decodeFileData === false || (entry.compressionMethod === 0 || entry.compressionMethod === 8 && options.decompress === false) && (!entry.isEncrypted() || options.decrypt === false);
		if (options.start != null || options.end != null) {
			if (!rawMode) throw new Error("start/end range require options.decodeFileData === false for non-trivial encoded entries.");
		}
		if (!self.isOpen) return callback(/* @__PURE__ */ new Error("closed"));
		if (entry.isEncrypted() && !rawMode) {
			if (options.decrypt !== false) return callback(/* @__PURE__ */ new Error("entry is encrypted, and options.decodeFileData !== false"));
		}
		var decompress;
		if (rawMode) decompress = false;
		else if (entry.compressionMethod === 8) decompress = options.decodeFileData !== true;
		else return callback(/* @__PURE__ */ new Error("unsupported compression method: " + entry.compressionMethod));
		self.readLocalFileHeader(entry, { minimal: true }, function(err, localFileHeader) {
			if (err) return callback(err);
			self.openReadStreamLowLevel(localFileHeader.fileDataStart, entry.compressedSize, relativeStart, relativeEnd, decompress, entry.uncompressedSize, callback);
		});
	};
	ZipFile.prototype.openReadStreamLowLevel = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, callback) {
		var self = this;
		fileDataStart + compressedSize;
		var readStream = self.reader.createReadStream({
			start: fileDataStart + relativeStart,
			end: fileDataStart + relativeEnd
		});
		var endpointStream = readStream;
		if (decompress) {
			var destroyed = false;
			var inflateFilter = zlib.createInflateRaw();
			readStream.on("error", function(err) {
				setImmediate(function() {
					if (!destroyed) inflateFilter.emit("error", err);
				});
			});
			readStream.pipe(inflateFilter);
			if (self.validateEntrySizes) {
				endpointStream = new AssertByteCountStream(uncompressedSize);
				inflateFilter.on("error", function(err) {
					setImmediate(function() {
						if (!destroyed) endpointStream.emit("error", err);
					});
				});
				inflateFilter.pipe(endpointStream);
			} else endpointStream = inflateFilter;
			installDestroyFn(endpointStream, function() {
				destroyed = true;
				if (inflateFilter !== endpointStream) inflateFilter.unpipe(endpointStream);
				readStream.unpipe(inflateFilter);
				readStream.destroy();
			});
		}
		callback(null, endpointStream);
	};
	ZipFile.prototype.readLocalFileHeader = function(entry, options, callback) {
		var self = this;
		if (callback == null) {
			callback = options;
			options = null;
		}
		if (options == null) options = {};
		self.reader.ref();
		var buffer = newBuffer(30);
		readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader, function(err) {
			try {
				if (err) return callback(err);
				var signature = buffer.readUInt32LE(0);
				if (signature !== 67324752) return callback(/* @__PURE__ */ new Error("invalid local file header signature: 0x" + signature.toString(16)));
				var fileNameLength = buffer.readUInt16LE(26);
				var extraFieldLength = buffer.readUInt16LE(28);
				var fileDataStart = entry.relativeOffsetOfLocalHeader + 30 + fileNameLength + extraFieldLength;
				if (fileDataStart + entry.compressedSize > self.fileSize) return callback(/* @__PURE__ */ new Error("file data overflows file bounds: " + fileDataStart + " + " + entry.compressedSize + " > " + self.fileSize));
				if (options.minimal) return callback(null, { fileDataStart });
				var localFileHeader = new LocalFileHeader();
				localFileHeader.fileDataStart = fileDataStart;
				localFileHeader.versionNeededToExtract = buffer.readUInt16LE(4);
				localFileHeader.generalPurposeBitFlag = buffer.readUInt16LE(6);
				localFileHeader.compressionMethod = buffer.readUInt16LE(8);
				localFileHeader.lastModFileTime = buffer.readUInt16LE(10);
				localFileHeader.lastModFileDate = buffer.readUInt16LE(12);
				localFileHeader.crc32 = buffer.readUInt32LE(14);
				localFileHeader.compressedSize = buffer.readUInt32LE(18);
				localFileHeader.uncompressedSize = buffer.readUInt32LE(22);
				localFileHeader.fileNameLength = fileNameLength;
				localFileHeader.extraFieldLength = extraFieldLength;
				buffer = newBuffer(fileNameLength + extraFieldLength);
				self.reader.ref();
				readAndAssertNoEof(self.reader, buffer, 0, buffer.length, entry.relativeOffsetOfLocalHeader + 30, function(err) {
					try {
						if (err) return callback(err);
						localFileHeader.fileName = buffer.subarray(0, fileNameLength);
						localFileHeader.extraField = buffer.subarray(fileNameLength);
						return callback(null, localFileHeader);
					} finally {
						self.reader.unref();
					}
				});
			} finally {
				self.reader.unref();
			}
		});
	};
	ZipFile.prototype.openReadStreamPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.openReadStream(entry, options, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.openReadStreamLowLevelPromise = function(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize) {
		return new Promise((resolve, reject) => {
			this.openReadStream(fileDataStart, compressedSize, relativeStart, relativeEnd, decompress, uncompressedSize, function(err, readStream) {
				if (err) return reject(err);
				resolve(readStream);
			});
		});
	};
	ZipFile.prototype.readLocalFileHeaderPromise = function(entry, options) {
		return new Promise((resolve, reject) => {
			this.readLocalFileHeader(entry, options, function(err, localFileHeader) {
				if (err) return reject(err);
				resolve(localFileHeader);
			});
		});
	};
	function Entry() {}
	Entry.prototype.getLastModDate = function(options) {
		if (options == null) options = {};
		if (!options.forceDosFormat) for (var i = 0; i < this.extraFields.length; i++) {
			var extraField = this.extraFields[i];
			if (extraField.id === 21589) {
				var data = extraField.data;
				if (data.length < 5) continue;
				if (!(data[0] & 1)) continue;
				var posixTimestamp = data.readInt32LE(1);
				return /* @__PURE__ */ new Date(posixTimestamp * 1e3);
			} else if (extraField.id === 10) {
				var data = extraField.data;
				if (data.length !== 32) continue;
				if (data.readUInt16LE(4) !== 1) continue;
				if (data.readUInt16LE(6) !== 24) continue;
				var millisecondsSince1970 = (data.readUInt32LE(8) + 4294967296 * data.readInt32LE(12)) / 1e4 - 0xa9730b66800;
				return new Date(millisecondsSince1970);
			}
		}
		return dosDateTimeToDate(this.lastModFileDate, this.lastModFileTime, options.timezone);
	};
	Entry.prototype.canDecodeFileData = function() {
		return !this.isEncrypted() && (this.compressionMethod === 0 || this.compressionMethod === 8);
	};
	Entry.prototype.isEncrypted = function() {
		return (this.generalPurposeBitFlag & 1) !== 0;
	};
	Entry.prototype.isCompressed = function() {
		return this.compressionMethod === 8;
	};
	function LocalFileHeader() {}
	function dosDateTimeToDate(date, time, timezone) {
		var day = date & 31;
		var month = (date >> 5 & 15) - 1;
		var year = (date >> 9 & 127) + 1980;
		var millisecond = 0;
		var second = (time & 31) * 2;
		var minute = time >> 5 & 63;
		var hour = time >> 11 & 31;
		if (timezone == null || timezone === "local") return new Date(year, month, day, hour, minute, second, millisecond);
		else if (timezone === "UTC") return new Date(Date.UTC(year, month, day, hour, minute, second, millisecond));
		else throw new Error("unrecognized options.timezone: " + options.timezone);
	}
	function getFileNameLowLevel(generalPurposeBitFlag, fileNameBuffer, extraFields, strictFileNames) {
		var fileName = null;
		for (var i = 0; i < extraFields.length; i++) {
			var extraField = extraFields[i];
			if (extraField.id === 28789) {
				if (extraField.data.length < 6) continue;
				if (extraField.data.readUInt8(0) !== 1) continue;
				var oldNameCrc32 = extraField.data.readUInt32LE(1);
				if (crc32(fileNameBuffer) !== oldNameCrc32) continue;
				fileName = decodeBuffer(extraField.data.subarray(5), true);
				break;
			}
		}
		if (fileName == null) fileName = decodeBuffer(fileNameBuffer, (generalPurposeBitFlag & 2048) !== 0);
		if (!strictFileNames) fileName = fileName.replace(/\\/g, "/");
		return fileName;
	}
	function validateFileName(fileName) {
		if (fileName.indexOf("\\") !== -1) return "invalid characters in fileName: " + fileName;
		if (/^[a-zA-Z]:/.test(fileName) || /^\//.test(fileName)) return "absolute path: " + fileName;
		if (fileName.split("/").indexOf("..") !== -1) return "invalid relative path: " + fileName;
		return null;
	}
	function parseExtraFields(extraFieldBuffer) {
		var extraFields = [];
		var i = 0;
		while (i < extraFieldBuffer.length - 3) {
			var headerId = extraFieldBuffer.readUInt16LE(i + 0);
			var dataSize = extraFieldBuffer.readUInt16LE(i + 2);
			var dataStart = i + 4;
			var dataEnd = dataStart + dataSize;
			if (dataEnd > extraFieldBuffer.length) throw new Error("extra field length exceeds extra field buffer size");
			var dataBuffer = extraFieldBuffer.subarray(dataStart, dataEnd);
			extraFields.push({
				id: headerId,
				data: dataBuffer
			});
			i = dataEnd;
		}
		return extraFields;
	}
	function readAndAssertNoEof(reader, buffer, offset, length, position, callback) {
		if (length === 0) return setImmediate(function() {
			callback(null, newBuffer(0));
		});
		reader.read(buffer, offset, length, position, function(err, bytesRead) {
			if (err) return callback(err);
			if (bytesRead < length) return callback(/* @__PURE__ */ new Error("unexpected EOF"));
			callback();
		});
	}
	util.inherits(AssertByteCountStream, Transform);
	function AssertByteCountStream(byteCount) {
		Transform.call(this);
		this.actualByteCount = 0;
		this.expectedByteCount = byteCount;
	}
	AssertByteCountStream.prototype._transform = function(chunk, encoding, cb) {
		this.actualByteCount += chunk.length;
		if (this.actualByteCount > this.expectedByteCount) {
			var msg = "too many bytes in the stream. expected " + this.expectedByteCount + ". got at least " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb(null, chunk);
	};
	AssertByteCountStream.prototype._flush = function(cb) {
		if (this.actualByteCount < this.expectedByteCount) {
			var msg = "not enough bytes in the stream. expected " + this.expectedByteCount + ". got only " + this.actualByteCount;
			return cb(new Error(msg));
		}
		cb();
	};
	util.inherits(RandomAccessReader, EventEmitter);
	function RandomAccessReader() {
		EventEmitter.call(this);
		this.refCount = 0;
	}
	RandomAccessReader.prototype.ref = function() {
		this.refCount += 1;
	};
	RandomAccessReader.prototype.unref = function() {
		var self = this;
		self.refCount -= 1;
		if (self.refCount > 0) return;
		if (self.refCount < 0) throw new Error("invalid unref");
		self.close(onCloseDone);
		function onCloseDone(err) {
			if (err) return self.emit("error", err);
			self.emit("close");
		}
	};
	RandomAccessReader.prototype.createReadStream = function(options) {
		if (options == null) options = {};
		var start = options.start;
		var end = options.end;
		if (start === end) {
			var emptyStream = new PassThrough();
			setImmediate(function() {
				emptyStream.end();
			});
			return emptyStream;
		}
		var stream = this._readStreamForRange(start, end);
		var destroyed = false;
		var refUnrefFilter = new RefUnrefFilter(this);
		stream.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) refUnrefFilter.emit("error", err);
			});
		});
		installDestroyFn(refUnrefFilter, function() {
			stream.unpipe(refUnrefFilter);
			refUnrefFilter.unref();
			stream.destroy();
		});
		var byteCounter = new AssertByteCountStream(end - start);
		refUnrefFilter.on("error", function(err) {
			setImmediate(function() {
				if (!destroyed) byteCounter.emit("error", err);
			});
		});
		installDestroyFn(byteCounter, function() {
			destroyed = true;
			refUnrefFilter.unpipe(byteCounter);
			refUnrefFilter.destroy();
		});
		return stream.pipe(refUnrefFilter).pipe(byteCounter);
	};
	RandomAccessReader.prototype._readStreamForRange = function(start, end) {
		throw new Error("not implemented");
	};
	RandomAccessReader.prototype.read = function(buffer, offset, length, position, callback) {
		var readStream = this.createReadStream({
			start: position,
			end: position + length
		});
		var writeStream = new Writable();
		var written = 0;
		writeStream._write = function(chunk, encoding, cb) {
			chunk.copy(buffer, offset + written, 0, chunk.length);
			written += chunk.length;
			cb();
		};
		writeStream.on("finish", callback);
		readStream.on("error", function(error) {
			callback(error);
		});
		readStream.pipe(writeStream);
	};
	RandomAccessReader.prototype.close = function(callback) {
		setImmediate(callback);
	};
	util.inherits(RefUnrefFilter, PassThrough);
	function RefUnrefFilter(context) {
		PassThrough.call(this);
		this.context = context;
		this.context.ref();
		this.unreffedYet = false;
	}
	RefUnrefFilter.prototype._flush = function(cb) {
		this.unref();
		cb();
	};
	RefUnrefFilter.prototype.unref = function(cb) {
		if (this.unreffedYet) return;
		this.unreffedYet = true;
		this.context.unref();
	};
	var cp437 = "\0☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼ !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\xA0";
	function decodeBuffer(buffer, isUtf8) {
		if (isUtf8) return buffer.toString("utf8");
		else {
			var result = "";
			for (var i = 0; i < buffer.length; i++) result += cp437[buffer[i]];
			return result;
		}
	}
	function readUInt64LE(buffer, offset) {
		var lower32 = buffer.readUInt32LE(offset);
		return buffer.readUInt32LE(offset + 4) * 4294967296 + lower32;
	}
	var newBuffer;
	if (typeof Buffer.allocUnsafe === "function") newBuffer = function(len) {
		return Buffer.allocUnsafe(len);
	};
	else newBuffer = function(len) {
		return new Buffer(len);
	};
	function installDestroyFn(stream, fn) {
		if (typeof stream.destroy === "function") stream._destroy = function(err, cb) {
			fn();
			if (cb != null) cb(err);
		};
		else stream.destroy = fn;
	}
	function defaultCallback(err) {
		if (err) throw err;
	}
}));

// src/store/collect-zip.ts
var import_yauzl = require_yauzl();
/** What an archive may weigh, packed and unpacked: far above any real run, far below what would hurt. */
const archiveLimits = {
	archiveBytes: 128 * 1024 ** 2,
	entries: 2e4,
	fileBytes: 256 * 1024 ** 2,
	totalBytes: 512 * 1024 ** 2
};
const topLevelFiles = [
	"summary.json",
	"plan.json",
	"samples.ndjson",
	"telemetry.ndjson",
	"summary.md",
	"junit.xml"
];
/**
* Unpacks a run's archive into a new folder. Only the names that a run folder has are ever written, and the whole
* archive is refused over one entry that no honest writer makes.
* @throws {UnfitArtifact}
*/
async function unpackRun(archive, folder, limits) {
	try {
		await unpack(archive, folder, limits);
	} catch (cause) {
		if (cause instanceof UnfitArtifact || !(cause instanceof Error) || "syscall" in cause) throw cause;
		throw new UnfitArtifact(`its zip is damaged: ${cause.message}`, { cause });
	}
}
async function unpack(archive, folder, limits) {
	const zip = await (0, import_yauzl.openPromise)(archive, { strictFileNames: true });
	const seen = /* @__PURE__ */ new Set();
	let totalBytes = 0;
	try {
		if (zip.entryCount > limits.entries) throw new UnfitArtifact(`it has ${zip.entryCount} entries`);
		for await (const entry of zip.eachEntry()) {
			const hostility = explainHostility(entry, limits);
			if (hostility !== null) throw new UnfitArtifact(hostility);
			if (seen.has(entry.fileName)) throw new UnfitArtifact(`it holds "${entry.fileName}" twice`);
			seen.add(entry.fileName);
			totalBytes += entry.uncompressedSize;
			if (totalBytes > limits.totalBytes) throw new UnfitArtifact(`it unpacks to more than ${limits.totalBytes} bytes`);
			if (!isRunFile(entry.fileName)) continue;
			const path = join(folder, entry.fileName);
			await mkdir(dirname(path), { recursive: true });
			await pipeline(await zip.openReadStreamPromise(entry), createWriteStream(path, { flags: "wx" }));
		}
	} finally {
		zip.close();
	}
}
/** Whether a run folder has a file of this name: `outputs/<variant>/<prompt>.json`, `inputs/<name>.json`, or one at the top. */
function isRunFile(name) {
	const [first, second = "", third = "", ...more] = name.split("/");
	const isJson = (file) => file.endsWith(".json") && slug.safeParse(file.slice(0, -5)).success;
	if (more.length > 0) return false;
	if (first === "outputs") return variantKey.safeParse(second).success && isJson(third);
	if (first === "inputs") return isJson(second) && third === "";
	return topLevelFiles.includes(name);
}
/** Why an entry is one that no run's archive has; null for a plain file or folder within the archive. */
function explainHostility(entry, { fileBytes }) {
	const { fileName: name, uncompressedSize } = entry;
	const fileType = entry.externalFileAttributes >>> 16 & 61440;
	if (![
		0,
		32768,
		16384
	].includes(fileType)) return `"${name}" is no plain file`;
	if (entry.isEncrypted()) return `"${name}" is encrypted`;
	if (uncompressedSize > fileBytes) return `"${name}" unpacks to ${uncompressedSize} bytes`;
	return null;
}

// src/store/github/take-run.ts
/**
* Downloads an artifact as the hostile data that it is, unpacks it within limits, validates all of it, and only then
* moves it to `runsDir`, into a folder that is named by its run's id.
* @throws {UnfitArtifact | UnreadableDocument} saying why it stays out.
*/
async function takeRun(github, artifact, runId, runsDir) {
	const { expired, size_in_bytes: size } = artifact;
	if (expired) throw new UnfitArtifact("it has expired");
	if (size > archiveLimits.archiveBytes) throw new UnfitArtifact(`it weighs ${size} bytes, more than is taken`);
	const work = await mkdtemp(join(runsDir, ".incoming-"));
	try {
		const archive = join(work, "artifact.zip");
		const folder = join(work, "run");
		await mkdir(folder);
		await github.download(artifact, archive, archiveLimits.archiveBytes);
		await unpackRun(archive, folder, archiveLimits);
		const run = await validateRunFolder(folder);
		if (run.id !== runId) throw new UnfitArtifact(`it holds run ${run.id}, which is not what its name says`);
		await rename(folder, join(runsDir, runId));
		return run;
	} finally {
		await rm(work, {
			recursive: true,
			force: true
		});
	}
}

// src/action/compare-gather.ts
/** Each may unpack to half a GiB, and a hosted runner has about 14 to spare. */
const mostRuns = 20;
/**
* Brings the runs that a workflow run uploaded into a folder. What is no run, or none of this workflow run that
* measured two sides, is left out and named. Where a job was run again, its later run replaces the earlier one.
* @param artifacts the newest first.
*/
async function gatherRuns(github, artifacts, workflowRun, runsDir) {
	const gathered = {
		folders: [],
		leftOut: []
	};
	const taken = /* @__PURE__ */ new Set();
	const leaveOut = (artifact, reason) => gathered.leftOut.push({
		artifact: artifact.name,
		reason
	});
	let looked = 0;
	for (const artifact of artifacts) {
		const runId = findRunId(artifact.name);
		if (runId === null || taken.has(runId)) continue;
		if (++looked > 20) {
			leaveOut(artifact, `only the ${20} latest are taken`);
			continue;
		}
		try {
			const run = await takeRun(github, artifact, runId, runsDir);
			taken.add(runId);
			const place = nameMeasurement(artifact.name, runId, run);
			const reason = explainUnrelated(run, workflowRun) ?? await explainUnread(join(runsDir, runId), run);
			if (reason !== null) leaveOut(artifact, reason);
			else if (taken.has(place)) leaveOut(artifact, "its job was run again");
			else gathered.folders.push(join(runsDir, runId));
			if (reason === null) taken.add(place);
		} catch (error) {
			if (!(error instanceof UnfitArtifact || error instanceof UnreadableDocument)) throw error;
			leaveOut(artifact, error.message);
		}
	}
	return gathered;
}
/** A machine that was down sends what it could not send before with its next job. */
function explainUnrelated({ campaign, plan }, workflowRun) {
	if (campaign?.workflowRun !== String(workflowRun)) return "it was not measured by this workflow run";
	return plan.comparison === null ? "it did not measure two sides in turn: the benchmark needs the input `against`" : null;
}
/** One machine whose run came to nothing must not keep the others from being compared. */
async function explainUnread(folder, { plan, variants }) {
	const measured = new Set(variants.map(({ key }) => key));
	if (!plan.comparison?.pairs.some(({ base, head }) => measured.has(base) && measured.has(head))) return "it did not come to measuring two sides";
	const { promptSet } = await readRunFolder(folder);
	return promptSet === null ? "its prompt set cannot be read" : null;
}
/** The same for what a job measured when it was run again, and for nothing else: a matrix has many jobs of one name. */
function nameMeasurement(artifactName, runId, { machine, variants }) {
	return [
		artifactName.slice(0, artifactName.indexOf(runId)),
		machine.id,
		...variants.map(({ key }) => key)
	].join(" ");
}

// src/action/compare-verdict.ts
/** From the mildest to the strictest. */
const compareFailOnWords = [
	"never",
	"error",
	"regression"
];
const fromTheWorst = [
	"regressed",
	"not comparable",
	"inconclusive",
	"unchanged",
	"improved"
];
/** The worst word that was given; `not comparable` where none was, as nothing was compared. */
function findWorstWord(result) {
	return fromTheWorst.find((word) => (result?.words[word] ?? 0) > 0) ?? "not comparable";
}
/** Why a job that compares fails, as a sentence; null if it does not. */
function explainComparison(result, failOn, leftOut) {
	if (failOn === "never") return null;
	if (result === null) return leftOut === 0 ? null : "Nothing was compared: the summary says why.";
	const regressed = result.words.regressed ?? 0;
	if (failOn === "error" || regressed === 0) return null;
	return `${regressed === 1 ? "One verdict is" : `${regressed} verdicts are`} \`regressed\`: the summary says which.`;
}

// src/action/compare-inputs.ts
const commentWords = [
	"auto",
	"true",
	"false"
];
/**
* Reads all inputs of `command: compare` at once.
* @throws {InputError} naming each wrong input, its value and what it takes.
*/
function readCompareInputs(read = getInput) {
	const { text, oneOf, whole, refuseWrong } = createInputReader(read);
	const inputs = {
		token: text("token"),
		workflowRun: whole("workflow-run", 1, Number.MAX_SAFE_INTEGER),
		comment: oneOf("comment", commentWords, "auto"),
		failOn: oneOf("fail-on", compareFailOnWords, "error"),
		artifactName: text("artifact-name") ?? "herdmark",
		retentionDays: whole("retention-days", 1, 400),
		upload: oneOf("upload", uploadWords, "auto")
	};
	refuseWrong();
	return inputs;
}

// src/action/compare-render.ts
/** Begins our comment, unseen, so that it is found again. */
const commentMarker = "<!-- herdmark:compare -->";
/** In bytes: the platform drops a longer summary as a whole. */
const longestSummary = 1024 ** 2;
const tooLong = paragraph("The comparison is too long to be shown here.");
/** The comment, without its marker: never longer than GitHub takes. */
function renderComment(result, around) {
	const most = longestComment - 25 - 1;
	return frame(result?.markdown ?? null, around, (text) => text.length <= most);
}
function renderCompareSummary(result, around) {
	return frame(result?.summaryMarkdown ?? null, around, (framed) => Buffer.byteLength(framed) <= longestSummary);
}
/** Markdown is not cut, as half a table or fence is none: what does not fit is in the report. */
function frame(markdown, around, fits) {
	const end = renderMarkdown([...listLeftOut(around), ...renderFooter(around)]);
	const text = `${(markdown ?? renderMarkdown(renderNothing())).trimEnd()}\n\n${end}`;
	return fits(text) ? text : renderMarkdown([tooLong, ...renderFooter(around)]);
}
function renderNothing() {
	return [paragraph({
		type: "strong",
		children: [{
			type: "text",
			value: "Nothing was compared."
		}]
	}), paragraph("No benchmark of this workflow run uploaded a run that measured two sides in turn.")];
}
const mostNamed = 20;
function listLeftOut({ leftOut }) {
	if (leftOut.length === 0) return [];
	const named = leftOut.slice(0, mostNamed).map(({ artifact, reason }) => [
		code(artifact),
		": ",
		reason
	]);
	const more = leftOut.length > mostNamed ? [[`and ${leftOut.length - mostNamed} more`]] : [];
	return details(`Left out: ${leftOut.length} of the artifacts`, [list([...named, ...more])]);
}
function renderFooter({ headSha, reportUrl, runUrl }) {
	const phrases = [
		headSha === null ? [] : ["Commit ", code(headSha.slice(0, 12))],
		reportUrl === null ? [] : [link(reportUrl, "Report with all answers that changed")],
		runUrl === null ? [] : [link(runUrl, "Workflow run")]
	].filter((it) => it.length > 0);
	return phrases.length === 0 ? [] : [paragraph(...phrases.flatMap((it, index) => index === 0 ? it : [" · ", ...it]))];
}
function link(url, text) {
	return {
		type: "link",
		url,
		children: [{
			type: "text",
			value: text
		}]
	};
}

// src/action/compare-report.ts
/**
* Writes the report into a folder of its own. As an artifact that is no archive is named by its file, the name has
* everything in it that keeps it apart from others: a name can be taken once.
*/
async function writeReport(html, parts, tempDir) {
	const folder = await mkdtemp(join(tempDir, "herdmark-report-"));
	const path = join(folder, `${parts.map((it) => slugify(String(it))).join("-")}.html`);
	await writeFile(path, html);
	return path;
}
/**
* Uploads a file as it is, so that a browser opens it from the page of the workflow run.
* @throws {Error} where it cannot be uploaded, or arrived changed.
*/
async function uploadReport(path, retentionDays) {
	const { DefaultArtifactClient } = await import("./artifact.js");
	const client = new DefaultArtifactClient();
	const name = basename(path);
	const { id, digest } = await client.uploadArtifact(name, [path], join(path, ".."), {
		skipArchive: true,
		...retentionDays === null ? {} : { retentionDays }
	});
	if (id === void 0) throw new Error(`The artifact service gave artifact ${name} no id.`);
	const stored = (await client.getArtifact(name)).artifact.digest;
	if (stored && digest && stored.replace(/^sha256:/, "") !== digest) throw new Error(`Artifact ${name} arrived as ${stored}, but was sent as sha256:${digest}.`);
	return { id };
}
/** The platform shows no more of one step. */
const mostOfALevel = 10;
const commands = {
	error,
	warning,
	notice
};
function annotate(annotations) {
	for (const [level, command] of Object.entries(commands)) {
		const ofLevel = annotations.filter((it) => it.level === level).slice(0, mostOfALevel);
		for (const { file, line, message } of ofLevel) command(toLogText(toPlainLine(message, 1e3)), {
			file: toPlainLine(file),
			startLine: line
		});
	}
}

// src/action/compare-command.ts
/** `command: compare`: gathers what a workflow run measured, compares it, and says in its pull request what was found. */
async function compareCommand(env, compare) {
	const inputs = readCompareInputs();
	const context = await readGithubContext(env);
	const uploads = canUpload(inputs, env);
	const access = readAccess(env, inputs, context);
	const api = openGithubApi(access);
	const campaign = await findCampaign(api, context, env.GITHUB_EVENT_PATH, inputs.workflowRun);
	const { workflowRun, pullRequest } = campaign;
	const temp = env.RUNNER_TEMP ?? tmpdir();
	const { folders, leftOut } = await gatherRuns(openGithubArtifacts(access), await listRunArtifacts(api, workflowRun), workflowRun, await mkdtemp(join(temp, "herdmark-runs-")));
	for (const { artifact, reason } of leftOut) actionLog.info(`Left out ${toPlainLine(artifact)}: ${toPlainLine(reason)}`);
	const result = folders.length === 0 ? null : await compare(folders);
	setOutput("verdict", findWorstWord(result));
	let reportUrl = null;
	if (result !== null) {
		const path = await writeReport(result.html, [
			inputs.artifactName,
			context.job,
			workflowRun,
			context.campaign?.id ?? "here"
		], temp);
		setOutput("report-path", path);
		if (uploads) reportUrl = await tryUpload(path, inputs, context);
	}
	const around = {
		leftOut,
		reportUrl,
		headSha: "headSha" in pullRequest ? pullRequest.headSha : null,
		runUrl: context.runUrl?.replace(/\d+$/, String(workflowRun)) ?? null
	};
	await summary.addRaw(renderCompareSummary(result, around)).write();
	annotate(result?.annotations ?? []);
	if (inputs.comment !== "false") await comment(api, campaign, inputs, renderComment(result, around));
	const failure = explainComparison(result, inputs.failOn, leftOut.length);
	if (failure !== null) setFailed(toLogText(failure));
}
function readAccess(env, { token }, { source: { repository } }) {
	if (token === null || repository === null) throw new InputError("no-access", `${token === null ? "Input token: it is empty" : "GITHUB_REPOSITORY is not set"}, so that no artifacts can be read: compare in a job of GitHub Actions.`);
	const apiUrl = env.GITHUB_API_URL || "https://api.github.com";
	return {
		repository,
		token,
		apiUrl,
		graphqlUrl: env.GITHUB_GRAPHQL_URL || `${apiUrl}/graphql`
	};
}
/** @throws {InputError} where the report has to be uploaded, and cannot be. */
function canUpload({ upload }, env) {
	if (upload === "false") return false;
	const obstacle = explainNoArtifacts(env);
	if (obstacle === null) return true;
	if (upload === "true") throw new InputError("no-artifacts", obstacle);
	actionLog.warn(`The report will not be uploaded: ${obstacle}`);
	return false;
}
/** Without its report a comparison is worth saying, too. */
async function tryUpload(path, { upload, retentionDays }, { runUrl }) {
	try {
		const { id } = await uploadReport(path, retentionDays);
		const url = runUrl === null ? null : `${runUrl}/artifacts/${id}`;
		if (url !== null) setOutput("report-url", url);
		return url;
	} catch (error) {
		if (upload === "true") throw error;
		actionLog.warn(`The report could not be uploaded: ${String(error)}`);
		return null;
	}
}
async function comment(api, { pullRequest }, { comment: wanted }, text) {
	try {
		if ("reason" in pullRequest) throw new InputError("no-pull-request", `There is no pull request to comment on: ${pullRequest.reason}.`);
		const { url, outcome } = await putStickyComment(api, pullRequest.number, commentMarker, text);
		setOutput("comment-url", url);
		actionLog.info(`The comment was ${outcome}: ${url}`);
	} catch (error) {
		if (wanted === "true" || !(error instanceof InputError)) throw error;
		actionLog.warn(error.message);
	}
}

export { compareCommand };