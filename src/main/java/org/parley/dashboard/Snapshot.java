package org.parley.dashboard;

import jakarta.json.bind.annotation.JsonbPropertyOrder;

/**
 * One node at one moment. What is counted is counted since the start; times are of what happened since the snapshot
 * before, and left out if nothing did.
 *
 * @param time ms since 1970
 * @param uptimeMs of the JVM
 * @param node its name
 * @param connections open WebSockets, of all endpoints
 * @param published messages taken in
 * @param delivered messages handed to connections: one message to a hundred readers counts a hundred
 * @param receivedBytes payload of data frames
 * @param sentBytes payload of data frames
 * @param appendP50 ms until a batch was durable
 * @param deliveryP50 ms from a publish until the last reader's connection had it
 * @param appendQueue messages that wait to be stored
 * @param outboxBytes that wait to be sent, of all connections
 * @param outboxLongest of the connection that is furthest behind
 * @param slow connections ended because their peer did not read
 * @param resumes joins that named a position to go on from
 * @param unrecovered resumes that told of a hole
 * @param errors requests answered with an error
 * @param heapUsed bytes
 * @param heapMax bytes, -1 without a limit
 * @param gcMs that garbage collectors worked
 * @param cpu share of all processors that the JVM used lately, 0 to 1; negative while the JVM does not know
 * @param threads live ones
 * @param backplaneUp whether other nodes can be reached, or there are none
 * @param backplaneLagMs how long the last announcement took from node to node
 * @param databaseUp whether the database answered lately
 */
@JsonbPropertyOrder({"time", "uptimeMs", "node", "connections", "rooms", "published", "delivered"})
public record Snapshot(
        long time,
        long uptimeMs,
        String node,
        int connections,
        int rooms,
        long joined,
        long published,
        long delivered,
        long receivedBytes,
        long sentBytes,
        Double appendP50,
        Double appendP99,
        Double deliveryP50,
        Double deliveryP99,
        int appendQueue,
        long outboxBytes,
        long outboxLongest,
        long slow,
        long resumes,
        long unrecovered,
        long errors,
        long rateLimited,
        long heapUsed,
        long heapMax,
        long gcMs,
        double cpu,
        int threads,
        boolean backplaneUp,
        long backplaneLagMs,
        boolean databaseUp) {}
