export type ImageType = 'image/png' | 'image/jpeg' | 'image/webp';

/** What an image in base64 is, by the bytes that its format begins with; null where it is none that models take. */
export function imageTypeOf(base64: string): ImageType | null {
  if (base64.startsWith('iVBORw0KGgo')) return 'image/png';
  if (base64.startsWith('/9j/')) return 'image/jpeg';
  // RIFF, four bytes of size, WEBP: the W shares its last six bits with no other byte, and EBP is four characters.
  return base64.startsWith('UklGR') && base64.slice(11, 16) === 'XRUJQ' ? 'image/webp' : null;
}
