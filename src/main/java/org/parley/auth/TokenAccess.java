package org.parley.auth;

import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.parley.hub.Access;

/**
 * What a token's claim {@code rooms} allows: a JSON object from pattern to right. A pattern is a room's whole name, or
 * a beginning followed by one {@code *}. A right is {@code r} (read), {@code w} (write), {@code rw}, or, with the
 * pattern {@code *} only, {@code admin}: read and write every room, and administer the server. A room gets all that the
 * patterns which match it grant together; one that no pattern matches cannot be read or written.
 *
 * <pre>{"rooms": {"team.*": "rw", "news": "r"}}</pre>
 */
final class TokenAccess implements Access {
    private static final int MAX_PATTERNS = 256;

    private record Grant(String pattern, boolean read, boolean write) {
        boolean matches(String room) {
            return pattern.endsWith("*")
                    ? room.startsWith(pattern.substring(0, pattern.length() - 1))
                    : room.equals(pattern);
        }
    }

    private final List<Grant> grants;
    private final boolean admin;

    private TokenAccess(List<Grant> grants, boolean admin) {
        this.grants = List.copyOf(grants);
        this.admin = admin;
    }

    /**
     * @param claim the claim as it was parsed; null = the token has none: every room, no administration
     * @throws ParseException if it is not of the form above: nobody gets access by guessing
     */
    static Access of(Object claim) throws ParseException {
        if (claim == null) {
            return EVERY_ROOM;
        }
        if (!(claim instanceof Map<?, ?> rights) || rights.size() > MAX_PATTERNS) {
            throw new ParseException("rooms is not an object of at most " + MAX_PATTERNS + " patterns", 0);
        }
        List<Grant> grants = new ArrayList<>();
        boolean admin = false;
        for (Map.Entry<?, ?> entry : rights.entrySet()) {
            String pattern = pattern(entry.getKey());
            String right = String.valueOf(entry.getValue());
            grants.add(grant(pattern, right));
            admin |= right.equals("admin");
        }
        return new TokenAccess(grants, admin);
    }

    private static String pattern(Object key) throws ParseException {
        String pattern = String.valueOf(key);
        int star = pattern.indexOf('*');
        if (pattern.isEmpty() || (star >= 0 && star != pattern.length() - 1)) {
            throw new ParseException("a pattern in rooms is a name, or a beginning followed by *", 0);
        }
        return pattern;
    }

    private static Grant grant(String pattern, String right) throws ParseException {
        return switch (right) {
            case "r" -> new Grant(pattern, true, false);
            case "w" -> new Grant(pattern, false, true);
            case "rw" -> new Grant(pattern, true, true);
            case "admin" -> {
                if (!pattern.equals("*")) {
                    throw new ParseException("a right admin in rooms goes with the pattern *", 0);
                }
                yield new Grant(pattern, true, true);
            }
            default -> throw new ParseException("a right in rooms is r, w, rw or admin", 0);
        };
    }

    @Override
    public boolean mayRead(String room) {
        return grants.stream().anyMatch(grant -> grant.read() && grant.matches(room));
    }

    @Override
    public boolean mayWrite(String room) {
        return grants.stream().anyMatch(grant -> grant.write() && grant.matches(room));
    }

    @Override
    public boolean admin() {
        return admin;
    }

    @Override
    public String toString() {
        return "TokenAccess[" + grants + ", admin=" + admin + "]";
    }
}
