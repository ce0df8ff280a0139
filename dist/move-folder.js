import { cp, mkdir, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

// src/store/move-folder.ts
/** Moves a folder, across file systems too, as a state folder and a job's folder often are. Returns where it is then. */
async function moveFolder(from, to) {
	if (from === to) return to;
	await mkdir(dirname(to), { recursive: true });
	try {
		await rename(from, to);
	} catch (error) {
		if (!(error instanceof Error && "code" in error && error.code === "EXDEV")) throw error;
		await cp(from, to, { recursive: true });
		await rm(from, { recursive: true });
	}
	return to;
}

export { moveFolder as t };