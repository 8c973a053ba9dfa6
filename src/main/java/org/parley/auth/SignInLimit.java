package org.parley.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many sign-ins an address gets: a bucket of one minute's worth that refills evenly. An IPv6 network of 64 bits counts
 * as one address, since that is what one household or one attacker has. Bounded: the address that asked longest ago is
 * forgotten first.
 */
final class SignInLimit {
    private static final int ADDRESSES = 50_000;
    private static final double MILLIS_PER_MINUTE = 60_000;

    private record Bucket(double left, long at) {}

    private final int perMinute;
    private final Clock clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > ADDRESSES;
        }
    };

    /** @param perMinute 0 = no limit */
    SignInLimit(int perMinute, Clock clock) {
        this.perMinute = perMinute;
        this.clock = clock;
    }

    /**
     * Takes one sign-in.
     *
     * @param address the peer's, numeric
     * @return zero if it may go on, else how long to wait
     */
    synchronized Duration take(String address) {
        if (perMinute == 0) {
            return Duration.ZERO;
        }
        long now = clock.millis();
        String network = network(address);
        Bucket before = buckets.getOrDefault(network, new Bucket(perMinute, now));
        double left =
                Math.min(perMinute, before.left() + Math.max(0, now - before.at()) * perMinute / MILLIS_PER_MINUTE);
        if (left < 1) {
            buckets.put(network, new Bucket(left, now));
            return Duration.ofMillis((long) Math.ceil((1 - left) * MILLIS_PER_MINUTE / perMinute));
        }
        buckets.put(network, new Bucket(left - 1, now));
        return Duration.ZERO;
    }

    private static String network(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            String bracketed = address.startsWith("[") ? address : "[" + address + "]";
            InetAddress parsed = InetAddress.getByName(bracketed);
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(parsed.getAddress(), 8))
                    : parsed.getHostAddress();
        } catch (UnknownHostException e) {
            return address;
        }
    }
}
