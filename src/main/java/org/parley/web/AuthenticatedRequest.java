package org.parley.web;

import java.security.Principal;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;

import org.parley.auth.Authentication;
import org.parley.auth.Authentication.Authenticated;
import org.parley.auth.ParleyPrincipal;
import org.parley.auth.Stranger;
import org.parley.auth.Visitor;

/** A request whose principal is known; both servers hand that on to {@code Session.getUserPrincipal()}. */
final class AuthenticatedRequest extends HttpServletRequestWrapper {
    private final Principal principal;

    AuthenticatedRequest(HttpServletRequest request, Authentication outcome, Visitor visitor) {
        super(request);
        this.principal = outcome instanceof Authenticated authenticated
                ? new ParleyPrincipal(authenticated.identity(), visitor)
                : new Stranger(visitor);
    }

    @Override
    public Principal getUserPrincipal() {
        return principal;
    }

    @Override
    public String getRemoteUser() {
        return principal instanceof ParleyPrincipal known ? known.getName() : null;
    }

    @Override
    public boolean isUserInRole(String role) {
        return role.equals("admin")
                && principal instanceof ParleyPrincipal known
                && known.identity().access().admin();
    }
}
