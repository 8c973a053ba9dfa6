package org.parley.auth;

/** A {@link CallerPrincipal} that need not say who it is. */
public record Stranger(Visitor visitor) implements CallerPrincipal {
    @Override
    public String getName() {
        return "";
    }

    @Override
    public boolean administrator() {
        return false;
    }

    @Override
    public long expires() {
        return 0;
    }
}
