/** Where lines for people go. Implementations make untrusted text harmless: callers may put a model's name in a line. */
export interface Log {
  info(line: string): void;
  warn(line: string): void;
}
