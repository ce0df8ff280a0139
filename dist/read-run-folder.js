import { i as runDocument, t as outputDocument } from "./documents.js";
import { n as promptSet } from "./prompt-set.js";
import { n as readDocument, t as UnreadableDocument } from "./version.js";
import { readFile, readdir, realpath, stat } from "node:fs/promises";
import { join, sep } from "node:path";

// src/store/read-run-folder.ts
const mebibyte = 1024 ** 2;
/** A real nightly stays a hundred times below these: whoever exceeds them is not a benchmark. */
const largestBytes = {
	summary: 32 * mebibyte,
	promptSet: 8 * mebibyte,
	output: 8 * mebibyte,
	samples: 256 * mebibyte
};
/**
* Reads one run folder. Its content is untrusted: sizes are capped, links out of it refused, and only names that
* the schema has taken become part of a path.
* @throws {UnreadableDocument} at the first document that is missing or damaged.
*/
async function readRunFolder(folder) {
	const run = readDocument(runDocument, await readJson(folder, "summary.json", largestBytes.summary));
	const outputs = (await Promise.all(run.series.map(async ({ variant, prompt }) => {
		const file = `outputs/${variant}/${prompt}.json`;
		const json = await readJson(folder, file, largestBytes.output, "optional");
		if (json === void 0) return null;
		const output = readDocument(outputDocument, json);
		if (output.variant !== variant || output.prompt !== prompt) throw new UnreadableDocument("invalid", `${file} holds the answer of another model or prompt.`);
		return {
			file,
			output
		};
	}))).filter((it) => it !== null);
	const lineFiles = ["samples.ndjson", "telemetry.ndjson"];
	const readable = await Promise.all(lineFiles.map((file) => isReadable(folder, file, largestBytes.samples)));
	return {
		folder,
		run,
		promptSet: await readPromptSet(folder, run),
		outputs: outputs.map(({ output }) => output),
		files: [
			"summary.json",
			...lineFiles.filter((_, index) => readable[index]),
			...outputs.map(({ file }) => file)
		]
	};
}
/** Prompt sets have no version of their own document: one that a newer Herdmark wrote costs its texts, not the run. */
async function readPromptSet(folder, run) {
	const json = await readJson(folder, "inputs/prompt-set.json", largestBytes.promptSet, "optional");
	const result = promptSet.safeParse(json);
	return result.success && result.data.id === run.promptSet.id ? result.data : null;
}
async function readJson(folder, file, maxBytes, need) {
	if (!await isReadable(folder, file, maxBytes)) {
		if (need === "optional") return void 0;
		throw new UnreadableDocument("not-a-document", `It has no ${file}.`);
	}
	const text = await readFile(join(folder, file), "utf8");
	try {
		return JSON.parse(text);
	} catch (cause) {
		throw new UnreadableDocument("not-a-document", `${file} is not JSON.`, { cause });
	}
}
/**
* Whether the file is there.
* @throws {UnreadableDocument} where it is too large, no file, or leads out of the folder.
*/
async function isReadable(folder, file, maxBytes) {
	let path;
	try {
		path = await realpath(join(folder, file));
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
		throw new UnreadableDocument("not-a-document", `${file} cannot be read.`, { cause: error });
	}
	if (!path.startsWith(await realpath(folder) + sep)) throw new UnreadableDocument("invalid", `${file} is a link out of the run's folder.`);
	const found = await stat(path);
	if (!found.isFile()) throw new UnreadableDocument("invalid", `${file} is not a file.`);
	if (found.size > maxBytes) throw new UnreadableDocument("invalid", `${file} is larger than ${maxBytes / mebibyte} MiB.`);
	return true;
}

export { readRunFolder as t };