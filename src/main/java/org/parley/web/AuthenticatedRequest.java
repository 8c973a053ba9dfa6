package org.parley.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.CallerPrincipal;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.Stranger;
import org.parley.auth.Visitor;

/** A request whose principal is known; both servers hand that on to {@code Session.getUserPrincipal()}. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final CallerPrincipal caller;

    AuthenticatedRequest(HttpServletRequest request, Authentication outcome, Visitor visitor) {
        super(request);
        this.caller = outcome instanceof Authenticated authenticated
                ? new ParleyPrincipal(authenticated.identity(), visitor)
                : new Stranger(visitor);
    }

    @Override
    public CallerPrincipal getUserPrincipal() {
        return caller;
    }

    @Override
    public String getRemoteUser() {
        return caller instanceof ParleyPrincipal known ? known.getName() : null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return role.equals("admin") && caller.administrator();
    }
}
