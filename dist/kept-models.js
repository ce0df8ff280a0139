import { n as slugify } from "./slug.js";

// src/core/pair-models.ts
/** The models of a config. */
function listAskedModels({ models, options }) {
	return models.map((model) => ({
		name: model.name,
		options: {
			...options,
			..."options" in model ? model.options : {}
		},
		think: ("think" in model ? model.think : void 0) ?? null
	}));
}
/**
* Finds out which model took the place of which between two configs: the same tag first, then the same model under
* another tag (`qwen3:8b` → `qwen3:14b`), then whatever is left, if one was taken out and one put in.
*/
function pairModels(base, head) {
	const left = {
		base: [...base],
		head: [...head]
	};
	const take = (matches) => {
		const pairs = [];
		for (const candidate of [...left.head]) {
			const partner = left.base.find((it) => matches(it, candidate));
			if (partner === void 0) continue;
			pairs.push({
				base: partner,
				head: candidate
			});
			left.base.splice(left.base.indexOf(partner), 1);
			left.head.splice(left.head.indexOf(candidate), 1);
		}
		return pairs;
	};
	const same = take(isSame);
	const changed = [
		...take((a, b) => a.name === b.name),
		...take((a, b) => familyOf(a.name) === familyOf(b.name)),
		...left.base.length === 1 && left.head.length === 1 ? take(() => true) : []
	];
	const order = (it) => head.indexOf(it.head);
	return {
		changed: changed.sort((a, b) => order(a) - order(b)),
		unchanged: same.map((it) => it.head),
		added: left.head,
		removed: left.base
	};
}
/** The models of one side alone as people are to read of them: where several have one tag, with what tells them apart. */
function nameRest({ changed, unchanged, added, removed }) {
	const all = [
		...[...unchanged, ...changed.flatMap(({ base, head }) => [base, head])],
		...added,
		...removed
	];
	const name = (asked) => {
		return all.filter((it) => it.name === asked.name).length === 1 ? asked.name : `${asked.name} with ${describeSettings(asked)}`;
	};
	return {
		added: added.map(name),
		removed: removed.map(name)
	};
}
function describeSettings({ options, think }) {
	const settings = Object.entries({
		...options,
		...think === null ? {} : { think }
	});
	return settings.length === 0 ? "no options" : settings.map(([option, value]) => `${option} ${String(value)}`).join(", ");
}
function isSame(a, b) {
	return describe(a) === describe(b);
}
function describe({ name, options, think }) {
	const sorted = Object.entries(options).sort(([a], [b]) => a.localeCompare(b, "en"));
	return JSON.stringify([
		name,
		sorted,
		think ?? false
	]);
}
/** `qwen3` of `qwen3:8b`. A colon before a slash is a registry's port. */
function familyOf(name) {
	const lastPart = name.lastIndexOf("/") + 1;
	const colon = name.indexOf(":", lastPart);
	return colon === -1 ? name : name.slice(0, colon);
}

// src/core/kept-models.ts
const namespace = "herdmark/";
const digestDigits = 12;
/** The name under which a model stays on the server after its tag has moved: `herdmark/qwen3-8b:500a1f067a9f`. */
function keptNameOf(tag, digest) {
	return `${namespace}${slugify(tag)}:${digest.replace(/^sha256:/, "").slice(0, digestDigits)}`;
}
/** Models that were kept of a tag, the latest first. Names that are not ours are never among them. */
function listKept(tag, tags) {
	const isOurs = ({ name, digest }) => name === keptNameOf(tag, digest);
	return tags.filter(isOurs).sort((a, b) => (b.modifiedAt ?? "").localeCompare(a.modifiedAt ?? ""));
}
/** The model that a tag stood for before the one it stands for now; null where none was kept. */
function findEarlier(tag, digest, tags) {
	return listKept(tag, tags).find((it) => it.digest !== digest) ?? null;
}
/** What may go, so that `keep` models besides the one of the tag itself stay. */
function listStale(tag, digest, tags, keep) {
	return listKept(tag, tags).filter((it) => it.digest !== digest).slice(keep);
}

export { nameRest as a, listAskedModels as i, keptNameOf as n, pairModels as o, listStale as r, findEarlier as t };