import { c as setFailed, i as getState, l as setOutput, s as saveState } from "./core.js";
import { d as int, h as object, s as array, v as string } from "./plain-text.js";
import { _ as UnreadableDocument } from "./run.js";
import { n as OllamaError } from "./client.js";
import { t as InputError } from "./input-error.js";
import { n as toLogText, o as nameArtifact, s as uploadArtifact, t as actionLog } from "./log.js";
import { t as moveFolder } from "./move-folder.js";
import { mkdir, readdir } from "node:fs/promises";
import { basename, join } from "node:path";

// src/store/unsent-runs.ts
const folderName = "unsent";
async function keepUnsent(stateFolder, runPath, runId) {
	await mkdir(join(stateFolder, folderName), { recursive: true });
	await moveFolder(runPath, join(stateFolder, folderName, runId));
}
/** Moves all of them into `outDir`, beside the runs of this job. Returns their paths. */
async function takeUnsent(stateFolder, outDir) {
	const ids = await readdir(join(stateFolder, folderName)).catch(() => []);
	return Promise.all(ids.sort().map((id) => moveFolder(join(stateFolder, folderName, id), join(outDir, id))));
}

// src/action/state.ts
/** What the main step leaves to the post step, which also runs where main was killed. */
const state = object({
	/** The folder in which the run's folder is made. */
	outDir: string(),
	host: string().nullable(),
	/** What a run that was cut off may have left in the server's memory. */
	unload: array(string()),
	/** How to upload what is in outDir; null where nothing is to be. */
	upload: object({
		prefix: string(),
		retentionDays: int().nullable(),
		/** Ids of the runs whose upload was begun, and of those that are up. */
		tried: array(string()),
		done: array(string())
	}).nullable()
});
const key = "herdmark";
/** Replaces what was kept before. */
function keepState(value) {
	saveState(key, value);
}
/** null where main never came to measuring. */
function recallState() {
	const text = getState(key);
	return text === "" ? null : state.parse(JSON.parse(text));
}

// src/action/upload-run.ts
/** Ends the name of an artifact that holds a run as far as it came: who collects runs does not take it for one. */
const killedSuffix = "-killed";
/**
* Uploads run folders, each once, sets the outputs that lead to it, and keeps as state what was tried and what is done.
* Nothing is uploaded where the state says so.
*/
function createUploader(state, { job, runUrl }) {
	let { upload } = state;
	const keep = (changed) => {
		upload = changed;
		keepState({
			...state,
			upload
		});
	};
	return async (folder, suffix = "") => {
		const runId = basename(folder);
		if (upload === null || upload.done.includes(runId)) return;
		const retry = upload.tried.includes(runId) ? "-retry" : "";
		keep({
			...upload,
			tried: [...upload.tried, runId]
		});
		const name = `${nameArtifact(upload.prefix, job, runId)}${suffix}${retry}`;
		const { id } = await uploadArtifact({
			name,
			folder,
			retentionDays: upload.retentionDays
		});
		setOutput("artifact-id", id);
		if (runUrl !== null) setOutput("artifact-url", `${runUrl}/artifacts/${id}`);
		actionLog.info(`The run was uploaded as artifact ${name}.`);
		keep({
			...upload,
			done: [...upload.done, runId]
		});
	};
}

// src/expected-error.ts
/** Errors whose message is written for the person who meets them; any other is a fault of ours, and shown whole. */
function isExpectedError(error) {
	return [
		InputError,
		OllamaError,
		UnreadableDocument
	].some((kind) => error instanceof kind);
}

// src/action/report-failure.ts
/** Fails the job over an error: an expected one as its sentence, an unexpected one with its stack and causes. */
function reportFailure(error) {
	const message = error instanceof Error ? error.message : String(error);
	if (!isExpectedError(error)) for (let cause = error; cause instanceof Error; cause = cause.cause) actionLog.info(cause.stack ?? cause.message);
	setFailed(toLogText(message));
}

export { recallState as a, keepState as i, createUploader as n, keepUnsent as o, killedSuffix as r, takeUnsent as s, reportFailure as t };