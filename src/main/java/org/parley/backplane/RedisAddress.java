package org.parley.backplane;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * Where a Redis is and who asks.
 *
 * @param user empty for Redis' default user
 * @param password empty for none
 * @param tls whether to speak TLS ({@code rediss:})
 */
public record RedisAddress(String host, int port, String user, String password, boolean tls) {
    private static final int PORT = 6379;

    /**
     * {@code redis://[[user]:password@]host[:port]}, or {@code rediss:} over TLS.
     *
     * @throws IllegalArgumentException whose message does not contain what was read
     */
    public static RedisAddress of(String url) {
        try {
            URI uri = new URI(url);
            boolean tls = "rediss".equals(uri.getScheme());
            boolean none = uri.getPath() == null
                    || uri.getPath().isEmpty()
                    || uri.getPath().equals("/");
            if ((!tls && !"redis".equals(uri.getScheme())) || uri.getHost() == null || !none) {
                throw new IllegalArgumentException("not redis://host:port");
            }
            String[] who = uri.getUserInfo() == null
                    ? new String[] {"", ""}
                    : uri.getUserInfo().split(":", 2);
            // A single word is a password, as redis-cli has it.
            String user = who.length == 2 ? who[0] : "";
            return new RedisAddress(
                    uri.getHost(), uri.getPort() < 0 ? PORT : uri.getPort(), user, who[who.length - 1], tls);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("not redis://host:port", null);
        }
    }

    /** Without credentials: for logs. */
    @Override
    public String toString() {
        return (tls ? "rediss://" : "redis://") + host + ":" + port;
    }
}
