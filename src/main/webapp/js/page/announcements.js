import { Timer } from '../client/clock.js';

const WINDOW_MS = 5000;
const SPOKEN = 3;

/**
 * Which new messages are read out, and when they are too many: the first three in five seconds each by itself, the
 * others of these seconds as one sentence with their number.
 */
export class Announcements {
  #say;
  #saySum;
  #clock;
  #timer;
  #times = [];
  #held = 0;

  /**
   * @param {object} options
   * @param {(message: object) => void} options.say
   * @param {(count: number) => void} options.saySum
   * @param {import('../client/clock.js').Clock} options.clock
   */
  constructor({ say, saySum, clock }) {
    this.#say = say;
    this.#saySum = saySum;
    this.#clock = clock;
    this.#timer = new Timer(clock);
  }

  heard(message) {
    const now = this.#clock.now();
    this.#times = this.#times.filter((time) => time > now - WINDOW_MS);
    if (this.#held === 0 && this.#times.length < SPOKEN) {
      this.#times.push(now);
      this.#say(message);
      return;
    }
    if (this.#held++ === 0) this.#timer.set(this.#times[0] + WINDOW_MS - now, () => this.#sum());
  }

  #sum() {
    const count = this.#held;
    this.#held = 0;
    this.#times = [this.#clock.now()];
    this.#saySum(count);
  }
}
