package org.parley.auth;

/**
 * Where a request came from.
 *
 * @param address as the server sees it; what connections are counted by
 * @param agent the header {@code User-Agent}, cut; empty if there is none
 * @param correlation what every line of the log about this request, or the connection that it opened, calls it
 * @param local whether it is the machine itself
 */
public record Visitor(String address, String agent, String correlation, boolean local) {}
