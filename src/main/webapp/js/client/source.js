/** So much is read at once: each read of a file is a trip to another process, whatever its length. */
const BLOCK_BYTES = 1 << 20;

/**
 * The bytes of a file on this machine.
 *
 * @typedef {{size: number, read: (start: number, end: number) => Promise<Uint8Array>}} Source `read` throws a `DOMException`
 *   (`NotReadableError`, `NotFoundError`) when the file was changed or is gone
 */
export class FileSource {
  #file;
  #block = { start: 0, bytes: new Uint8Array(0) };

  /** @param {Blob} file */
  constructor(file) {
    this.#file = file;
    this.size = file.size;
  }

  async read(start, end) {
    const { bytes, start: from } = this.#block;
    if (start < from || end > from + bytes.length) {
      const to = Math.min(this.size, Math.max(end, start + BLOCK_BYTES));
      this.#block = { start, bytes: new Uint8Array(await this.#file.slice(start, to).arrayBuffer()) };
      return this.#block.bytes.subarray(0, end - start);
    }
    return bytes.subarray(start - from, end - from);
  }
}
