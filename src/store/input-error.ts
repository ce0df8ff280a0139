/** Something a person gave us is wrong: the message names the file, the place, the value and the fix. */
export class InputError extends Error {
  readonly code: string;
  constructor(code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'InputError';
    this.code = code;
  }
}
