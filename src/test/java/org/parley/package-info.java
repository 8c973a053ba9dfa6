/**
 * Integration tests of the WAR as it is shipped, and what they share: the server, a WebSocket client.
 *
 * <p>What belongs here: tests of the whole server ({@code *IT}) that are not about one package, and {@link
 * org.parley.ParleyServer} and {@link org.parley.TestClient}. Tests that kill have a server of their own, {@link
 * org.parley.ServerProcess}, clients that come back by themselves, {@link org.parley.ProtocolClient}, and {@link
 * org.parley.Checker}, which compares what these were told with the log. Unit tests stand in the package they test.
 */
package org.parley;
