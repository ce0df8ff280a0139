/** What examining an answer by one check came to, before `not`. */
export interface Finding {
  holds: boolean;
  /** What was found, as a clause. It may quote the answer. */
  finding: string;
  /** What should have been, where the finding does not say it. */
  wanted?: string;
  /** The question cannot be put to this answer, which then fails, inverted or not. */
  unanswerable?: true;
}
