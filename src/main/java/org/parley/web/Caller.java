package org.parley.web;

import jakarta.servlet.http.HttpServletRequest;

import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.Authentication.Refused;
import org.parley.auth.Identity;
import org.parley.auth.Visitor;

/** Who sends a request to the API, as {@link UpgradeFilter}, which stands in front of all of it, found out. */
final class Caller {
    private Caller() {}

    static Authentication authentication(HttpServletRequest request) {
        return (Authentication) request.getAttribute(UpgradeFilter.AUTHENTICATION);
    }

    /** What lines of the log call the request. */
    static String correlation(HttpServletRequest request) {
        return request.getAttribute(UpgradeFilter.VISITOR) instanceof Visitor visitor ? visitor.correlation() : null;
    }

    /** @throws jakarta.ws.rs.WebApplicationException 401 or 503, with the reason, if it is nobody */
    static Identity identity(HttpServletRequest request) {
        if (authentication(request) instanceof Authenticated authenticated) {
            return authenticated.identity();
        }
        throw Problem.of((Refused) authentication(request)).exception();
    }
}
