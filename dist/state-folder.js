import { homedir } from "node:os";
import { join, resolve } from "node:path";

// src/store/state-folder.ts
/**
* Where Herdmark keeps what has to outlive a job: runs that are under way, the calibration, the lock. HERDMARK_STATE,
* else by the XDG Base Directory rules, else `~/.local/state/herdmark` (on Windows `%LOCALAPPDATA%\herdmark\state`).
*/
function findStateFolder(env = process.env, platform = process.platform) {
	if (env.HERDMARK_STATE) return resolve(env.HERDMARK_STATE);
	if (env.XDG_STATE_HOME) return join(resolve(env.XDG_STATE_HOME), "herdmark");
	if (platform === "win32" && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, "herdmark", "state");
	return join(env.HOME || homedir(), ".local", "state", "herdmark");
}
/** Where runs are while they are under way. */
function runsUnderWay(stateFolder) {
	return join(stateFolder, "runs");
}

export { runsUnderWay as n, findStateFolder as t };