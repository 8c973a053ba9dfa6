/** What the page's address has behind the `#`: the open room, or an invitation's secret. */
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

/** Whether this fragment has a secret, readable or not, that must not stay in the address bar. */
export const hasSecret = (fragment) => fragment.startsWith('#k=');

/**
 * Takes an invitation's secret out of the address, so that it is in no bookmark, screenshot or copied address.
 *
 * @returns {string | null} the fragment with it, for `readLink`; null if there was none
 */
export function takeSecret() {
  const { hash } = location;
  if (!hasSecret(hash)) return null;
  address.room = null;
  return hash;
}
