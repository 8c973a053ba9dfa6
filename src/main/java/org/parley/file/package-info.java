/**
 * Files: how they come in pieces, are checked, hang on a message, and go.
 *
 * <p>What belongs here: transfers with their offsets, credits and digests, what a user and a room may have, when a file
 * is visible and when it is removed, and the ports {@link org.parley.file.FileStore} and {@link
 * org.parley.file.FileMessages}. What does not: sockets and frames, SQL, and whatever is in a file: no key and no
 * plaintext of a sealed one is ever here.
 */
package org.parley.file;
