/** Markdown that is kept or left out as a whole. */
export interface Piece {
  markdown: string;
}

/** A folded block, and what is in it piece by piece, the most important first. */
export interface Fold {
  open: string;
  close: string;
  /** Of all folds of a document, those with a lower rank are kept before those with a higher one. */
  rank: number;
  /** What a piece is, for the note on those left out: `answer`. */
  kind: string;
  pieces: readonly Piece[];
}

export interface Section extends Piece {
  /** As of folds. */
  rank: number;
  /** What it is, for the note: `model`. */
  kind: string;
  folds: readonly Fold[];
}

export interface LeftOut {
  kind: string;
  count: number;
}

interface Wanted {
  piece: Piece;
  kind: string;
  /** Compared number by number: the lowest is the most important. */
  order: readonly [rank: number, position: number, section: number];
  bytes: number;
}

const encoder = new TextEncoder();
/** What the note on what was left out may take. */
const noteBytes = 600;

/**
 * Head, sections and foot in at most `maxBytes` of UTF-8; so many characters are never more. First come the sections
 * themselves, by rank; then what is folded: of the folds of the lowest rank the first piece in each section, then the
 * second ones, and so on. From the first that has no room, all others are left out, so that nothing stands there without
 * what it hangs on, and a note says how many.
 */
export function fitSections(
  { head, sections, foot }: { head: string; sections: readonly Section[]; foot: string },
  maxBytes: number,
  describeLeftOut: (leftOut: readonly LeftOut[]) => string,
): string {
  const wanted = listByImportance(sections);
  const room = maxBytes - countBytes(head) - countBytes(foot);
  const count = countFitting(wanted, room);
  const kept = new Set(
    wanted
      .slice(0, count === wanted.length ? count : countFitting(wanted, room - noteBytes))
      .map(({ piece }) => piece),
  );
  const lost = Map.groupBy(
    wanted.filter(({ piece }) => !kept.has(piece)),
    ({ kind }) => kind,
  );
  const note = describeLeftOut([...lost].map(([kind, of]) => ({ kind, count: of.length })));
  return [
    head,
    ...sections
      .filter((it) => kept.has(it))
      .flatMap((it) => [it.markdown, ...it.folds.flatMap((fold) => unfold(fold, kept))]),
    ...(lost.size === 0 ? [] : [note]),
    foot,
  ].join('\n');
}

function unfold({ open, close, pieces }: Fold, kept: ReadonlySet<Piece>): string[] {
  const shown = pieces.filter((piece) => kept.has(piece)).map(({ markdown }) => markdown);
  return shown.length === 0 ? [] : [open, ...shown, close];
}

function listByImportance(sections: readonly Section[]): Wanted[] {
  const pieces = sections.flatMap(({ folds }, section) =>
    folds.flatMap((fold) =>
      fold.pieces.map(
        (piece, position): Wanted => ({
          ...{ piece, kind: fold.kind, order: [fold.rank, position, section] },
          bytes:
            countBytes(piece.markdown) +
            (position === 0 ? countBytes(fold.open) + countBytes(fold.close) : 0),
        }),
      ),
    ),
  );
  const own = sections.map(
    (section, index): Wanted => ({
      ...{ piece: section, kind: section.kind, order: [section.rank, 0, index] },
      bytes: countBytes(section.markdown),
    }),
  );
  const compare = (a: Wanted['order'], b: Wanted['order']) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2];
  return [
    ...own.sort((a, b) => compare(a.order, b.order)),
    ...pieces.sort((a, b) => compare(a.order, b.order)),
  ];
}

function countFitting(wanted: readonly Wanted[], room: number): number {
  let left = room;
  const first = wanted.findIndex(({ bytes }) => {
    left -= bytes;
    return left < 0;
  });
  return first === -1 ? wanted.length : first;
}

/** In UTF-8, with the line end that parts it from the next. */
function countBytes(markdown: string): number {
  return encoder.encode(markdown).length + 1;
}
