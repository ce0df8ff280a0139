import { keyOf, type StoredModel } from './model-store.ts';
import { type OpenModel, openModel } from './open-model.ts';
import type { EngineOptions } from './options.ts';
import type { Runtime } from './runtime.ts';
import type { Turns } from './turns.ts';

/** As many as Ollama keeps in memory by default where there is no GPU. */
const maxLoaded = 3;
/** The longest that a timer can wait. */
const maxTimerMs = 2 ** 31 - 1;
/** What stands for "never": Ollama, too, gives a date centuries away. */
const neverMs = Date.UTC(2318, 0);

/** A model in memory, under the name it was asked for. */
export interface Resident {
  stored: StoredModel;
  open: OpenModel;
  expiresAt: Date;
}

/**
 * The models in memory. Each name has its own, even where two stand for the same file: a tag that moves and the model
 * it moved from can then be compared without one finding its prompts in the other's cache.
 */
export interface Residents {
  list(): Resident[];
  /** Loads a model unless it is there with the same context and threads. Only within a turn that ends with `keep`. */
  require(stored: StoredModel, options: EngineOptions, keepAliveMs: number): Promise<OpenModel>;
  /** Lets it go when the time is over, counted from now. Only within a turn. */
  keep(stored: StoredModel, keepAliveMs: number): Promise<void>;
  /** Only within a turn. */
  unload(name: string): Promise<void>;
  close(): Promise<void>;
}

interface Entry extends Resident {
  settings: string;
  timer: NodeJS.Timeout | undefined;
}

export function createResidents(runtime: Runtime, turns: Turns): Residents {
  // In the order of last use, the longest ago first.
  const entries = new Map<string, Entry>();

  const unload = async (key: string) => {
    const entry = entries.get(key);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    await entry.open.close();
    entries.delete(key);
  };

  const expireLater = (key: string, entry: Entry) => {
    clearTimeout(entry.timer);
    const leftMs = entry.expiresAt.getTime() - Date.now();
    entry.timer = setTimeout(
      () => {
        void turns.take(async () => {
          if (entries.get(key) !== entry) return;
          if (entry.expiresAt.getTime() > Date.now()) expireLater(key, entry);
          else await unload(key);
        });
      },
      Math.min(leftMs, maxTimerMs),
    );
  };

  return {
    list: () => [...entries.values()].toReversed(),
    async require(stored, options, keepAliveMs) {
      const key = keyOf(stored.name);
      const trained = stored.facts.contextLength ?? Number.POSITIVE_INFINITY;
      const contextLength = Math.min(Math.max(options.num_ctx, 8), trained);
      const threads = Math.max(options.num_thread, 1);
      const settings = JSON.stringify([stored.digest, contextLength, threads]);

      const present = entries.get(key);
      if (present?.settings === settings) {
        clearTimeout(present.timer);
        present.expiresAt = expiryOf(keepAliveMs);
        entries.delete(key);
        entries.set(key, present);
        return present.open;
      }
      await unload(key);
      for (const oldest of entries.keys()) {
        if (entries.size < maxLoaded) break;
        await unload(oldest);
      }
      const { embeds } = stored.facts;
      const open = await openModel(runtime, stored.path, { contextLength, threads, embeds });
      entries.set(key, { stored, open, settings, expiresAt: expiryOf(keepAliveMs), timer: undefined });
      return open;
    },
    async keep({ name }, keepAliveMs) {
      const key = keyOf(name);
      const entry = entries.get(key);
      if (entry === undefined) return;
      if (keepAliveMs === 0) return unload(key);
      entry.expiresAt = expiryOf(keepAliveMs);
      expireLater(key, entry);
    },
    unload: (name) => unload(keyOf(name)),
    async close() {
      for (const key of entries.keys()) await unload(key);
    },
  };
}

function expiryOf(keepAliveMs: number): Date {
  return new Date(Math.min(Date.now() + keepAliveMs, neverMs));
}
