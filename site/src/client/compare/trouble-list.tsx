import type { Trouble } from '../../../../src/core/render/verdict-trouble.ts';

/** What has to be read with the figures, each with what it is said of. */
export function TroubleList({ troubles }: { troubles: readonly Trouble[] }) {
  if (troubles.length === 0) return null;
  return (
    <ul class="bullets">
      {troubles.map(({ title, text, names }, index) => (
        <li key={index}>
          <strong>{title}</strong>{' '}
          {names.map((name, at) => (
            <span key={name}>
              {at > 0 && ', '}
              <code>{name}</code>
            </span>
          ))}
          {names.length > 0 && ': '}
          {text}
        </li>
      ))}
    </ul>
  );
}
