/**
 * The row that somebody reads, and where on the screen it is: whatever changes above it, it is put back there. Browsers
 * have `overflow-anchor`, but not all of them, and none for rows that are replaced.
 */
export class Anchor {
  #key = null;
  #top = 0;

  /** Remembers the first row that is in view. */
  take(scroll) {
    const top = scroll.getBoundingClientRect().top;
    const rows = [...scroll.querySelectorAll('[data-key]')];
    const at = firstBelow(rows, top);
    this.#key = rows[at]?.dataset.key ?? null;
    this.#top = at < 0 ? 0 : rows[at].getBoundingClientRect().top - top;
  }

  restore(scroll) {
    const row = this.#key === null ? null : scroll.querySelector(`[data-key="${this.#key}"]`);
    if (!row) return;
    const moved = row.getBoundingClientRect().top - scroll.getBoundingClientRect().top - this.#top;
    if (Math.abs(moved) >= 1) scroll.scrollTop += moved;
  }
}

/** Rows stand below each other, so the first whose lower edge is in view is found by halving. */
function firstBelow(rows, top) {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle].getBoundingClientRect().bottom <= top) low = middle + 1;
    else high = middle;
  }
  return low < rows.length ? low : -1;
}
