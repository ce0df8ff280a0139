import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props {
  summary: ComponentChildren;
  isOpen?: boolean;
  children: () => ComponentChildren;
}

/** Details whose content is made when they are opened first: most of thousands of rows nobody asks for. */
export function Unfold({ summary, isOpen = false, children }: Props) {
  const [wasOpened, setOpened] = useState(isOpen);
  return (
    <details open={isOpen} onToggle={({ currentTarget }) => currentTarget.open && setOpened(true)}>
      <summary>{summary}</summary>
      {(wasOpened || isOpen) && children()}
    </details>
  );
}
