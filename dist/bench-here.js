import { t as version } from "./package.js";
import { E as calibration, F as datetime } from "./run.js";
import { d as int, h as object, v as string } from "./plain-text.js";
import { n as OllamaError, r as sameModel } from "./client.js";
import { n as openOllama, t as clock } from "./open-ollama.js";
import { t as formatBytes } from "./format.js";
import { t as InputError } from "./input-error.js";
import { n as runsUnderWay, t as findStateFolder } from "./state-folder.js";
import { randomBytes } from "node:crypto";
import { mkdir, readFile, readlink, rm, stat, statfs, utimes, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { setTimeout } from "node:timers/promises";

// src/store/calibration-file.ts
const fileName = "calibration.json";
/** The calibration of this machine, if it was made with these versions; null where there is none. */
async function readCalibration(stateFolder, { herdmarkVersion, nodeVersion }) {
	const text = await readFile(join(stateFolder, fileName), "utf8").catch(() => "");
	const stored = calibration.safeParse(parseJson(text));
	if (!stored.success) return null;
	return stored.data.herdmarkVersion === herdmarkVersion && stored.data.nodeVersion === nodeVersion ? stored.data : null;
}
async function writeCalibration(stateFolder, value) {
	await mkdir(stateFolder, { recursive: true });
	await writeFile(join(stateFolder, fileName), `${JSON.stringify(value, null, 2)}\n`);
}
/** What is damaged is measured again. */
function parseJson(text) {
	try {
		return JSON.parse(text);
	} catch {
		return null;
	}
}

// src/calibrate/find-calibration.ts
/** Enough for a p50 that holds still; a run should not wait long for it. */
const requests = 40;
/**
* The client's own error on this machine: as it was measured with these versions of Herdmark and Node, else measured
* now, in seconds, and kept. null where that was cancelled, or failed.
* @param stateFolder null: nothing is kept.
*/
async function findCalibration(stateFolder, { log, clock, signal }) {
	const versions = {
		herdmarkVersion: version,
		nodeVersion: process.versions.node
	};
	const known = stateFolder === null ? null : await readCalibration(stateFolder, versions);
	if (known !== null) return known;
	log.info("Measuring the client’s own error on this machine, once for this version …");
	const { calibrateClient } = await import("./calibrate-client.js");
	try {
		const measured = await calibrateClient({
			requests,
			clock,
			signal
		});
		if (measured !== null && stateFolder !== null) await writeCalibration(stateFolder, measured);
		return measured;
	} catch (error) {
		log.warn(`The client’s own error could not be measured: ${String(error)}`);
		return null;
	}
}

// src/preflight.ts
/** Far above what a run writes, far below what a machine with room has. */
const neededBytes = 256 * 1024 ** 2;
/**
* Looks for everything that would make a run fail before the first model is loaded.
* @returns sentences that say what is wrong and what to do; none if the run can start.
*/
async function findObstacles({ models, pull, host, outDir }, client) {
	return (await Promise.all([findServerObstacles({
		models,
		pull,
		host
	}, client), findDiskObstacles(outDir)])).flat();
}
/** @throws {InputError} that lists all obstacles at once. */
function refuseObstacles(obstacles) {
	if (obstacles.length === 0) return;
	const list = obstacles.length === 1 ? obstacles : obstacles.map((it, index) => `${index + 1}. ${it}`);
	throw new InputError("preflight", ["The benchmark cannot start.", ...list].join("\n"));
}
async function findServerObstacles({ models, pull, host }, client) {
	try {
		const tags = await client.tags();
		if (pull !== false) return [];
		return models.filter((model) => !tags.some(({ name }) => sameModel(name, model.name))).map(({ name }) => `Model "${name}" is not on ${host}. Fetch it with \`ollama pull ${name}\`, set \`pull: true\` in the config, or mend its name. ${tags.length === 0 ? "The server has no models." : `The server has: ${listNames(tags)}.`}`);
	} catch (error) {
		if (!(error instanceof OllamaError)) throw error;
		return [outOfReach.includes(error.code) ? `${error.message}\n${waysToReach(host)}` : error.message];
	}
}
const outOfReach = [
	"unreachable",
	"not-ollama",
	"forbidden-host"
];
function waysToReach(host) {
	return [
		`Ollama has to be reachable from this machine at ${host}:`,
		"  - as a service: `systemctl start ollama` (or `ollama serve`), then `curl http://127.0.0.1:11434/api/version`;",
		"  - in Docker: `docker run -d --gpus=all -p 11434:11434 ollama/ollama`;",
		"  - on another machine, or seen from a container: start it with `OLLAMA_HOST=0.0.0.0`, and give its address as `host`, as 127.0.0.1 in a container is the container."
	].join("\n");
}
function listNames(tags) {
	const shown = tags.slice(0, 10).map(({ name }) => name);
	return shown.join(", ") + (tags.length > shown.length ? `, and ${tags.length - shown.length} more` : "");
}
async function findDiskObstacles(outDir) {
	const free = await findFreeBytes(resolve(outDir));
	if (free instanceof Error) return [`${outDir} cannot be written (${free.message}): choose another folder.`];
	if (free >= neededBytes) return [];
	return [`${outDir} has ${formatBytes(free)} left, and a run needs up to ${formatBytes(neededBytes)}: make room, or choose another folder.`];
}
/** On the file system of a folder that may not exist yet; or why that cannot be told. */
async function findFreeBytes(folder) {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch (error) {
		if (!(error instanceof Error && "code" in error)) throw error;
		if (error.code !== "ENOENT" || dirname(folder) === folder) return error;
		return findFreeBytes(dirname(folder));
	}
}

// src/store/machine-lock.ts
/** Who measures on this machine. */
const owner = object({
	token: string(),
	pid: int().positive(),
	/** When the process began, in the kernel's words: a pid is given out again. null where that is not known. */
	processStart: string().nullable(),
	/** Where pids are counted apart, as in containers that share the folder, a pid says nothing. */
	pidNamespace: string().nullable(),
	since: datetime()
});
const heartbeatMs = 1e4;
/** A process that is alive touches its lock six times in this. */
const staleMs = 6e4;
/**
* Lets one benchmark at a time run on a machine: two would measure each other. The lock of a process that is gone, or
* that has not touched it for a minute, is taken over.
* @throws {InputError} `already-running`, naming who holds it.
*/
async function lockMachine(stateFolder, now = () => /* @__PURE__ */ new Date()) {
	await mkdir(stateFolder, { recursive: true });
	const path = join(stateFolder, "lock.json");
	const own = {
		token: randomBytes(8).toString("hex"),
		pid: process.pid,
		processStart: await readProcessStart(process.pid),
		pidNamespace: await readPidNamespace(),
		since: now().toISOString()
	};
	if (!await tryTake(path, own)) {
		const held = await readOwner(path);
		if (held !== null && await isAlive(held, own, path)) throw explainHeld(held, path);
		await rm(path, { force: true });
		if (!await tryTake(path, own)) throw explainHeld(await readOwner(path), path);
	}
	const heartbeat = setInterval(() => void utimes(path, /* @__PURE__ */ new Date(), /* @__PURE__ */ new Date()).catch(() => void 0), heartbeatMs);
	heartbeat.unref();
	return { async [Symbol.asyncDispose]() {
		clearInterval(heartbeat);
		if ((await readOwner(path))?.token === own.token) await rm(path, { force: true });
	} };
}
async function tryTake(path, own) {
	try {
		await writeFile(path, JSON.stringify(own), { flag: "wx" });
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
		throw error;
	}
}
/** null where there is none, or it is damaged, as by a machine that lost its power while writing. */
async function readOwner(path) {
	const text = await readFile(path, "utf8").catch(() => "");
	try {
		return owner.parse(JSON.parse(text));
	} catch {
		return null;
	}
}
async function isAlive(held, own, path) {
	if (held.pidNamespace === own.pidNamespace) return isProcess(held.pid) && await readProcessStart(held.pid) === held.processStart;
	const touchedMs = (await stat(path).catch(() => null))?.mtimeMs ?? 0;
	return Date.now() - touchedMs < staleMs;
}
function isProcess(pid) {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return error instanceof Error && "code" in error && error.code === "EPERM";
	}
}
/** Field 22 of /proc/<pid>/stat, in clock ticks since boot (proc_pid_stat(5)); after the name, which may hold anything. */
async function readProcessStart(pid) {
	const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "");
	return text.slice(text.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}
async function readPidNamespace() {
	return readlink("/proc/self/ns/pid").catch(() => null);
}
function explainHeld(held, path) {
	const who = held === null ? "Another benchmark" : `Process ${held.pid}, since ${held.since.slice(0, 19)},`;
	return new InputError("already-running", `${who} is measuring on this machine, and two benchmarks would measure each other. Wait until it is done, or end it. (${path})`);
}

// src/bench-here.ts
const outsideActions = {
	source: {
		event: null,
		repository: null,
		workflowPath: null,
		ref: null,
		sha: null,
		pullRequest: null
	},
	campaign: null,
	runner: null,
	shard: null,
	comparison: null
};
/**
* Benchmarks from this machine, with the real clock, client and hardware, once preflight found nothing in the way and
* no other benchmark is running here. SIGINT and SIGTERM end the run early and keep what it measured; a second one kills.
* @throws {InputError} that lists all obstacles.
*/
async function benchHere(here) {
	const { log, progress, obstacles = [], beforeLoading, ...request } = here;
	const { config, outDir } = request;
	await using ollama = openOllama(config.host ?? null, config.deadlines);
	const { client, host } = ollama;
	const models = here.comparison?.pairs.flatMap(({ base, head }) => [base, head]) ?? config.models;
	const found = await findObstacles({
		models,
		pull: config.pull,
		host,
		outDir
	}, client);
	refuseObstacles([...found, ...obstacles]);
	using cancel = cancelOnSignal(log);
	const { signal } = cancel;
	const stateFolder = await openStateFolder(log);
	await using _ = stateFolder === null ? null : await waitForLock(stateFolder, config, log, signal);
	const calibration = config.calibrate ? await findCalibration(stateFolder, {
		log,
		clock,
		signal
	}) : null;
	beforeLoading?.(await findUnloaded(models, ollama));
	const { runBenchHere } = await import("./run-bench-here.js");
	const workDir = stateFolder === null ? null : runsUnderWay(stateFolder);
	const result = await runBenchHere({
		...outsideActions,
		...request,
		calibration,
		signal,
		workDir
	}, {
		client,
		log,
		progress
	}, host);
	if (stateFolder !== null) await keepNight(stateFolder, result, config.comparison.rounds, log);
	return result;
}
/** What a night tells of its machine's loads, for the comparisons to come. It is no part of the run, so it fails none. */
async function keepNight(stateFolder, { run, runPath }, rounds, log) {
	if (run.plan.comparison !== null) return;
	const [{ addNightVariances }, { readSamples }] = await Promise.all([import("./load-variances2.js"), import("./read-samples.js")]);
	try {
		await addNightVariances(stateFolder, run, await readSamples(runPath, run.schemaVersion), rounds);
	} catch (error) {
		if (!(error instanceof Error && "syscall" in error)) throw error;
		log.warn(`What this run tells of loads is not kept: ${error.message}`);
	}
}
/** null where it cannot be written: then a run that is killed is lost, and nothing else. */
async function openStateFolder(log) {
	const folder = findStateFolder();
	try {
		await mkdir(runsUnderWay(folder), { recursive: true });
		return folder;
	} catch (error) {
		if (!(error instanceof Error && "syscall" in error)) throw error;
		log.warn(`${folder} cannot be written (${error.message}): a run that is killed cannot go on later, and other benchmarks on this machine go unnoticed. Set HERDMARK_STATE to a folder that outlives the job.`);
		return null;
	}
}
const betweenTriesMs = 2e3;
async function waitForLock(stateFolder, { busy, busyMinutes }, log, signal) {
	const untilMs = clock() + (busy === "wait" ? busyMinutes * 6e4 : 0);
	for (let said = false;; said = true) try {
		return await lockMachine(stateFolder);
	} catch (error) {
		if (!(error instanceof InputError && error.code === "already-running") || clock() >= untilMs || signal.aborted) throw error;
		if (!said) log.info(`${error.message} Waiting up to ${busyMinutes} min.`);
		await setTimeout(betweenTriesMs, void 0, { signal }).catch(() => void 0);
	}
}
async function findUnloaded(models, { client }) {
	const loaded = await client.ps();
	return models.map(({ name }) => name).filter((name) => !loaded.some((it) => sameModel(it.name, name)));
}
function cancelOnSignal(log) {
	const cancel = new AbortController();
	const onSignal = (signal) => {
		log.warn(`${signal}: stopping. What was measured is kept; once more to stop at once.`);
		cancel.abort();
	};
	process.once("SIGINT", onSignal).once("SIGTERM", onSignal);
	return {
		signal: cancel.signal,
		[Symbol.dispose]: () => void process.off("SIGINT", onSignal).off("SIGTERM", onSignal)
	};
}

export { benchHere as t };