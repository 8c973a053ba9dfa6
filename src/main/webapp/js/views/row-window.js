import { lowerBound, place } from '../store/items.js';

/** No more rows than this are elements, however many the room has. */
export const MOST = 200;
const AT_ONCE = 80;
const FEWEST = 20;
const STEP = 60;

/** Which of a room's rows are elements: `items.slice(start, end)`. Knows no element itself. */
export class RowWindow {
  start = 0;
  end = 0;
  #atOnce = AT_ONCE;

  /** @param {number} rows as many as are seen at once, with some above them: whoever reads along needs no more */
  seenAtOnce(rows) {
    this.#atOnce = Math.max(FEWEST, Math.min(MOST - STEP, rows));
  }

  toEnd(items) {
    this.end = items.length;
    this.start = Math.max(0, this.end - AT_ONCE);
  }

  /** Keeps showing the same rows of a list that has changed, and what came behind them if that is the end. */
  follow(before, items, readsAlong) {
    const atEnd = this.end === before.length;
    const [first, last] = [before[this.start], before[this.end - 1]];
    this.start = first ? lowerBound(items, place(first)) : 0;
    this.end = atEnd || !last ? items.length : Math.min(items.length, lowerBound(items, place(last)) + 1);
    // Who reads along sees the last of them only, and each row costs time in every frame of a busy room.
    if (readsAlong && this.end - this.start > this.#atOnce + STEP) this.start = this.end - this.#atOnce;
    else if (!readsAlong && this.end - this.start > MOST) this.end = this.start + MOST;
  }

  /** @returns {boolean} whether there were rows further up */
  up() {
    if (this.start === 0) return false;
    this.start = Math.max(0, this.start - STEP);
    this.end = Math.min(this.end, this.start + MOST);
    return true;
  }

  /** @returns {boolean} whether there were rows further down */
  down(items) {
    if (this.end >= items.length) return false;
    this.end = Math.min(items.length, this.end + STEP);
    this.start = Math.max(this.start, this.end - MOST);
    return true;
  }

  around(items, at) {
    if (at >= this.start && at < this.end) return;
    this.start = Math.max(0, at - STEP);
    this.end = Math.min(items.length, at + STEP);
  }
}
