package org.parley.web;

/**
 * What one call of the API may have.
 *
 * @param bodyBytes of a request that publishes; more is 413
 */
public record ApiLimits(int bodyBytes) {}
