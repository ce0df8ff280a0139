import { r as formatDigest } from "./format.js";

// src/core/slug.ts
const longestSlug = 80;
/** Turns a model's name into lower-case letters, digits, single dots and dashes: `hf.co/org/Repo:Q4_K` → `hf.co-org-repo-q4-k`. */
function slugify(name) {
	const slug = name.toLowerCase().replace(/[^a-z0-9.]+/g, "-").replace(/[-.]{2,}/g, "-").slice(0, longestSlug).replace(/^[-.]+|[-.]+$/g, "");
	return slug === "" ? "model" : slug;
}
/** The key of each variant, in order: slug and short digest; where one model is asked for twice, with a number. */
function nameVariants(models) {
	const taken = /* @__PURE__ */ new Set();
	return models.map(({ name, digest }) => {
		const slug = slugify(name);
		for (let copy = 1;; copy++) {
			const key = `${copy === 1 ? slug : `${slug}.${copy}`}-${formatDigest(digest)}`;
			if (!taken.has(key)) {
				taken.add(key);
				return key;
			}
		}
	});
}

export { slugify as n, nameVariants as t };