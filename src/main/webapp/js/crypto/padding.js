import { concat, u32 } from './bytes.js';
import { Unreadable } from './unreadable.js';

const LENGTH_BYTES = 4;
const SMALLEST = 64;
const STEP = 4;
export const LARGEST = 65_536;
/** How many bytes fit into the largest size. */
export const MOST = LARGEST - LENGTH_BYTES;

function paddedSize(length) {
  let size = SMALLEST;
  while (size < length + LENGTH_BYTES) size *= STEP;
  return size;
}

/**
 * The length as u32, the content, zeros up to 64, 256, 1,024, … 65,536 bytes.
 *
 * @param {Uint8Array} content at most `MOST` bytes
 * @throws {RangeError}
 */
export function pad(content) {
  if (content.length > MOST) throw new RangeError(`At most ${MOST} bytes can be sealed at once.`);
  const size = paddedSize(content.length);
  return concat(u32(content.length), content, new Uint8Array(size - LENGTH_BYTES - content.length));
}

/**
 * @param {Uint8Array} padded authentic bytes, which still may come from a careless or hostile member
 * @throws {Unreadable} unless this is exactly what `pad` gives
 */
export function unpad(padded) {
  if (padded.length < SMALLEST) throw new Unreadable('unverified');
  const length = new DataView(padded.buffer, padded.byteOffset).getUint32(0);
  const content = padded.subarray(LENGTH_BYTES, LENGTH_BYTES + length);
  const rest = padded.subarray(LENGTH_BYTES + length);
  if (length > MOST || paddedSize(length) !== padded.length || rest.some((byte) => byte !== 0)) throw new Unreadable('unverified');
  return content;
}
