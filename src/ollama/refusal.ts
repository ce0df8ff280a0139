import { toPlainLine } from '../core/render/untrusted-text.ts';
import { unwrapErrorText } from './error-text.ts';
import { type Asked, OllamaError, type OllamaErrorCode } from './errors.ts';

interface Kind {
  code: OllamaErrorCode;
  /** The server's own words, read before its status: it answers 500 to a request that is merely wrong. */
  text?: RegExp;
  status?: (status: number) => boolean;
  explain(asked: { server: string; model: string; said: string }): string;
}

const kinds: readonly Kind[] = [
  {
    code: 'prompt-too-long',
    text: /exceed_context_size_error|exceeds the (?:available )?context|input length exceeds/i,
    explain: ({ model, said }) =>
      `The prompt does not fit the context of ${model}: ${said}. Shorten it, or raise options.num_ctx.`,
  },
  {
    code: 'unsupported',
    text: /(?<!raw mode )does not support/i,
    status: (status) => status === 501,
    explain: ({ model, said }) =>
      `${model} cannot do what was asked: ${said}. Leave it out of the request, or take another model.`,
  },
  {
    code: 'out-of-memory',
    text: /requires more system memory|out of memory|unable to allocate|insufficient memory/i,
    explain: ({ model, said }) =>
      `There is not enough memory for ${model}: ${said}. Free some, lower options.num_ctx, or take a smaller model.`,
  },
  {
    code: 'runner-died',
    text: /error was encountered while running the model|runner (?:process )?(?:has )?(?:terminated|unexpectedly stopped|no longer running)/i,
    explain: ({ model, said }) =>
      `${model} stopped running: ${said}. See the server’s log; memory is the usual cause.`,
  },
  {
    code: 'bad-request',
    text: /^option ".*" must be of type|^invalid format/i,
    status: (status) => status >= 400 && status < 500 && status !== 403 && status !== 404,
    explain: ({ server, said }) => `${server} refused the request: ${said}. Correct what it names.`,
  },
  {
    code: 'busy',
    status: (status) => status === 503,
    explain: ({ server, said }) =>
      `${server} has too much to do: ${said}. Try again when it is idle, or raise its OLLAMA_MAX_QUEUE.`,
  },
  {
    code: 'forbidden-host',
    status: (status) => status === 403,
    explain: ({ server, said }) =>
      `${server} refused us (403): ${said}. A server bound to loopback takes only local names: use 127.0.0.1, or start it with OLLAMA_HOST=0.0.0.0.`,
  },
  {
    code: 'model-missing',
    status: (status) => status === 404,
    explain: ({ server, model }) =>
      `${model} is not on ${server}: run \`ollama pull ${model}\`, or set pull: true.`,
  },
];

/** Turns an error in the server's own words, before a stream or as a line of it, into one with a code and advice. */
export function explainRefusal(errorText: string, status: number, { baseUrl, model }: Asked): OllamaError {
  const text = errorText.trim();
  const kind =
    kinds.find((candidate) => candidate.text?.test(text)) ??
    kinds.find((candidate) => candidate.status?.(status));
  const said = `“${toPlainLine(unwrapErrorText(text)) || 'no reason given'}”`;
  if (kind === undefined) {
    return new OllamaError('server-error', `${baseUrl} failed: ${said}. See the server’s log.`, { status });
  }
  return new OllamaError(
    kind.code,
    kind.explain({ server: baseUrl, model: model === null ? 'The model' : toPlainLine(model), said }),
    { status },
  );
}
