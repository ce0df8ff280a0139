import { _ as strictObject, b as union, d as int, f as literal, g as record, p as looseObject, s as array, u as discriminatedUnion, v as string, x as unknown } from "./plain-text.js";
import { C as check, D as count, N as slug } from "./run.js";

// src/schema/prompt-set.ts
/** A path while people write it; a stored set holds the content instead, so that it stands alone. */
const images = array(string().min(1)).min(1).max(16).describe("PNG, JPEG or WebP: a path relative to the file of the set; in a stored set, the content in base64");
const toolName = string().regex(/^[\w.-]{1,64}$/, "letters, digits, \"_\", \".\" and \"-\", e.g. \"get_weather\"");
const content = string().min(1);
/** A call as Ollama tells it, and as a message of several turns tells it back. */
const toolCall = strictObject({ function: strictObject({
	name: toolName,
	arguments: record(string(), unknown())
}) });
const message = discriminatedUnion("role", [
	strictObject({
		role: literal("system"),
		content
	}),
	strictObject({
		role: literal("user"),
		content,
		images: images.optional()
	}),
	strictObject({
		role: literal("assistant"),
		content: string(),
		tool_calls: array(toolCall).min(1).optional()
	}).refine((it) => it.content !== "" || it.tool_calls !== void 0, {
		error: "says nothing: give it text, or tool_calls",
		path: ["content"]
	}),
	strictObject({
		role: literal("tool"),
		content,
		tool_name: toolName.optional().describe("Which tool this is the result of")
	})
]);
/** A tool as Ollama takes it. The parameters are a JSON Schema, of which Ollama hands on what it knows. */
const tool = strictObject({
	type: literal("function"),
	function: strictObject({
		name: toolName,
		description: content,
		parameters: looseObject({
			type: literal("object"),
			properties: record(string(), record(string(), unknown())),
			required: array(string()).optional()
		})
	})
});
/** `json`, or a JSON Schema that the server turns into a grammar. */
const format = union([literal("json"), record(string(), unknown())]);
const promptCategory = slug.describe("What the prompt exercises, e.g. extract, summarize, arithmetic");
const prompt = strictObject({
	id: slug,
	title: string().min(1).max(80),
	category: promptCategory,
	prompt: string().min(1).max(2e4).optional().describe("Sent to /api/generate as it is"),
	messages: array(message).min(1).optional().describe("Sent to /api/chat as they are; instead of prompt"),
	embed: array(string().min(1).max(2e4)).min(1).max(64).optional().describe("Texts sent to /api/embed in one request; instead of prompt"),
	images: images.optional(),
	tools: array(tool).min(1).optional().describe("Tools that the model may call; with messages only"),
	format: format.optional().describe("Ask the server to constrain the answer"),
	maxTokens: int().min(1).max(8192).default(128).describe("num_predict: the cap on the answer"),
	checks: array(check).min(1).describe("At least one check, so that every answer can be found wrong")
}).superRefine((it, context) => {
	const refuse = (message, ...path) => context.addIssue({
		code: "custom",
		path,
		message
	});
	if ([
		it.prompt,
		it.messages,
		it.embed
	].filter((way) => way !== void 0).length !== 1) refuse("give one of prompt, messages and embed");
	if (it.images && it.messages) refuse("give images to the user message that they belong to", "images");
	if (it.images && it.embed) refuse("only text is embedded: take the images out", "images");
	if (it.tools && !it.messages) refuse("tools need a chat: write messages instead", "tools");
	if (it.format && it.embed) refuse("vectors have no format: take it out", "format");
	if (it.tools && new Set(it.tools.map((one) => one.function.name)).size < it.tools.length) refuse("two tools have the same name", "tools");
});
const promptSet = strictObject({
	id: slug,
	version: count.min(1),
	title: string().min(1).max(80),
	description: string().max(2e3).default(""),
	prompts: array(prompt).min(1, { error: "the prompt set is empty: add at least one prompt" })
}).superRefine(({ prompts }, context) => {
	const seen = /* @__PURE__ */ new Set();
	prompts.forEach(({ id }, index) => {
		if (seen.has(id)) context.addIssue({
			code: "custom",
			path: [
				"prompts",
				index,
				"id"
			],
			message: `"${id}" is used twice; ids must be unique`
		});
		seen.add(id);
	});
});

export { promptSet as n, prompt as t };