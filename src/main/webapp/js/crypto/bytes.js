const encoder = new TextEncoder();
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const NONE = 255;
/** What each character of base64url stands for. */
const VALUES = new Uint8Array(128).fill(NONE);
for (let value = 0; value < ALPHABET.length; value++) VALUES[ALPHABET.charCodeAt(value)] = value;
/** Arguments of one call are bounded by the stack. */
const CHUNK = 8192;

/** @returns {Uint8Array} */
export const utf8 = (text) => encoder.encode(text);

/** @returns {Uint8Array} n random bytes */
export const randomBytes = (n) => crypto.getRandomValues(new Uint8Array(n));

/** @param {...Uint8Array} parts */
export function concat(...parts) {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** @param {number} value an integer from 0 to 2^53 */
export function u64(value) {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(value));
  return bytes;
}

/** @param {number} value from 0 to 2^32 - 1 */
export function u32(value) {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, value);
  return bytes;
}

/**
 * Fields one behind the other, each behind its length as u16, big-endian: no two lists of fields give the same bytes.
 *
 * @param {...(string | Uint8Array)} parts a string stands for its UTF-8
 */
export function fields(...parts) {
  return concat(...parts.flatMap((part) => {
    const bytes = typeof part === 'string' ? utf8(part) : part;
    if (bytes.length > 0xffff) throw new RangeError('A field has at most 65535 bytes.');
    return [Uint8Array.of(bytes.length >> 8, bytes.length & 0xff), bytes];
  }));
}

/** base64url without padding, RFC 4648 section 5 */
export function toBase64url(bytes) {
  let text = '';
  for (let at = 0; at < bytes.length; at += CHUNK) text += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(text).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/u, '');
}

/**
 * Only the one spelling that `toBase64url` gives is taken: else a text could be altered without altering its bytes.
 * By hand, as `atob` and its string of bytes take longer than the decryption of what they give.
 *
 * @returns {Uint8Array | null}
 */
export function fromBase64url(text) {
  if (typeof text !== 'string' || text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [bits, count, at] = [0, 0, 0];
  for (let i = 0; i < text.length; i++) {
    const value = VALUES[text.charCodeAt(i)] ?? NONE;
    if (value === NONE) return null;
    bits = ((bits << 6) | value) & 0xffff;
    count += 6;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = bits >> count;
    }
  }
  const unused = bits & ((1 << count) - 1);
  return unused === 0 ? bytes : null;
}
