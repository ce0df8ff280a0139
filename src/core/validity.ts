import { median } from 'simple-statistics';
import type { LoadShape, Phase, PlannedRequest } from '../schema/plan.ts';
import type { Flag, ServerTimings } from '../schema/sample.ts';
import { raise } from './flags.ts';
import { isOneAtATime } from './load-shape.ts';
import { residualMs } from './metrics.ts';
import { formatMs } from './render/format.ts';

/** One answered request, as far as it can be held against those before it. */
export interface Answered {
  request: Pick<PlannedRequest, 'phase' | 'prompt' | 'kind' | 'cacheExpected'> & { loadShape: LoadShape };
  /** Of everything that was sent as text. */
  promptCharacters: number;
  /** Text, calls of tools or vectors: without any, the model only thought. */
  hasAnswer: boolean;
  server: ServerTimings;
  /** From the request's bytes leaving to the end of the reply, by the client's clock. */
  e2eMs: number;
  /** Whether the client had to send it twice. */
  retried: boolean;
}

/** Judges the answers of one load of a model, in the order in which they came. */
export interface SampleJudge {
  /** Why an answer says less than it seems to; what it finds nothing against becomes part of what is usual. */
  judge(answered: Answered): Flag[];
}

/** Of a nonce's tokens, at the least so many are not those of any nonce before it. */
const ownNonceTokens = 3;
/** A prompt out of the cache is read in less than this part of the time that prompts no longer took. */
const cachedShareOfTime = 1 / 4;
/** Of so many readings the middle one counts, so that two slow ones among them say nothing. */
const readingsToCompare = 5;
const fewestTokensForRates = 8;
/** No tokenizer gets more characters into a token over a whole text. */
const mostCharactersPerToken = 12;
const shortestTruncatedCharacters = 2000;
/** What is usual is what was usual lately. */
const mostRemembered = 500;

interface Seen {
  prompt: string | null;
  residualMs: number | null;
  loadMs: number | null;
  transportMs: number | null;
  /** The whole prompt, read one at a time and, as far as the server tells, not out of the cache. */
  read: { tokens: number; ns: number } | null;
}

/** @param contextLength what the server loaded, as /api/ps tells it; null where it does not. */
export function startJudging(contextLength: number | null): SampleJudge {
  const seen: Seen[] = [];

  const usual = (of: (it: Seen) => number | null): number | null => {
    const known = seen.map(of).filter((value) => value !== null);
    return known.length === 0 ? null : median(known);
  };

  /** A longer prompt is not read faster: what the longest of those no longer took bounds it. null while they are few. */
  const boundReadingNs = (tokens: number): number | null => {
    const noLonger = seen.flatMap(({ read }) => (read !== null && read.tokens <= tokens ? read : []));
    const longest = noLonger.sort((a, b) => a.tokens - b.tokens).slice(-readingsToCompare);
    return longest.length < readingsToCompare ? null : median(longest.map(({ ns }) => ns));
  };

  const learn = ({ request, server, e2eMs }: Answered): void => {
    const { promptEvalCount: tokens, promptEvalNs: ns, promptEvalCachedCount, totalNs } = server;
    // A first request after a load is slow for reasons of its own, and several at once slow each other down.
    const tellsReading =
      request.phase !== 'warmup' && request.cacheExpected === 'miss' && isOneAtATime(request.loadShape);
    const isRead = tellsReading && promptEvalCachedCount === null && tokens !== null && ns !== null;
    seen.push({
      prompt: request.prompt,
      residualMs: residualMs(server),
      loadMs: toMs(server.loadNs),
      transportMs: totalNs === null ? null : e2eMs - totalNs / 1e6,
      read: isRead ? { tokens, ns } : null,
    });
    if (seen.length > mostRemembered) seen.shift();
  };

  const findCacheUse = ({ request, server, promptCharacters }: Answered): Flag[] => {
    const { promptEvalCount: tokens, promptEvalCachedCount: cached, promptEvalNs: readNs } = server;
    if (tokens === null || request.cacheExpected === 'any') return [];
    if (request.cacheExpected === 'hit') {
      return cached !== null && cached < tokens / 2
        ? [
            raise(
              'cache-missed',
              `Only ${cached} of ${tokens} prompt tokens came out of the cache, though the prompt was sent just before.`,
            ),
          ]
        : [];
    }
    if (cached !== null) {
      return cached > tokens - fewestRead(request.phase, promptCharacters, tokens)
        ? [raise('cache-contaminated', `${cached} of ${tokens} prompt tokens came out of the prompt cache.`)]
        : [];
    }
    const boundNs = request.phase === 'bare' ? null : boundReadingNs(tokens);
    return readNs !== null && boundNs !== null && readNs < boundNs * cachedShareOfTime
      ? [
          raise(
            'cache-contaminated',
            `${tokens} prompt tokens were read in ${formatMs(readNs / 1e6)}, and no more of them took ${formatMs(boundNs / 1e6)} before: they came out of the prompt cache.`,
          ),
        ]
      : [];
  };

  const findLostTime = ({ request, server }: Answered): Flag[] => {
    // Where several requests are under way it is our own that they wait for.
    if (!isOneAtATime(request.loadShape)) return [];
    const flags: Flag[] = [];
    const residual = residualMs(server);
    const usualResidual = usual((it) => it.residualMs);
    if (residual !== null && usualResidual !== null) {
      const same = seen.filter((it) => it.prompt === request.prompt).map((it) => it.residualMs ?? 0);
      const expected = Math.max(usualResidual, same.length === 0 ? 0 : Math.min(...same));
      if (residual > 3 * expected + 50) {
        flags.push(
          raise(
            'queued',
            `${formatMs(residual)} of the server’s time are neither load, prefill nor decode (usual: ${formatMs(expected)}): the request waited behind another client’s.`,
          ),
        );
      }
    }
    const loadMs = toMs(server.loadNs);
    const usualLoad = usual((it) => it.loadMs) ?? 0;
    if (loadMs !== null && loadMs > Math.max(200, 10 * usualLoad)) {
      flags.push(
        raise(
          'reloaded',
          `The model was loaded already, and loading took ${formatMs(loadMs)} of the request.`,
        ),
      );
    }
    return flags;
  };

  const findClockTrouble = ({ server, e2eMs }: Answered): Flag[] => {
    const totalMs = toMs(server.totalNs);
    const usualTransport = usual((it) => it.transportMs);
    if (totalMs === null) return [];
    const says = `The client saw ${formatMs(e2eMs)}, the server ${formatMs(totalMs)}`;
    if (e2eMs < totalMs - Math.max(5, 0.01 * totalMs)) {
      return [raise('clocks-disagree', `${says}: a reply cannot end before it was made.`)];
    }
    const tooLong = usualTransport !== null && e2eMs - totalMs > usualTransport + 50 + 0.05 * e2eMs;
    return tooLong
      ? [
          raise(
            'clocks-disagree',
            `${says}; ${formatMs(usualTransport)} between the two are usual: the client or the network held the reply up.`,
          ),
        ]
      : [];
  };

  return {
    judge(answered) {
      const { phase } = answered.request;
      if (phase === 'load' || phase === 'warmup') {
        if (phase === 'warmup') learn(answered);
        return [];
      }
      const flags = [
        ...findCutText(answered, contextLength),
        ...findCacheUse(answered),
        ...findLostTime(answered),
        ...findClockTrouble(answered),
        ...(answered.retried
          ? [
              raise(
                'retried',
                'The connection was lost before anything came back, and the request was sent again.',
              ),
            ]
          : []),
      ];
      if (flags.length === 0) learn(answered);
      return [...flags, ...findShortness(answered)];
    },
  };
}

/**
 * How many tokens of a prompt the server must have read where it had not seen the prompt before. A bare prompt may begin
 * as another one does, to its last word. Else everything behind the nonce is new: how much stands before it is the
 * template's business, which differs with system messages and tools, and cannot be learnt from other prompts.
 */
function fewestRead(phase: Phase, promptCharacters: number, tokens: number): number {
  // Half of them at the most: a text of dashes has tokens of far more characters.
  return phase === 'bare'
    ? 2
    : ownNonceTokens + Math.min(promptCharacters / mostCharactersPerToken, tokens / 2);
}

function findCutText(
  { server, promptCharacters, hasAnswer }: Answered,
  contextLength: number | null,
): Flag[] {
  const { promptEvalCount: tokens, evalCount, doneReason } = server;
  const flags: Flag[] = [];
  if (!hasAnswer) {
    flags.push(
      raise(
        'thinking-exhausted',
        `The model only thought, and gave no answer (done_reason: ${doneReason ?? 'none'}): raise maxTokens, or set think: false.`,
      ),
    );
  }
  if (tokens === null) return flags;
  const isDense =
    promptCharacters > shortestTruncatedCharacters && promptCharacters > mostCharactersPerToken * tokens;
  if (isDense || (contextLength !== null && tokens >= contextLength)) {
    flags.push(
      raise(
        'prompt-truncated',
        `The prompt has ${promptCharacters} characters, and the server read ${tokens} tokens of it: raise options.num_ctx.`,
      ),
    );
  } else if (contextLength !== null && tokens + (evalCount ?? 0) >= contextLength) {
    flags.push(
      raise(
        'context-full',
        `Prompt and answer filled the context of ${contextLength} tokens: raise options.num_ctx, or lower maxTokens.`,
      ),
    );
  }
  return flags;
}

function findShortness({ request, server: { evalCount } }: Answered): Flag[] {
  if (request.kind === 'embed' || evalCount === null || evalCount >= fewestTokensForRates) return [];
  return [raise('output-too-short', `${evalCount} output tokens are too few to tell a rate of.`)];
}

function toMs(nanoseconds: number | null): number | null {
  return nanoseconds === null ? null : nanoseconds / 1e6;
}
