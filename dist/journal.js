import { b as union, h as object, s as array, v as string } from "./plain-text.js";
import { n as outputDocument, r as planDocument } from "./documents.js";
import { M as sha256, a as run, h as plannedVariant, l as sample, o as variant, v as readDocument } from "./run.js";
import { readFile, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

// src/store/journal.ts
const journalFile = "journal.ndjson";
const resumeFile = "resume.json";
const journalLine = union([
	object({ sent: string() }),
	object({ loaded: sha256 }),
	object({ unloaded: sha256 })
]);
/** What of a run's report is known before anything is measured. */
const resumeFacts = object({
	/** Which plan it carries out; a run goes on only with the same one. */
	planHash: sha256,
	facts: run.pick({
		id: true,
		campaign: true,
		machine: true,
		shard: true,
		source: true,
		startedAt: true,
		environment: true,
		calibration: true,
		knownLoads: true,
		objectives: true
	}),
	variants: array(variant.pick({
		family: true,
		format: true,
		parameterSize: true,
		quantization: true,
		sizeBytes: true,
		trainedContext: true,
		templateHash: true,
		capabilities: true,
		flags: true
	}).extend(plannedVariant.shape))
});
/**
* All runs in a folder that were not finished.
* @param prune whether one that cannot be read is removed, as it is of no use to anybody. Only for who holds the
*   machine's lock: another process may just be writing it.
*/
async function readUnfinishedRuns(workDir, { prune }) {
	const names = await readdir(workDir).catch(() => []);
	return (await Promise.all(names.map(async (name) => {
		const path = join(workDir, name);
		try {
			return await readUnfinishedRun(path);
		} catch {
			if (prune) await rm(path, {
				recursive: true,
				force: true
			});
			return null;
		}
	}))).filter((it) => it !== null).sort((a, b) => b.lastActiveMs - a.lastActiveMs);
}
async function readUnfinishedRun(path) {
	const facts = resumeFacts.parse(await readJson(join(path, resumeFile)));
	const plan = readDocument(planDocument, await readJson(join(path, "plan.json")));
	const samples = await readSamples(path);
	const { loaded, sent } = await readJournal(path);
	const answered = new Set(samples.map(({ id }) => id));
	return {
		...facts,
		path,
		plan,
		samples,
		loaded,
		answers: await readAnswers(path, plan),
		lost: sent.filter((id) => !answered.has(id)),
		lastActiveMs: (await stat(join(path, journalFile))).mtimeMs
	};
}
/** Of several lines with one id the last counts; a line that was cut off in the middle was never kept. */
async function readSamples(path) {
	const byId = /* @__PURE__ */ new Map();
	for (const value of await readLines(join(path, "samples.ndjson"))) {
		const sample$1 = sample.parse(value);
		byId.set(sample$1.id, sample$1);
	}
	return [...byId.values()];
}
async function readJournal(path) {
	const sent = /* @__PURE__ */ new Set();
	const loaded = /* @__PURE__ */ new Set();
	for (const value of await readLines(join(path, journalFile))) {
		const line = journalLine.parse(value);
		if ("sent" in line) sent.add(line.sent);
		else if ("loaded" in line) loaded.add(line.loaded);
		else loaded.delete(line.unloaded);
	}
	return {
		sent: [...sent],
		loaded: [...loaded]
	};
}
async function readAnswers(path, { variants }) {
	const answers = /* @__PURE__ */ new Map();
	for (const { key } of variants) {
		const folder = join(path, "outputs", key);
		const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
		const outputs = await Promise.all(files.map(async (file) => readDocument(outputDocument, await readJson(join(folder, file)))));
		answers.set(key, new Map(outputs.map((output) => [output.prompt, output.answers])));
	}
	return answers;
}
async function readLines(path) {
	const lines = (await readFile(path, "utf8")).split("\n");
	return lines.flatMap((line, index) => {
		if (line === "") return [];
		try {
			return [JSON.parse(line)];
		} catch (error) {
			if (index === lines.length - 1) return [];
			throw error;
		}
	});
}
async function readJson(path) {
	return JSON.parse(await readFile(path, "utf8"));
}

export { resumeFile as i, readJson as n, readUnfinishedRuns as r, journalFile as t };