/** Of the page's time at most one part in this many is for drawing; the others are for what people do. */
const PARTS = 4;
/** A frame that costs less than this disturbs nobody. */
const CHEAP_MS = 6;
/** What arrives is never held back longer than this. */
const LONGEST_MS = 250;

/**
 * Draws at most once a frame of the screen, however often it is asked to, and less often while a frame costs much (a very
 * busy room, a slow machine), so that a key that is pressed does not wait behind one drawing after the other. A hidden
 * page has no frames, but a title.
 *
 * @typedef {{frame: (f: () => void) => void, later: (f: () => void, ms: number) => void, now: () => number,
 *   hidden: () => boolean}} Screen
 */
export class Frames {
  #draw;
  #screen;
  #asked = 0;
  #drawn = 0;
  #notBefore = 0;

  /**
   * @param {() => void} draw
   * @param {Screen} [screen]
   */
  constructor(draw, screen = browser) {
    this.#draw = draw;
    this.#screen = screen;
  }

  ask() {
    if (this.#asked > this.#drawn) return;
    const asked = ++this.#asked;
    const { frame, later, now, hidden } = this.#screen;
    const draw = () => this.#now(asked);
    const wait = this.#notBefore - now();
    if (hidden()) later(draw, 0);
    else if (wait > 0) later(() => (hidden() ? draw() : frame(draw)), wait);
    else frame(draw);
  }

  /** The page was hidden: the frame that was asked for will not come. */
  flush() {
    if (this.#asked > this.#drawn) this.#now(this.#asked);
  }

  #now(asked) {
    if (asked <= this.#drawn) return;
    this.#drawn = asked;
    const { later, now } = this.#screen;
    const began = now();
    this.#draw();
    // A timer runs after the frame is laid out and painted, and after what else was waiting for this one.
    later(() => {
      const cost = now() - began;
      this.#notBefore = cost < CHEAP_MS ? 0 : now() + Math.min(LONGEST_MS, cost * (PARTS - 1));
    }, 0);
  }
}

const browser = {
  frame: (f) => requestAnimationFrame(f),
  later: (f, ms) => setTimeout(f, ms),
  now: () => performance.now(),
  hidden: () => document.visibilityState === 'hidden',
};
