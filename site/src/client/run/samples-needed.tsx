import type { ComponentChildren } from 'preact';
import type { Sample } from '../../../../src/schema/sample.ts';
import { Failed, Loading } from '../ui/notice.tsx';
import type { Loaded } from '../ui/use-loaded.ts';

interface Props {
  samples: Loaded<Sample[] | null>;
  children: (samples: readonly Sample[]) => ComponentChildren;
}

/** Shows what needs the samples of a run, or why they are not there. */
export function SamplesNeeded({ samples, children }: Props) {
  if (samples.state === 'loading') return <Loading>Loading the samples …</Loading>;
  if (samples.state === 'failed') {
    return <Failed error={samples.error} retry={samples.retry} />;
  }
  if (samples.value === null) {
    return (
      <p class="muted small">
        The samples of this run are kept no longer: a history may thin out old ones. Medians, intervals and
        worst cases above are as they were.
      </p>
    );
  }
  if (samples.value.length === 0) {
    return <p class="muted small">The run has no sample: it was over before the first request.</p>;
  }
  return <>{children(samples.value)}</>;
}
