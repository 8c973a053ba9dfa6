/** How far behind the greatest counter of its stream a message may come, as in RFC 4303 section 3.4.3. */
export const WINDOW = 64;

/**
 * Which messages are where their senders put them. Verdicts follow the room's order and not that of arrival, so that
 * reading backwards, or on another device, gives the same ones: of two messages with one counter the lower seq counts,
 * and what comes 64 or more counters behind its stream is refused.
 */
export class Streams {
  #streams = new Map();
  #dirty = new Set();

  /** @param {{sender: string, stream: string, ctr: number, seq: number}} message that was opened */
  take({ sender, stream, ctr, seq }) {
    const name = `${stream} ${sender}`;
    if (!this.#streams.has(name)) this.#streams.set(name, new Stream());
    const taken = this.#streams.get(name);
    taken.add(seq, ctr);
    this.#dirty.add(taken);
  }

  /** @returns {Set<number>} the seqs for which `verdict` may be another one than before */
  settle() {
    const changed = new Set();
    for (const stream of this.#dirty) stream.judge(changed);
    this.#dirty.clear();
    return changed;
  }

  /**
   * @returns {{accepted: boolean, previous: number, missing: number}} `previous`: the seq of the one before it in its
   *   stream, 0 if it is the first known; `missing`: how many of the stream should stand between the two and are
   *   nowhere; it means nothing unless everything behind `previous` is known
   */
  verdict({ sender, stream, seq }) {
    return this.#streams.get(`${stream} ${sender}`).verdict(seq);
  }
}

class Stream {
  /** `{seq, ctr}` in the order of seq. */
  #entries = [];
  #verdicts = new Map();
  #taken = new Set();
  /** How many of `#entries` are judged. */
  #judged = 0;
  #greatest = -1;

  add(seq, ctr) {
    let at = this.#entries.length;
    while (at > 0 && this.#entries[at - 1].seq > seq) at--;
    // Known already: its message was forgotten meanwhile, and read again.
    if (this.#entries[at - 1]?.seq === seq) return;
    this.#entries.splice(at, 0, { seq, ctr });
    this.#judged = Math.min(this.#judged, at);
  }

  judge(changed) {
    let from = this.#judged;
    const anew = this.#judged < this.#verdicts.size;
    if (anew) this.#startAnew();
    for (let at = this.#judged; at < this.#entries.length; at++) {
      const { seq, ctr } = this.#entries[at];
      // One that comes late fills a hole in front of those within the window.
      if (ctr < this.#greatest || anew) from = Math.max(0, Math.min(from, this.#judged - WINDOW));
      this.#verdicts.set(seq, this.#judge(at));
    }
    this.#judged = this.#entries.length;
    for (let at = from; at < this.#entries.length; at++) changed.add(this.#entries[at].seq);
  }

  #startAnew() {
    this.#judged = 0;
    this.#greatest = -1;
    this.#taken.clear();
  }

  #judge(at) {
    const { ctr } = this.#entries[at];
    const before = this.#greatest;
    const accepted = !this.#taken.has(ctr) && ctr > before - WINDOW;
    if (accepted) {
      this.#taken.add(ctr);
      this.#greatest = Math.max(before, ctr);
    }
    return { accepted, ctr, before, previous: at === 0 ? 0 : this.#entries[at - 1].seq };
  }

  verdict(seq) {
    const { accepted, ctr, before, previous } = this.#verdicts.get(seq);
    return { accepted, previous, missing: accepted ? this.#missing(before, ctr) : 0 };
  }

  #missing(before, ctr) {
    let missing = Math.max(0, ctr - before - 1);
    // Only those within the window can stand further down.
    for (let late = Math.max(before + 1, ctr - WINDOW + 1); late < ctr; late++) if (this.#taken.has(late)) missing--;
    return missing;
  }
}
