import { readStart } from '../../view/night-time.ts';

/** When the run began, as its id says; not broken at the hyphens of the date. */
export function RunTitle({ id }: { id: string }) {
  const [date, time] = readStart(id)?.split(' ') ?? [];
  if (time === undefined) return <h1>Run</h1>;
  return (
    <h1>
      Run of{' '}
      <time dateTime={`${date}T${time}Z`}>
        <span class="nowrap">{date}</span> {time} UTC
      </time>
    </h1>
  );
}
