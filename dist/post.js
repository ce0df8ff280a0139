import { C as sameModel, a as actionLog, i as recallState, n as uploadRun, s as readGithubContext, t as reportFailure, u as openOllama, w as OllamaError } from "./shared.js";
import { readdir } from "node:fs/promises";
import { join } from "node:path";

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
	for (const runId of await readdir(state.outDir)) await uploadRun(join(state.outDir, runId), state.upload, context);
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