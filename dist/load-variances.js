import { c as boolean, s as array, v as string } from "./plain-text.js";
import { _ as pairSamples, r as joinAlike, t as estimateEffect, v as readPairs } from "./estimate-effect.js";
import { n as headlineMetrics } from "./headline-metrics.js";
import { F as datetime, x as knownLoads } from "./run.js";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

// src/core/compare/night-load-variances.ts
/**
* What a night tells of how much loads differ. It measures load by load in turn, as a comparison does whose models do not
* fit into memory together: so two models beside each other in its plan are taken as one of these, the first with the
* second, the third with the fourth. That they are different models makes no difference, as only what their loads differ
* by is looked at. Each pair gives a variance for each headline metric, of loads − 1 degrees of freedom.
*
* A model's own level from load to load would not do: what the machine drifts in the minutes between two loads of a model
* is none of what two loads side by side differ by, and is most of it (docs/adr/0008-verdicts.md). So a night of one model
* tells nothing.
*
* @param rounds of each load, at the most: more than a comparison has would be calmer than its loads.
*/
function listNightVariances({ variants, promptSet }, samples, rounds) {
	const prompts = new Set(promptSet.prompts.map(({ id }) => id));
	const measured = samples.filter(({ round }) => round !== null && round < rounds);
	const byVariant = Map.groupBy(measured, ({ variant }) => variant);
	return variants.flatMap(({ key }, index) => {
		const next = index % 2 === 0 ? variants[index + 1] : void 0;
		if (next === void 0) return [];
		const pairs = pairSamples(byVariant.get(key) ?? [], byVariant.get(next.key) ?? [], prompts);
		return headlineMetrics.flatMap((metric) => estimateEffect(metric, readPairs(metric, pairs), []).ownVariance ?? []);
	});
}

// src/store/replace-file.ts
/**
* Writes a file in one step, and the folders that it lies in: whoever reads it meanwhile, or after a kill, finds what was
* there before or all of the new one. Several processes may do so at once.
*/
async function replaceFile(path, content) {
	const partial = `${path}.${process.pid}.partial`;
	await mkdir(dirname(path), { recursive: true });
	await writeFile(partial, content);
	await rename(partial, path);
}

// src/store/load-variances.ts
const storedVariance = knownLoads.extend({
	machine: string(),
	resident: boolean(),
	measuredAt: datetime()
});
const fileName = "load-variances.json";
/** How much loads differ, by machine, as earlier runs here found; what is damaged is learnt anew. */
async function readLoadVariances(stateFolder) {
	const text = await readFile(join(stateFolder, fileName), "utf8").catch(() => "[]");
	try {
		return array(storedVariance).parse(JSON.parse(text));
	} catch {
		return [];
	}
}
/** Those that tell of a comparison on the same machine, of models in memory together or not, as a run carries them. */
function variancesLike(all, machine, resident) {
	const alike = all.filter((it) => it.machine === machine && it.resident === resident);
	return joinAlike(alike.map(({ machine: _, resident: __, measuredAt: ___, ...known }) => known));
}
/** Keeps what the loads of a comparison differed by. */
async function addLoadVariances(stateFolder, run, found) {
	const resident = run.plan.comparison?.resident ?? false;
	await add(stateFolder, run, found.map((it) => ({
		...it,
		resident,
		nightly: false
	})));
}
/**
* Keeps what a night's loads differed by, as comparisons of either design have them: with so many rounds in a load where
* both models are in memory, with one where they are not.
*/
async function addNightVariances(stateFolder, run, samples, rounds) {
	await add(stateFolder, run, [{
		resident: true,
		rounds
	}, {
		resident: false,
		rounds: 1
	}].flatMap((design) => listNightVariances(run, samples, design.rounds).map((it) => ({
		...it,
		resident: design.resident,
		nightly: true
	}))));
}
async function add(stateFolder, { machine, startedAt }, found) {
	if (found.length === 0) return;
	const added = found.flatMap((it) => {
		const checked = storedVariance.safeParse({
			...it,
			machine: machine.id,
			measuredAt: startedAt
		});
		return checked.success ? checked.data : [];
	});
	const all = [...await readLoadVariances(stateFolder), ...added];
	const keep = (nightly) => all.filter((it) => it.nightly === nightly).slice(-400);
	const kept = [...keep(false), ...keep(true)];
	await replaceFile(join(stateFolder, fileName), `${JSON.stringify(kept, null, 2)}\n`);
}

export { replaceFile as a, variancesLike as i, addNightVariances as n, readLoadVariances as r, addLoadVariances as t };