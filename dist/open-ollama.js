import { n as OllamaError, t as createOllamaClient } from "./client.js";

// src/ollama/host.ts
const address = /^(?:(?<scheme>[a-z][\w+.-]*):\/\/)?(?<authority>[^/?#]*)(?<rest>.*)$/is;
const ollamaPort = 11434;
/** Addresses that a server listens on and nobody can call. */
const callable = {
	"0.0.0.0": "127.0.0.1",
	"[::]": "[::1]"
};
/**
* The base URL for any form that OLLAMA_HOST takes: nothing, `host`, `host:port`, `:port`, an IPv6 address with or
* without brackets, a URL with or without a path. As in Ollama, the port is 11434, but the scheme's own (80, 443)
* where a scheme is written without one. The result has no slash at its end.
* @throws {OllamaError} `bad-host`
*/
function resolveHost(text) {
	const given = text.trim().replace(/^["']+|["']+$/g, "");
	const { scheme, authority = "", rest = "" } = address.exec(given)?.groups ?? {};
	if (authority.includes("@")) throw badHost("with a user name", "user names and passwords are not supported");
	const host = !authority.startsWith("[") && authority.split(":").length > 2 ? `[${authority}]` : authority.replace(/^(?=:|$)/, "127.0.0.1");
	const port = scheme !== void 0 || /:\d+$/.test(host) ? "" : `:${ollamaPort}`;
	const url = URL.parse(`${scheme ?? "http"}://${host}${port}${rest}`);
	if (url === null) throw badHost(`“${given}”`, "it is not an address");
	if (!/^https?:$/.test(url.protocol)) throw badHost(`“${given}”`, "only http and https are supported");
	if (url.search !== "" || url.hash !== "") throw badHost(`“${given}”`, "it has a query or a fragment");
	url.hostname = callable[url.hostname] ?? url.hostname;
	return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
function badHost(given, why) {
	return new OllamaError("bad-host", `The host ${given} cannot be used: ${why}. Write for example 127.0.0.1:11434 or http://gpu-box:11434.`);
}

// src/open-ollama.ts
/** Monotonic milliseconds: what the client's marks are read from. */
const clock = () => performance.now();
/**
* A client for the Ollama that a person named in any form of OLLAMA_HOST, else for that of the variable, else for the
* one on this machine. Deadlines are in seconds, as in the config.
* @throws {OllamaError} `bad-host`
*/
function openOllama(asked, deadlines) {
	const host = resolveHost(asked ?? process.env.OLLAMA_HOST ?? "");
	const client = createOllamaClient({
		baseUrl: host,
		deadlines: {
			loadMs: deadlines.load * 1e3,
			firstTokenMs: deadlines.firstToken * 1e3,
			stallMs: deadlines.stall * 1e3,
			totalMs: deadlines.total * 1e3
		},
		clock
	});
	return {
		client,
		host,
		[Symbol.asyncDispose]: () => client.close()
	};
}

export { openOllama as n, clock as t };