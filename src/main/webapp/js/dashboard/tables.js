/** What `api/dashboard` tells, and the one thing that can be done about it. */
export class Tables {
  #base;
  #fetch;
  token = '';

  /**
   * @param {string | URL} base where the application is
   * @param {typeof fetch} fetch
   */
  constructor(base, fetch) {
    this.#base = base;
    this.#fetch = fetch;
  }

  /**
   * The tables as they are now, for whoever cannot wait for the stream's.
   *
   * @returns {Promise<object | null>} null if the server cannot be asked or does not tell
   */
  async read() {
    try {
      const answer = await this.#call('api/dashboard', 'GET');
      if (!answer.ok) return null;
      const { tables, mayDisconnect } = await answer.json();
      return tables ? { ...tables, mayDisconnect } : null;
    } catch {
      return null;
    }
  }

  /** @returns {Promise<boolean>} false if the server says that this one may not watch; true also if it says nothing */
  async mayWatch(token) {
    try {
      const { status } = await this.#call('api/dashboard', 'GET', token);
      return status !== 401 && status !== 403;
    } catch {
      return true;
    }
  }

  /** Ends all connections of the user on the node that answers. @returns {Promise<boolean>} whether it did */
  async disconnect(user) {
    try {
      const answer = await this.#call(`api/users/${encodeURIComponent(user.replaceAll('%', '%25'))}/connections`, 'DELETE');
      return answer.ok;
    } catch {
      return false;
    }
  }

  #call(path, method, token = this.token) {
    const headers = token === '' ? {} : { Authorization: `Bearer ${token}` };
    return this.#fetch(new URL(path, this.#base), { method, headers, cache: 'no-store', credentials: 'same-origin' });
  }
}
