/** What the lines of a chart are: each with its colour and its dash. */
export function LineLegend({ names }: { names: readonly string[] }) {
  return (
    <ul class="legend small">
      {names.map((name, index) => (
        <li key={name}>
          <svg
            class={`swatch lines series-${index + 1}`}
            width="28"
            height="10"
            viewBox="0 0 28 10"
            aria-hidden="true"
          >
            <path d="M1 5H27" />
          </svg>
          <span class="tag">{name}</span>
        </li>
      ))}
    </ul>
  );
}

/** What the points of a chart are: each with its colour and its shape, as chart.js draws them. */
export function PointLegend({ names }: { names: readonly string[] }) {
  return (
    <ul class="legend small">
      {names.map((name, index) => (
        <li key={name}>
          <svg
            class={`swatch points series-${index + 1}`}
            width="14"
            height="14"
            viewBox="-7 -7 14 14"
            aria-hidden="true"
          >
            <path d={shapes[index % shapes.length]} />
          </svg>
          <span class="tag">{name}</span>
        </li>
      ))}
    </ul>
  );
}

const shapes: readonly string[] = [
  'M4 0A4 4 0 1 1 -4 0A4 4 0 1 1 4 0Z',
  'M-4 -4H4V4H-4Z',
  'M0 -5L4.5 4H-4.5Z',
  'M0 -5L5 0L0 5L-5 0Z',
  'M-5 0H5M0 -5V5',
  'M-5 0H5M0 -5V5M-3.5 -3.5L3.5 3.5M3.5 -3.5L-3.5 3.5',
  'M-4 -4L4 4M4 -4L-4 4',
  'M0 0H6',
];
