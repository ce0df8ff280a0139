import type { ModelFile } from './model-files.ts';
import { createModelStore } from './model-store.ts';
import type { Route } from './reply.ts';
import { createResidents } from './residents.ts';
import { chatRoute, generateRoute } from './routes/ask.ts';
import { embedRoute } from './routes/embed.ts';
import { copyRoute, psRoute, pullRoute, showRoute, tagsRoute } from './routes/models.ts';
import { openRuntime } from './runtime.ts';
import { createTurns } from './turns.ts';

/** The Ollama release whose API it speaks, and that it is not that release. */
const version = '0.33.3+herdmark-engine';

export interface Engine {
  /** By method and path: `POST /api/generate`. */
  routes: ReadonlyMap<string, Route>;
  /** Makes a name stand for another's model, as a pull of a moved tag does. False where there is no such model. */
  point(name: string, target: string): boolean;
  /** Unloads everything once the turn under way has ended. */
  close(): Promise<void>;
}

export interface EngineSetup {
  models: readonly ModelFile[];
  /** Further names, and what they stand for: `{'herdmark-tiny:latest': 'herdmark-tiny:v1'}`. */
  aliases?: Readonly<Record<string, string>>;
}

/** What the server serves, without the server. The first engine of a process loads the native library. */
export async function createEngine({ models, aliases = {} }: EngineSetup): Promise<Engine> {
  const store = createModelStore(models, () => new Date());
  for (const [name, target] of Object.entries(aliases)) {
    if (!store.point(name, target)) throw new Error(`There is no model ${target} for ${name} to stand for.`);
  }
  const runtime = await openRuntime();
  const turns = createTurns();
  const residents = createResidents(runtime, turns);
  const ports = { runtime, turns, residents, store };

  const running: Route = async () => ({ kind: 'text', text: 'Ollama is running' });
  const tellVersion: Route = async () => ({ kind: 'json', body: { version } });
  return {
    routes: new Map([
      ['GET /', running],
      ['GET /api/version', tellVersion],
      ['GET /api/tags', tagsRoute(store)],
      ['GET /api/ps', psRoute(residents)],
      ['POST /api/show', showRoute(store)],
      ['POST /api/copy', copyRoute(store)],
      ['POST /api/pull', pullRoute(store)],
      ['POST /api/generate', generateRoute(ports)],
      ['POST /api/chat', chatRoute(ports)],
      ['POST /api/embed', embedRoute(ports)],
    ]),
    point: store.point,
    async close() {
      await turns.take(() => residents.close());
      await runtime.close();
    },
  };
}
