import { i as readSample } from "./documents.js";
import { _ as UnreadableDocument } from "./run.js";
import { join } from "node:path";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

// src/store/read-samples.ts
/**
* Reads samples.ndjson of a run's folder, of any age: its lines are of the version of the report beside them.
* @param schemaVersion as summary.json states it, before migration.
* @throws {UnreadableDocument} at the first line that is no sample, or where there are none.
*/
async function readSamples(folder, schemaVersion) {
	const samples = [];
	try {
		for await (const line of createInterface({ input: createReadStream(join(folder, "samples.ndjson")) })) samples.push(readSample(JSON.parse(line), schemaVersion));
	} catch (cause) {
		if (cause instanceof UnreadableDocument) throw cause;
		throw new UnreadableDocument("not-a-document", `${folder}: samples.ndjson cannot be read.`, { cause });
	}
	return samples;
}

export { readSamples as t };