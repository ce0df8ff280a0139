import { d as warning } from "./core.js";
import { d as int, h as object } from "./plain-text.js";
import { n as slugify } from "./slug.js";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";

// src/store/artifacts.ts
/** Ends the name of every artifact that holds a run, so that it is known by its name and never clashes. */
const runArtifactName = /-(?<runId>\d{8}t\d{6}z-[0-9a-f]{6})(?:-retry)?$/;
/** `<prefix>-<job>-<run id>`. A run id differs between jobs, attempts and the shards of a matrix, as a name must. */
function nameArtifact(prefix, job, runId) {
	return `${slugify(prefix)}-${slugify(job)}-${runId}`;
}
/** The id of the run that an artifact holds, or null for any other artifact. */
function findRunId(artifactName) {
	return runArtifactName.exec(artifactName)?.groups?.runId ?? null;
}
/** Why artifacts cannot be uploaded from here, and what to do; null if they can. */
function explainNoArtifacts(env) {
	const { hostname } = new URL(env.GITHUB_SERVER_URL || "https://github.com");
	if (hostname !== "github.com" && !hostname.endsWith(".ghe.com") && !hostname.endsWith(".localhost")) return `${hostname} is a GitHub Enterprise Server, which does not take these artifacts: set \`upload: false\` and keep the folder of the output \`run-path\` by other means.`;
	const missing = ["ACTIONS_RUNTIME_TOKEN", "ACTIONS_RESULTS_URL"].filter((name) => !env[name]);
	if (missing.length === 0) return null;
	return `${missing.join(" and ")} not set, so that artifacts cannot be uploaded: use Herdmark as an action (\`uses:\`), as \`run:\` steps are not given them, or set \`upload: false\`.`;
}
/**
* Uploads a folder as one artifact of this workflow run and compares what was stored with what was sent.
* @throws {Error} where it cannot be uploaded, or arrived changed.
*/
async function uploadArtifact({ name, folder, retentionDays }) {
	const { DefaultArtifactClient } = await import("./artifact.js");
	const client = new DefaultArtifactClient();
	const files = (await readdir(folder, {
		recursive: true,
		withFileTypes: true
	})).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
	const sent = await client.uploadArtifact(name, files, folder, retentionDays === null ? {} : { retentionDays });
	if (sent.id === void 0) throw new Error(`The artifact service gave artifact ${name} no id.`);
	const stored = (await client.getArtifact(name)).artifact.digest;
	if (stored && sent.digest && stored.replace(/^sha256:/, "") !== sent.digest) throw new Error(`Artifact ${name} arrived as ${stored}, but was sent as sha256:${sent.digest}.`);
	return { id: sent.id };
}

// src/action/github-context.ts
const pullRequestEvent = object({ pull_request: object({ number: int().positive() }) });
/** Reads the variables and the event that the runner gives to every step. */
async function readGithubContext(env) {
	const of = (name) => env[name] || null;
	const repository = of("GITHUB_REPOSITORY");
	const workflowRun = of("GITHUB_RUN_ID");
	const attempt = Number(of("GITHUB_RUN_ATTEMPT") ?? 1);
	return {
		source: {
			event: of("GITHUB_EVENT_NAME"),
			repository,
			workflowPath: of("GITHUB_WORKFLOW_REF")?.replace(`${repository}/`, "").replace(/@.*$/, "") ?? null,
			ref: of("GITHUB_REF"),
			sha: of("GITHUB_SHA"),
			pullRequest: await readPullRequest(of("GITHUB_EVENT_PATH"))
		},
		campaign: workflowRun === null ? null : {
			id: `${workflowRun}-${attempt}`,
			workflowRun,
			attempt
		},
		runner: {
			name: null,
			environment: of("RUNNER_ENVIRONMENT"),
			labels: [
				of("RUNNER_ENVIRONMENT"),
				of("RUNNER_OS"),
				of("RUNNER_ARCH")
			].filter((it) => it !== null)
		},
		job: of("GITHUB_JOB") ?? "job",
		runUrl: repository === null || workflowRun === null ? null : `${of("GITHUB_SERVER_URL") ?? "https://github.com"}/${repository}/actions/runs/${workflowRun}`
	};
}
async function readPullRequest(eventPath) {
	if (eventPath === null) return null;
	const event = pullRequestEvent.safeParse(JSON.parse(await readFile(eventPath, "utf8")));
	return event.success ? event.data.pull_request.number : null;
}

// src/action/log.ts
const invisible = "​";
/**
* Makes text harmless for the log of a job, whose runner obeys `::command::` at the start of a line (after blanks)
* and `##[command]` anywhere in one, on stdout and stderr alike. A carriage return starts a line there too.
*/
function toLogText(text) {
	return text.toWellFormed().replace(/\r\n?/g, "\n").replace(/(?![\n\t])\p{Cc}/gu, " ").replace(/##\[/g, `#${invisible}#[`).replace(/^(\s*):(?=:)/gmu, `$1:${invisible}`);
}
/** The log of a job. Lines may hold what models, servers and artifacts say. */
const actionLog = {
	info: (line) => void process.stdout.write(`${toLogText(line)}\n`),
	warn: (line) => warning(toLogText(line))
};

export { findRunId as a, explainNoArtifacts as i, toLogText as n, nameArtifact as o, readGithubContext as r, uploadArtifact as s, actionLog as t };