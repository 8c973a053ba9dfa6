import '../../lib/js-sha256/sha256.min.js';

/** A task of two milliseconds: between two of them the page answers keys and draws. */
const STEP_BYTES = 1 << 18;

const { create } = globalThis.sha256;

/** A SHA-256 (FIPS 180-4) that is fed piece by piece; Web Cryptography has only the whole at once. */
export class Digest {
  #hash = create();

  /** @param {Uint8Array} bytes */
  update(bytes) {
    this.#hash.update(bytes);
  }

  /** @returns {string} 64 hexadecimal digits; nothing can be added any more */
  hex() {
    return this.#hash.hex();
  }
}

/**
 * @param {import('./source.js').Source} source
 * @param {AbortSignal} signal ends it with its reason
 * @param {(bytes: number) => void} [onProgress]
 * @returns {Promise<string>} the SHA-256 of all of it, as 64 hexadecimal digits
 */
export async function sha256(source, signal, onProgress = () => {}) {
  const digest = new Digest();
  for (let start = 0; start < source.size; start += STEP_BYTES) {
    const end = Math.min(source.size, start + STEP_BYTES);
    const bytes = await source.read(start, end);
    signal.throwIfAborted();
    digest.update(bytes);
    onProgress(end);
  }
  return digest.hex();
}
