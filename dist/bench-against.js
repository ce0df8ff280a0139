import { t as benchHere } from "./bench-here.js";
import { i as listLoadVariances, n as compareWithin, t as readWholeRun } from "./read-whole-run.js";
import { a as nameRest, i as listAskedModels, o as pairModels, t as findEarlier } from "./kept-models.js";
import { r as sameModel } from "./client.js";
import { n as openOllama } from "./open-ollama.js";
import { t as InputError } from "./input-error.js";
import { r as readUnfinishedRuns } from "./journal.js";
import { r as readLoadVariances, t as addLoadVariances } from "./load-variances.js";
import { n as runsUnderWay, t as findStateFolder } from "./state-folder.js";
import { randomInt } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";

// src/bench-against.ts
/** Why there was nothing to measure, and what there is besides. */
var NothingChanged = class extends InputError {
	added;
	removed;
	constructor(message, { added, removed }) {
		super("nothing-changed", message);
		this.added = added;
		this.removed = removed;
	}
};
const loadsAtATime = 3;
/**
* Measures what changed between two configs, base and head in turn, and says what it is. Looks at stated numbers of
* loads whether every metric has its word, and measures more where not.
* @param base the config of before; `kept`: of each tag that has moved, the model that it stood for before.
* @throws {NothingChanged} where the configs ask for the same, or no tag has moved.
*/
async function benchAgainst(here, base) {
	const { config, log } = here;
	const asked = listAskedModels(config);
	const pairing = base === "kept" ? await pairWithKept(config) : pairModels(listAskedModels(base), asked);
	if (pairing.changed.length === 0) throw explainNothingChanged(pairing, base === "kept");
	const { comparison } = config;
	const stateFolder = findStateFolder();
	const result = await benchHere({
		...here,
		config: {
			...config,
			rounds: comparison.rounds
		},
		comparison: {
			pairs: pairing.changed,
			looks: listLooks(comparison),
			...nameRest(pairing),
			seed: await drawSeed(stateFolder)
		},
		storedLoads: await readLoadVariances(stateFolder),
		isSettled: (soFar, plan) => {
			const { models } = compareWithin(soFar, plan);
			const words = models.flatMap(({ metrics }) => metrics.map(({ word }) => word));
			log.info(`After ${plan.loads} loads: ${words.join(", ")}.`);
			return !words.includes("inconclusive");
		}
	});
	const whole = await readWholeRun(result.runPath);
	const verdict = result.run.status === "cancelled" ? null : compareWithin(whole, whole.plan);
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
/**
* Every run draws anew who is asked first, so that one that is repeated is a new draw. One that may go on with a killed
* run takes up the seed of that: it goes on only with the very same plan.
*/
async function drawSeed(stateFolder) {
	return (await readUnfinishedRuns(runsUnderWay(stateFolder), { prune: false })).find(({ plan }) => plan.comparison !== null)?.plan.seed ?? randomInt(2 ** 32);
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
function describeRest(pairing) {
	const { added, removed } = nameRest(pairing);
	return [...added.map((name) => `${name} is new: there is nothing to hold it against.`), ...removed.map((name) => `${name} is no longer asked for.`)];
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
	const names = nameRest(pairing);
	if (isKept) return new NothingChanged("No earlier model of any of the tags is kept on the server. With `pull: always` in the config, a model is kept before its tag moves.", names);
	const why = rest.length === 0 ? "Both configs ask for the same models in the same way: there is nothing to compare." : `No model was changed: ${rest.join(" ")}`;
	return new NothingChanged(why, names);
}

export { NothingChanged, benchAgainst };