import { raise } from '../core/flags.ts';
import { hasSettled, readingsThatAgree, readWarmUp, type WarmUpReading } from '../core/warm-up.ts';
import { askModel } from './ask-model.ts';
import { isCutOff, whyStop } from './execution.ts';
import type { BlockPorts, LoadedBlock, LoadedMember } from './run-block.ts';

/**
 * Warms a freshly loaded model up: at least as often as the plan says, then until its last readings agree, or the
 * plan has no more. Of a load that takes the place of one that was lost with its process, nothing is recorded.
 */
export async function warmUp(
  { load, variant }: LoadedMember,
  loaded: LoadedBlock,
  ports: BlockPorts,
): Promise<void> {
  const { plan, block, recorder } = loaded;
  const warmups = block.requests.filter((it) => it.phase === 'warmup' && it.variant === variant.key);
  const readings: WarmUpReading[] = [];
  for (const [index, request] of warmups.entries()) {
    if (recorder.execution.stopped !== null) return;
    if (index >= plan.warmup && hasSettled(readings)) return recorder.drop(warmups.slice(index));
    const taken = await askModel(request, null, loaded, ports);
    const { sample } = taken;
    const stopped = whyStop(sample, ports.signal);
    if (stopped !== null) recorder.stop(stopped);
    if (sample.status === 'ok') readings.push(readWarmUp(sample));
    if (isCutOff(sample)) return;
    if (!recorder.isDone(request)) await recorder.record(request, taken, sample.client?.e2eMs ?? 0);
  }
  // Fewer than that are a warm-up of a fixed length, which the config asks for.
  if (warmups.length >= readingsThatAgree && !hasSettled(readings)) {
    const reason = `After ${warmups.length} requests in load ${load.block + 1} the model was still getting faster.`;
    recorder.flagVariant(variant.key, [raise('warmup-unsettled', reason)]);
  }
}
