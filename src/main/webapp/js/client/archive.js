/** What the server has stored, by HTTP: for questions that need no subscription. */
export class Archive {
  #url;
  #fetch;

  /**
   * @param {string | URL} url of `api/rooms/`, with the slash
   * @param {typeof fetch} fetch
   */
  constructor(url, fetch) {
    this.#url = url;
    this.#fetch = fetch;
  }

  /**
   * The newest messages of a room that have words which begin so, oldest first.
   *
   * @param {string} room
   * @param {string} words
   * @param {number} [limit]
   * @returns {Promise<{messages: object[], more: boolean}>}
   * @throws {ArchiveError} with a sentence for people
   */
  async search(room, words, limit = 30) {
    const url = new URL(`${encodeURIComponent(room)}/search`, this.#url);
    url.search = new URLSearchParams({ q: words, limit });
    const { response, content } = await this.#get(url);
    if (response.ok && Array.isArray(content?.messages)) return content;
    throw new ArchiveError(content?.detail ?? `The server answered ${response.status}.`, content?.name);
  }

  async #get(url) {
    const request = { credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json' } };
    let response;
    try {
      response = await this.#fetch(url, request);
    } catch (cause) {
      throw new ArchiveError('The server cannot be reached.', 'unreachable', { cause });
    }
    try {
      return { response, content: await response.json() };
    } catch {
      // A proxy's error page is no JSON: then there is a status and no content.
      return { response, content: null };
    }
  }
}

/** The question was not answered. */
export class ArchiveError extends Error {
  /** The problem's name, as in the protocol, next to its sentence; for translation. */
  constructor(message, problem, options) {
    super(message, options);
    this.name = 'ArchiveError';
    this.problem = { name: problem, message };
  }
}
