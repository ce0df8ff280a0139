import { n as OllamaError, r as sameModel } from "./client.js";
import { n as openOllama } from "./open-ollama.js";
import { r as readUnfinishedRuns } from "./journal.js";
import { n as runsUnderWay, t as findStateFolder } from "./state-folder.js";
import { a as recallState, n as createUploader, o as keepUnsent, r as killedSuffix, t as reportFailure } from "./report-failure.js";
import { r as readGithubContext, t as actionLog } from "./log.js";
import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";

// src/action/finish.ts
/** In seconds: a job that was cancelled should not wait long for a server that is stuck. */
const deadlines = {
	load: 60,
	firstToken: 30,
	stall: 30,
	total: 60
};
/** The post step: does what main could not, because it failed or was killed. */
async function finish(env) {
	const state = recallState();
	if (state === null) return;
	if (state.unload.length > 0) await unloadLeftovers(state);
	if (state.upload === null) return;
	const context = await readGithubContext(env);
	const upload = createUploader(state, context);
	for (const runId of await readdir(state.outDir)) await uploadOrKeep(join(state.outDir, runId), upload);
	if (state.unload.length > 0) await uploadKilled(upload, context);
}
/** What cannot be uploaded now goes with the next run from this machine; the job fails all the same. */
async function uploadOrKeep(folder, upload) {
	try {
		await upload(folder);
	} catch (error) {
		await keepUnsent(findStateFolder(), folder, basename(folder));
		actionLog.info("The run is kept on this machine, and will be uploaded with the next one.");
		throw error;
	}
}
/**
* The run of this job, if its process was killed: as far as it came, under a name that says so. It stays where it is,
* and the next run from this machine goes on with it or reports it; from a machine that is thrown away it was all.
*/
async function uploadKilled(upload, { campaign }) {
	const own = (await readUnfinishedRuns(runsUnderWay(findStateFolder()), { prune: false })).find(({ facts }) => campaign !== null && facts.campaign?.id === campaign.id);
	if (own !== void 0) await upload(own.path, killedSuffix);
}
async function unloadLeftovers({ host, unload }) {
	await using ollama = openOllama(host, deadlines);
	try {
		for (const { name } of await ollama.client.ps()) {
			if (!unload.some((ours) => sameModel(ours, name))) continue;
			await ollama.client.unload(name);
			actionLog.info(`Unloaded ${name}, which the run had left in memory.`);
		}
	} catch (error) {
		if (!(error instanceof OllamaError)) throw error;
		actionLog.warn(`What the run left in the server's memory could not be unloaded: ${error.message}`);
	}
}

// src/action/post.ts
await finish(process.env).catch(reportFailure);

export {  };