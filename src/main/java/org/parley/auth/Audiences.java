package org.parley.auth;

/**
 * Who may see what of the server.
 *
 * @param dashboard {@code /ws/dashboard} and {@code /api/dashboard}
 * @param metrics {@code /metrics}
 */
public record Audiences(Audience dashboard, Audience metrics) {
    public static final Audiences DEFAULT = new Audiences(Audience.LOCAL, Audience.LOCAL);
}
