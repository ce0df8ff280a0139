import { a as wordingsOf, i as foldText, t as compileSchema } from "./json-schema.js";

// src/core/checks/find-check-problems.ts
/** What is wrong with checks that the prompt-set schema cannot see: each of these would judge nothing, or always the same. */
function findCheckProblems(prompt) {
	return prompt.checks.flatMap((check, index) => findProblems(check, prompt).map((message) => ({
		index,
		message
	})));
}
function findProblems(check, { embed, tools = [] }) {
	if (embed !== void 0 && check.type !== "embedding") return ["what is embedded has no text to judge: write an embedding check"];
	switch (check.type) {
		case "schema": return findSchemaProblems("schema", check.schema);
		case "length": return (check.min ?? 0) === 0 && check.max === void 0 ? ["every length is at least 0, so this check cannot fail: give a higher min, or a max"] : [];
		case "facts": return findFactProblems(check);
		case "tool-call": return findToolCallProblems(check, tools.map((tool) => tool.function.name));
		case "embedding": return findEmbeddingProblems(check, embed?.length ?? 0);
		default: return [];
	}
}
function findToolCallProblems({ name, arguments: schema }, tools) {
	if (tools.length === 0) return ["the prompt has no tools to call: list them under tools"];
	if (name !== void 0 && !tools.includes(name)) return [`"${name}" is none of the prompt's tools (${tools.join(", ")})`];
	return schema === void 0 ? [] : findSchemaProblems("arguments", schema);
}
function findEmbeddingProblems({ vectors, dimensions, closer = [], not }, texts) {
	if (texts === 0) return ["the prompt has no texts to embed: list them under embed"];
	if (vectors !== void 0 && vectors !== texts) return [`there is a vector for each text, so vectors can only be ${texts}`];
	if (not && dimensions === void 0 && closer.length === 0) return ["there is a vector for each text, so this check cannot pass: give dimensions or closer"];
	return closer.flatMap((triple) => {
		const shown = JSON.stringify(triple);
		if (triple.some((text) => text >= texts)) return [`closer ${shown} names a text that is not there: the last is ${texts - 1}, as they count from 0`];
		return new Set(triple).size < 3 ? [`closer ${shown} must name three different texts`] : [];
	});
}
function findSchemaProblems(key, schema) {
	try {
		compileSchema(schema);
		return [];
	} catch (error) {
		return [`${key} is not a JSON Schema (draft 2020-12) that can be used: ${error instanceof Error ? error.message : String(error)}`];
	}
}
function findFactProblems({ present = [], absent = [] }) {
	if ([...present.flatMap(wordingsOf), ...absent].some((wording) => foldText(wording) === "")) return ["a fact of white space alone is in every answer: write the words to look for"];
	const unwanted = absent.map(foldText);
	return present.filter((fact) => wordingsOf(fact).every((wording) => unwanted.some((word) => foldText(wording).includes(word)))).map((fact) => `${JSON.stringify(fact)} is wanted under present and ruled out under absent: no answer can pass`);
}

export { findCheckProblems };