import '../words/playground.js';
import { t } from '../words/words.js';

/** What goes into a frame and how one is shown. No page, no socket. */

/** More than this of one frame is not drawn; it was received all the same. */
export const SHOWN_BYTES = 4096;

/** The user's text cannot be sent as what they chose. */
export class ContentError extends Error {
  constructor(message) {
    super(message);
    this.name = 'ContentError';
  }
}

/**
 * @param {import('./endpoints.js').Mode} mode
 * @param {string} text
 * @param {Blob | null} file
 * @returns {Promise<string | Uint8Array>} a text frame or a binary frame
 * @throws {ContentError}
 */
export async function content(mode, text, file) {
  switch (mode) {
    case 'text':
      return text;
    case 'json':
      return json(text);
    case 'hex':
      return bytes(text);
    case 'zlib':
      return zlib(text);
    case 'file':
      if (!file) throw new ContentError(t('playground.choose-file'));
      return new Uint8Array(await file.arrayBuffer());
    default:
      throw new TypeError(mode);
  }
}

function json(text) {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch (error) {
    throw new ContentError(t('playground.bad-json', { reason: error.message, text: t('playground.mode-text') }));
  }
}

/** @param {string} text hexadecimal digits; spaces, line ends, colons and commas between bytes do not count */
export function bytes(text) {
  const digits = text.replace(/0x|[\s:,]/giu, '');
  if (/[^0-9a-f]/iu.test(digits)) throw new ContentError(t('playground.bad-hex'));
  if (digits.length % 2 !== 0) throw new ContentError(t('playground.odd-hex'));
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) => parseInt(digits.slice(2 * i, 2 * i + 2), 16));
}

/** RFC 1950: what the web calls `deflate` is the zlib format. */
async function zlib(text) {
  const compressed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}

/** @param {string | Uint8Array} data */
export function asBytes(data) {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

/** @param {string | Uint8Array} data bytes that are no UTF-8 get U+FFFD */
export function asText(data) {
  return typeof data === 'string' ? data.slice(0, SHOWN_BYTES) : new TextDecoder().decode(data.subarray(0, SHOWN_BYTES));
}

/** Offset, sixteen bytes, and the same as ASCII: as `hexdump -C`. */
export function asHex(data) {
  const all = asBytes(data).subarray(0, SHOWN_BYTES);
  const lines = [];
  for (let at = 0; at < all.length; at += 16) {
    const row = [...all.subarray(at, at + 16)];
    const hex = row.map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const ascii = row.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join('');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(47)}  ${ascii}`);
  }
  return lines.join('\n');
}

/** @param {string} value RFC 6265 section 4.1.1: cookie-octet */
export function isCookieValue(value) {
  return /^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/u.test(value);
}
