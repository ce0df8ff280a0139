/** An axis counts in round steps: `60.0 ms` would claim digits that nobody measured. */
export function dropZeros(text: string): string {
  return text.replace(/(\.\d*?)0+(?=\D)/, '$1').replace(/\.(?=\D)/, '');
}
