import { OllamaError } from './errors.ts';

const address = /^(?:(?<scheme>[a-z][\w+.-]*):\/\/)?(?<authority>[^/?#]*)(?<rest>.*)$/is;
const ollamaPort = 11434;

/** Addresses that a server listens on and nobody can call. */
const callable: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '[::]': '[::1]' };

/**
 * The base URL for any form that OLLAMA_HOST takes: nothing, `host`, `host:port`, `:port`, an IPv6 address with or
 * without brackets, a URL with or without a path. As in Ollama, the port is 11434, but the scheme's own (80, 443)
 * where a scheme is written without one. The result has no slash at its end.
 * @throws {OllamaError} `bad-host`
 */
export function resolveHost(text: string): string {
  const given = text.trim().replace(/^["']+|["']+$/g, '');
  const { scheme, authority = '', rest = '' } = address.exec(given)?.groups ?? {};
  if (authority.includes('@')) {
    // A password must not be repeated in a message, which ends up in a log.
    throw badHost('with a user name', 'user names and passwords are not supported');
  }
  const bareIpv6 = !authority.startsWith('[') && authority.split(':').length > 2;
  const host = bareIpv6 ? `[${authority}]` : authority.replace(/^(?=:|$)/, '127.0.0.1');
  const port = scheme !== undefined || /:\d+$/.test(host) ? '' : `:${ollamaPort}`;
  const url = URL.parse(`${scheme ?? 'http'}://${host}${port}${rest}`);
  if (url === null) throw badHost(`“${given}”`, 'it is not an address');
  if (!/^https?:$/.test(url.protocol)) throw badHost(`“${given}”`, 'only http and https are supported');
  if (url.search !== '' || url.hash !== '') throw badHost(`“${given}”`, 'it has a query or a fragment');
  url.hostname = callable[url.hostname] ?? url.hostname;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

function badHost(given: string, why: string): OllamaError {
  return new OllamaError(
    'bad-host',
    `The host ${given} cannot be used: ${why}. Write for example 127.0.0.1:11434 or http://gpu-box:11434.`,
  );
}
