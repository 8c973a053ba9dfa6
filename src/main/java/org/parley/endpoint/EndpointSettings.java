package org.parley.endpoint;

import java.time.Duration;

/**
 * What one connection may have.
 *
 * @param node this server's name, as clients are told
 * @param messageBytes of one message, text or binary; more ends the connection with 1009
 * @param outboxBytes that may wait for one connection; more ends it with 4008 (or conflates or drops, by class of room)
 * @param heartbeat who is silent for two of these is gone
 * @param reconnectMin the shortest pause before a client connects again
 * @param reconnectMax the longest one
 * @param connections open at once on this server
 * @param perUser open at once of one user
 * @param perAddress open at once from one address
 * @param shutdown over how long the closes of a server that ends are spread
 */
public record EndpointSettings(
        String node,
        int messageBytes,
        int outboxBytes,
        Duration heartbeat,
        Duration reconnectMin,
        Duration reconnectMax,
        int connections,
        int perUser,
        int perAddress,
        Duration shutdown) {}
