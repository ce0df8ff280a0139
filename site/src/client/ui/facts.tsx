import { Fragment } from 'preact';
import type { Fact } from '../../view/variant-facts.ts';

interface Props {
  facts: readonly Fact[];
  /** Where the values of some facts lead to, by their name. */
  links?: ReadonlyMap<string, string>;
}

/** Names and what they are. */
export function Facts({ facts, links }: Props) {
  return (
    <dl class="facts">
      {facts.map(([name, value]) => {
        const href = links?.get(name);
        return (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{href === undefined ? value : <a href={href}>{value}</a>}</dd>
          </Fragment>
        );
      })}
    </dl>
  );
}
