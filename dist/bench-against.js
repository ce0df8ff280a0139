import { t as benchHere } from "./bench-here.js";
import { i as boolean, m as string, r as array } from "./schemas.js";
import { f as loadVariance, i as listLoadVariances, n as compareWithin, t as readWholeRun } from "./read-whole-run.js";
import { a as pairModels, i as listAskedModels, t as findEarlier } from "./kept-models.js";
import { r as sameModel } from "./client.js";
import { n as openOllama } from "./open-ollama.js";
import { S as datetime, d as InputError } from "./version.js";
import { t as findStateFolder } from "./state-folder.js";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { existsSync } from "node:fs";

// src/store/load-variances.ts
const stored = array(loadVariance.extend({
	machine: string(),
	resident: boolean(),
	measuredAt: datetime()
}));
const fileName = "load-variances.json";
/** How much loads differ, by machine, as earlier comparisons here found; what is damaged is learnt anew. */
async function readLoadVariances(stateFolder) {
	const text = await readFile(join(stateFolder, fileName), "utf8").catch(() => "[]");
	try {
		return stored.parse(JSON.parse(text));
	} catch {
		return [];
	}
}
/** Those that tell of another comparison on the same machine, of models in memory together or not. */
function variancesLike(all, { machine, plan }) {
	return all.filter((it) => it.machine === machine.id && it.resident === (plan.comparison?.resident ?? false));
}
async function addLoadVariances(stateFolder, { machine, startedAt, plan }, found) {
	const where = {
		machine: machine.id,
		resident: plan.comparison?.resident ?? false,
		measuredAt: startedAt
	};
	const added = found.map((it) => ({
		...it,
		...where
	}));
	const all = [...await readLoadVariances(stateFolder), ...added];
	await mkdir(stateFolder, { recursive: true });
	await writeFile(join(stateFolder, fileName), `${JSON.stringify(all.slice(-400), null, 2)}\n`);
}

// src/bench-against.ts
const seed = 1;
const loadsAtATime = 3;
/**
* Measures what changed between two configs, base and head in turn, and says what it is. Looks at stated numbers of
* loads whether every metric has its word, and measures more where not.
* @param base the config of before; `kept`: of each tag that has moved, the model that it stood for before.
* @throws {InputError} where the configs ask for the same, or no tag has moved.
*/
async function benchAgainst(here, base) {
	const { config, log } = here;
	const asked = listAskedModels(config);
	const pairing = base === "kept" ? await pairWithKept(config) : pairModels(listAskedModels(base), asked);
	if (pairing.changed.length === 0) throw explainNothingChanged(pairing, base === "kept");
	const { comparison } = config;
	const stateFolder = findStateFolder();
	const variances = await readLoadVariances(stateFolder);
	const result = await benchHere({
		...here,
		config: {
			...config,
			rounds: comparison.rounds
		},
		comparison: {
			pairs: pairing.changed,
			seed,
			looks: listLooks(comparison)
		},
		isSettled: (soFar, plan) => {
			const { models } = compareWithin(soFar, plan, variancesLike(variances, soFar.run));
			const words = models.flatMap(({ metrics }) => metrics.map(({ word }) => word));
			log.info(`After ${plan.loads} loads: ${words.join(", ")}.`);
			return !words.includes("inconclusive");
		}
	});
	const whole = await readWholeRun(result.runPath);
	const verdict = result.run.status === "cancelled" ? null : compareWithin(whole, whole.plan, variancesLike(variances, whole.run));
	if (verdict !== null) {
		await addLoadVariances(stateFolder, whole.run, listLoadVariances(verdict));
		await writeVerdict(result.runPath, verdict);
	}
	return {
		...result,
		verdict,
		notes: describeRest(pairing)
	};
}
async function writeVerdict(runPath, verdict) {
	await writeFile(join(runPath, "verdict.json"), `${JSON.stringify(verdict, null, 2)}\n`);
}
/** Numbers of loads after which it is looked; the last is the most. */
function listLooks({ loads, maxLoads }) {
	const looks = [];
	for (let at = loads; at < maxLoads; at += loadsAtATime) looks.push(at);
	return [...looks, Math.max(loads, maxLoads)];
}
function describeRest({ added, removed }) {
	return [...added.map(({ name }) => `${name} is new: there is nothing to hold it against.`), ...removed.map(({ name }) => `${name} is no longer asked for.`)];
}
/** Models whose tag has moved since one of them was kept, each against the latest that was kept. */
async function pairWithKept(config) {
	await using ollama = openOllama(config.host ?? null, config.deadlines);
	const tags = await ollama.client.tags();
	const pairing = {
		changed: [],
		unchanged: [],
		added: [],
		removed: []
	};
	for (const head of listAskedModels(config)) {
		const tag = tags.find(({ name }) => sameModel(name, head.name));
		const earlier = tag && findEarlier(head.name, tag.digest, tags);
		if (earlier) pairing.changed.push({
			base: {
				...head,
				name: earlier.name
			},
			head
		});
		else pairing.unchanged.push(head);
	}
	return pairing;
}
function explainNothingChanged(pairing, isKept) {
	const rest = describeRest(pairing);
	if (isKept) return new InputError("nothing-changed", "No earlier model of any of the tags is kept on the server. With `pull: always` in the config, a model is kept before its tag moves.");
	const why = rest.length === 0 ? "Both configs ask for the same models in the same way: there is nothing to compare." : `No model was changed: ${rest.join(" ")}`;
	return new InputError("nothing-changed", why);
}

export { benchAgainst };