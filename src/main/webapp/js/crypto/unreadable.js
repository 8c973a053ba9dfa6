/** Something sealed that is not to be shown. It never says more than which of these it was, and carries no content. */
export class Unreadable extends Error {
  /**
   * @param {'unverified' | 'other-key' | 'newer' | 'clear'} why it is forged, damaged or out of place; it names a key or
   *   a way of sealing that is not known here; it was not sealed at all
   */
  constructor(why) {
    super(`Not verified: ${why}.`);
    this.name = 'Unreadable';
    this.why = why;
  }
}
