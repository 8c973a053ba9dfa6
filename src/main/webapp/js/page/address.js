/** The room that the page's address names, behind the `#`. */
export const address = {
  /** @returns {string | null} */
  get room() {
    try {
      return decodeURIComponent(location.hash.slice(1)) || null;
    } catch {
      // Not a name of ours: somebody shortened the address in the middle of an escaped letter.
      return null;
    }
  },
  set room(name) {
    history.replaceState(null, '', name === null ? location.pathname : `#${encodeURIComponent(name)}`);
  },
};
