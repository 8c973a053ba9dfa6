/** No wait for a reconnect is longer than this, whatever the server announces: people are looking at the page. */
export const CAP_MS = 30_000;

/**
 * How long to wait before a further attempt: full jitter between `minMs` and a ceiling that doubles with each attempt
 * up to `maxMs`. Jitter over the whole range, because the clients of a server that died all begin to count at once.
 *
 * @param {number} attempt failed attempts so far, from 0
 * @param {{minMs: number, maxMs: number}} window what `welcome.reconnect` said
 * @param {number} fraction chance in [0, 1)
 * @param {number} [floorMs] what the server asked for (`retryAfterMs`); beyond it the jitter still applies
 * @returns {number} milliseconds
 */
export function backoff(attempt, window, fraction, floorMs = 0) {
  const max = Math.min(window.maxMs, CAP_MS);
  const min = Math.min(window.minMs, max);
  const ceiling = Math.min(max, min * 2 ** Math.min(attempt + 1, 30));
  return Math.round(floorMs + min + fraction * (ceiling - min));
}
