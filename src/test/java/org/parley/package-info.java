/**
 * Integration tests of the WAR as it is shipped, and what they share: the server, a WebSocket client.
 *
 * <p>What belongs here: tests of the whole server ({@code *IT}) that are not about one package, and {@link
 * org.parley.ParleyServer} and {@link org.parley.TestClient}. Unit tests stand in the package they test.
 */
package org.parley;
