/**
 * Who this browser is: the cookie behind `api/session`. The page never sees the cookie; it asks.
 *
 * @typedef {{id: string, name: string, guest: boolean}} User
 */
export class SignIn {
  #url;
  #fetch;

  /**
   * @param {string | URL} url of `api/session`
   * @param {typeof fetch} fetch
   */
  constructor(url, fetch) {
    this.#url = url;
    this.#fetch = fetch;
  }

  /**
   * Who we are, or why a handshake was refused.
   *
   * @returns {Promise<{answer: 'user', user: User} | {answer: 'nobody', reason: string}
   *   | {answer: 'refused', reason: string} | {answer: 'unknown', retryAfterMs: number, reason: string}>}
   */
  async whoAmI() {
    let response;
    try {
      response = await this.#ask('GET');
    } catch {
      return { answer: 'unknown', retryAfterMs: 0, reason: 'The server cannot be reached.' };
    }
    const content = await json(response);
    if (response.ok) return content?.user ? { answer: 'user', user: content.user } : { answer: 'nobody', reason: '' };
    const reason = content?.detail ?? '';
    if (response.status === 401) return { answer: 'nobody', reason };
    if (response.status === 403) return { answer: 'refused', reason };
    return { answer: 'unknown', retryAfterMs: retryAfterMs(response), reason };
  }

  /**
   * @param {string} name what others will read
   * @returns {Promise<User>}
   * @throws {SignInError} with a sentence for people
   */
  async signIn(name) {
    const response = await this.#reach('POST', { name });
    const content = await json(response);
    if (response.ok && content?.user) return content.user;
    throw new SignInError(content?.detail ?? `The server answered ${response.status}.`, response.status);
  }

  /** @throws {SignInError} */
  async signOut() {
    const response = await this.#reach('DELETE');
    if (!response.ok && response.status !== 401) {
      throw new SignInError(`The server answered ${response.status}.`, response.status);
    }
  }

  async #reach(method, content) {
    try {
      return await this.#ask(method, content);
    } catch (cause) {
      throw new SignInError('The server cannot be reached.', 0, { cause });
    }
  }

  #ask(method, content) {
    const request = { method, credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json' } };
    if (content !== undefined) {
      request.headers['Content-Type'] = 'application/json';
      request.body = JSON.stringify(content);
    }
    return this.#fetch(this.#url, request);
  }
}

/** Signing in or out did not work; `status` is the HTTP status, 0 when there was no answer. */
export class SignInError extends Error {
  constructor(message, status, options) {
    super(message, options);
    this.name = 'SignInError';
    this.status = status;
  }
}

/** A proxy's error page is no JSON: then there is a status and no content. */
async function json(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function retryAfterMs(response) {
  const seconds = Number(response.headers.get('Retry-After'));
  return Number.isFinite(seconds) ? Math.max(0, seconds * 1000) : 0;
}
