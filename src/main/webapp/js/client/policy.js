/** Close codes that the client itself sends; a page may only use 1000 and 3000–4999. */
export const CLOSED_BY_CLIENT = Object.freeze({ leaving: 1000, silent: 4000, unreadable: 4001 });

/** The token or cookie has run out: ask who we are before coming back. */
export const TOKEN_EXPIRED = 4401;

/** Ended from elsewhere: by signing out on another device, or by whoever runs the server, and then we still are who we are. */
export const REVOKED = 4505;

/** A planned restart: everybody was connected and everybody comes back. */
export const RESTARTING = 1012;

/**
 * Whether a connection that was closed with this code may be made again: 4500–4999 say that the same attempt will fail
 * again; every other code (RFC 6455 section 7.4.1, and 4000–4499) describes this connection and not the next one.
 *
 * @param {number} code
 */
export function comesBack(code) {
  return code < 4500 || code > 4999;
}

/**
 * Whether this close says that something we sent can never be taken (RFC 6455: 1003 unsupported data, 1007 invalid
 * payload, 1009 too big). To send it again would close every connection to come.
 *
 * @param {number} code
 */
export function refusesPayload(code) {
  return code === 1003 || code === 1007 || code === 1009;
}
