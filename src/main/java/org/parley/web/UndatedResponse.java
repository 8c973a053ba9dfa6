package org.parley.web;

import java.util.Locale;
import java.util.Set;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;

/** An answer whose entity tag is settled and whose modification time, the same for all, says nothing. */
final class UndatedResponse extends HttpServletResponseWrapper {
    private static final Set<String> SETTLED = Set.of("etag", "last-modified", "accept-ranges");

    UndatedResponse(HttpServletResponse response) {
        super(response);
    }

    private static boolean settled(String name) {
        return SETTLED.contains(name.toLowerCase(Locale.ROOT));
    }

    @Override
    public void setHeader(String name, String value) {
        if (!settled(name)) {
            super.setHeader(name, value);
        }
    }

    @Override
    public void addHeader(String name, String value) {
        if (!settled(name)) {
            super.addHeader(name, value);
        }
    }

    @Override
    public void setDateHeader(String name, long date) {
        if (!settled(name)) {
            super.setDateHeader(name, date);
        }
    }

    @Override
    public void addDateHeader(String name, long date) {
        if (!settled(name)) {
            super.addDateHeader(name, date);
        }
    }
}
