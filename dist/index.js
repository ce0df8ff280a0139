import { c as setFailed, l as setOutput, o as notice } from "./core.js";
import { n as formatTimeLeft, t as createRunId } from "./run-id.js";
import { t as benchHere } from "./bench-here.js";
import { g as record, v as string } from "./plain-text.js";
import { t as clock } from "./open-ollama.js";
import { i as explainNoArtifacts, n as toLogText, r as readGithubContext, t as actionLog } from "./log.js";
import { i as require_dist, n as findConfigLines } from "./config-lines.js";
import { M as sha256, T as config } from "./run.js";
import { t as InputError } from "./input-error.js";
import { n as hashJson, t as sha256Text } from "./hash-text.js";
import { n as promptSet } from "./prompt-set.js";
import { t as findStateFolder } from "./state-folder.js";
import { i as keepState, n as createUploader, s as takeUnsent, t as reportFailure } from "./report-failure.js";
import { c as readCommand, f as explainFailure, i as writeUnchangedRecord, l as readInputs, p as summary, r as unchangedSuffix } from "./unchanged-record.js";
import { randomBytes } from "node:crypto";
import { mkdtemp, readFile, readdir, realpath, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, resolve, sep } from "node:path";
import { existsSync } from "node:fs";

// src/bench/progress.ts
const betweenLinesMs = 1e4;
/** A line for each load of a model, and one every ten seconds: what a log can bear. */
function progressLines(log, clock) {
	let lastLineMs = Number.NEGATIVE_INFINITY;
	return {
		begin: (total, done) => log.info(`Measuring: ${total} requests${done === 0 ? "" : `, of which ${done} are done`}.`),
		step: ({ done, total, request, remainingMs }) => {
			const now = clock();
			if (request.phase !== "load" && done < total && now - lastLineMs < betweenLinesMs) return;
			lastLineMs = now;
			const left = remainingMs === null || done === total ? "" : `, about ${formatTimeLeft(remainingMs)} left`;
			log.info(`${done}/${total} ${request.variant}, load ${request.block + 1}, ${request.phase}${left}`);
		},
		end: () => void 0
	};
}

// src/store/read-yaml.ts
var import_dist = require_dist();
/**
* Reads a YAML file written by a person and validates it.
* @throws {InputError} naming file, line and column of everything that is wrong, and how to mend it.
*/
async function readYaml(path, what, schema) {
	const lines = new import_dist.LineCounter();
	const document = (0, import_dist.parseDocument)(await readText(path, what), { lineCounter: lines });
	const syntax = document.errors.map(({ message, linePos }) => {
		const at = linePos?.[0];
		const summary = message.split("\n", 1)[0]?.replace(/ at line \d+, column \d+:?$/, "") ?? "not valid YAML";
		return `${path}${at ? `:${at.line}:${at.col}` : ""}: ${summary}`;
	});
	if (syntax.length > 0) throw new InputError("not-yaml", `${syntax.join("\n")}\nMend the YAML of this ${what} and run again.`);
	const result = await schema.safeParseAsync(document.toJS() ?? {}, { reportInput: true });
	if (result.success) return result.data;
	const problems = result.error.issues.map((issue) => `${locate(path, document, lines, issue)}: ${describeIssue(issue)}`);
	throw new InputError(`wrong-${what.replaceAll(" ", "-")}`, problems.join("\n"), { cause: result.error });
}
async function readText(path, what) {
	try {
		return await readFile(path, "utf8");
	} catch (cause) {
		const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
		throw new InputError(missing ? "no-such-file" : "unreadable-file", missing ? `${path}: there is no such ${what}. Check the path, or create it.` : `${path}: this ${what} cannot be read.`, { cause });
	}
}
/** `file:line:col: path.to.key`, at the closest node that the file really has. */
function locate(path, document, lines, issue) {
	const unknownKey = issue.code === "unrecognized_keys" ? issue.keys.slice(0, 1) : [];
	const keys = [...issue.path, ...unknownKey].filter((key) => typeof key !== "symbol");
	const shown = keys.map((key) => typeof key === "number" ? `[${key}]` : `.${key}`).join("").replace(/^\./, "");
	const node = (issue.code === "unrecognized_keys" || issue.code === "invalid_key" ? findKey(document, keys) : void 0) ?? findClosest(document, keys);
	const at = node === void 0 ? void 0 : lines.linePos(node.range[0]);
	return [
		path,
		...at ? [`:${at.line}:${at.col}`] : [],
		...shown === "" ? [] : [`: ${shown}`]
	].join("");
}
function findClosest(document, keys) {
	for (let depth = keys.length; depth >= 0; depth--) {
		const node = depth === 0 ? document.contents : document.getIn(keys.slice(0, depth), true);
		if (hasRange(node)) return node;
	}
}
function findKey(document, keys) {
	const parent = keys.length === 1 ? document.contents : document.getIn(keys.slice(0, -1), true);
	const pair = (0, import_dist.isMap)(parent) ? parent.items.find(({ key }) => (0, import_dist.isScalar)(key) && key.value === keys.at(-1)) : void 0;
	return hasRange(pair?.key) ? pair.key : void 0;
}
function hasRange(node) {
	return typeof node === "object" && node !== null && "range" in node && Array.isArray(node.range);
}
function describeIssue(issue) {
	switch (issue.code) {
		case "unrecognized_keys": {
			const keys = issue.keys.map((key) => `"${key}"`).join(", ");
			return `unknown ${issue.keys.length > 1 ? "keys" : "key"} ${keys}: check the spelling, or take it out`;
		}
		case "invalid_type": return issue.input === void 0 ? `is missing (${issue.expected} expected)` : `expected ${issue.expected}${quoteFound(issue.input)}`;
		case "invalid_key": return issue.issues[0]?.message ?? issue.message;
		case "invalid_union": return `${issue.errors.reduce((a, b) => b.length < a.length ? b : a, issue.errors[0] ?? [])[0]?.message ?? issue.message}${quoteFound(issue.input)}`;
		default: return `${issue.message}${quoteFound(issue.input)}`;
	}
}
/** The value that is wrong, where it is short enough to be told. */
function quoteFound(value) {
	return [
		"string",
		"number",
		"boolean"
	].includes(typeof value) ? ` (found ${JSON.stringify(value).slice(0, 80)})` : "";
}

// src/store/load-config.ts
/**
* Reads `herdmark.yml`, if there is one, and lays the overrides over it.
* @throws {InputError} naming the file and line, or the override, that is wrong.
*/
async function loadConfig(path, overrides = {}) {
	const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== void 0));
	const overridden = Object.keys(given).length > 0;
	if (path !== null && !("models" in given)) {
		const file = await readYaml(path, "config", config);
		return overridden ? parseOverrides({
			...file,
			...given
		}) : file;
	}
	return parseOverrides({
		...path === null ? {} : await readYaml(path, "config", config.partial()),
		...given
	});
}
function parseOverrides(value) {
	const result = config.safeParse(value, { reportInput: true });
	if (result.success) return result.data;
	const problems = result.error.issues.map(({ path: [key = "", ...rest], message, input }) => key === "models" && rest.length === 0 && input === void 0 ? "No model is named: give --model NAME, or a config file with models: [NAME]." : `${[key, ...rest].join(".")}: ${message}`);
	throw new InputError("wrong-config", problems.join("\n"), { cause: result.error });
}

// src/core/image-type.ts
/** What an image in base64 is, by the bytes that its format begins with; null where it is none that models take. */
function imageTypeOf(base64) {
	if (base64.startsWith("iVBORw0KGgo")) return "image/png";
	if (base64.startsWith("/9j/")) return "image/jpeg";
	return base64.startsWith("UklGR") && base64.slice(11, 16) === "XRUJQ" ? "image/webp" : null;
}

// src/store/stay-within.ts
/**
* Refuses a file outside a folder, links followed: what a pull request names is read, measured and published.
* @param folder null: any file may be read.
* @throws {InputError} `outside-workspace`. A file that is not there is for its reader to tell.
*/
async function stayWithin(folder, path) {
	if (folder === null) return;
	const real = await realpath(path).catch(() => null);
	if (real === null || real.startsWith(`${await realpath(folder)}${sep}`)) return;
	throw new InputError("outside-workspace", `${path}: lies outside the workspace, and is not read for a comparison. Move it into the repository.`);
}

// src/store/load-images.ts
const mebibyte = 1024 ** 2;
/** Larger ones are scaled down by every model, after they were sent. */
const largestImageBytes = 4 * mebibyte;
/** In base64 they go into every run's inputs, of which a reader takes 8 MiB. */
const largestTogetherBytes = 5 * mebibyte;
/**
* Puts the content of images, in base64, in the place of their paths, which count from `folder`.
* @param within the folder that they must lie in; null: any.
* @throws {InputError} `outside-workspace`
*/
async function loadImages(set, folder, within, report) {
	let togetherBytes = 0;
	const load = (paths, place) => Promise.all(paths.map(async (path, index) => {
		await stayWithin(within, resolve(folder, path));
		const read = await readImage(resolve(folder, path));
		if ("problem" in read) report([...place, index], read.problem, path);
		else togetherBytes += read.bytes;
		return "problem" in read ? path : read.base64;
	}));
	const prompts = await Promise.all(set.prompts.map(async ({ images, messages, ...prompt }, at) => ({
		...prompt,
		...images && { images: await load(images, [
			"prompts",
			at,
			"images"
		]) },
		...messages && { messages: await Promise.all(messages.map(async (message, turn) => message.role === "user" && message.images ? {
			...message,
			images: await load(message.images, [
				"prompts",
				at,
				"messages",
				turn,
				"images"
			])
		} : message)) }
	})));
	if (togetherBytes > largestTogetherBytes) report(["prompts"], `the images of a set may have ${largestTogetherBytes / mebibyte} MiB together: scale them down`);
	return {
		...set,
		prompts
	};
}
async function readImage(path) {
	try {
		const { size } = await stat(path);
		if (size > largestImageBytes) return { problem: `the image has more than ${largestImageBytes / mebibyte} MiB: scale it down` };
		const base64 = await readFile(path, "base64");
		return imageTypeOf(base64) === null ? { problem: "the file is no PNG, JPEG or WebP image: convert it" } : {
			base64,
			bytes: size
		};
	} catch (error) {
		return { problem: error instanceof Error && "code" in error && error.code === "ENOENT" ? "there is no such image: its path counts from the folder of this file" : "the image cannot be read" };
	}
}

// src/store/package-root.ts
/** The folder with Herdmark's own action.yml, whether this runs from src/ or bundled in dist/. */
function packageRoot() {
	let folder = import.meta.dirname;
	while (!existsSync(join(folder, "action.yml"))) {
		const parent = dirname(folder);
		if (parent === folder) throw new Error(`No action.yml above ${import.meta.dirname}: this installation is incomplete.`);
		folder = parent;
	}
	return folder;
}

// src/store/load-prompt-set.ts
/** `{"core@1": "sha256:…"}`, beside the sets: what was published under which version. */
const published = record(string(), sha256);
const publishedFile = "published.json";
/**
* Loads a built-in set (`core`, or `core@1`) or the file at a path relative to `folder`.
* @param within the folder that a file, and the images it names, must lie in; null: any.
* @throws {InputError} where it is wrong, or where it was published and has changed since.
*/
async function loadPromptSet(nameOrPath, folder, within = null) {
	const isFile = /\.ya?ml$/.test(nameOrPath);
	const path = isFile ? resolve(folder, nameOrPath) : await findBuiltIn(nameOrPath);
	if (isFile) await stayWithin(within, path);
	const known = await readPublished(path);
	const set = await readYaml(path, "prompt set", writtenSet(dirname(path), within, known));
	const loaded = {
		...set,
		hash: hashJson(set, sha256Text),
		path,
		document: set
	};
	const hash = known[versionOf(set)];
	if (hash !== void 0 && hash !== loaded.hash) throw new InputError("published-set-changed", `${path}: version ${set.version} of "${set.id}" was published as ${hash} and is now ${loaded.hash}. Runs made before would no longer be comparable. Restore it, or save it as ${set.id}.v${set.version + 1}.yaml with version: ${set.version + 1}.`);
	return loaded;
}
/**
* A set as people write it: its images are files, and what its checks judge must be there to be judged. Of a published
* set that was found out when it was published.
*/
function writtenSet(folder, within, known) {
	return promptSet.transform(async (set, context) => {
		const report = (path, message, input) => context.addIssue({
			code: "custom",
			path,
			message,
			input
		});
		if (!(versionOf(set) in known)) {
			const { findCheckProblems } = await import("./find-check-problems.js");
			set.prompts.forEach((prompt, at) => {
				for (const { index, message } of findCheckProblems(prompt)) report([
					"prompts",
					at,
					"checks",
					index
				], message);
			});
		}
		return loadImages(set, folder, within, report);
	});
}
function versionOf({ id, version }) {
	return `${id}@${version}`;
}
async function readPublished(setPath) {
	const path = join(dirname(setPath), publishedFile);
	let text;
	try {
		text = await readFile(path, "utf8");
	} catch (cause) {
		if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return {};
		throw new InputError("unreadable-file", `${path}: cannot be read.`, { cause });
	}
	try {
		return published.parse(JSON.parse(text));
	} catch (cause) {
		throw new InputError("wrong-published-sets", `${path}: expected {"<id>@<version>": "sha256:…"}. Restore it.`, { cause });
	}
}
/** `core` is the newest version of the set, `core@1` that one. */
async function findBuiltIn(name) {
	const folder = join(packageRoot(), "prompts");
	const [id = name, version] = name.split("@");
	const available = (await readdir(folder)).filter((file) => file.endsWith(".yaml")).sort(byVersion);
	const found = available.findLast((file) => file.startsWith(`${id}.v`) && (version === void 0 || file === `${id}.v${version}.yaml`));
	if (found === void 0) {
		const names = available.map((file) => basename(file, ".yaml").replace(".v", "@")).join(", ");
		throw new InputError("no-such-prompt-set", `"${name}" is no built-in prompt set (there is ${names}) and no path of a .yaml file.`);
	}
	return join(folder, found);
}
/** `core.v2.yaml` before `core.v10.yaml`. Without a collator, which takes a process 5 ms to load. */
function byVersion(a, b) {
	const [idA = "", versionA = ""] = a.split(/\.v(\d+)\.yaml$/);
	const [idB = "", versionB = ""] = b.split(/\.v(\d+)\.yaml$/);
	return idA === idB ? Number(versionA) - Number(versionB) : idA < idB ? -1 : 1;
}

// src/store/load-bench-inputs.ts
const defaultConfig = "herdmark.yml";
/**
* Loads what a benchmark is to measure: the config that was asked for, else herdmark.yml where there is one, with the
* overrides over it; and its prompt set, whose path counts from where it was written: the config or the command.
* @param within the folder that the config and the prompt set must lie in; null: any.
* @throws {InputError}
*/
async function loadBenchInputs(asked, overrides, within = null) {
	const path = asked ?? (existsSync(defaultConfig) ? defaultConfig : null);
	if (path !== null) await stayWithin(within, path);
	const config = await loadConfig(path, overrides);
	const folder = path === null || overrides.prompts !== void 0 ? "." : dirname(path);
	const configLines = path === null ? null : await findConfigLines(path);
	return {
		config,
		promptSet: await loadPromptSet(config.prompts, folder, within),
		configLines
	};
}

// src/action/bench-command.ts
/** `command: bench`: preflight, benchmark, summary, upload, and whether the job fails. */
async function benchCommand(env) {
	const inputs = readInputs();
	const context = await readGithubContext(env);
	const { config, promptSet, configLines, base } = await loadSides(inputs);
	const outDir = await mkdtemp(join(env.RUNNER_TEMP ?? tmpdir(), "herdmark-"));
	const state = {
		outDir,
		host: config.host ?? null,
		unload: [],
		upload: canUpload(inputs, env) ? {
			prefix: inputs.artifactName,
			retentionDays: inputs.retentionDays,
			tried: [],
			done: []
		} : null
	};
	const noArtifacts = inputs.upload === "true" ? explainNoArtifacts(env) : null;
	const { source, campaign, runner } = context;
	const here = {
		config,
		promptSet,
		configLines,
		outDir,
		source,
		campaign,
		runner,
		log: actionLog,
		progress: progressLines(actionLog, clock),
		obstacles: noArtifacts === null ? [] : [noArtifacts],
		beforeLoading: (models) => keepState({
			...state,
			unload: [...models]
		})
	};
	const result = base === null ? await benchHere(here) : await benchSides(here, base);
	if (result instanceof Error) return sayUnchanged(result, env, state, context);
	const { run, runPath, summaryPath, summaryMarkdown, leftovers } = result;
	if (run.status !== "cancelled") keepState(state);
	setOutput("run-path", runPath);
	setOutput("summary-path", summaryPath);
	await summary.addRaw(summaryMarkdown).write();
	if (run.status !== "cancelled") await tryUploads([
		...state.upload === null ? [] : await takeUnsent(findStateFolder(), outDir),
		...leftovers,
		runPath
	], state, context);
	const failure = explainFailure(run, inputs.failOn);
	if (failure !== null) setFailed(toLogText(failure));
}
/**
* Of a comparison only what is measured comes from head's config: models, options and prompts. A pull request may not
* say where the server is, what is pulled, or for how long it is measured.
*/
async function loadSides(inputs) {
	const within = inputs.against === null ? null : ".";
	const head = await loadBenchInputs(inputs.config, toOverrides(inputs), within);
	if (inputs.against === null || inputs.against === "kept") return {
		...head,
		base: inputs.against
	};
	const base = await loadConfig(inputs.against);
	const { models, options, prompts } = head.config;
	const host = inputs.host === null ? {} : { host: inputs.host };
	return {
		...head,
		config: {
			...base,
			models,
			options,
			prompts,
			...host
		},
		base
	};
}
/** That no model was changed is no failure of the pull request: it may change a budget, or a word. */
async function benchSides(here, base) {
	const { benchAgainst, NothingChanged } = await import("./bench-against.js");
	try {
		const { notes, ...result } = await benchAgainst(here, base);
		for (const note of notes) actionLog.info(note);
		return result;
	} catch (error) {
		if (!(error instanceof NothingChanged)) throw error;
		return error;
	}
}
/** Whoever compares is told that there is nothing to compare: without a word from here, it could only find nothing. */
async function sayUnchanged({ message, added, removed }, env, state, context) {
	notice(toLogText(message));
	const { campaign } = context;
	if (state.upload === null || campaign === null) return;
	const { workflowRun } = campaign;
	const runId = createRunId(/* @__PURE__ */ new Date(), randomBytes(3).toString("hex"));
	const folder = await writeUnchangedRecord(runId, {
		workflowRun,
		added,
		removed
	}, env.RUNNER_TEMP);
	try {
		await createUploader(state, context)(folder, unchangedSuffix);
	} catch (error) {
		actionLog.warn(`That no model was changed could not be uploaded: ${String(error)}`);
	}
}
async function tryUploads(folders, state, context) {
	const upload = createUploader(state, context);
	for (const folder of folders) try {
		await upload(folder);
	} catch (error) {
		actionLog.warn(`The upload failed, and the post step will try again: ${String(error)}`);
	}
}
/** What the workflow says instead of the config. */
function toOverrides({ models, prompts, host, loads, rounds }) {
	return {
		models: models.length > 0 ? models : void 0,
		prompts: prompts ?? void 0,
		host: host ?? void 0,
		loads: loads ?? void 0,
		rounds: rounds ?? void 0
	};
}
function canUpload({ upload }, env) {
	if (upload === "false") return false;
	const obstacle = explainNoArtifacts(env);
	if (obstacle !== null && upload === "auto") actionLog.warn(`Nothing will be uploaded: ${obstacle}`);
	return obstacle === null;
}

// src/action/main.ts
/** Each is loaded only where it is asked for: a benchmark is to start at once. */
const commands = {
	bench: benchCommand,
	async compare(env) {
		const { compareCommand } = await import("./compare-command.js");
		const { compareFolders } = await import("./compare-folders.js");
		return compareCommand(env, compareFolders);
	}
};
/** The main step of the action. */
function main(env) {
	return commands[readCommand()](env);
}

// src/action/index.ts
await main(process.env).catch(reportFailure);

export {  };