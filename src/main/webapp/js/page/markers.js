const PAUSE_MS = 1000;

/** Tells the server how far each room was read: at most once a second, and no seq twice. */
export class Markers {
  #parley;
  #rooms;
  #waiting = false;
  #sent = new Map();

  /**
   * @param {import('../client/parley.js').Parley} parley
   * @param {() => Record<string, {name: string, read: number}>} rooms as they are when it is told
   */
  constructor(parley, rooms) {
    this.#parley = parley;
    this.#rooms = rooms;
  }

  sendSoon() {
    if (this.#waiting) return;
    this.#waiting = true;
    setTimeout(() => {
      this.#waiting = false;
      for (const { name, read } of Object.values(this.#rooms())) this.#send(name, read);
    }, PAUSE_MS);
  }

  #send(room, seq) {
    if (seq === 0 || (this.#sent.get(room) ?? 0) >= seq || !this.#parley.position(room)) return;
    if (this.#parley.read(room, seq)) this.#sent.set(room, seq);
  }
}
