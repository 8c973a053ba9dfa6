const NAME = /^[\p{L}\p{N}][\p{L}\p{N}\p{M}._-]{0,63}$/u;

/**
 * The name of a room that somebody typed: without the `#`, spaces as hyphens, Unicode form C.
 *
 * @returns {string | null} null if that is no name of a room
 */
export function roomName(text) {
  const name = text.trim().replace(/^#/u, '').replace(/\s+/gu, '-').normalize();
  return NAME.test(name) ? name : null;
}
