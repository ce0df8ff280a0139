import type { Variant } from '../../schema/run.ts';
import type { MemoryVerdict } from '../../schema/verdict.ts';

type Footprint = Pick<Variant, 'memoryBytes' | 'vramBytes'>;

/** What the models take, as the server tells: a fact of each, not a reading with noise. */
export function compareMemory(base: Footprint, head: Footprint): MemoryVerdict {
  return {
    memory: compareBytes(base.memoryBytes, head.memoryBytes),
    vram: compareBytes(base.vramBytes, head.vramBytes),
  };
}

function compareBytes(base: number | null, head: number | null): MemoryVerdict['memory'] {
  const change = base === null || head === null || base === 0 ? null : head / base - 1;
  return { base, head, change };
}
